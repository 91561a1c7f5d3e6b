"""The data of module 12: five series, three comparisons and two ways of doing in which an evaluation misleads."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.comparison import before_after_control
from safelearn.evaluation.evidence import Design, grade
from safelearn.evaluation.power import (
    PlannedSeries,
    detectable_difference_in_differences,
    spread_of_changes,
)
from safelearn.evaluation.street_trial import HARM, OPEN, street_trial
from safelearn.evaluation.synthetic_control import synthetic_control
from safelearn.evaluation.time_series import interrupted_time_series
from safelearn.simulation.cases import drawn_until

#: Cities of task 6; into the last two thieves moved.
CITIES, NEXT_DOOR = 22, 2
QUARTERS_BEFORE, QUARTERS_AFTER = 14, 8
STUDIES = (
    "Alley gates",
    "Bus wardens",
    "Car park",
    "Dock fence",
    "Evening market",
    "Ferry lamps",
    "Garden keys",
)
DESIGN = [
    "treated_areas",
    "control_areas",
    "assignment",
    "counted_before",
    "parallel_before",
    "recording_changed",
]

step = partial(interrupted_time_series, slope=False)


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 12])
    return {
        name: drawn_until(holds, lambda make=make: make(rng))
        for name, (make, holds) in CASES.items()
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each of these evaluations misleads here whoever does not look twice."""
    return all(holds(tables[name]) for name, (_, holds) in CASES.items())


def _months(first: str, n: int) -> np.ndarray:
    return pd.period_range(first, periods=n, freq="M").astype(str).to_numpy()


def _season(n: int, peak: int, swing: float) -> np.ndarray:
    return swing * np.cos(2 * np.pi * (np.arange(n) - peak) / 12)


def _jumpy(
    rng: np.random.Generator, expected: np.ndarray, dispersion: float
) -> np.ndarray:
    """Counts whose variance is `dispersion` times their mean."""
    return rng.poisson(rng.gamma(expected / (dispersion - 1), dispersion - 1))


def _cables(rng: np.random.Generator) -> pd.DataFrame:
    """Cable thefts had been falling for years when the law came, and went on falling."""
    time = np.arange(60)
    trend = -rng.uniform(0.008, 0.014) * time
    expected = rng.uniform(70, 120) * np.exp(
        trend + _season(60, 1, rng.uniform(0.05, 0.15))
    )
    expected[36:] *= rng.uniform(0.94, 1.02)
    return pd.DataFrame(
        {"month": _months("2021-01", 60), "n": _jumpy(rng, expected, 1.4)}
    )


def _cables_hold(table: pd.DataFrame) -> bool:
    n = table["n"]
    found = step(n, 36).level
    return (
        n[36:].mean() < 0.78 * n[:36].mean()
        and found.ratio > 0.88
        and found.lower < 0.99 < 1.01 < found.upper
    )


def _bicycles(rng: np.random.Generator) -> pd.DataFrame:
    """Locks came in April, when the season begins; and in February the city had bought more bicycles."""
    time = np.arange(48)
    bought = np.where(time < 37, 1, rng.uniform(1.2, 1.4))
    bicycles = (rng.uniform(2000, 3000) * np.exp(0.002 * time) * bought).round(-1)
    expected = (
        bicycles / rng.uniform(28, 40) * np.exp(_season(48, 7, rng.uniform(0.3, 0.45)))
    )
    expected[39:] *= rng.uniform(0.68, 0.78)
    n = _jumpy(rng, expected, 1.4)
    return pd.DataFrame(
        {"month": _months("2022-01", 48), "bicycles": bicycles.astype(int), "n": n}
    )


def _bicycles_hold(table: pd.DataFrame) -> bool:
    n, size = table["n"], table["bicycles"]
    found, bare = (
        step(n, 39, exposure=size).whole,
        step(n, 39, exposure=size, season=None).whole,
    )
    crude = step(n, 39).whole
    return (
        n[39:].mean() > 1.05 * n[36:39].mean()
        and found.upper < 0.95
        and bare.ratio > found.ratio + 0.07
        and crude.ratio > found.ratio + 0.05
    )


