"""Before a measure starts, the city knows how it could be judged and how small a change could be seen."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.evaluation.power import (
    detectable_difference_in_shares,
    detectable_ratio,
)
from safelearn.strategy.evaluation_plan import (
    AUDIT,
    CANNOT_TELL,
    COMPARISON,
    DELIVERY,
    NO,
    NONE,
    SERIES,
    SURVEY,
    YES,
    evaluation_plan,
    smallest_change,
)


def one(indicator: str | None, visible=None, area=None, **target) -> pd.Series:
    plan = pd.DataFrame(
        {"measure_id": ["M1"], "name": ["Lamps"], "indicator_id": [indicator], "area_id": [area]}
    )  # fmt: skip
    aim = {"target_id": "X1", "objective": "Better", "indicator_id": indicator}
    targets = pd.DataFrame([aim | target])
    return evaluation_plan(plan, targets, visible or {}).iloc[0]


@pytest.mark.clause("draft:25(o).2")
@pytest.mark.parametrize(
    ("indicator", "area", "design", "level"),
    [
        ("robbery_rate", None, SERIES, 2),
        ("robbery_rate", "0101", COMPARISON, 3),
        ("feels_safe_after_dark", None, SURVEY, 2),
        ("street_lighting", None, AUDIT, 2),
        ("seat_share_ratio", None, DELIVERY, 0),
        (None, None, NONE, 0),
    ],
)
def test_the_way_to_judge_follows_from_the_indicator_and_the_place(
    indicator, area, design, level
):
    found = one(indicator, area=area)
    assert (found["design"], found["level"]) == (design, level)


def test_the_smallest_change_of_a_share_is_that_of_the_two_sample_formula():
    seen = wilson_interval(400, 1000)
    ours = smallest_change(float(seen.lower), float(seen.upper))
    assert ours == pytest.approx(detectable_difference_in_shares(1000, share=0.4), rel=0.03)  # fmt: skip


def test_the_smallest_change_of_a_count_is_near_that_of_two_counts():
    seen = byar_interval(400)
    ours = smallest_change(float(seen.lower), float(seen.upper)) / 400
    assert ours == pytest.approx(1 - detectable_ratio(400, 400), abs=0.015)


def test_an_aim_too_small_to_be_seen_is_told_before_the_start():
    visible = {("robbery_rate", "everyone"): 0.2}
    assert one("robbery_rate", visible, baseline=100.0, target=75.0)["seen"] == YES
    assert one("robbery_rate", visible, baseline=100.0, target=85.0)["seen"] == NO
    assert one("robbery_rate", visible, baseline=None, target=85.0)["seen"] == CANNOT_TELL  # fmt: skip
    assert one("robbery_rate", {}, baseline=100.0, target=75.0)["seen"] == CANNOT_TELL


def test_a_target_for_women_is_judged_by_the_figure_for_women():
    visible = {("feels_safe_after_dark", "everyone"): 0.05, ("feels_safe_after_dark", "women"): 0.3}  # fmt: skip
    found = one("feels_safe_after_dark", visible, group="women", baseline=40.0, target=50.0)  # fmt: skip
    assert (found["smallest"], found["aimed"], found["seen"]) == (0.3, 0.25, NO)
    others = one("feels_safe_after_dark", visible, group="youth", baseline=40.0, target=50.0)  # fmt: skip
    # The figure of everyone rests on more answers than that of youth would.
    assert pd.isna(others["smallest"]) and others["seen"] == CANNOT_TELL
