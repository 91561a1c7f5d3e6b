"""Moran's I beside published values and another library."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from safelearn.diagnosis.autocorrelation import local_moran, moran
from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.neighbours import contiguity
from safelearn.errors import Refused, SafelearnError


@pytest.fixture(scope="module")
def columbus():
    pytest.importorskip("libpysal")
    import geopandas as gpd
    from libpysal.examples import get_path

    return gpd.read_file(get_path("columbus.shp"))


@pytest.mark.needs("python:libpysal")
def test_columbus_crime_has_the_published_coefficient(columbus):
    """Anselin (1988), with the queen contiguity that comes with it."""
    found = moran(columbus["CRIME"], contiguity(columbus))
    assert found.i == pytest.approx(0.500189, abs=5e-7)
    assert found.z == pytest.approx(5.589, abs=5e-4)
    assert found.expected == pytest.approx(-1 / 48) and found.n == 49


@pytest.mark.needs("python:esda")
def test_local_moments_are_those_of_another_library_and_of_its_permutations(columbus):
    import libpysal
    from esda import Moran_Local

    w = libpysal.weights.Queen.from_dataframe(columbus, use_index=False)
    w.transform = "r"
    crime = columbus["CRIME"].to_numpy()
    peer = Moran_Local(crime, w, permutations=9999, seed=1)
    found = local_moran(crime, contiguity(columbus))
    # It divides by n - 1 where the definition of the deviations here has n.
    assert found["i"].to_numpy() == pytest.approx(peer.Is * 49 / 48)
    assert found["expected"].to_numpy() == pytest.approx(peer.EIc)
    assert found["sd"].to_numpy() ** 2 == pytest.approx(peer.VIc)
    # Its probability is one-sided.
    assert np.corrcoef(found["p"], 2 * peer.p_sim)[0, 1] > 0.998
    words = {1: "high by high", 2: "low by high", 3: "low by low", 4: "high by low"}
    assert found["kind"].tolist() == [words[q] for q in peer.q]


def chequers(n=8):
    return [box(i, j, i + 1, j + 1) for j in range(n) for i in range(n)]


def test_a_chequerboard_is_unlike_its_neighbours_and_a_gradient_like_them():
    shapes = chequers()
    x, y = np.meshgrid(np.arange(8), np.arange(8))
    assert moran((x + y).ravel() % 2, contiguity_rook(shapes)).i == pytest.approx(-1)
    assert moran((x + y).ravel(), contiguity(shapes)).z > 5


def contiguity_rook(shapes):
    """Neighbours along an edge only, by hand."""
    from scipy.sparse import csr_array

    at = np.array([[s.bounds[0], s.bounds[1]] for s in shapes])
    steps = np.abs(at[:, None] - at).sum(axis=2)
    return csr_array((steps == 1).astype(float))


def test_corners_touch_and_gaps_can_be_bridged():
    shapes = [box(0, 0, 1, 1), box(1, 1, 2, 2), box(2.01, 1, 3, 2)]
    near = contiguity(shapes).toarray()
    assert near.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert contiguity(shapes, gap=0.02).toarray()[1].tolist() == [1, 0, 1]


def test_shuffled_values_are_called_alike_one_time_in_twenty():
    rng = np.random.default_rng(2)
    near = contiguity(chequers())
    p = [moran(rng.gamma(1, 1, 64), near).p for _ in range(400)]
    assert 0.03 <= np.mean(np.array(p) <= 0.05) <= 0.075


def test_an_area_without_a_value_stays_empty():
    values = np.arange(64.0)
    values[10] = np.nan
    found = local_moran(values, contiguity(chequers()))
    assert len(found) == 64 and np.isnan(found["z"][10]) and found["kind"][10] == ""


def test_few_areas_or_equal_ones_are_refused():
    near = contiguity(chequers(2))
    with pytest.raises(Refused, match="4 areas have a value"):
        moran([1, 2, 3, 4], near)
    with pytest.raises(Refused, match="same value"):
        moran(np.ones(64), contiguity(chequers()))
    with pytest.raises(SafelearnError, match="neighbours for 4"):
        moran([1, 2, 3], near)


def test_false_discoveries_are_those_of_the_textbook():
    """Benjamini and Hochberg's fifteen tests (1995): four of them stand at 5 %."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    q = false_discovery_rate(p)
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert np.isnan(false_discovery_rate([0.01, np.nan])[1])
    assert false_discovery_rate([0.01, np.nan])[0] == 0.01
