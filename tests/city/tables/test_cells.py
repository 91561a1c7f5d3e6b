"""Cells of filled-in tables, as they are written from Lima to Lisbon."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.contracts import contract
from safelearn.city.places.area_cells import as_codes
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.cells import read_cells


def read(table, column, *cells):
    field = next(f for f in contract(table)["fields"] if f["name"] == column)
    found, notes = read_cells(pd.Series(cells, dtype="str", name=column), field)
    return list(found), notes


def test_day_and_month_are_told_apart_by_the_whole_column():
    assert read("demands", "received_on", "03/04/2024", "25/12/2024")[0] == ["2024-04-03", "2024-12-25"]  # fmt: skip
    assert read("demands", "received_on", "03/04/2024", "12/25/2024")[0] == ["2024-03-04", "2024-12-25"]  # fmt: skip


def test_a_month_and_a_word_stay_as_they_are_and_will_be_found_wrong():
    assert read("demands", "received_on", "13/04/2024", "someday")[0] == ["2024-04-13", "someday"]  # fmt: skip


def test_words_for_not_known_are_empty_and_never_a_value():
    assert read("demands", "supporters", "12", "s/d", "-", "n/a")[0] == ["12", "", "", ""]  # fmt: skip
    assert read("demands", "channel", "Asamblea", "-", "")[0] == ["assembly", "", ""]


def test_not_known_is_unknown_where_the_contract_has_that_word():
    assert read("stakeholders", "stance", "a favor", "sin dato")[0] == ["supports", "unknown"]  # fmt: skip


def test_yes_and_no_in_any_form():
    assert read("ballots", "funded", "Sí", "NO", "true", "0")[0] == ["yes", "no", "yes", "no"]  # fmt: skip


@pytest.mark.parametrize("written", ["1.250", "1,250", "1 250", "1250", "1.250 €"])
def test_a_count_of_people_has_thousands_and_no_decimals(written):
    assert read("demands", "supporters", written)[0] == ["1250"]


def test_a_number_nobody_can_read_stays_to_be_named():
    assert read("demands", "supporters", "muchos")[0] == ["muchos"]


def test_areas_by_code_by_name_and_by_a_code_without_its_zeros():
    areas = KnownAreas(["01", "02"], ["Alto", "Bajo"])
    cells = pd.Series(["01", "bajo", "Toda la ciudad", "Centro", ""], dtype="str")
    assert list(as_codes(cells, areas)[0]) == ["01", "02", "", "Centro", ""]
    assert list(as_codes(pd.Series(["1", "2"], dtype="str"), areas)[0]) == ["01", "02"]
