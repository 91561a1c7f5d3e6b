"""Which layer of a map holds what the city needs? In: a geographic file. Out: its features.

A GeoPackage may hold the border of the city, its districts and its neighbourhoods; the lowest units are the layer
with most polygons. The folders of a KML are no choice but one map cut in pieces, so they are read together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t

Known = Callable[[Sequence[str]], bool]
#: Columns that GDAL gives every KML, whatever is in it.
_OF_EVERY_KML = (
    *("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude"),
    *("visibility", "drawOrder", "icon", "snippet"),
)
_PAIR = re.compile(r"^\s*([^:=]{1,40}?)\s*[:=]\s*(.*?)\s*$")


def choose_layers(
    content: Path | bytes,
    member: str | None,
    wanted: str | None,
    name: str,
    known: Known | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The layers to read, and what to say of the others.

    Raises
    ------
    SafelearnError
        If the file is no map, or has no layer of the name wanted.
    """
    import pyogrio

    where = _place(content, member)
    try:
        listed = [str(layer) for layer, _ in pyogrio.list_layers(where)]
    except (RuntimeError, ValueError, TypeError) as error:
        raise no_map(name) from error
    if not listed:
        raise no_map(name)
    if wanted is not None:
        found = [layer for layer in listed if normalise(layer) == normalise(wanted)]
        if not found:
            raise SafelearnError(
                t("The file has no layer called {layer}.", layer=wanted),
                where=name,
                remedy=t("Its layers are: {names}.", names=listing(listed)),
            )
        return (found[0],), ()
    if len(listed) < 2:
        # Its name says nothing: of a file in memory it is made up.
        return (), ()
    about = {layer: _about(where, layer) for layer in listed}
    filled = [layer for layer in listed if about[layer]["features"] > 0] or listed
    if about[listed[0]]["driver"] in ("LIBKML", "KML"):
        return _folders(filled)
    told = [layer for layer in filled if known and known(list(about[layer]["fields"]))]
    polygons = [k for k in filled if "Polygon" in (about[k]["geometry_type"] or "")]
    able = told or polygons or filled
    best = max(able, key=lambda layer: about[layer]["features"])
    others = [layer for layer in filled if layer != best]
    if not others:
        return (best,), ()
    return (best,), (
        t(
            "Read the layer {layer} with {n} features; not read: {others}.",
            layer=best,
            n=number(about[best]["features"]),
            others=listing(others),
        ),
    )


def open_layers(
    content: Path | bytes,
    member: str | None,
    layers: tuple[str, ...],
    encoding: str | None,
    name: str,
) -> pd.DataFrame:
    """The features of these layers, one below the other."""
    import geopandas
    import pyogrio
    from shapely.errors import ShapelyError

    where = _place(content, member)
    options = {"encoding": encoding} if encoding else {}
    asked = layers or (None,)
    try:
        driver = pyogrio.read_info(where, layer=asked[0])["driver"]
    except (RuntimeError, ValueError, TypeError) as error:
        raise no_map(name) from error
    if driver == "GeoJSON":
        # A moment stays as it is written, with its zone or without.
        options["DATE_AS_STRING"] = "YES"
    try:
        frames = [
            geopandas.read_file(_place(content, member), layer=layer, **options)
            for layer in asked
        ]
    except UnicodeDecodeError:
        raise
    except (RuntimeError, ValueError, TypeError, ShapelyError) as error:
        # GDAL's own errors are errors of run time; a shape that is none is one of shapely's.
        raise no_map(name) from error
    if driver in ("LIBKML", "KML"):
        several = len(frames) > 1
        frames = [
            _of_kml(frame.assign(folder=layer) if several else frame)
            for frame, layer in zip(frames, asked, strict=True)
        ]
    if len(frames) == 1:
        return frames[0]
    polygons = [
        isinstance(f, geopandas.GeoDataFrame)
        and "Polygon" in " ".join(f.geom_type.dropna().unique())
        for f in frames
    ]
    if any(polygons):
        frames = [f for f, kept in zip(frames, polygons, strict=True) if kept]
    return pd.concat(frames, ignore_index=True)


def no_map(name: str) -> SafelearnError:
    """The error for a file that GDAL cannot open."""
    return SafelearnError(
        t("The file cannot be read as a map: it is damaged or holds no features."),
        where=name,
        remedy=t(
            "Open it in QGIS and export it again as GeoPackage or GeoJSON (FeatureCollection)."
        ),
    )


def _place(content: Path | bytes, member: str | None) -> object:
    if isinstance(content, bytes):
        return io.BytesIO(content)
    if member:
        return f"/vsizip/{content.resolve().as_posix()}/{member}"
    return content


def _about(where: object, layer: str) -> dict:
    import pyogrio

    return pyogrio.read_info(where, layer=layer, force_feature_count=True)


def _folders(layers: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(layers) < 2:
        return tuple(layers), ()
    return tuple(layers), (
        t(
            "The file has {n} folders, which were read together: {names}.",
            n=number(len(layers)),
            names=listing(layers),
        ),
    )


def _of_kml(frame: pd.DataFrame) -> pd.DataFrame:
    """Without what every KML has, and with the attributes that were written into the description."""
    empty = [c for c in _OF_EVERY_KML if c in frame and c != "id"]
    frame = frame.drop(columns=empty)
    if "id" in frame and (
        frame["id"].isna().all()
        or frame["id"].astype("str").str.match(r".*[._]\d+$").all()
    ):
        frame = frame.drop(columns="id")
    if "description" not in frame:
        return frame
    described = frame["description"].dropna().astype("str")
    pairs = described.map(_attributes)
    keys = pairs.map(tuple)
    if described.empty or (keys == ()).any():
        return frame if not described.empty else frame.drop(columns="description")
    names = list(dict.fromkeys(k for row in keys for k in row if k not in frame))
    found = pd.DataFrame(list(pairs), index=described.index, columns=names)
    return frame.drop(columns="description").join(found)


def _attributes(description: str) -> dict[str, str]:
    """What a description says in a table of two columns, or in lines such as ``CODE: 05``."""
    from safelearn.city.files.marked_up import html_rows

    rows = html_rows(description)
    pairs = [[c for c in row if c] for row in rows]
    found = {row[0]: row[1] for row in pairs if len(row) == 2}
    if found:
        return found
    lines = re.split(r"<br\s*/?>|\n|</p>|</li>", description)
    matches = [_PAIR.match(re.sub(r"<[^>]*>", "", line)) for line in lines]
    return {m[1].strip(): m[2] for m in matches if m and m[1].strip()}
