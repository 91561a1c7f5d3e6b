"""How safe every adult feels, and what befell each of them in the last year: the truth behind the survey.

A town goes in, one row an adult comes out. Fear follows deprivation, sex, age, what one went through, and the
mood of the street one lives in; in the planted places it parts from the danger. Everybody has an answer here,
asked or not, so that a survey's estimate can be held against the share of the whole population.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.offences import KEYS
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

ADULT = 18
#: Survey item -> offences of `offences.OFFENCES` that it asks about.
ITEMS = {
    "assault": ("serious assault", "assault", "domestic assault"),
    "robbery": ("robbery",),
    "threat": ("threats",),
    "sexual_violence": ("sexual assault",),
    "theft_from_person": ("theft from person",),
}
HOUSEHOLD_ITEMS = {
    "burglary": ("residential burglary",),
    "vehicle_theft": ("vehicle theft",),
}
#: On the scale of the log odds of feeling safe.
FEELING = {
    "usual": 0.55,
    "deprivation": -0.40,
    "women": -0.80,
    "from 65": -0.35,
    "disability": -0.45,
    "victim of violence or robbery": -0.70,
    "street (standard deviation)": 0.60,
    "feared though safe": -1.50,
    "unsafe but not feared": 1.40,
    "by day": 1.60,
}
#: Log odds of a difficulty that counts as a disability: at 18, for ten years more, by deprivation.
DISABILITY = (-4.1, 0.42, 0.15)


def feel(town: Town) -> pd.DataFrame:
    """What is true of each adult.

    Returns
    -------
    DataFrame
        ``person, area, block, household, female, age, disability, victim`` (of violence or robbery in the last
        twelve months), one count a survey item for those months, ``mood`` (log odds), ``walk_dark`` and
        ``walk_day`` as numbers from 0 (very unsafe) to 3 (very safe).
    """
    rng = stream(town.plan.seed, "feelings")
    residents = town.residents
    person = np.flatnonzero(residents.age >= ADULT)
    n = len(person)
    female, age = residents.sex[person] == 0, residents.age[person].astype(int)
    area, block = residents.area[person], residents.block[person]
    poor = town.conditions["deprivation"].to_numpy()[area]
    odds = DISABILITY[0] + DISABILITY[1] * (age - 18) / 10 + DISABILITY[2] * poor
    adults = pd.DataFrame(
        {
            "person": person,
            "area": area,
            "block": block,
            "household": residents.household[person],
            "female": female,
            "age": age,
            "disability": rng.random(n) < logistic(odds),
        }
    )
    for item, times in last_year(town).items():
        whose = person if item in ITEMS else adults["household"]
        adults[item] = times[whose]
    adults["victim"] = (adults["assault"] > 0) | (adults["robbery"] > 0)

    f = FEELING
    street = rng.normal(0, f["street (standard deviation)"], len(town.geography.blocks))
    mood = f["usual"] + f["deprivation"] * poor + street[block]
    mood += f["women"] * female + f["from 65"] * (age >= 65)
    mood += f["disability"] * adults["disability"]
    mood += f["victim of violence or robbery"] * adults["victim"]
    mood += f["feared though safe"] * np.isin(area, town.plan.feared_safe)
    mood += f["unsafe but not feared"] * np.isin(area, town.plan.unsafe_unfeared)
    adults["mood"] = mood
    felt = mood + rng.logistic(0, 1, n)
    adults["walk_dark"] = np.searchsorted([-1.6, 0, 1.7], felt).astype(np.int8)
    by_day = felt + f["by day"] + rng.normal(0, 0.6, n)
    adults["walk_day"] = np.searchsorted([-1.6, 0, 1.7], by_day).astype(np.int8)
    return adults


def last_year(town: Town) -> dict[str, np.ndarray]:
    """Times that each person (household items: each household) was hit in the last twelve months."""
    since = len(town.plan.days) * 1440 - 365 * 1440
    recent = town.incidents[town.incidents["minute"] >= since]
    out = {}
    for items, column, size in (
        (ITEMS, "person", len(town.residents)),
        (HOUSEHOLD_ITEMS, "household", len(town.residents.household_area)),
    ):
        for item, keys in items.items():
            hit = recent.loc[recent["offence"].isin(numbers(keys)), column]
            out[item] = np.bincount(hit[hit >= 0], minlength=size)
    return out


def numbers(keys: tuple[str, ...]) -> list[int]:
    """Positions of offences by their keys."""
    return [KEYS.index(key) for key in keys]


def logistic(x: np.ndarray) -> np.ndarray:
    """Chance from log odds."""
    return 1 / (1 + np.exp(-x))
