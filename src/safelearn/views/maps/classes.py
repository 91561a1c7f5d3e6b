"""Which class an area belongs to: round limits, the same for every map of a figure.

Limits are the round numbers nearest to the fifths of the smoothed rates, so that a city with one very high
area still shows the differences among the others; they are printed between the swatches. They are not
quantiles: a class may hold any number of areas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, t
from safelearn.views import style
from safelearn.views.released import hidden, texts, values

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved

_ROUND = np.array([1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10])
NO_VALUE, HIDDEN = -1, -2


def breaks(rates: Sequence[float] | np.ndarray, classes: int = 5) -> list[float]:
    """Limits between classes.

    Parameters
    ----------
    rates : array_like
        Rates of zero or more; missing ones are left out.
    classes : int
        At most so many classes; fewer where the rates are too alike.

    Returns
    -------
    list of float
        Rising, round, up to ``classes - 1`` of them; empty if there is nothing to tell apart.
    """
    known = np.asarray(rates, float)
    known = known[np.isfinite(known) & (known >= 0)]
    if len(np.unique(known)) < 2:
        return []
    shares = np.arange(1, classes) / classes
    limits: list[float] = []
    for wanted in np.quantile(known, shares):
        limit = _round(wanted)
        if limit <= known.min() or limit > known.max():
            continue
        if not limits or limit > limits[-1]:
            limits.append(limit)
    return limits or [_between(known.min(), known.max())]


def _round(value: float) -> float:
    if value < 1e-12:
        return 0.0
    power = np.floor(np.log10(value))
    nearest = _ROUND[np.abs(_ROUND - value / 10**power).argmin()]
    return float(f"{nearest * 10**power:.6g}")


def _between(low: float, high: float) -> float:
    middle = _round((low + high) / 2)
    return middle if low < middle <= high else float((low + high) / 2)


def colours(limits: Sequence[float]) -> list[str]:
    """One colour a class, light to dark, spread over the five."""
    count = len(limits) + 1
    at = np.linspace(0, len(style.SEQUENTIAL) - 1, count) if count > 1 else [1]
    return [style.SEQUENTIAL[round(k)] for k in at]


def is_dark(colour: str) -> bool:
    """Whether words on this class must be white."""
    return colour in style.SEQUENTIAL[3:]


def written(limits: Sequence[float]) -> list[str]:
    """The limits as printed between the swatches, with as many decimals as they need."""
    digits = 0
    while digits < 4 and any(abs(v - round(v, digits)) > 1e-9 for v in limits):
        digits += 1
    return [number(v, digits) for v in limits]


@dataclass(frozen=True)
class Painted:
    """What one map shows: a class and a note for each area of the shapes.

    Attributes
    ----------
    colour : list of str
        Fill by area.
    group : ndarray of int
        Class, or `NO_VALUE` or `HIDDEN`.
    unstable : ndarray of bool
    """

    colour: list[str]
    group: np.ndarray
    unstable: np.ndarray


def paint(
    table: Approved,
    area_id: Sequence[str],
    value: str,
    limits: Sequence[float],
    mark: str | None = "mark",
) -> Painted:
    """Classify the areas of a map by a column of an approved table.

    Raises
    ------
    ValueError
        If the table has two rows for one area: it holds more than one offence or year.
    """
    ids = texts(table, "area_id")
    row_of = {area: row for row, area in enumerate(ids)}
    if len(row_of) < len(ids):
        raise ValueError(
            t(
                "A map needs one row an area; the table {name} has more.",
                name=table.name,
            )
        )
    known, gone = values(table, value), hidden(table, value)
    marks = texts(table, mark) if mark and mark in table.frame else [""] * len(ids)
    palette = colours(limits)
    fill, group, unstable = [], [], []
    for area in area_id:
        row = row_of.get(area)
        one = NO_VALUE
        if row is not None and gone[row]:
            one = HIDDEN
        elif row is not None and np.isfinite(known[row]):
            one = int(np.digitize(known[row], limits)) if limits else 0
        group.append(one)
        fill.append(
            {NO_VALUE: style.NO_DATA, HIDDEN: style.HIDDEN}.get(one) or palette[one]
        )
        unstable.append(one >= 0 and marks[row] == "unstable")
    return Painted(fill, np.array(group, int), np.array(unstable, bool))
