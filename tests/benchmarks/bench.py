"""How fast, and with how much memory, beside the usual way to do the same work: `make bench`.

Each job runs in a process of its own, ours and the peer's by turns, on the same files; the best of the runs
counts, and the two answers must be equal, or there is no figure. Results go to benchmarks.json beside the
README: seconds (or megabytes), ratio = peer / ours, the aim for that ratio, and the peak memory of ours in MB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS, OFFENCES, MONTHS = 200, 12, 60
SEED = 20_240_501

#: name: (aim for the ratio peer / ours, events).
#: csv_to_cube: chunks of the file, raster, cube, added up; beside pandas.read_csv + geopandas.sjoin + groupby.
#: import_to_cube: a whole `import_file` (copy, sha256, profile, times, places, accounting, parquet), then the cube;
#: beside the same bare chain, which does none of that.
#: points_to_areas: beside geopandas.sjoin alone. aoristic: beside a loop over the rows and the hours of each.
#: help: a new `safelearn --help` beside the smallest typer program. import_city: `from safelearn import City` in a
#: new Python, beside `import pandas`.
JOBS = {
    "csv_to_cube": (2.5, 1_000_000),
    "import_to_cube": (1.0, 1_000_000),
    "points_to_areas": (5.0, 1_000_000),
    "aoristic": (50.0, 20_000),
    "help": (0.5, 0),
    "import_city": (1.0, 0),
}
BARE = """import typer
app = typer.Typer()
@app.command()
def one(): "One."
@app.command()
def two(): "Two."
app(["--help"])
"""


# ---- the data -----------------------------------------------------------------------------------------------


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


def _digest(frame, columns=("area_id", "offence", "month", "victim_sex")) -> str:
    """Of a table of counts, whatever made it."""
    columns = list(columns)
    table = frame.set_axis([*columns, "n"], axis=1).astype(
        dict.fromkeys(columns, "str")
    )
    table = table.sort_values(columns)
    text = table.to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


COLUMNS = ["occurred_from", "longitude", "latitude", "offence", "victim_sex"]
TEXT = {"offence": "str", "victim_sex": "str"}


# ---- the jobs: each returns (seconds, answer) ---------------------------------------------------------------


def csv_to_cube_ours(folder: Path):
    import geopandas as gpd
    import pandas as pd

    from safelearn.city.areas import AreaRaster
    from safelearn.city.cube import count_cube

    start = time.perf_counter()
    areas = gpd.read_file(folder / "areas.gpkg")
    raster = AreaRaster(areas)
    cube = 0
    for rows in pd.read_csv(
        folder / "incidents.csv", usecols=COLUMNS, dtype=TEXT, chunksize=250_000
    ):
        rows["occurred_from"] = pd.to_datetime(rows["occurred_from"], format="ISO8601")
        rows["area_id"] = pd.Categorical.from_codes(
            raster.locate(rows["longitude"], rows["latitude"]), areas["area_id"]
        )
        cube = cube + count_cube(rows, areas["area_id"])
    seconds = time.perf_counter() - start
    return seconds, _digest(cube.by("area_id", "offence", "month", "sex", zeros=False))


def csv_to_cube_peer(folder: Path):
    seconds, n = _bare_chain(folder)
    return seconds, _digest(n.reset_index())


def import_to_cube_ours(folder: Path):
    from safelearn.city.cube import count_cube
    from safelearn.city.folder import City
    from safelearn.city.importing import import_file

    settings = (
        'format = 1\nname = "Bench"\nlanguage = "en"\ntimezone = "America/Lima"\n'
    )
    with tempfile.TemporaryDirectory() as temporary:
        city = Path(temporary)
        (city / "city.toml").write_text(settings, encoding="utf-8")
        import_file(city, folder / "areas.gpkg", table="areas")
        start = time.perf_counter()
        import_file(city, folder / "incidents.csv", table="incidents")
        opened = City.open(city)
        cube = count_cube(opened.incidents(), opened.table("areas")["area_id"])
        seconds = time.perf_counter() - start
    columns = ("area_id", "month", "sex")
    return seconds, _digest(cube.by(*columns, zeros=False), columns)


def import_to_cube_peer(folder: Path):
    seconds, n = _bare_chain(folder)
    # The import reads offences by a crosswalk, which these made-up codes have none of.
    n = n.groupby(["area_id", "month", "victim_sex"]).sum()
    return seconds, _digest(n.reset_index(), ("area_id", "month", "sex"))


def _bare_chain(folder: Path):
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


def _points(folder: Path):
    import geopandas as gpd
    import pandas as pd

    rows = pd.read_csv(
        folder / "incidents.csv", usecols=["longitude", "latitude"], dtype=float
    )
    return rows["longitude"], rows["latitude"], gpd.read_file(folder / "areas.gpkg")


def points_to_areas_ours(folder: Path):
    from safelearn.city.areas import locate

    x, y, areas = _points(folder)
    start = time.perf_counter()
    found = locate(x, y, areas)
    seconds = time.perf_counter() - start
    return seconds, hashlib.sha256(found.astype("int32").tobytes()).hexdigest()


def points_to_areas_peer(folder: Path):
    import geopandas as gpd

    x, y, areas = _points(folder)
    start = time.perf_counter()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=4326))
    joined = gpd.sjoin(points, areas, how="left", predicate="intersects")
    seconds = time.perf_counter() - start
    first = joined.groupby(level=0)["index_right"].min().fillna(-1)
    return seconds, hashlib.sha256(
        first.astype("int32").to_numpy().tobytes()
    ).hexdigest()


def _intervals(folder: Path):
    import pandas as pd

    names = ["occurred_from", "occurred_to"]
    return pd.read_csv(folder / "incidents.csv", usecols=names, parse_dates=names)


def aoristic_ours(folder: Path):
    from safelearn.diagnosis.timing import aoristic

    rows = _intervals(folder)
    start = time.perf_counter()
    week = aoristic(rows["occurred_from"], rows["occurred_to"])
    return time.perf_counter() - start, week.round(6).to_numpy().tolist()


def aoristic_peer(folder: Path):
    import numpy as np

    rows = _intervals(folder)
    hour = timedelta(hours=1)
    start = time.perf_counter()
    week = np.zeros((7, 24))
    for begin, end in zip(
        rows["occurred_from"].dt.to_pydatetime(),
        rows["occurred_to"].dt.to_pydatetime(),
        strict=True,
    ):
        length = (end - begin).total_seconds()
        if length == 0:
            week[begin.weekday(), begin.hour] += 1
        at = begin
        while at < end:
            # To the next full hour, or the end of the interval.
            to = min(at.replace(minute=0, second=0) + hour, end)
            week[at.weekday(), at.hour] += (to - at).total_seconds() / length
            at = to
    return time.perf_counter() - start, week.round(6).tolist()


def help_ours(folder: Path):
    return _start("-m", "safelearn", "--help")


def help_peer(folder: Path):
    return _start("-c", BARE)


def import_city_ours(folder: Path):
    return _start("-c", "from safelearn import City")


def import_city_peer(folder: Path):
    return _start("-c", "import pandas")


def _start(*words: str):
    """The best of five starts, the first of which only fills the disk's cache."""
    seconds = []
    for _ in range(6):
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds[1:]), True


