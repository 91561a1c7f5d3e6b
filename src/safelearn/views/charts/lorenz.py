"""How far events gather in few places: the share of events in the share of places that has most of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import percent, t
from safelearn.views import labels, style
from safelearn.views.released import released, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def lorenz(
    table: Approved,
    *,
    places: str = "places_share",
    events: str = "events_share",
    lower: str | None = None,
    upper: str | None = None,
    even: str | None = None,
    points: Sequence[tuple[float, str]] = (),
    places_unit: str = "",
    events_unit: str = "",
) -> Callable[[bool], Figure]:
    """Draw the curve with the line of an even spread.

    Parameters
    ----------
    table : Approved
        Cumulative shares of places and of events, from 0 to 1, places with most or with fewest events
        first (the axis says which).
    lower, upper : str, optional
        The interval of the curve.
    even : str, optional
        The curve that an even spread of so few events would give by chance. With fewer events than
        places the straight diagonal cannot be reached, and would exaggerate concentration.
    points : sequence of (share of places, words)
        Up to three to name.
    places_unit, events_unit : str
        Words for the two axes.
    """
    table = released(table)
    x, y = values(table, places), values(table, events)
    most_first = np.nanmean(y - x) >= 0
    order = (
        t("Share of places, those with most events first")
        if most_first
        else t("Share of places, those with fewest events first")
    )
    bands = [None if c is None else values(table, c) for c in (lower, upper, even)]

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 3.7, 3.5)
        low, high, chance = bands
        axes.plot([0, 1], [0, 1], color=style.INK2, lw=1)
        if low is not None and high is not None:
            axes.fill_between(x, low, high, color=style.BLUE, alpha=0.2, lw=0)
        if chance is not None:
            axes.plot(x, chance, color=style.CONTEXT, lw=1.6, ls=(0, (3, 2)))
        axes.plot(x, y, color=style.BLUE, lw=2.4, clip_on=False)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.005)
        ticks = np.arange(0, 1.01, 0.25)
        axes.set_xticks(ticks, [percent(v, 0) for v in ticks])
        axes.set_yticks(ticks, [percent(v, 0) for v in ticks])
        axes.grid(axis="both")
        axes.set_xlabel(places_unit or order)
        axes.set_title(
            events_unit or t("Share of events"),
            weight="normal",
            color=style.INK2,
            fontsize=style.SIZE,
        )
        _name(axes, x, y, chance, points)
        return figure

    return draw


def _name(axes, x, y, chance, points) -> None:
    spots = [(share, float(np.interp(share, x, y))) for share, _ in points][:3]
    words = [text for _, text in points][:3]
    for spot in spots:
        axes.plot(*spot, "o", color=style.BLUE, ms=6, mec="white", mew=1.2, zorder=5)
    spots.append((0.62, 0.62))
    words.append(t("an even spread"))
    if chance is not None:
        spots.append((0.3, float(np.interp(0.3, x, chance))))
        words.append(t("by chance alone"))
    grid = np.linspace(0, 1, 150)
    drawn = [np.c_[grid, np.interp(grid, x, y)], np.c_[grid, grid]]
    if chance is not None:
        drawn.append(np.c_[grid, np.interp(grid, x, chance)])
    labels.place(axes, spots, words, np.vstack(drawn))
