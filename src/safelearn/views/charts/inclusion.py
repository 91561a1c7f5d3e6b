"""Who takes part over who lives here: a dot and an interval a group, on a scale where half and double weigh the same.

The line at 1 says "as many as live here"; left of the shaded edge at 0.8 a group counts as too few. Seats on a
committee are hollow diamonds, since they are counted and not sampled. Nobody at all is an arrow at the left edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_PITCH, _PITCH_NARROW = 0.36, 0.56
_LEFT, _RIGHT, _EDGE = 0.1, 10.0, 0.8
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)


def inclusion(
    record: Approved,
    seats: Approved | None,
    groups: Sequence[str],
    names: Mapping[str, str],
    *,
    unit: str,
    words: tuple[str, str],
) -> Callable[[bool], Figure]:
    """Draw one row a group.

    Parameters
    ----------
    record : Approved
        `group`, `representation`, `lower`, `upper`: one row a group.
    seats : Approved or None
        `group`, `representation`.
    groups : sequence of str
        Which groups, in the order in which they are to stand.
    names : mapping of str
        What each group is called.
    unit : str
        What the ratio compares.
    words : (str, str)
        What the dot and the diamond are.
    """
    record = released(record)
    rows = dict(zip(texts(record, "group"), _rows(record), strict=True))
    chairs: dict[str, float] = {}
    if seats is not None:
        seats = released(seats)
        chairs = dict(
            zip(texts(seats, "group"), values(seats, "representation"), strict=True)
        )

    def draw(narrow: bool) -> Figure:
        pitch = _PITCH_NARROW if narrow else _PITCH
        figure, axes = style.frame(narrow, max(len(groups), 1) * pitch + 1.0)
        ax.row_axes(axes)
        axes.set_xscale("log")
        axes.set_xlim(_LEFT, _RIGHT)
        _ticks(axes, narrow)
        axes.axvspan(_LEFT, _EDGE, color=style.PANEL, zorder=0)
        axes.axvline(1, color=style.INK, lw=1)
        height = np.arange(len(groups))[::-1].astype(float)
        shift = -0.17 if narrow else 0.0
        for group, y in zip(groups, height + shift, strict=True):
            both = np.isfinite(chairs.get(group, np.nan))
            _dot(axes, y + 0.13 * both, *rows.get(group, (np.nan,) * 3 + (False,)))
            if both:
                _diamond(axes, y - 0.16, chairs[group])
        axes.set_ylim(-0.65, len(groups) - 0.45 + 0.2 * narrow)
        _name(axes, [names.get(g, g) for g in groups], height, narrow)
        _legend(axes, words[: 2 if chairs else 1], narrow)
        figure.supxlabel(
            labels.wrapped(unit, 56 if narrow else 110, 2),
            fontsize=style.SIZE,
            color=style.INK2,
        )
        return figure

    return draw


def _rows(table: Approved) -> list[tuple[float, float, float, bool]]:
    found = (values(table, c) for c in ("representation", "lower", "upper"))
    return list(zip(*found, hidden(table, "representation"), strict=True))


def _dot(axes, y: float, ratio: float, lower: float, upper: float, away: bool) -> None:
    if away:
        axes.annotate(
            hidden_words(), (_LEFT, y), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8.5, color=style.INK2,
        ).set_in_layout(False)  # fmt: skip
        return
    if not np.isfinite(ratio):
        return
    low, high = (np.clip(v, _LEFT, _RIGHT) for v in (lower, upper))
    if np.isfinite(low) and np.isfinite(high):
        axes.hlines(y, low, high, color=style.BLUE, lw=2.2)
    shape = "o" if ratio > _LEFT else "<"
    at = np.clip(ratio, _LEFT * 1.06, _RIGHT / 1.06)
    axes.plot(at, y, shape, ms=6.5, color=style.BLUE, zorder=4, clip_on=False)


def _diamond(axes, y: float, ratio: float) -> None:
    shape = _hollow() | ({"marker": "<"} if ratio <= _LEFT else {})
    at = np.clip(ratio, _LEFT * 1.06, _RIGHT / 1.06)
    axes.plot(at, y, **shape, zorder=4, clip_on=False)


def _hollow() -> dict[str, object]:
    return {"marker": "D", "ms": 5.2, "color": "white", "mec": style.ORANGE, "mew": 1.5, "ls": "none"}  # fmt: skip


def _ticks(axes, narrow: bool) -> None:
    from matplotlib.ticker import NullLocator

    at = [v for v in _TICKS if not narrow or v in (0.1, 0.5, 1, 2, 10)]
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(at, [number(v, 0 if v >= 1 else 1) for v in at])


def _name(axes, names: Sequence[str], height: np.ndarray, narrow: bool) -> None:
    if not narrow:
        axes.set_yticks(height, [labels.wrapped(name, 34) for name in names])
        for tick in axes.get_yticklabels():
            tick.set(linespacing=1.0, va="center")
        return
    axes.set_yticks([])
    for name, y in zip(names, height, strict=True):
        axes.text(
            _LEFT, y + 0.13, labels.wrapped(name, 50, 1), va="bottom", path_effects=style.halo()
        ).set_in_layout(False)  # fmt: skip


def _legend(axes, words: Sequence[str], narrow: bool) -> None:
    from matplotlib.lines import Line2D

    shapes = [{"marker": "o", "ms": 6.5, "color": style.BLUE, "ls": "none"}, _hollow()]
    handles = [
        Line2D([], [], label=labels.wrapped(text, 44, 1), **shape)
        for text, shape in zip(words, shapes, strict=False)
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=1 if narrow else 2, frameon=False,
        borderaxespad=0.2, handletextpad=0.4, fontsize=style.SIZE,
    )  # fmt: skip
