"""One interval an area (or a group), in the order given, with the city's own value as a line.

Never a ranking: rows stand in code or alphabetical order, and what an interval says is whether the city's
line runs through it. Few areas are rows with names, more of them stand in columns, and past that each area
is one upright line, so that 1 area and 271 areas both fit a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import t
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.charts.strips import Rows, strips
from safelearn.views.released import (
    hidden,
    hidden_row_words,
    released,
    texts,
    values,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: Rows in one column, columns on a page, and how many rows a phone's column may run to.
_ROWS, _COLUMNS, _NARROW_ROWS = 32, 3, 70
_PITCH = 0.152


def ranges(
    table: Approved,
    *,
    unit: str,
    label: str = "area_name",
    value: str = "eb",
    lower: str = "eb_lower",
    upper: str = "eb_upper",
    raw: str | None = None,
    mark: str | None = "mark",
    reference: tuple[float, str] | None = None,
    colours: Sequence[str] | None = None,
    share: bool = False,
    top: float | None = None,
) -> Callable[[bool], Figure]:
    """Draw a dot and an interval a row.

    Parameters
    ----------
    table : Approved
        One row an area or group, in the order in which it is to stand.
    unit : str
        What the numbers are ("Homicides per 100,000 residents").
    label, value, lower, upper : str
        Columns.
    raw : str, optional
        The column of the raw rate, drawn as a black tick.
    mark : str, optional
        The column that says "unstable"; those rows are grey, dashed and hollow.
    reference : (value, words), optional
        The city's own value, drawn as a line and named.
    colours : sequence of str, optional
        One a row, for groups; blue otherwise.
    share : bool
        Whether values are shares of one, written as percentages.
    top : float, optional
        The end of the axis; the data's own otherwise.
    """
    table = released(table)
    count = len(table.frame)
    marks = texts(table, mark) if mark and mark in table.frame else [""] * count
    rows = Rows(
        texts(table, label),
        values(table, value),
        values(table, lower),
        values(table, upper),
        values(table, raw) if raw else np.full(count, np.nan),
        np.array([m == "unstable" for m in marks], bool),
        hidden(table, value, lower, upper),
        list(colours) if colours else [style.BLUE] * count,
        hidden_row_words(table),
    )
    line = reference[0] if reference else np.nan
    end = top or ax.top_of(
        rows.value, rows.upper, rows.raw, [line], least=0.05 if share else 1
    )

    def draw(narrow: bool) -> Figure:
        columns = 1 if narrow else int(np.ceil(count / _ROWS))
        if columns > _COLUMNS or count > (_NARROW_ROWS if narrow else count):
            return strips(rows, narrow, unit, reference, share, end)
        each = int(np.ceil(count / max(columns, 1))) or 1
        figure, axes = style.frame(
            narrow, each * _PITCH + 0.7, ncols=max(columns, 1), squeeze=False
        )
        for k, one in enumerate(axes[0]):
            _column(
                one, rows.part(slice(k * each, (k + 1) * each)), each, narrow, columns
            )
            ax.count_axis(
                one, "x", end, 7 if columns == 1 else 3, share=share, whole=False
            )
            if reference:
                _reference(one, *reference, each, named=k == 0)
        figure.supxlabel(unit, fontsize=style.SIZE, color=style.INK2)
        return figure

    return draw


def _column(axes, rows: Rows, each: int, narrow: bool, columns: int) -> None:
    at = np.arange(each)[::-1][: len(rows.names)]
    ax.row_axes(axes)
    for k, y in enumerate(at):
        _row(axes, rows, k, y)
    width = 28 if columns == 1 and not narrow else 18 if columns == 1 else 44 // columns
    axes.set_yticks(at, [labels.wrapped(name, width, 1) for name in rows.names])
    axes.set_ylim(-0.7, each - 0.3)
    if each > 8:
        axes.tick_params(axis="x", labeltop=True)


def _row(axes, rows: Rows, k: int, y: float) -> None:
    if rows.hidden[k] or not np.isfinite(rows.value[k]):
        words = rows.words[k] if rows.hidden[k] else t("no rate")
        axes.annotate(
            words,
            (0, y),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=style.INK2,
            fontsize=8.5,
            zorder=5,
            bbox={"fc": "white", "ec": "none", "pad": 1},
        ).set_in_layout(False)
        return
    muted = rows.unstable[k]
    colour = style.CONTEXT if muted else rows.colours[k]
    axes.hlines(
        y,
        rows.lower[k],
        rows.upper[k],
        color=colour,
        lw=2.4,
        ls=(0, (1.2, 1)) if muted else "-",
    )
    axes.plot(
        rows.value[k],
        y,
        "o",
        ms=6.5,
        mew=1.6,
        mec=colour,
        color="white" if muted else colour,
        clip_on=False,
    )
    if np.isfinite(rows.raw[k]):
        axes.plot(rows.raw[k], y, "|", ms=10, mec=style.INK, mew=1.4)


def _reference(axes, at: float, words: str, each: int, named: bool) -> None:
    axes.axvline(at, color=style.INK, lw=1)
    axes.set_ylim(-0.7, each + 0.6)
    if not named:
        return
    low, high = axes.get_xlim()
    start = at < (low + high) / 2
    axes.annotate(
        words,
        (at, each + 0.02),
        xytext=(5 if start else -5, 0),
        textcoords="offset points",
        ha="left" if start else "right",
        va="center",
        weight="bold",
        path_effects=style.halo(),
    ).set_in_layout(False)
