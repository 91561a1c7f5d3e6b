"""Which areas touch? In: their outlines. Out: a matrix of neighbours, as measures of likeness in space take it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import SafelearnError
from safelearn.language import t

NEEDS = frozenset({"boundaries"})

#: Metres that published outlines of areas that touch may lie apart: drawn by hand, they leave slivers.
SLIVER = 5.0


def contiguity(boundaries: Any, *, gap: float = 0.0, join_islands: bool = False) -> Any:
    """Areas that share a border or a corner (queen contiguity).

    Parameters
    ----------
    boundaries : GeoDataFrame, GeoSeries or sequence of Polygon and MultiPolygon
        The areas, in order.
    gap : float
        Areas up to so far apart touch too, in the unit of the coordinates: published outlines may leave slivers.
    join_islands : bool
        Whether an area that touches none has the nearest one as its neighbour, but not the other way round.

    Returns
    -------
    scipy.sparse.csr_array of float, shape (n, n)
        1 where two areas touch, 0 elsewhere and on the diagonal. Areas without a shape touch nothing.
    """
    import shapely
    from scipy.sparse import coo_array

    shapes = np.asarray(getattr(boundaries, "geometry", boundaries), dtype=object)
    tree = shapely.STRtree(shapes)
    if gap > 0:
        one, other = tree.query(shapes, predicate="dwithin", distance=gap)
    else:
        one, other = tree.query(shapes, predicate="intersects")
    apart = one != other
    one, other = one[apart], other[apart]
    if join_islands:
        here = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
        for alone in np.setdiff1d(here, one):
            rest = here[here != alone]
            if len(rest):
                nearest = rest[np.argmin(shapely.distance(shapes[alone], shapes[rest]))]
                one, other = np.append(one, alone), np.append(other, nearest)
    n = len(shapes)
    return coo_array((np.ones(len(one)), (one, other)), shape=(n, n)).tocsr()


def row_shares(weights: Any) -> Any:
    """The same neighbours with weights that add up to 1 for each area that has any."""
    from scipy.sparse import diags_array

    total = sums(weights)
    scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    return (diags_array(scale) @ weights).tocsr()


def sums(weights: Any) -> NDArray[np.float64]:
    """The weights of each area's neighbours together, shape (n,)."""
    return np.asarray(weights.sum(axis=1)).ravel()


def known(values: ArrayLike, weights: Any) -> tuple[NDArray[np.float64], Any]:
    """Values and weights of the areas that have a value; neighbours without one are no part of any sum.

    Raises
    ------
    SafelearnError
        If there is not one value for each area.
    """
    x = np.asarray(values, dtype=float).ravel()
    if weights.shape != (len(x), len(x)):
        raise SafelearnError(
            t(
                "There are values for {n} areas and neighbours for {m}.",
                n=len(x),
                m=weights.shape[0],
            )
        )
    kept = np.flatnonzero(np.isfinite(x))
    return x[kept], weights.tocsr()[kept][:, kept]
