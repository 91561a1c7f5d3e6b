"""A season is announced where there is one, and only there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.seasons import (
    Dispersion,
    monthly_dispersion,
    seasonal_index,
    seasonally_adjusted,
)
from safelearn.errors import Refused

MONTHS = pd.period_range("2019-01", periods=60, freq="M")


def series(n, months=MONTHS):
    months = months[: len(n)]
    return pd.DataFrame(
        {
            "month": months.astype("str"),
            "n": n,
            "days": months.days_in_month,
            "partial": False,
        }
    )


def expected(per_month=60.0, *, season=0.0, growth=0.0, years=5):
    """Counts a month that the truth would give: a summer peak, and growth a year, both in the logarithm."""
    time = np.arange(12 * years)
    days = MONTHS.days_in_month.to_numpy()[: len(time)]
    wave = season * np.cos(2 * np.pi * (time % 12 - 6) / 12)
    return per_month * days / 30.4375 * np.exp(wave + growth * time / 12)


def noisy(rng, mean, spread=0.15):
    """Counts whose own risk wanders from month to month: lognormal, not what the estimator assumes."""
    return rng.poisson(mean * rng.lognormal(-(spread**2) / 2, spread, len(mean)))


def test_a_known_season_is_found_to_the_decimal():
    found = seasonal_index(series(expected(1e6, season=0.2, growth=-0.1)))
    truth = np.exp(0.2 * np.cos(2 * np.pi * (np.arange(12) - 6) / 12))
    np.testing.assert_allclose(found.index, truth / truth.mean(), rtol=1e-4)
    assert found.clear
    assert found.different.sum() >= 10
    assert found.index.mean() == pytest.approx(1)


def test_growth_and_the_length_of_february_are_no_season():
    found = seasonal_index(series(expected(500, growth=0.3).round()))
    np.testing.assert_allclose(found.index, 1, atol=0.02)
    assert not found.clear
    assert not found.different.any()


def test_one_bad_year_is_no_season():
    n = expected(200)
    n[24:36] *= 1.6
    found = seasonal_index(series(n.round()))
    assert not found.clear


def test_false_seasons_are_about_as_rare_as_the_test_says():
    rng = np.random.default_rng(21)
    mean = expected(60, growth=-0.1)
    clear = [seasonal_index(series(noisy(rng, mean))).clear for _ in range(200)]
    # 5 % of 200 is 10; more than 20 would happen once in a thousand times.
    assert sum(clear) <= 20


def test_a_real_season_is_found_in_a_middling_city():
    rng = np.random.default_rng(22)
    mean = expected(60, season=0.25)
    found = [seasonal_index(series(noisy(rng, mean))) for _ in range(50)]
    assert sum(f.clear for f in found) >= 45
    busiest = [int(np.argmax(f.index)) for f in found if f.clear]
    assert np.mean([month in (5, 6, 7) for month in busiest]) > 0.8


def test_no_month_is_called_different_without_a_clear_season():
    rng = np.random.default_rng(23)
    unclear = [
        f
        for f in (seasonal_index(series(noisy(rng, expected(20)))) for _ in range(60))
        if not f.clear
    ]
    outside = [((f.lower > 1) | (f.upper < 1)).any() for f in unclear]
    assert any(
        outside
    )  # single intervals do find something: that is why there is a joint test
    assert not any(f.different.any() for f in unclear)


def test_intervals_of_the_index_cover_the_truth_in_overdispersed_counts():
    rng = np.random.default_rng(24)
    truth = np.exp(0.2 * np.cos(2 * np.pi * (np.arange(12) - 6) / 12))
    truth /= truth.mean()
    mean = expected(80, season=0.2, growth=0.1)
    inside = []
    for _ in range(150):
        found = seasonal_index(series(noisy(rng, mean)))
        inside.append((found.lower <= truth) & (truth <= found.upper))
    assert 0.92 < np.mean(inside) < 0.99


def test_overdispersion_is_estimated():
    rng = np.random.default_rng(25)
    # Three offences in each event of a series: the variance is three times the mean.
    found = [
        monthly_dispersion(series(3 * rng.poisson(expected(60) / 3))).value
        for _ in range(60)
    ]
    assert np.mean(found) == pytest.approx(3, rel=0.1)


def test_a_boom_and_its_end_are_trend_and_not_noise():
    time = np.arange(60) / 12
    boom = np.where(time < 2, 0.5 * time, 1 - 0.4 * (time - 2))
    found = monthly_dispersion(series((expected(400) * np.exp(boom)).round()))
    assert found.value < 1.5


def test_a_short_series_counts_its_season_as_noise():
    n = expected(100, season=0.4, years=1).round()
    found = monthly_dispersion(series(n))
    assert found.value > 2
    assert found.df == 10


def test_bad_months_that_follow_each_other_weigh_more_in_a_sum():
    assert Dispersion(2.0, 40).of_sums == 2
    assert Dispersion(2.0, 40, correlation=0.5).of_sums == pytest.approx(6)


def test_adjusting_takes_out_a_clear_season_and_the_length_of_months():
    whole = series(expected(1e5, season=0.3))
    adjusted = seasonally_adjusted(whole, seasonal_index(whole)).adjusted
    assert adjusted.std() / adjusted.mean() < 0.001


def test_a_season_that_is_not_clear_is_not_taken_out():
    rng = np.random.default_rng(26)
    flat = series(noisy(rng, expected(60)))
    season = seasonal_index(flat)
    assert not season.clear
    adjusted = seasonally_adjusted(flat, season).adjusted
    np.testing.assert_allclose(adjusted, flat.n / flat.days * 365.25 / 12)


def test_less_than_two_years_or_an_empty_calendar_month_has_no_season():
    with pytest.raises(Refused, match="two complete years"):
        seasonal_index(series(expected(60)[:23]))
    empty = expected(60)
    empty[MONTHS.month == 2] = 0
    with pytest.raises(Refused, match="events in every month"):
        seasonal_index(series(empty))


def test_hidden_months_are_refused_and_not_read_as_zero():
    n = pd.array([5] * 60, "Int64")
    n[7] = pd.NA
    with pytest.raises(Refused, match="hidden months"):
        seasonal_index(series(n))


def test_partial_months_are_left_out():
    whole = series(expected(1e6, season=0.2))
    cut = whole.assign(partial=whole.index == 0)
    cut.loc[0, "n"] = 3
    np.testing.assert_allclose(
        seasonal_index(cut).index, seasonal_index(whole).index, rtol=1e-3
    )


def test_five_months_say_nothing_of_their_own_variation():
    with pytest.raises(Refused, match="six complete months"):
        monthly_dispersion(series([4, 5, 6, 7, 8]))


def test_a_gap_in_the_series_keeps_its_place_in_time():
    whole = series(expected(1e6, season=0.2, growth=0.2))
    gap = whole.drop(index=range(14, 20)).reset_index(drop=True)
    truth = seasonal_index(whole).index
    np.testing.assert_allclose(seasonal_index(gap).index, truth, rtol=1e-3)
