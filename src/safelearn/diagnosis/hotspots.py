"""Where do offences gather beyond what their surroundings would give? In: counts by cell. Out: cells and hot spots.

Busy quarters have more of everything. So each cell is held against the ground around it, and Gi* says whether a cell
and its neighbours have more than the others have; a second test asks whether so few events could have done that by
chance. Only what passes both, held against all cells, is called hot. The result is for prevention and services, such
as lighting, design and support for the people there: not for patrols, stops, evictions, lending or insurance. It says
where offences were recorded, not why, and nothing about anybody (draft:25(d).2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.neighbours import known, sums
from safelearn.errors import Refused, SafelearnError
from safelearn.language import number, t

NEEDS = frozenset({"time:month", "place:exact", "boundaries"})
#: Fewer events than this on a grid are noise.
FEWEST = 100
#: The two confidences of a map's classes: false discovery rates.
CLEAR, VERY_CLEAR = 0.05, 0.01
#: Sides of the windows that are tested, in cells: a cell alone, and with the eight around it.
WINDOWS = (1, 3)
#: The surroundings of a cell reach so many cells to each side; the cells next to it are no part of them.
SURROUNDINGS = 3


@dataclass(frozen=True, eq=False)
class HotSpots:
    """Cells in which events gather, shape (rows, columns) throughout.

    Attributes
    ----------
    expected : ndarray
        Events that a cell would have if it were like the ground around it; NaN outside the city.
    p : ndarray
        Probability of so clear a window around the cell by chance, all its windows held against; NaN outside.
    q : ndarray
        False discovery rate at which a cell would be called hot; NaN outside.
    level : ndarray of int
        2 very clear (1 %), 1 clear (5 %), 0 neither.
    spot : ndarray of int
        Number of the hot spot (cells that touch) that a hot cell belongs to, from 1, row by row from the south-west;
        0 for all other cells.
    """

    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    level: NDArray[np.int8]
    spot: NDArray[np.int64]


def gi_star(
    values: ArrayLike, inside: ArrayLike | None = None, *, window: int = 3
) -> NDArray[np.float64]:
    """Getis and Ord's Gi* of every cell of a grid.

    Parameters
    ----------
    values : array_like, shape (rows, columns)
        One value a cell.
    inside : array_like of bool, optional
        Cells that belong to the city; all unless given. The others are no part of any sum, mean or window.
    window : int
        Side of the square window around a cell, in cells: 3 is the cell and the eight that touch it.

    Returns
    -------
    ndarray of float
        How many standard deviations the window's sum lies above what its number of cells would give; NaN outside,
        and where the window is the whole city.

    Raises
    ------
    SafelearnError
        If the window has no middle cell.
    Refused
        If all cells have the same value.

    Notes
    -----
    (sum - mean W) / (s sqrt((n W - W^2) / (n - 1))) with W cells in the window and n in the city: Getis, A. and Ord,
    J. (1992), Geographical Analysis 24:189; Ord and Getis (1995), 27:286. All windows at once by running sums.

    Examples
    --------
    >>> gi_star([[9, 0, 0], [0, 0, 0], [0, 0, 0]]).round(2)[0].tolist()
    [1.12, 0.71, -0.89]
    """
    x = np.asarray(values, dtype=float)
    kept = np.ones(x.shape, bool) if inside is None else np.asarray(inside, dtype=bool)
    if window < 1 or window % 2 == 0:
        raise SafelearnError(
            t("A window has an odd number of cells to a side, such as 3.")
        )
    x = np.where(kept, x, 0.0)
    n = int(kept.sum())
    mean = x.sum() / max(n, 1)
    sd = np.sqrt(max((x**2).sum() / max(n, 1) - mean**2, 0.0))
    if not sd > 0:
        raise _alike()
    cells = np.round(window_sums(kept.astype(float), window))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((n * cells - cells**2) / (n - 1))
        score = (window_sums(x, window) - mean * cells) / (sd * spread)
    return np.where(kept & (spread > 0), score, np.nan)


def gi_star_areas(values: ArrayLike, weights: Any) -> NDArray[np.float64]:
    """Getis and Ord's Gi* of every area and its neighbours.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value an area, such as a rate; missing ones are no part of any sum.
    weights : sparse array, shape (n, n)
        From `neighbours.contiguity`. Each area is its own neighbour here, with weight 1.

    Returns
    -------
    ndarray of float, shape (n,)
        NaN where the area has no value.

    Raises
    ------
    Refused
        If all areas have the same value.

    Notes
    -----
    As `gi_star`, for weights of any size (Ord and Getis 1995).
    """
    from scipy.sparse import eye_array

    x, near = known(values, weights)
    n = len(x)
    if n < 2 or not x.std() > 0:
        raise _alike()
    w = (near + eye_array(n)).tocsr()
    total, squares = sums(w), sums(w.multiply(w))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((n * squares - total**2) / (n - 1))
        score = (w @ x - x.mean() * total) / (x.std() * spread)
    out = np.full(np.size(values), np.nan)
    out[np.isfinite(np.asarray(values, dtype=float).ravel())] = score
    return out


def surroundings(
    counts: ArrayLike, ground: ArrayLike, *, reach: int = SURROUNDINGS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Events and ground around each cell: up to `reach` cells to each side, but not the cell and those it touches.

    Parameters
    ----------
    counts : array_like, shape (rows, columns)
        Events.
    ground : array_like, shape (rows, columns)
        Share of each cell that is the city's (`grid.Grid.ground`).

    Returns
    -------
    tuple of ndarray
        Events and ground of the ring.
    """
    wide = 2 * reach + 1
    return tuple(
        np.maximum(window_sums(a, wide) - window_sums(a, 3), 0.0)
        for a in (np.asarray(counts, dtype=float), np.asarray(ground, dtype=float))
    )


