"""Hours of the week, and hours that nobody knows."""

from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.diagnosis.timing import aoristic, hour_by_weekday
from safelearn.errors import Refused, SafelearnError

MINUTES_IN_WEEK = 7 * 24 * 60
START = np.datetime64("2024-02-26T00:00", "s")  # a Monday, before a leap day


def minute_by_minute(start, length):
    """Walk through an interval minute by minute, as no fast method would."""
    week = np.zeros((7, 24))
    if length >= MINUTES_IN_WEEK:
        return week + 1 / 168
    for minute in range(start, start + max(length, 1)):
        hour = minute % MINUTES_IN_WEEK // 60
        week[hour // 24, hour % 24] += 1 / max(length, 1)
    return week


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30_000), st.integers(0, 12_000)),
        min_size=1,
        max_size=8,
    )
)
def test_aoristic_is_the_walk_through_each_interval(intervals):
    start = START + np.array([s for s, _ in intervals]).astype("m8[m]")
    end = start + np.array([d for _, d in intervals]).astype("m8[m]")
    expected = sum(minute_by_minute(s, d) for s, d in intervals)
    np.testing.assert_allclose(aoristic(start, end), expected, atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**6))))
def test_every_event_is_in_the_week_exactly_once(intervals):
    start = START + np.array([s for s, _ in intervals], dtype="m8[s]")
    end = start + np.array([d for _, d in intervals], dtype="m8[s]")
    week = aoristic(start, end)
    assert week.to_numpy().sum() == pytest.approx(len(intervals))
    assert (week >= 0).all(axis=None)


def test_an_interval_over_sunday_midnight_goes_on_on_monday():
    week = aoristic(["2024-03-03T23:30"], ["2024-03-04T00:30"])
    assert week.loc[6, 23] == 0.5
    assert week.loc[0, 0] == 0.5


def test_a_week_or_more_says_nothing_about_the_hour():
    week = aoristic(["2024-03-01T10:00"], ["2024-03-15T18:00"])
    np.testing.assert_allclose(week, 1 / 168)


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(SafelearnError, match="ends before it begins"):
        aoristic(["2024-03-02T00:00"], ["2024-03-01T00:00"])


@pytest.mark.needs("realdata/aoristic")
def test_burglaries_in_washington_match_the_published_table(realdata):
    folder = realdata / "aoristic"
    rows = pd.read_csv(folder / "dcburglaries.csv")
    start, end = (
        pd.to_datetime(rows[column], unit="s", utc=True)
        .dt.tz_convert("America/New_York")
        .dt.tz_localize(None)
        for column in ("StartDateTime", "EndDateTime")
    )
    published = pd.read_csv(folder / "dcburgsum.csv").iloc[:, 1:].to_numpy().T
    assert published.size == 168
    np.testing.assert_allclose(aoristic(start, end), published, rtol=0, atol=5e-4)


def incidents(**columns):
    frame = pd.DataFrame(columns)
    for column in ("occurred_from", "occurred_to"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column], format="ISO8601")
    return frame


def test_days_without_an_hour_are_counted_beside_the_table_and_not_dropped():
    rows = incidents(
        occurred_from=[
            "2024-01-01 08:15",
            "2024-01-02",
            "2024-01-01",
            "2024-01-03 09:00",
        ],
        time_precision=["minute", "day", "month", "hour"],
        count=[1, 2, 3, 4],
    )
    week = hour_by_weekday(rows)
    assert week.n == 5
    assert week.n_untimed == 5
    assert week.weights.loc[0, 8] == 1
    assert week.weights.loc[2, 9] == 4
    assert week.weights.to_numpy().sum() == week.n


def test_an_interval_that_runs_backwards_is_untimed():
    rows = incidents(
        occurred_from=["2024-01-01 08:15", "2024-01-02 10:00", None],
        occurred_to=["2024-01-01 08:45", "2024-01-02 09:00", None],
    )
    week = hour_by_weekday(rows)
    assert (week.n, week.n_interval, week.n_untimed) == (1, 1, 2)


