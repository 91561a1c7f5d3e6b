"""What no area covers, and what sends nothing, is named: it is most often where the poorest live."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely import box

from safelearn.city.checks.jurisdiction import jurisdiction_problems

NAMES = ["Alto", "Bajo", "Centro", "Dique"]
CODES = ["01", "02", "03", "04"]


def areas(**settlement):
    kinds = [settlement.get(name) for name in NAMES]
    columns = {"area_id": CODES, "area_name": NAMES, "settlement": kinds}
    return pd.DataFrame(columns, dtype="str")


def outlines(shapes=None):
    """Four squares of 0.02 degrees around -74.0/4.0, unless others are given."""
    shapes = shapes or [
        box(-74.0 + dx, 4.0 + dy, -73.98 + dx, 4.02 + dy)
        for dx in (0, 0.02)
        for dy in (0, 0.02)
    ]
    n = len(shapes)
    frame = {"area_id": CODES[:n], "area_name": NAMES[:n]}
    return geopandas.GeoDataFrame(frame, geometry=shapes, crs=4326)


def incidents(per_area, stray=()):
    codes = [c for c, n in zip(CODES, per_area, strict=True) for _ in range(n)]
    x = [-73.99] * len(codes) + [p[0] for p in stray]
    y = [4.01] * len(codes) + [p[1] for p in stray]
    return pd.DataFrame(
        {
            "area_id": pd.array([*codes, *[None] * len(stray)], dtype="str"),
            "longitude": x,
            "latitude": y,
            "count": 1,
        }
    )


def population(*people):
    return pd.DataFrame(
        {
            "area_id": pd.array(CODES, dtype="str"),
            "sex": "all",
            "age_group": "all",
            "population": [float(p) for p in people],
            "year": 2024,
        }
    )


def one(*tables, **options):
    (found,) = jurisdiction_problems(*tables, **options)
    return found


def test_a_complete_city_has_nothing_to_say():
    found = jurisdiction_problems(
        areas(), outlines(), incidents([9, 9, 9, 9]), population(1, 1, 1, 1)
    )
    assert found == []


@pytest.mark.clause("draft:25(d).0")
def test_an_inhabited_area_without_any_record_is_not_taken_for_a_safe_one():
    people = population(1000, 1000, 1000, 1000)
    found = one(areas(), None, incidents([40, 40, 40, 0]), people)
    assert (found.code, found.severity, found.n) == (
        "areas without records",
        "warning",
        1,
    )
    assert "Dique" in found.sentence
    assert "at least 10 would be expected" in found.sentence


def test_an_area_whose_file_says_0_has_reported():
    people = population(1000, 1000, 1000, 1000)
    tables = areas(), None, incidents([40, 40, 40, 0]), people
    assert jurisdiction_problems(*tables, calm={"04"}) == []


def test_an_area_of_few_people_may_have_no_record_by_chance():
    people = population(1000, 1000, 1000, 10)
    found = one(areas(), None, incidents([40, 40, 40, 0]), people)
    assert found.severity == "note"


def test_an_industrial_port_without_records_is_no_gap():
    tables = areas(Dique="non_residential"), None, incidents([9, 9, 9, 0])
    assert jurisdiction_problems(*tables) == []


def test_an_informal_settlement_without_records_is_always_a_warning():
    found = one(areas(Dique="informal"), None, incidents([3, 3, 3, 0]))
    assert found.severity == "warning"
    assert "1 of them is an informal settlement" in found.sentence


def test_residents_of_no_listed_area_are_told_apart_from_codes_of_another_year():
    people = population(1, 1, 1, 1)
    assert one(areas(), None, None, people, unknown=7).code == "people without areas"
    assert jurisdiction_problems(areas(), None, None, people.iloc[:3], unknown=7) == []


def ring(gap):
    """Four areas around a square hole with this side, in degrees."""
    a, b = -gap / 2, gap / 2
    return [
        box(-0.02, b, 0.02, 0.02),
        box(-0.02, -0.02, 0.02, a),
        box(-0.02, a, a, b),
        box(b, a, 0.02, b),
    ]


def test_a_hole_between_areas_is_named_with_those_around_it():
    found = one(areas(), outlines(ring(0.01)))
    assert (found.code, found.severity, found.n) == ("gaps between areas", "warning", 1)
    # 0.01 degrees are 1.11 km at the equator: 1.24 sq km of the 19.8 sq km of a square of 0.04 degrees less it.
    assert "1.24 square kilometres" in found.sentence
    assert "6.7%" in found.sentence
    assert all(name in found.sentence for name in NAMES)


def test_borders_that_were_drawn_twice_leave_no_gap():
    assert jurisdiction_problems(areas(), outlines(ring(0.0002))) == []


def test_a_bay_that_opens_to_the_sea_is_no_hole():
    assert jurisdiction_problems(areas(), outlines(ring(0.01)[:3])) == []


def test_a_park_in_no_area_is_told():
    spaces = pd.DataFrame({"longitude": [-73.99, -73.9], "latitude": [4.01, 4.01]})
    found = one(areas(), outlines(), places={"spaces": spaces})
    assert (found.code, found.table, found.n) == ("places outside", "spaces", 1)


@pytest.mark.parametrize(("n", "told"), [(30, 1), (12, 0)])
def test_many_events_side_by_side_outside_all_areas_are_a_settlement(n, told):
    # Within a cell, 0.02 degrees (2.2 km) east of the city's edge at -73.96.
    stray = [(-73.939 + i * 1e-4, 4.011) for i in range(n)]
    found = jurisdiction_problems(
        areas(), outlines(), incidents([9, 9, 9, 9], stray), None
    )
    assert len(found) == told
    if told:
        assert found[0].code == "settlements outside"
        assert "2.5 km from Centro" in found[0].sentence


def test_one_default_point_outside_is_no_settlement():
    stray = [(-73.939, 4.011)] * 50
    found = jurisdiction_problems(areas(), outlines(), incidents([9] * 4, stray))
    assert found == []


def test_points_off_the_map_are_no_trouble():
    stray = [(np.nan, np.nan)] * 50
    found = jurisdiction_problems(areas(), outlines(), incidents([9] * 4, stray))
    assert found == []
