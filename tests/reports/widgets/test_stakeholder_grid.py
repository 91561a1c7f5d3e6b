"""The grid is changed in the room, written as an import is written, and taken back."""

from __future__ import annotations

from hashlib import sha256

import pandas as pd
import pytest

from safelearn.city.editing import edit
from safelearn.city.folder import City
from safelearn.errors import Refused, SafelearnError
from safelearn.reports.widgets import stakeholder_grid
from safelearn.resources import bundled_city
from safelearn.stakeholders.register import exposed


def files(folder):
    return {
        p.relative_to(folder).as_posix(): sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and "former" not in p.parts
    }


def row(folder, code):
    table = pd.read_csv(folder / "stakeholders.csv", dtype=str).set_index("stakeholder_id")  # fmt: skip
    return table.loc[code]


@pytest.mark.clause("draft:25(b)")
def test_a_score_that_moves_moves_the_organisation(office):
    made = stakeholder_grid(office)
    made.move(organisation="S01")
    assert "Much power, much interest" in made.answer.value
    made.move(power_lowest=1.0, power=2.0)
    assert "Little power, much interest" in made.answer.value
    assert "power 4 → 2" in made.answer.value


def test_what_was_moved_is_written_for_every_organisation_and_said(office):
    before = pd.read_csv(office / "stakeholders.csv", dtype=str)
    made = stakeholder_grid(office)
    made.move(organisation="S01", power_lowest=1.0, power=2.0)
    made.controls["organisation"].value = "S03"
    made.controls["stance"].value = "opposes"
    made.write.click()
    assert "Written to stakeholders.csv:" in made.said.value
    assert "Office of the Mayor: power 4 → 2" in made.said.value
    first, third = row(office, "S01"), row(office, "S03")
    assert (first["power"], first["power_lowest"], first["power_highest"]) == ("2.0", "1.0", "5.0")  # fmt: skip
    assert third["stance"] == "opposes" and third["assessed_on"] == first["assessed_on"]
    # Only these two rows, and nothing else of them.
    after = pd.read_csv(office / "stakeholders.csv", dtype=str)
    differs = (before.fillna("") != after.fillna("")).any(axis=1)
    assert list(before.loc[differs, "stakeholder_id"]) == ["S01", "S03"]
    assert "Not written yet" not in made.answer.value


def test_the_change_is_taken_back_byte_for_byte_and_nothing_else_is(office):
    before = files(office)
    made = stakeholder_grid(office)
    made.move(organisation="S01", power_highest=4.0)
    made.write.click()
    assert files(office) != before
    made.back.click()
    assert files(office) == before and made.setting["power_highest"] == 5.0
    made.back.click()
    assert "not a change of the grid" in made.said.value and files(office) == before


def test_scores_that_contradict_each_other_are_not_written(office):
    before = files(office)
    made = stakeholder_grid(office)
    made.move(organisation="S01", power=1.0)
    assert "between the lowest and the highest" in made.answer.value
    made.write.click()
    assert "between the lowest and the highest" in made.said.value
    assert files(office) == before


def test_without_a_change_nothing_is_written(office):
    before = files(office)
    made = stakeholder_grid(office)
    made.write.click()
    assert "Nothing was changed" in made.said.value and files(office) == before


def test_somebody_elses_change_is_not_overwritten(office):
    made = stakeholder_grid(office)
    made.move(organisation="S01", stance="opposes")
    edit(office, "stakeholders", {"S02": {"stance": "neutral"}})
    before = files(office)
    made.write.click()
    assert "changed by somebody else" in made.said.value and files(office) == before


def test_who_speaks_for_people_in_danger_is_never_offered(office):
    register = City.open(office).table("stakeholders")
    never = set(register.loc[exposed(register), "stakeholder_id"].astype(str))
    made = stakeholder_grid(office)
    offered = {code for _, code in made.controls["organisation"].options}
    assert never and not never & offered


def test_the_notebook_keeps_no_opinion_about_anybody(office):
    page = stakeholder_grid(office).static()
    assert "organisations were rated" in page
    assert "Office of the Mayor" not in page and "S01" not in page and "svg" not in page
    inside = stakeholder_grid(office).static(audience="internal", organisation="S01")
    assert "Office of the Mayor" in inside


def test_a_bundled_city_stays_as_it_is():
    made = stakeholder_grid(bundled_city("puerto-sereno"))
    made.move(stance="opposes")
    made.write.click()
    assert "came with safelearn" in made.said.value


def test_a_city_without_a_register_is_refused(tmp_path):
    from safelearn.city.scaffold import new_city

    with pytest.raises(Refused):
        stakeholder_grid(new_city(tmp_path / "x", name="X").folder)


def test_only_cells_of_the_contract_can_be_edited(office):
    before = files(office)
    wrong = ({"S99": {"power": 2}}, {"S01": {"phone": "1"}}, {"S01": {"power": 9}})
    for changes in (*wrong, {"S01": {"stakeholder_id": "x"}}):
        with pytest.raises(SafelearnError):
            edit(office, "stakeholders", changes)
    assert files(office) == before
