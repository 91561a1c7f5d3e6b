"""Was the money well spent, and who gained?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation import money


def test_five_years_of_one_are_worth_the_published_annuities():
    ones = [1, 1, 1, 1, 1]
    assert money.present_value(ones, 0.035) == pytest.approx(4.515052, abs=1e-6)
    at_start = money.present_value(ones, 0.035, timing="start")
    assert at_start == pytest.approx(4.673079, abs=1e-6)


@pytest.mark.clause("draft:26(f)(iii).6")
def test_fifty_robberies_for_200_000_give_a_ratio_of_2_83():
    found = money.benefit_cost(50 * 11_320, 200_000)
    assert found.benefits == 566_000
    assert found.ratio == pytest.approx(2.83, abs=0.005)
    assert found.net == 366_000


def test_benefits_that_come_later_weigh_less():
    # 100 today against 121 in two years, at 10 %: 121 / 1.21 = 100.
    found = money.benefit_cost([0, 0, 121], [100, 0, 0], rate=0.10)
    assert found.ratio == pytest.approx(1.0)


def test_a_rate_written_in_percent_is_noticed():
    with pytest.raises(SafelearnError, match=r"3\.5"):
        money.present_value([1, 1], 3.5)


def test_a_year_without_an_amount_is_no_zero():
    with pytest.raises(SafelearnError, match="missing"):
        money.present_value([1, math.nan], 0.035)


def test_without_a_cost_there_is_no_ratio():
    with pytest.raises(Refused):
        money.benefit_cost(100, 0)


def test_the_cost_of_a_case_turns_the_limits_of_the_effect_round():
    found = money.cost_per_case_averted(200_000, (50, 20, 80))
    assert (found.cost, found.lower, found.upper) == pytest.approx((4000, 2500, 10_000))
    # An effect known on a log scale, more than twice its value above.
    found = money.cost_per_case_averted(1000, (10, 4, 25))
    assert (found.lower, found.upper) == pytest.approx((40, 250))


def test_an_uncertain_cost_gives_fiellers_interval():
    z = 1.959963984540054
    cost, effect, se_cost, se_effect = 900.0, 30.0, 60.0, 5.0
    found = money.cost_per_case_averted(
        (cost, cost - z * se_cost, cost + z * se_cost),
        (effect, effect - z * se_effect, effect + z * se_effect),
    )
    # Fieller: the values r with (cost - r effect)^2 = z^2 (se_cost^2 + r^2 se_effect^2).
    roots = np.roots(
        [
            effect**2 - z**2 * se_effect**2,
            -2 * cost * effect,
            cost**2 - z**2 * se_cost**2,
        ]
    )
    assert (found.lower, found.upper) == pytest.approx(tuple(sorted(roots)))


def test_an_effect_that_may_be_none_has_no_highest_cost():
    found = money.cost_per_case_averted(200_000, (50, -10, 110))
    assert found.upper == math.inf
    assert found.lower == pytest.approx(200_000 / 110)


def test_where_nothing_was_averted_no_cost_of_a_case_is_given():
    with pytest.raises(Refused, match="averted"):
        money.cost_per_case_averted(200_000, (-3, -20, 14))


def test_gains_are_shown_for_those_who_have_them():
    table = pd.DataFrame(
        {
            "group": ["hillside", "centre"],
            "residents": [1000, 4000],
            "gain": [50_000.0, 40_000.0],
            "lower": [40_000.0, 20_000.0],
            "upper": [60_000.0, 60_000.0],
            "income": [500.0, 2000.0],
        }
    )
    found = money.gains_by_group(table).set_index("group")
    assert found.loc["hillside", "a_head"] == 50
    assert found.loc["centre", "a_head"] == 10
    assert found["resident_share"].tolist() == [0.2, 0.8]
    assert found["gain_share"].tolist() == pytest.approx([5 / 9, 4 / 9])
    assert found["verdict"].tolist() == ["more", "less"]
    # Mean income 1,700: weights (1700/500)^1.3 and (1700/2000)^1.3.
    assert found["weight"].tolist() == pytest.approx([3.4**1.3, 0.85**1.3])


def test_gains_that_may_be_alike_are_not_called_more():
    table = pd.DataFrame(
        {
            "group": ["a", "b"],
            "residents": [100, 100],
            "gain": [10.0, 8.0],
            "lower": [6.0, 4.0],
            "upper": [14.0, 12.0],
        }
    )
    # 0.02 a head apart; the limits lie sqrt(0.04^2 + 0.04^2) = 0.057 away.
    assert set(money.gains_by_group(table)["verdict"]) == {"no clear difference"}


def test_a_share_of_gains_is_not_given_where_some_lose():
    table = pd.DataFrame(
        {
            "group": ["a", "vendors"],
            "residents": [100, 50],
            "gain": [10.0, -4.0],
            "lower": [6.0, -8.0],
            "upper": [14.0, 0.0],
        }
    )
    found = money.gains_by_group(table)
    assert found["gain_share"].isna().all()
    assert found["a_head"].tolist() == [0.1, -0.08]


def test_a_group_counts_once():
    table = pd.DataFrame(
        {"group": ["a", "a"], "residents": 1, "gain": 1.0, "lower": 0.0, "upper": 2.0}
    )
    with pytest.raises(SafelearnError):
        money.gains_by_group(table)
