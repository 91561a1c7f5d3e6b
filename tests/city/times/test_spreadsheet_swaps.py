"""Spreadsheets that turn days into months, and what is left to see it by."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.stamps import settle_stamps

#: All days of spring, written with the day first.
DAYS = pd.date_range("2023-03-01", "2023-05-31")


def opened_in_the_us(days, stored="%Y-%m-%d"):
    """What becomes of dates with the day first: those up to the 12th turn into other dates, the rest stay text."""
    return [
        d.replace(month=d.day, day=d.month).strftime(stored)
        if d.day <= 12
        else d.strftime("%d/%m/%Y")
        for d in days
    ]


def read(column):
    text = pd.Series(column, dtype="str", name="fecha")
    reader = settle_stamps(text)
    return reader.read(text).moments, " ".join((*reader.notes, *reader.order.notes))


def test_swapped_dates_are_swapped_back_and_said():
    moments, said = read(opened_in_the_us(DAYS))
    assert np.array_equal(moments, DAYS.to_numpy().astype("datetime64[s]"))
    assert "A spreadsheet has swapped day and month in the column fecha" in said
    # Of the 92 days, 12 of each of three months were read as dates.
    assert (
        "56 dates that it could not read" in said and "of the 36 that it read" in said
    )


def test_the_clock_of_a_swapped_date_stays():
    moments, _ = read(opened_in_the_us(DAYS, "%Y-%m-%d 21:30:00"))
    assert moments[0] == np.datetime64("2023-03-01T21:30")


def test_swapped_day_counts_are_swapped_back_too():
    column = opened_in_the_us(DAYS)
    first = pd.Timestamp("1899-12-30")
    counts = [
        str((pd.Timestamp(d) - first).days) if d[:4] == "2023" else d for d in column
    ]
    assert np.array_equal(read(counts)[0], DAYS.to_numpy().astype("datetime64[s]"))


def test_month_first_dates_opened_where_the_day_stands_first_are_swapped_back():
    column = [
        d.replace(month=d.day, day=d.month).strftime("%Y-%m-%d")
        if d.day <= 12
        else d.strftime("%m/%d/%Y")
        for d in DAYS
    ]
    assert np.array_equal(read(column)[0], DAYS.to_numpy().astype("datetime64[s]"))


def test_where_it_does_not_fit_every_row_nothing_is_changed_and_it_is_said():
    column = [*opened_in_the_us(DAYS), "2023-06-30"]
    moments, said = read(column)
    assert moments[0] == np.datetime64("2023-01-03")
    assert (
        "has probably swapped day and month" in said and "nothing was changed" in said
    )


@pytest.mark.parametrize("text", ["%d/%m/%Y", "%m/%d/%Y"])
def test_a_column_of_two_honest_formats_is_left_in_peace(text):
    column = [d.strftime(text if i % 2 else "%Y-%m-%d") for i, d in enumerate(DAYS)]
    moments, said = read(column)
    assert np.array_equal(moments, DAYS.to_numpy().astype("datetime64[s]"))
    assert "spreadsheet" not in said


def test_a_handful_of_dates_proves_nothing():
    moments, said = read(["13/01/2024", "14/01/2024", "2024-03-01"])
    assert moments[2] == np.datetime64("2024-03-01") and "spreadsheet" not in said
