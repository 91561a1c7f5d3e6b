"""How each incident went: who did it to whom, with what, in what kind of place.

True incidents go in, the same rows come out with relation, domestic, mechanism and place type, in the words
of the incidents contract. Told or not, an incident has its circumstances; the police and the survey ask for
them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw
from safelearn.simulation.offences import KEYS, OFFENCES
from safelearn.simulation.people import Residents
from safelearn.simulation.plan import Plan
from safelearn.simulation.streams import stream

RELATION = {
    "homicide": {"stranger": 35, "acquaintance": 33, "unknown": 32},
    "serious assault": {
        "stranger": 42,
        "acquaintance": 45,
        "authority": 3,
        "unknown": 10,
    },
    "assault": {"stranger": 40, "acquaintance": 48, "authority": 4, "unknown": 8},
    "threats": {"acquaintance": 62, "stranger": 25, "authority": 5, "unknown": 8},
    "sexual assault": {
        "acquaintance": 48,
        "stranger": 40,
        "authority": 7,
        "unknown": 5,
    },
    "robbery": {"stranger": 92, "acquaintance": 5, "unknown": 3},
    "theft from person": {"unknown": 78, "stranger": 22},
    "fraud": {"unknown": 70, "stranger": 22, "acquaintance": 8},
}
AT_HOME = {"intimate_partner": 52, "former_partner": 21, "family": 27}
MECHANISM = {
    "homicide": {
        "firearm": 58, "sharp_object": 24, "blunt_object": 8, "bodily_force": 5,
        "strangulation": 4, "fire": 1,
    },
    "serious assault": {
        "sharp_object": 40, "blunt_object": 22, "firearm": 18, "bodily_force": 20,
    },
    "assault": {"bodily_force": 82, "blunt_object": 12, "sharp_object": 6},
    "domestic assault": {"bodily_force": 86, "blunt_object": 9, "sharp_object": 5},
    "threats": {"threat": 90, "sharp_object": 6, "firearm": 4},
    "sexual assault": {"bodily_force": 70, "threat": 30},
    "robbery": {"threat": 45, "sharp_object": 25, "firearm": 18, "bodily_force": 12},
}  # fmt: skip
PLACE = {
    "homicide": {"street": 62, "home": 22, "entertainment": 10, "open_space": 6},
    "serious assault": {"street": 62, "entertainment": 18, "home": 10, "open_space": 10},
    "assault": {
        "street": 55, "entertainment": 15, "public_transport": 8, "school": 8,
        "workplace": 8, "open_space": 6,
    },
    "domestic assault": {"home": 92, "street": 8},
    "threats": {"home": 45, "street": 25, "online": 15, "workplace": 10, "school": 5},
    "sexual assault": {
        "home": 42, "street": 22, "public_transport": 12, "workplace": 8, "school": 6,
        "open_space": 10,
    },
    "robbery": {"street": 74, "public_transport": 14, "shop": 6, "open_space": 6},
    "residential burglary": {"home": 100},
    "other burglary": {"shop": 55, "workplace": 30, "school": 10, "institution": 5},
    "theft from person": {
        "street": 45, "public_transport": 22, "market": 18, "shop": 8, "open_space": 7,
    },
    "vehicle theft": {"street": 80, "home": 12, "other": 8},
    "damage": {"home": 40, "street": 40, "shop": 12, "institution": 8},
    "drugs": {"street": 70, "open_space": 20, "home": 10},
    "public order": {"street": 62, "entertainment": 22, "open_space": 16},
    "fraud": {"online": 55, "home": 20, "shop": 15, "institution": 10},
}  # fmt: skip
NEVER = {"unknown": 1}


def add_circumstances(
    plan: Plan, residents: Residents, incidents: pd.DataFrame
) -> pd.DataFrame:
    """Add ``domestic`` (bool), ``relation``, ``mechanism`` and ``place_type`` to true incidents."""
    rng = stream(plan.seed, "circumstances")
    kind = incidents["offence"].to_numpy()
    n = len(incidents)
    domestic = rng.random(n) < np.array([o.domestic for o in OFFENCES])[kind]
    person = incidents["person"].to_numpy()
    man = (person >= 0) & (residents.sex[person] == 1)
    deadly = (kind == KEYS.index("homicide")) & (
        rng.random(n) < np.where(man, 0.04, 0.5)
    )
    domestic |= deadly
    columns = {"domestic": domestic}
    for name, table in (
        ("relation", RELATION),
        ("mechanism", MECHANISM),
        ("place_type", PLACE),
    ):
        value = np.full(n, None, dtype=object)
        for number, key in enumerate(KEYS):
            rows = np.flatnonzero(kind == number)
            if key in table:
                value[rows] = draw(rng, table[key], len(rows))
        if name == "relation":
            value[domestic] = draw(rng, AT_HOME, domestic.sum())
        columns[name] = pd.Series(value, dtype="str").to_numpy(dtype=object)
    return incidents.assign(**columns)
