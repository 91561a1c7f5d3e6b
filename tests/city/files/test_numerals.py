"""Numbers as the world writes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.files.numerals import as_floats, settle_numerals


def column(*cells: str) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def read(*cells: str, whole: bool | None = None) -> list[float]:
    return as_floats(column(*cells), whole=whole).tolist()


def test_a_cell_with_both_marks_shows_which_is_which():
    assert read("1.234,5") == [1234.5]
    assert read("1,234.5") == [1234.5]
    assert read("-12.345.678,25", "1,5") == [-12345678.25, 1.5]


def test_a_space_or_an_apostrophe_between_groups_of_three_marks_thousands():
    assert read("1 234", "12 345,5", "7") == [1234, 12345.5, 7]
    assert read("1'234", "1’234’567.50") == [1234, 1234567.5]
    assert read("1\u00a0234", "2\u202f345", "3\u2009456,7") == [1234, 2345, 3456.7]


def test_a_south_asian_lakh_is_read():
    assert read("12,34,567", "1,23,456.5") == [1234567, 123456.5]


def test_residents_below_a_thousand_show_that_a_point_marks_thousands():
    assert read("856", "1.234", "12.310") == [856, 1234, 12310]
    assert read("856", "1,234", "12,310") == [856, 1234, 12310]


def test_a_coordinate_rounded_to_three_decimals_keeps_its_decimals():
    assert read("-74.123", "-74.001") == [-74.123, -74.001]
    assert read("4.612", "4.700") == [4.612, 4.7]
    assert read("-75,569", "-75,601") == [-75.569, -75.601]


def test_one_clear_cell_decides_the_open_ones_of_its_column():
    assert read("1.234", "1.234.567") == [1234, 1234567]
    assert read("1.234", "0,5") == [1234, 0.5]
    assert read("1.234", "0.5", "7") == [1.234, 0.5, 7]
    assert read("1,234", "12.75") == [1234, 12.75]
    assert read("2,500", "1 234,5") == [2.5, 1234.5]


def test_counts_and_coordinates_say_what_an_open_mark_is():
    assert read("1.234", "2.345", whole=True) == [1234, 2345]
    assert read("856", "1.234", whole=False) == [856, 1.234]
    assert read("834.567,12", "834.567", whole=False) == [834567.12, 834567]


def test_a_column_written_in_two_ways_loses_the_open_cells_and_says_so():
    numerals = settle_numerals(column("0,5", "0.5", "1.234"))
    values = numerals.read(column("0,5", "0.5", "1.234"))
    assert values[:2].tolist() == [0.5, 0.5]
    assert np.isnan(values[2])
    assert "1.234" in str(numerals.note("rate"))
    # A coordinate is in degrees, whichever mark this row has.
    assert read("-75,569854", "-75.569", whole=False) == [-75.569854, -75.569]


def test_the_note_says_what_a_mark_was_read_as():
    note = settle_numerals(column("856", "1.234")).note("Einwohner")
    assert note == "In the column Einwohner, 1.234 was read as 1234."
    assert settle_numerals(column("4.612", "4.701")).note("lat") is None


@pytest.mark.parametrize(
    "cell", ["", "  ", "n/a", "1.2.3", "1,23,4", "12 34", "1e", "inf", "NaN", "1-2"]
)
def test_what_is_no_number_is_missing(cell):
    assert np.isnan(read(cell, "1"))[0]
    assert np.isnan(read(cell, "1.234,5"))[0]


def test_signs_exponents_and_blanks_around_numbers_are_read():
    assert read(" 5 ", "+7", "\u22123", "1e3", ".5", "5.") == [5, 7, -3, 1000, 0.5, 5]


def test_a_column_read_in_pieces_gives_the_same_numbers_as_at_once():
    cells = column("856", "1.234", "2.345", "1.234.567", "x", "0", "7", "1.000")
    numerals = settle_numerals(cells)
    whole = numerals.read(cells)
    pieces = [numerals.read(cells.iloc[i : i + 2]) for i in range(0, 8, 2)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
    assert whole[1] == 1234


def test_a_column_without_numbers_is_all_missing():
    assert np.isnan(as_floats(column("a", "b"))).all()
    assert as_floats(column()).size == 0
