"""Dates and times as the world writes them. Expected moments are written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.moments import INSTANT, PRECISIONS, SILENT, ZULU
from safelearn.city.times.stamps import parse_stamps


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


def test_a_few_rows_in_another_format_are_read_too():
    read = parse_stamps(texts("2020-01-01", "2020-01-02", "14/02/2020", "soon", ""))
    assert read.moments[2] == np.datetime64("2020-02-14")
    assert np.isnat(read.moments[3:]).all()


def test_what_the_text_says_of_its_zone_is_kept():
    written = ["2019-04-23T12:30:00Z", "2019-04-23T12:30:00-05:00", "2019-04-23 12:30"]
    assert parse_stamps(texts(*written)).says.tolist() == [ZULU, INSTANT, SILENT]


def test_years_that_cannot_be_are_unreadable():
    assert np.isnat(parse_stamps(texts("1022-01-01", "2999-01-01")).moments).all()
