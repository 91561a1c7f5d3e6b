"""Quarters, weeks and financial years: no date, but a beginning and an end."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.moments import PRECISIONS
from safelearn.city.times.spans import is_financial, read_span, year_begins


@pytest.mark.parametrize(
    ("text", "begin", "last", "precision"),
    [
        ("q1 2020", "2020-01-01", "2020-03-31T23:59", "year"),
        ("2020-q4", "2020-10-01", "2020-12-31T23:59", "year"),
        ("2020t2", "2020-04-01", "2020-06-30T23:59", "year"),
        ("1er trimestre 2020", "2020-01-01", "2020-03-31T23:59", "year"),
        ("iii trimestre 2020", "2020-07-01", "2020-09-30T23:59", "year"),
        ("2. quartal 2020", "2020-04-01", "2020-06-30T23:59", "year"),
        ("h2 2020", "2020-07-01", "2020-12-31T23:59", "year"),
        ("2020 s1", "2020-01-01", "2020-06-30T23:59", "year"),
        ("1er semestre de 2020", "2020-01-01", "2020-06-30T23:59", "year"),
        ("2020-w01", "2019-12-30", "2020-01-05T23:59", "month"),
        ("semana 53 de 2020", "2020-12-28", "2021-01-03T23:59", "month"),
        ("kw 5 2021", "2021-02-01", "2021-02-07T23:59", "month"),
        ("2011/2012", "2011-04-01", "2012-03-31T23:59", "year"),
        ("2011/12", "2011-04-01", "2012-03-31T23:59", "year"),
        ("fy 2011-12", "2011-04-01", "2012-03-31T23:59", "year"),
    ],
)
def test_each_way_to_name_a_period(text, begin, last, precision):
    found = read_span(text, 4)
    assert found.begin == np.datetime64(begin, "s")
    assert found.last == np.datetime64(last, "s")
    assert PRECISIONS[found.precision] == precision


@pytest.mark.parametrize("text", ["week 53, 2021", "2011/2014", "q5 2020", "soon"])
def test_what_is_no_period_is_not_read(text):
    assert read_span(text, 4) is None


def test_2011_12_is_a_year_if_the_others_beside_it_are():
    assert is_financial(pd.Series(["2010/11", "2011/12"], dtype="str"))
    assert is_financial(pd.Series(["2012/13"], dtype="str"))
    assert is_financial(pd.Series(["1998/99", "1999/00"], dtype="str"))


def test_2011_12_is_a_december_if_other_months_stand_beside_it():
    assert not is_financial(pd.Series(["2011/12", "2011/11", "2012/01"], dtype="str"))
    assert not is_financial(pd.Series(["2011/12"], dtype="str"))


def test_financial_years_begin_when_they_do_where_the_city_lies():
    begins = [
        year_begins(ZoneInfo(z))
        for z in ("Africa/Johannesburg", "Africa/Nairobi", "America/Chicago")
    ]
    assert begins == [4, 7, 10]
