"""Areas, outlines and residents that do not belong together are named."""

from __future__ import annotations

import geopandas
import pandas as pd
from shapely import Polygon, box

from safelearn.city.checks.denominators import outline_problems, population_problems

AREAS = pd.DataFrame(
    {"area_id": ["01", "02", "03"], "area_name": ["Alto", "Bajo", "Centro"]},
    dtype="str",
)


def population(*codes):
    return pd.DataFrame({"area_id": list(codes), "population": 1.0})


def outlines(*shapes):
    return geopandas.GeoDataFrame(
        {"area_id": list(AREAS["area_id"][: len(shapes)])},
        geometry=list(shapes),
        crs=4326,
    )


def test_no_population_means_no_rates():
    assert population_problems(AREAS, None)[0].code == "no population"
    assert population_problems(AREAS, population("01", "02", "03")) == []


def test_two_vintages_of_boundaries_are_named_and_nothing_is_joined():
    found = population_problems(
        AREAS, population("01"), unknown=2, strange_names=frozenset({"bajo"})
    )[0]
    assert (found.code, found.n) == ("boundary vintage", 2)
    assert "2 rows of the population belong to no area" in found.sentence
    assert "1 area shares its name" in found.sentence


def test_areas_that_nobody_counted_are_not_called_a_vintage():
    assert (
        population_problems(AREAS, population("01"))[0].code
        == "areas without population"
    )


def test_outlines_missing_broken_and_overlapping():
    squares = [box(i, 0, i + 1, 1) for i in range(3)]
    assert outline_problems(AREAS, outlines(*squares)) == []
    assert outline_problems(AREAS, None)[0].code == "no boundaries"
    assert (
        outline_problems(AREAS, outlines(*squares[:2]))[0].code
        == "areas without outline"
    )
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    assert (
        outline_problems(AREAS, outlines(bow, *squares[1:]))[0].code
        == "invalid outlines"
    )
    wide = outline_problems(AREAS, outlines(box(0, 0, 1.5, 1), *squares[1:]))[0]
    assert (wide.code, wide.n) == ("overlapping areas", 1)
    assert "01 and 02" in wide.sentence and "50%" in wide.sentence


def test_a_year_of_the_population_that_nobody_stated_is_a_problem():
    areas = pd.DataFrame({"area_id": ["01"], "area_name": ["Alto"]})
    people = pd.DataFrame({"area_id": ["01"], "population": [10.0], "year": [2023]})
    (found,) = population_problems(
        areas, people, figures={"population_year_assumed": 1}
    )
    assert (found.code, found.severity) == ("population year assumed", "warning")
    assert "2023" in found.sentence
    assert population_problems(areas, people) == []


def test_areas_that_lack_groups_which_others_have_are_a_problem():
    areas = pd.DataFrame({"area_id": ["01", "02"], "area_name": ["Alto", "Bajo"]})
    people = pd.DataFrame(
        {"area_id": ["01", "02"], "population": [10.0, 5.0], "year": [2023, 2023]}
    )
    (found,) = population_problems(areas, people, figures={"areas_lacking_groups": 1})
    assert (found.code, found.n) == ("population groups missing", 1)
