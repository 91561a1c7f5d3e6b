"""Kernel density beside the exact sum and another library; bandwidths of both axes."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.diagnosis.density import bandwidth, density, dual_density, spread_over
from safelearn.diagnosis.grid import Grid
from safelearn.errors import Refused, SafelearnError


def grid(rows=60, columns=80, size=100.0):
    return Grid(size, 0.0, 0.0, np.ones((rows, columns)), "")


def exact(x, y, one, metres):
    rows, columns = one.ground.shape
    across = (np.arange(columns) + 0.5) * one.size
    up = (np.arange(rows) + 0.5) * one.size
    kernel_x = np.exp(-0.5 * ((across[:, None] - x) / metres) ** 2)
    kernel_y = np.exp(-0.5 * ((up[:, None] - y) / metres) ** 2)
    return kernel_y @ kernel_x.T / (2 * np.pi * (metres / 1000) ** 2)


@pytest.mark.clause("draft:25(d).2")
@pytest.mark.parametrize("metres", [100, 300, 800])
def test_binning_costs_next_to_nothing(metres):
    rng = np.random.default_rng(1)
    x, y = rng.normal(4000, 1200, 20_000), rng.normal(3000, 800, 20_000)
    truth = exact(x, y, grid(), metres)
    found = density(x, y, grid(), metres)
    assert np.abs(found - truth).max() < 0.01 * truth.max()


@pytest.mark.needs("python:KDEpy")
def test_it_is_the_density_of_another_library():
    from KDEpy import NaiveKDE

    rng = np.random.default_rng(2)
    x, y = rng.normal(4000, 1200, 3000), rng.normal(3000, 800, 3000)
    one = grid()
    middles = [(c * 100 + 50, r * 100 + 50) for c in range(80) for r in range(60)]
    peer = NaiveKDE(kernel="gaussian", bw=400).fit(np.column_stack([x, y]))
    peer = peer.evaluate(np.array(middles, dtype=float)).reshape(80, 60).T
    found = density(x, y, one, 400)
    assert np.abs(found - peer * 3000 * 1e6).max() < 0.01 * found.max()


def test_the_density_adds_up_to_the_events():
    rng = np.random.default_rng(3)
    x, y = rng.normal(4000, 300, 500), rng.normal(3000, 300, 500)
    found = density(x, y, grid(), 200)
    assert found.sum() * 0.01 == pytest.approx(500, rel=1e-3)
    double = density(x, y, grid(), 200, weights=np.full(500, 2.0))
    assert double == pytest.approx(2 * found)


def test_an_even_spread_stays_even_at_the_border_once_it_is_mended():
    y, x = np.mgrid[5:6000:10, 5:8000:10].reshape(2, -1).astype(float)
    plain = density(x, y, grid(), 500)
    mended = density(x, y, grid(), 500, mend_border=True)
    assert plain[0, 0] < 0.4 * plain[30, 40]
    assert np.ptp(mended) / mended.mean() < 0.01


def test_a_point_across_the_border_still_reaches_into_the_city():
    beyond = density([-150.0, np.nan], [3000.0, 10.0], grid(), 300)
    assert beyond[29, 0] == pytest.approx(
        exact(np.array([-150.0]), np.array([3000.0]), grid(), 300)[29, 0], rel=0.1
    )


def test_cells_outside_the_city_have_no_density():
    ground = np.ones((4, 4))
    ground[0, 0] = 0
    found = density([150.0], [150.0], Grid(100.0, 0.0, 0.0, ground, ""), 200)
    assert np.isnan(found[0, 0]) and np.isfinite(found[1, 1])


def test_a_busy_place_is_not_a_dangerous_one():
    """Offences follow the residents except in one quarter, where there are three times as many a head."""
    rng = np.random.default_rng(4)
    home = np.r_[
        rng.normal(2000, 500, (4000, 2)), rng.normal(6000, 500, (2000, 2)) - [0, 3000]
    ]
    hurt = np.r_[
        rng.normal(2000, 500, (400, 2)), rng.normal(6000, 500, (600, 2)) - [0, 3000]
    ]
    one = grid()
    ratio = dual_density(
        density(hurt[:, 0], hurt[:, 1], one, 400),
        density(home[:, 0], home[:, 1], one, 400),
    )
    busy, dangerous = ratio[20, 20], ratio[30, 60]
    assert busy == pytest.approx(0.6, abs=0.1)
    assert dangerous / busy == pytest.approx(3, abs=0.4)
    assert np.isnan(ratio[59, 0])


def test_residents_are_spread_over_the_ground_of_their_area():
    area = np.array([[0, 0, 1], [0, 1, -1]])
    ground = np.array([[1, 1, 0.5], [0.5, 1, 0]])
    spread = spread_over([100, 30], area, ground)
    assert spread.tolist() == [[40, 40, 10], [20, 20, 0]]


def test_the_bandwidth_takes_both_axes():
    """One implementation gives the first axis alone, having passed the second to a mean that ignores it."""
    rng = np.random.default_rng(5)
    x, y = rng.normal(0, 1000, 2000), rng.normal(0, 3000, 2000)
    alone = [bandwidth(x, x), bandwidth(y, y)]
    assert bandwidth(x, y) == pytest.approx(np.mean(alone))
    assert bandwidth(x, y) == pytest.approx(bandwidth(y, x))
    # By hand for 1, 2, 3, 4, 5: sd 1.5811, IQR 2, so 4 * 1.06 * 2 / 1.34 * 5 ** -0.2.
    assert bandwidth(np.arange(1, 6), np.arange(1, 6)) == pytest.approx(
        4.5867, abs=5e-4
    )


def test_what_has_no_bandwidth_or_no_ratio_is_refused():
    with pytest.raises(Refused, match="different places"):
        bandwidth([1, 1], [2, 2])
    with pytest.raises(Refused, match="ratio"):
        dual_density(np.zeros((2, 2)), np.ones((2, 2)))
    with pytest.raises(SafelearnError, match="such as 500"):
        density([0], [0], grid(), 0)
