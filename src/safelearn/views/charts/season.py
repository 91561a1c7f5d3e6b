"""Months of the year against an even spread, and whether together they are a season at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import months, percent, t
from safelearn.views import style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def season(
    table: Approved,
    *,
    clear: bool,
    month: str = "month",
    index: str = "index",
    lower: str = "lower",
    upper: str = "upper",
) -> Callable[[bool], Figure]:
    """Draw twelve ratios round "even".

    Parameters
    ----------
    table : Approved
        Twelve rows: the month (1 to 12), its ratio to an even spread over the days, and the interval.
    clear : bool
        Whether the twelve, tested together, differ. If not, no month is coloured: with twelve of them
        one in two cities would show a "clear" month by chance.
    """
    table = released(table)
    at = values(table, month).astype(int) - 1
    ratio, low, high = (values(table, c) for c in (index, lower, upper))
    away = hidden(table, index)

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 2.5, 2.6)
        apart = clear & ((low > 1) | (high < 1))
        colours = np.where(apart, style.BLUE, style.CONTEXT)
        axes.axhline(1, color=style.INK, lw=1)
        axes.vlines(at, low, high, color=colours, lw=2.2)
        axes.scatter(at, ratio, c=colours, s=34, zorder=3, edgecolor="white", lw=0.8)
        _ratio_axis(axes, np.concatenate([ratio, low, high]))
        names = months("narrow" if narrow else "abbreviated")
        axes.set_xticks(range(12), names)
        axes.set_xlim(-0.6, 11.6)
        axes.tick_params(axis="x", length=0)
        axes.spines.bottom.set_visible(False)
        short = t("Compared with an even spread")
        ax.unit_above(
            axes,
            short
            if narrow
            else t("Compared with an even spread over the days of the year"),
        )
        if away.any():
            for x in at[away]:
                axes.text(x, 1, "×", ha="center", va="center", color=style.INK2)
            axes.set_xlabel(t("× {hidden}", hidden=hidden_words()))
        return figure

    return draw


def _ratio_axis(axes, drawn: np.ndarray) -> None:
    """An axis centred on "even", its ticks written as more or less."""
    known = drawn[np.isfinite(drawn)]
    reach = max(float(np.abs(known - 1).max()) * 1.08 if len(known) else 0.2, 0.1)
    step = next(
        (s for s in (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20) if reach / s <= 3.2),
        reach / 2,
    )
    below = np.arange(step, min(reach, 1) + 1e-9, step)
    above = np.arange(step, reach + 1e-9, step)
    ticks = np.r_[1 - below[::-1], 1, 1 + above]
    words = [t("even") if v == 1 else percent(v - 1, 0, sign=True) for v in ticks]
    axes.set_yticks(ticks, words)
    axes.set_ylim(max(1 - reach, -0.02), 1 + reach)
