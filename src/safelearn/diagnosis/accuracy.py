"""Would last year's map have told where this year's offences fell? In: marked cells and new counts. Out: PAI and PEI.

A map of hot spots is a forecast, whether it says so or not. Drawn from earlier years and held against a year that it
has not seen, it shows what it is worth: which share of the new offences fell on which share of the ground. The answer
is stated beside every map, also where it is poor (draft:25(d).2). It judges the map, and no place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t

NEEDS = frozenset({"place:exact", "boundaries"})


@dataclass(frozen=True)
class Accuracy:
    """How a forecast of places did.

    Attributes
    ----------
    hits, events : float
        New events in the marked places, and all new events.
    hit_share, lower, upper : float
        Their ratio with its 95 % interval (Wilson).
    ground_share : float
        Marked ground over all ground.
    pai : float
        Prediction accuracy index: hit share over ground share. 1 is no better than marking at random.
    pei : float
        Prediction efficiency index: `pai` over the highest that so many places could have reached.
    """

    hits: float
    events: float
    hit_share: float
    lower: float
    upper: float
    ground_share: float
    pai: float
    pei: float


def accuracy(
    marked: ArrayLike, events: ArrayLike, ground: ArrayLike | None = None
) -> Accuracy:
    """Hold marked places against events of a time that they were not marked from.

    Parameters
    ----------
    marked : array_like of bool
        Whether each place is marked.
    events : array_like
        New events in each place, of the same shape.
    ground : array_like, optional
        Ground of each place; 0 outside the city. All the same unless given.

    Returns
    -------
    Accuracy

    Raises
    ------
    Refused
        If nothing is marked, or nothing happened.

    Notes
    -----
    PAI = (hits / all events) / (marked ground / all ground): Chainey, S., Tompson, L. and Uhlig, S. (2008), Security
    Journal 21:4. PEI: Hunt, J. (2016), in the forecasting challenge of the US National Institute of Justice; the best
    choice here is as many places as are marked, those with most new events on their ground.

    Examples
    --------
    Three places of one size had 6, 3 and 0 events; the first was marked.

    >>> found = accuracy([True, False, False], [6, 3, 0])
    >>> round(found.pai, 6), found.pei
    (2.0, 1.0)
    """
    chosen = np.asarray(marked, dtype=bool).ravel()
    n = np.asarray(events, dtype=float).ravel()
    land = np.ones(n.shape) if ground is None else np.asarray(ground, float).ravel()
    if not chosen.shape == n.shape == land.shape:
        raise SafelearnError(t("Marks, events and ground are not of one shape."))
    inside = land > 0
    chosen = chosen & inside
    if not chosen.any() or not n[inside].sum() > 0:
        raise Refused(
            t(
                "There is no marked place, or nothing happened in the year that was held out."
            ),
            remedy=t("Choose a longer period or a broader offence."),
        )
    every, hits = float(n[inside].sum()), float(n[chosen].sum())
    share = hits / every
    part = float(land[chosen].sum() / land[inside].sum())
    best = _best(n[inside], land[inside], int(chosen.sum()))
    interval = wilson_interval(hits, every)
    pai = share / part
    return Accuracy(
        hits,
        every,
        share,
        float(interval.lower),
        float(interval.upper),
        part,
        pai,
        pai / best if best > 0 else float("nan"),
    )


def accuracy_curve(
    forecast: ArrayLike, events: ArrayLike, ground: ArrayLike | None = None
) -> NDArray[np.float64]:
    """PAI when the first place, the first two, ... are marked, in the order of the forecast.

    Parameters
    ----------
    forecast : array_like
        What was expected of each place; the highest is marked first.
    events, ground : array_like
        As `accuracy`.

    Examples
    --------
    >>> accuracy_curve([3, 2, 1], [6, 3, 0]).tolist()
    [2.0, 1.5, 1.0]
    """
    n = np.asarray(events, dtype=float).ravel()
    land = np.ones(n.shape) if ground is None else np.asarray(ground, float).ravel()
    order = np.argsort(-np.asarray(forecast, dtype=float).ravel(), kind="stable")
    order = order[land[order] > 0]
    if not n[order].sum() > 0:
        raise Refused(
            t("Nothing happened in the year that was held out."),
            remedy=t("Choose a longer period or a broader offence."),
        )
    return (n[order].cumsum() / n[order].sum()) / (
        land[order].cumsum() / land[order].sum()
    )


def _best(events: NDArray, ground: NDArray, places: int) -> float:
    """The highest PAI of so many places."""
    order = np.argsort(-events / ground, kind="stable")[:places]
    share = events[order].sum() / events.sum()
    return float(share / (ground[order].sum() / ground.sum()))
