"""Areas of a few kinds on one map, such as classes of need: each with its words, none with a number.

Ordered classes go from dark to light; a class that says "not known" or "not shown" has a hatch as well, so that it is
never taken for the lightest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safelearn.views import labels, style
from safelearn.views.maps.classes import HIDDEN, NO_VALUE, Painted
from safelearn.views.maps.drawing import hatch_of
from safelearn.views.maps.layout import Map, layout
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import released, texts

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Shapes

#: Inches: a swatch is high and wide, a line of words takes.
_SWATCH, _WIDE, _LINE = 0.17, 0.3, 0.22


@dataclass(frozen=True)
class Kind:
    """One class of a map.

    Attributes
    ----------
    code, words : str
        As in the table, and as in the key.
    colour : str
    unsure : bool
        Hatched as what cannot be told.
    hidden : bool
        Hatched as what is not shown.
    """

    code: str
    words: str
    colour: str = style.NO_DATA
    unsure: bool = False
    hidden: bool = False


def kinds(
    table: Approved,
    boundaries: GeoDataFrame | Shapes,
    *,
    value: str,
    classes: Sequence[Kind],
    title: str = "",
) -> Callable[[bool], Figure]:
    """Draw each area in the colour of its kind.

    Parameters
    ----------
    table : Approved
        One row an area with ``area_id`` and `value`.
    boundaries : GeoDataFrame or Shapes
    value : str
        The column that holds the codes of `classes`.
    classes : sequence of Kind
        In the order of the key; all of them stand there, also those that do not occur.
    title : str
        Over the key.
    """
    table = released(table)
    ready = prepared(boundaries)
    of = dict(zip(texts(table, "area_id"), texts(table, value), strict=True))
    known = {kind.code: k for k, kind in enumerate(classes)}
    at = [known.get(of.get(area, "")) for area in ready.area_id]
    painted = Painted(
        [style.NO_DATA if k is None else classes[k].colour for k in at],
        np.array([_group(classes, k) for k in at], int),
        np.array([k is not None and classes[k].unsure for k in at], bool),
    )
    key = Key(title, tuple(classes))

    def draw(narrow: bool) -> Figure:
        return layout(ready, [Map("", painted)], [], title, narrow, rate=False, key=key)

    return draw


@dataclass(frozen=True)
class Key:
    """The key of such a map: a swatch and words for each kind, one below the other."""

    title: str
    classes: tuple[Kind, ...]

    def height(self, width: float) -> float:
        """Inches it takes."""
        return _LINE * (len(self._lines(width)) + bool(self.title)) + 0.08

    def draw(self, figure: Figure, at: tuple[float, float], width: float) -> None:
        """Draw it with its upper left corner `at` (inches from left and top)."""
        from matplotlib.patches import Rectangle

        axes = figure.add_axes((0, 0, 1, 1), zorder=5)
        axes.set_axis_off()
        axes.set_xlim(0, figure.get_figwidth())
        axes.set_ylim(figure.get_figheight(), 0)
        left, y = at
        if self.title:
            axes.text(left, y, self.title, weight="bold", va="top")
            y += _LINE
        for k, words in self._lines(width):
            if k is not None:
                kind = self.classes[k]
                hatch, ink = hatch_of(kind.colour, _group(self.classes, k), kind.unsure)
                axes.add_patch(
                    Rectangle(
                        (left, y),
                        _WIDE,
                        _SWATCH,
                        fc=kind.colour,
                        ec=ink or "none",
                        hatch=hatch or None,
                        lw=0,
                    )
                )
            axes.text(left + _WIDE + 0.08, y + _SWATCH / 2, words, va="center")
            y += _LINE

    def _lines(self, width: float) -> list[tuple[int | None, str]]:
        """Every line of words, and the kind whose swatch stands before it."""
        room = max(12, int((width - _WIDE) * 14))
        out: list[tuple[int | None, str]] = []
        for k, kind in enumerate(self.classes):
            for i, words in enumerate(labels.wrapped(kind.words, room, 3).split("\n")):
                out.append((None if i else k, words))
        return out


def _group(classes: Sequence[Kind], k: int | None) -> int:
    if k is None:
        return NO_VALUE
    return HIDDEN if classes[k].hidden else k