def _shops(rng: np.random.Generator) -> pd.DataFrame:
    """Break-ins into shops: a bad month is followed by another."""
    plan = PlannedSeries(
        rng.uniform(45, 75), 36, 24, rng.uniform(3, 4.5), rng.uniform(0.55, 0.7), season_swing=rng.uniform(0.05, 0.2)
    )  # fmt: skip
    n = plan.draw(rng, rng.uniform(0.72, 0.85), 1)[0]
    return pd.DataFrame({"month": _months("2021-01", 60), "n": n})


def _shops_hold(table: pd.DataFrame) -> bool:
    n = table["n"]
    honest, narrow, other = (
        step(n, 36, errors=e) for e in ("robust", "model", "newey-west")
    )
    return (
        narrow.level.upper < 0.98
        and honest.level.upper > 1.02
        and honest.correlation > 0.2
        and honest.dispersion > 1.6
        and honest.level.upper - other.level.upper > 0.02
    )


def _metro(rng: np.random.Generator) -> pd.DataFrame:
    """Purses stolen in the metro: slow swings, and wardens who changed little."""
    plan = PlannedSeries(
        rng.uniform(60, 90), 39, 21, rng.uniform(2.2, 3.2), rng.uniform(0.5, 0.65), season_swing=rng.uniform(0.05, 0.15)
    )  # fmt: skip
    n = plan.draw(rng, rng.uniform(0.93, 1.03), 1)[0]
    return pd.DataFrame({"month": _months("2021-01", 60), "n": n})


def _metro_hold(table: pd.DataFrame) -> bool:
    n = table["n"]
    found, law = step(n, 39).level, step(n, 36).level
    if not (
        found.lower < 0.98 < 1.02 < found.upper and abs(found.ratio - law.ratio) > 0.004
    ):
        return False
    tried = [step(n, start).level for start in range(34, 45)]
    lowest = min(tried, key=lambda one: one.ratio)
    return lowest.upper < 0.99 and lowest.ratio < found.ratio - 0.05


def _countries(rng: np.random.Generator) -> pd.DataFrame:
    """Copper fell in price in the month of the law, on both sides of the border."""
    time = np.arange(60)
    price = np.where(time < 36, 1, rng.uniform(0.66, 0.76))
    swing = _season(60, 1, rng.uniform(0.05, 0.15))
    table = {"month": _months("2021-01", 60)}
    for name, law in (("here", rng.uniform(0.86, 0.96)), ("there", 1.0)):
        level = rng.uniform(70, 110) * np.exp(rng.uniform(-0.002, 0.004) * time + swing)
        table[name] = _jumpy(
            rng, level * price * np.where(time < 36, 1, law), rng.uniform(1.3, 1.7)
        )
    return pd.DataFrame(table)


def _countries_hold(table: pd.DataFrame) -> bool:
    here, there = (step(table[name], 36).level for name in ("here", "there"))
    error = np.hypot(here.log_standard_error, there.log_standard_error)
    ratio = np.log(here.ratio / there.ratio)
    return here.upper < 0.92 and there.upper < 0.97 and 0.02 < abs(ratio) < 1.7 * error


def _cities(rng: np.random.Generator) -> pd.DataFrame:
    """Cars stolen, by quarter and city: ours begins to watch its car parks, and thieves drive to the next two."""
    quarters = QUARTERS_BEFORE + QUARTERS_AFTER
    common = np.cumsum(rng.normal(0, 0.05, (quarters, 2)), axis=0)
    own = rng.uniform(0, 1, CITIES + 1)
    people = np.r_[rng.uniform(90, 130), rng.uniform(40, 220, CITIES)]
    rate = rng.uniform(0.7, 1.8, CITIES + 1)
    # The next two are much like ours, as neighbours are: without a reason to leave them out the mix takes them.
    rate[-NEXT_DOOR:], own[-NEXT_DOOR:] = (
        rate[0] * rng.uniform(0.95, 1.05, NEXT_DOOR),
        own[0],
    )
    expected = (
        people
        * rate
        * np.exp(np.outer(common[:, 0], own) + np.outer(common[:, 1], 1 - own))
    )
    prevented = expected[QUARTERS_BEFORE:, 0] * rng.uniform(0.22, 0.34)
    expected[QUARTERS_BEFORE:, 0] -= prevented
    for k in range(NEXT_DOOR):
        expected[QUARTERS_BEFORE:, -1 - k] += prevented * rng.uniform(0.2, 0.35)
    names = [
        "Ours",
        *(f"C{k:02d}" for k in range(1, CITIES - NEXT_DOOR + 1)),
        "Next A",
        "Next B",
    ]
    rows = pd.DataFrame(rng.poisson(expected), columns=names)
    quarter = pd.period_range("2020Q3", periods=quarters, freq="Q").astype(str)
    rows = rows.assign(quarter=quarter).melt("quarter", var_name="city", value_name="n")
    size = dict(zip(names, (1000 * people).round(-2).astype(int), strict=True))
    return rows.assign(residents=rows["city"].map(size))


