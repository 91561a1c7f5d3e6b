"""In how few places do most events happen?

Counts, one a place, go in, the places without events included; a coefficient, a curve or a share comes out.
Where there are fewer events than places most places must be empty, however evenly danger is spread: the
generalised coefficient takes that away, and is the one to compare places, offences and years with
(draft:25(d).2).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.language import t

NEEDS = frozenset({"place:area"})


def gini(counts: ArrayLike) -> float:
    """Gini's coefficient of the counts: 0 if all places have the same, near 1 if one has all.

    Parameters
    ----------
    counts : array_like
        Events in each place, zeros included, 1-D.

    Returns
    -------
    float

    Raises
    ------
    Refused
        If there are no places, no events, or hidden counts among them.

    Notes
    -----
    2 sum(i x_i) / (n sum(x)) - (n+1)/n, with x ascending: Bernasco, W. and Steenbeek, W. (2017), More places
    than crimes, Journal of Quantitative Criminology 33:451.

    Examples
    --------
    >>> round(gini([10, 8, 2, 0, 0, 0, 0, 0, 0, 0]), 3)
    0.78
    """
    x = _ascending(counts)
    n = x.size
    return float(2 * np.sum(np.arange(1, n + 1) * x) / (n * x.sum()) - (n + 1) / n)


def generalised_gini(counts: ArrayLike) -> float:
    """Gini's coefficient beyond what having fewer events than places forces.

    Parameters
    ----------
    counts : array_like
        Events in each place, zeros included, 1-D.

    Returns
    -------
    float
        0 if events are spread as evenly as their number allows; equal to `gini` from as many events as
        places on.

    Raises
    ------
    Refused
        As `gini`.

    Notes
    -----
    max(1, n/c) (G - 1) + 1 for n places and c events: Bernasco and Steenbeek (2017).

    Examples
    --------
    >>> round(generalised_gini([3, 1, 1, 0, 0, 0, 0, 0, 0, 0]), 3)
    0.56
    """
    x = _ascending(counts)
    return float(max(1.0, x.size / x.sum()) * (gini(x) - 1) + 1)


def lorenz(counts: ArrayLike) -> pd.DataFrame:
    """The Lorenz curve, from the place with the fewest events to the one with the most.

    Parameters
    ----------
    counts : array_like
        Events in each place, zeros included, 1-D.

    Returns
    -------
    DataFrame
        `places_share` and `events_share`, both cumulative from 0 to 1, one row more than there are places.

    Raises
    ------
    Refused
        As `gini`.

    Examples
    --------
    >>> lorenz([3, 1]).events_share.tolist()
    [0.0, 0.25, 1.0]
    """
    x = _ascending(counts)
    return pd.DataFrame(
        {
            "places_share": np.arange(x.size + 1) / x.size,
            "events_share": np.concatenate([[0.0], np.cumsum(x) / x.sum()]),
        }
    )


def share_in_top(counts: ArrayLike, share: float) -> float:
    """The share of events in the `share` of places that have the most.

    Parameters
    ----------
    counts : array_like
        Events in each place, zeros included, 1-D.
    share : float
        Share of places, above 0 and up to 1. Where it falls inside a place, that place counts in part.

    Returns
    -------
    float

    Raises
    ------
    Refused
        As `gini`.

    Notes
    -----
    The statistic behind Weisburd, D. (2015), The law of crime concentration, Criminology 53:133.

    Examples
    --------
    >>> share_in_top([6, 2, 1, 1], 0.25)
    0.6
    """
    curve = lorenz(counts)
    _valid(share)
    return float(1 - np.interp(1 - share, curve.places_share, curve.events_share))


def places_holding(counts: ArrayLike, share: float = 0.5) -> float:
    """The smallest share of places that holds `share` of the events: whole places only.

    Parameters
    ----------
    counts : array_like
        Events in each place, zeros included, 1-D.
    share : float
        Share of events, above 0 and up to 1.

    Returns
    -------
    float

    Raises
    ------
    Refused
        As `gini`.

    Examples
    --------
    >>> places_holding([6, 2, 1, 1])
    0.25
    """
    _valid(share)
    x = _ascending(counts)[::-1]
    # A rounding error in the cumulative sum must not call for one place more.
    reached = np.cumsum(x) >= share * x.sum() * (1 - 1e-12)
    return float((np.argmax(reached) + 1) / x.size)


def _ascending(counts: ArrayLike) -> NDArray[np.float64]:
    x = np.sort(amounts(counts, "counts").ravel())
    if np.isnan(x).any():
        raise Refused(
            t("Concentration cannot be measured where some counts are hidden."),
            remedy=t("Measure before cells are hidden, and publish only the result."),
        )
    if x.sum() == 0:
        raise Refused(
            t("Concentration cannot be measured where nothing was recorded."),
            remedy=t("Choose a longer period or a broader offence."),
        )
    return x


def _valid(share: float) -> None:
    if not 0 < share <= 1:
        raise SafelearnError(t("A share lies above 0 and is at most 1, such as 0.05."))
