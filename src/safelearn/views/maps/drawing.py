"""One map on one pair of axes: areas, hatches, codes and outline.

Each area is one patch; drawing them through a data frame's own plot took minutes where this takes a
second. Hatches say what colour alone could not: unstable, no value, hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from safelearn.views import style
from safelearn.views.maps.classes import HIDDEN, NO_VALUE, Painted, is_dark
from safelearn.views.maps.scale import points_per_metre
from safelearn.views.maps.shapes import Box, Shapes, inner_circles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NO_DATA_HATCH, UNSTABLE_HATCH, HIDDEN_HATCH = "xxx", "////", "---"
#: Letters of a code may take this share of the width of the circle they stand in.
_FILL = 1.05


def draw_areas(
    axes: Axes,
    shapes: Shapes,
    painted: Painted,
    window: Box | None = None,
    *,
    bounds: Box | None = None,
    outside: Box | None = None,
    size: float = 8.5,
) -> None:
    """Fill `axes` with the areas.

    Parameters
    ----------
    window : tuple, optional
        Cut the areas to this box and frame it.
    bounds : tuple, optional
        What the axes show otherwise; the city's own box unless given.
    outside : tuple, optional
        Write only the codes that stand outside this box.
    size : float
        Of the codes, in points.
    """
    import shapely
    from matplotlib.patches import PathPatch

    polygons = shapes.polygons
    if window is not None:
        polygons = shapely.intersection(polygons, shapely.box(*window))
    line = 0.25 if len(polygons) > 100 else 0.9
    for polygon, colour, group, unstable in zip(
        polygons, painted.colour, painted.group, painted.unstable, strict=True
    ):
        path = _path(polygon)
        if path is None:
            continue
        axes.add_patch(PathPatch(path, fc=colour, ec="white", lw=line, zorder=1))
        hatch, ink = hatch_of(colour, group, unstable)
        if hatch:
            axes.add_patch(
                PathPatch(path, fc="none", ec=ink, hatch=hatch, lw=0, zorder=2)
            )
    outline = shapes.outline
    if window is not None:
        outline = shapely.intersection(outline, shapely.box(*window))
    edge = _path(outline)
    if edge is not None:
        axes.add_patch(PathPatch(edge, fc="none", ec=style.INK2, lw=0.6, zorder=3))
    _limits(axes, window or bounds or shapes.bounds, framed=window is not None)
    spot, room = (
        (shapes.spot, shapes.room) if window is None else inner_circles(polygons)
    )
    if outside is not None:
        west, south, east, north = outside
        x, y = spot.T
        inside = (west < x) & (x < east) & (south < y) & (y < north)
        room = np.where(inside, np.nan, room)
    _codes(axes, shapes.area_id, painted, (spot, room), size)


def hatch_of(colour: str, group: int, unstable: bool) -> tuple[str, str]:
    """The hatch of an area and its colour; empty where the fill says all."""
    if group == NO_VALUE:
        return NO_DATA_HATCH, style.NO_DATA_HATCH
    if group == HIDDEN:
        return HIDDEN_HATCH, style.HIDDEN_HATCH
    if unstable:
        return UNSTABLE_HATCH, "white" if is_dark(colour) else style.UNSTABLE_HATCH
    return "", ""


def _path(geometry: Any) -> Any:
    """A (multi)polygon as one matplotlib path, or None if nothing of it is left."""
    import shapely
    from matplotlib.path import Path

    parts = shapely.get_parts(geometry)
    parts = parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]
    if not len(parts):
        return None
    rings = shapely.get_rings(parts)
    points, codes = [], []
    for ring in rings:
        xy = shapely.get_coordinates(ring)
        points.append(xy)
        codes.append(
            np.r_[Path.MOVETO, np.full(len(xy) - 2, Path.LINETO), Path.CLOSEPOLY]
        )
    return Path(np.concatenate(points), np.concatenate(codes))


def _limits(axes: Axes, box: Box, framed: bool) -> None:
    from matplotlib.patches import Rectangle

    axes.set_axis_off()
    pad = 0 if framed else 0.01 * max(box[2] - box[0], box[3] - box[1])
    axes.set_xlim(box[0] - pad, box[2] + pad)
    axes.set_ylim(box[1] - pad, box[3] + pad)
    axes.set_aspect("equal")
    if framed:
        axes.add_patch(
            Rectangle(
                box[:2],
                box[2] - box[0],
                box[3] - box[1],
                fill=False,
                ec=style.INK,
                lw=1,
                zorder=9,
                clip_on=False,
            )
        )


def frame_on(axes: Axes, box: Box) -> None:
    """Mark on the whole city where its core is."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            box[:2],
            box[2] - box[0],
            box[3] - box[1],
            fill=False,
            ec=style.INK,
            lw=1.1,
            zorder=9,
        )
    )


def _codes(
    axes: Axes,
    codes: Sequence[str],
    painted: Painted,
    spots: tuple[np.ndarray, np.ndarray],
    size: float,
) -> None:
    scale = points_per_metre(axes)
    for code, (x, y), room, colour, group, unstable in zip(
        codes, *spots, painted.colour, painted.group, painted.unstable, strict=True
    ):
        wide, high = 0.58 * size * len(code), 0.8 * size
        if not np.hypot(wide, high) / 2 <= _FILL * room * scale:
            continue
        dark = group >= 0 and is_dark(colour)
        axes.text(
            x,
            y,
            code,
            ha="center",
            va="center",
            fontsize=size,
            weight="bold",
            color="white" if dark else style.INK,
            zorder=8,
            # On a plain class a code needs no halo.
            path_effects=style.halo(colour, 2.6) if unstable or group < 0 else None,
        )
