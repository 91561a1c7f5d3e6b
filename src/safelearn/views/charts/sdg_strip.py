"""Which indicators of the global goals are measured: a row of cells a goal, each with its code.

The states differ in fill, in pattern and in the code's weight, so that nothing depends on colour, and the table behind
the figure says them in words. An empty row is the finding: for that goal nobody counts safety.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from safelearn.views import style
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

FULL, HALF, EMPTY, COMING = "measured", "partly", "missing", "comes later"
#: Inches: a cell and the gap after it.
_WIDE, _TALL, _GAP = 0.52, 0.27, 0.05


def sdg_strip(
    table: Approved,
    *,
    goals: Mapping[int, str],
    states: Mapping[str, str],
    goal: str = "goal",
    code: str = "sdg",
    state: str = "state",
) -> Callable[[bool], Figure]:
    """Draw the strip.

    Parameters
    ----------
    table : Approved
        One row an indicator of the goals: its goal (a number), its code and its state.
    goals : mapping of int to str
        What each goal is called, translated.
    states : mapping of str to str
        The four states (`FULL`, `HALF`, `EMPTY`, `COMING`) in words, translated, in the order of the key.
    """
    table = released(table)
    numbers = values(table, goal).astype(int)
    codes, found = texts(table, code), texts(table, state)
    rows = {
        one: [(codes[i], found[i]) for i in np.flatnonzero(numbers == one)]
        for one in dict.fromkeys(numbers.tolist())
    }

    def draw(narrow: bool) -> Figure:
        left = 0.0 if narrow else 1.5
        each = int(((style.NARROW if narrow else style.WIDE) - left) // (_WIDE + _GAP))
        head = 0.22 if narrow else 0.0
        heights = [
            head + -(-len(cells) // each) * (_TALL + _GAP) + (0.08 if narrow else 0.03)
            for cells in rows.values()
        ]
        present = {k: v for k, v in states.items() if k in set(found)}
        key = 0.12 + 0.32 * -(-len(present) // (2 if narrow else 4))
        tall = sum(heights) + key
        figure = style.sheet(narrow, tall)
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, figure.get_figwidth())
        axes.set_ylim(tall, 0)
        y = 0.0
        for (one, cells), height in zip(rows.items(), heights, strict=True):
            name = f"{one}  {goals.get(one, '')}"
            if narrow:
                axes.text(0.02, y + 0.13, name, va="center", weight="bold")
            else:
                axes.text(0.02, y + _TALL / 2 + 0.02, name, va="center", weight="bold")
            for k, (label, what) in enumerate(cells):
                x = left + (k % each) * (_WIDE + _GAP)
                _cell(axes, x, y + head + k // each * (_TALL + _GAP), what, label)
            y += height
        _key(axes, y + 0.1, present, narrow)
        return figure

    return draw


def _cell(axes: Axes, x: float, y: float, state: str, label: str, wide=_WIDE) -> None:
    from matplotlib.patches import Polygon, Rectangle

    box = {"xy": (x, y + 0.01), "width": wide, "height": _TALL}
    ink = style.INK
    if state == FULL:
        axes.add_patch(Rectangle(**box, fc=style.BLUE, ec=style.BLUE, lw=0.8))
        ink = "white"
    elif state == HALF:
        axes.add_patch(Rectangle(**box, fc=style.SEQUENTIAL[0], ec=style.BLUE, lw=0.8))
        corner = [
            (x, y + 0.01 + _TALL),
            (x + wide, y + 0.01 + _TALL),
            (x, y + 0.01 + _TALL * 0.45),
        ]
        axes.add_patch(Polygon(corner, fc=style.SEQUENTIAL[1], ec="none"))
    elif state == COMING:
        axes.add_patch(
            Rectangle(
                **box, fc=style.NO_DATA, ec=style.NO_DATA_HATCH, lw=0, hatch="////"
            )
        )
    else:
        axes.add_patch(
            Rectangle(**box, fc="white", ec=style.CONTEXT, lw=0.8, ls=(0, (2, 1.5)))
        )
    axes.text(
        x + wide / 2,
        y + 0.02 + _TALL / 2,
        label,
        ha="center",
        va="center",
        color=ink,
        fontsize=8.5,
        weight="bold" if state == FULL else "normal",
        path_effects=style.halo(style.NO_DATA, 2) if state == COMING else None,
    )


def _key(axes: Axes, y: float, states: Mapping[str, str], narrow: bool) -> None:
    columns = 2 if narrow else 4
    for k, (state, words) in enumerate(states.items()):
        x = 0.02 + (k % columns) * (1.65 if narrow else 1.5)
        at = y + k // columns * 0.32
        _cell(axes, x, at - 0.02, state, "", wide=0.3)
        axes.text(x + 0.36, at + 0.13, words, va="center", color=style.INK2)
