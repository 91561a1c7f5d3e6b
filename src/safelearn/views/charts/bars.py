"""Counts by offence (or any names): bars from zero with their interval, hidden ones in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import NONE, number, percent, span
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_PITCH, _PITCH_NARROW = 0.3, 0.44
#: Points that the bars have to grow in, about.
_ROOM, _ROOM_NARROW = 350, 215


def bars(
    table: Approved,
    *,
    unit: str,
    label: str = "offence_name",
    value: str = "n",
    lower: str = "lower",
    upper: str = "upper",
    share: bool = False,
    digits: int = 0,
) -> Callable[[bool], Figure]:
    """Draw one bar a row, in the order of the table.

    Parameters
    ----------
    table : Approved
        Names, values and their intervals.
    unit : str
        What the bars count.
    label, value, lower, upper : str
        Columns; no `lower` and `upper` where everything was counted.
    share : bool
        Whether values are shares of one, written as percentages.
    digits : int
        Decimals of the written values, for rates.
    """
    table = released(table)
    names = texts(table, label)
    n = values(table, value)
    # Accounts are counted whole: they have no interval.
    low, high = (
        values(table, c) if c else np.full(len(n), np.nan) for c in (lower, upper)
    )
    away = hidden(table, value)
    top = ax.top_of(n, high, least=0.01 if share else 1)

    def write(v: float) -> str:
        return percent(v) if share else number(v, digits)

    said = [_said(*row, write) for row in zip(n, low, high, away, strict=True)]
    ends = np.where(np.isfinite(high), np.fmax(n, high), n)

    def draw(narrow: bool) -> Figure:
        pitch = _PITCH_NARROW if narrow else _PITCH
        figure, axes = style.frame(narrow, max(len(names), 1) * pitch + 0.6)
        at = np.arange(len(names))[::-1]
        # On a phone the name stands over its bar: beside it, it would take half the width.
        y = at - 0.18 if narrow else at
        axes.barh(y, np.nan_to_num(n), 0.42 if narrow else 0.62, color=style.BLUE)
        axes.hlines(y, low, high, color=style.INK, lw=1.4)
        for k, there in enumerate(y):
            axes.annotate(
                said[k],
                (ends[k] if np.isfinite(n[k]) else 0, there),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=style.INK if np.isfinite(n[k]) else style.INK2,
                path_effects=style.halo(),
            ).set_in_layout(False)
        ax.row_axes(axes)
        room = _ROOM_NARROW if narrow else _ROOM
        ax.count_axis(
            axes,
            "x",
            ax.room_for_words(ends, said, top, room),
            4 if narrow else 6,
            share=share,
            whole=not digits,
        )
        axes.set_ylim(-0.6, len(names) - 0.4 + 0.15 * narrow)
        if narrow:
            axes.set_yticks([])
            for k, there in enumerate(at):
                axes.text(
                    0, there + 0.08, labels.wrapped(names[k], 52, 1), va="bottom"
                ).set_in_layout(False)
        else:
            axes.set_yticks(at, [labels.wrapped(name, 34) for name in names])
            axes.tick_params(axis="y", labelsize=style.SIZE)
            for tick in axes.get_yticklabels():
                tick.set(linespacing=1.0, va="center")
        axes.axvline(0, color=style.INK2, lw=0.8)
        axes.set_xlabel(unit)
        return figure

    return draw


def _said(value, low, high, is_hidden, write) -> str:
    if is_hidden:
        return hidden_words()
    if not np.isfinite(value):
        return NONE
    if not (np.isfinite(low) and np.isfinite(high)):
        return write(value)
    return f"{write(value)} ({span(write(low), write(high))})"
