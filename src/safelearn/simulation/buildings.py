"""Doors: where things can happen. Each has a place in a block, homes behind it, and a risk of its own.

Geography and residents go in, `Buildings` come out. Points lie just inside their block.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from safelearn.simulation.drawing import ZONES
from safelearn.simulation.geography import Geography
from safelearn.simulation.people import Residents
from safelearn.simulation.streams import stream


@dataclass(frozen=True, eq=False)
class Buildings:
    """Arrays with one entry a building, buildings of an area together, areas in order.

    Attributes
    ----------
    x, y : float arrays, metres on the sheet
    area, block : int arrays
    first : int array
        ``first[i]:first[i + 1]`` are the buildings of area ``i``.
    homes : int array
        Households behind the door.
    luck : float array
        The building's own risk, mean about 1: few doors carry much of it.
    home_of : int array
        The building of each household.
    """

    x: np.ndarray
    y: np.ndarray
    area: np.ndarray
    block: np.ndarray
    first: np.ndarray
    homes: np.ndarray
    luck: np.ndarray
    home_of: np.ndarray

    def __len__(self) -> int:
        return len(self.x)


def erect(geography: Geography, residents: Residents, seed: int) -> Buildings:
    """Put up the buildings and give each household a door."""
    rng = stream(seed, "buildings")
    blocks = len(geography.blocks)
    homes = np.bincount(residents.household_block, minlength=blocks)
    density = np.array([ZONES[z].density for z in geography.zone])
    a_door = np.clip(density / 40, 1.2, 4.0)[geography.block_area]
    usable = shapely.area(geography.blocks) >= 900
    doors = np.where(usable, np.maximum(3, np.round(homes / a_door)), 0).astype(int)

    order = np.lexsort((np.arange(blocks), geography.block_area))
    order = order[doors[order] > 0]
    block = np.repeat(order, doors[order])
    x, y = _along(geography.fronts, block, rng.random(len(block))).T
    start = np.zeros(blocks, dtype=int)
    start[order] = np.concatenate([[0], np.cumsum(doors[order])[:-1]])
    door = rng.random(len(residents.household_block))
    home_of = start[residents.household_block] + (
        door * doors[residents.household_block]
    ).astype(int)

    mood = rng.gamma(1 / 0.6, 0.6, blocks)
    luck = mood[block] * rng.gamma(0.5, 2.0, len(block))
    area = geography.block_area[block]
    return Buildings(
        x=x,
        y=y,
        area=area,
        block=block,
        first=np.searchsorted(area, np.arange(len(geography.areas) + 1)),
        homes=np.bincount(home_of, minlength=len(block)),
        luck=luck,
        home_of=home_of,
    )


def _along(rings: np.ndarray, ring: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The point at a share of the length of a ring: what ``shapely.line_interpolate_point`` gives, for very many."""
    points, of = shapely.get_coordinates(rings, return_index=True)
    first = np.searchsorted(of, np.arange(len(rings)))
    corner = np.arange(len(points)) - first[of]
    step = np.diff(points, axis=0)
    on = corner[1:] > 0  # else it leads from one ring to the next
    side = np.zeros((len(rings), corner.max() + 1))
    side[of[1:][on], corner[1:][on]] = np.sqrt((step**2).sum(axis=1))[on]
    upto = np.cumsum(side, axis=1)
    wanted = share * upto[ring, -1]
    before = (upto[ring, 1:] <= wanted[:, None]).sum(axis=1)
    before = np.minimum(before, np.bincount(of)[ring] - 2)
    part = (wanted - upto[ring, before]) / side[ring, before + 1]
    start = first[ring] + before
    return step[start] * part[:, None] + points[start]
