"""Small areas borrow from the city, and their intervals own up to what that cannot know."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from safelearn.errors import Refused
from safelearn.estimates.empirical_bayes import (
    GammaPrior,
    empirical_bayes,
    empirical_bayes_interval,
    fit_prior,
)


def _libpysal_table(name, *columns):
    import libpysal

    table = libpysal.io.open(libpysal.examples.get_path(name), "r")
    return [np.array(table.by_col(column), dtype=float) for column in columns]


@pytest.mark.needs("python:libpysal")
def test_sudden_infant_deaths_in_north_carolina_are_smoothed_as_published():
    deaths, births = _libpysal_table("sids2.dbf", "SID74", "BIR74")
    expected = [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]
    np.testing.assert_allclose(
        empirical_bayes(deaths, births)[:5], expected, rtol=0, atol=5e-8
    )
    # spdep's EBest gives these parameters for the same data.
    prior = fit_prior(deaths, births)
    assert prior.variance == pytest.approx(7.692931e-07, rel=1e-6)
    assert prior.mean == pytest.approx(0.002021445, rel=1e-6)


@pytest.mark.needs("python:libpysal")
def test_homicides_around_st_louis_are_smoothed_as_published():
    homicides, people = _libpysal_table("stl_hom.csv", "HC7984", "PO7984")
    expected = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05]
    np.testing.assert_allclose(
        empirical_bayes(homicides, people)[:3], expected, rtol=1e-7
    )


@pytest.mark.needs("python:esda", "python:libpysal")
def test_esda_agrees_wherever_its_variance_is_not_negative():
    from esda.smoothing import Empirical_Bayes

    rng = np.random.default_rng(4)
    exposure = rng.uniform(500, 20_000, 40)
    events = rng.poisson(exposure * rng.gamma(4, 0.001, 40))
    assert fit_prior(events, exposure).variance > 0
    np.testing.assert_allclose(
        empirical_bayes(events, exposure), Empirical_Bayes(events, exposure).r.ravel()
    )


def test_the_smoothed_rate_is_the_mean_of_the_gamma_posterior():
    prior = GammaPrior(mean=0.004, variance=2e-6)
    shape, rate = 0.004**2 / 2e-6, 0.004 / 2e-6
    found = empirical_bayes_interval([3, 40], [1_000, 9_000], prior)
    posterior = stats.gamma(
        shape + np.array([3, 40]), scale=1 / (rate + np.array([1_000, 9_000]))
    )
    np.testing.assert_allclose(found.rate, posterior.mean())
    np.testing.assert_allclose(found.lower, posterior.ppf(0.025), rtol=1e-6)
    np.testing.assert_allclose(found.upper, posterior.ppf(0.975), rtol=1e-6)


def test_the_smallest_area_moves_furthest():
    raw = np.array([0.01, 0.01])
    smoothed = empirical_bayes(
        raw * [200, 20_000], [200, 20_000], GammaPrior(2e-3, 4e-6)
    )
    assert abs(smoothed[0] - raw[0]) > abs(smoothed[1] - raw[1])


def _covered(draw, between, areas, events, *, clamped=False):
    """Share of areas whose true risk lies inside, over cities whose risks are NOT gamma."""
    rng = np.random.default_rng(draw)
    inside = []
    for _ in range(120):
        people = np.exp(rng.uniform(0, 3, areas))
        people *= 1_000 / people.mean()
        sigma = np.sqrt(np.log1p(between**2))
        # Lognormal risks: the truth does not follow the model that the interval is made from.
        risk = events / 1_000 * np.exp(rng.normal(-(sigma**2) / 2, sigma, areas))
        counts = rng.poisson(risk * people)
        prior = fit_prior(counts, people)
        if clamped and prior.variance > 0:
            continue
        found = empirical_bayes_interval(counts, people, prior)
        inside.append((found.lower <= risk) & (risk <= found.upper))
    return np.mean(inside)


@pytest.mark.parametrize("between", [0.0, 0.3, 0.8])
@pytest.mark.parametrize(("areas", "events"), [(20, 5), (60, 20)])
def test_intervals_cover_the_true_risk_of_nearly_as_many_areas_as_they_say(
    between, areas, events
):
    assert _covered(1, between, areas, events) > 0.92


def test_intervals_stay_honest_where_the_estimated_variance_is_zero():
    # The plain posterior covers about a quarter of the areas here: it has no width of its own.
    assert _covered(2, 0.2, 20, 5, clamped=True) > 0.92


def test_areas_without_count_or_population_say_nothing_and_get_nothing():
    events, people = [2, 8, 30, 60, 5], [1000, 1000, 5000, 8000, 2500]
    alone = empirical_bayes(events, people)
    found = empirical_bayes([*events, None, 9], [*people, 700, 0])
    np.testing.assert_array_equal(found[:5], alone)
    assert np.isnan(found[5:]).all()


def test_a_city_without_events_gets_upper_limits_all_the_same():
    found = empirical_bayes_interval([0, 0], [1_000, 2_000])
    assert found.rate.tolist() == [0, 0]
    np.testing.assert_allclose(found.upper, [3.689 / 1_000, 3.689 / 2_000], rtol=1e-3)


def test_a_hidden_count_in_a_city_without_events_gets_no_limit_either():
    found = empirical_bayes_interval([0, 0, np.nan], [100, 200, 300])
    assert np.isnan([found.rate[2], found.lower[2], found.upper[2]]).all()
    assert found.upper[:2] == pytest.approx([3.6889 / 100, 3.6889 / 200], rel=1e-4)


def test_nothing_to_smooth_from_is_refused():
    with pytest.raises(Refused, match="no area has both"):
        empirical_bayes([None, 3], [100, 0])
