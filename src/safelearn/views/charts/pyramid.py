"""Two sexes by age, back to back on one scale: victims with their intervals, or the people who live there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, t
from safelearn.views import style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden, hidden_words, released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def pyramid(
    table: Approved,
    *,
    unit: str,
    age: str = "age_group",
    sex: str = "sex",
    value: str = "n",
    lower: str | None = "lower",
    upper: str | None = "upper",
    digits: int = 0,
) -> Callable[[bool], Figure]:
    """Draw women to the left and men to the right, youngest at the bottom.

    Parameters
    ----------
    table : Approved
        One row an age group and sex ("female", "male"), age groups in order; other rows are left to the
        table beside the figure.
    unit : str
        What the bars count.
    lower, upper : str or None
        Columns of the interval; None where the values are a count of everybody.
    digits : int
        Decimals of the totals over the two sides; totals are left out for rates (digits over 0).

    Notes
    -----
    One scale: the width of each side follows its own data, so a long bar is a large number on either.
    """
    table = released(table)
    ages = list(dict.fromkeys(texts(table, age)))
    sexes = texts(table, sex)
    row_of = {
        key: i for i, key in enumerate(zip(texts(table, age), sexes, strict=True))
    }
    columns = [value, lower or value, upper or value]
    n, low, high = (values(table, c) for c in columns)
    away = hidden(table, value)

    def side(which: str) -> list[np.ndarray]:
        rows = np.array([row_of.get((a, which), -1) for a in ages])
        out = [np.where(rows >= 0, v[rows], np.nan) for v in (n, low, high)]
        return [*out, np.where(rows >= 0, away[rows], False)]

    women, men = side("female"), side("male")

    def draw(narrow: bool) -> Figure:
        w, m = ax.top_of(*women[:3]), ax.top_of(*men[:3])
        longest = max(w, m)
        # A side too short for its own name would hide it.
        w, m = max(w, 0.3 * longest), max(m, 0.3 * longest)
        figure, (left, right) = style.frame(
            narrow,
            max(len(ages), 3) * 0.2 + 0.75,
            ncols=2,
            sharey=True,
            gridspec_kw={"width_ratios": [w, m]},
        )
        figure.get_layout_engine().set(wspace=0, w_pad=0)
        y = np.arange(len(ages))
        parts = (
            (left, women, w, t("Women"), style.ORANGE, style.ORANGE_TEXT, "right"),
            (right, men, m, t("Men"), style.BLUE, style.BLUE, "left"),
        )
        step = _step(longest, 3 if narrow else 6)
        for axes, (v, a, b, h), end, name, colour, ink, where in parts:
            axes.barh(y, np.nan_to_num(v), 0.76, color=colour)
            if lower and upper:
                axes.hlines(y, a, b, color=style.INK, lw=1.3)
            ax.row_axes(axes)
            axes.set_xlim((end, 0) if where == "right" else (0, end))
            first = 1 if where == "right" else 0
            ticks = np.arange(first, int(end / step) + 1) * step
            axes.set_xticks(ticks, [number(v, _digits(step)) for v in ticks])
            # A sum over shown values only would pass for the whole.
            whole = not digits and not h.any() and np.isfinite(v).any()
            words = (
                t("{group}: {n}", group=name, n=number(np.nansum(v))) if whole else name
            )
            axes.set_title(
                words + "  " if where == "right" else "  " + words, loc=where, color=ink
            )
            _hidden_words(axes, y[h.astype(bool)], where, narrow)
        left.set_yticks(y, ages)
        left.set_ylim(-0.6, len(ages) - 0.4)
        right.tick_params(axis="y", labelleft=False)
        right.axvline(0, color=style.INK2, lw=0.8)
        figure.supxlabel(unit, fontsize=style.SIZE, color=style.INK2)
        return figure

    return draw


def population_pyramid(
    table: Approved,
    *,
    unit: str,
    age: str = "age_group",
    sex: str = "sex",
    value: str = "population",
) -> Callable[[bool], Figure]:
    """Draw who lives there, by sex and age: a count of everybody, so without intervals."""
    return pyramid(
        table, unit=unit, age=age, sex=sex, value=value, lower=None, upper=None
    )


def _step(longest: float, most: int) -> float:
    raw = max(longest, 1e-9) / most
    power = 10 ** np.floor(np.log10(raw))
    return float(next(s * power for s in (1, 2, 5, 10) if s * power >= raw))


def _digits(step: float) -> int:
    return 0 if step >= 1 else int(np.ceil(-np.log10(step)))


def _hidden_words(axes, rows: np.ndarray, where: str, narrow: bool) -> None:
    words = t("hidden") if narrow else hidden_words()
    for y in rows:
        axes.annotate(
            words,
            (0, y),
            xytext=(-4 if where == "right" else 4, 0),
            textcoords="offset points",
            ha=where,
            va="center",
            color=style.INK2,
            fontsize=8.5,
        ).set_in_layout(False)
