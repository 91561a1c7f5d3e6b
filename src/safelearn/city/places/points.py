"""Is the point of a row where something happened? In: coordinates and the city's outlines. Out: points and areas.

Columns change places, signs get lost, and many a point is no place of an event: the middle of an area, of a
district or of the city, one default for all that the source could not find, or coordinates cut to a hundred
metres. What is certain is put right and said; what is not a place loses its point or its claim to be exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from safelearn.city.areas import AreaRaster
from safelearn.city.places.coordinates import CoordinateReader
from safelearn.city.places.middles import Middles, find_middles
from safelearn.city.places.projections import advice, candidates
from safelearn.errors import SafelearnError
from safelearn.language import number, t, tn

if TYPE_CHECKING:
    import geopandas

    from safelearn.city.places.matching import KnownAreas

#: A file is read in another way than it says if fewer points than this lie in the city, and then most do.
_HARDLY, _MOST = 0.05, 0.8
#: About a kilometre: points that miss the city by less lie at its border, not in another place.
_NEAR = 0.01


class Located(NamedTuple):
    """Points of rows: degrees, position of the area (-1: none), whether it stands for an area, and counts."""

    x: np.ndarray
    y: np.ndarray
    area: np.ndarray
    coarse: np.ndarray
    figures: dict[str, int]


@dataclass(frozen=True)
class PointReader:
    """How the points of one file are read.

    Attributes
    ----------
    coordinates : CoordinateReader
    raster : AreaRaster or None
        The areas; None where the city has no outlines, or the file no points.
    order : ndarray
        Position in the city's areas of each outline.
    swapped : bool
        Whether the two columns are read in each other's place.
    signs : tuple of int
        By what longitude and latitude are multiplied.
    each : bool
        Whether a single row may be swapped too: where the city and its mirror image lie apart.
    snapped : bool
        Whether the source, or the coordinates themselves, say that points are moved.
    """

    coordinates: CoordinateReader
    raster: AreaRaster | None = None
    order: np.ndarray | None = None
    around: AreaRaster | None = None
    swapped: bool = False
    signs: tuple[int, int] = (1, 1)
    each: bool = False
    middles: Middles = field(default_factory=Middles)
    snapped: bool = False
    notes: tuple[str, ...] = ()

    def read(self, frame: pd.DataFrame, masked: np.ndarray | None = None) -> Located:
        """The point of each row, and the area in which it lies."""
        x, y, figures = self.coordinates.numbers(frame, masked)
        x, y = self.turned(x, y)
        pointed = ~np.isnan(x)
        if self.swapped:
            figures["swapped"] = int(pointed.sum())
        area = np.full(len(x), -1, dtype=np.int32)
        if self.raster is not None:
            area = self.locate(x, y)
            astray = np.flatnonzero(pointed & (area < 0))
            if self.each and len(astray):
                mirrored = self.locate(y[astray], x[astray])
                home = astray[mirrored >= 0]
                x[home], y[home] = y[home], x[home]
                area[home] = mirrored[mirrored >= 0]
                # A row that stood right in a file that is turned as a whole was not swapped by its source.
                more = -len(home) if self.swapped else len(home)
                figures["swapped"] = figures.get("swapped", 0) + more
        wild = (np.abs(x) > 180) | (np.abs(y) > 90)
        figures["off_the_earth"] = int(wild.sum())
        x[wild] = y[wild] = np.nan
        coarse = np.zeros(len(x), dtype=bool)
        if self.raster is not None:
            kinds = self.middles.of(x, y)
            coarse = kinds > 0
            beyond = kinds == Middles.BEYOND
            figures["middles"] = int((coarse & ~beyond).sum())
            figures["city_middles"] = int(beyond.sum())
            x[beyond] = y[beyond] = np.nan
            area[beyond] = -1
            outside = ~np.isnan(x) & (area < 0)
            figures["outside"] = int(outside.sum())
            if figures["outside"] and self.around is not None:
                near = self.around.locate(x[outside], y[outside]) >= 0
                figures["outside_near"] = int(near.sum())
        return Located(x, y, area, coarse, figures)

    def turned(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Degrees from the numbers of the file."""
        if self.swapped:
            x, y = y, x
        x, y = self.coordinates.degrees(x, y)
        return self.signs[0] * x, self.signs[1] * y

    def locate(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Position in the city's areas of each point, -1 where it lies in none."""
        assert self.raster is not None and self.order is not None
        return self.order[self.raster.locate(x, y)]

    def say(self, figures: Mapping[str, int]) -> list[str]:
        """What was met in all rows, in sentences."""
        said = self.coordinates.say(figures)
        swapped = figures.get("swapped", 0)
        if swapped and not self.swapped:
            said.append(
                tn(
                    "{n} row has longitude and latitude in each other's columns: they were swapped.",
                    "{n} rows have longitude and latitude in each other's columns: they were swapped.",
                    swapped,
                )
            )
        wild = figures.get("off_the_earth", 0)
        if wild:
            said.append(
                tn(
                    "{n} row has coordinates that are nowhere on Earth: they are not used.",
                    "{n} rows have coordinates that are nowhere on Earth: they are not used.",
                    wild,
                )
            )
        said += self.middles.say(figures)
        outside = figures.get("outside", 0)
        if outside:
            said.append(
                tn(
                    "{n} row has a point outside every area: it counts as not located.",
                    "{n} rows have points outside every area: they count as not located.",
                    outside,
                )
                + " "
                + t(
                    "{near} of them lie within a kilometre of the city, {far} farther away.",
                    near=number(figures.get("outside_near", 0)),
                    far=number(outside - figures.get("outside_near", 0)),
                )
            )
        return said


def settle_points(
    sample: pd.DataFrame,
    coordinates: CoordinateReader,
    areas: KnownAreas,
    *,
    snapped: bool = False,
    masked: np.ndarray | None = None,
    where: str = "",
) -> tuple[PointReader, np.ndarray]:
    """Decide how the points of a file are read.

    Returns
    -------
    reader : PointReader
    inside : ndarray of int32
        The area of each row of the sample by its point.

    Raises
    ------
    SafelearnError
        If the coordinates are not degrees and nobody says what they are.
    """
    reader = PointReader(coordinates, snapped=snapped, notes=coordinates.notes)
    x, y, _ = coordinates.numbers(sample, masked)
    known = ~np.isnan(x)
    nowhere = np.full(len(sample), -1, dtype=np.int32)
    if not known.any():
        return reader, nowhere
    shapes = areas.boundaries
    if shapes is not None:
        reader = _with_areas(reader, areas, shapes)
    reader = _turn(reader, x, y)
    lon, lat = reader.turned(x, y)
    wild = (np.abs(lon) > 180) | (np.abs(lat) > 90)
    if wild.sum() > 0.5 * known.sum():
        found = candidates(x, y, shapes) if shapes is not None else []
        raise SafelearnError(
            t(
                "The coordinates are not degrees, and nothing says which system they are in."
            )
            if not coordinates.system
            else t(
                "Read as {crs}, the coordinates lie nowhere on Earth.",
                crs=coordinates.system,
            ),
            where=t(
                "{file}, columns {x} and {y}",
                file=where,
                x=coordinates.pair[0],
                y=coordinates.pair[1],
            ),
            remedy=advice(found),
        )
    if coordinates.decimals is not None and not snapped:
        metres = 111_000 / 10**coordinates.decimals
        said = t(
            "Coordinates have no more than {n} decimals: points are known to about {metres} metres, and count as "
            "moved.",
            n=number(coordinates.decimals),
            metres=number(round(metres)),
        )
        reader = replace(reader, snapped=True, notes=(*reader.notes, said))
    if shapes is None:
        return reader, nowhere
    if not reader.snapped:
        middles = find_middles(*reader.read(sample, masked)[:3], shapes, areas)
        reader = replace(reader, middles=middles)
    return reader, reader.read(sample, masked).area


def explain_nowhere(
    reader: PointReader, sample: pd.DataFrame, areas: KnownAreas
) -> str:
    """What may help where no point lies in the city: the systems under which they would; empty if none."""
    if areas.boundaries is None or not reader.coordinates.pair:
        return ""
    x, y, _ = reader.coordinates.numbers(sample)
    found = candidates(x, y, areas.boundaries)
    return advice(found) if found else ""


def _with_areas(
    reader: PointReader, areas: KnownAreas, shapes: geopandas.GeoDataFrame
) -> PointReader:
    by_code = areas.by_code()
    order = [by_code[code] for code in shapes["area_id"]] + [-1]
    west, south, east, north = shapes.total_bounds
    apart = west > north or south > east or east < south or north < west
    city = shapes.geometry.union_all()
    return replace(
        reader,
        raster=AreaRaster(shapes),
        order=np.array(order, dtype=np.int32),
        around=AreaRaster([city.buffer(_NEAR)], cells=2**14),
        each=apart and reader.coordinates.transformer is None,
    )


def _turn(reader: PointReader, x: np.ndarray, y: np.ndarray) -> PointReader:
    """The reader as it must be for the points of the sample to lie in the city, or on Earth."""
    known = int((~np.isnan(x)).sum())
    if reader.raster is None:
        # Without outlines only an impossible latitude shows it.
        astray = np.nanmean(np.abs(y) > 90) > 0.5 and np.nanmax(np.abs(x)) <= 90
        if astray and np.nanmax(np.abs(y)) <= 180 and not reader.coordinates.system:
            return replace(reader, swapped=True, notes=(*reader.notes, _swapped()))
        return reader

    def share(one: PointReader) -> float:
        return float((one.locate(*one.turned(x, y)) >= 0).sum()) / known

    if share(reader) >= _HARDLY:
        return reader
    other = replace(reader, swapped=True, notes=(*reader.notes, _swapped()))
    if share(other) > _MOST:
        return other
    if reader.coordinates.system:
        return reader
    for signs, said in (
        ((-1, 1), t("The longitudes had lost their minus sign: it was put back.")),
        ((1, -1), t("The latitudes had lost their minus sign: it was put back.")),
        (
            (-1, -1),
            t("The coordinates had lost their minus signs: they were put back."),
        ),
    ):
        for one in (reader, other):
            mended = replace(one, signs=signs, notes=(*one.notes, said))
            if share(mended) > _MOST:
                return mended
    return reader


def _swapped() -> str:
    return t("Longitude and latitude stand in each other's columns: they were swapped.")
