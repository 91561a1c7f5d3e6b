"""A small city of a trainee's own: the same coast and streets, other people, other names, other events.

A seed goes in, canonical areas, population and incidents come out, in about a second; the same seed gives the
same city on every machine. What is planted in it is drawn anew, so that a neighbour's answers do not help.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.geography import Geography, lay_out
from safelearn.simulation.people import population_table
from safelearn.simulation.records import write_down
from safelearn.simulation.town import found_town

#: Variants show what lies around this place, in metres: old quarters, new ones, hillsides.
CENTRE = (7900.0, 7400.0)
PEOPLE_AN_AREA = 6_000


def city_tables(
    seed: int, *, areas: int = 20, years: int = 3, incidents: int = 6000
) -> dict[str, pd.DataFrame]:
    """Draw a small city.

    Parameters
    ----------
    seed : int
        Everything follows from it.
    areas : int
        Number of neighbourhoods, at most 60.
    years : int
        Whole calendar years, the last one 2025.
    incidents : int
        Expected number of recorded incidents (the drawn number differs by chance).

    Returns
    -------
    dict of DataFrame
        ``areas``, ``population`` and ``incidents``, with the canonical columns and types of a city folder.

    Examples
    --------
    >>> tables = city_tables(7, areas=12, years=1, incidents=500)
    >>> sorted(tables), len(tables["areas"])
    (['areas', 'incidents', 'population'], 12)
    """
    town = found_town(
        seed,
        geography=neighbourhood_of(lay_out(0), areas),
        population=PEOPLE_AN_AREA * areas,
        recorded=incidents,
        start=f"{2026 - years}-01-01",
        years=years,
        own_places=True,
        records_only=True,
    )
    return {
        "areas": areas_table(town.conditions),
        "population": population_table(
            town.residents, town.conditions, 2025 - years // 2
        ),
        "incidents": write_down(town),
    }


def areas_table(conditions: pd.DataFrame) -> pd.DataFrame:
    """The canonical areas table: ``area_id, area_name, parent, settlement``."""
    return conditions[["area_id", "area_name", "parent", "settlement"]].astype("str")


def neighbourhood_of(geography: Geography, n: int) -> Geography:
    """The `n` neighbourhoods nearest to `CENTRE`, with their blocks."""
    away = shapely.distance(shapely.centroid(geography.areas), shapely.Point(CENTRE))
    kept = np.sort(np.argsort(away, kind="stable")[:n])
    number = np.full(len(geography.areas), -1)
    number[kept] = np.arange(n)
    inside = number[geography.block_area] >= 0
    return replace(
        geography,
        blocks=geography.blocks[inside],
        block_area=number[geography.block_area[inside]],
        fronts=geography.fronts[inside],
        areas=geography.areas[kept],
        zone=geography.zone[kept],
    )
