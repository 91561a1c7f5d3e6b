"""The same series for each offence in its own small panel: which rose, which fell, at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, t
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

_ACROSS, _ACROSS_NARROW = 3, 2
_HIGH = 1.28


def small_multiples(
    table: Approved,
    *,
    panel: str = "offence_name",
    time: str = "month",
    value: str = "n",
    lower: str = "lower",
    upper: str = "upper",
    digits: int = 0,
    changes: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[bool], Figure]:
    """Draw a panel for each value of `panel`, in the order of the table.

    Parameters
    ----------
    table : Approved
        One row a panel and month ("2021-03") or year ("2021"), with the interval.
    digits : int
        Decimals of the last value, which is written.
    changes : mapping of str to months, optional
        Panel -> when its way of recording changed: a dashed line.

    Notes
    -----
    Each panel has its own scale from zero, with ticks of its own: a rare offence would be a flat line on
    a common one. Say so in the figure's unit line.
    """
    table = released(table)
    names = texts(table, panel)
    at = ax.month_positions(texts(table, time))
    yearly = len(texts(table, time)[:1]) > 0 and len(texts(table, time)[0]) == 4
    n, low, high = (values(table, c) for c in (value, lower, upper))
    away = hidden(table, value)
    order = list(dict.fromkeys(names))
    rows_of = {name: np.flatnonzero(np.array(names, object) == name) for name in order}

    def draw(narrow: bool) -> Figure:
        across = min(_ACROSS_NARROW if narrow else _ACROSS, max(len(order), 1))
        down = max(int(np.ceil(len(order) / across)), 1)
        figure, axes = style.frame(
            narrow,
            down * (_HIGH + 0.16 * narrow) + 0.2,
            nrows=down,
            ncols=across,
            squeeze=False,
        )
        figure.get_layout_engine().set(wspace=0.06, hspace=0.06)
        for k, one in enumerate(axes.ravel()):
            if k >= len(order):
                one.set_axis_off()
                continue
            rows = rows_of[order[k]]
            rows = rows[np.argsort(at[rows], kind="stable")]
            _panel(
                one,
                at[rows],
                n[rows],
                low[rows],
                high[rows],
                away[rows],
                yearly,
                digits,
            )
            for when in (changes or {}).get(order[k], ()):
                # The day falls before the middle of its month, where the month's value stands.
                ax.change_line(one, float(ax.month_positions([when])[0]) - 1 / 24)
            # A name may run as far as its panel; the longest number beside it takes its part.
            number_wide = max(len(x.get_text()) for x in one.get_yticklabels())
            room = (style.NARROW if narrow else style.WIDE) * 72 / across
            letters = int((room - 5.4 * number_wide - 12) / 6)
            title = labels.wrapped(order[k], letters, 3)
            one.set_title(title, fontsize=style.SIZE, pad=6, linespacing=1.1)
            if len(at):
                _ends(one, at.min(), at.max())
        if away.any():
            words = t("Striped: {words}", words=hidden_words())
            figure.supxlabel(
                words, fontsize=style.SIZE, color=style.INK2, x=0.02, ha="left"
            )
        return figure

    return draw


def _panel(axes, at, n, low, high, away, yearly: bool, digits: int) -> None:
    seen = np.isfinite(low) & np.isfinite(high)
    if yearly:
        axes.vlines(at, low, high, color=style.BLUE, lw=1.4)
        axes.plot(at, n, "o-", color=style.BLUE, lw=1, ms=4)
    else:
        axes.fill_between(at, low, high, where=seen, color=style.BLUE, alpha=0.2, lw=0)
        axes.plot(at, n, color=style.BLUE, lw=1.5)
    top = ax.top_of(n, high, least=4, room=1.05)
    ax.count_axis(axes, "y", top, 2)
    known = np.flatnonzero(np.isfinite(n))
    if len(known):
        last = known[-1]
        axes.annotate(
            number(n[last], digits),
            (at[last], n[last]),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            weight="bold",
            color=style.BLUE,
            path_effects=style.halo(),
            annotation_clip=False,
        )
    if away.all() and len(away):
        axes.text(
            0.5,
            0.5,
            labels.wrapped(hidden_words(), 16, 3),
            transform=axes.transAxes,
            ha="center",
            va="center",
            color=style.INK2,
        )
    elif away.any():
        ax.hidden_months(axes, at[away], 0.5 if yearly else 1 / 24, words=False)


def _ends(axes, first: float, last: float) -> None:
    """Only the first and the last year are named: the panels are read for their shape."""
    pad = max((last - first) * 0.03, 0.1)
    axes.set_xlim(first - pad, last + pad)
    years = sorted({int(np.floor(first)), int(np.floor(last))})
    axes.set_xticks([first, last][: len(years)], [str(y) for y in years])
    axes.tick_params(axis="x", length=3)
