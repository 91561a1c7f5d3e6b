"""The row that names the columns is found, and names in any spelling are the same name."""

import pytest

from safelearn.city.files.headers import clean_names, find_header, normalise
from safelearn.errors import SafelearnError


@pytest.mark.parametrize(
    "written", ["Año_hecho ", "ANO HECHO", "año-hecho", " ano  hecho"]
)
def test_one_name_in_many_spellings(written):
    assert normalise(written) == "ano hecho"


def test_titles_are_no_header():
    rows = [
        ["Crime in the city", "", ""],
        ["", "", ""],
        ["date", "place", "offence"],
        ["1", "2", "3"],
    ]
    assert find_header(rows, where="a") == 2


def test_years_may_name_columns():
    rows = [["area", "2019", "2020"], ["01", "5", "7"], ["02", "4", "9"]]
    assert find_header(rows, where="a") == 0


def test_a_file_that_begins_with_its_first_record_has_no_header():
    rows = [["359192.302798928", "570510.890752286", "2016-01-01"]] * 3
    with pytest.raises(SafelearnError, match="names the columns"):
        find_header(rows, where="a")


def test_nameless_and_repeated_columns_get_names_of_their_own():
    assert clean_names(["a", "", "a", " b  c "]) == ["a", "column 2", "a (2)", "b c"]


def test_two_tables_joined_may_repeat_names_in_their_header():
    rows = [["Date", "Area", "Offence", "Date", "Area"], ["a", "b", "c", "d", "e"]]
    assert find_header(rows, where="a") == 0
