"""A city's boundaries made ready for drawing: in metres, simplified, with a place for each label.

Neighbours keep one shared border: the coverage is cleaned first (published boundaries overlap by
centimetres), then simplified as a whole by less than a pixel. Whether a city needs its dense core drawn
large is decided here, by the sizes of its areas.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

#: Pixels that a map's longer side is drawn with, at most.
_PIXELS = 500
#: The core is drawn large if it holds this share of the areas in at most that share of the ground.
_CORE_AREAS, _CORE_GROUND = 0.6, 0.35

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shapes:
    """Areas as they are drawn.

    Attributes
    ----------
    area_id, area_name : list of str
        In code order.
    polygons : ndarray of shapely geometries
        In metres, north up; `crs` is their system.
    spot : ndarray, shape (n, 2)
        The middle of the largest circle inside each area: where its label stands.
    room : ndarray, shape (n,)
        That circle's radius in metres.
    outline : shapely geometry
        The outer line of the whole.
    bounds : tuple
        West, south, east, north of the whole.
    core : tuple or None
        The same for a dense core that must be drawn at its own scale.
    crs : pyproj.CRS
    """

    area_id: list[str]
    area_name: list[str]
    polygons: np.ndarray
    spot: np.ndarray
    room: np.ndarray
    outline: Any
    bounds: Box
    core: Box | None
    crs: Any


def shapes(boundaries: GeoDataFrame | Shapes) -> Shapes:
    """Prepare boundaries (area_id, area_name, geometry); ready ones come back as they are.

    Raises
    ------
    SafelearnError
        If no area has a shape.
    """
    if isinstance(boundaries, Shapes):
        return boundaries
    import shapely

    drawn = boundaries[boundaries.geometry.notna() & ~boundaries.geometry.is_empty]
    drawn = drawn.sort_values("area_id", kind="stable").to_crs(4326)
    if not len(drawn):
        raise SafelearnError(
            t("None of the areas has a shape, so no map can be drawn."),
            remedy=t("Add boundaries: safelearn city import DIR FILE --table areas."),
        )
    west, south, east, north = drawn.total_bounds
    # Equal area and north up: a scale bar in metres is right everywhere on a city's map.
    local = drawn.to_crs(
        f"+proj=laea +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +units=m"
    )
    polygons = _polygons(np.asarray(local.geometry.values, dtype=object))
    core = _core(polygons)
    box = core or _box(shapely.total_bounds(polygons))
    polygons = _simplified(polygons, max(box[2] - box[0], box[3] - box[1]) / _PIXELS)
    spot, room = inner_circles(polygons)
    names = drawn["area_name"] if "area_name" in drawn else drawn["area_id"]
    return Shapes(
        area_id=[str(v) for v in drawn["area_id"]],
        area_name=[str(v) for v in names],
        polygons=polygons,
        spot=spot,
        room=room,
        outline=shapely.union_all(polygons, grid_size=0.01),
        bounds=_box(shapely.total_bounds(polygons)),
        core=core,
        crs=local.crs,
    )


def coarser(ready: Shapes, pixels: int) -> Shapes:
    """The same areas for a map whose longer side is only `pixels` long."""
    west, south, east, north = ready.bounds
    tolerance = max(east - west, north - south) / pixels
    return replace(ready, polygons=_simplified(ready.polygons, tolerance))


def _polygons(geometry: np.ndarray) -> np.ndarray:
    """Valid polygons only: a line or point left over by mending is not an area."""
    import shapely

    mended = shapely.make_valid(geometry)
    whole = []
    for shape in mended:
        parts = shapely.get_parts(shapely.get_parts(shape))
        parts = parts[shapely.get_type_id(parts) == 3]
        whole.append(parts[0] if len(parts) == 1 else shapely.multipolygons(parts))
    return np.array(whole, dtype=object)


def _simplified(polygons: np.ndarray, tolerance: float) -> np.ndarray:
    import shapely

    if not shapely.coverage_is_valid(polygons) and hasattr(shapely, "coverage_clean"):
        # An older GEOS cannot; then the polygons are simplified one by one, below.
        with suppress(shapely.errors.ShapelyError):
            polygons = shapely.coverage_clean(polygons, gap_width=tolerance / 2)
    if shapely.coverage_is_valid(polygons):
        simple = shapely.coverage_simplify(polygons, tolerance)
    else:
        # Each for itself, by half a pixel: the gaps that this leaves cannot be seen.
        simple = shapely.simplify(polygons, tolerance / 2)
    lost = shapely.is_empty(simple)
    return np.where(lost, polygons, simple)


def inner_circles(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middle (n, 2) and radius (n,) of the largest circle in each polygon; NaN where it is empty."""
    import shapely

    parts, owner = shapely.get_parts(polygons, return_index=True)
    size = shapely.area(parts)
    order = np.lexsort((-size, owner))
    order = order[size[order] > 0]
    found, first = np.unique(owner[order], return_index=True)
    largest = order[first]
    fine = np.maximum(np.sqrt(size[largest]) / 50, 0.5)
    circle = shapely.maximum_inscribed_circle(parts[largest], fine)
    ends = shapely.get_coordinates(circle).reshape(-1, 2, 2)
    spot = np.full((len(polygons), 2), np.nan)
    room = np.full(len(polygons), np.nan)
    spot[found] = ends[:, 0]
    room[found] = np.hypot(*(ends[:, 0] - ends[:, 1]).T)
    return spot, room


def _core(polygons: np.ndarray) -> Box | None:
    """The box of the small areas, if most areas lie in little of the ground."""
    import shapely

    size = shapely.area(polygons)
    if len(size) < 8:
        return None
    whole = _box(shapely.total_bounds(polygons))
    small = size <= 3 * np.median(size)
    if small.mean() < _CORE_AREAS or small.all():
        return None
    middle = shapely.get_coordinates(shapely.point_on_surface(polygons))
    centre = np.median(middle[small], axis=0)
    # A small area far out (a village) must not stretch the core: keep those near the middle ones.
    far = np.abs(middle - centre).max(axis=1)
    near = small & (far <= 3 * np.median(far[small]))
    box = _box(shapely.total_bounds(polygons[near]))
    pad = 0.03 * max(box[2] - box[0], box[3] - box[1])
    box = (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad)
    ground = (box[2] - box[0]) * (box[3] - box[1])
    all_ground = (whole[2] - whole[0]) * (whole[3] - whole[1])
    crowded = near.mean() >= _CORE_AREAS and ground <= _CORE_GROUND * all_ground
    return box if crowded else None


def _box(bounds: np.ndarray) -> Box:
    return tuple(float(v) for v in bounds)
