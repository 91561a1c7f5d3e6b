"""Living together or apart: indices worked by hand, and what chance alone would give."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from safelearn.diagnosis.segregation import segregation
from safelearn.errors import Refused, SafelearnError


@pytest.mark.clause("draft:26(f)(i).1")
def test_dissimilarity_and_isolation_are_those_of_the_definitions():
    # x = 90 10 50 50 50 of 100 each: x/X = .36 .04 .2 .2 .2, y/Y = .04 .36 .2 .2 .2; D = (.32 + .32)/2.
    # xPx = (.36 x .9) + (.04 x .1) + 3 x (.2 x .5) = .628.
    found = segregation([90, 10, 50, 50, 50], [100] * 5)
    assert found.dissimilarity == pytest.approx(0.32)
    assert found.isolation == pytest.approx(0.628)
    assert found.share == 0.5


def test_complete_separation_and_an_even_spread_are_one_and_nothing():
    apart = segregation([100, 100, 0, 0, 0], [100] * 5)
    assert (apart.dissimilarity, apart.isolation) == pytest.approx((1, 1))
    assert apart.adjusted == pytest.approx(1)
    even = segregation([20] * 5, [100] * 5)
    assert even.dissimilarity == pytest.approx(0)
    assert even.isolation == pytest.approx(even.share)
    assert even.adjusted == 0


def test_chance_is_the_exact_mean_under_a_lottery_of_homes():
    sizes, group = np.array([7, 12, 30, 4, 60]), np.array([1, 5, 3, 0, 20])
    p = group.sum() / sizes.sum()
    deviation = sum(
        np.sum(np.abs(np.arange(n + 1) - n * p) * binom.pmf(np.arange(n + 1), n, p))
        for n in sizes
    )
    expected = deviation / (2 * sizes.sum() * p * (1 - p))
    assert segregation(group, sizes).by_chance == pytest.approx(expected, rel=1e-9)


def test_small_areas_look_segregated_by_chance_and_the_adjusted_index_knows_it():
    rng = np.random.default_rng(2)
    indices = [segregation(rng.binomial(10, 0.2, 80), [10] * 80) for _ in range(60)]
    plain = np.mean([one.dissimilarity for one in indices])
    assert plain > 0.25  # though homes were given out by lot
    assert plain == pytest.approx(np.mean([one.by_chance for one in indices]), abs=0.01)
    assert np.mean([one.adjusted for one in indices]) < 0.04


def test_the_interval_covers_the_true_index_where_chance_is_small():
    rng = np.random.default_rng(3)
    sizes = np.full(40, 4000)
    share = rng.beta(2, 6, 40)
    x, y = share * sizes, (1 - share) * sizes
    true = np.abs(x / x.sum() - y / y.sum()).sum() / 2
    inside = 0
    for _ in range(300):
        found = segregation(rng.binomial(sizes, share), sizes)
        inside += found.lower <= true <= found.upper
    assert 0.90 < inside / 300 < 0.99


def test_four_areas_and_an_absent_group_are_refused():
    with pytest.raises(Refused, match="five areas"):
        segregation([1, 2, 3, 4], [10] * 4)
    with pytest.raises(Refused, match="five areas"):
        segregation([0] * 6, [10] * 6)
    with pytest.raises(SafelearnError, match="larger than everybody"):
        segregation([11, 1, 1, 1, 1], [10] * 5)


def test_poor_housing_is_concentrated_in_puerto_sereno(puerto_sereno):
    rows = puerto_sereno.table("statistics").query(
        "indicator_id == 'inadequate_housing'"
    )
    found = segregation(rows["numerator"], rows["denominator"])
    assert found.lower > found.by_chance
    assert found.isolation > found.share
