"""In which area of the city does each point lie?

Coordinates and the areas' polygons go in, in the same coordinate system; one index a point comes out. A
label raster answers for nearly every point by looking up its cell; only points in cells that a border
crosses are tested against polygons, so the answer is that of the polygons themselves, to the last bit.

The rule for a point on a border, or where areas overlap: it belongs to the first area, in the order given,
that covers it, borders included. No point is counted twice, none that touches an area is lost, and the same
files give the same answer everywhere. `City.boundaries` are in code order, so "first" is the lowest code.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import SafelearnError
from safelearn.language import t

#: Of a cell. A border that passes so near to a cell counts as crossing it, which covers all rounding.
_MARGIN = 1e-3
_CHUNK = 250_000


def locate(
    longitude: ArrayLike, latitude: ArrayLike, boundaries: Any
) -> NDArray[np.int32]:
    """Find the area of each point.

    Parameters
    ----------
    longitude, latitude : array_like
        Coordinates, 1-D, in the system of `boundaries`, whatever it is. Missing ones are in no area.
    boundaries : GeoDataFrame, GeoSeries or sequence of Polygon and MultiPolygon
        The areas. Missing and empty geometries hold no point.

    Returns
    -------
    ndarray of int32
        Position in `boundaries` of each point's area, -1 where there is none.

    Raises
    ------
    SafelearnError
        If a boundary is not a polygon, or the coordinates are not of one length.

    Examples
    --------
    >>> from shapely import box
    >>> locate([0.5, 1.0, 9.0], [0.5, 0.5, 0.5], [box(0, 0, 1, 1), box(1, 0, 2, 1)])
    array([ 0,  0, -1], dtype=int32)
    """
    points = np.size(longitude)
    cells = int(np.clip(4 * points, 2**12, 2**20))
    return AreaRaster(boundaries, cells=cells).locate(longitude, latitude)


class AreaRaster:
    """Areas prepared for many points: build it once, then `locate` chunk after chunk.

    Parameters
    ----------
    boundaries : GeoDataFrame, GeoSeries or sequence of Polygon and MultiPolygon
        The areas. Missing and empty geometries hold no point.
    cells : int
        About how many cells to use. It changes the speed, never the answer.

    Raises
    ------
    SafelearnError
        If a boundary is not a polygon.

    Notes
    -----
    A cell that no border touches lies wholly inside or wholly outside each area. So along a row of cells one
    exact test decides all cells up to the next border. Each cell keeps the first area that covers it whole,
    and, where borders of earlier areas cross it, the list of those: only they need an exact test.
    """

    def __init__(self, boundaries: Any, *, cells: int = 2**20) -> None:
        import shapely

        self._shapes = _polygons(boundaries)
        bounds = shapely.bounds(self._shapes)
        if len(bounds) == 0 or np.isnan(bounds).all():
            self._rows = self._columns = 0
            return
        low, high = np.nanmin(bounds[:, :2], axis=0), np.nanmax(bounds[:, 2:], axis=0)
        width, height = np.maximum(high - low, 1e-12)
        self._size = float(np.sqrt(width * height / cells))
        # A city as thin as a line must not get more columns than cells were asked for, and no cell may be so
        # small that coordinates cannot tell it from the next.
        finest = 1e-9 * float(np.nanmax(np.abs(bounds)))
        self._size = max(self._size, max(width, height) / cells, finest)
        # One cell more all around, so that no border ever leaves the raster.
        self._origin = low - self._size
        self._columns = int(width / self._size) + 4
        self._rows = int(height / self._size) + 4
        self._build()

    def locate(self, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.int32]:
        """Find the area of each point: see `locate`, the function."""
        x, y = (np.asarray(v, dtype=float) for v in (longitude, latitude))
        if x.ndim != 1 or x.shape != y.shape:
            raise SafelearnError(
                t("Longitudes and latitudes are not two lists of one length.")
            )
        found = np.full(x.size, -1, dtype=np.int32)
        if self._rows:
            for start in range(0, x.size, _CHUNK):
                part = slice(start, start + _CHUNK)
                found[part] = self._locate(x[part], y[part])
        return found

    def _locate(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> NDArray[np.int32]:
        import shapely

        column, row = self._in_cells(x, 0), self._in_cells(y, 1)
        # Comparisons with NaN are false, so points without coordinates stay outside.
        inside = (column >= 0) & (column < self._columns)
        inside &= (row >= 0) & (row < self._rows)
        if not inside.all():
            column, row = np.where(inside, column, 0), np.where(inside, row, 0)
        cell = row.astype(np.int64) * self._columns + column.astype(np.int64)
        label = np.where(inside, self._cover[cell], -1)
        group = self._group[cell]
        near = np.flatnonzero((group >= 0) & inside)
        if near.size == 0:
            return label.astype(np.int32)

        group = group[near]
        first, count = self._first[group], self._count[group]
        point = np.repeat(near, count)
        within = np.arange(point.size) - np.repeat(np.cumsum(count) - count, count)
        area = self._areas[np.repeat(first, count) + within]
        # By area: a prepared polygon is fast while it stays in the processor's cache.
        order = np.argsort(area, kind="stable")
        point, area = point[order], area[order]
        hit = shapely.intersects_xy(self._shapes[area], x[point], y[point])
        # The first of several areas wins: write from the last to the first.
        label[point[hit][::-1]] = area[hit][::-1]
        return label.astype(np.int32)

    def _in_cells(self, values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
        return np.floor((values - self._origin[axis]) / self._size)

    def _build(self) -> None:
        import shapely

        shapely.prepare(self._shapes)
        none = len(self._shapes)
        cover = np.full((self._rows, self._columns), none, dtype=np.int32)
        crossed: list[NDArray[np.int64]] = []
        for index, shape in enumerate(self._shapes):
            row, column = self._crossed(shape)
            crossed.append(row * self._columns + column)
            if row.size:
                self._fill(cover, index, row, column)
        self._cover = np.where(cover == none, -1, cover).ravel()

        area = np.repeat(np.arange(none), [len(c) for c in crossed])
        cell = np.concatenate(crossed)
        open_ = area < cover.ravel()[cell]
        area, cell = area[open_], cell[open_]
        order = np.lexsort((area, cell))
        self._areas = area[order]
        border, self._first, self._count = np.unique(
            cell[order], return_index=True, return_counts=True
        )
        self._group = np.full(cover.size, -1, dtype=np.int32)
        self._group[border] = np.arange(border.size)

    def _fill(
        self,
        cover: NDArray[np.int32],
        index: int,
        row: NDArray[np.int64],
        column: NDArray[np.int64],
    ) -> None:
        """Mark the cells that area `index` covers whole, unless an earlier one does."""
        import shapely

        top, left = row.min(), column.min()
        edge = np.zeros((row.max() - top + 1, column.max() - left + 1), dtype=bool)
        edge[row - top, column - left] = True
        begins = ~edge
        begins[:, 1:] &= edge[:, :-1]
        r, c = np.nonzero(begins)
        x = self._origin[0] + (c + left + 0.5) * self._size
        y = self._origin[1] + (r + top + 0.5) * self._size
        whole = shapely.intersects_xy(self._shapes[index], x, y)
        # Each cell looks up the run that it is in; border cells are in none.
        run = np.cumsum(begins.ravel()).reshape(edge.shape) - 1
        covered = ~edge & whole[run] if whole.size else np.zeros_like(edge)
        window = cover[top : top + edge.shape[0], left : left + edge.shape[1]]
        window[covered & (window > index)] = index

    def _crossed(self, shape: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns of the cells that the border of `shape` touches."""
        import shapely

        rings = shapely.get_rings(shapely.get_parts(shape))
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        u = (xy - self._origin) / self._size
        a, b = u[:-1][same], u[1:][same]
        # From bottom to top, so that a row of cells cuts each edge between two rising heights.
        swap = (a[:, 1] > b[:, 1])[:, None]
        a, b = np.where(swap, b, a), np.where(swap, a, b)
        bottom = np.floor(a[:, 1] - _MARGIN).astype(np.int64)
        count = np.floor(b[:, 1] + _MARGIN).astype(np.int64) - bottom + 1
        which, step = _ranges(count)
        row = bottom[which] + step

        ax, ay, bx, by = a[which, 0], a[which, 1], b[which, 0], b[which, 1]
        rise = np.where(by > ay, by - ay, 1.0)
        start = (np.clip(row - _MARGIN, ay, by) - ay) / rise
        end = np.where(by > ay, (np.clip(row + 1 + _MARGIN, ay, by) - ay) / rise, 1.0)
        x0, x1 = ax + start * (bx - ax), ax + end * (bx - ax)
        left = np.floor(np.minimum(x0, x1) - _MARGIN).astype(np.int64)
        count = np.floor(np.maximum(x0, x1) + _MARGIN).astype(np.int64) - left + 1
        which, step = _ranges(count)
        cell = np.unique(row[which] * self._columns + left[which] + step)
        return np.divmod(cell, self._columns)


def _ranges(count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For counts (2, 3): which range (0, 0, 1, 1, 1) and which step of it (0, 1, 0, 1, 2)."""
    which = np.repeat(np.arange(count.size), count)
    return which, np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)


def _polygons(boundaries: Any) -> NDArray[Any]:
    import shapely

    shapes = np.asarray(getattr(boundaries, "geometry", boundaries), dtype=object)
    shapes = np.where(shapely.is_geometry(shapes), shapes, None)
    kind = shapely.get_type_id(shapes)
    wrong = np.flatnonzero(~np.isin(kind, (-1, 3, 6)) & ~shapely.is_empty(shapes))
    if wrong.size:
        raise SafelearnError(
            t(
                "Boundary number {n} is a {kind}, not a polygon.",
                n=int(wrong[0]) + 1,
                kind=shapes[wrong[0]].geom_type,
            ),
            remedy=t("Keep only polygons: an area is a surface."),
        )
    return shapes
