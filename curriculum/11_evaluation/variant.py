"""The data of module 11: one measure and its neighbours, and four smaller cases in which a design misleads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.comparison import before_after_control
from safelearn.evaluation.dispersion import dispersion_before
from safelearn.evaluation.displacement import (
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from safelearn.evaluation.panel import difference_in_differences, trends_before
from safelearn.evaluation.regression_to_mean import regression_to_the_mean
from safelearn.simulation.cases import drawn_until

ROLES = ("treated", "treated_buffer", "control", "control_buffer")
#: Areas of each role, and of none.
EACH, OTHERS = 4, 8
PROJECTS = ("Alleys", "Arcade", "Market", "Park", "Quay", "Station")
STOPS, CHOSEN = 40, 6
#: Quarters before and after the start, in the case of unlike trends.
EARLIER, LATER = 8, 4


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 11])
    areas = _areas(rng)
    return {
        "areas": areas,
        "thefts": drawn_until(_thefts_hold, lambda: _thefts(rng, areas)),
        "burglaries": drawn_until(_burglaries_hold, lambda: _burglaries(rng)),
        "projects": drawn_until(_projects_hold, lambda: _projects(rng)),
        "stops": drawn_until(_stops_hold, lambda: _stops(rng)),
        "quarters": drawn_until(_quarters_hold, lambda: _quarters(rng)),
        "reports": drawn_until(_reports_hold, lambda: _reports(rng)),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each of these designs misleads here whoever does not look twice."""
    return bool(
        _burglaries_hold(tables["burglaries"])
        and _projects_hold(tables["projects"])
        and _stops_hold(tables["stops"])
        and _reports_hold(tables["reports"])
        and _quarters_hold(tables["quarters"])
        and _thefts_hold(tables["thefts"])
    )


def _areas(rng: np.random.Generator) -> pd.DataFrame:
    role = np.repeat([*ROLES, "none"], [EACH] * len(ROLES) + [OTHERS])
    area_id = [f"{1 + k // 6:02d}{1 + k % 6:02d}" for k in range(len(role))]
    return pd.DataFrame({"area_id": area_id, "role": rng.permutation(role)})


