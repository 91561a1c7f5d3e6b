"""At which hours of the week does it happen?

Incidents go in, with the moment or the interval in which each occurred; a table of seven days by twenty-four
hours comes out. A burglary found in the evening may have happened at any hour since the morning: aoristic
analysis spreads it over the hours of its interval, in proportion. Events whose hour nobody knows are counted
beside the table, never guessed into it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.language import t

NEEDS = frozenset({"time:hour"})

WEEK = 168
_HOUR = np.timedelta64(1, "h")
#: A Monday, 00:00.
_MONDAY = np.datetime64("1970-01-05T00:00:00", "s")


@dataclass(frozen=True)
class HourByWeekday:
    """Events by weekday and hour.

    Attributes
    ----------
    weights : DataFrame, shape (7, 24)
        Events; index `weekday` 0 (Monday) to 6, columns `hour` 0 to 23. They add up to `n`.
    n : float
        Events with a known hour.
    n_interval : float
        Those of them that were spread over an interval.
    n_long : float
        Those of them whose interval is a week or longer: it says nothing of the hour, so they are spread
        evenly over the table.
    n_untimed : float
        Events of which at most the day is known, or whose end lies before their beginning.
    midnight_share : float
        Share of the events with a moment, not an interval, that carry exactly 00:00. One in 1,440 would by
        chance; many mean that midnight was written for "time unknown". NaN if there are none.
    """

    weights: pd.DataFrame
    n: float
    n_interval: float
    n_long: float
    n_untimed: float
    midnight_share: float


def hour_by_weekday(incidents: pd.DataFrame) -> HourByWeekday:
    """Count incidents by weekday and hour, spreading intervals over their hours.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents: `occurred_from`, and if known `occurred_to`, `time_precision`, `count`.

    Returns
    -------
    HourByWeekday

    Raises
    ------
    Refused
        If no incident has a known hour.

    Notes
    -----
    Times are local and naive, as clocks show them: the hour that is repeated when clocks go back is one hour
    here, and an interval over the night in which they go forward has its share in the hour that was skipped.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "occurred_from": pd.to_datetime(["2024-01-01 08:00", "2024-01-06 23:30"]),
    ...     "occurred_to": pd.to_datetime(["2024-01-01 10:00", None]),
    ... })
    >>> week = hour_by_weekday(rows)
    >>> [float(week.weights.loc[day, hour]) for day, hour in ((0, 8), (0, 9), (5, 23))]
    [0.5, 0.5, 1.0]
    """
    start = incidents["occurred_from"].to_numpy().astype("datetime64[s]")
    end = np.full(len(start), np.datetime64("NaT", "s"))
    if "occurred_to" in incidents:
        end = incidents["occurred_to"].to_numpy().astype("datetime64[s]")
    weight = np.ones(len(start))
    if "count" in incidents:
        weight = incidents["count"].fillna(1).to_numpy(dtype=float)
    timed = ~np.isnat(start) & ~(end < start)
    if "time_precision" in incidents:
        precise = incidents["time_precision"].isin(["minute", "hour"])
        timed &= precise.to_numpy(dtype=bool)
    if not weight[timed].sum() > 0:
        raise Refused(
            t("No event has a known hour, so there is no pattern of hours to show."),
            remedy=t("Ask for the time of occurrence with the next file."),
        )
    start, end = start[timed], end[timed]
    spread = ~np.isnat(end) & (end > start)
    moment, untimed = weight[timed][~spread], weight[~timed]
    midnight = start[~spread] == start[~spread].astype("datetime64[D]")
    return HourByWeekday(
        weights=_frame(_overlap(start, end, weight[timed])),
        n=float(weight[timed].sum()),
        n_interval=float(weight[timed][spread].sum()),
        n_long=float(weight[timed][_hours(start, end) >= WEEK].sum()),
        n_untimed=float(untimed.sum()),
        midnight_share=float(moment[midnight].sum() / moment.sum())
        if moment.sum()
        else float("nan"),
    )


def aoristic(
    occurred_from: ArrayLike,
    occurred_to: ArrayLike,
    weights: ArrayLike | None = None,
) -> pd.DataFrame:
    """Spread each event over the hours of the week that its interval overlaps.

    Parameters
    ----------
    occurred_from, occurred_to : array_like of datetime64
        Begin and end of each interval, local time. An end that is missing or equal to the beginning makes a
        moment, which counts whole in its hour.
    weights : array_like, optional
        Events of each row, 1 unless given.

    Returns
    -------
    DataFrame, shape (7, 24)
        Index `weekday` from 0 (Monday), columns `hour`. It adds up to the number of events.

    Raises
    ------
    SafelearnError
        If a beginning is missing or an end lies before its beginning.

    Notes
    -----
    Each hour gets the share of the interval that falls into it, exactly, not by whole hours. An interval of a
    week or more says nothing about the hour and goes evenly to all 168. Ratcliffe, J. H. (2002), Aoristic
    signatures and the spatio-temporal analysis of high volume crime patterns, Journal of Quantitative
    Criminology 18:23; the rule for long intervals is that of his R package aoristic.

    Examples
    --------
    >>> week = aoristic(["2024-01-01T08:30"], ["2024-01-01T10:30"])
    >>> week.loc[0, 8:10].tolist()
    [0.25, 0.5, 0.25]
    """
    start = _times(occurred_from)
    end = _times(occurred_to)
    if np.isnat(start).any() or np.any(end < start):
        raise SafelearnError(
            t("An interval has no beginning, or ends before it begins."),
            remedy=t("Leave such rows out, and say how many they were."),
        )
    if weights is None:
        return _frame(_overlap(start, end, np.ones(len(start))))
    return _frame(_overlap(start, end, np.asarray(weights, dtype=float)))


def _times(values: ArrayLike) -> NDArray[np.datetime64]:
    return np.asarray(values, dtype="datetime64[s]")


def _hours(
    start: NDArray[np.datetime64], end: NDArray[np.datetime64]
) -> NDArray[np.float64]:
    """Length of each interval; 0 where it has no end."""
    return np.where(np.isnat(end), 0.0, (end - start) / _HOUR)


def _overlap(
    start: NDArray[np.datetime64],
    end: NDArray[np.datetime64],
    weight: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Weights by hour of the week, shape (168,).

    The overlap with hour h is c(h + 1) - c(h), where c(x) is how much of the interval lies before x. Written
    as jumps at the first and last hour, one cumulative sum adds up the hours between for all events at once.
    """
    first = ((start - _MONDAY) / _HOUR) % WEEK
    length = _hours(start, end)
    week = np.full(WEEK, weight[length >= WEEK].sum() / WEEK)
    moment = length == 0
    np.add.at(week, first[moment].astype(np.int64), weight[moment])

    short = (length > 0) & (length < WEEK)
    begin, finish = first[short], first[short] + length[short]
    # Events in one hour of the interval.
    density = weight[short] / length[short]
    low, high = np.floor(begin).astype(np.int64), np.floor(finish).astype(np.int64)
    # Full hours from low up to high, then take off what lies before the beginning, and add the last part.
    size = 2 * WEEK
    jumps = np.bincount(low, weights=density, minlength=size)
    jumps -= np.bincount(high, weights=density, minlength=size)
    hourly = np.cumsum(jumps)
    hourly -= np.bincount(low, weights=(begin - low) * density, minlength=size)
    hourly += np.bincount(high, weights=(finish - high) * density, minlength=size)
    # The interval may run over Sunday midnight into the next week.
    week += hourly[:WEEK] + hourly[WEEK:]
    # Subtraction leaves rounding errors of either sign in hours that no interval touches.
    return np.where(week < 1e-9 * max(week.sum(), 1.0), 0.0, week)


def _frame(week: NDArray[np.float64]) -> pd.DataFrame:
    return pd.DataFrame(
        week.reshape(7, 24),
        index=pd.RangeIndex(7, name="weekday"),
        columns=pd.RangeIndex(24, name="hour"),
    )
