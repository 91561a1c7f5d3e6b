"""Many small cities are diagnosed: by one `safelearn diagnose`, and by a loop of `papermill` and `nbconvert`.

Both run the same template on the same folders and must write the same tables. Ours also checks each page for personal
data, seals each report and keeps its fingerprint; the loop does none of that.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from measure import peak_megabytes

CITIES = 24
#: Towns of which each city is one, with another tenth of the records left out.
TOWNS = ("rio-manso", "northmoor", "kharwell")
#: What a folder keeps only for the record.
_KEPT = ("source", "review", "truth.json")


def cities_24_ours(folder: Path):
    cities, out = _cities(folder), folder / "ours"
    start = time.perf_counter()
    _call("safelearn", "diagnose", *map(str, cities), "--out", str(out))
    seconds, peak = time.perf_counter() - start, peak_megabytes()
    # What is left if all else took no time: no run can be shorter than this.
    return seconds, _tables(out), peak, {"bound": _bound(folder, cities[: len(TOWNS)])}


def cities_24_peer(folder: Path):
    from safelearn.resources import templates

    template = str(templates() / "notebooks" / "diagnosis.ipynb")
    cities, out = _cities(folder), folder / "peer"
    start = time.perf_counter()
    for city in cities:
        target = out / city.name
        target.mkdir(parents=True)
        notebook = str(target / "diagnosis.ipynb")
        given = ["-p", "city", str(city), "-p", "out", str(target)]
        _call("papermill", template, notebook, *given, "--no-progress-bar")
        _call("nbconvert", "--to", "html", notebook)
    return time.perf_counter() - start, _tables(out)


def _bound(folder: Path, cities: list[Path]) -> float:
    """Seconds that the cells and pages of all take when everything is imported, shared by all processors."""
    import nbformat

    from safelearn.execution.notebook import run
    from safelearn.reports.render import to_html
    from safelearn.resources import templates

    template = templates() / "notebooks" / "diagnosis.ipynb"
    cells = [c.source for c in nbformat.read(template, as_version=4).cells]
    out = folder / "bound"
    for city in cities:
        given = {"city": str(city), "out": str(out / "made" / city.name)}
        run(template, out / f"{city.name}.ipynb", given)

    def once(name: str) -> float:
        start = time.perf_counter()
        for city in cities:
            given = f"city, out = {str(city)!r}, {str(out / name / city.name)!r}"
            names: dict[str, object] = {}
            with contextlib.redirect_stdout(io.StringIO()):
                for source in (cells[0], given, *cells[1:]):
                    exec(source, names)
            to_html(out / f"{city.name}.ipynb")
        return time.perf_counter() - start

    once("first")
    return once("warm") / len(cities) * CITIES / (os.cpu_count() or 1)


def _cities(folder: Path) -> list[Path]:
    """Drawn from the bundled towns, the same for both."""
    import pandas as pd

    from safelearn.resources import bundled_city

    made = []
    for seed in range(CITIES):
        town = bundled_city(TOWNS[seed % len(TOWNS)])
        city = folder / "cities" / f"{town.name}-{seed:02d}"
        made.append(city)
        if city.is_dir():
            continue
        shutil.copytree(town, city, ignore=shutil.ignore_patterns(*_KEPT))
        records = city / "incidents.parquet"
        rows = pd.read_parquet(records)
        rows.sample(frac=0.9, random_state=seed).sort_index().to_parquet(records)
    return made


def _call(module: str, *words: str) -> None:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])


def _tables(out: Path) -> dict[str, str]:
    """By city, one checksum of all its tables."""
    found = {}
    for city in sorted(out.iterdir()):
        digest = hashlib.sha256()
        for table in sorted((city / "tables").iterdir()):
            digest.update(table.name.encode() + table.read_bytes())
        found[city.name] = digest.hexdigest()
    return found
