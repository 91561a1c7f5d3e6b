"""Cells that a person changed are written as an import is, or not at all."""

from __future__ import annotations

import pytest

from safelearn.city.editing import edit, state
from safelearn.city.folder import City
from safelearn.city.importing import import_file, undo
from safelearn.city.imports.history import records
from safelearn.city.scaffold import new_city
from safelearn.errors import SafelearnError

REGISTER = """stakeholder_id,name,type,power,source
S1,Radio Uno,media,4,Workshop
S2,Traders,informal_traders,2,Workshop
"""


@pytest.fixture
def folder(tmp_path):
    folder = new_city(tmp_path / "villa", name="Villa").folder
    (tmp_path / "register.csv").write_text(REGISTER, "utf-8")
    import_file(folder, tmp_path / "register.csv", table="stakeholders")
    return folder


def powers(folder):
    table = City.open(folder).table("stakeholders")
    return dict(zip(table["stakeholder_id"], table["power"], strict=True))


def test_one_cell_changes_and_the_rows_keep_their_order(folder):
    done = edit(folder, "stakeholders", {"S1": {"power": 1}})
    assert done.cells == (("S1", "power", "4", "1"),)
    assert powers(folder) == {"S1": 1, "S2": 2}
    assert list(powers(folder)) == ["S1", "S2"]


def test_the_change_is_recorded_with_the_table_that_it_left(folder):
    edit(folder, "stakeholders", {"S1": {"power": 1}})
    (record,) = records(folder)
    kept = folder / record["source"]
    assert record["file"] == "edited-stakeholders.csv"
    assert kept.read_bytes() == (folder / "stakeholders.csv").read_bytes()
    assert "Changed by hand: S1." in record["assumptions"]


def test_there_and_back_again_is_two_changes_and_each_can_be_taken_back(folder):
    first = (folder / "stakeholders.csv").read_bytes()
    edit(folder, "stakeholders", {"S1": {"power": 1}})
    edit(folder, "stakeholders", {"S1": {"power": 4}})
    edit(folder, "stakeholders", {"S1": {"power": 1}})
    for power in (4, 1, 4):
        undo(folder)
        assert powers(folder)["S1"] == power
    assert (folder / "stakeholders.csv").read_bytes() == first


def test_a_cell_can_be_emptied(folder):
    done = edit(folder, "stakeholders", {"S2": {"power": None}})
    assert done.cells == (("S2", "power", "2", ""),)


def test_what_was_seen_must_still_be_there(folder):
    seen = state(folder, "stakeholders")
    edit(folder, "stakeholders", {"S1": {"power": 1}}, seen=seen)
    with pytest.raises(SafelearnError, match="somebody else"):
        edit(folder, "stakeholders", {"S1": {"power": 2}}, seen=seen)
    assert powers(folder)["S1"] == 1


def test_a_table_that_is_not_there_is_not_made(folder):
    with pytest.raises(SafelearnError, match="no table"):
        edit(folder, "assets", {"A1": {"name": "x"}})
