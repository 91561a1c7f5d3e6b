"""The residents: everybody counted once, in a household with an adult, in a block of their neighbourhood."""

from __future__ import annotations

import numpy as np

from safelearn.simulation.people import AGE_GROUPS
from safelearn.simulation.tables import census


def test_the_census_counts_everybody_once(town):
    table = census(town)
    cells = table[table["sex"] != "all"]
    everybody = table[table["sex"] == "all"]
    assert cells["population"].sum() == len(town.residents) == 465_000
    by_area = cells.groupby("area_id")["population"].sum()
    whole = everybody.set_index("area_id")["population"]
    assert (by_area == whole.loc[by_area.index]).all()
    assert len(cells) == 60 * 2 * len(AGE_GROUPS)


def test_every_household_has_an_adult(town):
    adult = np.zeros(len(town.residents.household_area), dtype=bool)
    adult[town.residents.household[town.residents.age >= 18]] = True
    assert adult.all()


def test_people_live_in_blocks_of_their_own_neighbourhood(town):
    of_block = town.geography.block_area[town.residents.block]
    assert (of_block == town.residents.area).all()


def test_every_home_has_a_door_in_its_neighbourhood(town):
    door = town.buildings.home_of
    assert (town.buildings.area[door] == town.residents.household_area).all()


def test_doors_lie_inside_the_neighbourhood_that_they_belong_to(town):
    import shapely

    rng = np.random.default_rng(1)
    some = rng.choice(len(town.buildings), 4000, replace=False)
    at = shapely.points(town.buildings.x[some], town.buildings.y[some])
    inside = shapely.contains(town.geography.areas[town.buildings.area[some]], at)
    assert inside.mean() > 0.999


def test_poor_neighbourhoods_are_young_and_old_age_is_female(town):
    poor = town.conditions["deprivation"].to_numpy()[town.residents.area]
    assert (
        town.residents.age[poor > 1].mean() + 5 < town.residents.age[poor < -1].mean()
    )
    old = town.residents.age >= 80
    assert (town.residents.sex[old] == 0).mean() > 0.58
