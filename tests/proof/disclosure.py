"""Random cities are protected and attacked, and random leaks are planted and must be found.

For each city, tables by area, by month and by sex that share their offences go through the library's own way
from counts to approved tables with rates, and the attack, which is told the truth, must find nothing. Cities
small enough are also attacked by whole-number programmes written apart (``tests/disclosure/outsider.py``). Then
the same city is hidden naively, small counts only, and the attack by linear programmes must find exactly the
cells that the audit by flows says are narrowed down: two methods that share no line of code.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from safelearn.disclosure.approval import approve
from safelearn.disclosure.attack import attack
from safelearn.disclosure.hiding import Hidden, audit, hide, primary
from safelearn.disclosure.suppression import protect
from safelearn.errors import SafelearnError
from safelearn.estimates.rates import rates_by_area

CODES = ["0101", "0201", "0401", "0501", "0502", "0503", "0504", "0601", "0602", "0701"]
CODES += ["0702", "0703", "0801", "0802", "unclassified"]


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Protect and attack `size` random cities."""
    outsider = _outsider()
    failed: list[str] = []
    tried = dict.fromkeys(
        ["cities", "small_counts", "whole_number_attacks", "planted_leaks"], 0
    )
    shown = hidden = 0
    for seed in range(size):
        rng = np.random.default_rng(seed)
        city = _city(rng)
        tried["cities"] += 1
        counts = _protected_and_attacked(city, rng, seed, failed)
        tried["small_counts"] += counts[0]
        shown, hidden = shown + counts[1], hidden + counts[2]
        tried["whole_number_attacks"] += _attacked_apart(rng, seed, outsider, failed)
        tried["planted_leaks"] += _planted(city, seed, failed)
        progress(seed + 1, size)
    return {
        "tried": tried,
        "failed": failed,
        "cells_shown": shown,
        "cells_hidden": hidden,
    }


def _city(rng: np.random.Generator) -> np.ndarray:
    """Counts by area and offence, from nearly empty to large, some areas and offences with nothing."""
    areas, offences = int(rng.integers(1, 61)), int(rng.integers(1, len(CODES) + 1))
    size = rng.gamma(rng.uniform(0.2, 2), 1, areas)[:, None]
    kind = rng.gamma(rng.uniform(0.1, 2), 1, offences)[None, :]
    mean = size * kind / max((size * kind).mean(), 1e-9) * 10 ** rng.uniform(-1, 2.5)
    return rng.poisson(
        np.minimum(mean, 1e5) * (rng.random(mean.shape) < rng.uniform(0.3, 1))
    )


def _frame(x: np.ndarray, key: str, categories: list[str]) -> pd.DataFrame:
    offences = CODES[: x.shape[1]]
    return pd.DataFrame(
        {
            key: np.repeat(categories, x.shape[1]),
            "offence": np.tile(offences, x.shape[0]),
            "n": x.ravel(),
        }
    )


def _protected_and_attacked(
    x: np.ndarray, rng: np.random.Generator, seed: int, failed: list[str]
) -> tuple[int, int, int]:
    places = ["", *[f"{i:03d}" for i in range(1, len(x))]]
    tables = {"area": _frame(x, "area_id", places)}
    for key, categories in (
        ("month", [f"2024-{m:02d}" for m in range(1, 13)]),
        ("sex", ["female", "male", "other", "unknown"]),
    ):
        if rng.random() < 0.7:
            chances = rng.dirichlet(np.full(len(categories), 0.7))
            spread = np.array([rng.multinomial(n, chances) for n in x.sum(axis=0)]).T
            tables[key] = _frame(spread, key, categories)
    safe = protect(tables)
    told = {"universe": "city"}
    approved, truth = [], {}
    for name, frame in safe.tables.items():
        keys = [c for c in tables[name] if c != "n"]
        approved.append(
            approve(name, frame[[*keys, "n"]], keys=keys, measures=["n"], **told)
        )
        truth[name] = tables[name]["n"]
    for key, frame in safe.totals.items():
        approved.append(
            approve(f"by_{key}", frame[[key, "n"]], keys=[key], measures=["n"], **told)
        )
    if len(places) > 1:
        population = pd.DataFrame(
            {
                "area_id": places[1:],
                "population": rng.integers(0, 30_000, len(places) - 1),
            }
        )
        rates = rates_by_area(
            safe.tables["area"][["area_id", "offence", "n"]], population
        )
        measures = [c for c in rates if c not in ("area_id", "offence")]
        approved.append(
            approve(
                "rates", rates, keys=["area_id", "offence"], measures=measures, **told
            )
        )
    try:
        for breach in attack(approved, truth=truth):
            failed.append(f"City {seed}: {breach.sentence}")
    except SafelearnError as error:
        failed.append(f"City {seed}: {error}")
    cells = pd.concat(safe.tables.values())
    for name, frame in safe.tables.items():
        if (frame["n"].dropna() != tables[name]["n"][frame["n"].notna()]).any():
            failed.append(
                f"City {seed}: the table {name} shows a count that is not true."
            )
    return (
        int(cells["small"].sum()),
        int((~cells["hidden"]).sum()),
        int(cells["hidden"].sum()),
    )


