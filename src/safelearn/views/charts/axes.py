"""Axes as the reader's language counts: round ticks from zero, months and years, the unit above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.language import number, percent, t
from safelearn.views import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D


def top_of(*arrays: np.ndarray, least: float = 1.0, room: float = 1.08) -> float:
    """The end of an axis from zero that holds every finite value; never empty."""
    together = np.concatenate([np.asarray(a, float).ravel() for a in arrays])
    finite = together[np.isfinite(together)]
    return max(float(finite.max()) * room if len(finite) else least, least)


def count_axis(
    axes: Axes,
    which: str,
    top: float,
    ticks: int = 5,
    *,
    share: bool = False,
    whole: bool = True,
) -> None:
    """An axis from zero to `top` with round, written numbers; `which` is "x" or "y"."""
    from matplotlib.ticker import MaxNLocator

    steps = [1, 2, 2.5, 5, 10] if share or not whole else [1, 2, 5, 10]
    for most in range(ticks, 0, -1):
        locator = MaxNLocator(most, integer=whole and not share, steps=steps)
        at = [v for v in locator.tick_values(0, top) if 0 <= v <= top * 1.0001]
        digits = _digits(at[1] - at[0] if len(at) > 1 else 1.0)
        words = [
            percent(v, max(0, digits - 2)) if share else number(v, digits) for v in at
        ]
        # Long numbers on a narrow axis need fewer ticks.
        if which == "y" or _wide(axes) >= sum(5.4 * len(w) + 8 for w in words):
            break
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_ticks(at, words)
    (axes.set_xlim if which == "x" else axes.set_ylim)(0, top)


def _digits(step: float) -> int:
    """Decimals that ticks so far apart need."""
    digits = max(0, int(np.ceil(-np.log10(step) - 1e-9))) if step < 1 else 0
    if abs(step * 10**digits - round(step * 10**digits)) > 1e-9:
        digits += 1
    return digits


def _wide(axes: Axes) -> float:
    """The width of the axes in points, before they are laid out: a little under what they will have."""
    box = axes.get_position()
    return box.width * axes.figure.get_figwidth() * 72 * 0.95


def room_for_words(
    ends: np.ndarray, words: Sequence[str], top: float, width: float
) -> float:
    """How far an axis of `width` points must reach so that each row's words fit after its end."""
    needed = [top]
    for end, text in zip(ends, words, strict=True):
        space = max(width - 5.0 * len(text) - 8, width * 0.2)
        if np.isfinite(end):
            needed.append(end * width / space)
    return max(needed)


def unit_above(axes: Axes, unit: str) -> None:
    """The unit over the axis at the start, not turned."""
    axes.set_title(unit, weight="normal", color=style.INK2, fontsize=style.SIZE)


def month_positions(months: Sequence[object]) -> np.ndarray:
    """Months ("2019-03", a date or a period) as decimal years, at the middle of the month."""
    out = []
    for month in months:
        if isinstance(month, str):
            match = re.match(r"(\d{4})-(\d{1,2})", month)
            year, of_year = (int(match[1]), int(match[2])) if match else (int(month), 7)
        else:
            year, of_year = pd.Period(month, "M").year, pd.Period(month, "M").month
        out.append(year + (of_year - 0.5) / 12)
    return np.array(out, float)


def time_axis(axes: Axes, positions: np.ndarray, most: int) -> None:
    """Years at their middle, or quarters where there are fewer than two years."""
    from safelearn.language import months

    first, last = int(np.floor(positions.min())), int(np.floor(positions.max()))
    axes.spines.bottom.set_position(("outward", 3))
    pad = max(0.03, (positions.max() - positions.min()) * 0.012)
    axes.set_xlim(positions.min() - pad - 1 / 24, positions.max() + pad + 1 / 24)
    if last - first < 2:
        names = months("abbreviated" if most > 6 else "narrow")
        at = np.unique(np.round(positions * 12 - 0.5).astype(int))
        step = max(1, int(np.ceil(len(at) / 12)))
        at = at[::step]
        labels = [
            names[m % 12] + (f"\n{m // 12}" if i == 0 or m % 12 == 0 else "")
            for i, m in enumerate(at)
        ]
        axes.set_xticks((at + 0.5) / 12, labels)
    else:
        step = int(np.ceil((last - first + 1) / most))
        years = np.arange(first, last + 1, step)
        low, high = axes.get_xlim()
        # A year of which only a sliver is there has no middle on the axis.
        years = np.array([y for y in years if low <= y + 0.5 <= high])
        axes.set_xticks(years + 0.5, [str(y) for y in years])
    axes.tick_params(axis="x", length=0)


def row_axes(axes: Axes) -> None:
    """Rows of names with their values to the end side: a grid down, no line under."""
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.spines.bottom.set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.tick_params(axis="y", colors=style.INK)


def hidden_months(
    axes: Axes, positions: np.ndarray, half: float = 1 / 24, words: bool = True
) -> None:
    """Bands where a month is hidden, and the words once."""
    from safelearn.views.released import hidden_words

    for at in positions:
        axes.axvspan(
            at - half,
            at + half,
            facecolor=style.HIDDEN,
            edgecolor=style.HIDDEN_HATCH,
            hatch="---",
            lw=0,
            zorder=0,
        )
    if len(positions) and words:
        axes.text(
            1,
            1.02,
            t("Striped: {words}", words=hidden_words()),
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            color=style.INK2,
        )


def change_line(axes: Axes, at: float) -> Line2D:
    """A dashed line where the way of recording changed."""
    return axes.axvline(at, color=style.INK2, lw=0.9, ls=(0, (4, 3)), zorder=1)
