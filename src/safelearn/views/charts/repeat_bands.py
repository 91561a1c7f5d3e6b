"""How many times as many: a small table of bands of distance by bands of time, shaded, with the numbers in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, span, t
from safelearn.views import style
from safelearn.views.maps.classes import is_dark
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: Limits of the shades: as many as by chance, a fifth more, half as many more, twice, five times.
LIMITS = (1.2, 1.5, 2.0, 5.0)


def repeat_bands(table: Approved) -> Callable[[bool], Figure]:
    """Draw the bands of one kind of offence.

    Parameters
    ----------
    table : Approved
        One row a band: ``metres_from``, ``metres_to``, ``days_from``, ``days_to``, ``ratio`` and ``evidence`` ("clear"
        bands are framed and bold).
    """
    table = released(table)
    metres = sorted(
        set(zip(values(table, "metres_from"), values(table, "metres_to"), strict=True))
    )
    days = sorted(
        set(zip(values(table, "days_from"), values(table, "days_to"), strict=True))
    )
    ratio = np.full((len(metres), len(days)), np.nan)
    gone, clear = np.zeros(ratio.shape, bool), np.zeros(ratio.shape, bool)
    band = np.column_stack(
        [values(table, c) for c in ("metres_from", "metres_to", "days_from", "days_to")]
    )
    evidence, shown, covered = (
        texts(table, "evidence"),
        values(table, "ratio"),
        hidden(table, "ratio"),
    )
    for k, (a, b, c, d) in enumerate(band):
        at = metres.index((a, b)), days.index((c, d))
        ratio[at], gone[at], clear[at] = shown[k], covered[k], evidence[k] == "clear"

    def draw(narrow: bool) -> Figure:
        from matplotlib.patches import Rectangle

        high = 0.34 * len(metres) + (0.95 if narrow else 0.8)
        figure, axes = style.frame(narrow, high)
        for i, j in np.ndindex(ratio.shape):
            value = ratio[i, j]
            fill = (
                style.SEQUENTIAL[int(np.digitize(value, LIMITS))]
                if np.isfinite(value)
                else style.HIDDEN
            )
            looks = (
                {"hatch": "---", "ec": style.HIDDEN_HATCH, "lw": 0}
                if gone[i, j]
                else {"ec": "white", "lw": 1.5}
            )
            axes.add_patch(Rectangle((j, i), 1, 1, fc=fill, **looks))
            if clear[i, j]:
                axes.add_patch(
                    Rectangle(
                        (j + 0.04, i + 0.06),
                        0.92,
                        0.88,
                        fill=False,
                        ec=style.INK,
                        lw=1.3,
                        zorder=3,
                    )
                )
            if np.isfinite(value):
                axes.text(
                    j + 0.5,
                    i + 0.5,
                    number(value, 1),
                    ha="center",
                    va="center",
                    weight="bold" if clear[i, j] else "normal",
                    color="white" if is_dark(fill) else style.INK,
                    zorder=4,
                )
        axes.set_xlim(0, len(days))
        axes.set_ylim(len(metres), 0)
        axes.set_xticks(np.arange(len(days)) + 0.5, [_days(a, b) for a, b in days])
        axes.set_yticks(
            np.arange(len(metres)) + 0.5, [_metres(a, b) for a, b in metres]
        )
        axes.xaxis.tick_top()
        axes.set_xlabel(t("Days later"), loc="left")
        axes.xaxis.set_label_position("top")
        axes.grid(False)
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        if gone.any():
            figure.supxlabel(
                t("Hatched: {hidden}", hidden=hidden_words()),
                fontsize=style.SIZE,
                color=style.INK2,
                x=0.02,
                ha="left",
            )
        return figure

    return draw


def _metres(low: float, high: float) -> str:
    if high <= 1:
        return t("Same place")
    return t("{band} m", band=span(number(0 if low <= 1 else low), number(high)))


def _days(low: float, high: float) -> str:
    return span(number(low), number(high - 1))
