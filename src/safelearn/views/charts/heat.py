"""When in the week: 24 hours by 7 days, with the totals of each hour and day and their intervals beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, weekdays
from safelearn.views import style
from safelearn.views.charts import axes as ax
from safelearn.views.maps.classes import breaks, colours, written
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def heat(
    table: Approved,
    *,
    unit: str,
    weekday: str = "weekday",
    hour: str = "hour",
    value: str = "weight",
    by_hour: Approved | None = None,
    by_day: Approved | None = None,
) -> Callable[[bool], Figure]:
    """Draw events by hour and weekday.

    Parameters
    ----------
    table : Approved
        One row an hour of the week: weekday (0 to 6 from Monday, or the English name), hour (0 to 23)
        and how many events (parts of events where they happened in a span of time).
    unit : str
        What is counted, over the picture.
    by_hour, by_day : Approved, optional
        Totals with ``n``, ``lower``, ``upper`` by `hour` or `weekday`: drawn as a line with its 95 %
        band and as bars. One cell of 168 is seldom precise; its row and column are.

    Notes
    -----
    Cells are classified by the same round limits as maps (`safelearn.views.maps.breaks`).
    """
    table = released(table)
    grid = np.full((7, 24), np.nan)
    covered = np.zeros((7, 24), bool)
    where = (_days(table, weekday), values(table, hour).astype(int))
    grid[where], covered[where] = values(table, value), hidden(table, value)
    limits = breaks(grid)
    sides = [s if s is None else released(s) for s in (by_hour, by_day)]
    totals = (_series(sides[0], hour, 24), _series(sides[1], weekday, 7))

    def draw(narrow: bool) -> Figure:
        across, down = totals[::-1] if narrow else totals
        # Inches: left edge, width and height of the cells, room for the totals above and at the end.
        left, wide, tall = (0.36, 2.1, 4.6) if narrow else (0.5, 5.6, 1.9)
        above, beside = (0.5, 0.7) if narrow else (0.62, 1.15)
        if down is None:
            wide += beside
        top = 0.3 + (above + 0.18 if across is not None else 0)
        full = style.NARROW if narrow else style.WIDE
        total = top + tall + 0.78 + (0.24 if narrow and covered.any() else 0)
        figure = style.sheet(narrow, total)
        figure.set_layout_engine("none")

        def axes(x: float, y: float, w: float, h: float) -> Axes:
            return figure.add_axes((x / full, 1 - (y + h) / total, w / full, h / total))

        _cells(axes(left, top, wide, tall), grid, covered, limits, narrow)
        if across is not None:
            _margin(axes(left, 0.3, wide, above), across, "x")
        if down is not None:
            _margin(axes(left + wide + 0.15, top, beside, tall), down, "y")
        _key(
            axes(left, top + tall + 0.34, full - left, 0.6),
            limits,
            covered.any(),
            narrow,
        )
        figure.text(0.002, 1 - 0.02 / total, unit, va="top", color=style.INK2)
        return figure

    return draw


def _days(table: Approved, column: str) -> np.ndarray:
    names = texts(table, column)
    if all(name in _DAYS for name in names):
        return np.array([_DAYS.index(name) for name in names])
    return values(table, column).astype(int)


def _series(table: Approved | None, column: str, count: int) -> np.ndarray | None:
    """Totals with their intervals, shape (3, count), NaN where there is none."""
    if table is None:
        return None
    at = _days(table, column) if count == 7 else values(table, column).astype(int)
    out = np.full((3, count), np.nan)
    for row, name in enumerate(("n", "lower", "upper")):
        out[row, at] = values(table, name)
    return out


def _cells(axes, grid, covered, limits, narrow) -> None:
    from matplotlib.patches import Rectangle

    fills = colours(limits)
    axes.set_axisbelow(False)
    for day in range(7):
        for hour in range(24):
            x, y = (day, hour) if narrow else (hour, day)
            if covered[day, hour]:
                fill, hatch, ink = style.HIDDEN, "---", style.HIDDEN_HATCH
            elif np.isnan(grid[day, hour]):
                fill, hatch, ink = style.NO_DATA, "xxx", style.NO_DATA_HATCH
            else:
                k = int(np.digitize(grid[day, hour], limits)) if limits else 0
                fill, hatch, ink = fills[k], None, "none"
            axes.add_patch(
                Rectangle(
                    (x + 0.02, y + 0.02), 0.96, 0.96, fc=fill, ec=ink, lw=0, hatch=hatch
                )
            )
    hours = [number(h) for h in range(0, 24, 3)]
    names = weekdays("narrow" if narrow else "abbreviated")
    size = (7, 24) if narrow else (24, 7)
    axes.set_xlim(0, size[0])
    axes.set_ylim(size[1], 0)
    across, down = (axes.set_xticks, axes.set_yticks)
    if narrow:
        across(np.arange(7) + 0.5, names)
        down(np.arange(0, 24, 3), hours)
    else:
        across(np.arange(0, 24, 3), hours)
        down(np.arange(7) + 0.5, names)
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines.bottom.set_visible(False)


def _margin(axes, totals: np.ndarray, side: str) -> None:
    n, low, high = totals
    at = np.arange(len(n)) + 0.5
    top = ax.top_of(n, high)
    if side == "x":
        axes.vlines(at, low, high, color=style.BLUE, lw=1.6)
        axes.plot(at, n, "o", color=style.BLUE, ms=3)
        axes.set_xlim(0, len(n))
        axes.set_xticks([])
        ax.count_axis(axes, "y", top, 2)
    else:
        axes.hlines(at, low, high, color=style.BLUE, lw=1.6)
        axes.plot(n, at, "o", color=style.BLUE, ms=3)
        axes.set_ylim(len(n), 0)
        axes.set_yticks([])
        ax.count_axis(axes, "x", top, 2)
        axes.grid(axis="x")
        axes.tick_params(axis="x", length=0)
    axes.spines.bottom.set_visible(False)


def _key(axes, limits, any_hidden: bool, narrow: bool) -> None:
    from matplotlib.patches import Rectangle

    axes.set_axis_off()
    fills = colours(limits)
    full = axes.get_position().width * axes.figure.get_figwidth()
    axes.set_xlim(0, full)
    axes.set_ylim(0.6, 0)
    said = written(limits)
    wide = max(0.42, 0.08 * max(map(len, said), default=0) + 0.1)
    wide = min(wide, full / len(fills))
    for k, fill in enumerate(fills):
        axes.add_patch(Rectangle((k * wide, 0), wide * 0.98, 0.17, fc=fill, lw=0))
    for k, words in enumerate(said):
        axes.text((k + 1) * wide, 0.2, words, ha="center", va="top")
    if any_hidden:
        x, y = (0, 0.42) if narrow else (len(fills) * wide + 0.2, 0)
        ink = style.HIDDEN_HATCH
        axes.add_patch(
            Rectangle((x, y), 0.25, 0.17, fc=style.HIDDEN, ec=ink, hatch="---", lw=0)
        )
        axes.text(x + 0.32, y + 0.085, hidden_words(), va="center", fontsize=8.5)
