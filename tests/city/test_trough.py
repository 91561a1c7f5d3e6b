"""The quietest hour tells local time from another zone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.trough import find_trough

#: Events by hour of a city that sleeps: least at 5, most at 21.
DAY = np.array(
    [
        30,
        24,
        18,
        12,
        8,
        6,
        8,
        12,
        16,
        20,
        22,
        24,
        26,
        26,
        26,
        28,
        30,
        34,
        38,
        44,
        48,
        50,
        46,
        38,
    ]
)


def events(shift=0):
    hours = np.repeat((np.arange(24) + shift) % 24, DAY)
    return pd.Series(
        pd.Timestamp("2024-01-01 00:30") + pd.to_timedelta(hours, unit="h")
    )


def test_local_times_are_quietest_before_dawn():
    assert find_trough(events()).hour == 5
    assert find_trough(events()).plausible


@pytest.mark.parametrize("shift", [-5, -8, 6, 9, 12])
def test_times_of_another_zone_are_noticed(shift):
    assert not find_trough(events(shift)).plausible


def test_a_flat_day_and_a_handful_of_events_say_nothing():
    flat = pd.Series(pd.date_range("2024-01-01 00:30", periods=2400, freq="h"))
    assert find_trough(flat) is None
    assert find_trough(events().head(50)) is None


def test_midnights_that_mean_unknown_do_not_count():
    unknown = pd.Series([pd.Timestamp("2024-01-01")] * 5000)
    assert find_trough(pd.concat([events(), unknown])).hour == 5
