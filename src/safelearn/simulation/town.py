"""One simulated city whole: its land, its people, what was planted, and what happened.

A seed goes in, a `Town` comes out; every table of the folder is drawn from it. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.simulation.buildings import Buildings, erect
from safelearn.simulation.circumstances import add_circumstances
from safelearn.simulation.conditions import describe
from safelearn.simulation.geography import Geography, lay_out
from safelearn.simulation.incidents import even_out, happen
from safelearn.simulation.people import Residents, settle
from safelearn.simulation.plan import Plan, plan_city
from safelearn.simulation.reporting import told


@dataclass(frozen=True, eq=False)
class Town:
    """A city and its truth.

    Attributes
    ----------
    conditions : DataFrame
        One row a neighbourhood (`conditions.describe`).
    incidents : DataFrame
        Every incident that happened, with circumstances and ``told``.
    """

    plan: Plan
    geography: Geography
    conditions: pd.DataFrame
    residents: Residents
    buildings: Buildings
    incidents: pd.DataFrame

    @property
    def told(self) -> pd.DataFrame:
        """The incidents that the police know of."""
        return self.incidents[self.incidents["told"]].reset_index(drop=True)

    def codes(self, areas: tuple[int, ...] | np.ndarray) -> list[str]:
        """The codes of some neighbourhoods."""
        return self.conditions["area_id"].iloc[list(areas)].tolist()


def found_town(
    seed: int,
    *,
    geography: Geography | None = None,
    population: int = 465_000,
    recorded: int = 60_000,
    start: str = "2021-01-01",
    years: int = 5,
    own_places: bool = False,
    records_only: bool = False,
) -> Town:
    """Found a city, fill it, and let the years pass.

    Parameters
    ----------
    geography : Geography, optional
        The land; the bundled city's own if it is not given.
    recorded : int
        Expected number of records that the police make.
    own_places : bool
        Give names and hot spots of the seed's own.
    records_only : bool
        Forget what the police never heard, once it is decided: no survey is to be drawn.
    """
    geography = geography or lay_out(0)
    conditions = describe(geography, seed, population=population, own_names=own_places)
    plan = plan_city(
        geography,
        conditions,
        seed,
        start=start,
        years=years,
        recorded=recorded,
        own_hot_spots=own_places,
    )
    residents = settle(geography, conditions, seed)
    buildings = even_out(plan, erect(geography, residents, seed))
    incidents = happen(plan, conditions, residents, buildings)
    incidents["told"] = told(plan, conditions, residents, incidents)
    if records_only:
        incidents = incidents[incidents["told"]].reset_index(drop=True)
    incidents = add_circumstances(plan, residents, incidents)
    return Town(plan, geography, conditions, residents, buildings, incidents)
