"""Neighbours: who touches whom, their mean, and whether like lies beside like. libpysal and esda judge."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from safelearn.diagnosis.spatial_lag import contiguity, moran, spatial_lag
from safelearn.errors import Refused


def chequered(side: int) -> list:
    return [box(x, y, x + 1, y + 1) for x in range(side) for y in range(side)]


def test_neighbours_share_a_border_or_a_corner():
    weights = contiguity(chequered(3)).toarray()
    assert (weights[4] > 0).sum() == 8  # the middle one
    assert (weights[0] > 0).sum() == 3  # a corner
    assert weights.sum(axis=1) == pytest.approx(np.ones(9))
    assert np.diag(weights).tolist() == [0] * 9


def test_a_gap_of_centimetres_between_published_borders_is_no_border():
    near = [box(0, 0, 1, 1), box(1 + 5e-7, 0, 2, 1), box(3, 0, 4, 1)]
    weights = contiguity(near).toarray()
    assert weights[0, 1] == 1
    assert weights[2, 1] == 1  # an island has the nearest area as its neighbour


def test_an_area_without_an_outline_has_no_neighbours():
    weights = contiguity([box(0, 0, 1, 1), None, box(1, 0, 2, 1)])
    assert weights.sum(axis=1).tolist() == [1, 0, 1]
    assert spatial_lag(weights, [5.0, 7.0, 9.0]).tolist() == [9, 0, 5]


@pytest.mark.needs("python:libpysal")
def test_neighbours_of_puerto_sereno_are_those_of_libpysal(puerto_sereno):
    from libpysal.weights import Queen

    outlines = puerto_sereno.boundaries()
    theirs = Queen.from_dataframe(outlines, use_index=False)
    ours = contiguity(outlines)
    for area, around in theirs.neighbors.items():
        assert set(ours[[area]].nonzero()[1]) == set(around)


@pytest.mark.needs("python:esda")
def test_moran_is_that_of_esda():
    from esda import Moran
    from libpysal.weights import WSP, lat2W

    rng = np.random.default_rng(1)
    values = rng.gamma(2, 1, 64)
    weights = contiguity(chequered(8))
    theirs = Moran(values, WSP(weights).to_W(), permutations=0)
    ours = moran(values, weights)
    assert lat2W(8, 8).n == len(values)
    assert ours.i == pytest.approx(theirs.I)
    assert ours.expected == pytest.approx(theirs.EI)
    assert ours.standard_error == pytest.approx(theirs.seI_rand)
    assert ours.p == pytest.approx(
        2 * theirs.p_rand if theirs.p_rand < 0.5 else theirs.p_rand, rel=1e-6
    ) or (ours.p == pytest.approx(theirs.p_rand))


def test_the_published_example_of_columbus_comes_back():
    """Crime in Columbus, Ohio (Anselin 1988), queen contiguity by row: I = 0.500189, z = 5.589 at random."""
    from libpysal import examples

    geopandas = pytest.importorskip("geopandas")
    try:
        path = examples.get_path("columbus.shp")
    except Exception:
        pytest.skip("the example does not come with this libpysal")
    frame = geopandas.read_file(path)
    found = moran(frame["CRIME"], contiguity(frame))
    assert found.i == pytest.approx(0.500189, abs=5e-7)
    assert (found.i - found.expected) / found.standard_error == pytest.approx(
        5.589, abs=5e-4
    )


def test_values_that_are_all_alike_are_refused():
    with pytest.raises(Refused, match="ten areas"):
        moran(np.ones(9), contiguity(chequered(3)))
