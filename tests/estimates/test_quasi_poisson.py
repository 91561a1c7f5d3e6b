"""The fit behind seasons and trends agrees with an optimiser that knows nothing of it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from safelearn.estimates.quasi_poisson import fit_quasi_poisson


@pytest.fixture
def city_months():
    rng = np.random.default_rng(7)
    time = np.arange(48.0)
    design = np.column_stack([np.ones(48), time / 12, np.sin(time / 2)])
    exposure = rng.uniform(28, 31, 48)
    counts = rng.negative_binomial(5, 0.2, 48).astype(float)
    counts[3] = 0
    return counts, design, exposure


def test_coefficients_maximise_the_likelihood(city_months):
    counts, design, exposure = city_months

    def minus_log_likelihood(beta):
        eta = np.log(exposure) + design @ beta
        return np.sum(np.exp(eta) - counts * eta)

    start = [np.log(counts.mean() / exposure.mean()), 0, 0]
    best = minimize(minus_log_likelihood, start, method="BFGS", tol=1e-10)
    fit = fit_quasi_poisson(*city_months)
    np.testing.assert_allclose(fit.coefficients, best.x, atol=1e-4)
    # BFGS's inverse Hessian is rough; the covariance is its exact counterpart.
    mu = np.exp(np.log(exposure) + design @ best.x)
    hessian = sum(m * np.outer(row, row) for m, row in zip(mu, design, strict=True))
    np.testing.assert_allclose(
        fit.covariance, fit.dispersion * np.linalg.inv(hessian), rtol=1e-3
    )


def test_dispersion_is_pearsons_chi_squared_by_its_degrees_of_freedom():
    # By hand: mean 10, residuals -4, 0 and 4, so (16 + 0 + 16) / 10 / 2.
    fit = fit_quasi_poisson(np.array([6.0, 10, 14]), np.ones((3, 1)), np.ones(3))
    assert fit.dispersion == pytest.approx(1.6)
    assert fit.df == 2
    assert fit.deviance == pytest.approx(
        2 * (6 * np.log(0.6) + 14 * np.log(1.4)), rel=1e-9
    )


def test_counts_smoother_than_chance_do_not_narrow_an_interval():
    fit = fit_quasi_poisson(np.full(12, 50.0), np.ones((12, 1)), np.ones(12))
    assert fit.dispersion == 1
    assert fit.correlation == 0


def test_correlation_of_pure_noise_is_small_and_of_bad_years_is_not():
    rng = np.random.default_rng(11)
    time = np.arange(60.0)
    design = np.column_stack([np.ones(60), time])
    noise, years = [], []
    for _ in range(200):
        noise.append(rng.poisson(100, 60).astype(float))
        mood = np.repeat(rng.normal(0, 0.3, 15), 4)
        years.append(rng.poisson(100 * np.exp(mood)).astype(float))
    found = [
        np.mean([fit_quasi_poisson(c, design, np.ones(60)).correlation for c in kind])
        for kind in (noise, years)
    ]
    assert found[0] < 0.08
    assert found[1] > 0.5
