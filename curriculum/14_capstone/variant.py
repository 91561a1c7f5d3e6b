"""The data of module 14: a second city of the trainee's own, and the draft of a diagnosis of it that waits for a signature."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from safelearn.simulation.variant import city_tables

T = TypeVar("T")
TABLES = ("incidents", "population", "survey", "audits", "services", "budget", "spaces")
REASONS = (
    "unknown area",
    "repeated row",
    "total row",
    "outside the period",
    "no readable date",
)
OFFENCES = ("0502", "05012", "05011", "05021", "0504")
FILES = (
    "report.html",
    "findings.csv",
    "tables/rates.csv",
    "tables/survey.csv",
    "tables/services.csv",
    "figures/rates.svg",
    "figures/fear.svg",
    "figures/hours.svg",
    "cards/survey.json",
    "indicators.csv",
    "maps/rates.html",
    "harms.csv",
)
STRAY = ("tables/rates-new.csv", "figures/fear (1).svg", "notes.csv", "maps/points.csv")
#: Indicators, whether more of it is better, and about where a city begins.
INDICATORS = (
    ("Feels safe after dark", "better", 52.0),
    ("Burgled homes of 1,000", "worse", 14.0),
    ("Victims who told the police", "better", 31.0),
    ("Lamps that work", "better", 62.0),
    ("Stolen purses of 1,000 people", "worse", 22.0),
    ("Harassed on the way", "worse", 19.0),
    ("Young people at evening offers", "better", 12.0),
    ("Days until a lamp is mended", "worse", 24.0),
    ("Trust in the municipal guard", "better", 44.0),
    ("Stays away from a square", "worse", 37.0),
)
OWNERS = ("Public Works", "Youth Office", "Town Planning", "Police", "Statistics")
TOPICS = (
    "Light on the way home",
    "Doors and locks",
    "Evenings for the young",
    "The bus after ten",
    "Traders on the square",
    "Help after a theft",
    "Neighbours who know each other",
    "Paths to school",
)
SHARED = (
    "burglary of homes",
    "theft from the person",
    "theft of vehicles",
    "feels safe after dark",
    "told the police",
    "trust in the police",
    "working lamps",
    "stays away from a place",
    "harassed in a year",
    "uses parks after dark",
    "satisfied with help",
    "knows where to complain",
)
UNITS = ("per 1,000", "per 1,000", "per 1,000") + ("%",) * 9


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """The second city and the draft, from one seed."""
    rng = np.random.default_rng([seed, 14])
    tables = city_tables(seed, areas=9, years=2, incidents=2000)
    accounts, aside = _accounts(rng)
    sealed, received = _files(rng)
    traces, held = _until(lambda: _traces(rng), lambda made: _traced(*made))
    here, there = _until(lambda: _cards(rng), lambda made: _cities_part(*made))
    records, people = _records(tables)
    return {
        "accounts": accounts,
        "aside": aside,
        "releases": _releases(rng),
        "records": records,
        "people": people,
        "statements": _until(
            lambda: _statements(rng, records, people),
            lambda made: _differ(made, records, people),
        ),
        "sealed": sealed,
        "received": received,
        "sheets": _until(lambda: _sheets(rng), _sheets_lack),
        "findings": _until(lambda: _findings(rng), _words_exceed),
        "priorities": pd.DataFrame(
            {"priority": [f"P{i}" for i in range(1, 9)], "title": TOPICS}
        ),
        "traces": traces,
        "held": held,
        "here": here,
        "there": there,
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each gate has something to stop."""
    return (
        _differ(tables["statements"], tables["records"], tables["people"])
        and _sheets_lack(tables["sheets"])
        and _words_exceed(tables["findings"])
        and _traced(tables["traces"], tables["held"])
        and _cities_part(tables["here"], tables["there"])
    )


def _until(make: Callable[[], T], holds: Callable[[T], bool]) -> T:
    for _ in range(200):
        made = make()
        if holds(made):
            return made
    return made  # lesson_holds says no, and another seed is tried


