"""A city's own targets: on course, off course, or cannot be told, by the interval and not by the point."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.indicators import targets
from safelearn.indicators.figures import FULL_COUNT, INTERVAL, Figure
from safelearn.indicators.targets import progress


def target(**more) -> dict:
    usual = {
        "target_id": "T1",
        "objective": "People feel safe",
        "indicator_id": "feels_safe_after_dark",
        "area_id": None,
        "group": "everyone",
        "baseline": 40.0,
        "baseline_period": "2020",
        "target": 60.0,
        "due_on": pd.Timestamp("2024-12-31"),
        "owner": "Safety Observatory",
        "budget": 1000.0,
        "status": "on_course",
    }
    return usual | more


def safe(lower: float, value: float, upper: float, period: str = "2022") -> Figure:
    return Figure(
        "feels_safe_after_dark",
        value,
        lower,
        upper,
        n=900,
        period=period,
        precision=INTERVAL,
    )


def stands(figure: Figure | None, **more) -> targets.Progress:
    figures = [figure] if figure else []
    return progress(pd.DataFrame([target(**more)]), figures)[0]


@pytest.mark.clause("draft:25(g)")
def test_half_way_in_time_half_of_the_way_is_asked_for():
    found = stands(safe(50.5, 52, 53.5))
    # 730 of 1,461 days lie behind: a little less than half of 20 points.
    assert found.expected == pytest.approx(40 + 20 * 730 / 1461)
    assert found.status == targets.ON
    assert found.flags == ()
    assert found.stated == "on_course"


def test_the_interval_decides_and_not_the_point():
    assert stands(safe(49, 52, 55)).status == targets.CANNOT_TELL
    assert stands(safe(44, 46, 48)).status == targets.OFF
    assert stands(safe(60, 63, 66)).status == targets.REACHED
    assert stands(safe(57, 63, 69)).status == targets.ON


def test_after_its_date_a_target_is_reached_or_not():
    late = {"period": "2024"}
    assert stands(safe(55, 57, 59, **late)).status == targets.MISSED
    assert stands(safe(57, 60, 63, **late)).status == targets.CANNOT_TELL
    assert stands(safe(61, 63, 65, **late)).status == targets.REACHED


def test_a_figure_as_old_as_the_baseline_says_nothing_on_progress():
    found = stands(safe(44, 46, 48, period="2020"))
    assert found.status == targets.CANNOT_TELL
    assert targets.NOT_SINCE in found.flags


def test_what_a_target_lacks_is_named():
    found = stands(
        safe(50.5, 52, 53.5),
        baseline=math.nan,
        due_on=pd.NaT,
        owner=None,
        budget=math.nan,
    )
    assert found.status == targets.CANNOT_TELL
    assert found.flags == ("no baseline", "no date", "no owner", "no budget")
    assert not targets.aimed(found)


def test_a_target_that_asks_for_nothing_or_for_too_little_is_flagged():
    assert targets.NO_STEP in stands(safe(38, 40, 42), target=40.0).flags
    assert targets.TOO_SMALL in stands(safe(38, 40, 42), target=41.5).flags
    assert targets.TOO_SMALL not in stands(safe(38, 40, 42), target=43.0).flags


def test_less_is_better_where_the_catalogue_says_so():
    robbed = Figure(
        "robbery_prevalence",
        2.0,
        1.5,
        2.5,
        n=900,
        period="2022",
        precision=INTERVAL,
    )
    more = {"indicator_id": "robbery_prevalence", "baseline": 5.0, "target": 1.0}
    assert stands(robbed, **more).status == targets.ON
    assert stands(robbed, **(more | {"target": 3.0})).status == targets.REACHED


def test_a_group_without_a_figure_keeps_its_target():
    found = stands(safe(50, 52, 54), group="women")
    assert found.status == targets.CANNOT_TELL
    assert targets.NOT_MEASURED in found.flags
    assert targets.UNKNOWN in stands(None, indicator_id="happiness").flags


def test_records_alone_do_not_show_that_a_target_was_met():
    recorded = Figure(
        "robbery_rate",
        200,
        190,
        210,
        n=400,
        period="2022",
        source="incidents",
        precision=INTERVAL,
    )
    more = {"indicator_id": "robbery_rate", "baseline": 400.0, "target": 250.0}
    assert targets.FROM_RECORDS in stands(recorded, **more).flags


def test_accounts_have_no_interval_and_need_none():
    spent = Figure(
        "safety_budget_execution", 93, n=20, period="2022", precision=FULL_COUNT
    )
    more = {"indicator_id": "safety_budget_execution", "baseline": 80.0, "target": 92.0}
    assert stands(spent, **more).status == targets.REACHED


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2024", "2024-12-31"),
        ("2023-2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-12", "2024-12-31"),
        ("2024-01/2024-06", "2024-06-30"),
        ("2025.0", "2025-12-31"),
        ("spring", "None"),
    ],
)
def test_periods_end_on_their_last_day(period, end):
    assert str(targets.end_of(period)) == end
