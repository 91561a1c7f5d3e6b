"""Rate ratios on a scale where half and double are as far from "no difference": conditions beside each other.

Each row has the ratio that the text speaks of, as a dot with its interval; the plain ratio as a black tick; and, where
there is one, the ratio with the other conditions in the model, as a hollow diamond below. The line is at 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_PITCH, _PITCH_NARROW = 0.36, 0.52
_OFFSET = 0.2
#: Ratios that may stand at a tick; those inside the axis do.
_TICKS = (0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10)


def ratios(
    table: Approved,
    *,
    unit: str,
    legend: tuple[str, str, str],
    label: str = "factor_name",
    main: str = "beside",
    plain: str = "alone",
    other: str = "together",
    bold: Collection[str] = (),
) -> Callable[[bool], Figure]:
    """Draw one row a condition, in the order of the table.

    Parameters
    ----------
    table : Approved
        Columns `main`, `main`_lower, `main`_upper, `plain`, and the three of `other`, all ratios.
    unit : str
        What the ratio compares.
    legend : (str, str, str)
        What the dot, the tick and the diamond are.
    label, main, plain, other : str
        Columns.
    bold : collection of str
        Labels whose interval leaves 1 out.
    """
    table = released(table)
    names = texts(table, label)
    dot = [values(table, f"{main}{end}") for end in ("", "_lower", "_upper")]
    diamond = [values(table, f"{other}{end}") for end in ("", "_lower", "_upper")]
    tick = values(table, plain)
    reach = _reach(*dot, *diamond, tick)

    def draw(narrow: bool) -> Figure:
        pitch = _PITCH_NARROW if narrow else _PITCH
        figure, axes = style.frame(narrow, max(len(names), 1) * pitch + 1.0)
        ax.row_axes(axes)
        axes.set_xscale("log")
        axes.set_xlim(1 / reach, reach)
        _ticks(axes, reach, narrow)
        axes.axvline(1, color=style.INK, lw=1)
        height = np.arange(len(names))[::-1].astype(float)
        shift = -0.16 if narrow else 0.0
        for k, y in enumerate(height + shift):
            two = np.isfinite(diamond[0][k])
            _dot(axes, y + (_OFFSET * 0.6 if two else 0), [d[k] for d in dot], tick[k])
            if two:
                _diamond(axes, y - _OFFSET * 0.6, [d[k] for d in diamond])
        axes.set_ylim(-0.65, len(names) - 0.45 + 0.2 * narrow)
        _names(axes, names, height, bold, narrow, 1 / reach)
        _legend(axes, legend, narrow, two=bool(np.isfinite(diamond[0]).any()))
        figure.supxlabel(
            labels.wrapped(unit, 56, 2) if narrow else unit,
            fontsize=style.SIZE,
            color=style.INK2,
        )
        return figure

    return draw


def _reach(*found: np.ndarray) -> float:
    """How far the axis goes to both sides of 1: the farthest value and a little more, at least a quarter."""
    whole = np.concatenate(found)
    whole = whole[np.isfinite(whole) & (whole > 0)]
    farthest = np.abs(np.log(whole)).max() if len(whole) else 0.0
    return float(np.exp(min(max(farthest * 1.06, np.log(1.3)), np.log(10))))


def _ticks(axes, reach: float, narrow: bool) -> None:
    from matplotlib.ticker import NullLocator

    at = [v for v in _TICKS if 1 / reach <= v <= reach]
    if narrow and len(at) > 5:
        at = [v for v in at if v in (0.2, 0.5, 1, 2, 5)]
    axes.xaxis.set_minor_locator(NullLocator())
    digits = [0 if v == int(v) else 1 if round(v, 1) == v else 2 for v in at]
    axes.set_xticks(at, [number(v, d) for v, d in zip(at, digits, strict=True)])


def _dot(axes, y: float, found: list[float], plain: float) -> None:
    value, lower, upper = found
    axes.hlines(y, lower, upper, color=style.BLUE, lw=2.2)
    axes.plot(value, y, "o", ms=6.5, color=style.BLUE, zorder=4, clip_on=False)
    if np.isfinite(plain):
        axes.plot(plain, y, "|", ms=10, mec=style.INK, mew=1.4, zorder=5)


def _diamond(axes, y: float, found: list[float]) -> None:
    value, lower, upper = found
    axes.hlines(y, lower, upper, color=style.ORANGE, lw=1.4)
    axes.plot(value, y, **_hollow(), zorder=4, clip_on=False)


def _hollow() -> dict[str, object]:
    return {"marker": "D", "ms": 5.2, "color": "white", "mec": style.ORANGE, "mew": 1.5, "ls": "none"}  # fmt: skip


def _names(axes, names, height, bold, narrow, start) -> None:
    weights = ["bold" if name in bold else "normal" for name in names]
    if narrow:
        axes.set_yticks([])
        for name, y, weight in zip(names, height, weights, strict=True):
            axes.text(
                start,
                y + 0.14,
                labels.wrapped(name, 52, 1),
                va="bottom",
                weight=weight,
                path_effects=style.halo(),
            ).set_in_layout(False)
        return
    axes.set_yticks(height, [labels.wrapped(name, 32) for name in names])
    for tick, weight in zip(axes.get_yticklabels(), weights, strict=True):
        tick.set(weight=weight, linespacing=1.0, va="center")


def _legend(axes, words, narrow: bool, two: bool) -> None:
    from matplotlib.lines import Line2D

    shapes = [
        {"marker": "o", "ms": 6.5, "color": style.BLUE, "ls": "none"},
        {"marker": "|", "ms": 10, "mec": style.INK, "mew": 1.4, "ls": "none"},
        _hollow(),
    ]
    kept = list(zip(words, shapes, strict=True))[: 3 if two else 2]
    handles = [
        Line2D([], [], label=labels.wrapped(text, 40, 1), **shape)
        for text, shape in kept
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=1 if narrow else 3,
        frameon=False,
        borderaxespad=0.2,
        handletextpad=0.4,
        fontsize=style.SIZE,
    )