def _cities_hold(table: pd.DataFrame) -> bool:
    wide = table.pivot(index="quarter", columns="city", values="n")
    size = table.groupby("city")["residents"].first()
    apart = wide.drop(columns=["Next A", "Next B"])
    mix = partial(synthetic_control, treated=["Ours"], start=QUARTERS_BEFORE)
    try:
        found = mix(apart, exposure=size)
        # Nobody asks these three for a p value, so few placebos do.
        others = [
            mix(wide, exposure=size, placebos=1).ratio,
            mix(apart, placebos=1).ratio,
            mix(apart, start=QUARTERS_BEFORE + 1, exposure=size, placebos=1).ratio,
        ]
    except Refused:
        return False
    return (
        found.p_value < 0.15
        and others[0] < found.ratio - 0.02
        and min(abs(ratio - found.ratio) for ratio in others) > 0.003
    )


def _areas(rng: np.random.Generator) -> pd.DataFrame:
    """Burglaries of two years in which nothing was begun: areas change by themselves."""
    first = rng.poisson(rng.uniform(60, 160, 24))
    second = rng.poisson(first * np.exp(rng.normal(0, rng.uniform(0.16, 0.28), 24)))
    area = [f"{1 + k // 6:02d}{1 + k % 6:02d}" for k in range(24)]
    return pd.DataFrame({"area_id": area, "year_one": first, "year_two": second})


def _areas_hold(table: pd.DataFrame) -> bool:
    spread = spread_of_changes(table["year_one"], table["year_two"])
    few = 1 - np.exp(-detectable_difference_in_differences(spread, 4, 4))
    return (
        0.3 < few < 0.6
        and abs(detectable_difference_in_differences(spread, 4, 4) - few) > 0.02
    )


def _lamps(rng: np.random.Generator) -> pd.DataFrame:
    """Lamps were planned in eight areas; in three of them the ground was full of water, and few came."""
    share = np.r_[rng.uniform(0.92, 1.05, 5), rng.uniform(0.1, 0.5, 3)]
    planned = rng.integers(40, 160, 8)
    planned[5:] += rng.integers(20, 80, 3)
    before = rng.poisson(rng.uniform(50, 110, 16))
    everywhere = rng.uniform(0.92, 1.0)
    # Where the ground is wet the same rain keeps streets empty: thefts were growing there anyway.
    own = np.r_[rng.uniform(0.74, 0.84, 5), rng.uniform(1.0, 1.12, 3), np.ones(8)]
    n = pd.array([pd.NA] * 16, dtype="Int64")
    table = pd.DataFrame(
        {
            "intervention_id": "L1",
            "name": "Lamps",
            "area_id": [f"A{k:02d}" for k in rng.permutation(np.arange(1, 17))],
            "role": np.repeat(["treated", "control"], 8),
            "planned_units": n,
            "delivered_units": n,
            "unit": "lamps",
            "before": before,
            "after": rng.poisson(before * everywhere * own),
        }
    )
    table.loc[:7, "planned_units"] = planned
    table.loc[:7, "delivered_units"] = np.minimum(
        planned, (planned * share).round().astype(int)
    )
    return table.sort_values("area_id", ignore_index=True)


