"""The city's clocks, also in the two nights a year in which they are moved."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.city.times.zones import odd_hours, to_zone

UTC = ZoneInfo("UTC")
LONDON = ZoneInfo("Europe/London")


def at(*moments):
    return np.array(moments, dtype="datetime64[s]")


def test_an_evening_in_bogota_is_a_night_in_utc():
    bogota = ZoneInfo("America/Bogota")
    assert to_zone(at("2024-05-12T02:36"), UTC, bogota) == at("2024-05-11T21:36")
    assert to_zone(at("2024-05-11T21:36"), bogota, UTC) == at("2024-05-12T02:36")


def test_the_hour_that_is_repeated_counts_as_the_first():
    # On 27 October 2024 at 01:00 UTC, 02:00 BST became 01:00 GMT.
    assert to_zone(at("2024-10-27T01:30"), LONDON, UTC) == at("2024-10-27T00:30")
    assert to_zone(at("2024-10-27T00:30"), UTC, LONDON) == at("2024-10-27T01:30")
    assert to_zone(at("2024-10-27T01:30"), UTC, LONDON) == at("2024-10-27T01:30")


def test_a_time_in_the_hour_that_is_skipped_is_that_of_a_clock_not_put_forward():
    # On 31 March 2024, 01:00 GMT became 02:00 BST.
    assert to_zone(at("2024-03-31T01:30"), LONDON, UTC) == at("2024-03-31T01:30")


def test_repeated_and_skipped_hours_are_found():
    moments = at(
        "2024-10-27T00:59:59",
        "2024-10-27T01:00",
        "2024-10-27T01:59:59",
        "2024-10-27T02:00",
        "2024-03-31T00:59:59",
        "2024-03-31T01:00",
        "2024-03-31T02:00",
        "NaT",
    )
    repeated, skipped = odd_hours(moments, LONDON)
    assert repeated.tolist() == [False, True, True, False, False, False, False, False]
    assert skipped.tolist() == [False, False, False, False, False, True, False, False]


def test_a_city_without_daylight_saving_has_no_odd_hours():
    repeated, skipped = odd_hours(at("2024-03-31T01:30"), ZoneInfo("Africa/Lagos"))
    assert not repeated.any() and not skipped.any()


@pytest.mark.parametrize(
    "name",
    [
        "America/New_York",
        "America/Sao_Paulo",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "America/Caracas",
    ],
)
@given(seconds=st.lists(st.integers(-900_000_000, 1_900_000_000), min_size=1))
def test_every_zone_agrees_with_another_library(name, seconds):
    moments = np.array(seconds).astype("datetime64[s]")
    theirs = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(name)
    theirs = theirs.tz_localize(None).to_numpy().astype("datetime64[s]")
    assert np.array_equal(to_zone(moments, UTC, ZoneInfo(name)), theirs)
