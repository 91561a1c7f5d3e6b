"""How a count has moved month by month: dots, the mean of twelve months with its band, labelled turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, released, values

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_MOST_LABELS = 4


@dataclass(frozen=True)
class Point:
    """A month that is named in the chart.

    Attributes
    ----------
    month : str
        "2015-07": the middle of 2015.
    words : str
        What is said there ("2015: 496 deaths").
    short : str
        The same for a phone; `words` if empty.
    """

    month: str
    words: str
    short: str = ""


def trend(
    monthly: Approved,
    *,
    unit: str,
    month: str = "month",
    value: str = "n",
    mean: str | None = "mean",
    lower: str = "lower",
    upper: str = "upper",
    points: Sequence[Point] = (),
    changes: Sequence[tuple[str, str]] = (),
) -> Callable[[bool], Figure]:
    """Draw a monthly series.

    Parameters
    ----------
    monthly : Approved
        One row a month with the count and, where twelve months are there, their moving mean and band.
    unit : str
        What is counted ("Homicides a month").
    month, value, mean, lower, upper : str
        Columns; `mean` may be None for a series that is too short for one, whose band is then the
        interval of each month.
    points : sequence of Point
        Up to four months to name.
    changes : sequence of (month, words)
        When the way of recording changed: a dashed line with its words.
    """
    monthly = released(monthly)
    at = ax.month_positions(list(monthly.frame[month]))
    order = np.argsort(at, kind="stable")
    at = at[order]
    n = values(monthly, value)[order]
    centre = n if mean is None else values(monthly, mean)[order]
    low, high = values(monthly, lower)[order], values(monthly, upper)[order]
    away = hidden(monthly, value)[order]

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 3.3, 3.1)
        size = (2.2 if narrow else 2.8) if len(at) > 30 else 4
        axes.plot(at, n, "o", ms=size, color=style.CONTEXT, alpha=0.75, mew=0)
        seen = np.isfinite(low) & np.isfinite(high)
        axes.fill_between(at, low, high, where=seen, color=style.BLUE, alpha=0.2, lw=0)
        axes.plot(at, centre, color=style.BLUE, lw=2.4)
        ax.time_axis(axes, at, 6 if narrow else 11)
        ax.count_axis(axes, "y", ax.top_of(n, high, least=4, room=1.15))
        ax.unit_above(axes, unit)
        there = []
        for when, words in changes:
            there += note_change(axes, when, words, narrow)
        ax.hidden_months(axes, at[away])
        _name(axes, at, centre, n, points, narrow, there)
        return figure

    return draw


def _name(axes, at, centre, n, points, narrow, there) -> None:
    known = np.isfinite(centre)
    if not known.any():
        return
    spots, words = [], []
    for point in list(points)[:_MOST_LABELS]:
        x = float(ax.month_positions([point.month])[0])
        nearest = np.flatnonzero(known)[np.abs(at[known] - x).argmin()]
        spots.append((at[nearest], centre[nearest]))
        words.append((point.short or point.words) if narrow else point.words)
    line_at = np.linspace(at[known].min(), at[known].max(), 400)
    line = np.c_[line_at, np.interp(line_at, at[known], centre[known])]
    dots = np.c_[at, n][np.isfinite(n)]
    labels.place(axes, spots, words, np.vstack([line, dots]), there)


def note_change(axes, when: str, words: str, narrow: bool) -> list[Artist]:
    """A dashed line at the beginning of a month, with its words."""
    x = float(ax.month_positions([when])[0]) - 1 / 24
    low, high = axes.get_xlim()
    if not low < x < high:
        return []
    line = ax.change_line(axes, x)
    start = x < (low + high) / 2
    note = axes.annotate(
        labels.wrapped(words, 22 if narrow else 34),
        (x, 0.985),
        xycoords=axes.get_xaxis_transform(),
        xytext=(5 if start else -5, 0),
        textcoords="offset points",
        ha="left" if start else "right",
        va="top",
        color=style.INK2,
        path_effects=style.halo(),
        zorder=6,
    )
    return [line, note]
