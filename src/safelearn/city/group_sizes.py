"""How large is each group that a census can count: women, men, ages, and residents of informal settlements?

The tables of population and of areas go in; residents by group come out. Groups that no census row counts are not
there: belonging is never inferred. Shares of seats, of stops or of those who came are judged beside these.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from safelearn.city.population import population_by

if TYPE_CHECKING:
    import pandas as pd

EVERYONE, INFORMAL = "everyone", "informal_residents"
SEXES = {"women": "female", "men": "male"}
#: First and last year of age: children as far as groups of five years can tell, youth and older persons as the United
#: Nations count them.
AGES = {"children": (0, 14), "youth": (15, 24), "older_persons": (60, math.inf)}


def group_sizes(
    population: pd.DataFrame, areas: pd.DataFrame | None = None
) -> dict[str, float]:
    """Residents of each group that the census counts.

    Parameters
    ----------
    population : DataFrame
        The table ``population``.
    areas : DataFrame, optional
        The table ``areas``, whose settlements say where informal settlements are.

    Returns
    -------
    dict of str to float
        `everyone`, and those of `SEXES`, `AGES` and `INFORMAL` that can be counted for the whole city. A group is left
        out where an age group of the census lies on both sides of its limits, or where an area is not split.

    Examples
    --------
    >>> import pandas as pd
    >>> census = pd.DataFrame(
    ...     {
    ...         "area_id": "01",
    ...         "sex": ["female", "male", "female", "male"],
    ...         "age_group": ["0-59", "0-59", "60+", "60+"],
    ...         "population": [30.0, 40.0, 20.0, 10.0],
    ...         "year": 2024,
    ...     }
    ... )
    >>> group_sizes(census)
    {'everyone': 100.0, 'women': 50.0, 'men': 50.0, 'older_persons': 30.0}
    """
    everyone = float(population_by(population, ())["population"].sum())
    if not everyone:
        return {}
    found = {EVERYONE: everyone}
    by_sex = population_by(population, ("sex",)).set_index("sex")["population"]
    if "all" not in by_sex.index:
        found |= {g: float(by_sex[s]) for g, s in SEXES.items() if s in by_sex.index}
    by_age = population_by(population, ("age_group",)).set_index("age_group")
    ends = [_ends(str(name)) for name in by_age.index]
    for group, (youngest, oldest) in AGES.items():
        inside = [youngest <= first and last <= oldest for first, last in ends]
        across = [first <= oldest and last >= youngest for first, last in ends]
        if inside == across and any(inside):
            found[group] = float(by_age.loc[inside, "population"].sum())
    if (
        areas is not None
        and "settlement" in areas
        and areas["settlement"].notna().any()
    ):
        informal = areas["settlement"].astype("str") == "informal"
        names = set(areas.loc[informal, "area_id"].astype("str"))
        here = population_by(population)
        inside = here["area_id"].isin(names)
        found[INFORMAL] = float(here.loc[inside, "population"].sum())
    return found


def group_shares(
    population: pd.DataFrame | None, areas: pd.DataFrame | None = None
) -> dict[str, float]:
    """The same as shares of all residents; empty without a census."""
    if population is None or not len(population):
        return {}
    sizes = group_sizes(population, areas)
    everyone = sizes.pop(EVERYONE, math.nan)
    return {group: n / everyone for group, n in sizes.items()}


def _ends(age_group: str) -> tuple[float, float]:
    """First and last year of age; no end on either side where the group holds all ages."""
    years = [int(year) for year in re.findall(r"\d+", age_group)]
    if not years:
        return -math.inf, math.inf
    if len(years) > 1:
        return years[0], years[1]
    return years[0], math.inf if "+" in age_group else years[0]
