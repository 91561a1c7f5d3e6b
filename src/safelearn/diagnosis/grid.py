"""Where in the city, to the size of a few blocks? In: the areas' outlines and points. Out: square cells and counts.

A grid covers the areas with square cells of a given size in metres, in a local projection in which a metre is a metre.
A cell belongs to the city if an area reaches into it, so that no located event is lost at the border; how much of it
is the city's ground is kept, and everything outside is no part of any sum. Cells are no places of their own: they are
only as true as the points are, so a grid of points that were moved shows where they were moved to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

NEEDS = frozenset({"place:exact", "boundaries"})
#: More cells than this would be slow to draw and too fine for a region: see `fitting_size`.
MOST_CELLS = 60_000


@dataclass(frozen=True, eq=False)
class Grid:
    """Square cells over a city.

    Attributes
    ----------
    size : float
        Side of a cell in metres.
    west, south : float
        Lower left corner of the first cell, in `crs`.
    ground : ndarray, shape (rows, columns)
        Share of each cell that is the city's ground, 0 to 1; rows from south to north, columns from west to east.
    crs : str
        The local projection, in metres.
    """

    size: float
    west: float
    south: float
    ground: NDArray[np.float64]
    crs: str

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether a cell belongs to the city, shape (rows, columns)."""
        return self.ground > 0

    @property
    def square_kilometres(self) -> float:
        """The city's ground."""
        return float(self.ground.sum() * self.size**2 / 1e6)

    def cells(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """The flat index of each point's cell; -1 outside the city or without a point."""
        rows, columns = self.ground.shape
        with np.errstate(invalid="ignore"):
            column = np.floor((np.asarray(x, dtype=float) - self.west) / self.size)
            row = np.floor((np.asarray(y, dtype=float) - self.south) / self.size)
        within = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        cell = np.where(within, row * columns + column, 0).astype(np.int64)
        return np.where(within & self.inside.ravel()[cell], cell, -1)

    def count(
        self, x: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Events in each cell, shape (rows, columns); `weights` where a row stands for several."""
        cell = self.cells(x, y)
        kept = cell >= 0
        weight = None if weights is None else np.asarray(weights, dtype=float)[kept]
        n = np.bincount(cell[kept], weight, minlength=self.ground.size)
        return n.reshape(self.ground.shape).astype(float)

    def boxes(self, cells: ArrayLike) -> NDArray[Any]:
        """The outlines of cells, given by flat index, as shapely polygons in `crs`."""
        import shapely

        row, column = np.divmod(np.asarray(cells), self.ground.shape[1])
        x, y = self.west + column * self.size, self.south + row * self.size
        return shapely.box(x, y, x + self.size, y + self.size)


def local_crs(boundaries: GeoDataFrame) -> str:
    """An equal-area projection in metres, centred on the city, north up.

    Parameters
    ----------
    boundaries : GeoDataFrame
        The areas, in degrees (EPSG:4326).
    """
    west, south, east, north = boundaries.total_bounds
    if not np.isfinite([west, south, east, north]).all():
        raise Refused(
            t("None of the areas has a shape, so there is no grid."),
            remedy=t("Import the boundaries of the areas."),
        )
    middle = (west + east) / 2, (south + north) / 2
    return f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +units=m"


def in_metres(
    longitude: ArrayLike, latitude: ArrayLike, crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees as metres east and north in a local projection; missing ones stay missing."""
    from pyproj import Transformer

    change = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    lon, lat = (np.asarray(v, dtype=float) for v in (longitude, latitude))
    x, y = change.transform(lon, lat)
    known = np.isfinite(lon) & np.isfinite(lat)
    return np.where(known, x, np.nan), np.where(known, y, np.nan)


def city_grid(boundaries: GeoDataFrame, size: float = 250.0) -> Grid:
    """Cover the areas with square cells.

    Parameters
    ----------
    boundaries : GeoDataFrame
        The areas, in degrees (EPSG:4326).
    size : float
        Side of a cell in metres.

    Returns
    -------
    Grid

    Raises
    ------
    SafelearnError
        If the size is not above 0.
    Refused
        If no area has a shape.

    Notes
    -----
    Cell borders lie at whole multiples of `size` from the middle of the city, so that small mends of a border do not
    move the cells.
    """
    import shapely

    if not size > 0:
        raise SafelearnError(
            t("The side of a cell is a length in metres, such as 250.")
        )
    crs = local_crs(boundaries)
    shapes = shapely.make_valid(
        np.asarray(boundaries.to_crs(crs).geometry, dtype=object)
    )
    land = shapely.union_all(shapes[shapely.is_geometry(shapes)], grid_size=0.01)
    low, high = np.reshape(shapely.bounds(land), (2, 2))
    west, south = np.floor(low / size) * size
    columns, rows = np.maximum(np.ceil((high - [west, south]) / size), 1).astype(int)
    x, y = np.meshgrid(west + np.arange(columns) * size, south + np.arange(rows) * size)
    boxes = shapely.box(x, y, x + size, y + size)
    shapely.prepare(land)
    ground = shapely.contains_properly(land, boxes).astype(float)
    border = shapely.intersects(land, boxes) & (ground == 0)
    part = shapely.area(shapely.intersection(land, boxes[border])) / size**2
    # A cell that the city only touches holds none of its ground.
    ground[border] = np.where(part < 1e-9, 0.0, np.minimum(part, 1.0))
    return Grid(float(size), float(west), float(south), ground, crs)


def fitting_size(boundaries: GeoDataFrame, least: float = 250.0) -> float:
    """The smallest of `least`, 2 x, 4 x ... metres at which the city has at most `MOST_CELLS` cells."""
    ground = float(boundaries.to_crs(local_crs(boundaries)).area.sum())
    size = least
    while ground / size**2 > MOST_CELLS:
        size *= 2
    return size
