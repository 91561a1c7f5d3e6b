"""When things happened, on the city's own clock, and no more exactly than the source knows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from safelearn.city.profiles import Profile, profile_named
from safelearn.city.times import read_times
from safelearn.errors import SafelearnError

BOGOTA = ZoneInfo("America/Bogota")
PLAIN = Profile("plain", "Plain")


def read(columns, fields=None, profile=PLAIN, **options):
    frame = pd.DataFrame(columns, dtype="str")
    fields = fields or {name: name for name in frame}
    return read_times(
        frame, fields, profile, zone=options.pop("zone", BOGOTA), **options
    )[0]


def notes(columns, profile=PLAIN, **options):
    """What is said of the columns, as one text."""
    frame = pd.DataFrame(columns, dtype="str")
    zone = options.pop("zone", BOGOTA)
    fields = {name: name for name in frame}
    return "\n".join(read_times(frame, fields, profile, zone=zone, **options)[1])


def test_true_universal_time_becomes_the_citys_evening():
    times = read({"from": ["2019-05-12T02:36:00Z"]}, profile=profile_named("medata"))
    assert times.occurred_from[0] == np.datetime64("2019-05-11T21:36")


def test_a_letter_z_that_lies_is_found_out_by_the_quietest_hour(day):
    stamps = [f"2024-01-01T{h:02d}:30:00Z" for h, n in enumerate(day) for _ in range(n)]
    times = read({"from": stamps})
    assert times.occurred_from[0] == np.datetime64("2024-01-01T00:30")
    assert "are local" in notes({"from": stamps})


def test_a_person_who_names_the_zone_is_believed():
    stamps = {"from": ["2019-05-12T02:36:00Z"]}
    assert read(stamps, file_zone="local").occurred_from[0] == np.datetime64(
        "2019-05-12T02:36"
    )
    assert read(stamps, file_zone="Asia/Tokyo").occurred_from[0] == np.datetime64(
        "2019-05-11T12:36"
    )
    with pytest.raises(SafelearnError, match="no time zone called Bogota"):
        read(stamps, file_zone="Bogota")


def test_an_offset_is_an_instant_whatever_the_zone():
    times = read({"from": ["2019-05-12T02:36:00+02:00"]}, file_zone="Asia/Tokyo")
    assert times.occurred_from[0] == np.datetime64("2019-05-11T19:36")


def test_a_date_beside_a_time_of_day():
    times = read(
        {"from_date": ["01/03/2024 12:00:00 AM"] * 3, "from_time": ["2315", "5", ""]}
    )
    assert times.occurred_from.astype(str).tolist() == [
        "2024-03-01T23:15:00",
        "2024-03-01T00:05:00",
        "2024-03-01T00:00:00",
    ]
    assert list(times.precision) == ["minute", "minute", "day"]


def test_an_interval_keeps_its_end_and_a_backward_one_does_not():
    columns = {
        "from": ["2024-01-01 10:00"] * 2,
        "to": ["2024-01-02 08:00", "2023-12-31 08:00"],
    }
    times = read(columns)
    assert times.occurred_to[0] == np.datetime64("2024-01-02T08:00")
    assert np.isnat(times.occurred_to[1])
    assert "1 row ends before it begins" in notes(columns)


def test_a_column_of_firsts_of_the_month_knows_months_only():
    stamps = [f"2022-{m:02d}-01" for m in range(1, 13) for _ in range(10)]
    times = read({"from": stamps})
    assert set(times.precision) == {"month"}


def test_three_dates_on_the_first_prove_nothing():
    assert set(
        read({"from": ["2022-01-01", "2022-02-01", "2022-03-01"]}).precision
    ) == {"day"}


def test_a_column_of_midnights_knows_days_only():
    assert set(
        read({"from": ["2022-01-05 00:00:00", "2022-02-07 00:00:00"]}).precision
    ) == {"day"}


def test_full_hours_throughout_are_known_to_the_hour():
    stamps = [f"2022-01-{d:02d} {h:02d}:00" for d in range(1, 5) for h in range(24)]
    assert set(read({"from": stamps}).precision) == {"hour"}


def test_a_masked_hour_is_no_hour():
    parts = {
        "year": ["2020"] * 2,
        "month": ["7"] * 2,
        "day": ["27"] * 2,
        "hour": ["0", "9"],
        "minute": ["0", "30"],
    }
    times = read(parts, masked=np.array([True, False]))
    assert list(times.precision) == ["day", "minute"]
    assert times.occurred_from[0] == np.datetime64("2020-07-27")


def test_months_are_not_moved_by_a_time_zone():
    times = read({"from": ["2022-01", "2022-02"]}, file_zone="UTC")
    assert times.occurred_from[0] == np.datetime64("2022-01-01")


def test_summer_time_that_skips_or_repeats_an_hour_loses_no_row():
    stamps = ["2024-03-31 01:30", "2024-10-27 01:30"]
    times = read({"from": stamps}, file_zone="Europe/London", zone=ZoneInfo("UTC"))
    assert not np.isnat(times.occurred_from).any()


def test_a_file_without_dates_is_refused():
    with pytest.raises(SafelearnError, match="No column with the date"):
        read({"offence_label": ["theft"]})
