"""Made-up cities to measure on: 200 areas with crooked borders, and files of their events."""

from __future__ import annotations

from pathlib import Path

AREAS, OFFENCES, MONTHS = 200, 12, 60
SEED = 20_240_501
#: Rows that are made at a time: a file of ten million must not need the memory that an import may not take.
_PIECE = 500_000


def make_city(folder: Path, events: int) -> None:
    """Write a city of 200 areas with crooked borders, and a CSV of its events."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    rng = np.random.default_rng(SEED)
    frame = shapely.box(-70.1, -12.2, -69.9, -12.0)
    seeds = shapely.MultiPoint(rng.uniform((-70.1, -12.2), (-69.9, -12.0), (AREAS, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame))
    cells = shapely.segmentize(shapely.intersection(cells, frame), 3e-4)
    # As a city folder's GeoJSON keeps them, so that every engine sees the same borders.
    cells = shapely.transform(cells, lambda xy: xy.round(6))
    ids = [f"{i:03d}" for i in range(AREAS)]
    gpd.GeoDataFrame(
        {"area_id": ids, "area_name": ids}, geometry=cells, crs=4326
    ).to_file(folder / "areas.gpkg")
    first = np.datetime64("2019-01-01T00:00:00")
    seconds = int((np.datetime64("2024-01-01T00:00:00") - first).astype(int))
    begin = first + rng.integers(0, seconds, events).astype("m8[s]")
    pd.DataFrame(
        {
            "occurred_from": np.datetime_as_string(begin),
            "occurred_to": np.datetime_as_string(
                begin + rng.integers(0, 600_000, events).astype("m8[s]")
            ),
            "longitude": rng.uniform(-70.105, -69.895, events).round(6),
            "latitude": rng.uniform(-12.205, -11.995, events).round(6),
            "offence": rng.choice([f"{i:02d}01" for i in range(OFFENCES)], events),
            "victim_sex": rng.choice(["female", "male", "other", ""], events),
        }
    ).to_csv(folder / "incidents.csv", index=False)


def make_portal(folder: Path, events: int) -> None:
    """Write a file as the portal of a large city has it: twelve columns, identifiers, holes and an address."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(SEED)
    first = np.datetime64("2019-01-01T00:00:00")
    seconds = int((np.datetime64("2024-01-01T00:00:00") - first).astype(int))
    offences = ["theft", "robbery", "burglary", "assault", "homicide", "fraud"]
    with (folder / "portal.csv").open("w", encoding="utf-8", newline="") as file:
        for start in range(0, events, _PIECE):
            n = min(_PIECE, events - start)
            begin = first + rng.integers(0, seconds, n).astype("m8[s]")
            frame = pd.DataFrame(
                {
                    "case number": [f"JX{i:08d}" for i in range(start, start + n)],
                    "date": np.datetime_as_string(begin),
                    "longitude": rng.uniform(-70.105, -69.895, n).round(6),
                    "latitude": rng.uniform(-12.205, -11.995, n).round(6),
                    "offence": rng.choice(offences, n),
                    "victim sex": rng.choice(["female", "male", "other", ""], n),
                    "victim age": rng.integers(0, 90, n),
                    "weapon": rng.choice(["firearm", "knife", "none", ""], n),
                    "district": rng.choice([f"{i:03d}" for i in range(AREAS)], n),
                    "address": rng.choice([f"Main street {i}" for i in range(9000)], n),
                    "domestic": rng.choice(["Y", "N"], n),
                    "status": rng.choice(["open", "closed"], n),
                }
            )
            frame.to_csv(file, index=False, header=not start, lineterminator="\n")
