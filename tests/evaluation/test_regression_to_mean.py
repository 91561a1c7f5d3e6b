"""Areas chosen at their worst fall by themselves: by how much, on cities whose risks are known."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.regression_to_mean import regression_to_the_mean


@pytest.mark.clause("draft:25(o).2")
def test_the_expected_count_is_marshall_s():
    """Marshall's five areas twice: the second, 8 in 1,000, is expected to have 6.627 (known answer)."""
    events = [2, 8, 30, 60, 5] * 2
    exposure = [1000, 1000, 5000, 8000, 2500] * 2
    chosen = np.arange(10) == 1
    found = regression_to_the_mean(events, chosen, exposure=exposure)
    assert found.expected == pytest.approx(6.627451, abs=1e-5)
    assert found.ratio == pytest.approx(6.627451 / 8, abs=1e-6)
    assert found.rank_share == pytest.approx(8.5 / 9) and found.matters


def test_the_worst_areas_fall_as_foretold_without_any_measure():
    rng = np.random.default_rng(1)
    foretold, seen = [], []
    for _ in range(300):
        risk = rng.gamma(20, 0.6, 40)
        before, after = rng.poisson(risk), rng.poisson(risk)
        chosen = np.isin(np.arange(40), np.argsort(before)[-4:])
        foretold.append(regression_to_the_mean(before, chosen).ratio)
        seen.append(after[chosen].sum() / before[chosen].sum())
    assert np.mean(seen) < 0.8
    assert np.mean(foretold) == pytest.approx(np.mean(seen), abs=0.03)


def test_the_interval_holds_the_risk_of_the_chosen_areas():
    """Where risks differ much, and where they hardly differ so that Marshall's variance is often 0."""
    rng = np.random.default_rng(2)
    held = 0
    for city in range(300):
        risk = rng.gamma(8, 4, 60) if city % 2 else rng.gamma(400, 0.03, 60)
        before = rng.poisson(risk)
        chosen = np.isin(np.arange(60), np.argsort(before)[-6:])
        found = regression_to_the_mean(before, chosen)
        held += found.lower <= risk[chosen].sum() / before[chosen].sum() <= found.upper
    assert 0.9 <= held / 300 <= 0.99


def test_areas_chosen_by_lot_are_not_expected_to_fall():
    rng = np.random.default_rng(3)
    found = []
    for _ in range(200):
        before = rng.poisson(rng.gamma(8, 4, 40))
        chosen = np.isin(np.arange(40), rng.choice(40, 8, replace=False))
        found.append(regression_to_the_mean(before, chosen).ratio)
    assert np.mean(found) == pytest.approx(1, abs=0.02)


def test_what_cannot_be_told_is_refused():
    with pytest.raises(Refused, match="ten areas"):
        regression_to_the_mean([3, 4, 5], [True, False, False])
    with pytest.raises(Refused, match="ten areas"):
        regression_to_the_mean([0] + [5] * 10, [True] + [False] * 10)
    with pytest.raises(SafelearnError, match="some are not"):
        regression_to_the_mean([3] * 12, [True] * 12)
