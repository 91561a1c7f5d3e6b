"""Who lives here: every resident with sex, age, household and block, and the population table made of them.

Conditions go in; residents come out as arrays, one entry a person, sorted by neighbourhood. The city counts
real (simulated) people, so that a survey can draw a sample of them and an incident can befall one of them,
and both describe the same city.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.geography import Geography
from safelearn.simulation.streams import stream

AGE_GROUPS = (*(f"{a}-{a + 4}" for a in range(0, 85, 5)), "85+")
SEXES = ("female", "male")
#: Share of each five-year group where people are youngest and where they are oldest.
_YOUNG = np.array(
    [98, 97, 95, 92, 92, 90, 82, 72, 62, 53, 45, 37, 30, 22, 15, 10, 5, 3]
)
_OLD = np.array(
    [46, 49, 52, 56, 64, 72, 75, 74, 71, 70, 69, 68, 64, 56, 44, 32, 22, 16]
)
#: Women among a hundred residents, by age group: fewer born, more who live long.
_WOMEN = np.array(
    [49, 49, 49, 49, 50, 51, 51, 51, 51, 52, 52, 52, 53, 54, 55, 57, 60, 65]
)


@dataclass(frozen=True, eq=False)
class Residents:
    """Arrays with one entry a person, persons of an area together, areas in order.

    Attributes
    ----------
    area, block, household : int arrays
        Positions; households are numbered through the city.
    sex : int array
        Position in `SEXES`.
    age : int array
    first : int array
        ``first[i]:first[i + 1]`` are the persons of area ``i``.
    household_block, household_area : int arrays
        One entry a household.
    """

    area: np.ndarray
    block: np.ndarray
    household: np.ndarray
    sex: np.ndarray
    age: np.ndarray
    first: np.ndarray
    household_block: np.ndarray
    household_area: np.ndarray

    def __len__(self) -> int:
        return len(self.area)

    @property
    def age_group(self) -> np.ndarray:
        """Position in `AGE_GROUPS` of each person."""
        return np.minimum(self.age // 5, len(AGE_GROUPS) - 1)


def settle(geography: Geography, conditions: pd.DataFrame, seed: int) -> Residents:
    """Fill the neighbourhoods with people and the people with households."""
    rng = stream(seed, "people")
    n = conditions["residents"].to_numpy()
    area = np.repeat(np.arange(len(n)), n)
    first = np.concatenate([[0], np.cumsum(n)])
    youth = 1 / (1 + np.exp(-1.1 * conditions["deprivation"].to_numpy()))
    pyramid = youth[:, None] * _YOUNG / _YOUNG.sum()
    pyramid += (1 - youth)[:, None] * _OLD / _OLD.sum()
    group = _pick(rng, pyramid, area)
    sex = (rng.random(len(area)) >= _WOMEN[group] / 100).astype(np.int8)
    span = np.where(group == len(AGE_GROUPS) - 1, 12, 5)
    age = (group * 5 + rng.integers(0, span)).astype(np.int16)

    size = 3.2 + 0.55 * conditions["deprivation"].to_numpy().clip(-2, 2)
    homes = np.maximum(1, np.round(n / size)).astype(int)
    household = _house(rng, area, age, first, homes)
    household_area = np.repeat(np.arange(len(n)), homes)
    household_block = _blocks(rng, geography, household_area)
    return Residents(
        area=area.astype(np.int16),
        block=household_block[household],
        household=household,
        sex=sex,
        age=age,
        first=first,
        household_block=household_block,
        household_area=household_area,
    )


def population_table(
    residents: Residents, conditions: pd.DataFrame, year: int
) -> pd.DataFrame:
    """The census table: ``area_id, sex, age_group, population, year``, every cell, zeros kept."""
    areas, groups = len(conditions), len(AGE_GROUPS)
    cell = (residents.area.astype(int) * 2 + residents.sex) * groups
    n = np.bincount(cell + residents.age_group, minlength=areas * 2 * groups)
    where = np.unravel_index(np.arange(n.size), (areas, 2, groups))
    return pd.DataFrame(
        {
            "area_id": conditions["area_id"].to_numpy()[where[0]],
            "sex": np.array(SEXES)[where[1]],
            "age_group": np.array(AGE_GROUPS)[where[2]],
            "population": n,
            "year": year,
        }
    ).astype({"area_id": "str", "sex": "str", "age_group": "str"})


def _pick(rng: np.random.Generator, shares: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Draw one column a person from the shares of the person's row."""
    upto = np.cumsum(shares, axis=1)
    upto /= upto[:, -1:]
    rank = np.arange(len(upto))[:, None] + upto
    found = np.searchsorted(rank.ravel(), row + rng.random(len(row)))
    return np.minimum(found - row * shares.shape[1], shares.shape[1] - 1)


def _house(rng, area, age, first, homes) -> np.ndarray:
    """Every household gets an adult first; then adults and children join at random."""
    start = np.concatenate([[0], np.cumsum(homes)])
    household = np.empty(len(area), dtype=np.int32)
    for i in range(len(homes)):
        person = np.arange(first[i], first[i + 1])
        order = np.lexsort((rng.random(len(person)), age[person] < 18))
        place = np.concatenate(
            [
                np.arange(min(homes[i], len(person))),
                rng.integers(0, homes[i], max(0, len(person) - homes[i])),
            ]
        )
        household[person[order]] = start[i] + place
    return household


def _blocks(rng, geography: Geography, household_area: np.ndarray) -> np.ndarray:
    """A block for each household: large blocks hold more, some hold none."""
    weight = shapely.area(geography.blocks) * rng.gamma(3, 1 / 3, len(geography.blocks))
    weight[rng.random(len(weight)) < 0.06] = 0
    weight[shapely.area(geography.blocks) < 900] = 0
    order = np.argsort(geography.block_area, kind="stable")
    upto = np.concatenate([[0], np.cumsum(weight[order])])
    bounds = np.searchsorted(
        geography.block_area[order], np.arange(len(geography.areas) + 1)
    )
    low, high = upto[bounds[:-1]], upto[bounds[1:]]
    spot = (
        low[household_area]
        + rng.random(len(household_area)) * (high - low)[household_area]
    )
    found = np.searchsorted(upto, spot, side="right") - 1
    return order[np.clip(found, 0, len(order) - 1)]
