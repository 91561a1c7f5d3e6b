"""Series that bend at a start: statsmodels as the oracle, repeated cities for the promise, and refusals."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.time_series import interrupted_time_series

DAYS = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 5)[:60]


def robberies(
    seed=0, *, months=60, start=36, mean=40, ratio=0.7, variance=0.03, carried=0.0
):
    """Monthly counts with a trend, a summer peak, bad months that carry over, and a known fall at the start."""
    rng = np.random.default_rng(seed)
    time = np.arange(months)
    swing = np.zeros(months)
    for month, noise in enumerate(rng.normal(0, 1, months)):
        before = swing[month - 1] if month else 0
        swing[month] = carried * before + noise * np.sqrt(1 - carried**2)
    mu = mean * np.exp(-0.004 * time + 0.2 * np.cos(2 * np.pi * time / 12))
    mu = mu * np.exp(np.sqrt(variance) * swing) * np.where(time < start, 1, ratio)
    return rng.poisson(mu)


def peer(counts, exposure, **fit):
    """statsmodels' model: step, bend, two waves, in its own parametrisation of time."""
    time = np.arange(len(counts))
    after = (time >= 36).astype(float)
    columns = [np.ones(len(counts)), time, after, after * (time - 36)]
    for wave in (1, 2):
        columns += [f(2 * np.pi * wave * time / 12) for f in (np.sin, np.cos)]
    model = sm.GLM(
        counts, np.column_stack(columns), sm.families.Poisson(), exposure=exposure
    )
    return model.fit(tol=1e-13, **fit)


@pytest.mark.clause("draft:25(o).2")
def test_step_and_bend_and_their_robust_errors_are_statsmodels():
    counts = robberies()
    found = interrupted_time_series(counts, 36, exposure=DAYS, errors="newey-west")
    kwds = {"maxlags": found.lags, "use_correction": True}
    theirs = peer(counts, DAYS, cov_type="HAC", cov_kwds=kwds)
    for effect, place in ((found.level, 2), (found.slope, 3)):
        assert np.log(effect.ratio) == pytest.approx(theirs.params[place], abs=1e-6)
        assert effect.log_standard_error == pytest.approx(theirs.bse[place], abs=1e-6)
    assert found.fitted == pytest.approx(theirs.fittedvalues, abs=1e-6)


def test_quasi_poisson_errors_and_dispersion_are_statsmodels():
    counts = robberies(1)
    found = interrupted_time_series(counts, 36, exposure=DAYS, errors="model")
    theirs = peer(counts, DAYS, scale="X2")
    assert found.dispersion == pytest.approx(theirs.scale, abs=1e-6)
    assert found.level.log_standard_error == pytest.approx(theirs.bse[2], abs=1e-6)
    ends = np.exp(
        theirs.params[2] + np.array([-1, 1]) * 2.006647 * theirs.bse[2]
    )  # Student's t on 52
    assert [found.level.lower, found.level.upper] == pytest.approx(ends, abs=1e-5)


def test_without_a_bend_the_whole_effect_is_the_step():
    found = interrupted_time_series(robberies(2), 36, slope=False)
    assert found.slope is None
    assert found.whole.ratio == pytest.approx(found.level.ratio)
    assert found.whole.upper == pytest.approx(found.level.upper)


def test_the_whole_effect_sets_all_months_against_what_they_would_have_been():
    counts = robberies(3)
    found = interrupted_time_series(counts, 36)
    ratio = found.fitted[36:].sum() / found.expected[36:].sum()
    assert found.whole.ratio == pytest.approx(ratio)
    assert found.prevented == pytest.approx(counts[36:].sum() * (1 / ratio - 1))
    assert found.prevented_lower < found.prevented < found.prevented_upper
    assert (found.fitted[:36] == pytest.approx(found.expected[:36])) is True


@pytest.mark.parametrize("carried", [0.0, 0.4])
def test_the_interval_keeps_its_promise_where_bad_months_follow_each_other(carried):
    held, plain = 0, 0
    for seed in range(200):
        counts = robberies(seed, mean=80, carried=carried)
        found = interrupted_time_series(counts, 36, slope=False).level
        held += found.lower <= 0.7 <= found.upper
        found = interrupted_time_series(
            counts, 36, slope=False, errors="newey-west"
        ).level
        plain += found.lower <= 0.7 <= found.upper
    assert 0.91 <= held / 200 <= 0.99
    assert plain < held


def test_a_season_is_not_taken_for_an_effect():
    """The start falls at the end of summer; before and after would call the season a success."""
    counts = robberies(4, ratio=1.0, variance=0)
    with_season = interrupted_time_series(counts, 38, slope=False)
    assert with_season.level.lower < 1 < with_season.level.upper


def test_an_earlier_fall_that_goes_on_is_no_effect():
    time = np.arange(60)
    counts = np.random.default_rng(5).poisson(200 * np.exp(-0.02 * time))
    found = interrupted_time_series(counts, 30, season=None)
    assert counts[30:].sum() < 0.6 * counts[:30].sum()
    assert found.level.lower < 1 < found.level.upper
    assert found.whole.lower < 1 < found.whole.upper


def test_the_limits_are_named():
    said = " ".join(interrupted_time_series(robberies(), 36).cannot_say)
    assert "earlier trend and season" in said and "no areas to compare with" in said


def test_too_few_points_are_refused():
    with pytest.raises(Refused, match="eight points"):
        interrupted_time_series(robberies()[:40], 36)
    with pytest.raises(Refused, match="less than two years"):
        interrupted_time_series(robberies()[20:], 16)
    with pytest.raises(Refused, match="twenty events before"):
        interrupted_time_series([0] * 30 + [3] * 10, 30, season=None)
    with pytest.raises(Refused, match="hidden"):
        interrupted_time_series([3.0, np.nan] * 20, 20, season=None)


def test_what_cannot_be_meant_is_named():
    with pytest.raises(SafelearnError, match="outside the series"):
        interrupted_time_series([3] * 30, 30)
    with pytest.raises(SafelearnError, match="above zero"):
        interrupted_time_series([3] * 30, 15, exposure=[0] * 30)
    with pytest.raises(SafelearnError, match="none of"):
        interrupted_time_series(robberies(), 36, errors="usual")
