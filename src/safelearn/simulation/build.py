"""Write a simulated city as a city folder: settings, tables, boundaries, and the truth beside it.

A folder and a seed go in, files come out, the same bytes each time. `build_bundled` makes the cities that the
project ships; ``make build`` calls it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import shapely

from safelearn.city import contracts
from safelearn.simulation.geography import to_degrees
from safelearn.simulation.tables import all_tables
from safelearn.simulation.town import Town, found_town

SEED = 20_190_531
BUNDLED = "puerto-sereno"


def build_bundled(datasets: Path) -> Path:
    """Build the cities that the project ships into its folder of datasets."""
    return build_city(Path(datasets) / BUNDLED, SEED)


def build_city(folder: Path, seed: int, **size: int) -> Path:
    """Write the city of `seed` to `folder`.

    Parameters
    ----------
    size
        What `town.found_town` may be told: ``population``, ``recorded``, ``start``, ``years``.
    """
    town = found_town(seed, **size)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "city.toml", SETTINGS)
    _write(folder / "areas.geojson", boundaries(town))
    for name, frame in all_tables(town).items():
        columns = [c for c in contracts.columns(name) if c in frame.columns]
        if name == "incidents":
            frame.to_parquet(
                folder / "incidents.parquet", index=False, compression="zstd"
            )
        else:
            _table(folder / f"{name}.csv", frame[columns])
    return folder


SETTINGS = """\
# An invented city. Nobody lives here, and nothing in this folder ever happened.
format = 1
name = "Puerto Sereno"
language = "en"
timezone = "America/Lima"
unit = "neighbourhood"
period = [2021-01-01, 2025-12-31]
synthetic = true
"""


def boundaries(town: Town) -> str:
    """The neighbourhoods as GeoJSON, six decimals, one feature a line."""
    features = []
    for row, shape in zip(
        town.conditions.itertuples(), town.geography.areas, strict=True
    ):
        degrees = shapely.transform(shape, _degrees)
        feature = {
            "type": "Feature",
            "properties": {
                "area_id": row.area_id,
                "area_name": row.area_name,
                "parent": row.parent,
            },
            "geometry": json.loads(shapely.to_geojson(shapely.normalize(degrees))),
        }
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return (
        '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    )


def _degrees(at):
    import numpy as np

    return np.column_stack(to_degrees(at[:, 0], at[:, 1])).round(6)


def _table(path: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
