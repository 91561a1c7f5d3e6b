"""Counts whose areas differ by more than chance: published fits, statsmodels itself, and a coverage of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.estimates.negative_binomial import fit_negative_binomial
from safelearn.estimates.quasi_poisson import fit_quasi_poisson


def drawn(seed: int, n: int = 60, luck: str = "gamma", slope: float = 0.3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    design = np.column_stack([np.ones(n), x, rng.normal(size=n)])
    exposure = rng.uniform(1e3, 2e4, n)
    lucks = {
        "gamma": rng.gamma(4, 1 / 4, n),
        "lognormal": np.exp(rng.normal(0, 0.5, n)),
        "none": np.ones(n),
        # A few areas that are another thing altogether, as a port or a market is.
        "outlier": np.exp(rng.normal(0, 0.3, n)) * np.where(rng.random(n) < 0.08, 3, 1),
    }
    mean = exposure * np.exp(-5 + slope * x) * lucks[luck]
    return rng.poisson(mean).astype(float), design, exposure


def test_students_yeast_has_the_published_shape():
    # Student (1907) counted yeast cells in 400 squares; maximum likelihood gives k = 3.586 (Bliss and Fisher 1953,
    # Biometrics 9:176; the example of theta.ml in R's MASS: 3.586087).
    counts = np.repeat(np.arange(6.0), [213, 128, 37, 18, 3, 1])
    found = fit_negative_binomial(counts, np.ones((400, 1)), np.ones(400))
    assert 1 / found.alpha == pytest.approx(3.586087, abs=5e-7)
    assert np.exp(found.coefficients[0]) == pytest.approx(counts.mean())


def test_where_no_luck_is_needed_the_published_poisson_fit_comes_back():
    """Executions in 17 states of the USA, 1997: Gill, J. (2000), Generalized Linear Models, table 5.2."""
    from statsmodels.datasets import cpunish

    data = cpunish.load_pandas().data
    data["LOG_VIOLENCE"] = np.log(data["VC100k96"])
    columns = ["INCOME", "PERPOVERTY", "PERBLACK", "LOG_VIOLENCE", "SOUTH", "DEGREE"]
    design = np.column_stack([np.ones(len(data)), data[columns].to_numpy(float)])
    found = fit_negative_binomial(
        data["EXECUTIONS"].to_numpy(float), design, np.ones(17)
    )
    published = [-6.80148, 0.00026, 0.07782, -0.09493, 0.29693, 2.30118, -18.72207]
    assert found.coefficients.round(5).tolist() == published
    assert found.alpha == 0
    assert found.dispersion > 1  # what is left over still widens the interval


@pytest.mark.parametrize("seed", range(4))
def test_coefficients_and_luck_are_those_of_statsmodels(seed):
    from statsmodels.discrete.discrete_model import NegativeBinomial

    counts, design, exposure = drawn(seed)
    theirs = NegativeBinomial(counts, design, offset=np.log(exposure)).fit(
        method="newton", maxiter=200, disp=0
    )
    ours = fit_negative_binomial(counts, design, exposure)
    assert ours.coefficients == pytest.approx(theirs.params[:-1], abs=1e-6)
    assert ours.alpha == pytest.approx(theirs.params[-1], rel=1e-5)
    # Expected and observed information differ a little; the widening is ours.
    assert ours.error(1) / np.sqrt(ours.dispersion) == pytest.approx(
        theirs.bse[1], rel=0.1
    )


def test_counts_that_vary_as_chance_give_the_quasi_poisson_fit():
    counts, design, exposure = drawn(3, luck="none")
    ours = fit_negative_binomial(counts, design, exposure)
    if ours.alpha == 0:
        other = fit_quasi_poisson(counts, design, exposure)
        assert ours.coefficients == pytest.approx(other.coefficients, abs=1e-6)
        assert ours.covariance == pytest.approx(other.covariance, rel=1e-4)
    assert ours.alpha < 0.01


@pytest.mark.parametrize("luck", ["gamma", "lognormal", "none", "outlier"])
def test_intervals_hold_the_true_slope_nineteen_times_in_twenty_whatever_the_luck(luck):
    inside = 0
    for seed in range(200):
        _, lower, upper = fit_negative_binomial(*drawn(seed, luck=luck)).ratio(1)
        inside += lower <= np.exp(0.3) <= upper
    assert 0.90 <= inside / 200 <= 0.995


def test_the_p_value_and_the_interval_say_the_same():
    for seed in range(10):
        found = fit_negative_binomial(*drawn(seed, slope=0.1))
        _, lower, upper = found.ratio(1)
        assert (found.p_value(1) < 0.05) == (lower > 1 or upper < 1)


def test_conditions_that_repeat_each_other_are_refused():
    counts, design, exposure = drawn(1)
    twice = np.column_stack([design, design[:, 1]])
    with pytest.raises(Refused, match="repeat each other"):
        fit_negative_binomial(counts, twice, exposure)
    with pytest.raises(Refused, match="too many"):
        fit_negative_binomial(counts[:3], design[:3], exposure[:3])


def test_where_scoring_swings_between_two_points_the_top_of_the_likelihood_is_found():
    """The areas of one invented city, on which Fisher scoring never comes to rest."""
    from scipy import optimize, stats

    from safelearn.diagnosis.conditions import activity
    from safelearn.simulation.tables import all_tables
    from safelearn.simulation.town import found_town

    town = found_town(10_046, own_places=True)
    told = town.told[town.told["offence"].isin([0, 1]) & ~town.told["domestic"]]
    codes = town.conditions["area_id"].to_numpy()
    residents = pd.Series(town.conditions["residents"].to_numpy(float), index=codes)
    n = np.bincount(told["area"], minlength=len(codes)).astype(float)
    around = activity(residents, all_tables(town)["streets"]).to_numpy(dtype=float)
    terms = np.column_stack([town.conditions["deprivation"], around])
    design = np.column_stack(
        [np.ones(len(n)), (terms - terms.mean(axis=0)) / terms.std(axis=0)]
    )
    offset = np.log(residents.to_numpy())

    def lost(values):
        mean, size = np.exp(design @ values[:-1] + offset), np.exp(-values[-1])
        return -stats.nbinom.logpmf(n, size, size / (size + mean)).sum()

    found = fit_negative_binomial(n, design, residents.to_numpy())
    first = np.r_[np.log(n.sum() / residents.sum()), np.zeros(design.shape[1])]
    best = optimize.minimize(lost, first, method="BFGS", options={"gtol": 1e-6})
    assert found.coefficients == pytest.approx(best.x[:-1], abs=1e-4)
    assert found.alpha == pytest.approx(np.exp(best.x[-1]), rel=1e-3)
