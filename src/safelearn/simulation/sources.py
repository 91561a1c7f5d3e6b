"""The files as the city's offices would send them, before anybody imports them.

A town goes in; the bytes of each file come out by name, with the table each fills, in the order in which they
must be imported (what others refer to comes first). The police sends a messy export, the survey institute a
compressed table, the planning office outlines; the rest are plain tables.
"""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from safelearn.city import contracts
from safelearn.simulation.geography import to_degrees
from safelearn.simulation.police_file import export
from safelearn.simulation.town import Town

#: Tables that others refer to, before those that refer to them.
FIRST = ("areas", "population", "incidents", "survey", "stakeholders", "practices",
         "programmes")  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One file that an office sent."""

    name: str
    table: str
    content: bytes


def sent_files(
    town: Town, tables: dict[str, pd.DataFrame]
) -> tuple[list[Sent], dict[str, int]]:
    """Every file, and the mess in the police's one (`police_file.export`)."""
    first, last = town.plan.days[0].year, town.plan.days[-1].year
    police = export(town, tables["incidents"])
    text = police.rows.to_csv(index=False, sep=";", lineterminator="\n")
    out = [
        Sent("neighbourhoods.geojson", "areas", boundaries(town).encode()),
        Sent(f"incidents_{first}_{last}.csv.gz", "incidents", packed(text)),
        Sent(f"survey_{last}.csv.gz", "survey", packed(_csv(tables, "survey"))),
        Sent("population.csv", "population", _csv(tables, "population").encode()),
    ]
    done = {file.table for file in out}
    for name in contracts.table_names():
        if name not in done:
            out.append(Sent(f"{name}.csv", name, _csv(tables, name).encode()))
    order = {name: i for i, name in enumerate(FIRST)}
    out.sort(key=lambda file: order.get(file.table, len(order)))
    return out, police.mess


def boundaries(town: Town) -> str:
    """The neighbourhoods as GeoJSON, six decimals, one feature a line."""
    features = []
    rows = town.conditions.itertuples()
    for row, shape in zip(rows, town.geography.areas, strict=True):
        outline = shapely.normalize(shapely.transform(shape, _degrees))
        feature = {
            "type": "Feature",
            "properties": {
                "area_id": row.area_id,
                "area_name": row.area_name,
                "parent": row.parent,
                "settlement": row.settlement,
            },
            "geometry": json.loads(shapely.to_geojson(outline)),
        }
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(features)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


def _degrees(at: np.ndarray) -> np.ndarray:
    return np.column_stack(to_degrees(at[:, 0], at[:, 1])).round(6)


def _csv(tables: dict[str, pd.DataFrame], name: str) -> str:
    frame = tables[name]
    held = [c for c in contracts.columns(name) if c in frame.columns]
    return frame[held].to_csv(index=False, lineterminator="\n")


def packed(text: str) -> bytes:
    """Compressed, with no time and no name in the head: the same bytes each time."""
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=out, mtime=0) as file:
        file.write(text.encode())
    return out.getvalue()
