"""A walk to what people need: distances on the sphere, residents on a grid, and shelters left out."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import box

from safelearn.diagnosis.access import (
    nearest,
    public_points,
    spread_residents,
    within_walk,
)
from safelearn.errors import Refused

#: About a kilometre at the equator.
KM = 1 / 111.195
CITY = gpd.GeoDataFrame(
    {"area_id": ["1", "2", "3"]},
    geometry=[
        box(0, 0, KM, KM),
        box(KM, 0, 2 * KM, KM),
        box(2 * KM, 0, 2 * KM + 1e-5, 1e-5),
    ],
    crs=4326,
)
PEOPLE = pd.DataFrame(
    {"area_id": ["1", "2", "3"], "population": [1000.0, 3000.0, 10.0]}
)


def at(*points, **columns) -> pd.DataFrame:
    frame = pd.DataFrame(points, columns=["longitude", "latitude"])
    return frame.assign(**({"type": "school"} | columns))


def test_everybody_is_put_somewhere_and_nobody_twice():
    found = spread_residents(CITY, PEOPLE)
    assert found.groupby("area_id")["residents"].sum().to_dict() == pytest.approx(
        {"1": 1000, "2": 3000, "3": 10}
    )
    assert (
        found["area_id"] == "3"
    ).sum() == 1  # too small for the grid: one point inside


def test_distance_is_that_of_geodesy():
    homes = pd.DataFrame({"longitude": [-77.56, 10.0], "latitude": [-13.37, 59.9]})
    found = nearest(homes, [-77.57, 10.01], [-13.36, 59.91])
    true = Geod(ellps="WGS84").inv(
        [-77.56, 10.0], [-13.37, 59.9], [-77.57, 10.01], [-13.36, 59.91]
    )[2]
    assert found == pytest.approx(true, rel=0.005)


@pytest.mark.clause("draft:26(f)(i).4")
def test_the_share_within_a_walk_is_the_share_of_the_ground_within_a_circle():
    # A school in the middle of area 1; a circle of 400 m lies wholly inside a square kilometre.
    found = within_walk(
        spread_residents(CITY, PEOPLE, spacing=10),
        at((KM / 2, KM / 2)),
        400,
        by_area=True,
    )
    share = found.set_index("area_id")["value"]
    assert share["1"] == pytest.approx(np.pi * 0.4**2, rel=0.01)
    assert share["2"] == share["3"] == 0


def test_the_limits_hold_wherever_in_their_areas_people_live():
    residents = spread_residents(CITY, PEOPLE)
    found = within_walk(residents, at((KM / 2, KM / 2)), 400).iloc[0]
    assert (found["lower"], found["upper"]) == pytest.approx((0.0, 1000 / 4010))
    # A circle that covers area 1 whole is certain for its residents.
    wide = within_walk(residents, at((KM / 2, KM / 2)), 720).iloc[0]
    assert wide["lower"] == pytest.approx(1000 / 4010)
    assert wide["lower"] <= wide["value"] <= wide["upper"]


def test_shelters_and_those_who_do_not_consent_are_never_measured():
    places = pd.concat(
        [
            at((0.0, 0.0), type="shelter", confidential="no", consent="yes"),
            at((0.0, 0.0), type="social", confidential="yes", consent="yes"),
            at((0.0, 0.0), type="informal_group", confidential="no", consent="no"),
            at((0.0, 0.0), type="school", confidential="no", consent="not_needed"),
        ]
    )
    assert list(public_points(places)["type"]) == ["school"]
    with pytest.raises(Refused, match="No place"):
        within_walk(spread_residents(CITY, PEOPLE), places.iloc[:3], 400)


def test_areas_without_an_outline_in_common_with_the_residents_are_refused():
    strangers = PEOPLE.assign(area_id=["7", "8", "9"])
    with pytest.raises(Refused, match="outline and residents"):
        within_walk(spread_residents(CITY, strangers), at((0.0, 0.0)), 400)


@pytest.mark.clause("draft:26(f)(i).6")
def test_a_grid_of_fifty_metres_is_fine_enough_for_puerto_sereno(puerto_sereno):
    from safelearn.city.population import population_by

    people = population_by(puerto_sereno.table("population"))
    outlines = puerto_sereno.boundaries()
    services = puerto_sereno.table("services")
    health = services[services["type"] == "health_centre"]
    coarse, fine = (
        within_walk(spread_residents(outlines, people, spacing=s), health, 800)[
            "value"
        ].item()
        for s in (50, 30)
    )
    assert coarse == pytest.approx(fine, abs=0.003)
