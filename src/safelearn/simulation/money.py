"""Where the money for safety goes: lines of the city, the districts and the state, year by year.

A town goes in, the budget table comes out, in money that does not exist. Two patterns are planted: spending a
head is lowest where need is greatest, and less is spent than was approved.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.registers import CURRENCY
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

#: Level, department, owner, purpose, funding, approved in the first year, share spent.
LINES = (
    ("national", "National Police", "S11", "policing", "transfer", 9_800_000, 0.97),
    ("national", "Public Prosecutor", "S12", "justice", "transfer", 2_100_000, 0.95),
    (
        "regional",
        "Regional Health Service",
        "S14",
        "victim_support",
        "transfer",
        240_000,
        0.88,
    ),
    ("regional", "Education Authority", "S15", "youth", "transfer", 620_000, 0.90),
    ("city", "Municipal Guard", "S10", "policing", "own_revenue", 2_900_000, 0.96),
    (
        "city",
        "Public Works and Lighting",
        "S03",
        "lighting",
        "own_revenue",
        1_200_000,
        0.84,
    ),
    (
        "city",
        "Parks and Public Space",
        "S08",
        "public_space",
        "own_revenue",
        420_000,
        0.71,
    ),
    (
        "city",
        "Social Development",
        "S04",
        "social_prevention",
        "own_revenue",
        560_000,
        0.79,
    ),
    (
        "city",
        "Women's Affairs Office",
        "S06",
        "victim_support",
        "own_revenue",
        130_000,
        0.93,
    ),
    ("city", "Youth Office", "S07", "youth", "own_revenue", 150_000, 0.86),
    ("city", "Safety Observatory", "S09", "data_and_evaluation", "grant", 95_000, 0.90),
    ("city", "Safety Observatory", "S09", "capacity_building", "grant", 30_000, 0.62),
    ("city", "Municipal Guard", "S10", "technology", "loan", 310_000, 0.98),
    (
        "city",
        "Office of the Mayor",
        "S01",
        "participation",
        "own_revenue",
        42_000,
        0.68,
    ),
)
OFFICES = {
    "Cercado": "S19", "Puerto Viejo": "S20", "La Costanera": "S21",
    "El Ensanche": "S22", "Ribera Norte": "S23", "Las Lomas": "S24",
}  # fmt: skip
DISTRICT_PURPOSES = {"lighting": 2.6, "public_space": 1.9, "community": 0.8}
#: How much less is approved a head for each standard deviation of deprivation.
UNEVEN = 0.45
GROWTH = 1.04


def budget(town: Town) -> pd.DataFrame:
    """One row a line and year."""
    rng = stream(town.plan.seed, "budget")
    years = sorted(set(town.plan.days.year))
    rows = []
    for number, line in enumerate(LINES, start=1):
        level, office, owner, purpose, funding, first, spent = line
        for turn, year in enumerate(years):
            approved = round(first * GROWTH**turn * rng.lognormal(0, 0.05), -3)
            rows.append(
                {
                    "line_id": f"L{number:02d}",
                    "year": year,
                    "level": level,
                    "department": office,
                    "stakeholder_id": owner,
                    "purpose": purpose,
                    "funding": funding,
                    "group": "women" if owner == "S06" else "",
                    "programme_id": "G01"
                    if purpose == "lighting" and turn >= 3
                    else "",
                    "required": round(approved * rng.uniform(1.0, 1.5), -3),
                    "approved": approved,
                    "spent": round(approved * min(1, spent + rng.normal(0, 0.03)), -3),
                }
            )
    rows += _district_lines(rng, town, years, start=len(LINES) + 1)
    return pd.DataFrame(rows).assign(currency=CURRENCY)


def _district_lines(rng, town: Town, years: list[int], start: int) -> list[dict]:
    """Lines of the districts, spent neighbourhood by neighbourhood."""
    rows, number = [], start
    for row in town.conditions.itertuples():
        fair = row.residents * np.exp(-UNEVEN * row.deprivation)
        for purpose, a_head in DISTRICT_PURPOSES.items():
            for turn, year in enumerate(years):
                approved = round(
                    a_head * fair * GROWTH**turn * rng.lognormal(0, 0.1), -2
                )
                rows.append(
                    {
                        "line_id": f"L{number:03d}",
                        "year": year,
                        "level": "district",
                        "department": f"District Office {row.parent}",
                        "stakeholder_id": OFFICES.get(row.parent, ""),
                        "area_id": row.area_id,
                        "purpose": purpose,
                        "funding": "own_revenue",
                        "group": "",
                        "programme_id": "",
                        "required": round(approved * rng.uniform(1.1, 2.0), -2),
                        "approved": approved,
                        "spent": round(approved * rng.uniform(0.7, 1.0), -2),
                    }
                )
            number += 1
    return rows
