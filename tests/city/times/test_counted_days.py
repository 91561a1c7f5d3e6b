"""Dates that are numbers: days of a spreadsheet, seconds and milliseconds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.moments import INSTANT, PRECISIONS, SILENT
from safelearn.city.times.stamps import settle_stamps


def settle(*values, **beside):
    frame = pd.DataFrame({"fecha": values, **beside}, dtype="str")
    return settle_stamps(frame["fecha"], beside=frame)


def read(*values, **beside):
    return settle(*values, **beside).read(pd.Series(values, dtype="str"))


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        # 1 January 2024 is day 45292 of a spreadsheet, by the documentation of any of them.
        ("45292", "2024-01-01", "day"),
        ("45292.5", "2024-01-01T12:00", "minute"),
        ("45292,75", "2024-01-01T18:00", "minute"),
        ("1388552400000", "2014-01-01T05:00", "minute"),
        ("1388552400", "2014-01-01T05:00", "minute"),
        ("1388552400000000", "2014-01-01T05:00", "minute"),
        ("20240101", "2024-01-01", "day"),
        ("202401012315", "2024-01-01T23:15", "minute"),
        ("20240101231500", "2024-01-01T23:15", "minute"),
        ("202401", "2024-01-01", "month"),
    ],
)
def test_each_number_that_is_a_date(written, moment, precision):
    stamps = read(written)
    assert stamps.moments[0] == np.datetime64(moment, "s")
    assert PRECISIONS[stamps.precision[0]] == precision


def test_seconds_are_instants_and_days_of_a_spreadsheet_are_not():
    assert read("1388552400").says[0] == INSTANT
    assert read("45292.5").says[0] == SILENT


def test_counts_that_all_end_at_midnight_are_days_that_no_zone_moves():
    stamps = read("1704067200000", "1704153600000")
    assert stamps.says.tolist() == [SILENT, SILENT]
    assert [PRECISIONS[p] for p in stamps.precision] == ["day", "day"]
    assert "all end at midnight" in settle("1704067200000").notes[0]


def test_numbers_and_texts_in_one_column_are_both_read():
    stamps = read("45292", "45293", "2024-01-03", "04/01/2024", "soon")
    assert stamps.moments.astype("datetime64[D]").astype(str).tolist() == [
        "2024-01-01",
        "2024-01-02",
        "2024-01-03",
        "2024-01-04",
        "NaT",
    ]


def test_a_spreadsheet_that_counts_from_1904_is_known_by_the_years_beside_it():
    # 1 January 2024 is day 43830 there: 45292 less four years and a day.
    days, years = ["43830", "43831", "43862"], ["2024"] * 3
    assert read(*days, year=years).moments[0] == np.datetime64("2024-01-01")
    assert "begins in 1904" in settle(*days, year=years).notes[0]


def test_years_that_agree_leave_the_count_as_it_is():
    assert read("45292", year=["2024"]).moments[0] == np.datetime64("2024-01-01")
    assert read("43830").moments[0] == np.datetime64("2019-12-31")


def test_a_number_of_no_size_of_a_date_is_none():
    assert np.isnat(read("45292", "7", "999999999").moments[1:]).all()
