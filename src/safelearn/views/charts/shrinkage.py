"""Each area's own rate and its smoothed rate, by how many people live there: the funnel that small numbers make.

A ring is the area's own rate, a dot the smoothed one, a line between them is what smoothing moved. On the left, where
few people live, rings lie far apart by chance and lines are long. One area stands out, with the interval of its risk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, t
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def shrinkage(table: Approved, *, mean: float, unit: str) -> Callable[[bool], Figure]:
    """Draw the funnel.

    Parameters
    ----------
    table : Approved
        ``area_name``, ``population``, ``rate`` (its own), ``eb`` with ``eb_lower`` and ``eb_upper``, and ``chosen``:
        "yes" for the area that stands out.
    mean : float
        The rate of all areas together.
    unit : str
        What the rates are.
    """
    table = released(table)
    people, raw, smooth = (values(table, c) for c in ("population", "rate", "eb"))
    lower, upper = values(table, "eb_lower"), values(table, "eb_upper")
    chosen = np.array([w == "yes" for w in texts(table, "chosen")], bool)
    names = texts(table, "area_name")
    # One tiny area with one event would press all others to the ground.
    most = np.nanmax([np.nanquantile(raw, 0.97) * 1.25, *smooth, *upper[chosen], mean])
    top = float(max(most, *np.minimum(raw[chosen], 2 * most), 1) * 1.06)

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 3.7, 3.6)
        axes.set_xscale("log")
        axes.axhline(mean, color=style.INK, lw=1, zorder=1)
        for k in np.argsort(chosen, kind="stable"):
            colour = style.ORANGE if chosen[k] else style.BLUE
            ring = style.ORANGE if chosen[k] else style.CONTEXT
            end = min(raw[k], top)
            axes.plot([people[k]] * 2, [end, smooth[k]], color=ring, lw=1.0, zorder=2)
            if chosen[k]:
                axes.plot(
                    [people[k]] * 2, [lower[k], upper[k]], color=colour, lw=4, alpha=0.35, zorder=2,
                    solid_capstyle="butt",
                )  # fmt: skip
            above = raw[k] > top
            axes.plot(people[k], end, "^" if above else "o", ms=6, mfc="white", mec=ring, mew=1.4,
                      zorder=3, clip_on=False)  # fmt: skip
            axes.plot(people[k], smooth[k], "o", ms=6, color=colour, zorder=4)
        ax.count_axis(axes, "y", top)
        ax.unit_above(axes, unit)
        low, high = people.min(), people.max()
        axes.set_xlim(low / 1.35, high * 1.35)
        ticks = _round_numbers(low / 1.3, high * 1.3, 4 if narrow else 8)
        axes.set_xticks(ticks, [number(v) for v in ticks])
        axes.xaxis.set_minor_locator(_none())
        axes.set_xlabel(t("Residents"))
        axes.annotate(
            labels.wrapped(t("all areas together: {rate}", rate=number(mean)), 14, 3), (1, mean),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0), textcoords="offset points", ha="left", va="center", weight="bold",
        )  # fmt: skip
        drawn = np.r_[np.c_[people, np.minimum(raw, top)], np.c_[people, smooth]]
        at = [(people[k], smooth[k]) for k in np.flatnonzero(chosen)]
        labels.place(
            axes, at, [n for n, c in zip(names, chosen, strict=True) if c], drawn
        )
        return figure

    return draw


def _none() -> object:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def _round_numbers(low: float, high: float, most: int) -> list[float]:
    """1, 2, 5, 10 ... between two numbers, at most so many."""
    found = [m * 10**e for e in range(8) for m in (1, 2, 5) if low <= m * 10**e <= high]
    while len(found) > most:
        found = found[::2]
    return [float(v) for v in found]
