"""Dates and times as the world writes them. Expected moments are written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.clocks import parse_clock
from safelearn.city.stamps import PRECISIONS, from_parts, parse_stamps


def texts(*values):
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        ("2019-04-23T12:30:00Z", "2019-04-23T12:30:00", "minute"),
        ("2019-04-23T12:30:00-05:00", "2019-04-23T17:30:00", "minute"),
        ("2019-04-23", "2019-04-23", "day"),
        ("2019-04", "2019-04-01", "month"),
        ("2019", "2019-01-01", "year"),
        ("23/04/2019", "2019-04-23", "day"),
        ("23.04.2019 21:05", "2019-04-23T21:05", "minute"),
        ("04/23/2019 01:05:00 PM", "2019-04-23T13:05", "minute"),
        ("4/23/19 5:00", "2019-04-23T05:00", "minute"),
        ("20190423", "2019-04-23", "day"),
        ("04/2019", "2019-04-01", "month"),
        ("1388552400000", "2014-01-01T05:00", "minute"),  # midnight in Toronto
        ("1451678400.0", "2016-01-01T20:00", "minute"),
        ("43578.5", "2019-04-23T12:00", "minute"),  # a spreadsheet's day count
    ],
)
def test_each_way_to_write_a_moment(written, moment, precision):
    read = parse_stamps(texts(written))
    assert read.moments[0] == np.datetime64(moment, "s")
    assert PRECISIONS[read.precision[0]] == precision


def test_one_date_that_can_only_be_day_first_decides_for_the_column():
    read = parse_stamps(texts("03/04/2020", "25/12/2020"))
    assert read.moments[0] == np.datetime64("2020-04-03") and read.notes == ()


def test_one_date_that_can_only_be_month_first_decides_for_the_column():
    read = parse_stamps(texts("03/04/2020", "12/25/2020"))
    assert read.moments[0] == np.datetime64("2020-03-04") and read.notes == ()


def test_where_nothing_decides_the_assumption_is_said():
    read = parse_stamps(texts("03/04/2020", "05/06/2020"))
    assert read.moments[0] == np.datetime64("2020-04-03")
    assert "day first" in read.notes[0]


def test_a_few_rows_in_another_format_are_read_too():
    read = parse_stamps(texts("2020-01-01", "2020-01-02", "14/02/2020", "soon", ""))
    assert read.moments[2] == np.datetime64("2020-02-14")
    assert np.isnat(read.moments[3:]).all()


def test_what_the_text_says_of_its_zone_is_kept():
    assert parse_stamps(texts("2019-04-23T12:30:00Z")).written == "Z"
    assert parse_stamps(texts("2019-04-23T12:30:00-05:00")).written == "offset"
    assert parse_stamps(texts("2019-04-23 12:30")).written == ""


def test_years_that_cannot_be_are_unreadable():
    assert np.isnat(parse_stamps(texts("1022-01-01", "2999-01-01")).moments).all()


@pytest.mark.parametrize(
    ("column", "minutes"),
    [
        (("23:15", "5:00 PM", "12:05 AM", "", "99:00"), (1395, 1020, 5, -1, -1)),
        (("2315", "5", "0"), (1395, 5, 0)),
        (("0.96875", "0.5"), (1395, 720)),
        (("23", "0", "12"), (1380, 0, 720)),
        (("1899-12-31 05:06:00",), (306,)),
    ],
)
def test_each_way_to_write_a_time_of_day(column, minutes):
    assert parse_clock(texts(*column))[0].tolist() == list(minutes)


def test_the_parts_of_a_date_make_a_moment_as_exact_as_they_are():
    nan = np.nan
    parts = {
        "year": np.array([2020, 2020, 2020, 2020, nan]),
        "month": np.array([2, 2, 13, 2, 1]),
        "day": np.array([29, 30, 1, nan, 1]),
        "hour": np.array([23, 1, 1, 1, 1]),
    }
    moments, precision = from_parts(parts)
    assert moments[0] == np.datetime64("2020-02-29T23:00")
    assert np.isnat(moments[1]), "there is no 30 February"
    assert [PRECISIONS[p] for p in precision[[0, 2, 3]]] == ["hour", "year", "month"]
    assert np.isnat(moments[4])
