"""What one more answer, case or area buys: a curve of a plan, with the plan that was chosen on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.views import style
from safelearn.views.charts import axes as ax
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def planning(
    table: Approved, *, across: str, up: str, share: bool = False, words: str = ""
) -> Callable[[bool], Figure]:
    """Draw the curve.

    Parameters
    ----------
    table : Approved
        ``x`` and ``y`` in rising order of x, and ``chosen``: "yes" in the row of the plan.
    across, up : str
        What the axes are.
    share : bool
        Whether `y` is a share of one.
    words : str
        Beside the chosen plan.
    """
    table = released(table)
    x, y = values(table, "x"), values(table, "y")
    chosen = np.array([w == "yes" for w in texts(table, "chosen")], bool)
    top = ax.top_of(y[np.isfinite(y)], least=0.02 if share else 1)

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 2.9, 2.8)
        axes.plot(x, y, color=style.BLUE)
        ax.count_axis(axes, "y", top, share=share)
        ax.count_axis(axes, "x", float(x.max()), 4 if narrow else 7)
        ax.unit_above(axes, up)
        axes.set_xlabel(across)
        for k in np.flatnonzero(chosen & np.isfinite(y)):
            left = x[k] > 0.6 * x.max()
            axes.plot(
                x[k], y[k], "o", ms=8, color=style.ORANGE, zorder=4, clip_on=False
            )
            axes.annotate(
                words, (x[k], y[k]), xytext=(-8 if left else 8, 8), textcoords="offset points",
                ha="right" if left else "left", weight="bold", path_effects=style.halo(),
            ).set_in_layout(False)  # fmt: skip
        return figure

    return draw