def _attacked_apart(
    rng: np.random.Generator, seed: int, outsider: Any, failed: list[str]
) -> int:
    """A table of up to five by five cells, attacked by programmes that know nothing of the library."""
    rows, columns = (int(n) for n in rng.integers(1, 6, 2))
    x = rng.negative_binomial(0.5, rng.uniform(0.01, 0.3), (rows, columns))
    x *= rng.random((rows, columns)) < rng.uniform(0.3, 1)
    limits = np.where(rng.random((1, columns)) < 0.3, 10, 5) * np.ones(
        (rows, 1), dtype=int
    )
    hidden = hide(x, limits)
    reader = outsider.Outsider()
    outsider.read_table(reader, "t", x, hidden)
    small = np.argwhere((x >= 1) & (x < limits))
    for i, j in small:
        low, high = reader.interval(("t", i, j))
        if not hidden.cells[i, j] or low > 1 or high < limits[i, j] - 1:
            failed.append(
                f"Table {seed}: the count {x[i, j]} is known to be {low} to {high}."
            )
    return len(small)


def _planted(x: np.ndarray, seed: int, failed: list[str]) -> int:
    """Hide small counts only: what the audit finds, the attack must find, and nothing else."""
    limits = np.full(x.shape, 5)
    small = primary(x, limits)
    # The attack knows no floor where a line shows no count above zero; the audit is told the same.
    shown = (x > 0) & ~small[:-1, :-1]
    silent = (~shown.any(axis=1), ~shown.any(axis=0))
    naive = Hidden(
        small[:-1, :-1],
        small[:-1, -1],
        small[-1, :-1],
        bool(small[-1, -1]),
        small,
        *silent,
    )
    if naive.total or not naive.cells.any():
        return 0
    keys = [f"r{i:02d}" for i in range(len(x))]
    columns = [f"c{j:02d}" for j in range(x.shape[1])]
    cells = pd.DataFrame(
        {
            "row": np.repeat(keys, x.shape[1]),
            "column": np.tile(columns, len(x)),
            "n": x.ravel(),
        }
    )
    tables, truth = [], {}
    for name, frame, gone in (
        ("cells", cells, naive.cells.ravel()),
        ("rows", pd.DataFrame({"row": keys, "n": x.sum(axis=1)}), naive.row_totals),
        (
            "columns",
            pd.DataFrame({"column": columns, "n": x.sum(axis=0)}),
            naive.column_totals,
        ),
        (
            "all",
            pd.DataFrame({"row": ["all"], "n": [int(x.sum())]}),
            np.zeros(1, dtype=bool),
        ),
    ):
        truth[name] = frame["n"]
        frame = frame.assign(n=pd.array(frame["n"], dtype="Int64").copy())
        frame["n"] = frame["n"].mask(gone)
        cut = [c for c in frame if c != "n"]
        tables.append(approve(name, frame, keys=cut, measures=["n"], universe="u"))
    found = {
        tuple(v for _, v in sorted(b.cell, key=lambda kv: kv[0] != "row"))
        for b in attack(tables, truth=truth)
        if b.table == "cells"
    }
    expected = {
        (keys[weak.row], columns[weak.column])
        for weak in audit(x, limits, naive)
        if weak.row < len(x) and weak.column < x.shape[1]
    }
    if not expected <= found:
        failed.append(
            f"City {seed}: the attack missed {len(expected - found)} planted leaks."
        )
    for row, column in found - expected:
        value = x[keys.index(row), columns.index(column)]
        failed.append(
            f"City {seed}: {row} {column} ({value}) was called a leak and is none."
        )
    return len(expected)


def _outsider() -> Any:
    path = Path(__file__).resolve().parents[1] / "disclosure" / "outsider.py"
    spec = importlib.util.spec_from_file_location("proof_outsider", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
