"""Which areas does a file of boundaries, or a plain list, hold? In: a file. Out: areas, and their outlines.

Codes and names are found by what columns are called and what their values look like: a code is short, has
no gaps and is never the file's own row number. Outlines are brought to longitude and latitude and repaired.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import account, must_use_something
from safelearn.city.files.formats import Source
from safelearn.city.files.headers import normalise
from safelearn.city.imports.reading import Reading
from safelearn.errors import SafelearnError
from safelearn.language import t, tn

if TYPE_CHECKING:
    import geopandas

_ROW_NUMBERS = {"objectid", "fid", "gid", "ogc fid", "id 0", "index", "shape id", "oid"}
_CODE_WORDS = {
    "code",
    "codigo",
    "cod",
    "id",
    "gss",
    "key",
    "mapid",
    "kennzahl",
    "num",
    "numero",
    "clave",
    "cvegeo",
}
_NAME_WORDS = {"name", "nombre", "nom", "nome", "bezeichnung", "label", "title"}
_UNITS = {
    "ward",
    "comuna",
    "barrio",
    "neighbourhood",
    "neighborhood",
    "distrito",
    "district",
    "colonia",
    "bairro",
    "quartier",
    "stadtteil",
    "suburb",
    "localidad",
}
_PARENTS = {
    "parent",
    "borough",
    "alcaldia",
    "municipality",
    "municipio",
    "district name",
    "district",
    "distrito",
}
_ALIASES = {"aliases", "alias", "other names", "otros nombres", "outros nomes"}
#: Metres and less are no boundary's business: seven decimals are a centimetre.
_DECIMALS = 7


def read_areas(source: Source, *, crs: str | None = None) -> Reading:
    """Read areas from outlines or from a list.

    Parameters
    ----------
    crs : str, optional
        The coordinate system of the outlines, where the file does not say.

    Raises
    ------
    SafelearnError
        If no column can tell one area from another, or an outline is missing, broken or without a
        coordinate system.
    """
    frame = source.frame
    code, name, said = _columns(frame)
    notes = list(said)
    rows = pd.DataFrame(index=frame.index)
    rows["area_id"] = _text(frame[code])
    rows["area_name"] = _text(frame[name]).fillna(rows["area_id"])
    for column, variants in (
        ("parent", _PARENTS),
        ("settlement", {"settlement"}),
        ("aliases", _ALIASES),
    ):
        found = [
            c
            for c in frame.columns
            if normalise(c) in variants and c not in (code, name)
        ]
        rows[column] = _text(frame[found[0]]) if found else pd.NA
    against = {"breaks the contract": rows["area_id"].isna().to_numpy()}
    if source.outlines is None:
        against["repeated row"] = rows["area_id"].duplicated().to_numpy()
    accounting = account(len(rows), against)
    must_use_something(accounting, source.name)
    used = accounting.used
    outlines = None
    if source.outlines is not None:
        outlines, more = _outlines(source, rows, used, crs)
        notes += more
    areas = rows[used].drop_duplicates("area_id")
    if len(areas) < used.sum():
        notes.append(
            tn(
                "The outlines of {n} area stand in several rows and were joined.",
                "The outlines of {n} areas stand in several rows and were joined.",
                int(rows.loc[used, "area_id"].duplicated().sum()),
            )
        )
    areas, problems = contracts.canonical(areas.reset_index(drop=True), "areas")
    notes += [p.sentence for p in problems[:3]]
    return Reading(
        "areas",
        areas.sort_values("area_id", ignore_index=True),
        accounting,
        tuple(notes),
        outlines=outlines,
    )


def write_outlines(outlines: geopandas.GeoDataFrame, areas: pd.DataFrame) -> str:
    """GeoJSON of the areas in the order of their codes, one feature a line; same areas, same bytes."""
    import json

    import shapely

    names = areas.set_index("area_id")
    lines = []
    ordered = outlines.sort_values("area_id")
    for area, shape in zip(ordered["area_id"], ordered.geometry, strict=True):
        properties = {"area_id": area}
        for column in ("area_name", "parent"):
            value = names[column].get(area)
            if isinstance(value, str):
                properties[column] = value
        lines.append(
            json.dumps(
                {
                    "type": "Feature",
                    "properties": properties,
                    "geometry": shapely.geometry.mapping(shape),
                },
                ensure_ascii=False,
                separators=(",", ":"),
            )
        )
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


def _columns(frame: pd.DataFrame) -> tuple[str, str, tuple[str, ...]]:
    """The column of codes, that of names, and what was assumed."""
    codes = {c: _like_a_code(c, frame[c]) for c in frame.columns}
    names = {c: _like_a_name(c, frame[c]) for c in frame.columns}
    code = max(codes, key=lambda c: codes[c], default=None)
    name = max(names, key=lambda c: names[c], default=None)
    if code is None or name is None or max(codes[code], names[name]) <= 0:
        raise SafelearnError(
            t("No column tells one area from another."),
            where=", ".join(map(str, frame.columns)),
            remedy=t("Add columns area_id (a code) and area_name to the file."),
        )
    if names[name] <= 0:
        name = code
    if codes[code] <= 0:
        code = name
    if {normalise(code), normalise(name)} == {"area id", "area name"}:
        return code, name, ()
    return (
        code,
        name,
        (
            t(
                "Areas: their codes are in the column {code}, their names in {name}.",
                code=code,
                name=name,
            ),
        ),
    )


def _like_a_code(column: str, values: pd.Series) -> float:
    text = values.str.strip()
    title = normalise(column)
    words = set(title.split())
    if title == "area id":
        return 100.0
    filled = text[text != ""]
    if len(filled) < len(text) or not filled.is_unique or title in _ROW_NUMBERS:
        return 0.0
    if filled.str.contains(r"\d[.,]\d|\s|[\[{(]").any():
        return 0.0
    score = 1.0
    if words & _CODE_WORDS:
        score += 4.0
    if words & _UNITS:
        score += 1.0
    lengths = filled.str.len()
    if lengths.nunique() == 1 and (filled.str.contains(r"\d")).all():
        score += 2.0
    if lengths.max() > 16:
        score -= 3.0
    if words & _NAME_WORDS or words & {"area", "length", "perimeter", "shape"}:
        score -= 6.0
    # The numbers 1 to n in the file's own order are its rows, not its areas.
    if title == "id" and list(filled) == [str(i + 1) for i in range(len(filled))]:
        score -= 2.0
    return score


def _like_a_name(column: str, values: pd.Series) -> float:
    text = values.str.strip()
    title = normalise(column)
    words = set(title.split())
    if title == "area name":
        return 100.0
    letters = text.str.contains(r"[^\W\d_]{3,}").mean()
    if letters < 0.7 or text.nunique() < 0.5 * len(text) or text.str.len().max() > 120:
        return 0.0
    score = letters
    if words & _NAME_WORDS:
        score += 4.0
    if words & _UNITS:
        score += 2.0
    if text.str.contains(r"[\[{(;]").mean() > 0.5:
        score -= 3.0
    return score


def _outlines(
    source: Source, rows: pd.DataFrame, used: np.ndarray, crs: str | None
) -> tuple[geopandas.GeoDataFrame, tuple[str, ...]]:
    import geopandas
    import shapely

    from safelearn.city.files.geographic import in_wgs84, repaired

    assert source.outlines is not None
    ids = rows.loc[used, "area_id"]
    shapes, said = repaired(
        source.outlines[used],
        [str(v) for v in rows.loc[used, "area_name"]],
        where=source.name,
    )
    shapes = in_wgs84(shapes, crs=crs, where=source.name)
    frame = geopandas.GeoDataFrame(
        {"area_id": list(ids)}, geometry=list(shapes), crs=shapes.crs
    )
    if frame["area_id"].duplicated().any():
        frame = frame.dissolve("area_id", as_index=False)
    rounded = shapely.transform(
        frame.geometry.array, lambda xy: np.round(xy, _DECIMALS)
    )
    wrong = ~shapely.is_valid(rounded)
    rounded[wrong] = shapely.make_valid(
        rounded[wrong], method="structure", keep_collapsed=False
    )
    frame = frame.set_geometry(geopandas.GeoSeries(rounded, crs=frame.crs))
    return frame.sort_values("area_id", ignore_index=True), said


def _text(column: pd.Series) -> pd.Series:
    plain = column.str.strip().map(lambda v: re.sub(r"\s+", " ", v)).astype("str")
    return plain.where(plain != "")
