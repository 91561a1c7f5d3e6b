"""How far is it on this map: a bar of a round length and an arrow to the north.

Maps are drawn in metres with north up (`safelearn.views.maps.shapes`), so the bar is right everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number, t
from safelearn.views import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from safelearn.views.maps.shapes import Shapes


def points_per_metre(axes: Axes) -> float:
    """How large a metre is drawn, in points."""
    figure = axes.figure
    box = axes.get_position()
    width = box.width * figure.get_figwidth() * 72
    height = box.height * figure.get_figheight() * 72
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    return min(width / (x1 - x0), height / (y1 - y0))


def scale_bar(axes: Axes, shapes: Shapes) -> None:
    """A bar of a round length in metres or kilometres, and an arrow to the north beside it.

    It stands in the lower corner that has more room.
    """
    (x0, x1), (y0, _) = axes.get_xlim(), axes.get_ylim()
    scale = points_per_metre(axes)
    metres = round_length((x1 - x0) * 0.28)
    words = (
        t("{n} km", n=number(metres / 1000))
        if metres >= 1000
        else t("{n} m", n=number(metres))
    )
    point = 1 / scale
    low = y0 + 5 * point
    lefts = (x0 + 4 * point, x1 - 20 * point - metres)
    left = min(lefts, key=lambda x: _covered(shapes, x, low, metres, point))
    halo = style.halo()
    axes.plot(
        [left, left + metres],
        [low, low],
        color=style.INK,
        lw=2,
        solid_capstyle="butt",
        zorder=10,
        path_effects=style.halo("white", 4),
    )
    axes.text(
        left,
        low + 2.5 * point,
        words,
        fontsize=8.5,
        va="bottom",
        zorder=10,
        path_effects=halo,
    )
    north = left + metres + 10 * point
    axes.annotate(
        "",
        (north, low + 12 * point),
        (north, low - 2 * point),
        arrowprops={
            "arrowstyle": "-|>",
            "color": style.INK,
            "lw": 1.2,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 8,
        },
        zorder=10,
    )
    axes.text(
        north,
        low + 12.5 * point,
        t("N"),
        fontsize=8.5,
        weight="bold",
        ha="center",
        va="bottom",
        zorder=10,
        path_effects=halo,
    )


def _covered(
    shapes: Shapes, left: float, low: float, metres: float, point: float
) -> float:
    """How much of the city would lie under the bar, in square metres."""
    import shapely

    box = shapely.box(left, low, left + metres + 18 * point, low + 24 * point)
    return float(shapely.area(shapely.intersection(shapes.outline, box)))


def bar_has_room(shapes: Shapes, point: float) -> bool:
    """Whether a lower corner of the map is free for the scale bar; `point` is a point in metres."""
    west, south, east, _ = shapes.bounds
    metres = round_length((east - west) * 0.28)
    low = south + 5 * point
    lefts = (west + 4 * point, east - 20 * point - metres)
    box = (metres + 18 * point) * 24 * point
    return any(_covered(shapes, x, low, metres, point) < 0.05 * box for x in lefts)


def round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 ... metres that is at most `most`."""
    power = 10 ** np.floor(np.log10(max(most, 1e-9)))
    steps: Sequence[float] = (1, 2, 5)
    return float(max(s * power for s in steps if s * power <= most * 1.0001))
