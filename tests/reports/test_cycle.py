"""A diagnosis is made at regular intervals, and an old one says that it is old."""

from __future__ import annotations

from datetime import date

import pytest

from safelearn.reports.cycle import Cycle, after, cycle_of


@pytest.mark.clause("draft:25(d).0")
def test_a_report_past_its_cycle_says_so_first():
    cycle = cycle_of("2024-12", 12)
    assert cycle.due == date(2025, 12, 31)
    assert not cycle.stale(date(2025, 12, 31)) and cycle.stale(date(2026, 1, 1))
    assert "after 31 December 2025, ask for a newer one" in cycle.sentence(
        date(2025, 6, 1)
    )
    said = cycle.sentence(date(2026, 1, 1))
    assert said.startswith("These data are old") and "every 12 months" in said


def test_a_city_that_has_not_said_when_is_not_told_that_it_is_late():
    assert cycle_of("2024-12", None) is None
    assert cycle_of("", 12) is None


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 6, date(2024, 8, 31)),
        (date(2024, 3, 15), 24, date(2026, 3, 15)),
        (date(2023, 12, 31), 120, date(2033, 12, 31)),
    ],
)
def test_months_are_counted_as_calendars_count_them(start, months, due):
    assert after(start, months) == due


def test_records_that_know_years_only_end_with_the_year():
    assert cycle_of("2022", 24) == Cycle(date(2022, 12, 31), 24)
