"""Dates spread over columns: as exact as the parts that are there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.times.clocks import settle_clock
from safelearn.city.times.date_parts import read_parts
from safelearn.city.times.moments import PRECISIONS


def read(begins=4, **columns):
    frame = pd.DataFrame(columns, dtype="str")
    clock = settle_clock(frame["hour"] if "hour" in frame else pd.Series(dtype="str"))
    return read_parts(frame, {name: name for name in frame}, clock, begins)


def exact(stamps):
    return [PRECISIONS[p] for p in stamps.precision]


def test_a_date_is_as_exact_as_its_parts():
    stamps = read(
        year=["2020", "2020", "2020", "2020", ""],
        month=["2", "2", "13", "2", "1"],
        day=["29", "30", "1", "", "1"],
        hour=["23", "1", "1", "1", "1"],
    )
    assert stamps.moments[0] == np.datetime64("2020-02-29T23:00")
    assert np.isnat(stamps.moments[1]), "there is no 30 February"
    assert np.isnat(stamps.moments[4])
    assert [exact(stamps)[i] for i in (0, 2, 3)] == ["hour", "year", "month"]


def test_months_may_be_names_or_numbers_with_names():
    months = ["Enero", "feb.", "MARÇO", "04 - Abril", "Mai", "June", "7.0", "Augusto?"]
    stamps = read(year=["2020"] * 8, month=months)
    found = stamps.moments.astype("datetime64[M]").astype(str).tolist()
    assert found[:7] == [f"2020-0{m}" for m in range(1, 8)]
    assert exact(stamps)[7] == "year"


def test_hours_may_carry_their_minutes_or_stand_beside_them():
    day = {"year": ["2020"], "month": ["1"], "day": ["5"]}
    assert read(**day, hour=["23:15"]).moments[0] == np.datetime64("2020-01-05T23:15")
    both = read(**day, hour=["23"], minute=["15"])
    assert both.moments[0] == np.datetime64("2020-01-05T23:15")
    assert exact(both) == ["minute"]


def test_hour_24_is_midnight_at_the_end_of_the_day():
    stamps = read(year=["2020"], month=["12"], day=["31"], hour=["24"])
    assert stamps.moments[0] == np.datetime64("2021-01-01T00:00")


def test_years_of_two_digits_are_full_years():
    assert read(year=["19", "99"]).moments.astype("datetime64[Y]").tolist() == (
        np.array(["2019", "1999"], "datetime64[Y]").tolist()
    )


def test_a_quarter_beside_a_year_has_a_beginning_and_an_end():
    stamps = read(year=["2020"] * 3, quarter=["Q1", "4", "III"])
    assert stamps.moments.astype("datetime64[M]").astype(str).tolist() == [
        "2020-01",
        "2020-10",
        "2020-07",
    ]
    assert stamps.until[0] == np.datetime64("2020-03-31T23:59")
    assert set(exact(stamps)) == {"year"}


def test_a_week_beside_a_year_is_the_week_of_iso_8601():
    stamps = read(year=["2020", "2021"], week=["1", "53"])
    assert stamps.moments[0] == np.datetime64("2019-12-30")
    assert stamps.until[0] == np.datetime64("2020-01-05T23:59")
    assert exact(stamps) == ["month", "year"], "2021 has 52 weeks"


def test_a_financial_year_runs_over_two_calendar_years():
    stamps = read(year=["2011/2012", "2012-13"], begins=4)
    assert stamps.moments[1] == np.datetime64("2012-04-01")
    assert stamps.until[1] == np.datetime64("2013-03-31T23:59")
    assert set(exact(stamps)) == {"year"}
