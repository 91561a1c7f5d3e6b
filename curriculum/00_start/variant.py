"""The data of module 0: the street lamps of a small town of the trainee's own, and a colleague's notebook."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: What task 3 asks for: the larger pieces of street.
LAMPS_ASKED = 4
_FIRST = [
    "Bay",
    "Bridge",
    "Church",
    "Garden",
    "High",
    "Hill",
    "Lake",
    "Market",
    "Mill",
    "North",
    "Park",
    "Port",
    "River",
    "School",
    "South",
    "Station",
]
_SECOND = ["Lane", "Road", "Row", "Stairs", "Street", "Walk"]
_DISTRICTS = ["Centre", "Harbour", "Hills", "Meadows", "Riverside", "Station"]


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 0])
    return {"streets": _streets(rng), "notebook": _notebook(rng)}


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether a count and a count per kilometre point to two districts, and something is missing."""
    streets = tables["streets"]
    visited = streets[streets["working"].notna()]
    by_district = (
        visited.assign(dark=visited["lamps"] - visited["working"])
        .groupby("district")[["dark", "length_m"]]
        .sum()
    )
    per_km = (1000 * by_district["dark"] / by_district["length_m"]).sort_values()
    per_lamp = by_district["dark"] / visited.groupby("district")["lamps"].sum()
    exactly = streets["lamps"] == LAMPS_ASKED
    return bool(
        by_district["dark"].min() > 0
        and by_district["dark"].idxmax() != per_km.index[-1]
        and by_district["dark"].value_counts().max() < len(by_district)
        and per_km.iloc[-1] > per_km.iloc[-2] + 0.1
        and per_lamp.max() < 0.5
        and 3 <= exactly.sum() <= 20
        and streets.loc[streets["working"].isna(), "lamps"].sum() >= 12
    )


def _streets(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(70, 96))
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    districts = rng.choice(_DISTRICTS, 5, replace=False)
    # The first rows are of all districts, so that each has streets; later ones fall where they may.
    district = np.concatenate([districts, rng.choice(districts, n - 5)])
    long_ones = dict(zip(districts, rng.uniform(0.7, 1.6, 5), strict=True))
    often_dark = dict(zip(districts, rng.uniform(0.06, 0.35, 5), strict=True))
    scale = np.array([long_ones[name] for name in district])
    length = np.round(rng.gamma(6.0, 22.0, n) * scale + 30, 1)
    lamps = np.maximum(rng.poisson(length / 32.0), 1)
    dark = rng.binomial(lamps, [often_dark[name] for name in district])
    working = pd.Series(lamps - dark).astype("Int64")
    not_visited = rng.choice(n, int(rng.integers(6, 11)), replace=False)
    working.iloc[not_visited] = pd.NA
    return pd.DataFrame(
        {
            "street": rng.permutation(names)[:n],
            "district": district,
            "length_m": length,
            "lamps": lamps,
            "working": working,
        }
    )


def _notebook(rng: np.random.Generator) -> pd.DataFrame:
    """Three cells as they stand on a colleague's page: the second was changed after the third had run."""
    price = int(rng.integers(4_000, 12_000)) / 100
    before = int(rng.integers(14, 40))
    now = before - int(rng.integers(3, 10))
    return pd.DataFrame(
        {
            "bracket": [1, 4, 3],
            "line": ["price = ...", "lamps = ...", "cost = price * lamps"],
            "number": [price, float(now), round(price * before, 2)],
        }
    )
