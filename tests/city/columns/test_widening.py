"""A column a year becomes a row a year, and the account stays to the row of the file."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.columns.profiles import parse_profile
from safelearn.city.columns.widening import whole_numbers, wide_columns, widen
from safelearn.errors import SafelearnError


def profile(more=""):
    return parse_profile(
        f'name = "ours"\n[columns]\narea_name = ["station"]\n{more}\n', where="ours"
    )


FINANCIAL = profile("[wide]\nyear_begins = 4")
CALENDAR = profile('year = ["anio"]\n[wide]\nyear_begins = 1')


def text(**columns):
    return pd.DataFrame(columns, dtype="str")


def test_a_table_stays_as_it_is_without_the_setting():
    frame = text(station=["A"], **{"2019": ["3"]})
    long, origin = widen(frame, profile())
    assert long is frame and list(origin) == [0]


def test_each_year_of_a_station_becomes_a_row_with_its_number():
    frame = text(
        station=["A", "B"], **{"2011/2012": ["3", "0"], "2012/2013": ["5", "7"]}
    )
    long, origin = widen(frame, FINANCIAL)
    assert list(origin) == [0, 0, 1, 1]
    assert list(long["station"]) == ["A", "A", "B", "B"]
    assert list(long["count"]) == ["3", "5", "0", "7"]
    assert list(long["occurred_from"]) == ["2011-04-01", "2012-04-01"] * 2
    assert long["occurred_to"].iloc[0] == "2012-03-31 23:59"
    assert set(long["time_precision"]) == {"year"}


def test_an_empty_cell_is_no_row_but_a_zero_is():
    frame = text(station=["A"], **{"2011/2012": [""], "2012/2013": ["0"]})
    long, _ = widen(frame, FINANCIAL)
    assert list(long["count"]) == ["0"]


def test_a_heading_between_the_rows_does_not_vanish():
    frame = text(
        station=["CONTACT CRIMES", "A"],
        **{"2011/2012": ["", "1"], "2012/2013": ["", "2"]},
    )
    long, origin = widen(frame, FINANCIAL)
    assert list(origin) == [0, 1, 1]
    assert list(long["count"]) == ["", "1", "2"]


def test_months_take_their_year_from_its_column():
    frame = text(
        station=["A", "A"], anio=["2020", "2021"], Ene=["1", "2"], Feb=["3", ""]
    )
    long, origin = widen(frame, CALENDAR)
    assert list(long["occurred_from"]) == ["2020-01-01", "2020-02-01", "2021-01-01"]
    assert set(long["time_precision"]) == {"month"} and list(origin) == [0, 0, 1]


def test_months_of_no_year_are_refused():
    with pytest.raises(SafelearnError, match="of which year"):
        widen(text(station=["A"], Ene=["1"], Feb=["2"]), CALENDAR)


def test_a_year_that_adds_up_its_quarters_does_not_count_twice():
    frame = text(
        station=["A"],
        **{"Q1 2023": ["1"], "Q2 2023": ["2"], "Q3 2023": ["3"], "Q4 2023": ["4"]},
        **{"2023": ["10"]},
    )
    long, _ = widen(frame, CALENDAR)
    assert long["count"].astype(int).sum() == 10
    assert wide_columns(list(frame), CALENDAR).notes[0].endswith("twice: 2023.")


def test_it_is_said_that_a_year_does_not_begin_in_january():
    said = wide_columns(["station", "2011/2012"], FINANCIAL).notes
    assert said == (
        "Years do not begin in January: 2011/2012 runs from 2011-04 to 2012-03 and counts under 2011.",
    )


def test_counts_are_whole_however_their_thousands_are_marked():
    cells = pd.Series(["1,234", "1.234", "1 234", "12", "7.0", "-", "<5", "", "2.5"])
    assert list(whole_numbers(cells.astype("str"))) == [
        1234, 1234, 1234, 12, 7, -1, -1, -1, -1,
    ]  # fmt: skip
