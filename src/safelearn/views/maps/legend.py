"""The key of a map: classes with their limits between them, and every pattern with its words.

The patterns stand there even when none occurs on the map: that nothing is hidden or unstable is worth
knowing too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safelearn.language import sentence, t
from safelearn.views import labels, style
from safelearn.views.maps.classes import colours, written
from safelearn.views.maps.drawing import HIDDEN_HATCH, NO_DATA_HATCH, UNSTABLE_HATCH
from safelearn.views.released import hidden_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Inches: a swatch is high, a line of words takes, the title takes.
_SWATCH, _LINE = 0.17, 0.24


def pattern_words(rate: bool = True) -> list[str]:
    """What the three patterns mean, in their order: unstable, no value, hidden."""
    first = [t("Fewer than 16 events: unstable")] if rate else []
    none = t("No population: no rate") if rate else t("No figure for this area")
    return [*first, none, sentence(hidden_words())]


def height(unit: str, width: float, beside: bool, patterns: int = 3) -> float:
    """How many inches the key takes."""
    lines = unit_lines(unit, width / 2 if beside else width)
    classes = 0.19 * len(lines) + _SWATCH + 0.3
    rows = patterns * _LINE
    return max(classes, rows) if beside else classes + rows


def unit_lines(unit: str, width: float) -> list[str]:
    """The unit on lines that fit `width` inches of bold 9 pt."""
    return labels.wrapped(unit, max(12, int(width * 13.5)), 3).split("\n")


def draw_key(
    figure: Figure,
    limits: Sequence[float],
    unit: str,
    at: tuple[float, float],
    width: float,
    *,
    beside: bool,
    rate: bool = True,
) -> None:
    """Draw the key with its upper left corner `at` (inches from left and top).

    With `beside`, the patterns stand to the right of the classes, otherwise below them.
    """
    from matplotlib.patches import Rectangle

    left, top = at
    axes = figure.add_axes((0, 0, 1, 1), zorder=5)
    axes.set_axis_off()
    axes.set_xlim(0, figure.get_figwidth())
    axes.set_ylim(figure.get_figheight(), 0)
    lines = unit_lines(unit, width / 2 if beside else width)
    for k, line in enumerate(lines):
        axes.text(left, top + 0.19 * k, line, weight="bold", va="top")
    y = top + 0.19 * len(lines) + 0.03
    fills = colours(limits)
    across = (width * 0.48 if beside else min(width, 3.2)) / 5
    for k, fill in enumerate(fills):
        axes.add_patch(
            Rectangle(
                (left + k * across, y), across * 0.97, _SWATCH, fc=fill, ec="none"
            )
        )
    for k, words in enumerate(written(limits)):
        axes.text(
            left + (k + 1) * across - 0.015 * across,
            y + _SWATCH + 0.03,
            words,
            ha="center",
            va="top",
        )
    x, y = (left + width * 0.54, top) if beside else (left, y + _SWATCH + 0.27)
    kinds = _patterns(fills)[0 if rate else 1 :]
    for words, (fill, ink, hatch) in zip(pattern_words(rate), kinds, strict=True):
        axes.add_patch(
            Rectangle((x, y), 0.3, _SWATCH, fc=fill, ec=ink, hatch=hatch * 1, lw=0)
        )
        axes.text(x + 0.38, y + _SWATCH / 2, words, va="center")
        y += _LINE


def _patterns(fills: Sequence[str]) -> list[tuple[str, str, str]]:
    light = fills[1] if len(fills) > 2 else style.SEQUENTIAL[1]
    return [
        (light, style.UNSTABLE_HATCH, UNSTABLE_HATCH),
        (style.NO_DATA, style.NO_DATA_HATCH, NO_DATA_HATCH),
        (style.HIDDEN, style.HIDDEN_HATCH, HIDDEN_HATCH),
    ]
