"""Which areas touch. libpysal judges."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from safelearn.diagnosis.neighbours import contiguity, row_shares


def chequered(side: int) -> list:
    return [box(x, y, x + 1, y + 1) for x in range(side) for y in range(side)]


def test_neighbours_share_a_border_or_a_corner():
    weights = row_shares(contiguity(chequered(3))).toarray()
    assert (weights[4] > 0).sum() == 8  # the middle one
    assert (weights[0] > 0).sum() == 3  # a corner
    assert weights.sum(axis=1) == pytest.approx(np.ones(9))
    assert np.diag(weights).tolist() == [0] * 9


def test_a_gap_of_centimetres_between_published_borders_is_no_border():
    near = [box(0, 0, 1, 1), box(1.01, 0, 2, 1), box(3, 0, 4, 1)]
    assert contiguity(near).nnz == 0
    assert contiguity(near, gap=0.05).toarray()[0].tolist() == [0, 1, 0]


def test_an_island_can_have_the_nearest_area_as_its_neighbour():
    island = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(3, 0, 4, 1), None]
    weights = contiguity(island, join_islands=True).toarray()
    assert weights[2].tolist() == [0, 1, 0, 0]
    assert weights[1].tolist() == [1, 0, 0, 0]
    assert weights[3].sum() == 0


def test_an_area_without_an_outline_has_no_neighbours():
    weights = contiguity([box(0, 0, 1, 1), None, box(1, 0, 2, 1)])
    assert weights.sum(axis=1).tolist() == [1, 0, 1]


@pytest.mark.needs("python:libpysal")
def test_neighbours_of_puerto_sereno_are_those_of_libpysal(puerto_sereno):
    from libpysal.weights import Queen

    outlines = puerto_sereno.boundaries()
    theirs = Queen.from_dataframe(outlines, use_index=False)
    ours = contiguity(outlines)
    for area, around in theirs.neighbors.items():
        assert set(ours[[area]].nonzero()[1]) == set(around)
