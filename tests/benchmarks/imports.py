"""Imports beside pandas: each job returns its seconds, its answer and the memory it took (see `bench`)."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from measure import digest, peak_megabytes

SETTINGS = 'format = 1\nname = "Bench"\nlanguage = "en"\ntimezone = "America/Lima"\n'
COLUMNS = ["occurred_from", "longitude", "latitude", "offence", "victim_sex"]
TEXT = {"offence": "str", "victim_sex": "str"}


def import_to_cube_ours(folder: Path):
    from safelearn.city.cube import count_cube
    from safelearn.city.folder import City
    from safelearn.city.importing import import_file

    with tempfile.TemporaryDirectory() as temporary:
        city = Path(temporary)
        (city / "city.toml").write_text(SETTINGS, encoding="utf-8")
        import_file(city, folder / "areas.gpkg", table="areas")
        start = time.perf_counter()
        import_file(city, folder / "incidents.csv", table="incidents")
        opened = City.open(city)
        cube = count_cube(opened.incidents(), opened.table("areas")["area_id"])
        seconds = time.perf_counter() - start
    columns = ("area_id", "month", "sex")
    return seconds, digest(cube.by(*columns, zeros=False), columns)


def import_to_cube_peer(folder: Path):
    seconds, n = bare_chain(folder)
    # The import reads offences by a crosswalk, which these made-up codes have none of.
    n = n.groupby(["area_id", "month", "victim_sex"]).sum()
    return seconds, digest(n.reset_index(), ("area_id", "month", "sex"))


def bare_chain(folder: Path):
    import geopandas as gpd
    import pandas as pd

    start = time.perf_counter()
    areas = gpd.read_file(folder / "areas.gpkg")
    rows = pd.read_csv(
        folder / "incidents.csv",
        usecols=COLUMNS,
        dtype=TEXT,
        parse_dates=["occurred_from"],
    )
    points = gpd.GeoDataFrame(
        rows,
        geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"], crs=4326),
    )
    joined = gpd.sjoin(points, areas, how="left", predicate="intersects")
    joined["month"] = joined["occurred_from"].dt.strftime("%Y-%m")
    joined["area_id"] = joined["area_id"].fillna("")
    joined["victim_sex"] = joined["victim_sex"].fillna("unknown")
    n = joined.groupby(["area_id", "offence", "month", "victim_sex"]).size()
    return time.perf_counter() - start, n


def import_1m_ours(folder: Path):
    import pandas as pd

    from safelearn.city.importing import import_file

    with tempfile.TemporaryDirectory() as temporary:
        city = Path(temporary)
        (city / "city.toml").write_text(SETTINGS, encoding="utf-8")
        import_file(city, folder / "areas.gpkg", table="areas")
        start = time.perf_counter()
        import_file(city, folder / "portal.csv", table="incidents")
        seconds = time.perf_counter() - start
        peak = peak_megabytes()
        names = ["occurred_from", "victim_sex"]
        rows = pd.read_parquet(city / "incidents.parquet", columns=names)
    return seconds, _by_day_and_sex(rows["occurred_from"], rows["victim_sex"]), peak


def import_1m_peer(folder: Path):
    import pandas as pd

    with tempfile.TemporaryDirectory() as temporary:
        start = time.perf_counter()
        rows = pd.read_csv(
            folder / "portal.csv", dtype={"district": "str"}, parse_dates=["date"]
        )
        rows.to_parquet(Path(temporary) / "rows.parquet", compression="zstd")
        seconds = time.perf_counter() - start
        peak = peak_megabytes()
    return seconds, _by_day_and_sex(rows["date"], rows["victim sex"]), peak


def _by_day_and_sex(days, sexes) -> str:
    import pandas as pd

    day = days.astype("datetime64[s]").astype("int64") // 86_400
    sex = sexes.astype("object").fillna("unknown").astype("str")
    n = pd.DataFrame({"day": day, "sex": sex}).groupby(["day", "sex"]).size()
    return digest(n.reset_index(), ("day", "sex"))


import_10m_ours, import_10m_peer = import_1m_ours, import_1m_peer