# ---- the runs -----------------------------------------------------------------------------------------------


def _run_here(job: str, engine: str, folder: Path) -> dict:
    seconds, answer = globals()[f"{job}_{engine}"](folder)
    return {"seconds": seconds, "peak": _peak_megabytes(), "answer": answer}


def _peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows
        import ctypes
        from ctypes import wintypes

        counters = (ctypes.c_size_t * 10)()
        process = wintypes.HANDLE(ctypes.windll.kernel32.GetCurrentProcess())
        size = ctypes.sizeof(counters)
        ctypes.windll.psapi.GetProcessMemoryInfo(process, counters, size)
        return counters[1] / 2**20
    who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    peak = max(resource.getrusage(one).ru_maxrss for one in who)
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _run(job: str, engine: str, folder: Path, events: int = 0) -> dict:
    """Run in a process of its own. This one must stay small: a child's peak begins at its parent's size."""
    command = [sys.executable, __file__, "--job", job, "--engine", engine]
    command += ["--folder", str(folder), "--events", str(events)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{job}, {engine}:\n{done.stderr}")
    return json.loads(done.stdout)


def compare(job: str, folder: Path, events: int, runs: int) -> list[dict]:
    """The rows of benchmarks.json for one job: its time, and for the whole chain its memory."""
    aim, _ = JOBS[job]
    found = {"ours": [], "peer": []}
    for _ in range(runs):
        for engine, results in found.items():
            results.append(_run(job, engine, folder))
    if found["ours"][0]["answer"] != found["peer"][0]["answer"]:
        sys.exit(f"{job}: the two answers differ, so their times cannot be compared")
    ours, peer = (min(r["seconds"] for r in found[e]) for e in ("ours", "peer"))
    memory, theirs = (min(r["peak"] for r in found[e]) for e in ("ours", "peer"))
    size = f"{events} events, {AREAS} areas, {OFFENCES} offences, {MONTHS} months"
    if not events:
        size = "one start of Python"
    rows = [_row(job, ours, peer, aim, memory, size)]
    if job.endswith("_to_cube"):
        rows.append(_row(f"{job}_memory", memory, theirs, 1.0, memory, size))
    return rows


def _row(
    name: str, ours: float, peer: float, aim: float, memory: float, size: str
) -> dict:
    return {
        "name": name,
        "ours": round(ours, 4),
        "peer": round(peer, 4),
        "ratio": round(peer / ours, 2),
        "aim": aim,
        "peak_memory": round(memory, 1),
        "size": size,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=sorted(JOBS))
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks.json")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--events", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job == "make":
        make_city(options.folder, options.events)
        print("{}")
        return
    if options.job:
        result = _run_here(options.job, options.engine, options.folder)
        print(json.dumps(result))
        return

    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for events in sorted({events for _, events in JOBS.values()}):
            folder = Path(temporary) / str(events)
            folder.mkdir()
            if events:
                _run("make", "", folder, events)
            for job, (_, wanted) in JOBS.items():
                if wanted != events or options.only not in (None, job):
                    continue
                for row in compare(job, folder, events, options.runs):
                    rows.append(row)
                    verdict = "ok" if row["ratio"] >= row["aim"] else "MISSED"
                    print(
                        f"{row['name']:22} ours {row['ours']:9.3f}  peer {row['peer']:9.3f}"
                        f"  ratio {row['ratio']:7.2f}  aim {row['aim']:5.1f}  {verdict}",
                        flush=True,
                    )
    if options.only is None:
        text = json.dumps({"rows": rows}, indent=2) + "\n"
        options.out.write_text(text, encoding="utf-8", newline="\n")
    if any(row["ratio"] < row["aim"] for row in rows):
        sys.exit("An aim was missed.")


if __name__ == "__main__":
    main()
