"""National goals and the city's measures are laid side by side; what stands alone is named."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.guidelines.catalogue import GOALS
from safelearn.strategy.policy_alignment import (
    BY_INDICATOR,
    BY_TOPIC,
    STATED,
    alignment,
    global_goals,
)

PLAN = pd.DataFrame(
    {
        "measure_id": ["M1", "M2", "M3"],
        "indicator_id": ["secure_tenure", None, "robbery_rate"],
        "topic": ["housing", "lighting", None],
    }
)


@pytest.mark.clause("draft:23(c)")
def test_an_indicator_in_common_counts_more_than_a_topic_and_a_statement_most():
    goals = pd.DataFrame(
        {
            "goal_id": ["N1", "N2", "N3"],
            "goal": ["Homes", "Light", "Sport"],
            "indicator_ids": ["secure_tenure", None, None],
            "topics": ["housing lighting", "lighting", "youth_opportunities"],
            "measure_ids": [None, "M2", None],
        }
    )
    found = alignment(goals, PLAN)
    assert found.links.values.tolist() == [
        ["N1", "M1", BY_INDICATOR],
        ["N1", "M2", BY_TOPIC],
        ["N2", "M2", STATED],
    ]
    assert found.goals_without_measure == ("N3",)
    assert found.measures_without_goal == ("M3",)
    assert found.matrix.set_index("goal_id").loc["N1"].tolist() == [
        "Homes",
        BY_INDICATOR,
        BY_TOPIC,
        "",
    ]


def test_a_measure_without_an_indicator_is_not_joined_to_a_goal_without_one():
    goals = pd.DataFrame({"goal_id": ["N1"], "goal": ["Peace"]})
    assert alignment(goals, PLAN).links.empty


@pytest.mark.clause("draft:23(c)")
def test_a_city_can_start_from_the_global_goals():
    goals = global_goals()
    assert goals["goal_id"].tolist() == [f"SDG {g}" for g in GOALS]
    # Secure tenure is indicator 1.4.2: the first goal.
    links = alignment(goals, PLAN).links
    assert links[["goal_id", "measure_id"]].values.tolist() == [["SDG 1", "M1"]]
