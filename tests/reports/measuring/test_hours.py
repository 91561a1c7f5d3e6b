"""Hours are released whole or not at all: a total beside one hidden cell would give it away."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.reports.measuring.hours import hour_tables
from safelearn.reports.period import period_of
from safelearn.reports.release import Release

MONTHS = [f"2024-{m:02d}" for m in range(1, 13)]
PERIOD = period_of(MONTHS, [100] * 12)


def incidents(moments: list[str], **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"occurred_from": pd.to_datetime(moments, format="ISO8601")})
    frame["occurred_to"] = pd.NaT
    values = {
        "time_precision": "minute",
        "offence": "0401",
        "domestic": "unknown",
        "count": 1,
    }
    return frame.assign(**values | columns)


def released(frame: pd.DataFrame) -> Release:
    release = Release(Disclosure(), "public")
    hour_tables(frame, PERIOD, release)
    return release


@pytest.fixture
def full_week() -> list[str]:
    """Six events in every hour of one week, two hundred more on Monday evening."""
    week = pd.date_range("2024-01-01", periods=168, freq="h")
    moments = [str(hour) for hour in week for _ in range(6)]
    return moments + ["2024-01-01 20:30"] * 200


def test_a_full_week_is_shown_hour_by_hour(full_week):
    release = released(incidents(full_week))
    assert len(release.tables["hours"]) == 168
    first, last, share = release.results["peak"]
    assert first <= 20 < last
    by_hour = release.tables["hours_of_the_day"].frame.set_index("hour")["n"]
    assert by_hour[20] == 7 * 6 + 200
    assert share == pytest.approx((6 * 7 * 6 + 200) / (168 * 6 + 200))


def test_one_small_hour_of_the_week_takes_the_whole_table_along(full_week):
    full_week.remove("2024-01-03 04:00:00")
    full_week.remove("2024-01-03 04:00:00")
    release = released(incidents(full_week))
    assert "hours" not in release.tables
    assert len(release.tables["hours_of_the_day"]) == 24


def test_where_even_hours_of_the_day_are_small_nothing_is_shown():
    release = released(incidents(["2024-02-01 20:30"] * 50 + ["2024-02-01 04:30"] * 2))
    assert release.tables == {}
    assert "hours" not in release.sentences


def test_sexual_and_domestic_violence_is_in_no_table_of_hours(full_week):
    hidden = incidents(["2024-03-01 02:30"] * 40, offence="0301")
    at_home = incidents(["2024-03-01 02:30"] * 40, domestic="yes")
    alone = released(incidents(full_week)).tables["hours"].frame
    frame = pd.concat([incidents(full_week), hidden, at_home], ignore_index=True)
    assert released(frame).tables["hours"].frame.equals(alone)
