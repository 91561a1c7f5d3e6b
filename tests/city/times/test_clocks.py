"""Times of day as the world writes them. Expected minutes are written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.times.clocks import settle_clock
from safelearn.city.times.moments import PRECISIONS


def read(*values):
    text = pd.Series(values, dtype="str")
    return settle_clock(text).read(text)


def minutes(*values):
    return [s // 60 if s >= 0 else None for s in read(*values).seconds.tolist()]


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("23:15", 23, 15),
        ("23:15:59", 23, 15),
        ("5:00 PM", 17, 0),
        ("12:05 AM", 0, 5),
        ("12:05 pm", 12, 5),
        ("11:15 p. m.", 23, 15),
        ("11:15 p.m.", 23, 15),
        ("11:15\u00a0p.\u00a0m.", 23, 15),
        ("8 a.m.", 8, 0),
        ("10h30", 10, 30),
        ("10 h 30", 10, 30),
        ("10h", 10, 0),
        ("10.30 Uhr", 10, 30),
        ("10:30 hrs", 10, 30),
        ("2300 hrs", 23, 0),
        ("1899-12-31 05:06:00", 5, 6),
        ("T05:06:00.000", 5, 6),
    ],
)
def test_each_way_to_write_a_time_of_day(written, hour, minute):
    assert minutes(written) == [hour * 60 + minute]


def test_hours_without_minutes_are_known_to_the_hour():
    assert [PRECISIONS[p] for p in read("10h", "8 a.m.", "10h30").precision] == [
        "hour",
        "hour",
        "minute",
    ]


def test_5_beside_2315_is_five_past_midnight():
    assert minutes("2315", "5", "0", "1200") == [1395, 5, 0, 720]


def test_5_beside_23_is_five_in_the_morning():
    assert minutes("23", "5", "0") == [1380, 300, 0]


def test_fractions_of_a_day_are_times_of_a_spreadsheet():
    assert minutes("0.96875", "0,5", "0") == [1395, 720, 0]


def test_numbers_of_six_digits_have_seconds():
    assert minutes("231500", "93000", "500") == [1395, 570, 5]


def test_24_00_is_the_end_of_its_day():
    assert minutes("24:00", "2400") == [1440, 1440]


def test_what_no_clock_shows_is_no_time():
    unreadable = ("99:00", "10:60", "24:01", "soon", "", "10:30 5")
    assert minutes(*unreadable) == [None] * 6


def test_numbers_that_no_clock_shows_are_no_time():
    assert minutes("2315", "1275", "2401", "-5") == [1395, None, None, None]


def test_one_typing_error_does_not_change_what_the_others_mean():
    assert minutes("2315", "1130", "23155") == [1395, 690, None]


def test_a_fraction_of_a_day_beside_written_times_stands_in_no_other_zone():
    clocks = read("21:30:00", "0.275")
    assert clocks.seconds.tolist() == [77_400, 23_760]
    assert clocks.offset.tolist() == [0, 0]
