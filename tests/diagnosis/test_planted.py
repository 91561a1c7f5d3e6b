"""Whole simulated cities with hot spots and repeats of their own: are they found?"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from safelearn.diagnosis.grid import city_grid, in_metres
from safelearn.diagnosis.hotspots import hot_spots
from safelearn.diagnosis.near_repeat import near_repeat, reach
from safelearn.simulation.geography import to_degrees
from safelearn.simulation.incidents import hot_spot_of
from safelearn.simulation.offences import KEYS
from safelearn.simulation.records import write_down
from safelearn.simulation.town import found_town

CODES = {
    "theft from person": ["050221"],
    "robbery": ["0401"],
    "assault": ["020111", "020112"],
    "serious assault": ["020111", "020112"],
    "vehicle theft": ["05021"],
}


@pytest.fixture(scope="module", params=[3, 5, 8])
def city(request):
    """A city, its grid, and the records that have a point of their own."""
    import geopandas as gpd

    town = found_town(request.param, own_places=True, records_only=True)
    shapes = [
        shapely.transform(area, lambda xy: np.column_stack(to_degrees(*xy.T)))
        for area in town.geography.areas
    ]
    grid = city_grid(gpd.GeoDataFrame(geometry=shapes, crs=4326))
    rows = write_down(town)
    rows = rows[(rows["place_precision"] == "exact") & (rows["domestic"] != "yes")]
    x, y = in_metres(rows["longitude"], rows["latitude"], grid.crs)
    return town, grid, rows.assign(x=x, y=y)


@pytest.mark.clause("draft:25(d).2")
def test_planted_hot_spots_of_thirty_records_and_more_are_found(city):
    town, grid, rows = city
    inside = hot_spot_of(town.plan, town.buildings)[town.told["building"]]
    high, wide = grid.ground.shape
    middle_x = grid.west + (np.arange(wide) + 0.5) * grid.size
    middle_y = grid.south + (np.arange(high) + 0.5) * grid.size
    hits, cells = [], 0
    for number, spot in enumerate(town.plan.hot_spots):
        at = in_metres(*to_degrees(np.array([spot.x]), np.array([spot.y])), grid.crs)
        away = np.hypot(middle_x - at[0][0], middle_y[:, None] - at[1][0])
        for offence in spot.factors:
            of = rows["offence"].isin(CODES[offence])
            hot = hot_spots(grid.count(rows["x"][of], rows["y"][of]), grid.ground)
            cells = max(cells, int((hot.level > 0).sum()))
            here = (town.told["offence"] == KEYS.index(offence)) & (inside == number)
            if here.sum() >= 30:
                near = away <= spot.radius + grid.size
                hits.append((hot.level[near] > 0).any())
    # A hot spot on a street of an already busy block may be lost among its neighbours.
    assert len(hits) >= 4 and sum(not hit for hit in hits) <= 1
    # A map that marks everything would find everything.
    assert cells <= 0.05 * grid.inside.sum()


def test_the_reach_of_repeats_brackets_what_was_planted(city):
    town, _, rows = city
    planted = town.plan.near_repeat
    homes = rows[rows["offence"] == "05012"]
    points = homes.groupby(homes["place_key"].to_numpy())[["x", "y"]].transform("mean")
    days = homes["occurred_from"].to_numpy().astype("datetime64[D]").astype(int)
    found = reach(near_repeat(points["x"], points["y"], days))
    assert planted.distance < found.metres <= 3.5 * planted.distance
    assert planted.delay < found.days <= 5 * planted.delay
    assert found.same_place > 5


def test_offences_that_breed_nothing_have_no_reach(city):
    _, _, rows = city
    robberies = rows[rows["offence"] == "0401"]
    days = robberies["occurred_from"].to_numpy().astype("datetime64[D]").astype(int)
    found = reach(near_repeat(robberies["x"], robberies["y"], days))
    assert found.metres == 0
