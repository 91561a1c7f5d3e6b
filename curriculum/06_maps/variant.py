"""The data of module 6: a small city on a map, and nine cases in which a map misleads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis.accuracy import accuracy
from safelearn.diagnosis.concentration import generalised_gini, gini
from safelearn.diagnosis.knox import knox
from safelearn.estimates.contrasts import rate_ratio
from safelearn.estimates.rates import rates_by_area
from safelearn.simulation.cases import drawn_until
from safelearn.simulation.names import NAMES
from safelearn.views.maps.classes import breaks

#: Neighbourhoods, and columns and rows of the jittered squares that they are drawn from.
AREAS, COLUMNS, ROWS = 24, 6, 5
#: A tenth of a degree off the coast of nowhere: the city's south-west corner, and the side of a square.
CORNER, SIDE = (-76.95, -13.42), 0.012
STATIONS = ("Centre", "Hillside", "North", "Port")
#: How many squares the map of task 6 marks, and from how few records on an area is shown.
MARKED, FEWEST = 25, 5


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 6])
    areas = _areas(rng)
    damage = drawn_until(_damage_holds, lambda: _damage(rng, areas))
    return {
        "areas": areas,
        "bicycles": _bicycles(rng, areas),
        **drawn_until(_split_holds, lambda: _split(rng, areas)),
        "damage": damage,
        "limits": pd.DataFrame({"limit": breaks(_smoothed(damage)["eb"])}),
        "list": drawn_until(_list_holds, lambda: _list(rng, areas)),
        **drawn_until(_cells_hold, lambda: _cells(rng)),
        "squares": drawn_until(_squares_hold, lambda: _squares(rng)),
        "burglaries": drawn_until(_burglaries_hold, lambda: _burglaries(rng)),
        **drawn_until(_streets_hold, lambda: _streets(rng)),
        "districts": drawn_until(_districts_hold, lambda: _districts(rng)),
        "tenants": drawn_until(_tenants_hold, lambda: _tenants(rng, areas)),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each of these maps misleads here whoever does not look twice."""
    return bool(
        _split_holds(tables)
        and _damage_holds(tables["damage"])
        and _list_holds(tables["list"])
        and _cells_hold(tables)
        and _squares_hold(tables["squares"])
        and _burglaries_hold(tables["burglaries"])
        and _streets_hold(tables)
        and _districts_hold(tables["districts"])
        and _tenants_hold(tables["tenants"])
    )


# The city, and what reaches its map.


def _areas(rng: np.random.Generator) -> pd.DataFrame:
    """Neighbourhoods with a shape: squares whose corners were moved, some of them left out."""
    x, y = np.meshgrid(np.arange(COLUMNS + 1.0), np.arange(ROWS + 1.0))
    x, y = (v + rng.uniform(-0.28, 0.28, v.shape) for v in (x, y))
    corner = np.stack([CORNER[0] + SIDE * x, CORNER[1] + SIDE * y], axis=-1).round(5)
    row, column = np.divmod(np.arange(COLUMNS * ROWS), COLUMNS)
    edge = (row % (ROWS - 1) == 0) | (column % (COLUMNS - 1) == 0)
    gone = rng.choice(np.flatnonzero(edge), COLUMNS * ROWS - AREAS, replace=False)
    kept = np.setdiff1d(np.arange(COLUMNS * ROWS), gone)
    rows = []
    for at, k in enumerate(kept):
        row, column = divmod(int(k), COLUMNS)
        ring = [(row, column), (row, column + 1), (row + 1, column + 1)]
        ring = [*ring, (row + 1, column), (row, column)]
        points = ", ".join(f"{a:.5f} {b:.5f}" for a, b in (corner[p] for p in ring))
        rows.append((f"{1 + at // 6:02d}{1 + at % 6:02d}", f"POLYGON (({points}))"))
    frame = pd.DataFrame(rows, columns=["area_id", "shape"])
    pool = sorted({name for names in NAMES.values() for name in names})
    frame.insert(1, "area_name", rng.choice(pool, AREAS, replace=False).astype(str))
    people = np.exp(rng.uniform(np.log(700), np.log(15_000), AREAS))
    frame["population"] = people.round().astype("int64")
    return frame


