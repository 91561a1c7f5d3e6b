"""Which areas touch, what is it like next door, and do errors lie side by side?

Outlines go in; the matrix of neighbours comes out. With it, the mean of a condition over an area's neighbours (its
spatial lag), and Moran's I, which says whether what a model leaves unexplained is alike in areas that touch: then the
areas are not as many independent observations as they seem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from safelearn.errors import Refused
from safelearn.language import t

NEEDS = frozenset({"boundaries"})

#: Outlines that come nearer than this, in degrees (about a metre), touch: published borders leave small gaps.
_TOUCH = 1e-5


def contiguity(boundaries) -> csr_array:
    """Which areas touch, in the order of `boundaries`: row-standardised weights.

    Parameters
    ----------
    boundaries : GeoDataFrame or sequence of geometries
        Outlines in degrees.

    Returns
    -------
    csr_array, shape (areas, areas)
        Each row adds up to 1, spread evenly over the areas that share a border or a corner (queen contiguity). An
        area that touches none, such as an island, has the nearest one as its neighbour; an area without an outline
        has an empty row.
    """
    import shapely

    shapes = np.asarray(getattr(boundaries, "geometry", boundaries), dtype=object)
    here = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    known = shapes[here]
    n = len(shapes)
    if len(known) < 2:
        return csr_array((n, n))
    tree = shapely.STRtree(known)
    one, other = tree.query(known, predicate="dwithin", distance=_TOUCH)
    one, other = one[one != other], other[one != other]
    for alone in np.setdiff1d(np.arange(len(known)), one):
        away = shapely.distance(known[alone], known)
        away[alone] = np.inf
        one, other = np.append(one, alone), np.append(other, int(np.argmin(away)))
    neighbours = np.bincount(one, minlength=len(known))
    weight = 1 / neighbours[one]
    return csr_array((weight, (here[one], here[other])), shape=(n, n))


def spatial_lag(weights: csr_array, values: ArrayLike) -> NDArray[np.float64]:
    """The mean of `values` over the neighbours of each area."""
    return np.asarray(weights @ np.asarray(values, dtype=float))


@dataclass(frozen=True)
class Moran:
    """Moran's I, its expectation and standard error by chance, and the two-sided p value."""

    i: float
    expected: float
    standard_error: float
    p: float

    @property
    def clear(self) -> bool:
        """Whether neighbours are more, or less, alike than chance makes them."""
        return self.p < 0.05


def moran(values: ArrayLike, weights: csr_array) -> Moran:
    """Moran's I of values by area.

    Parameters
    ----------
    values : array_like
        One value an area, none missing.
    weights : csr_array
        Of `contiguity`, for the same areas.

    Raises
    ------
    Refused
        With fewer than ten areas, or where all values are the same.

    Notes
    -----
    I = n/S0 z'Wz / z'z; expectation and variance under randomisation: Cliff, A. D. and Ord, J. K. (1981), Spatial
    Processes, section 2.3. For the residuals of a model the variance is a little too large, so the test is a little
    too careful.
    """
    z = np.asarray(values, dtype=float)
    z = z - z.mean()
    n, squares = len(z), float(z @ z)
    s0 = float(weights.sum())
    if n < 10 or squares == 0 or s0 == 0:
        raise Refused(
            t("Whether neighbours are alike needs ten areas with different values."),
            remedy=t("Import boundaries of more areas."),
        )
    found = float(n / s0 * (z @ (weights @ z)) / squares)
    both = weights + weights.T
    s1 = float((both.multiply(both)).sum() / 2)
    s2 = float(np.sum((weights.sum(axis=1) + weights.sum(axis=0)) ** 2))
    kurtosis = n * float(np.sum(z**4)) / squares**2
    a = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    b = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    expected = -1 / (n - 1)
    variance = (a - b) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    error = float(np.sqrt(variance))
    return Moran(found, expected, error, _two_sided((found - expected) / error))


def _two_sided(z: float) -> float:
    from statistics import NormalDist

    return 2 * (1 - NormalDist().cdf(abs(z)))
