"""Burglaries that breed burglaries: the same home again, or one nearby, within days.

Background burglaries go in; all burglaries come out, each new one with the row that set it off. A branching
process with known mean, distance and delay (`plan.NearRepeat`), so that a near-repeat test has a right
answer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.buildings import Buildings
from safelearn.simulation.people import Residents
from safelearn.simulation.plan import Plan


def spread_burglaries(
    rng: np.random.Generator,
    first: pd.DataFrame,
    plan: Plan,
    residents: Residents,
    buildings: Buildings,
) -> pd.DataFrame:
    """Add what each burglary sets off, generation after generation, until the period ends.

    Parameters
    ----------
    first : DataFrame
        Background burglaries with ``minute, area, building, person, household, set_off_by``.
    """
    from scipy.spatial import cKDTree

    rule = plan.near_repeat
    lived_in = np.flatnonzero(buildings.homes > 0)
    doors = cKDTree(np.column_stack([buildings.x, buildings.y])[lived_in])
    by_building = np.argsort(buildings.home_of, kind="stable")
    start = np.searchsorted(buildings.home_of[by_building], np.arange(len(buildings)))
    end = len(plan.days) * 1440
    generations, offset = [first], 0
    while len(generations[-1]):
        before = generations[-1]
        parent = np.repeat(
            np.arange(len(before)), rng.poisson(rule.offspring, len(before))
        )
        n = len(parent)
        minute = before["minute"].to_numpy()[parent]
        minute = minute + np.ceil(rng.exponential(rule.delay * 1440, n)).astype(int)
        building = before["building"].to_numpy()[parent]
        household = before["household"].to_numpy()[parent]
        again = rng.random(n) < rule.same_home
        x = buildings.x[building] + rng.normal(0, rule.distance, n)
        y = buildings.y[building] + rng.normal(0, rule.distance, n)
        near = lived_in[doors.query(np.column_stack([x, y]))[1]]
        chance = (rng.random(n) * buildings.homes[near]).astype(int)
        building = np.where(again, building, near)
        household = np.where(again, household, by_building[start[near] + chance])
        child = pd.DataFrame(
            {
                "offence": np.full(n, before["offence"].iloc[0]),
                "area": buildings.area[building].astype(np.int16),
                "minute": minute,
                "set_off_by": parent + offset,
                "building": building,
                "person": -1,
                "household": household,
            }
        )
        generations.append(child[child["minute"] < end])
        offset += len(before)
    return pd.concat(generations, ignore_index=True)
