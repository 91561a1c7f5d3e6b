"""JSON as a table: records of an interface, or the features of a map. In: a JSON file. Out: a `Source`.

Open-data interfaces answer with a list of objects, or with such a list under a name ("data", "results",
"records"). What is inside an object is a column of its own, "location.latitude" say. Numbers stay as they are
written, so that a code keeps its zeros and a coordinate its digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.files.headers import clean_names
from safelearn.city.files.sources import Source
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t, tn

#: Names under which interfaces put their records, the likeliest first.
_NAMES = [
    *("data", "records", "results", "result", "rows", "items", "value", "values", "features", "incidents"),
    *("crimes", "datos", "registros", "resultados", "dados", "hits", "entries", "content", "response", "d"),
]  # fmt: skip
_SHAPES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"
}  # fmt: skip


_MAP = re.compile(
    rb'\s*\{\s*("[^"]*"\s*:\s*("[^"]*"|\d+|\{[^{}]*(\{[^{}]*\}[^{}]*)?\})\s*,\s*)*?"type"\s*:\s*"Feature(Collection)?"'
)


def read_json(
    content: Path | bytes,
    *,
    name: str,
    encoding: str | None = None,
    notes: tuple[str, ...] = (),
) -> Source:
    """Read records or features; see `formats.read_source`.

    Raises
    ------
    SafelearnError
        If it is no JSON, or holds neither.
    """
    from safelearn.city.files.geographic import read_geographic

    if _MAP.match(_first(content)):
        # GDAL reads a large map without building each of its numbers in Python first.
        return read_geographic(content, name=name, notes=notes)
    data = content.read_bytes() if isinstance(content, Path) else content
    text = _decoded(data, encoding, name)
    held, lines = _parsed(text, name)
    if _is_map(held):
        return read_geographic(_as_collection(held), name=name, notes=notes)
    if isinstance(held, dict) and held.get("type") in _SHAPES | {"GeometryCollection"}:
        raise SafelearnError(
            t(
                "The file holds shapes without any name or code, so nobody can say which area each is."
            ),
            where=name,
            remedy=t(
                "Export it again as a FeatureCollection, with the attributes of each feature."
            ),
        )
    if isinstance(held, dict) and held.get("type") == "Topology":
        raise SafelearnError(
            t("The file is TopoJSON, which cannot be read."),
            where=name,
            remedy=t("Open it in QGIS and export it again as GeoPackage or GeoJSON."),
        )
    records, under = _records(held)
    if records is None:
        raise SafelearnError(
            t("The file holds neither a list of records nor the features of a map."),
            where=name,
            remedy=t(
                "Export the table again as CSV, or the map as GeoPackage or GeoJSON."
            ),
        )
    if not records:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    frame = _frame(records)
    if under:
        notes = (
            *notes,
            t("The records were read from {name} in the file.", name=under),
        )
    notes = (*notes, *_incomplete(held, len(records)))
    numbers = np.array(lines) if lines else np.arange(1, len(frame) + 1)
    return Source(
        frame=frame,
        kind="text",
        name=name,
        notes=notes,
        line_numbers=lambda wanted: numbers[wanted],
    )


def _first(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[: 1 << 16].removeprefix(b"\xef\xbb\xbf")
    with content.open("rb") as stream:
        return stream.read(1 << 16).removeprefix(b"\xef\xbb\xbf")


def _decoded(data: bytes, encoding: str | None, name: str) -> str:
    for codec in [encoding] if encoding else [json.detect_encoding(data), "cp1252"]:
        try:
            return data.decode(codec).removeprefix("\ufeff")
        except LookupError as error:
            raise SafelearnError(
                t("There is no encoding called {encoding}.", encoding=codec),
                where=name,
                remedy=t("Common ones are utf-8, latin-1, cp1252, cp1251 and utf-16."),
            ) from error
        except UnicodeDecodeError:
            continue
    raise SafelearnError(
        t(
            "Wrong encoding: the file cannot be read as {encoding}.",
            encoding=encoding or "utf-8",
        ),
        where=name,
        remedy=t("Leave --encoding out, or try latin-1 or cp1252."),
    )


def _parsed(text: str, name: str) -> tuple[Any, list[int]]:
    """What the file holds; where it is an object a line, all of them and their lines."""
    try:
        # A number as it is written: 4.60 and 05001 are texts to this package until a profile says otherwise.
        return _loads(text), []
    except (json.JSONDecodeError, RecursionError) as error:
        first = error
    held, at = [], []
    for i, line in enumerate(text.splitlines(), start=1):
        line = line.strip("\x1e ,\t")
        if line:
            try:
                held.append(_loads(line))
                at.append(i)
            except (json.JSONDecodeError, RecursionError):
                break
    else:
        if held:
            return held, at
    line = getattr(first, "lineno", 1)
    raise SafelearnError(
        t("The file is damaged: it is no JSON from this line on."),
        where=t("{file}, line {line}", file=name, line=number(line)),
        remedy=t("Download or copy it again: it was probably cut short on the way."),
    ) from first


def _loads(text: str) -> Any:
    return json.loads(
        text, parse_float=str, parse_int=str, parse_constant=lambda _: None
    )


def _is_map(held: Any) -> bool:
    if isinstance(held, dict):
        return held.get("type") in ("FeatureCollection", "Feature") or (
            # What ArcGIS servers answer.
            isinstance(held.get("features"), list)
            and any(isinstance(f, dict) and f.get("geometry") for f in held["features"])
        )
    first = held[0] if isinstance(held, list) and held else None
    return isinstance(first, dict) and first.get("type") == "Feature"


def _as_collection(held: Any) -> bytes:
    """The features as GDAL reads them: numbers as numbers again, a bare list in its collection."""
    if isinstance(held, list):
        held = {"type": "FeatureCollection", "features": held}
    features = held.get("features", [held] if held.get("type") == "Feature" else [])
    if held.get("type") == "Feature":
        held = {"type": "FeatureCollection", "features": [held]}
    for feature in features:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if geometry:
            feature["geometry"] = _numbers(geometry)
    for key in ("crs", "spatialReference"):
        if key in held:
            held[key] = _numbers(held[key])
    return json.dumps(held).encode()


def _numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers(v) for v in value]
    if isinstance(value, dict):
        return {
            k: v if k in ("type", "name") else _numbers(v) for k, v in value.items()
        }
    if isinstance(value, str):
        try:
            return float(value) if "." in value or "e" in value.lower() else int(value)
        except ValueError:
            return value
    return value


def _records(held: Any, depth: int = 0) -> tuple[list[Any] | None, str]:
    """The records of the file, and the name under which they lie."""
    if isinstance(held, list):
        if all(isinstance(r, dict) for r in held):
            return held, ""
        rows = [r for r in held if isinstance(r, list)]
        if len(rows) == len(held) > 1 and all(isinstance(c, str) for c in rows[0]):
            # A list of lists, the first of which names the columns.
            return _from_lists(rows[0], rows[1:]), ""
        return None, ""
    if not isinstance(held, dict) or depth > 2:
        return None, ""
    columns = _socrata_columns(held)
    if columns:
        return _from_lists(columns, held["data"]), "data"
    if isinstance(held.get("columns"), list) and isinstance(held.get("data"), list):
        return _from_lists(held["columns"], held["data"]), "data"
    if isinstance(held.get("features"), list):
        # Features of an ArcGIS server without their shapes.
        inside = [
            f.get("attributes", f) for f in held["features"] if isinstance(f, dict)
        ]
        return inside, "features"
    ranked = sorted(
        (k for k, v in held.items() if isinstance(v, list | dict)),
        key=lambda k: _NAMES.index(k.lower()) if k.lower() in _NAMES else len(_NAMES),
    )
    for key in ranked:
        found, under = _records(held[key], depth + 1)
        if found:
            return found, f"{key}.{under}" if under else key
    columnwise = [v for v in held.values() if isinstance(v, dict)]
    if (
        len(columnwise) == len(held) > 1
        and len({frozenset(v) for v in columnwise}) == 1
    ):
        # Column by column, as pandas writes it.
        keys = list(columnwise[0])
        return [{c: held[c][k] for c in held} for k in keys], ""
    return None, ""


def _socrata_columns(held: Mapping[str, Any]) -> list[str]:
    try:
        columns = held["meta"]["view"]["columns"]
        return [c["name"] for c in columns] if isinstance(held["data"], list) else []
    except (KeyError, TypeError):
        return []


def _from_lists(names: Iterable[Any], rows: list[Any]) -> list[dict[str, Any]]:
    distinct = clean_names([str(n) for n in names])
    return [
        dict(zip(distinct, row, strict=False)) for row in rows if isinstance(row, list)
    ]


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """A row a record; a column for each name that any of them has, in the order in which they come."""
    columns: dict[str, list[str]] = {}
    for i, record in enumerate(records):
        for key, value in _flat(record):
            cells = columns.setdefault(key, [])
            if len(cells) <= i:
                cells += [""] * (i - len(cells))
                cells.append(value)
    for cells in columns.values():
        cells += [""] * (len(records) - len(cells))
    names = clean_names(list(columns))
    return pd.DataFrame(dict(zip(names, columns.values(), strict=True)), dtype="str")


def _flat(record: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            if value.get("type") in _SHAPES and isinstance(
                value.get("coordinates"), list
            ):
                yield from _point(name, value)
            else:
                yield from _flat(value, f"{name}.")
        else:
            yield name, _text(value)


def _point(name: str, shape: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """A point as its two coordinates, as Socrata's interface gives it."""
    at = shape["coordinates"]
    if shape["type"] == "Point" and len(at) >= 2:
        yield f"{name}.longitude", _text(at[0])
        yield f"{name}.latitude", _text(at[1])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_text(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()


def _incomplete(held: Any, n: int) -> tuple[str, ...]:
    """Interfaces answer in pages: say it where the file itself shows that there are more records."""
    if not isinstance(held, dict):
        return ()
    inside = held.get("result") if isinstance(held.get("result"), dict) else held
    said = [
        str(inside.get(k, "")) for k in ("total", "count", "totalCount", "total_count")
    ]
    more = max((int(s) for s in said if s.isdigit()), default=0)
    if held.get("exceededTransferLimit") is True or more > n:
        whole = [number(more)] if more > n else []
        return (
            tn(
                "The file is one page of an answer: it holds {n} record, and there are more {whole}.",
                "The file is one page of an answer: it holds {n} records, and there are more {whole}.",
                n,
                whole=f"({listing(whole)})" if whole else "",
            ).replace(" .", "."),
        )
    return ()
