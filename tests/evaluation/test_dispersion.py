"""How counts varied before: known dispersions are found, shared swings are not theirs, and slow ones count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation.dispersion import dispersion_before


def redrawn(rng, *, periods=36, areas=8, mean=20.0, variance=0.0, shared=0.0):
    """Counts with gamma multipliers of each cell, and of each period for all areas."""
    mu = np.full((periods, areas), mean)
    if shared:
        mu = mu * rng.gamma(1 / shared, shared, periods)[:, None]
    if variance:
        mu = mu * rng.gamma(1 / variance, variance, mu.shape)
    return rng.poisson(mu)


def test_pearson_s_chi_squared_of_a_table_by_hand():
    """Rows 10+20, 20+10 and so on: expected 15 everywhere, each cell off by 5: 12 x 25/15 over 5."""
    table = [[10, 20], [20, 10]] * 3
    found = dispersion_before(table)
    assert found.value == pytest.approx(12 * 25 / 15 / 5) and found.df == 5


def test_pure_chance_is_found_to_be_pure_chance():
    rng = np.random.default_rng(1)
    found = [dispersion_before(redrawn(rng)).of_sums for _ in range(200)]
    assert 1 <= np.mean(found) < 1.1


def test_cells_that_vary_show_one_plus_mean_times_variance():
    """Negative binomial counts of mean 20 and multiplier variance 0.1: 1 + 20 x 0.1 = 3."""
    rng = np.random.default_rng(2)
    found = [dispersion_before(redrawn(rng, variance=0.1)).value for _ in range(100)]
    assert np.mean(found) == pytest.approx(3, rel=0.05)


def test_what_moves_the_whole_city_is_not_counted():
    rng = np.random.default_rng(3)
    found = [dispersion_before(redrawn(rng, shared=0.2)).value for _ in range(100)]
    assert np.mean(found) < 1.1


def test_a_bad_month_followed_by_another_makes_sums_vary_more():
    rng = np.random.default_rng(4)
    slow = np.zeros((60, 6))
    for month in range(1, 60):
        slow[month] = 0.6 * slow[month - 1] + rng.normal(0, 0.25, 6)
    found = dispersion_before(rng.poisson(30 * np.exp(slow)))
    assert found.correlation > 0.2 and found.of_sums > 1.4 * found.value


def test_a_single_series_loses_its_season_first():
    rng = np.random.default_rng(5)
    month = np.arange(60)
    mean = 200 * np.exp(0.3 * np.sin(2 * np.pi * month / 12))
    counts = rng.poisson(mean)
    assert dispersion_before(counts).value > 5
    assert dispersion_before(counts, season=12).value < 1.6


def test_areas_without_events_do_not_count_as_even():
    table = pd.DataFrame([[10, 20, 0], [20, 10, 0]] * 3)
    assert dispersion_before(table).value == dispersion_before(table[[0, 1]]).value


def test_too_short_a_time_is_refused():
    with pytest.raises(Refused, match="six periods"):
        dispersion_before([[3, 4], [5, 6]])
    with pytest.raises(Refused, match="six periods"):
        dispersion_before([0] * 12)