def _accounts(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    read = rng.integers(240, 9_000, len(TABLES))
    lost = np.zeros(len(TABLES), dtype=int)
    lost[rng.choice(len(TABLES), 2, replace=False)] = 1, rng.integers(4, 70)
    untouched = rng.choice(np.flatnonzero(lost == 0))
    lines = []
    for i, name in enumerate(TABLES):
        if i == untouched:
            continue
        for reason in rng.choice(REASONS, int(rng.integers(2, 4)), replace=False):
            lines.append((name, reason, int(rng.integers(1, 40))))
    aside = pd.DataFrame(lines, columns=["table", "reason", "rows"])
    out = aside.groupby("table")["rows"].sum().reindex(TABLES, fill_value=0).to_numpy()
    accounts = pd.DataFrame(
        {"table": TABLES, "rows_read": read, "rows_used": read - out - lost}
    )
    return accounts, aside


def _releases(rng: np.random.Generator) -> pd.DataFrame:
    """Counts that each release could show; between the two lies a quarter of a year."""
    adults = [0, 1, 3, 4, 5, *rng.integers(2, 60, 5)]
    children = [0, 1, 4, 9, 10, *rng.integers(3, 40, 5)]
    groups, least = ["adults"] * 10 + ["children"] * 10, [5] * 10 + [10] * 10
    between = np.concatenate([rng.permutation(adults), rng.permutation(children)])
    first = np.array(least) + rng.integers(0, 90, 20)
    codes = [f"{i:02d}" for i in range(1, 11)] * 2
    return pd.DataFrame(
        {
            "cell": [f"{a} {g}" for a, g in zip(codes, groups, strict=True)],
            "group": groups,
            "first_release": first,
            "this_release": first + between,
        }
    )


def _records(tables: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = tables["areas"].set_index("area_id")["area_name"]
    incidents = tables["incidents"]
    kept = incidents[incidents["offence"].astype("str").isin(OFFENCES)]
    records = pd.DataFrame(
        {
            "area": kept["area_id"].astype("str").map(names),
            "offence": kept["offence_label"].astype("str"),
            "year": kept["occurred_from"].dt.year,
        }
    ).dropna()
    population = tables["population"]
    people = population.groupby(population["area_id"].astype("str").map(names))
    people = people["population"].sum().rename_axis("area").reset_index(name="people")
    return records.reset_index(drop=True), people


def _statements(
    rng: np.random.Generator, records: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    cells = records.groupby(["area", "offence", "year"]).size().rename("n")
    cells = cells.reset_index().merge(people, on="area")
    cells = cells[cells["n"] >= 8]
    kept = cells.sample(8, random_state=rng).reset_index(drop=True)
    rate = 1000 * kept["n"] / kept["people"]
    printed = rate.copy()
    wrong = rng.choice(8, 3, replace=False)
    # A figure of another year, another population or another file: all look possible.
    printed[wrong] = rate[wrong] * rng.choice([0.86, 0.93, 1.08, 1.17, 1.24], 3)
    return pd.DataFrame(
        {
            "number": np.arange(1, 9),
            "area": kept["area"],
            "offence": kept["offence"],
            "year": kept["year"],
            "printed": printed.round(1),
        }
    )


def _differ(
    statements: pd.DataFrame, records: pd.DataFrame, people: pd.DataFrame
) -> bool:
    cells = records.groupby(["area", "offence", "year"]).size().reset_index(name="n")
    found = statements.merge(cells).merge(people)
    off = 1000 * found["n"] / found["people"] - found["printed"]
    wrong = off[off.abs() > 0.05]
    return bool(
        len(wrong) == 3
        and wrong.abs().min() > 0.12
        and wrong.abs().min() < 0.9
        and (wrong < 0).any()
        and (off.abs() - 0.05).abs().min() > 0.0005
    )


def _files(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    size = rng.integers(2_000, 900_000, len(FILES))
    sealed = pd.DataFrame(
        {"file": FILES, "bytes": size, "sha256": [_sum(rng) for _ in FILES]}
    )
    received = sealed.copy()
    changed = rng.choice(len(FILES), 5, replace=False)
    # Two of them keep their size: a digit was exchanged.
    for i in changed[:3]:
        received.loc[i, "sha256"] = _sum(rng)
    received.loc[changed[0], "bytes"] += int(rng.integers(1, 60))
    received = received.drop(index=changed[3 : 3 + int(rng.integers(1, 3))])
    stray = rng.choice(STRAY, int(rng.integers(1, 3)), replace=False)
    more = pd.DataFrame(
        {
            "file": stray,
            "bytes": rng.integers(500, 90_000, len(stray)),
            "sha256": [_sum(rng) for _ in stray],
        }
    )
    received = pd.concat([received, more]).sort_values("file", ignore_index=True)
    return sealed, received


def _sum(rng: np.random.Generator) -> str:
    return hashlib.sha256(rng.bytes(8)).hexdigest()[:12]


def _sheets(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for name, more_is, about in INDICATORS:
        baseline = about * rng.uniform(0.8, 1.2)
        half = baseline * rng.uniform(0.05, 0.14)
        step = baseline * rng.uniform(0.04, 0.35) * (1 if more_is == "better" else -1)
        if rng.random() < 0.2:
            step = -step
        rows.append(
            {
                "indicator": name,
                "more_is": more_is,
                "baseline": round(baseline, 1),
                "lower": round(baseline - half, 1),
                "upper": round(baseline + half, 1),
                "target": round(baseline + step, 1),
                "due": float(rng.integers(2027, 2032)),
                "owner": str(rng.choice(OWNERS)),
            }
        )
    sheets = pd.DataFrame(rows)
    holes = rng.choice(len(sheets), 3, replace=False)
    for row, column in zip(holes, ("target", "owner", "due"), strict=True):
        sheets.loc[row, column] = np.nan
    sheets["due"] = sheets["due"].astype("Int64")
    return sheets


def _sheets_lack(sheets: pd.DataFrame) -> bool:
    complete = sheets.dropna()
    up = complete["target"] > complete["baseline"]
    wrong = up != (complete["more_is"] == "better")
    inside = complete["target"].between(complete["lower"], complete["upper"])
    return bool(
        1 <= wrong.sum() <= 3
        and 1 <= inside.sum() <= 4
        and (inside & ~wrong).any()
        and set(complete["more_is"]) == {"better", "worse"}
        and (wrong != up).any()
    )


def _findings(rng: np.random.Generator) -> pd.DataFrame:
    n = 9
    ratio = np.exp(rng.normal(0, 0.2, n)).round(2)
    error = rng.uniform(0.03, 0.16, n)
    lower = (ratio * np.exp(-1.96 * error)).round(2)
    upper = (ratio * np.exp(1.96 * error)).round(2)
    # One interval ends exactly where nothing has changed, and one begins there.
    one, other = rng.choice(n, 2, replace=False)
    ratio[one], lower[one], upper[one] = 1.14, 1.0, 1.3
    ratio[other], lower[other], upper[other] = 0.88, 0.77, 1.0
    moved = np.where(ratio > 1, "rose", "fell")
    clear = (lower > 1) | (upper < 1)
    word = np.where(clear, moved, "no clear change")
    careless = rng.choice(np.flatnonzero(~clear), min(3, (~clear).sum()), replace=False)
    word[careless] = moved[careless]
    if clear.any():
        word[rng.choice(np.flatnonzero(clear))] = "no clear change"
    return pd.DataFrame(
        {
            "number": np.arange(1, n + 1),
            "ratio": ratio,
            "lower": lower,
            "upper": upper,
            "word": word,
            "precision": rng.integers(1, 4, n),
            "coverage": rng.integers(1, 4, n),
            "measurement": rng.integers(1, 4, n),
        }
    )


def _words_exceed(findings: pd.DataFrame) -> bool:
    unclear = (findings["lower"] <= 1) & (findings["upper"] >= 1)
    quiet = findings["word"] == "no clear change"
    touching = unclear & ((findings["lower"] == 1) | (findings["upper"] == 1))
    marks = findings[["precision", "coverage", "measurement"]]
    return bool(
        (unclear & ~quiet).sum() >= 2
        and (unclear & quiet).any()
        and (~unclear & quiet).sum() == 1
        and (~unclear & ~quiet).any()
        and (touching & ~quiet).sum() == 2
        and (findings["ratio"] != 1).all()
        and (marks.min(axis=1) < marks.mean(axis=1).round()).sum() >= 2
    )


def _traces(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    refs = [f"F{i:02d}" for i in range(1, 13)] + [f"V{i:02d}" for i in range(1, 13)]
    held = pd.DataFrame(
        {
            "ref": refs,
            "status": rng.choice(
                ["shown", "hidden", "withdrawn"], len(refs), p=[0.66, 0.17, 0.17]
            ),
        }
    )
    held = held.drop(index=rng.choice(len(refs), 3, replace=False))
    lines = []
    for i in range(1, 9):
        for letter, kind in (("F", "figure"), ("V", "voice")):
            many = int(rng.choice([0, 1, 2, 3], p=[0.2, 0.35, 0.3, 0.15]))
            for number in rng.choice(12, many, replace=False):
                lines.append((f"P{i}", kind, f"{letter}{number + 1:02d}"))
    return (
        pd.DataFrame(lines, columns=["priority", "kind", "ref"]),
        held.reset_index(drop=True),
    )


def _traced(traces: pd.DataFrame, held: pd.DataFrame) -> bool:
    shown = held["ref"][held["status"] == "shown"]
    good = traces[traces["ref"].isin(shown)]
    bad = traces["ref"][~traces["ref"].isin(shown)]
    many = good.groupby(["priority", "kind"]).size().unstack(fill_value=0)
    if set(many.columns) != {"figure", "voice"}:
        return False
    both = many[(many["figure"] > 0) & (many["voice"] > 0)]
    claimed = traces.groupby("priority")["kind"].nunique() == 2
    return bool(
        len(many) < 8
        and 2 <= len(both) <= 5
        and (both == 1).any().all()
        and (many == 0).any().all()
        and claimed.sum() > len(both)
        and bad.duplicated().any()
    )


def _cards(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    n = len(SHARED)
    here_rate = np.where(np.array(UNITS) == "%", rng.uniform(18, 75, n), rng.uniform(4, 30, n))  # fmt: skip
    there_rate = here_rate * np.exp(rng.normal(0, 0.22, n))
    frames = []
    for value in (here_rate, there_rate):
        half = value * rng.uniform(0.04, 0.16, n)
        frames.append(
            pd.DataFrame(
                {
                    "figure": [name.replace(" ", "_") for name in SHARED],
                    "name": SHARED,
                    "value": value.round(2),
                    "lower": (value - half).round(2),
                    "upper": (value + 1.1 * half).round(2),
                    "unit": UNITS,
                    "version": "1",
                    "sdg": "",
                    "year": 2025,
                }
            )
        )
    here, there = frames
    order = rng.permutation(n)
    there.loc[order[0], "version"] = "2"
    there.loc[order[1], "unit"] = "per 1,000 homes"
    there.loc[order[2], "year"] = int(rng.integers(2014, 2019))
    return (
        here.drop(index=order[3]).reset_index(drop=True),
        there.drop(index=order[4]).reset_index(drop=True),
    )


def _cities_part(here: pd.DataFrame, there: pd.DataFrame) -> bool:
    """Somewhere two intervals overlap and the cities differ all the same; somewhere they do not differ."""
    both = here.merge(there, on=["figure", "unit", "version"], suffixes=("", "_there"))
    both = both[both["year_there"] == 2025]
    gap = both["value_there"] - both["value"]
    down = np.hypot(both["value_there"] - both["lower_there"], both["upper"] - both["value"])  # fmt: skip
    up = np.hypot(both["upper_there"] - both["value_there"], both["value"] - both["lower"])  # fmt: skip
    clear = (gap - down > 0) | (gap + up < 0)
    overlap = (both["lower_there"] <= both["upper"]) & (
        both["lower"] <= both["upper_there"]
    )
    return bool((clear & overlap).any() and (~clear).sum() >= 2 and clear.sum() >= 2)
