"""One or two maps and their key on a sheet, in inches, for a page and for a phone.

A city whose areas are all of a size is drawn once. Where a dense core and a wide fringe would leave the
core a smudge, the core is drawn large and the whole city small, with a frame that shows where the core is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safelearn.views import style
from safelearn.views.maps import drawing, legend, scale
from safelearn.views.maps.shapes import coarser

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.views.maps.classes import Painted
    from safelearn.views.maps.kinds import Key
    from safelearn.views.maps.shapes import Box, Shapes

#: Inches: the space between two maps, a title's height, the tallest map on a page and on a phone.
_GAP, _TITLE, _TALL, _TALL_NARROW = 0.25, 0.24, 3.7, 4.4
_LOCATOR, _LOCATOR_NARROW = 1.35, 1.25
#: Inches that a key of words needs to stand beside a map.
_ASIDE = 2.4


@dataclass(frozen=True)
class Map:
    """Words over a map and what it shows."""

    title: str
    painted: Painted


def layout(
    shapes: Shapes,
    maps: Sequence[Map],
    limits: Sequence[float],
    unit: str,
    narrow: bool,
    *,
    rate: bool,
    key: Key | None = None,
) -> Figure:
    """Set the maps side by side (below each other on a phone) with one key: of classes, unless `key` is given."""
    full = style.NARROW if narrow else style.WIDE
    across = 1 if narrow else len(maps)
    width = (full - _GAP * (across - 1)) / across
    window = shapes.core
    most = _TALL_NARROW if narrow else _TALL
    bounds = window or _with_room(shapes, width, most)
    wide, tall = _fit(bounds, width, most)
    small = (0.0, 0.0)
    if window is not None:
        least = _LOCATOR_NARROW if narrow else _LOCATOR
        small = _fit(shapes.bounds, least, least)
    heading = _TITLE if any(m.title for m in maps) else 0.04
    beside = not narrow
    end = (width + _GAP) * (across - 1) + wide
    key_width = full if window is None or narrow else end - across * (small[0] + _GAP)
    key_beside = beside and key_width > 4.6
    if key is None:
        tall_key = legend.height(unit, key_width, key_beside, 3 if rate else 2)
    else:
        tall_key = key.height(key_width - 0.04)
    # A key of words stands beside the map where there is room for its lines.
    aside = key is not None and not narrow and window is None and full - wide >= _ASIDE
    below = max(0.0 if aside else tall_key, small[1]) if not narrow else tall_key
    each = heading + tall + (small[1] + 0.1 if narrow else 0)
    total = each * (len(maps) if narrow else 1) + 0.12 * len(maps) + below + 0.05
    figure = style.sheet(narrow, total)
    figure.set_layout_engine("none")

    top = 0.0
    for k, one in enumerate(maps):
        column = 0 if narrow else k
        left = column * (width + _GAP)
        _title(figure, one.title, left, top + 0.03)
        axes = _axes(figure, left, top + heading, wide, tall)
        drawing.draw_areas(
            axes, shapes, one.painted, window, bounds=bounds, size=9 if narrow else 8.5
        )
        scale.scale_bar(axes, shapes)
        if window is not None:
            y = top + heading + tall + 0.1
            x = left if narrow or k == 0 else left + wide - small[0]
            _locator(figure, shapes, one.painted, (x, y), small)
        top += (each + 0.12) * narrow
        if k == 0:
            # On a phone the key follows the first map, where the eye is.
            y = top if narrow else heading + tall + 0.14
            x = 0.0 if narrow or window is None else small[0] + _GAP
            if key is not None and aside:
                key.draw(figure, (wide + _GAP, heading + 0.1), full - wide - _GAP)
            elif key is not None:
                key.draw(figure, (x + 0.02, y), key_width - 0.04)
            else:
                legend.draw_key(
                    figure,
                    limits,
                    unit,
                    (x + 0.02, y),
                    key_width - 0.04,
                    beside=key_beside,
                    rate=rate,
                )
            top += (tall_key + 0.14) * narrow
    return figure


def _fit(box: Box, width: float, height: float) -> tuple[float, float]:
    """The largest size of `box`'s proportions within `width` by `height` inches."""
    ratio = (box[3] - box[1]) / (box[2] - box[0])
    wide = min(width, height / ratio)
    return wide, wide * ratio


def _with_room(shapes: Shapes, width: float, height: float) -> Box:
    """The city's box, with room below for the scale bar if its lower corners are full."""
    west, south, east, north = shapes.bounds
    wide, _ = _fit(shapes.bounds, width, height)
    point = (east - west) / (wide * 72)
    if scale.bar_has_room(shapes, point):
        return shapes.bounds
    return west, south - 30 * point, east, north


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    w, h = figure.get_size_inches()
    return figure.add_axes((left / w, 1 - (top + height) / h, width / w, height / h))


def _title(figure: Figure, words: str, left: float, top: float) -> None:
    w, h = figure.get_size_inches()
    figure.text(left / w, 1 - top / h, words, weight="bold", fontsize=9.5, va="top")


def _locator(
    figure: Figure,
    shapes: Shapes,
    painted: Painted,
    at: tuple[float, float],
    size: tuple[float, float],
) -> None:
    axes = _axes(figure, *at, *size)
    small = coarser(shapes, 200)
    drawing.draw_areas(axes, small, painted, outside=shapes.core, size=7.5)
    drawing.frame_on(axes, shapes.core)
