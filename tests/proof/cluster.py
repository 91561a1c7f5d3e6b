"""Many cities at once give what each gives alone: in processes of this machine, and on a cluster of two workers.

Whole diagnoses of small cities, drawn by seed from the bundled ones. Every table must be the same, byte for byte,
wherever it was made; a process or a worker that is killed halfway costs its own city at most.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

TOWNS = ("rio-manso", "northmoor")
OPTIONS = {"template": "diagnosis", "again": True}


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Diagnose `size` cities four times: here and on a cluster, undisturbed and with one end in the middle."""
    try:
        from distributed import LocalCluster
    except ImportError:
        skipped = "dask.distributed is not installed"
        return {"tried": 0, "failed": [], "skipped": skipped}
    tried = {"here": 0, "cluster": 0, "process killed": 0, "worker killed": 0}
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        cities = [_city(root / "cities", seed) for seed in range(size)]
        alone = _alone(cities[:2], root / "alone")

        def judge(kind: str, made: dict[str, Any], lost: int) -> None:
            wanted = tables if kind != "here" else alone
            tried[kind] += len(made)
            progress(sum(tried.values()), 4 * size)
            missing = [name for name, found in made.items() if found is None]
            if len(missing) > lost:
                failed.append(f"{kind}: {len(missing)} cities have no report")
            for name, found in made.items():
                if found is not None and found != wanted.get(name, found):
                    failed.append(f"{kind}: the tables of {name} are others")

        tables = _many(cities, root / "here")
        judge("here", tables, 0)
        with _cluster(LocalCluster) as cluster:
            made = _many(cities, root / "cluster", cluster.scheduler_address)
        judge("cluster", made, 0)
        made = _many(cities, root / "process", end=_end_a_process)
        if sum(found is None for found in made.values()) != 1:
            failed.append("process killed: it cost no city, so it ended too late")
        judge("process killed", made, 1)
        with _cluster(LocalCluster) as cluster:
            workers = [nanny.pid for nanny in cluster.workers.values()]
            address = cluster.scheduler_address
            end = lambda: os.kill(workers[0], signal.SIGKILL)  # noqa: E731
            made = _many(cities, root / "worker", address, end=end)
        judge("worker killed", made, 1)
        tried["command killed"] = 1
        if left := _left_behind(cities[:2], root / "killed"):
            failed.append(f"command killed: {left} of its processes live on")
    return {"tried": tried, "failed": failed}


@contextmanager
def _cluster(kind: Any) -> Any:
    with kind(
        2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        cluster.wait_for_workers(2)
        yield cluster


def _city(folder: Path, seed: int) -> Path:
    """A bundled town with another tenth of its records left out."""
    import pandas as pd

    from safelearn.resources import bundled_city

    town = bundled_city(TOWNS[seed % len(TOWNS)])
    city = folder / f"{town.name}-{seed:02d}"
    shutil.copytree(town, city, ignore=shutil.ignore_patterns("source", "review"))
    records = city / "incidents.parquet"
    rows = pd.read_parquet(records).sample(frac=0.9, random_state=seed)
    rows.sort_index().to_parquet(records)
    return city


def _alone(cities: list[Path], out: Path) -> dict[str, dict[str, bytes]]:
    """The tables of a few, made one after the other in this process and in a plain kernel."""
    from safelearn.execution import fork
    from safelearn.reports.diagnose import diagnose

    possible, fork.Warm.possible = fork.Warm.possible, False
    try:
        for city in cities:
            diagnose(city, out / city.name)
    finally:
        fork.Warm.possible = possible
    return {city.name: _tables(out / city.name) for city in cities}


def _many(
    cities: list[Path],
    out: Path,
    cluster: str = "",
    end: Callable[[], None] | None = None,
) -> dict[str, dict[str, bytes] | None]:
    """By city, its tables; None for one that has no report. `end` is called when the first city is done."""
    from safelearn.reports.many import diagnose_many

    def on_city(done: int, total: int, name: str) -> None:
        if done == 1 and end is not None:
            end()

    targets = {city: out / city.name for city in cities}
    outcomes = diagnose_many(targets, OPTIONS, jobs=2, cluster=cluster, on_city=on_city)
    return {
        outcome.city.name: _tables(targets[outcome.city]) if not outcome.error else None
        for outcome in outcomes
    }


def _end_a_process() -> None:
    """Kill one of the two that still work on a city of their own."""
    multiprocessing.active_children()[0].kill()


def _left_behind(cities: list[Path], out: Path) -> int:
    """How many processes are left some seconds after the command was killed in the middle of its work."""
    mark = f"SAFELEARN_PROOF={out}"
    words = ["diagnose", *map(str, cities), "--out", str(out), "--jobs", "2"]
    command = subprocess.Popen(
        [sys.executable, "-m", "safelearn", *words],
        env={**os.environ, "SAFELEARN_PROOF": str(out)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 120
    while not list(out.glob(".safelearn-*")) and time.monotonic() < until:
        time.sleep(0.1)
    command.kill()
    command.wait()
    while (left := _marked(mark.encode())) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _marked(mark: bytes) -> int:
    found = 0
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            found += mark in entry.read_bytes()
    return found


def _tables(report: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (report / "tables").iterdir()}
