"""Pairs near in space and time, beside published tables, permutations and another library."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.diagnosis.knox import expected_pairs, knox, upper_tail
from safelearn.errors import Refused


@pytest.fixture(scope="module")
def burkitt():
    """188 cases of Burkitt's lymphoma in Uganda, 1961 to 1975 (Williams and others 1978)."""
    pytest.importorskip("libpysal")
    import geopandas as gpd
    from libpysal.examples import get_path

    cases = gpd.read_file(get_path("burkitt.shp"))
    return cases["X"].to_numpy(float), cases["Y"].to_numpy(float), cases["T"].to_numpy()


@pytest.mark.needs("python:libpysal")
def test_burkitt_has_thirteen_close_pairs_and_no_evidence_of_contagion(burkitt):
    found = knox(*burkitt, metres=20, period=5)
    assert (found.near, found.soon, found.observed) == (3429, 52, 13)
    assert found.pairs == 188 * 187 // 2
    assert found.expected == pytest.approx(10.1438, abs=5e-5)
    assert found.sd == pytest.approx(2.8979, abs=5e-5)
    # A normal curve with these moments says .208, 200,000 permutations .202; P(X > 13), which one library prints as
    # the probability of thirteen or more, is .1462.
    assert found.p == pytest.approx(0.208, abs=0.006)
    assert abs(found.p - 0.1462) > 0.05


@pytest.mark.needs("python:pointpats")
def test_pairs_are_those_of_another_library(burkitt):
    from pointpats.spacetime import Knox as Peer

    x, y, days = burkitt
    peer = Peer(
        np.column_stack([x, y]), days[:, None], delta=20, tau=5, permutations=99
    )
    found = knox(x, y, days, metres=20, period=5)
    assert found.observed == peer.nst
    assert found.expected == pytest.approx(peer.expected[0, 0])
    # Its probability under Poisson leaves the observed count out of the tail.
    assert peer.p_poisson == pytest.approx(0.1462, abs=5e-5)


def test_knox_s_own_example_of_1964():
    """96 cases of childhood leukaemia: 25 pairs within a kilometre, 152 within 60 days, 5 within both."""
    expected = expected_pairs(25, 152, 96 * 95 // 2)
    assert expected == pytest.approx(0.8333, abs=5e-5)
    assert 5 / expected == pytest.approx(6.0, abs=1e-3)
    assert upper_tail(5, expected, expected) == pytest.approx(0.00168, abs=5e-6)


def test_mean_and_variance_are_those_of_every_possible_order():
    """Five events: all 120 ways to deal out their days."""
    from itertools import permutations

    rng = np.random.default_rng(5)
    x, y = rng.random((2, 5))
    days = rng.random(5) * 10
    found = knox(x, y, days, metres=0.5, period=4)
    every = [
        knox(x, y, days[list(order)], metres=0.5, period=4).observed
        for order in permutations(range(5))
    ]
    assert found.expected == pytest.approx(np.mean(every))
    assert found.sd == pytest.approx(np.std(every))


@pytest.mark.parametrize("metres, period", [(0.03, 10), (0.08, 4)])
def test_the_tail_is_that_of_thousands_of_permutations(metres, period):
    rng = np.random.default_rng(11)
    x, y = rng.random((2, 150)) * rng.choice([0.3, 1], 150)
    days = rng.random(150) * 365
    mean = knox(x, y, days, metres=metres, period=period)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    first, second = np.nonzero(np.triu(apart <= metres, 1))
    soon = np.abs(days[:, None] - days) <= period
    drawn = []
    for _ in range(4000):
        order = rng.permutation(150)
        drawn.append(soon[order[first], order[second]].sum())
    for quantile in (0.7, 0.9, 0.97):
        k = int(np.quantile(drawn, quantile)) + 1
        exact = upper_tail(k, mean.expected, mean.sd**2)
        assert exact == pytest.approx(np.mean(np.array(drawn) >= k), abs=0.015)


def test_random_patterns_are_called_unusual_one_time_in_twenty():
    """The library whose p is folded rejects one in ten of such patterns and never returns more than one half."""
    rng = np.random.default_rng(2)
    p = []
    for _ in range(400):
        x, y = rng.random((2, 300)) * 2000
        days = rng.integers(0, 365, 300)
        p.append(knox(x, y, days, metres=200, period=14).p)
    p = np.array(p)
    assert 0.03 <= np.mean(p <= 0.05) <= 0.075
    assert 0.42 <= np.mean(p > 0.5) <= 0.58
    assert p.max() > 0.95


def test_an_event_exactly_at_the_distance_and_the_day_counts():
    found = knox([0, 200, 900], [0, 0, 0], [100, 114, 300], metres=200, period=14)
    assert found.observed == 1


def test_two_events_have_no_pattern():
    with pytest.raises(Refused, match="Fewer than three events"):
        knox([0, 1], [0, 1], [0, 1], metres=1, period=1)
