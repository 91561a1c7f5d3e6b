"""Which points stand for more than a place? In: a sample of points and the city's outlines. Out: those points.

A source that knows only the neighbourhood gives the middle of it; one that knows nothing gives the middle of the
city, or one point for all. On a map each of them is a hot spot that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import tn

if TYPE_CHECKING:
    import geopandas

    from safelearn.city.places.matching import KnownAreas

#: In degrees, about fifteen metres: middles are computed in different ways.
_AT = 1.5e-4
#: About 250 metres: a default for the whole city is seldom its exact middle.
_ABOUT = 2.5e-3
#: Rows that share a point before it can be a middle, and the share of areas whose middle is used so.
_REPEATS, _AREAS, _AREA_SHARE = 3, 3, 0.1
_MANY = 50
#: One point with this share of all, and so many times the rows of the next, is where a source puts what it cannot find.
_PILE, _TIMES, _ENOUGH = 0.05, 5, 200


@dataclass(frozen=True)
class Middles:
    """Points that stand for an area or for more, by their coordinates to six decimals."""

    areas: frozenset[tuple[float, float]] = field(default_factory=frozenset)
    beyond: frozenset[tuple[float, float]] = field(default_factory=frozenset)
    AREA = 1
    BEYOND = 2

    def of(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """0 for a place, `AREA` for a point that stands for its area, `BEYOND` for one that stands for more."""
        kinds = np.zeros(len(x), dtype=np.int8)
        for points, kind in ((self.areas, self.AREA), (self.beyond, self.BEYOND)):
            if points:
                known = np.array(sorted(points)) @ [1, 1j]
                at = np.round(x, 6) + 1j * np.round(y, 6)
                kinds[np.isin(at, known)] = kind
        return kinds

    def say(self, figures: Mapping[str, int]) -> list[str]:
        """How many rows lie on them, in sentences."""
        said = []
        if figures.get("middles", 0):
            said.append(
                tn(
                    "{n} row lies on the middle of its area, or where the source puts what it cannot find: it counts "
                    "in the area, not as an exact place.",
                    "{n} rows lie on the middle of their area, or where the source puts what it cannot find: they "
                    "count in the area, not as exact places.",
                    figures["middles"],
                )
            )
        if figures.get("city_middles", 0):
            said.append(
                tn(
                    "{n} row lies on the middle of the city or of a district: its point says nothing and is not used.",
                    "{n} rows lie on the middle of the city or of a district: their points say nothing and are not "
                    "used.",
                    figures["city_middles"],
                )
            )
        return said


def find_middles(
    x: np.ndarray,
    y: np.ndarray,
    inside: np.ndarray,
    shapes: geopandas.GeoDataFrame,
    areas: KnownAreas,
) -> Middles:
    """Find the points of a sample that stand for areas, districts or the city.

    Parameters
    ----------
    x, y : ndarray
        Degrees, NaN for none.
    inside : ndarray of int
        Position in the city's areas.
    """
    known = np.flatnonzero(~np.isnan(x) & (inside >= 0))
    if not len(known):
        return Middles()
    at = np.round(x[known], 6) + 1j * np.round(y[known], 6)
    points, first, rows = np.unique(at, return_index=True, return_counts=True)
    often = rows >= _REPEATS
    if not often.any():
        return Middles()
    points, home, rows = points[often], inside[known][first[often]], rows[often]
    centre = _centres(shapes, areas)
    hit = np.abs(points - centre[home]) < _AT
    used = len(set(home[hit]))
    if used < max(_AREAS, _AREA_SHARE * len(areas.codes)):
        hit[:] = False
    order = np.argsort(-rows)
    top = order[0]
    second = rows[order[1]] if len(order) > 1 else 1
    pile = np.zeros(len(points), dtype=bool)
    pile[top] = (
        len(known) >= _ENOUGH
        and rows[top] >= _PILE * len(known)
        and rows[top] >= _TIMES * second
    )
    greater = _greater_centres(shapes, areas)
    beyond = np.zeros(len(points), dtype=bool)
    if len(greater):
        far = np.abs(points[:, None] - greater[None, :]).min(axis=1)
        exactly = ~hit & (far < _AT) & (rows >= _MANY)
        beyond = exactly | (pile & (far < _ABOUT))
    return Middles(_pairs(points[(hit | pile) & ~beyond]), _pairs(points[beyond]))


def _centres(shapes: geopandas.GeoDataFrame, areas: KnownAreas) -> np.ndarray:
    """The middle of each area, in the order of the city's areas, as complex numbers; NaN without an outline."""
    import shapely

    centre = np.full(len(areas.codes), np.nan + 0j)
    by_code = areas.by_code()
    middle = shapely.centroid(shapes.geometry.to_numpy())
    order = [by_code[code] for code in shapes["area_id"]]
    centre[order] = shapely.get_x(middle) + 1j * shapely.get_y(middle)
    return centre


def _greater_centres(shapes: geopandas.GeoDataFrame, areas: KnownAreas) -> np.ndarray:
    """The middles of the city and of its districts."""
    import shapely

    outlines = shapes.geometry.to_numpy()
    groups = [np.ones(len(outlines), dtype=bool)]
    parent = dict(zip(areas.codes, areas.parents or areas.codes, strict=True))
    districts = np.array([parent[code] for code in shapes["area_id"]])
    groups += [districts == one for one in set(districts)]
    found = []
    for group in groups:
        if group.sum() > 1:
            whole = shapely.union_all(outlines[group])
            for middle in (
                shapely.centroid(whole),
                shapely.centroid(shapely.envelope(whole)),
            ):
                found.append(middle.x + 1j * middle.y)
    return np.array(found)


def _pairs(points: np.ndarray) -> frozenset[tuple[float, float]]:
    return frozenset((float(p.real), float(p.imag)) for p in points)
