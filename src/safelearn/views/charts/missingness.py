"""What the records do not say, by offence: the share without a place, without an hour, and so on.

A map of violence from which half of the violence is missing looks like any other map; this shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import percent, span
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


@dataclass(frozen=True)
class Gap:
    """One thing that may be missing: its words and the columns of its share and interval."""

    words: str
    share: str
    lower: str
    upper: str


def missingness(
    table: Approved, gaps: Sequence[Gap], *, label: str = "offence_name"
) -> Callable[[bool], Figure]:
    """Draw shares with their intervals, a panel for each thing that may be missing.

    Parameters
    ----------
    table : Approved
        One row an offence; shares of one.
    gaps : sequence of Gap
        Up to three, such as "Not located" and "No hour".
    label : str
        The column of names.
    """
    table = released(table)
    names = texts(table, label)
    parts = [
        (gap.words, *(values(table, c) for c in (gap.share, gap.lower, gap.upper)))
        for gap in gaps
    ]
    away = [hidden(table, gap.share) for gap in gaps]

    def draw(narrow: bool) -> Figure:
        rows = max(len(names), 1)
        pitch = 0.33 if max(map(len, names), default=0) > 34 else 0.24
        if narrow:
            figure, axes = style.frame(
                True,
                9,
                (rows * 0.2 + 0.55) * len(parts) + 0.1,
                nrows=len(parts),
                squeeze=False,
            )
        else:
            figure, axes = style.frame(
                False, rows * pitch + 0.6, ncols=len(parts), sharey=True, squeeze=False
            )
        at = np.arange(len(names))[::-1]
        for k, one in enumerate(axes.ravel()):
            words, share, low, high = parts[k]
            # On a phone the interval is drawn but not written: there is no room for both.
            width = None if narrow else 340 / len(parts)
            _panel(one, at, share, low, high, away[k], width)
            one.set_title(words)
            one.set_ylim(-0.7, len(names) - 0.3)
            letters, lines = (22, 1) if narrow else (34, 2)
            if narrow or k == 0:
                one.set_yticks(at, [labels.wrapped(n, letters, lines) for n in names])
                for tick in one.get_yticklabels():
                    tick.set(linespacing=1.0, va="center")
        return figure

    return draw


def _panel(axes, at, share, low, high, away, width: float | None) -> None:
    ax.row_axes(axes)
    axes.hlines(at, low, high, color=style.BLUE, lw=2.4)
    axes.plot(share, at, "o", color=style.BLUE, ms=6, clip_on=False)
    ax.count_axis(axes, "x", 1.0, 3, share=True)
    axes.set_xlim(-0.02, 1.0)
    for k, y in enumerate(at):
        if away[k] or not np.isfinite(share[k]):
            words, x, end = hidden_words() if away[k] else "–", 0.0, False
        else:
            words = percent(share[k])
            if width:
                words += f" ({span(percent(low[k]), percent(high[k]))})"
            # Words stand where there is room: after a small share, before a large one.
            wide = 5 * len(words) / (width or 126)
            end = high[k] + wide - 1 > max(wide - low[k], 0.04)
            x = low[k] if end else high[k]
        axes.annotate(
            words,
            (x, y),
            xytext=(-6 if end else 6, 0),
            textcoords="offset points",
            ha="right" if end else "left",
            va="center",
            color=style.INK2,
            fontsize=8.5,
            path_effects=style.halo(),
        ).set_in_layout(False)
