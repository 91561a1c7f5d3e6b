"""A series that a programme interrupted: what was counted, and what its own trend and season had led to expect."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import t
from safelearn.views import style
from safelearn.views.charts import axes as ax
from safelearn.views.charts.trend import note_change
from safelearn.views.released import hidden, released, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def interrupted(
    series: Approved,
    *,
    unit: str,
    start: str,
    words: str,
    step: int = 1,
) -> Callable[[bool], Figure]:
    """Draw counts, the start and the expected course with its band.

    Parameters
    ----------
    series : Approved
        ``month`` (the first of each step), ``n``, ``expected``, ``expected_lower``, ``expected_upper``; the last
        three may be missing.
    unit : str
        What is counted ("Recorded cases in three months").
    start : str
        The first month after the start.
    words : str
        What is written at the start.
    step : int
        Months of a step.
    """
    series = released(series)
    at = ax.month_positions(list(series.frame["month"])) + (step - 1) / 24
    n = values(series, "n")
    expected, low, high = (
        values(series, name)
        for name in ("expected", "expected_lower", "expected_upper")
    )
    begin = float(ax.month_positions([start])[0]) - 1 / 24
    after = at > begin
    away = hidden(series, "n")

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 3.3, 3.1)
        if np.isfinite(expected).any():
            axes.fill_between(
                at, low, high, where=after, color=style.CONTEXT, alpha=0.22, lw=0
            )
            axes.plot(at[~after], expected[~after], color=style.CONTEXT, lw=1.6)
            axes.plot(
                at[after], expected[after], color=style.INK2, lw=1.8, ls=(0, (4, 2))
            )
        axes.plot(at, n, color=style.BLUE, lw=1.2, alpha=0.6)
        axes.plot(at, n, "o", ms=3.2 if len(at) > 30 else 5, color=style.BLUE, mew=0)
        ax.time_axis(axes, at, 6 if narrow else 11)
        ax.count_axis(axes, "y", ax.top_of(n, high[after], least=4, room=1.22))
        ax.unit_above(axes, unit)
        note_change(axes, start, words, narrow)
        ax.hidden_months(axes, at[away])
        _key(axes, np.isfinite(expected).any())
        return figure

    return draw


def _key(axes, followed: bool) -> None:
    from matplotlib.lines import Line2D

    marks = [Line2D([], [], color=style.BLUE, marker="o", ms=4.5, lw=1.2, alpha=0.9)]
    names = [t("Counted")]
    if followed:
        marks.append(Line2D([], [], color=style.INK2, lw=1.8, ls=(0, (4, 2))))
        names.append(t("Expected from the time before"))
    axes.legend(
        marks,
        names,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.12),
        ncols=2,
        frameon=False,
        handlelength=2.2,
        borderaxespad=0,
    )
