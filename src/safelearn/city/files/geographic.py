"""Boundary and point files (GeoPackage, GeoJSON, shapefile, KML): attributes as text, and the geometry.

A boundary that crosses itself is repaired so that no ground is lost, and said; one that is missing or cannot
be repaired is an error, because every rate of that area would be wrong without a word.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.city.files.layers import Known, choose_layers, open_layers
from safelearn.city.files.shapefiles import dbf_encoding, must_be_complete
from safelearn.city.files.sources import Source
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

if TYPE_CHECKING:
    import geopandas

WGS84 = "EPSG:4326"


def read_geographic(
    content: Path | bytes,
    *,
    name: str,
    member: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
    notes: tuple[str, ...] = (),
    known: Known | None = None,
) -> Source:
    """Read the features of a geographic file; see `formats.read_source`.

    Parameters
    ----------
    member : str, optional
        The shapefile in the zip archive `content`.
    layer : str, optional
        Which of several layers.
    """
    if name.casefold().endswith(".shp") and isinstance(content, Path):
        must_be_complete(content, member)
        encoding, said = dbf_encoding(content, member, encoding)
        notes = (*notes, *said)
    try:
        chosen, said = choose_layers(content, member, layer, name, known)
        frame = open_layers(content, member, chosen, encoding, name)
    except UnicodeDecodeError as error:
        raise SafelearnError(
            t("The letters of the file are in another encoding than it says."),
            where=name,
            remedy=t("Name it, as in --encoding utf-8 or --encoding cp1252."),
        ) from error
    return _as_source(frame, name, (*notes, *said), chosen)


def read_geoparquet(
    content: Path | bytes, *, name: str, notes: tuple[str, ...] = ()
) -> Source:
    """Read a parquet file with outlines."""
    import io

    import geopandas

    opened = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        frame = geopandas.read_parquet(opened)
    except (ValueError, OSError) as error:
        raise SafelearnError(
            t("The file cannot be read as a map: it is damaged or holds no features."),
            where=name,
            remedy=t(
                "Open it in QGIS and export it again as GeoPackage or GeoJSON (FeatureCollection)."
            ),
        ) from error
    return _as_source(frame, name, notes, ())


def _as_source(
    frame: pd.DataFrame, name: str, notes: tuple[str, ...], layers: tuple[str, ...]
) -> Source:
    import geopandas

    if frame.empty:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    outlines = None
    if isinstance(frame, geopandas.GeoDataFrame):
        outlines = frame.geometry
        frame = frame.drop(columns=outlines.name)
        if outlines.isna().all():
            outlines = None
    text = pd.DataFrame(
        {str(c): _column_as_text(frame[c]) for c in frame.columns},
        index=frame.index,
        dtype="str",
    )
    return Source(
        frame=text,
        kind="geographic" if outlines is not None else "text",
        name=name,
        notes=notes,
        outlines=outlines,
        titles=layers,
    )


def in_wgs84(
    outlines: geopandas.GeoSeries, *, crs: str | None, where: str
) -> geopandas.GeoSeries:
    """Outlines in longitude and latitude (EPSG:4326).

    Parameters
    ----------
    crs : str or None
        The coordinate system that a person named; it stands above what the file says.

    Raises
    ------
    SafelearnError
        If neither the file nor the person says which coordinate system it is, or its name is unknown.
    """
    from pyproj.exceptions import CRSError

    try:
        if crs:
            outlines = outlines.set_crs(crs, allow_override=True)
    except CRSError as error:
        raise unknown_crs(crs, where) from error
    if outlines.crs is None:
        raise SafelearnError(
            t(
                "The outlines have no coordinate system, so they have no place on Earth."
            ),
            where=where,
            remedy=t(
                "Ask who made the file and name it, as in --crs EPSG:4326 (degrees) or EPSG:32610 (metres)."
            ),
        )
    moved = outlines.to_crs(WGS84)
    west, south, east, north = moved.total_bounds
    off_earth = not all(map(math.isfinite, (west, south, east, north)))
    if off_earth or west < -181 or east > 181 or south < -90.01 or north > 90.01:
        raise SafelearnError(
            t("The outlines do not lie on Earth in the coordinate system given."),
            where=where,
            remedy=t("Ask who made the file which one it is, and name it with --crs."),
        )
    return moved


def unknown_crs(crs: str | None, where: str) -> SafelearnError:
    """The error for a coordinate system whose name nobody knows."""
    return SafelearnError(
        t("There is no coordinate system called {name}.", name=crs),
        where=where,
        remedy=t("Name it by its number, as in --crs EPSG:4326 or --crs EPSG:27700."),
    )


def repaired(
    outlines: geopandas.GeoSeries, names: list[str], *, where: str
) -> tuple[geopandas.GeoSeries, tuple[str, ...]]:
    """Valid polygons, and what was mended, in sentences.

    Notes
    -----
    Repair is by structure (rings are joined, nothing is cut out), because the usual fault is an island
    drawn inside its own outline: the even-odd rule would turn it into a hole and lose its incidents.

    Raises
    ------
    SafelearnError
        If an outline is missing, is no polygon, or cannot be repaired.
    """
    import shapely

    valid = outlines.is_valid
    mended = outlines
    if not valid.all():
        mended = outlines.copy()
        mended[~valid] = shapely.make_valid(
            outlines[~valid].array, method="structure", keep_collapsed=False
        )
    polygons = mended.geom_type.isin(["Polygon", "MultiPolygon"])
    bad = mended.isna() | mended.is_empty | ~polygons
    if bad.any():
        wrong = [names[i] for i in range(len(names)) if bad.iloc[i]]
        raise SafelearnError(
            tn(
                "{n} area has a broken outline, or none: {names}.",
                "{n} areas have a broken outline, or none: {names}.",
                len(wrong),
                names=listing(wrong[:8]),
            ),
            where=where,
            remedy=t("Mend it in QGIS (Fix geometries) and import the file again."),
        )
    if valid.all():
        return mended, ()
    fixed = [names[i] for i in range(len(names)) if not valid.iloc[i]]
    return mended, (
        tn(
            "The outline of {names} crossed itself and was repaired.",
            "The outlines of {n} areas crossed themselves and were repaired: {names}.",
            len(fixed),
            names=listing(fixed[:8]),
        ),
    )


def points(outlines: geopandas.GeoSeries) -> pd.DataFrame | None:
    """Coordinates of point features in their own system, or None if these are outlines."""
    kinds = set(outlines.dropna().geom_type)
    if kinds - {"Point"}:
        return None
    return pd.DataFrame({"x": outlines.x, "y": outlines.y}, index=outlines.index)


def _column_as_text(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC")
        return column.dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S").fillna("")
    return column.map(_text).fillna("").astype("str")


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return number_text(value)
    return str(value).strip()


def number_text(value: float) -> str:
    """A whole number without ``.0``: codes come as numbers from some formats."""
    return str(int(value))