def _lamps_hold(table: pd.DataFrame) -> bool:
    treated = table[table["role"] == "treated"]
    share = (treated["delivered_units"] / treated["planned_units"]).astype(float)
    sums = treated["delivered_units"].sum() / treated["planned_units"].sum()
    control = table.loc[table["role"] == "control", ["before", "after"]].sum()
    offer = before_after_control(treated[["before", "after"]].sum(), control)
    got = before_after_control(
        treated.loc[share >= 0.9, ["before", "after"]].sum(), control
    )
    return (
        (share < 0.9).sum() == 3
        and got.upper < 0.97
        and offer.ratio > got.ratio + 0.04
        and offer.upper > 1.01
        and abs(share.mean() - sums) > 0.01
    )


def _street(rng: np.random.Generator) -> pd.DataFrame:
    """A street without cars on Sundays: more people walk, and fewer trade."""
    usual = {"women": 65, "children": 30, "traders": rng.uniform(16, 26)}
    change = {
        "women": rng.uniform(1.2, 1.5),
        "children": rng.uniform(1.2, 1.7),
    }
    change["traders"] = rng.uniform(0.72, 0.95)
    rows = []
    for seen, n in usual.items():
        for street, size in (("trial", 1.0), ("like", rng.uniform(0.7, 1.1))):
            for when in ("before", "during"):
                worked = change[seen] if (street, when) == ("trial", "during") else 1
                weather = rng.uniform(0.95, 1.05)
                drawn = rng.poisson(n * size * worked * weather, 6)
                rows += [(seen, street, when, k + 1, m) for k, m in enumerate(drawn)]
    return pd.DataFrame(rows, columns=["seen", "street", "when", "sunday", "n"])


def _street_holds(table: pd.DataFrame) -> bool:
    found = street_trial(table)
    traders = found.changes.set_index("seen").loc["traders"]
    together = street_trial(table.assign(seen="all")).changes["ratio"][0]
    return (
        found.traders in (HARM, OPEN)
        and traders["upper"] > 1.02
        and together > 1.08
        and traders["ratio"] < 0.97
    )


def _studies(rng: np.random.Generator) -> pd.DataFrame:
    """Seven reports: what each did, what it found, and which level it claims for itself."""
    few, several = (lambda: int(rng.integers(1, 4))), (lambda: int(rng.integers(6, 12)))
    kinds = [
        (several(), several(), "by_lot", True, True, False),
        (few(), few(), "by_lot", True, False, False),
        (few(), 0, "by_need", True, False, False),
        (few(), 0, "by_need", True, False, True),
        (several(), several(), "by_need", True, False, False),
        (several(), several(), "matched" if rng.random() < 0.5 else "by_need", True, True, False),
        (few(), few(), "by_need", False, False, False),
    ]  # fmt: skip
    rows = [kinds[k] for k in rng.permutation(len(kinds))]
    table = pd.DataFrame(rows, columns=DESIGN)
    true = np.array([grade(Design(*_of(row))).level for row in rows])
    claimed = np.minimum(5, true + rng.choice([0, 1, 2], len(rows)))
    # The weakest designs find most: nothing holds their results back.
    ratio = np.round(1 - 0.1 * (5 - true) - rng.uniform(0.02, 0.09, len(rows)), 3)
    table.insert(0, "study", STUDIES)
    return table.assign(ratio=ratio, claimed=claimed)


def _of(row: tuple) -> tuple:
    """In the order of `Design`, which has the counts after between."""
    treated, control, assignment, before, parallel, recording = row
    return treated, control, assignment, before, True, parallel, False, recording


def _studies_hold(table: pd.DataFrame) -> bool:
    rows = table[DESIGN].itertuples(index=False, name=None)
    level = np.array([grade(Design(*_of(row))).level for row in rows])
    return (
        2 <= (table["claimed"] > level).sum() <= 5 and (level == level.max()).sum() == 1
    )


#: Table, who makes it, and what it has to show.
CASES = {
    "cables": (_cables, _cables_hold),
    "bicycles": (_bicycles, _bicycles_hold),
    "shops": (_shops, _shops_hold),
    "metro": (_metro, _metro_hold),
    "countries": (_countries, _countries_hold),
    "cities": (_cities, _cities_hold),
    "areas": (_areas, _areas_hold),
    "lamps": (_lamps, _lamps_hold),
    "street": (_street, _street_holds),
    "studies": (_studies, _studies_hold),
}
