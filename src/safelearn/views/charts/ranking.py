"""What each group puts first: options by groups, one cell each, with the place and how many points stand behind it.

A darker cell holds more points; the number in it is the place, so that nothing needs colour. A ring marks what cannot
be told apart from a group's first choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, percent, t
from safelearn.views import labels, style
from safelearn.views.maps.classes import is_dark
from safelearn.views.released import hidden, released, texts, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: Limits between the five classes of points, which run from 0 to 1.
LIMITS = (0.2, 0.4, 0.6, 0.8)
_ROW, _ROW_NARROW, _NAMES = 0.4, 0.52, 2.35


def ranking(
    table: Approved,
    *,
    option: str = "option",
    group: str = "group_name",
    points: str = "points",
    place: str = "place",
    first: str = "first",
) -> Callable[[bool], Figure]:
    """Draw options by groups.

    Parameters
    ----------
    table : Approved
        One row an option and group, `points` from 0 to 1, `place` from 1, and `first`: "yes" where an option cannot be
        told apart from the group's first.
    option, group, points, place, first : str
        Columns.
    """
    table = released(table)
    names, groups = texts(table, option), texts(table, group)
    rows, columns = list(dict.fromkeys(names)), list(dict.fromkeys(groups))
    cells = [
        (rows.index(n), columns.index(g), p, k, f == "yes", away)
        for n, g, p, k, f, away in zip(
            names, groups, values(table, points), values(table, place), texts(table, first),
            hidden(table, points), strict=True,
        )
    ]  # fmt: skip

    def draw(narrow: bool) -> Figure:
        full = style.NARROW if narrow else style.WIDE
        pitch = _ROW_NARROW if narrow else _ROW
        left = 0.0 if narrow else _NAMES
        wide = (full - left) / len(columns)
        heads = [labels.wrapped(c, max(6, int(wide * 14.5)), 3) for c in columns]
        top = 0.12 + 0.16 * max(h.count("\n") + 1 for h in heads)
        tall = pitch * len(rows)
        total = top + tall + 0.6
        figure = style.sheet(narrow, total)
        figure.set_layout_engine("none")
        axes = figure.add_axes(
            (left / full, 1 - (top + tall) / total, 1 - left / full, tall / total)
        )
        axes.set_axis_off()
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        for i, j, *cell in cells:
            # On a phone the option stands over its cells: beside them, it would take half the width.
            _cell(axes, (j, i), (0.38 if narrow else 0.03), *cell)
        for j, head in enumerate(heads):
            axes.text(
                j + 0.5,
                -0.1 if not narrow else 0.0,
                head,
                ha="center",
                va="bottom",
                linespacing=1.05,
                fontsize=8.5,
            )
        for i, name in enumerate(rows):
            if narrow:
                axes.text(
                    0.02,
                    i + 0.33,
                    labels.wrapped(name, 52, 1),
                    va="bottom",
                    weight="bold",
                )
            else:
                axes.text(
                    -0.06 / wide,
                    i + 0.5,
                    labels.wrapped(name, 31, 2),
                    ha="right",
                    va="center",
                    linespacing=1.05,
                )
        _key(figure, (left, top + tall + 0.12), full - left, total)
        return figure

    return draw


def _cell(
    axes: Axes,
    at: tuple[int, int],
    above: float,
    points: float,
    place: float,
    first: bool,
    away: bool,
) -> None:
    from matplotlib.patches import Rectangle

    x, y = at
    box = (x + 0.02, y + above), 0.96, 0.97 - above
    if away or not np.isfinite(points):
        axes.add_patch(
            Rectangle(*box, fc=style.HIDDEN, ec=style.HIDDEN_HATCH, hatch="---", lw=0)
        )
        return
    fill = style.SEQUENTIAL[int(np.digitize(points, LIMITS))]
    axes.add_patch(Rectangle(*box, fc=fill, lw=0))
    ink = "white" if is_dark(fill) else style.INK
    middle = y + above + box[2] / 2
    ring = (
        {"boxstyle": "circle,pad=0.28", "fc": "none", "ec": ink, "lw": 1.3}
        if first
        else None
    )
    axes.text(
        x + 0.5,
        middle,
        number(place),
        ha="center",
        va="center",
        color=ink,
        weight="bold" if first else "normal",
        bbox=ring,
    )


def _key(figure: Figure, at: tuple[float, float], width: float, total: float) -> None:
    """Classes of points with their limits, and what the ring means."""
    from matplotlib.patches import Rectangle

    axes = figure.add_axes((0, 0, 1, 1), zorder=5)
    axes.set_axis_off()
    axes.set_xlim(0, figure.get_figwidth())
    axes.set_ylim(total, 0)
    left, top = at
    each = min(0.42, width / 12)
    for k, fill in enumerate(style.SEQUENTIAL):
        axes.add_patch(
            Rectangle((left + k * each, top), each * 0.97, 0.15, fc=fill, lw=0)
        )
    for k, limit in enumerate(LIMITS):
        axes.text(
            left + (k + 1) * each,
            top + 0.18,
            percent(limit),
            ha="center",
            va="top",
            fontsize=8,
        )
    axes.text(
        left + 5 * each + 0.1,
        top + 0.075,
        t("of the most points"),
        va="center",
        fontsize=8.5,
    )
    side = left + 5 * each + 1.35
    if side + 1.2 > left + width:
        return
    axes.text(side, top + 0.075, "1", va="center", ha="center", fontsize=8, weight="bold",
              bbox={"boxstyle": "circle,pad=0.2", "fc": "none", "ec": style.INK, "lw": 1.2})  # fmt: skip
    axes.text(
        side + 0.18,
        top + 0.075,
        labels.wrapped(t("may be the first choice"), 30, 1),
        va="center",
        fontsize=8.5,
    )
