"""Where does the money for safety go, was it spent, and is it enough?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation import budget as money


@pytest.fixture
def lines():
    columns = [
        "line_id", "year", "level", "area_id", "purpose", "funding", "group",
        "required", "approved", "spent",
    ]  # fmt: skip
    rows = [
        ("L1", 2024, "national", None, "policing", "transfer", None, 1000, 800, 800),
        ("L2", 2024, "district", "01", "lighting", "own_revenue", None, 100, 100, 50),
        ("L1", 2025, "national", None, "policing", "transfer", None, 1000, 900, 900),
        ("L2", 2025, "district", "01", "lighting", "own_revenue", None, 150, 200, 100),
        ("L3", 2025, "city", None, "victim_support", "grant", "women", 400, 100, 50),
        (
            "L4",
            2025,
            "city",
            None,
            "capacity_building",
            "grant",
            None,
            None,
            50,
            50,
        ),
    ]
    return pd.DataFrame(rows, columns=columns).assign(currency="XTS")


PEOPLE = pd.DataFrame({"area_id": ["01", "02"], "population": [50.0, 50.0]})


@pytest.mark.clause("draft:26(f)(ii).11")
def test_spending_a_head_is_shown_by_level_of_government(lines):
    found = money.per_capita_investment(lines, PEOPLE).set_index("level")
    # Spent in 2025 among 100 residents: 900 by the state, 100 by a district, 50 + 50 by the city.
    assert found["a_head"].to_dict() == {"national": 9.0, "district": 1.0, "city": 1.0}


def test_an_area_without_a_line_has_nothing_and_is_not_missing(lines):
    found = money.per_capita_investment(lines, PEOPLE, by=["area_id"])
    found = found.set_index("area_id")
    assert found.loc["01", "a_head"] == 100 / 50
    assert (found.loc["02", "a_head"], found.loc["02", "lines"]) == (0, 0)
    assert found.loc["", "a_head"] == 1000 / 100
    assert found["spent"].sum() == 1100


def test_two_currencies_are_not_added_up(lines):
    lines.loc[0, "currency"] = "XUA"
    with pytest.raises(Refused, match="XTS and XUA"):
        money.per_capita_investment(lines, PEOPLE)


@pytest.mark.clause("draft:21")
def test_what_was_approved_is_set_against_what_was_spent(lines):
    found = money.execution(lines).set_index("year")
    assert found.loc[2024, "share"] == pytest.approx(850 / 900)
    lines.loc[5, "spent"] = np.nan
    found = money.execution(lines, by=["purpose"], year=2025).set_index("purpose")
    assert found.loc["capacity_building", "unknown"] == 1
    assert math.isnan(found.loc["capacity_building", "share"])


def test_a_surplus_in_one_line_does_not_fill_the_gap_of_another(lines):
    found = money.funding_gap(lines).set_index("year")
    # 2024: 200 for police. 2025: 100 + 0 (lighting has 50 too much) + 300.
    assert found["gap"].to_dict() == {2024: 200, 2025: 400}
    assert found.loc[2025, "gap_so_far"] == 600
    assert found.loc[2025, "unknown"] == 1
    assert found.loc[2025, "share"] == pytest.approx(400 / 1550)


def test_a_function_that_lives_on_grants_can_be_seen(lines):
    found = money.function_by_funding(lines).set_index("purpose")
    assert found.loc["policing", "lasting"] == 1
    assert found.loc["victim_support", "lasting"] == 0
    assert found.loc["victim_support", "grant"] == 100


@pytest.mark.clause("draft:23(d)")
def test_money_for_safe_spaces_is_tracked(lines):
    found = money.funding_tracker(lines).set_index(["year", "tag"])
    assert found.loc[(2025, "safe spaces"), "share"] == 200 / 1250
    assert found.loc[(2025, "named group"), "approved"] == 100
    assert found.loc[(2024, "named group"), "approved"] == 0
    lines["space_id"] = [None, None, None, None, "P1", None]
    found = money.funding_tracker(lines).set_index(["year", "tag"])
    assert found.loc[(2025, "safe spaces"), "approved"] == 300


@pytest.mark.clause("draft:26(f)(iii).5")
def test_training_has_a_line_and_a_cost_for_each_competent_practitioner(lines):
    skills = pd.DataFrame(
        {
            "post_id": ["A", "A", "B", "C"],
            "competency": ["C1", "C2", "C1", "C1"],
            "level": [2, 3, 1, 4],
            "required_level": [2, 2, 2, 1],
            "staff": [5, 5, 3, 9],
            "assessed_by": ["self", "course", "course", "course"],
        }
    )
    found = money.training(lines, skills)
    # Post A works without help in both, post B does not, of post C that is not asked.
    assert (found.competent, found.staff) == (5, 8)
    assert found.cost == 10
    assert found.share == pytest.approx(50 / 1100)
    assert found.by_self == 0.25


def test_a_budget_without_a_line_for_training_says_so(lines):
    with pytest.raises(Refused, match="training"):
        money.training(lines[lines["purpose"] != "capacity_building"])


def test_without_accounts_there_is_no_last_year(lines):
    with pytest.raises(Refused, match="spent"):
        money.last_year(lines.assign(spent=np.nan))
