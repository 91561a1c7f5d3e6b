"""How far may a benefit-cost ratio be believed?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from safelearn.errors import Refused
from safelearn.evaluation.sensitivity import EFFECT, PRICES, Range, ratio_sensitivity


def test_with_all_but_the_effect_known_the_ratio_has_the_effects_interval():
    # One year at rate 0: ratio = averted x 10 / 1000.
    found = ratio_sensitivity(
        {"0401": Range(200, 100, 300)}, {"0401": Range(10)}, Range(1000), rate=0
    )
    assert found.ratio == pytest.approx(2)
    assert found.lower == pytest.approx(1, abs=0.06)
    assert found.upper == pytest.approx(3, abs=0.06)
    # P(ratio > 1) = P(z > -1.96) = 0.975.
    assert found.share_above_one == pytest.approx(0.975, abs=0.006)
    assert found.drivers.set_index("input")["share"][EFFECT] == pytest.approx(1)


@pytest.mark.clause("draft:26(f)(iii).6")
def test_the_share_above_one_is_that_of_two_normals():
    # Effect 100 (se 20) at 12 known, against a cost of 1000 (se 100): P(12 E > C).
    z = 1.959964
    found = ratio_sensitivity(
        {"0401": Range(100, 100 - 20 * z, 100 + 20 * z)},
        {"0401": Range(12)},
        Range(1000, 1000 - 100 * z, 1000 + 100 * z),
        rate=0,
        draws=40_000,
    )
    expected = norm.cdf((1200 - 1000) / math.hypot(12 * 20, 100))
    assert found.share_above_one == pytest.approx(expected, abs=0.008)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    inputs = {"0401": Range(50, 10, 90)}, {"0401": Range(100, 70, 150)}, Range(4000)
    first, again = (ratio_sensitivity(*inputs, seed=1) for _ in range(2))
    assert np.array_equal(first.ratios, again.ratios)
    assert first.seed == 1
    assert not np.array_equal(first.ratios, ratio_sensitivity(*inputs, seed=2).ratios)


def test_limits_at_unlike_distances_come_back():
    value = Range(100, 90, 160)
    drawn = value.at(np.array([-1.959964, 0.0, 1.959964]))
    assert drawn == pytest.approx([90, 100, 160])


def test_prices_of_one_study_move_together():
    prices = {"a": Range(10, 5, 15), "b": Range(10, 5, 15)}
    known = {"a": Range(50, 49.9, 50.1), "b": Range(50, 49.9, 50.1)}
    found = ratio_sensitivity(known, prices, Range(1000), rate=0)
    # Apart, the interval would be 1 +- 0.354; together it is 1 +- 0.5.
    assert found.upper - found.lower == pytest.approx(1.0, abs=0.05)
    assert found.drivers.set_index("input")["share"][PRICES] > 0.99


def test_later_benefits_count_less_at_a_higher_rate():
    found = ratio_sensitivity(
        {"0401": Range(100, 50, 150)}, {"0401": Range(10)}, Range(1000), years=5
    )
    # Costs at the start, benefits at the end of each year: 1 / 1.035.
    assert found.ratio == pytest.approx(4.515052 / 4.673079, abs=1e-6)
    by_rate = found.by_rate.set_index("rate")["ratio"]
    assert by_rate[0.0] == pytest.approx(1)
    assert by_rate[0.10] == pytest.approx(1 / 1.10)
    assert found.break_even == pytest.approx(1.035)


def test_harm_done_gives_a_ratio_below_zero():
    found = ratio_sensitivity(
        {"0401": Range(-20, -30, -10)}, {"0401": Range(10)}, Range(100), rate=0
    )
    assert found.upper < 0
    assert found.share_above_one == 0
    assert math.isnan(found.break_even)


def test_an_effect_without_an_interval_is_refused():
    with pytest.raises(Refused, match="interval"):
        ratio_sensitivity({"0401": Range(50)}, {"0401": Range(10)}, Range(100))


def test_an_effect_without_a_price_is_not_counted_as_free():
    with pytest.raises(Refused, match="unit cost"):
        ratio_sensitivity({"0401": Range(50, 1, 99)}, {}, Range(100))