def _bicycles(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """Stolen bicycles as four police stations sent them; one of them has no house numbers, and types zeros."""
    n = int(rng.integers(900, 1200))
    station = rng.choice(STATIONS, n, p=[0.38, 0.22, 0.16, 0.24])
    zeros = dict(zip(STATIONS, rng.uniform(0.01, 0.08, 4), strict=True))
    empty = dict(zip(STATIONS, rng.uniform(0.02, 0.1, 4), strict=True))
    zeros["Hillside"] = rng.uniform(0.4, 0.55)
    is_zero = rng.random(n) < np.vectorize(zeros.get)(station)
    is_empty = ~is_zero & (rng.random(n) < np.vectorize(empty.get)(station))
    point = [
        np.where(is_zero, 0.0, at + SIDE * rng.uniform(0, side, n)).round(5)
        for at, side in zip(CORNER, (COLUMNS, ROWS), strict=True)
    ]
    # Whoever types no point still often writes down the neighbourhood.
    nameless = rng.random(n) < np.where(is_zero | is_empty, 0.25, 0.02)
    return pd.DataFrame(
        {
            "case": [f"B{k:04d}" for k in range(1, n + 1)],
            "station": station,
            "area_id": pd.Series(rng.choice(areas["area_id"], n)).mask(nameless),
            "longitude": np.where(is_empty, np.nan, point[0]),
            "latitude": np.where(is_empty, np.nan, point[1]),
        }
    )


def _split(rng: np.random.Generator, areas: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Homes by the borders of 2018, burglaries by those of 2025: one code kept by a half, one given up."""
    then = areas["area_id"].iloc[:10].to_list()
    homes = rng.integers(900, 4200, len(then))
    homes[[2, 7]] += 2500
    expected = homes * rng.uniform(0.008, 0.03, len(then))
    north, south = (rng.uniform(0.35, 0.65) for _ in range(2))
    kept, gone = then[2], then[7]
    now = dict(zip(then, expected, strict=True))
    now[kept], now["0499"] = north * expected[2], (1 - north) * expected[2]
    del now[gone]
    now["0498"], now["0497"] = south * expected[7], (1 - south) * expected[7]
    counts = pd.DataFrame({"area_id": sorted(now)})
    counts["n"] = rng.poisson(counts["area_id"].map(now)) + 1
    return {
        "counts_2025": counts,
        "homes_2018": pd.DataFrame({"area_id": then, "homes": homes}),
        "changes": pd.DataFrame(
            {
                "code_2025": ["0497", "0498", "0499"],
                "code_2018": [gone, gone, kept],
            }
        ),
    }


def _split_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether the city's rate is no mean of the neighbourhoods' rates."""
    older = tables["changes"].set_index("code_2025")["code_2018"].to_dict()
    counts = tables["counts_2025"]
    n = counts["n"].groupby(counts["area_id"].replace(older)).sum()
    homes = tables["homes_2018"].set_index("area_id")["homes"]
    return abs(1000 * (n / homes).mean() - 1000 * n.sum() / homes.sum()) > 0.05


# Areas: small numbers, and the list that a newspaper prints.


def _damage(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    people = areas["population"].to_numpy()
    rate = rng.gamma(6, rng.uniform(0.0035, 0.0045) / 6, len(people))
    return areas[["area_id", "area_name", "population"]].assign(
        n=rng.poisson(rate * people)
    )


def _smoothed(damage: pd.DataFrame) -> pd.DataFrame:
    return rates_by_area(damage.assign(offence="0504"), damage)


def _damage_holds(damage: pd.DataFrame) -> bool:
    found = _smoothed(damage)
    limits = breaks(found["eb"])
    shown = found[found["n"] >= FEWEST]
    moved = np.digitize(shown["rate"], limits) != np.digitize(shown["eb"], limits)
    return bool(
        3 <= (found["n"] < FEWEST).sum() <= 9
        and len(limits) == 4
        and moved.sum() >= 3
        and np.abs(found["eb"].to_numpy()[:, None] - limits).min() > 0.1
    )


def _list(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    people = areas["population"].to_numpy()
    rate = rng.gamma(9, 0.011 / 9, len(people))
    return areas[["area_id", "area_name", "population"]].assign(
        n=rng.poisson(rate * people)
    )


def _list_holds(table: pd.DataFrame) -> bool:
    rate = table["n"] / table["population"]
    if table["n"].min() < 2 or table["n"].idxmax() == rate.idxmax():
        return False
    first = table.loc[rate.idxmax()]
    lower = pd.Series(
        [
            rate_ratio(first["n"], first["population"], row.n, row.population).lower
            for row in table.itertuples()
        ]
    )
    alike = (lower <= 1).sum()
    fifth = table.loc[rate.sort_values().index[-5]]
    gap = rate_ratio(first["n"], first["population"], fifth["n"], fifth["population"])
    return bool(
        4 <= alike <= 14
        and gap.lower < 0.99
        and np.abs(lower - 1).min() > 1e-3
        and rate.nlargest(6).is_unique
    )


# Squares: concentration, and a map as a forecast.


def _cells(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Records in the squares that have any; the table does not hold the empty ones."""
    squares = int(rng.integers(700, 1000))
    busy = rng.gamma(0.35, 1 / 0.35, squares)
    thefts = rng.poisson(rng.uniform(2.2, 3.2) * busy)
    shops = rng.poisson(rng.uniform(0.09, 0.14) * rng.gamma(1.5, 1 / 1.5, squares))
    some = (thefts > 0) | (shops > 0)
    frame = pd.DataFrame({"thefts": thefts[some], "shops": shops[some]})
    frame.insert(0, "square", [f"Q{k:04d}" for k in np.flatnonzero(some) + 1])
    return {"cells": frame, "grid": pd.DataFrame({"squares": [squares]})}


def _cells_hold(tables: dict[str, pd.DataFrame]) -> bool:
    cells, squares = tables["cells"], tables["grid"]["squares"].iloc[0]
    empty = [0] * int(squares - len(cells))
    thefts, shops = [*cells["thefts"], *empty], [*cells["shops"], *empty]
    return bool(
        gini(shops) > gini(thefts) + 0.05
        and generalised_gini(shops) < generalised_gini(thefts) - 0.15
    )


def _squares(rng: np.random.Generator) -> pd.DataFrame:
    size = 320
    # Squares on the border and on the shore hold less ground.
    ground = np.where(rng.random(size) < 0.3, rng.uniform(0.15, 0.95, size), 1.0)
    risk = rng.gamma(0.8, rng.uniform(2.0, 2.8) / 0.8, size) * ground
    return pd.DataFrame(
        {
            "square": [f"S{k:03d}" for k in range(1, size + 1)],
            "ground": ground.round(2),
            "n_2024": rng.poisson(risk),
            "n_2025": rng.poisson(risk * rng.uniform(0.8, 1.1)),
        }
    )


def _squares_hold(squares: pd.DataFrame) -> bool:
    n = squares["n_2024"].sort_values(ascending=False).to_numpy()
    marked = squares.index.isin(squares["n_2024"].nlargest(MARKED).index)
    if n[MARKED - 1] == n[MARKED]:
        return False
    own, new = (
        accuracy(marked, squares[name], squares["ground"])
        for name in ("n_2024", "n_2025")
    )
    return 1.3 < new.pai < 0.9 * own.pai


# Points: once and again nearby, and points that were moved.


def _burglaries(rng: np.random.Generator) -> pd.DataFrame:
    """Burglaries in metres and days; of some only the month is known, and they are written on its first day."""
    n = int(rng.integers(240, 300))
    x, y = rng.uniform(0, 4200, (2, n))
    day = rng.integers(0, 365, n)
    again = rng.choice(n, int(n * rng.uniform(0.16, 0.24)), replace=False)
    x = np.append(x, x[again] + rng.normal(0, 60, len(again)))
    y = np.append(y, y[again] + rng.normal(0, 60, len(again)))
    day = np.append(day, day[again] + rng.integers(1, 12, len(again)))
    rows = pd.DataFrame({"x": x.round(), "y": y.round(), "day": day})
    rows = rows[rows["day"] < 365].sample(frac=1, random_state=rng)
    rows = rows.reset_index(drop=True)
    vague = rng.random(len(rows)) < rng.uniform(0.24, 0.34)
    month = np.searchsorted(_FIRSTS, rows["day"], side="right") - 1
    rows["day"] = np.where(vague, _FIRSTS[month], rows["day"])
    rows["precision"] = np.where(vague, "month", "day")
    return rows


_FIRSTS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])


def _burglaries_hold(rows: pd.DataFrame) -> bool:
    known = rows[rows["precision"] == "day"]
    true, every = (
        knox(part["x"], part["y"], part["day"], metres=200, period=14)
        for part in (known, rows)
    )
    exchanged = knox(known["x"], known["y"], known["day"], metres=14, period=200)
    return bool(
        true.ratio > 1.8
        and true.p < 0.01
        and abs(every.ratio / true.ratio - 1) > 0.1
        and exchanged.near > 2
    )


def _streets(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Burglaries whose points were moved to the middle of their street, or to the town hall if it is not known."""
    size = 14
    x, y = rng.permutation(np.arange(1, 60))[:size] * 40, rng.integers(5, 90, size) * 25
    homes = np.sort(rng.integers(25, 420, size))[rng.permutation(size)]
    n = rng.poisson(homes * rng.gamma(14, 0.045 / 14, size)) + 1
    # The street with the fewest lies straight north or south of the one with the most.
    x[n.argmin()] = x[n.argmax()]
    names = rng.choice(_STREETS, size, replace=False).astype(str)
    streets = pd.DataFrame({"street": names, "x": x, "y": y, "homes": homes})
    hall = (2450, 1210)
    unknown = int(n.max() + rng.integers(3, 12))
    points = pd.DataFrame(
        {
            "x": [*np.repeat(x, n), *[hall[0]] * unknown],
            "y": [*np.repeat(y, n), *[hall[1]] * unknown],
        }
    ).sample(frac=1, random_state=rng)
    points.insert(0, "case", [f"C{k:03d}" for k in range(1, len(points) + 1)])
    return {
        "moved": points.reset_index(drop=True),
        "streets": streets.sort_values("street", ignore_index=True),
    }


_STREETS = [
    f"{name} {kind}"
    for name in ("Acacia", "Bridge", "Canal", "Garden", "Harbour", "Lime", "Orchard")
    for kind in ("Lane", "Row", "Street")
]


def _streets_hold(tables: dict[str, pd.DataFrame]) -> bool:
    found = tables["moved"].merge(tables["streets"], on=["x", "y"])
    n = found["street"].value_counts()
    rate = n / tables["streets"].set_index("street")["homes"]
    return bool(
        n.idxmax() != rate.idxmax() and (n == 1).any() and n.nlargest(2).is_unique
    )


# Who looked, and who lives there.


def _districts(rng: np.random.Generator) -> pd.DataFrame:
    """Drug records follow the hours of patrols; thefts are told by people."""
    hours = rng.permutation([0.34, 0.24, 0.17, 0.12, 0.08, 0.05])
    hours = (rng.uniform(16_000, 22_000) * hours).round(-1).astype(int)
    found = rng.poisson(hours * rng.uniform(0.028, 0.036) * rng.uniform(0.9, 1.1, 6))
    return pd.DataFrame(
        {
            "district": ["Alta", "Baja", "Cerro", "Delta", "Estero", "Faro"],
            "patrol_hours": hours,
            "drug_records": found,
            "thefts_told": rng.poisson(rng.uniform(110, 320, 6)),
        }
    )


def _districts_hold(districts: pd.DataFrame) -> bool:
    found = districts["drug_records"]
    rate = found / districts["patrol_hours"]
    told = districts["thefts_told"]
    return bool(
        rate.max() < 1.6 * rate.min()
        and found.max() > 4 * found.min()
        and told.idxmax() != found.idxmax()
    )


def _tenants(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """Renters live where more is stolen, and within each neighbourhood lose less than owners."""
    homes = (areas["population"].to_numpy()[:12] + 2500) // 3
    share = rng.permutation(np.linspace(0.15, 0.8, 12)) + rng.uniform(-0.05, 0.05, 12)
    renters = (share * homes).astype(int)
    owners = homes - renters
    level = (0.008 + 0.07 * share**2) * rng.uniform(0.85, 1.15, 12)
    less = rng.uniform(0.66, 0.78)
    return pd.DataFrame(
        {
            "area_id": areas["area_id"].iloc[:12],
            "renters": renters,
            "owners": owners,
            "renters_hit": rng.poisson(less * level * renters),
            "owners_hit": rng.poisson(level * owners),
        }
    )


def _tenants_hold(table: pd.DataFrame) -> bool:
    homes = table["renters"] + table["owners"]
    rate = (table["renters_hit"] + table["owners_hit"]) / homes
    crude = (table["renters_hit"].sum() / table["renters"].sum()) / (
        table["owners_hit"].sum() / table["owners"].sum()
    )
    within = table["renters_hit"].sum() / (rate * table["renters"]).sum()
    return bool(
        (table["renters"] / homes).corr(rate) > 0.6 and crude > 1.02 and within < 0.93
    )
