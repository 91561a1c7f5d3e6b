"""Intervals keep their promise, also for the few events of a small neighbourhood."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from safelearn.errors import SafelearnError
from safelearn.estimates.intervals import byar_interval, wilson_interval


def exact_poisson(events, level=0.95):
    tail = (1 - level) / 2
    return stats.gamma.ppf(tail, events), stats.gamma.ppf(1 - tail, events + 1)


@pytest.mark.parametrize("events", [5, 10, 16, 40, 500])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_byar_is_within_three_percent_of_the_exact_interval_from_five_events_on(
    events, level
):
    found = byar_interval(events, level=level)
    lower, upper = exact_poisson(events, level)
    assert found.lower == pytest.approx(lower, rel=0.03)
    assert found.upper == pytest.approx(upper, rel=0.03)


def test_an_area_without_events_has_a_rate_of_zero_and_still_an_upper_limit():
    found = byar_interval(0, 2_000, per=1_000)
    assert found.rate == 0
    assert found.lower == 0
    assert found.upper == pytest.approx(3.689 / 2, rel=0.01)


def test_an_area_without_population_has_no_rate():
    found = byar_interval([4, 4, None], [100, 0, 100])
    assert found.rate[0] == 0.04
    assert np.isnan(found.rate[1:]).all()
    assert np.isnan(found.lower[1:]).all()
    assert np.isnan(found.upper[1:]).all()


def test_byar_covers_the_truth_as_often_as_it_says():
    # Summed over every count that can occur, so nothing here is left to chance.
    for mean in (3, 8, 25, 120):
        counts = np.arange(0, 400)
        found = byar_interval(counts)
        inside = (found.lower <= mean) & (mean <= found.upper)
        assert stats.poisson.pmf(counts, mean)[inside].sum() > 0.94


def test_a_scalar_gives_numbers_and_a_column_gives_arrays():
    assert isinstance(byar_interval(3, 10).rate, float)
    found = byar_interval(pd.Series([3, 4]), pd.Series([10, 10]))
    assert found.rate.tolist() == [0.3, 0.4]


def test_wilson_never_leaves_the_possible_range():
    trials = np.arange(1, 60)
    none, all_ = wilson_interval(0 * trials, trials), wilson_interval(trials, trials)
    assert (none.lower == 0).all()
    assert (all_.upper == 1).all()
    assert (none.upper < 1).all()
    assert (all_.lower > 0).all()


def test_wilson_agrees_with_scipy():
    for successes, trials in [(81, 263), (15, 148), (1, 29), (7, 9)]:
        found = wilson_interval(successes, trials)
        other = stats.binomtest(successes, trials).proportion_ci(method="wilson")
        assert (found.lower, found.upper) == pytest.approx((other.low, other.high))


def test_a_share_of_nobody_is_missing():
    found = wilson_interval([0, 1], [0, 2])
    assert np.isnan([found.share[0], found.lower[0], found.upper[0]]).all()


def test_more_reported_than_victims_is_refused():
    with pytest.raises(SafelearnError, match="more successes than trials"):
        wilson_interval(5, 4)
