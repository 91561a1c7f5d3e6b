"""Does a hot spot stay? In: whether it was hot in each year. Out: one word for each.

A place that is hot year after year calls for another answer than one that flared up: the first for changes to the
place itself, the second for finding out what happened. The words follow a rule, so that two cities mean the same by
them (draft:25(d).2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.hotspots import CLEAR, hot_spots
from safelearn.errors import Refused
from safelearn.language import mark, t

NEEDS = frozenset({"time:month", "place:exact", "boundaries"})
PERSISTENT, EMERGING, FADING, SPORADIC = "persistent", "emerging", "fading", "sporadic"
#: What the words mean, for the line under a figure.
MEANINGS = {
    PERSISTENT: mark("clear in every year, or in all but one and in the last"),
    EMERGING: mark(
        "clear in the last year, and in none of the first half of the years"
    ),
    FADING: mark("clear in the first half of the years, and in none of the last two"),
    SPORADIC: mark(
        "clear in some years, with no such order, or only over all years together"
    ),
}
#: Fewer years say nothing about staying.
FEWEST_YEARS = 3


def hot_years(
    counts: ArrayLike, ground: ArrayLike, places: ArrayLike
) -> NDArray[np.bool_]:
    """In which years some places were clearly hot.

    Parameters
    ----------
    counts : array_like, shape (years, rows, columns)
        Events in each year and cell.
    ground : array_like, shape (rows, columns)
        As `hotspots.hot_spots`.
    places : array_like of bool, shape (rows, columns)
        The cells that are asked about, such as those that are hot over all years.

    Returns
    -------
    ndarray of bool, shape (years, rows, columns)
        False everywhere else. Each year's tests are held against those of the same cells only: with a fifth of the
        events, a year held against the whole city would hardly show anything.

    Raises
    ------
    Refused
        If a year has too few events (`hotspots.hot_spots`).
    """
    chosen = np.asarray(places, dtype=bool)
    out = np.zeros(np.shape(counts), dtype=bool)
    for year, n in enumerate(np.asarray(counts, dtype=float)):
        p = hot_spots(n, ground).p[chosen]
        out[year][chosen] = false_discovery_rate(p) <= CLEAR
    return out


def persistence(hot: ArrayLike) -> NDArray[np.object_]:
    """Name what became of each place over the years.

    Parameters
    ----------
    hot : array_like of bool, shape (years, ...)
        Whether each place was hot in each year, in order of time.

    Returns
    -------
    ndarray of str, shape (...)
        ``persistent``, ``emerging``, ``fading`` or ``sporadic``, by the first rule of `MEANINGS` that fits.

    Raises
    ------
    Refused
        With fewer than three years.

    Notes
    -----
    After the classes of Chainey, S. and Monteiro, J. (2019), Security Journal 32:469, and of space-time pattern
    mining, in fewer words: with five years a trend test of one place has little to go on.

    Examples
    --------
    >>> persistence([[1, 0, 1, 0], [1, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 1], [1, 1, 0, 0]]).tolist()
    ['persistent', 'emerging', 'fading', 'sporadic']
    """
    years = np.asarray(hot, dtype=bool)
    n = len(years)
    if n < FEWEST_YEARS:
        raise Refused(
            t("Whether a place stays hot cannot be said from fewer than three years."),
            remedy=t("Import records of more years."),
        )
    early = years[: n // 2].any(axis=0)
    times = years.sum(axis=0)
    out = np.full(years.shape[1:], SPORADIC, dtype=object)
    fading = early & ~years[-2:].any(axis=0)
    emerging = years[-1] & ~early
    stays = (times == n) | ((times == n - 1) & years[-1] & (n > FEWEST_YEARS))
    for rows, word in ((fading, FADING), (emerging, EMERGING), (stays, PERSISTENT)):
        out[rows] = word
    return out
