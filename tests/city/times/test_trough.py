"""The quietest hour tells local time from another zone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.trough import find_trough


@pytest.fixture
def events(day):
    """The events of a day, on clocks that go so many hours wrong."""

    def shifted(shift=0):
        hours = np.repeat((np.arange(24) + shift) % 24, day)
        return pd.Series(
            pd.Timestamp("2024-01-01 00:30") + pd.to_timedelta(hours, unit="h")
        )

    return shifted


def test_local_times_are_quietest_before_dawn(events):
    assert find_trough(events()).hour == 5
    assert find_trough(events()).plausible


@pytest.mark.parametrize("shift", [-5, -8, 6, 9, 12])
def test_times_of_another_zone_are_noticed(shift, events):
    assert not find_trough(events(shift)).plausible


def test_a_flat_day_and_a_handful_of_events_say_nothing(events):
    flat = pd.Series(pd.date_range("2024-01-01 00:30", periods=2400, freq="h"))
    assert find_trough(flat) is None
    assert find_trough(events().head(50)) is None


def test_few_events_of_a_flat_day_have_no_quietest_hour():
    rng = np.random.default_rng(3)
    for _ in range(200):
        stamps = rng.integers(0, 365 * 1440, 300) * np.timedelta64(60, "s")
        moments = pd.Series(np.datetime64("2023-01-01T00:00:00") + stamps)
        assert find_trough(moments) is None


def test_midnights_that_mean_unknown_do_not_count(events):
    unknown = pd.Series([pd.Timestamp("2024-01-01")] * 5000)
    assert find_trough(pd.concat([events(), unknown])).hour == 5
