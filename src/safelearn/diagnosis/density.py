"""How thickly do events lie? In: points in metres and a grid. Out: events a square kilometre, or a ratio of two.

Each event is spread around its point by a Gaussian curve of a chosen width, its bandwidth: a wide one shows quarters, a
narrow one street corners, and the picture is only as true as that choice. A dual density divides by who or what is
there to be harmed, such as residents or dwellings, or by an earlier period, so that a busy place is not mistaken for a
dangerous one (draft:25(d).2).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.grid import Grid
from safelearn.errors import Refused, SafelearnError
from safelearn.language import t

NEEDS = frozenset({"place:exact", "boundaries"})
#: A cell is cut into so many bins a side that the bandwidth is at least this many bins: moving each event to the middle
#: of its bin then changes the density by a few parts in a thousand where many events lie.
_BINS = 6.0
#: Where the kernel ends, in bandwidths.
_REACH = 4.0


def density(
    x: ArrayLike,
    y: ArrayLike,
    grid: Grid,
    metres: float,
    *,
    weights: ArrayLike | None = None,
    mend_border: bool = False,
) -> NDArray[np.float64]:
    """Kernel density at the middle of each cell.

    Parameters
    ----------
    x, y : array_like
        Points in the grid's projection; missing ones are left out.
    grid : Grid
    metres : float
        Bandwidth: the standard deviation of the Gaussian kernel. See `bandwidth`.
    weights : array_like, optional
        How many events each point stands for.
    mend_border : bool
        Divide by the part of the kernel that lies on the city's ground. Without it density falls towards the border,
        as if nothing happened beyond; with it, as if beyond were as within.

    Returns
    -------
    ndarray of float, shape (rows, columns)
        Events a square kilometre; NaN outside the city.

    Notes
    -----
    Silverman, B. W. (1986), Density Estimation, in its binned form: points are counted in small bins, and the counts
    weighed by the kernel along one axis and then along the other, which is exact because a Gaussian of two axes is the
    product of two. Border by Diggle, P. (1985), Applied Statistics 34:138.
    """
    if not metres > 0:
        raise SafelearnError(t("A bandwidth is a length in metres, such as 500."))
    fine = max(1, int(np.ceil(_BINS * grid.size / metres)))
    rows, columns = grid.ground.shape
    # Points outside the grid reach into it.
    margin = int(np.ceil(_REACH * metres / grid.size))
    size = grid.size / fine
    west, south = grid.west - margin * grid.size, grid.south - margin * grid.size
    wide, high = (columns + 2 * margin) * fine, (rows + 2 * margin) * fine
    column = (np.asarray(x, dtype=float) - west) / size
    row = (np.asarray(y, dtype=float) - south) / size
    weight = None if weights is None else np.asarray(weights, dtype=float)
    # Comparisons with NaN are false, so points without coordinates stay out.
    if not _all_within(column, wide) or not _all_within(row, high):
        kept = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
        column, row = column[kept], row[kept]
        weight = None if weight is None else weight[kept]
    bins = (np.floor(row) * wide + column).astype(np.int64)
    n = np.bincount(bins, weight, minlength=wide * high).reshape(high, wide)
    up = _kernel(rows, high, fine, margin, grid.size / metres)
    across = _kernel(columns, wide, fine, margin, grid.size / metres)
    out = (across @ (up @ n.astype(float)).T).T / (2 * np.pi * (metres / 1000) ** 2)
    if mend_border:
        land = np.pad(grid.ground, margin)
        up = _kernel(rows, rows + 2 * margin, 1, margin, grid.size / metres)
        across = _kernel(columns, columns + 2 * margin, 1, margin, grid.size / metres)
        mass = (across @ (up @ land).T).T / (2 * np.pi) * (grid.size / metres) ** 2
        out = out / np.maximum(mass, 1e-9)
    return np.where(grid.inside, out, np.nan)


def dual_density(
    events: ArrayLike, base: ArrayLike, *, least: float = 0.05
) -> NDArray[np.float64]:
    """How many times as dense the events are as the base, each as a share of its own total.

    Parameters
    ----------
    events, base : array_like, shape (rows, columns)
        Densities on one grid: of offences and of residents or dwellings, or of a second and a first period.
    least : float
        Where the base is below this part of its mean, there is nothing to divide by, and no value.

    Returns
    -------
    ndarray of float
        1 where the place has its share, 2 where it has twice that; NaN outside and where the base is too thin.

    Raises
    ------
    Refused
        If one of the two is empty.

    Notes
    -----
    Kelsall, J. and Diggle, P. (1995), Kernel estimation of relative risk, Bernoulli 1:3; with one bandwidth for both,
    which cancels most of the border's effect.
    """
    above, below = (np.asarray(v, dtype=float) for v in (events, base))
    if not np.nansum(above) > 0 or not np.nansum(below) > 0:
        raise Refused(
            t("One of the two densities is empty, so they have no ratio."),
            remedy=t("Choose a longer period or a broader offence."),
        )
    above, below = above / np.nanmean(above), below / np.nanmean(below)
    return np.divide(
        above, below, out=np.full(above.shape, np.nan), where=below >= least
    )


def spread_over(
    values: ArrayLike, area_of_cell: ArrayLike, ground: ArrayLike
) -> NDArray[np.float64]:
    """A total of each area, such as residents or dwellings, spread evenly over its cells.

    Parameters
    ----------
    values : array_like, shape (areas,)
        Totals.
    area_of_cell : array_like of int, shape (rows, columns)
        Position of the area in which each cell lies, -1 for none.
    ground : array_like, shape (rows, columns)
        Share of each cell that is the city's.

    Returns
    -------
    ndarray of float, shape (rows, columns)
    """
    total = np.nan_to_num(np.asarray(values, dtype=float))
    area, land = np.asarray(area_of_cell), np.asarray(ground, dtype=float)
    land = np.where(area >= 0, land, 0.0)
    of = np.bincount(area[area >= 0], land[area >= 0], minlength=len(total))
    each = np.divide(total, of, out=np.zeros_like(total), where=of > 0)
    return np.where(area >= 0, each[np.maximum(area, 0)] * land, 0.0)


def bandwidth(x: ArrayLike, y: ArrayLike) -> float:
    """A bandwidth from the points themselves: the mean of both axes' normal reference rules.

    Parameters
    ----------
    x, y : array_like
        Points in metres; missing ones are left out.

    Returns
    -------
    float
        Metres: a first guess, for the quarters of a city rather than its corners.

    Raises
    ------
    Refused
        If there are fewer than two points, or all are the same.

    Notes
    -----
    4 x 1.06 x min(sd, IQR / 1.34) x n^(-1/5) for each axis: Scott, D. W. (1992), Multivariate Density Estimation, as
    Venables and Ripley's `bandwidth.nrd` scales it. One implementation in use means to take the mean of both axes and
    returns the first alone.

    Examples
    --------
    >>> round(bandwidth([0, 1, 2, 3, 4], [0, 10, 20, 30, 40]), 2)
    25.23
    """
    points = np.stack([np.asarray(v, dtype=float).ravel() for v in (x, y)])
    points = points[:, np.isfinite(points).all(axis=0)]
    n = points.shape[1]
    if n < 2 or not (points.std(axis=1) > 0).any():
        raise Refused(
            t("A bandwidth needs points at different places."),
            remedy=t("Give one in metres, such as 500."),
        )
    low, high = np.quantile(points, [0.25, 0.75], axis=1)
    spread = np.minimum(points.std(axis=1, ddof=1), (high - low) / 1.34)
    return float(np.mean(4 * 1.06 * spread * n**-0.2))


def _all_within(values: NDArray[np.float64], end: float) -> bool:
    """Whether all values lie from 0 up to `end`: two quick looks that mostly save copies of every point."""
    return bool(values.size and values.min() >= 0 and values.max() < end)


def _kernel(cells: int, bins: int, fine: int, margin: int, width: float) -> Any:
    """The kernel's height at the middle of each cell for the middle of each bin, along one axis, as a sparse matrix.

    `width` is that of a cell in bandwidths.
    """
    from scipy.sparse import csr_array

    at = margin + np.arange(cells) + 0.5
    away = (at[:, None] - (np.arange(bins) + 0.5) / fine) * width
    height = np.exp(-0.5 * away**2)
    return csr_array(np.where(np.abs(away) <= _REACH, height, 0.0))