def test_midnight_that_stands_for_unknown_is_reported():
    rows = incidents(
        occurred_from=["2024-01-01 00:00"] * 3 + ["2024-01-01 00:01"] * 5,
        count=[1] * 8,
    )
    assert hour_by_weekday(rows).midnight_share == pytest.approx(3 / 8)


def test_an_interval_from_midnight_to_midnight_is_not_heaping():
    rows = incidents(occurred_from=["2024-01-01"], occurred_to=["2024-01-02"])
    week = hour_by_weekday(rows)
    assert np.isnan(week.midnight_share)
    np.testing.assert_allclose(week.weights.loc[0], 1 / 24)


def test_data_by_the_month_have_no_hours():
    rows = incidents(occurred_from=["2024-01-01"], time_precision=["month"])
    with pytest.raises(Refused, match="known hour"):
        hour_by_weekday(rows)


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_what_is_known_to_the_day_or_worse_enters_no_hour_and_no_weekday(precision):
    rows = incidents(
        occurred_from=["2024-01-01 08:15", "2024-01-06"],
        occurred_to=[None, "2024-01-07 23:59"],
        time_precision=["minute", precision],
    )
    week = hour_by_weekday(rows)
    assert (week.n, week.n_untimed) == (1, 1)
    assert week.weights.loc[5:6].to_numpy().sum() == 0


def test_an_end_that_is_missing_or_equal_to_the_beginning_makes_a_moment():
    rows = incidents(
        occurred_from=["2024-01-01 08:15"] * 2,
        occurred_to=[None, "2024-01-01 08:15"],
    )
    week = hour_by_weekday(rows)
    assert week.weights.loc[0, 8] == 2 and week.n_interval == 0


def test_intervals_of_a_week_are_spread_evenly_and_counted():
    rows = incidents(
        occurred_from=["2024-01-01 08:00"] * 3,
        occurred_to=["2024-01-08 08:00", "2024-03-01 09:00", "2024-01-08 07:00"],
        count=[2, 3, 4],
    )
    week = hour_by_weekday(rows)
    assert (week.n, week.n_interval, week.n_long) == (9, 9, 5)
    # Monday 7 h lies outside the interval that is one hour short of a week.
    assert week.weights.loc[0, 7] == pytest.approx(5 / 168)


def test_an_interval_over_a_night_when_clocks_are_moved_is_spread_as_clocks_show_it():
    # In London, 01:00 to 02:00 of 31 March 2024 was skipped, and that of 27 October repeated.
    for night in ("2024-03-31", "2024-10-27"):
        week = aoristic([f"{night}T00:00"], [f"{night}T04:00"])
        np.testing.assert_allclose(week.loc[6, 0:3], 0.25)


@pytest.mark.needs("realdata/vancouver")
def test_vancouver_writes_midnight_for_one_event_in_seven(realdata):
    with zipfile.ZipFile(
        realdata / "vancouver" / "vancouver_crimes_2020.zip"
    ) as bundle:
        name = next(n for n in bundle.namelist() if n.endswith(".csv"))
        rows = pd.read_csv(bundle.open(name))
    when = pd.to_datetime(
        rows[["YEAR", "MONTH", "DAY", "HOUR", "MINUTE"]].rename(columns=str.lower)
    )
    week = hour_by_weekday(pd.DataFrame({"occurred_from": when}))
    assert week.midnight_share == pytest.approx(0.145, abs=0.005)


@pytest.mark.needs("realdata/medellin")
def test_homicides_in_medellin_peak_in_the_evening_once_utc_is_local_time(realdata):
    rows = pd.read_csv(realdata / "medellin" / "medellin_homicides.csv", sep=";")
    stamp = pd.to_datetime(rows["fecha_hecho"], utc=True)
    local = stamp.dt.tz_convert("America/Bogota").dt.tz_localize(None)
    peaks = []
    for when in (local, stamp.dt.tz_localize(None)):
        week = hour_by_weekday(pd.DataFrame({"occurred_from": when}))
        assert week.n == 9_360
        peaks.append(int(week.weights.sum().idxmax()))
    assert peaks[0] in (20, 21, 22)
    assert peaks[1] in (1, 2, 3)
