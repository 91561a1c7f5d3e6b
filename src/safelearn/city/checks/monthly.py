"""How many events came in each month, from each area and of each offence? In: canonical incidents. Out: arrays.

Whole months from the first to the last that the records cover. A date that lies far from all others (a typing error
of 1905, a year to come) would stretch the months over a century; such rows are counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_PART = 1_000_000
#: Months without a row that set dates apart, and the share of events up to which they are taken as mistaken.
_APART, _FEW = 12, 0.01
#: Most cells of areas by offences by months that are counted.
_CELLS = 20_000_000


@dataclass(frozen=True)
class Monthly:
    """Events by month.

    Attributes
    ----------
    months : tuple of str
        Consecutive, as ``2024-01``.
    total : ndarray
        Events of each month.
    by_area, by_offence : ndarray
        Areas x months and offences x months.
    areas, offences : list of str
        Codes of areas, labels of offences.
    by_both : ndarray or None
        Areas x offences x months, unless there are too many.
    last_day, first_day : int
        Last day of the last month and first day of the first with an event that has a day; 0 if none has.
    far : ndarray of bool
        Rows dated far from all others.
    """

    months: tuple[str, ...]
    total: np.ndarray
    areas: list[str]
    by_area: np.ndarray
    offences: list[str]
    by_offence: np.ndarray
    by_both: np.ndarray | None
    first_day: int
    last_day: int
    far: np.ndarray


def monthly(incidents: pd.DataFrame) -> Monthly | None:
    """Count events by month, or None where no row has a month."""
    known = (incidents["time_precision"] != "year").to_numpy()
    month = _month(incidents["occurred_from"].to_numpy(), known)
    weight = incidents["count"].to_numpy()
    if not (month >= 0).any():
        return None
    total = np.bincount(month[month >= 0], weights=weight[month >= 0])
    first, last = _main(total)
    far = (month >= 0) & ((month < first) | (month > last))
    t = last - first + 1
    area, areas = coded(incidents["area_id"])
    offence, offences = coded(incidents["offence_label"])
    by_area = np.zeros(len(areas) * t)
    by_offence = np.zeros(len(offences) * t)
    size = len(areas) * len(offences) * t
    both = np.zeros(size) if 0 < size <= _CELLS else None
    for start in range(0, len(month), _PART):
        here = slice(start, start + _PART)
        m = month[here] - first
        inside = (m >= 0) & (m < t)
        w = weight[here]
        a, o = area[here].astype(np.int64), offence[here].astype(np.int64)
        for cells, keep, key in (
            (by_area, inside & (a >= 0), a * t + m),
            (by_offence, inside & (o >= 0), o * t + m),
            (both, inside & (a >= 0) & (o >= 0), (a * len(offences) + o) * t + m),
        ):
            if cells is not None and keep.any():
                cells += np.bincount(key[keep], weights=w[keep], minlength=len(cells))
    days = _days(incidents, month, first, last)
    return Monthly(
        tuple(f"{1970 + m // 12:04d}-{m % 12 + 1:02d}" for m in range(first, last + 1)),
        total[first : last + 1],
        areas,
        by_area.reshape(len(areas), t),
        offences,
        by_offence.reshape(len(offences), t),
        None if both is None else both.reshape(len(areas), len(offences), t),
        *days,
        far,
    )


def _month(moments: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Months since 1970; -1 where not known or earlier."""
    month = np.empty(len(moments), dtype=np.int32)
    for start in range(0, len(moments), _PART):
        here = slice(start, start + _PART)
        part = moments[here]
        found = part.astype("datetime64[M]").astype(np.int64)
        good = known[here] & ~np.isnat(part) & (found >= 0) & (found < 12 * 200)
        month[here] = np.where(good, found, -1)
    return month


def _main(total: np.ndarray) -> tuple[int, int]:
    """The months that the records cover, without the few rows that lie far off."""
    there = np.flatnonzero(total)
    blocks = np.split(there, np.flatnonzero(np.diff(there) > _APART) + 1)
    kept = [b for b in blocks if total[b].sum() > _FEW * total.sum()] or blocks
    return int(kept[0][0]), int(kept[-1][-1])


def pairs_of(first: np.ndarray, second: np.ndarray, k: int, n: int) -> np.ndarray:
    """Rows of each pair of codes (`n` of the first, `k` of the second), rows without one of them left out."""
    total = np.zeros(n * k, dtype=np.int64)
    for start in range(0, len(first), _PART):
        a, b = first[start : start + _PART], second[start : start + _PART]
        there = (a >= 0) & (b >= 0)
        total += np.bincount(a[there].astype(np.int64) * k + b[there], minlength=n * k)
    return total


def coded(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """A column as numbers from 0, -1 where it is empty, and the words behind them."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    return column.cat.codes.to_numpy(), [str(c) for c in column.cat.categories]


def _days(
    incidents: pd.DataFrame, month: np.ndarray, first: int, last: int
) -> tuple[int, int]:
    exact = incidents["time_precision"].isin(["minute", "hour", "day"]).to_numpy()
    days = []
    for m, which in ((first, np.min), (last, np.max)):
        rows = exact & (month == m)
        if not rows.any():
            days.append(0)
            continue
        moment = which(incidents["occurred_from"].to_numpy()[rows])
        days.append(
            int((moment.astype("M8[D]") - moment.astype("M8[M]")).astype(int)) + 1
        )
    return days[0], days[1]
