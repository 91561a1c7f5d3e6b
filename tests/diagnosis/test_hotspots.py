"""Gi* beside another library, cities without and with hot spots, borders and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.diagnosis.hotspots import (
    gi_star,
    gi_star_areas,
    hot_spots,
    surroundings,
    window_sums,
)
from safelearn.diagnosis.neighbours import contiguity
from safelearn.errors import Refused, SafelearnError


@pytest.mark.needs("python:esda")
def test_gi_star_of_a_grid_is_that_of_another_library():
    import libpysal
    from esda import G_Local

    y = np.random.default_rng(3).poisson(2, (17, 23)).astype(float)
    w = libpysal.weights.lat2W(17, 23, rook=False)
    peer = G_Local(y.ravel(), w, transform="B", star=True, permutations=0)
    assert gi_star(y).ravel() == pytest.approx(peer.Zs, abs=1e-10)


@pytest.mark.needs("python:esda")
def test_cells_outside_the_city_are_no_part_of_gi_star():
    """A city with a hole and a ragged border, beside weights among its own cells only."""
    import libpysal
    from esda import G_Local

    rng = np.random.default_rng(4)
    inside = rng.random((12, 14)) < 0.7
    y = rng.poisson(3, inside.shape).astype(float)
    row, column = np.nonzero(inside)
    near = {
        i: [
            j
            for j in range(len(row))
            if j != i and max(abs(row[i] - row[j]), abs(column[i] - column[j])) <= 1
        ]
        for i in range(len(row))
    }
    w = libpysal.weights.W(near, silence_warnings=True)
    peer = G_Local(y[inside], w, transform="B", star=True, permutations=0)
    score = gi_star(np.where(inside, y, 1e6), inside)
    assert score[inside] == pytest.approx(peer.Zs, abs=1e-9)
    assert np.isnan(score[~inside]).all()


def test_a_window_of_one_cell_gives_plain_standard_scores():
    y = np.random.default_rng(5).poisson(2, (6, 7)).astype(float)
    assert gi_star(y, window=1) == pytest.approx((y - y.mean()) / y.std())


@pytest.mark.needs("python:esda")
def test_gi_star_of_areas_is_that_of_another_library():
    import geopandas as gpd
    import libpysal
    from esda import G_Local
    from libpysal.examples import get_path

    columbus = gpd.read_file(get_path("columbus.shp"))
    w = libpysal.weights.Queen.from_dataframe(columbus, use_index=False)
    crime = columbus["CRIME"].to_numpy()
    peer = G_Local(crime, w, transform="B", star=True, permutations=0)
    score = gi_star_areas(crime, contiguity(columbus))
    assert score == pytest.approx(peer.Zs, abs=1e-10)


def test_an_area_without_a_value_is_no_neighbour():
    from shapely import box

    row = [box(i, 0, i + 1, 1) for i in range(6)]
    values = [9.0, 1.0, 2.0, 1.0, 3.0, np.nan]
    score = gi_star_areas(values, contiguity(row))
    assert np.isnan(score[5])
    assert score[:5] == pytest.approx(gi_star_areas(values[:5], contiguity(row[:5])))


def test_window_sums_stop_at_the_border():
    ones = np.ones((3, 4))
    assert window_sums(ones, 3).tolist() == [[4, 6, 6, 4], [6, 9, 9, 6], [4, 6, 6, 4]]


def test_surroundings_leave_out_the_cell_and_those_it_touches():
    counts = np.zeros((9, 9))
    counts[4, 4], counts[4, 5], counts[4, 6] = 100, 10, 1
    events, ground = surroundings(counts, np.ones((9, 9)), reach=3)
    assert events[4, 4] == 1 and ground[4, 4] == 49 - 9


def busy_city(rng, mean=2.0, shape=(45, 45)):
    """Events thin out from the middle, as in any city; nothing gathers beyond that."""
    y, x = np.indices(shape)
    away = np.hypot(x - shape[1] / 2, y - shape[0] / 2)
    expected = np.exp(-away / 14)
    ground = (away < 21).astype(float)
    expected *= ground
    return expected * mean * ground.sum() / expected.sum(), ground


def test_a_city_where_nothing_gathers_has_no_hot_spots_in_nineteen_of_twenty():
    rng = np.random.default_rng(6)
    for mean in (1.0, 4.0):
        expected, ground = busy_city(rng, mean)
        any_hot = [
            hot_spots(rng.poisson(expected), ground, fewest=1).level.any()
            for _ in range(120)
        ]
        assert np.mean(any_hot) <= 0.1


@pytest.mark.clause("draft:25(d).2")
def test_a_market_in_a_quiet_quarter_is_found_and_the_busy_middle_is_not():
    rng = np.random.default_rng(7)
    expected, ground = busy_city(rng, 3.0)
    found, middle = 0, 0
    for _ in range(40):
        n = rng.poisson(expected)
        n[10, 22] += 18
        spots = hot_spots(n, ground)
        found += spots.level[10, 22] > 0
        middle += spots.level[20:26, 20:26].any()
    assert found >= 38 and middle <= 4


def test_hot_spots_are_numbered_from_the_south_west_and_touching_cells_are_one():
    rng = np.random.default_rng(8)
    expected, ground = busy_city(rng, 2.0)
    n = rng.poisson(expected)
    for row, column in ((8, 20), (9, 21), (35, 25)):
        n[row, column] += 40
    spots = hot_spots(n, ground)
    assert spots.spot[8, 20] == spots.spot[9, 21] == 1
    assert spots.spot[35, 25] == spots.spot.max() == 2
    assert (spots.level == 0).sum() == (spots.spot == 0).sum()
    assert spots.level[35, 25] == 2


def test_a_cell_with_few_events_is_never_hot():
    expected, ground = busy_city(np.random.default_rng(9), 1.0)
    n = np.random.default_rng(9).poisson(expected)
    spots = hot_spots(n, ground, fewest=10)
    assert (n[spots.level > 0] >= 10).all()


def test_a_hundred_events_are_the_least():
    with pytest.raises(Refused, match="99 events"):
        hot_spots(np.full((3, 33), 1.0), np.ones((3, 33)))


def test_a_city_all_alike_has_no_hot_spots():
    with pytest.raises(Refused, match="same value"):
        gi_star(np.ones((4, 4)))
    with pytest.raises(SafelearnError, match="odd number"):
        gi_star(np.eye(4), window=2)