def hot_spots(
    counts: ArrayLike,
    ground: ArrayLike,
    *,
    windows: Sequence[int] = WINDOWS,
    reach: int = SURROUNDINGS,
    fewest: int = 5,
) -> HotSpots:
    """Cells that have more events than the ground around them would give.

    Parameters
    ----------
    counts : array_like, shape (rows, columns)
        Events in each cell.
    ground : array_like, shape (rows, columns)
        Share of each cell that is the city's (`grid.Grid.ground`); 0 outside.
    windows : sequence of int
        Sides of the windows that are tested, in cells.
    reach : int
        How far the surroundings reach, in cells.
    fewest : int
        Fewest events in a hot cell.

    Returns
    -------
    HotSpots

    Raises
    ------
    Refused
        With fewer than 100 events.

    Notes
    -----
    A cell's excess is (n - e) / sqrt(e + 1), where e is the density of its surroundings times its own ground. Gi* of
    the excess asks whether a window stands out from all others; the exact binomial test (Przyborowski and Wilenski
    1940) asks whether its events, given those around it, are more than its share of ground. The larger of the two
    probabilities counts, and all windows of all cells are held to one false discovery rate (`discoveries`): where
    nothing gathers, one city in twenty shows anything. What is compared is ground: where homes or shops stand close,
    offences gather too.
    """
    from scipy import ndimage, special

    n, land = (np.asarray(v, dtype=float) for v in (counts, ground))
    inside = land > 0
    if n[inside].sum() < FEWEST:
        raise Refused(
            t(
                "There are {n} events with a point of their own; fewer than {least} show no hot spots.",
                n=number(int(n[inside].sum())),
                least=number(FEWEST),
            ),
            remedy=t("Take a longer period, or kinds of offence together."),
        )
    around, ring = surroundings(np.where(inside, n, 0.0), land, reach=reach)
    density = np.divide(around, ring, out=np.zeros_like(around), where=ring > 1e-9)
    expected = land * density
    excess = (n - expected) / np.sqrt(expected + 1)
    p = []
    for window in windows:
        stands_out = special.ndtr(-gi_star(excess, inside, window=window))
        here = window_sums(np.where(inside, n, 0.0), window)
        share = window_sums(land, window)
        share = share / np.maximum(share + ring, 1e-9)
        chance = _binomial_tail(here, here + around, share)
        # Without ground around it, a cell stands beside nothing.
        both = np.where(ring > 1e-9, np.maximum(stands_out, chance), 1.0)
        p.append(np.where(inside, both, np.nan))
    q = false_discovery_rate(np.stack(p)).min(axis=0)
    lowest = np.minimum(np.min(p, axis=0) * len(p), 1.0)
    level = np.where(q <= VERY_CLEAR, 2, np.where(q <= CLEAR, 1, 0))
    level = np.where(inside & (n >= fewest), level, 0).astype(np.int8)
    spot, _ = ndimage.label(level > 0, structure=np.ones((3, 3)))
    expected = np.where(inside, expected, np.nan)
    return HotSpots(expected, lowest, q, level, spot.astype(np.int64))


def window_sums(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The sum over the square window of `window` cells to a side around each cell; nothing lies beyond the border."""
    half = window // 2
    total = np.pad(values, ((half + 1, half), (half + 1, half))).cumsum(0).cumsum(1)
    sums_to = total[window:, window:] - total[:-window, window:]
    return sums_to - total[window:, :-window] + total[:-window, :-window]


def _binomial_tail(here: NDArray, all_: NDArray, share: NDArray) -> NDArray[np.float64]:
    """The probability of `here` or more of `all_` events, if each falls here with probability `share`."""
    from scipy import special

    k, n = np.round(here), np.round(all_)
    some = (k > 0) & (share < 1)
    out = np.ones(k.shape)
    out[some] = special.betainc(k[some], n[some] - k[some] + 1, share[some])
    return out


def _alike() -> Refused:
    return Refused(
        t("All places have the same value, so none stands out."),
        remedy=t("Choose a longer period or a broader offence."),
    )
