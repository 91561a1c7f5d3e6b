"""Two figures an area at once, with the uncertainty of both: a cross a place, and the city's values as lines.

Places that can be told apart from the city on both are dark and named; all others stay grey, because their crosses
reach over a line. Nothing is ranked, and the plane has words in its corners, so that nothing needs colour.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, percent
from safelearn.views import labels, style
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: Ticks of a scale on which half and double weigh the same.
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
#: More names than this are written as codes on a page, and always on a phone.
_MOST_NAMES = 20


def quadrant(
    table: Approved,
    *,
    across: tuple[str, str, str],
    up: tuple[str, str, str],
    city: tuple[float, float],
    across_unit: str,
    up_unit: str,
    corners: tuple[str, str, str, str],
    city_words: tuple[str, str],
    place: str,
    placed: Collection[str],
    name: str,
    code: str,
) -> Callable[[bool], Figure]:
    """Draw a cross for each row that has both figures.

    Parameters
    ----------
    table : Approved
        One row a place.
    across, up : tuple of str
        Columns of value, lower and upper limit: the first on a scale where half and double weigh the same, the second
        shares of one.
    city : (float, float)
        The city's own values, across and up.
    across_unit, up_unit : str
        What is drawn.
    corners : four str
        What lies in each quadrant: top left, top right, bottom left, bottom right.
    city_words : (str, str)
        Names of the city's upright and level line.
    place : str
        Column that says in which quadrant a row can be placed.
    placed : collection of str
        Its values that are quadrants.
    name, code : str
        Columns of the place's name and of its code.
    """
    table = released(table)
    x, x_low, x_high = (values(table, c) for c in across)
    y, y_low, y_high = (values(table, c) for c in up)
    shown = np.isfinite(x) & np.isfinite(y) & (x > 0)
    strong = shown & np.isin(texts(table, place), list(placed))
    full, short = texts(table, name), texts(table, code)
    x_low = np.where(x_low > 0, x_low, x / 20)
    low = min([*x_low[shown] * 0.9, city[0] * 0.6])
    high = max([*np.nan_to_num(x_high[shown]) * 1.1, city[0] * 1.6])

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 4.6, 4.3)
        axes.set_xscale("log")
        axes.set_xlim(low, high)
        axes.set_ylim(0, 1)
        axes.grid(axis="both")
        for k in np.flatnonzero(shown):
            _cross(
                axes,
                (x[k], x_low[k], x_high[k]),
                (y[k], y_low[k], y_high[k]),
                strong[k],
            )
        axes.axvline(city[0], color=style.INK, lw=1, zorder=3)
        axes.axhline(city[1], color=style.INK, lw=1, zorder=3)
        _ticks(axes, low, high)
        axes.set_xlabel(labels.wrapped(across_unit, 46 if narrow else 90, 3))
        axes.set_title(
            labels.wrapped(up_unit, 46 if narrow else 90, 2), weight="normal", color=style.INK2,
            fontsize=style.SIZE,
        )  # fmt: skip
        corner_notes = _corners(axes, corners, narrow)
        at = np.flatnonzero(strong)
        words = [short[k] if narrow or len(at) > _MOST_NAMES else full[k] for k in at]
        points = [(x[k], y[k]) for k in at]
        points += [(city[0], 0.03), (high * 0.98, city[1])]
        words += list(city_words)
        arms = _along(x_low[at], x_high[at], x[at], y[at], y_low[at], y_high[at])
        labels.place(
            axes, points, words, np.r_[arms, np.c_[x[shown], y[shown]]], corner_notes
        )
        return figure

    return draw


def _cross(axes, across: Sequence[float], up: Sequence[float], strong: bool) -> None:
    colour = style.BLUE if strong else style.CONTEXT
    line = {
        "color": colour,
        "lw": 1.3 if strong else 0.7,
        "alpha": 1 if strong else 0.45,
    }
    layer = 5 if strong else 2
    axes.plot([across[1], across[2]], [up[0], up[0]], zorder=layer, **line)
    axes.plot([across[0], across[0]], [up[1], up[2]], zorder=layer, **line)
    axes.plot(
        across[0], up[0], "o", ms=6 if strong else 4, color=colour if strong else "white", mec=colour,
        mew=1, zorder=layer + 1,
    )  # fmt: skip


def _ticks(axes, low: float, high: float) -> None:
    from matplotlib.ticker import NullFormatter, NullLocator

    at = [v for v in _TICKS if low <= v <= high]
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xticks(at, [number(v, 0 if v >= 1 else 1) for v in at])
    shares = np.arange(0, 1.01, 0.25)
    axes.set_yticks(shares, [percent(v, 0) for v in shares])


def _corners(axes, corners: Sequence[str], narrow: bool) -> list:
    places = ((0.012, 0.985), (0.988, 0.985), (0.012, 0.015), (0.988, 0.015))
    return [
        axes.text(
            *at, labels.wrapped(text, 17 if narrow else 26, 3), transform=axes.transAxes,
            ha="left" if at[0] < 0.5 else "right", va="top" if at[1] > 0.5 else "bottom",
            color=style.INK2, style="italic", path_effects=style.halo(), zorder=7,
        )
        for at, text in zip(places, corners, strict=True)
    ]  # fmt: skip


def _along(x_low, x_high, x, y, y_low, y_high) -> np.ndarray:
    """Points along the arms of the named crosses, which labels must not cover."""
    steps = np.linspace(0, 1, 14)
    across = x_low[:, None] * (x_high / x_low)[:, None] ** steps
    up = y_low[:, None] + (y_high - y_low)[:, None] * steps
    level, upright = np.repeat(y, len(steps)), np.repeat(x, len(steps))
    return np.r_[np.c_[across.ravel(), level], np.c_[upright, up.ravel()]]
