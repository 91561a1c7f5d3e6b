"""After one offence, is another likelier nearby, and for how long? In: points and days. Out: bands of both.

Every pair of events is so far apart in space and so far in time. If the two have nothing to do with each other, the
pairs that are near in both are as many as chance puts there; more of them mean that an offence is followed by others
close by. The table says how many times as many, band by band, and `reach` says how far and how long. It is a measure
of a pattern, never of a person or an address: it tells when to visit victims and their neighbours (draft:25(d).2).

Needs the day and the true point of each event. Points moved to the middle of a street repeat each other's place by
construction, and dates known to the month cannot be a week apart: both are refused, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.knox import intersection, known_events
from safelearn.diagnosis.pairs import (
    close_pairs,
    neighbours_in_space,
    neighbours_in_time,
    whole_steps,
)
from safelearn.errors import Refused, SafelearnError
from safelearn.language import number, percent, t

if TYPE_CHECKING:
    from collections.abc import Sequence

NEEDS = frozenset({"time:day", "place:exact"})
#: Fewer events than this have too few pairs to tell a pattern from chance.
FEWEST = 50
#: Metres and days: the same place (points within a metre), then 100 m steps; weeks.
DISTANCES = (0.0, 1.0, 100.0, 200.0, 300.0, 400.0, 500.0)
PERIODS = (0.0, 7.0, 14.0, 21.0, 28.0, 42.0)
#: A band stands out where its ratio is at least this, and chance seldom gives as many (after FDR).
CLEAR_RATIO, CLEAR = 1.2, 0.05


@dataclass(frozen=True)
class Reach:
    """How far from an offence, and for how long after it, others are clearly more frequent.

    Attributes
    ----------
    metres, days : float
        Ends of the last bands that stand out; 0 where none does.
    ratio : float
        Observed over expected pairs within both together; NaN where nothing stands out.
    same_place : float
        The same at the same place within `days`; NaN where the table has no such band.
    """

    metres: float
    days: float
    ratio: float
    same_place: float


def near_repeat(
    x: ArrayLike,
    y: ArrayLike,
    days: ArrayLike,
    *,
    distances: Sequence[float] = DISTANCES,
    periods: Sequence[float] = PERIODS,
    metric: str = "euclidean",
) -> pd.DataFrame:
    """Pairs of events by bands of distance and of time, beside what chance gives.

    Parameters
    ----------
    x, y : array_like
        Coordinates in metres, 1-D.
    days : array_like
        Time of each event in days from any start; whole days for a table by days.
    distances, periods : sequence of float
        Rising ends of the bands, from 0. Each band is half open: from `a` on and below `b`. A first band of a metre
        is "the same place".
    metric : {"euclidean", "manhattan"}
        How distance is measured.

    Returns
    -------
    DataFrame
        One row a band of distance and of time, and one beyond the last of each (its end is infinite), so that the
        rows add up to all pairs: `metres_from`, `metres_to`, `days_from`, `days_to`, `observed`, `expected`, `ratio`,
        `sd`, `z`, `p` (so many pairs or more by chance) and `q` (`p` held against all bands, by the false discovery
        rate).

    Raises
    ------
    Refused
        With fewer than 50 events.

    Notes
    -----
    Expected pairs are row total x column total / all pairs, and their variance is exact (see `knox`), so nothing is
    simulated: ratios from 99 random orders are noisy where few pairs are expected. The bands are those of the Near
    Repeat Calculator (Ratcliffe, J. H. (2009), Temple University), whose labels, such as "1 to 200", name them less
    exactly. `p` is for each band on its own.
    """
    x, y, days = known_events(x, y, days)
    n = len(days)
    if n < FEWEST:
        raise Refused(
            t(
                "There are {n} events with a day and a point; fewer than {least} cannot show a pattern of repeats.",
                n=number(n),
                least=number(FEWEST),
            ),
            remedy=t("Take a longer period, or kinds of offence together."),
        )
    distances, periods = _ends(distances), _ends(periods)
    space = neighbours_in_space(x, y, distances, metric)
    time = neighbours_in_time(days, periods)
    observed = np.zeros((space.shape[1], time.shape[1]), dtype=np.int64)
    for far, later in close_pairs(x, y, days, distances[-1], periods[-1], metric):
        at = np.searchsorted(distances, far, side="right") - 1
        when = np.searchsorted(periods, later, side="right") - 1
        cell = np.bincount(at * len(periods) + when, minlength=observed.size)
        observed += cell.reshape(observed.shape)
    rows, columns = space.sum(axis=0) // 2, time.sum(axis=0) // 2
    # What lies beyond the last band of one is what its total leaves.
    observed[-1, :-1] = columns[:-1] - observed[:-1, :-1].sum(axis=0)
    observed[:, -1] = rows - observed[:, :-1].sum(axis=1)
    lines = []
    for i in range(space.shape[1]):
        for j in range(time.shape[1]):
            cell = intersection(int(observed[i, j]), space[:, i], time[:, j], n)
            low, high = _band(distances, i)
            start, end = _band(periods, j)
            values = (cell.observed, cell.expected, cell.ratio, cell.sd, cell.z, cell.p)
            lines.append((low, high, start, end, *values))
    names = ["metres_from", "metres_to", "days_from", "days_to"]
    names += ["observed", "expected", "ratio", "sd", "z", "p"]
    table = pd.DataFrame(lines, columns=names)
    within = np.isfinite(table["metres_to"]) & np.isfinite(table["days_to"])
    q = np.full(len(table), np.nan)
    q[within] = false_discovery_rate(table.loc[within, "p"].to_numpy())
    return table.assign(q=q)


def reach(table: pd.DataFrame) -> Reach:
    """How far and how long repeats are clearly more frequent than by chance.

    Parameters
    ----------
    table : DataFrame
        From `near_repeat`.

    Returns
    -------
    Reach
        The last band of distance that stands out in the first period, and the last period that stands out in the
        nearest band. A band stands out with a ratio of 1.2 and more (the calculator's default) that chance seldom
        gives (false discovery rate 5 %), if no band before it falls below 1.2 or to a `p` above 5 %.
    """
    inner = table[np.isfinite(table["metres_to"]) & np.isfinite(table["days_to"])]
    nearby = inner[inner["metres_to"] > 1]
    soonest = nearby["days_to"].min()
    metres = _run(nearby[nearby["days_to"] == soonest], "metres_to")
    if not metres:
        same = inner[inner["metres_to"] <= 1]
        days = _run(same, "days_to")
        again = _ratio(same[same["days_to"] <= days])
        return Reach(0.0, days, float("nan"), again)
    # A period stands out if the nearest band of it does: further bands fade first.
    closest = nearby[nearby["metres_to"] == nearby["metres_to"].min()]
    days = max(_run(closest, "days_to"), float(soonest))
    within = nearby[(nearby["metres_to"] <= metres) & (nearby["days_to"] <= days)]
    same = inner[(inner["metres_to"] <= 1) & (inner["days_to"] <= days)]
    return Reach(metres, days, _ratio(within), _ratio(same))


def usable(incidents: pd.DataFrame) -> pd.DataFrame:
    """The incidents that a near-repeat table can be made of: known to the day, at their own point.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents (`time_precision`, `longitude`, `latitude`, `place_precision`).

    Raises
    ------
    Refused
        If the points were moved, or most events are known to the month or year only.
    """
    from safelearn.city.checks.misplaced import lie_of_points

    daily = incidents["time_precision"].isin(["minute", "hour", "day"])
    if daily.mean() < 0.5:
        raise Refused(
            t(
                "{share} of the events are known to the day; the others cannot be said to be days apart.",
                share=percent(float(daily.mean())),
            ),
            remedy=t("Ask the source for the day of each event."),
        )
    points = lie_of_points(incidents)
    if points.snapped:
        raise Refused(
            t(
                "The points are not where the events happened ({n} rows lie on {distinct} points): two events at one "
                "point need not be at one place.",
                n=number(points.n),
                distinct=number(points.distinct),
            ),
            remedy=t("Ask the source, under an agreement, for unmoved points."),
        )
    kept = daily & incidents["longitude"].notna() & incidents["latitude"].notna()
    return incidents[kept & (incidents["place_precision"] == "exact")]


def _ends(values: Sequence[float]) -> NDArray[np.float64]:
    ends = whole_steps(np.asarray(values, dtype=float))
    if len(ends) < 2 or ends[0] != 0 or (np.diff(ends) <= 0).any():
        raise SafelearnError(
            t("The ends of bands rise from 0, such as 0, 100, 200 and 300.")
        )
    return ends


def _band(ends: NDArray[np.float64], k: int) -> tuple[float, float]:
    return float(ends[k]), float(ends[k + 1]) if k + 1 < len(ends) else float("inf")


def _run(rows: pd.DataFrame, end: str) -> float:
    """The end of the last band that stands out, where none before it falls back to chance; 0 if there is none."""
    more = (rows["ratio"] >= CLEAR_RATIO) & (rows["p"] <= CLEAR)
    unbroken = more.cummin()
    clear = rows.loc[unbroken & (rows["q"] <= CLEAR), end]
    return float(clear.max()) if len(clear) else 0.0


def _ratio(rows: pd.DataFrame) -> float:
    expected = rows["expected"].sum()
    return float(rows["observed"].sum() / expected) if expected > 0 else float("nan")