def _thefts(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """Bicycles stolen, by month and area; the racks came in January 2025, and some thieves went next door."""
    months = pd.period_range("2023-01", "2025-12", freq="M").astype(str).to_numpy()
    role = areas["role"].to_numpy()
    rate = rng.uniform(3, 9, len(areas))
    for name in ROLES:
        mine = role == name
        rate[mine] *= rng.uniform(18, 30) / rate[mine].sum()
    time = np.arange(len(months))
    after = time >= 24
    season = 1 + rng.uniform(0.1, 0.3) * np.cos(2 * np.pi * (time - 6) / 12)
    year = np.array([rng.uniform(1, 1.2), 1, rng.uniform(0.85, 1.05)])[time // 12]
    expected = np.outer(season * year, rate)
    prevented = expected[after][:, role == "treated"] * rng.uniform(0.2, 0.34)
    expected[np.ix_(after, role == "treated")] -= prevented
    moved = rng.uniform(0.3, 0.8) * prevented.sum(axis=1) / EACH
    expected[np.ix_(after, role == "treated_buffer")] += moved[:, None]
    n = _series_of_thieves(rng, expected, rng.uniform(1.7, 2.6))
    rows = pd.DataFrame(n, index=months, columns=areas["area_id"]).stack()
    rows = rows.rename_axis(["month", "area_id"]).rename("n").reset_index()
    rows.insert(1, "year", rows["month"].str[:4].astype("int64"))
    return rows.merge(areas, on="area_id")[["month", "year", "area_id", "role", "n"]]


def _series_of_thieves(
    rng: np.random.Generator, expected: np.ndarray, dispersion: float
) -> np.ndarray:
    """Counts whose variance is `dispersion` times their mean: one lock cracked, ten bicycles gone."""
    return rng.poisson(rng.gamma(expected / (dispersion - 1), dispersion - 1))


def _burglaries(rng: np.random.Generator) -> pd.DataFrame:
    """Few homes treated, many compared, and burglary falls everywhere."""
    homes = np.array([1, rng.uniform(0.8, 1.3), *rng.uniform(3, 5, 2)])
    homes = (homes * rng.uniform(1800, 2600)).round(-1).astype(int)
    everywhere = rng.uniform(0.72, 0.84)
    own = np.array([rng.uniform(0.7, 0.85), rng.uniform(0.95, 1.1), 1, 1])
    before = rng.poisson(homes / 1000 * rng.uniform(70, 95))
    return pd.DataFrame(
        {
            "role": ROLES,
            "homes": homes,
            "before": before,
            "after": rng.poisson(before * everywhere * own),
        }
    )


def _projects(rng: np.random.Generator) -> pd.DataFrame:
    """Six small projects; two of them had no success that could have moved."""
    worked = rng.permutation([0.6, 0.65, 0.75, 0.7, 1.05, 1.15])
    everywhere = rng.uniform(0.85, 1.05, len(worked))
    next_door = rng.uniform(0.85, 1.2, len(worked))
    before = {
        "treated": rng.integers(120, 260, len(worked)),
        "control": rng.integers(180, 420, len(worked)),
        "buffer": rng.integers(110, 240, len(worked)),
    }
    factor = {"treated": worked, "control": 1.0, "buffer": next_door}
    frame = pd.DataFrame({"project": PROJECTS})
    for role, n in before.items():
        frame[f"{role}_before"] = n
        frame[f"{role}_after"] = rng.poisson(n * everywhere * factor[role])
    return frame


def _stops(rng: np.random.Generator) -> pd.DataFrame:
    """Purses stolen at bus stops; those with most before were chosen."""
    risk = rng.gamma(12, rng.uniform(9, 12) / 12, STOPS)
    before = rng.poisson(risk)
    chosen = np.zeros(STOPS, dtype=bool)
    chosen[np.argsort(-before, kind="stable")[:CHOSEN]] = True
    after = rng.poisson(risk * np.where(chosen, rng.uniform(0.85, 1), 1))
    stop = [f"S{k:02d}" for k in range(1, STOPS + 1)]
    return pd.DataFrame(
        {"stop": stop, "chosen": chosen, "before": before, "after": after}
    )


def _quarters(rng: np.random.Generator) -> pd.DataFrame:
    """Thefts from cars: the treated areas had been falling for two years, and went on."""
    areas, periods = 12, np.arange(1, EARLIER + LATER + 1)
    treated = np.arange(areas) < areas // 2
    drift = np.where(treated, rng.uniform(-0.09, -0.06), rng.uniform(-0.01, 0.01))
    level = rng.uniform(25, 60, areas)
    expected = level * np.exp(np.outer(periods - 1, drift))
    n = _series_of_thieves(rng, expected, 1.3)
    rows = pd.DataFrame(
        {
            "area_id": np.tile(
                [f"Q{k:02d}" for k in range(1, areas + 1)], len(periods)
            ),
            "treated": np.tile(treated, len(periods)),
            "period": np.repeat(periods, areas),
            "n": n.ravel(),
        }
    )
    rows["after"] = rows["period"] > EARLIER
    return rows


def _reports(rng: np.random.Generator) -> pd.DataFrame:
    """Stolen telephones: what the police recorded, and what a survey's victims said they had told."""
    victims = rng.integers(260, 420, 2)
    told = np.array([rng.uniform(0.22, 0.3), rng.uniform(0.38, 0.5)])
    happened = rng.integers(5200, 7600) * np.array([1, rng.uniform(0.75, 0.9)])
    return pd.DataFrame(
        {
            "year": [2023, 2025],
            "recorded": rng.poisson(happened * told),
            "victims_asked": victims,
            "victims_who_told": rng.binomial(victims, told),
        }
    )


def pairs(thefts: pd.DataFrame) -> dict[str, list[int]]:
    """Counts of 2024 and 2025, by role."""
    n = thefts.pivot_table(index="role", columns="year", values="n", aggfunc="sum")
    return {role: n.loc[role, [2024, 2025]].tolist() for role in ROLES}


def _thefts_hold(thefts: pd.DataFrame) -> bool:
    n = pairs(thefts)
    found = weighted_displacement_difference(
        n["treated"], n["control"], n["treated_buffer"], n["control_buffer"]
    )
    chance = before_after_control(n["treated"], n["control"])
    if not (
        found.local < -15
        and found.displaced > 10
        and found.lower < 0 < found.upper
        and chance.upper < 0.995
        and abs(n["control"][1] / n["control"][0] - 1) > 0.02
    ):
        return False
    rows = thefts[thefts["role"] != "none"]
    months = rows.pivot(index="month", columns="area_id", values="n")
    phi = dispersion_before(months.loc[:"2024-12"])
    honest = before_after_control(n["treated"], n["control"], dispersion=phi)
    return bool(
        phi.value > 1.2
        and honest.upper > 1.005
        and abs(dispersion_before(months).value - phi.value) > 0.02
    )


def _burglaries_hold(table: pd.DataFrame) -> bool:
    rows = table.set_index("role")
    n = [rows.loc[r, ["before", "after"]].to_list() for r in _ORDER]
    raw = weighted_displacement_difference(*n)
    homes = [rows.loc[r, "homes"] / 1000 for r in _ORDER]
    found = weighted_displacement_difference(*n, area_weights=homes)
    return (
        raw.local > 5 and raw.estimate > 5 and found.local < -2 and found.estimate < -2
    )


def _projects_hold(table: pd.DataFrame) -> bool:
    refused = 0
    for row in table.itertuples():
        n = [
            [getattr(row, f"{role}_before"), getattr(row, f"{role}_after")]
            for role in ("treated", "control", "buffer")
        ]
        try:
            if abs(weighted_displacement_quotient(*n).quotient) < 0.02:
                return False
        except Refused:
            refused += 1
    return refused == 2


def _stops_hold(table: pd.DataFrame) -> bool:
    chosen = table["chosen"]
    seen = table["after"][chosen].sum() / table["before"][chosen].sum()
    found = regression_to_the_mean(table["before"], chosen)
    fall, by_itself = 1 - seen, 1 - found.ratio
    tied = table["before"][chosen].min() == table["before"][~chosen].max()
    return not tied and fall > 0.15 and 0.5 * fall < by_itself < fall - 0.02


def _reports_hold(table: pd.DataFrame) -> bool:
    told = table["victims_who_told"] / table["victims_asked"]
    recorded = table["recorded"][1] / table["recorded"][0]
    happened = recorded / (told[1] / told[0])
    asked = table["victims_asked"][1] / table["victims_asked"][0]
    return recorded > 1.1 and happened < 0.95 and abs(asked - happened) > 0.01


def _quarters_hold(rows: pd.DataFrame) -> bool:
    return (
        not trends_before(rows[~rows["after"]]).parallel
        and difference_in_differences(rows, scale="ratio").upper < 0.95
    )


#: As the displacement difference takes its groups.
_ORDER = ("treated", "control", "treated_buffer", "control_buffer")
