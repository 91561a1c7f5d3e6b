"""Two groups side by side, question by question: a dot and its interval for each, told apart by shape and place.

The first group is a filled circle above, the second a hollow diamond below, so that nothing needs colour. Rows whose
difference is clear are bold; a row that is not shown says so in words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import t
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_PITCH, _PITCH_NARROW = 0.3, 0.44
#: How far above and below its row's middle each group stands.
_OFFSET = 0.17


def pairs(
    table: Approved,
    *,
    sides: tuple[tuple[str, str], tuple[str, str]],
    unit: str,
    label: str = "item_name",
    side: str = "who",
    bold: Collection[str] = (),
) -> Callable[[bool], Figure]:
    """Draw a row for each label, in the order of the table, with both groups on it.

    Parameters
    ----------
    table : Approved
        One row a label and group, with shares of one in ``value, lower, upper``; rows of other groups are left out.
    sides : pair of (value, words)
        The two groups: their value in the column `side`, and what they are called.
    unit : str
        What the shares are of.
    label, side : str
        Columns.
    bold : collection of str
        Labels whose difference is clear.
    """
    table = released(table)
    names, who = texts(table, label), texts(table, side)
    value, lower, upper = (values(table, c) for c in ("value", "lower", "upper"))
    rows = list(dict.fromkeys(names))
    at = {key: k for k, key in enumerate(zip(names, who, strict=True))}
    top = min(ax.top_of(upper, value, least=0.05), 1.0)

    def draw(narrow: bool) -> Figure:
        pitch = _PITCH_NARROW if narrow else _PITCH
        figure, axes = style.frame(narrow, max(len(rows), 1) * pitch + 0.95)
        ax.row_axes(axes)
        height = np.arange(len(rows))[::-1].astype(float)
        # On a phone the name stands over its row: beside it, it would take half the width.
        shift = -0.14 if narrow else 0.0
        for name, y in zip(rows, height + shift, strict=True):
            shown = False
            for k, (code, _) in enumerate(sides):
                found = at.get((name, code))
                if found is None or not np.isfinite(value[found]):
                    continue
                shown = True
                where = y + (_OFFSET if k == 0 else -_OFFSET) * (0.7 if narrow else 1)
                _dot(axes, where, value[found], lower[found], upper[found], k)
            if not shown:
                _no_value(axes, y)
        ax.count_axis(axes, "x", top, 4 if narrow else 7, share=True, whole=False)
        axes.set_ylim(-0.65, len(rows) - 0.45 + 0.2 * narrow)
        _names(axes, rows, height, bold, narrow)
        _legend(axes, [words for _, words in sides], narrow)
        figure.supxlabel(unit, fontsize=style.SIZE, color=style.INK2)
        return figure

    return draw


def _dot(axes, y, value, lower, upper, k) -> None:
    colour = (style.BLUE, style.ORANGE)[k]
    axes.hlines(y, lower, upper, color=colour, lw=2.2 if k == 0 else 1.4)
    axes.plot(
        value,
        y,
        **_marker(k),
        clip_on=False,
        zorder=4,
    )


def _marker(k: int) -> dict[str, object]:
    """Filled circle or hollow diamond."""
    if k == 0:
        return {"marker": "o", "ms": 6.5, "color": style.BLUE, "ls": "none"}
    return {
        "marker": "D",
        "ms": 5.2,
        "color": "white",
        "mec": style.ORANGE,
        "mew": 1.5,
        "ls": "none",
    }


def _no_value(axes, y) -> None:
    axes.annotate(
        t("too few answers"),
        (0, y),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        color=style.INK2,
        fontsize=8.5,
    ).set_in_layout(False)


def _names(axes, rows, height, bold, narrow) -> None:
    weights = ["bold" if name in bold else "normal" for name in rows]
    if narrow:
        axes.set_yticks([])
        for name, y, weight in zip(rows, height, weights, strict=True):
            axes.text(
                0, y + 0.14, labels.wrapped(name, 52, 1), va="bottom", weight=weight
            ).set_in_layout(False)
        return
    axes.set_yticks(height, [labels.wrapped(name, 34) for name in rows])
    for tick, weight in zip(axes.get_yticklabels(), weights, strict=True):
        tick.set(weight=weight, linespacing=1.0, va="center")


def _legend(axes, words, narrow) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], label=labels.wrapped(text, 30 if narrow else 44), **_marker(k))
        for k, text in enumerate(words)
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=1 if narrow else 2,
        frameon=False,
        borderaxespad=0.2,
        handletextpad=0.4,
        fontsize=style.SIZE,
    )
