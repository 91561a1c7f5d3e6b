"""What may be said of places: shelters nowhere, few walks nothing, sexual harassment by sex only."""

from __future__ import annotations

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from shapely import box

from safelearn.city.folder import City
from safelearn.city.settings import Disclosure
from safelearn.reports.measuring.reach import KINDS
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.spaces import spaces
from safelearn.reports.release import Release

SIDE = 5
KM = 0.009


class Folder:
    """A city of twenty-five square kilometres, with the tables that a test gives it."""

    def __init__(self, **tables: pd.DataFrame) -> None:
        codes = [f"{k:02d}" for k in range(SIDE * SIDE)]
        areas = pd.DataFrame({"area_id": codes, "area_name": codes, "parent": None})
        people = {"sex": "all", "age_group": "all", "population": 1000.0, "year": 2024}
        self.tables = {
            "areas": areas,
            "population": pd.DataFrame({"area_id": codes}).assign(**people),
        } | tables
        squares = [
            box(KM * x, KM * y, KM * (x + 1), KM * (y + 1))
            for x in range(SIDE)
            for y in range(SIDE)
        ]
        self.outlines = GeoDataFrame({"area_id": codes}, geometry=squares, crs=4326)

    def table(self, name: str) -> pd.DataFrame | None:
        return self.tables.get(name)

    def boundaries(self) -> GeoDataFrame:
        return self.outlines


def measured(city: object) -> Scope:
    scope = Scope(city, Release(Disclosure(), "public"), frozenset())
    spaces(scope)
    return scope


def services(**columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "service_id": ["V1", "V2"],
            "type": ["police_station", "victim_support"],
            "longitude": KM / 2,
            "latitude": KM / 2,
            "confidential": "no",
        }
    )
    return frame.assign(**columns)


@pytest.fixture(scope="module")
def puerto_sereno(town) -> Scope:
    return measured(City.open(town))


def test_a_city_without_such_tables_says_nothing_and_refuses_nothing():
    scope = measured(Folder())
    assert not scope.release.tables
    assert not scope.refused


def test_help_for_victims_is_in_the_citys_figure_and_by_area_nowhere():
    scope = measured(Folder(services=services()))
    assert set(scope.release.tables["access"].frame["kind"]) == {"police", "help"}
    assert "access_by_area" not in scope.release.tables


@pytest.mark.parametrize("hidden", [{"confidential": "yes"}, {"type": "shelter"}])
def test_a_confidential_service_leaves_no_trace(hidden):
    with_shelter = pd.concat([services(), services(**hidden, latitude=4 * KM)])
    without = measured(Folder(services=services())).release.tables["access"].frame
    found = measured(Folder(services=with_shelter)).release.tables["access"].frame
    pd.testing.assert_frame_equal(found, without)
    assert not any("shelter" in kind.services for kind in KINDS)


def test_few_walks_are_refused_in_words_and_the_rest_goes_on(puerto_sereno):
    few = puerto_sereno.table("audits").query("place_id < '0101-3'")
    scope = measured(Folder(audits=few, services=services()))
    assert "ten places" in scope.refused["audits"].what
    assert "access" in scope.release.tables


@pytest.mark.clause("draft:26(f)(i).2")
def test_kinds_of_place_that_few_walks_went_to_are_left_out(puerto_sereno):
    kinds = puerto_sereno.release.tables["design_scores_by_place"].frame
    assert (kinds["places"] >= 10).all()
    assert "market" not in set(kinds["place_type"])


@pytest.mark.clause("draft:26(f)(i).7")
def test_harassment_is_shown_for_the_city_by_place_and_sex_and_nothing_else(
    puerto_sereno,
):
    table = puerto_sereno.release.tables["harassment_by_place"]
    assert set(table.keys) == {"item", "sex"}
    shares = table.frame.set_index(["item", "sex"])["value"]
    # A union of persons: no more than the places together, no less than any of them.
    places = shares.xs("all", level="sex").drop("anywhere")
    assert places.max() <= shares["anywhere", "all"] <= places.sum()
    assert shares["public_transport", "female"] > shares["public_transport", "male"]


def test_persons_are_counted_by_hand_as_the_survey_has_them(puerto_sereno):
    survey = puerto_sereno.table("survey")
    hit = False
    for form in ("harassed_sexual", "harassed_other"):
        lately = (survey[form] == "last_12_months").fillna(False)
        hit |= lately & (survey[f"{form}_place"] == "public_transport").fillna(False)
    by_hand = survey["weight"][hit].sum() / survey["weight"].sum()
    shares = puerto_sereno.release.tables["harassment_by_place"].frame
    shares = shares.set_index(["item", "sex"])["value"]
    assert shares["public_transport", "all"] == pytest.approx(by_hand)


def test_no_released_table_holds_a_point_or_the_name_of_a_service(puerto_sereno):
    names = set(puerto_sereno.table("services")["name"])
    for table in puerto_sereno.release.tables.values():
        assert not {"longitude", "latitude", "service_id", "name"} & set(table.frame)
        for column in table.frame.select_dtypes(exclude="number"):
            assert not names & set(table.frame[column].astype(str))


def test_areas_with_a_handful_of_lamps_have_no_share(puerto_sereno):
    by_area = puerto_sereno.release.tables["lamps_working_by_area"].frame
    assert (by_area["lamps"] >= 20).all()
    assert by_area["area_id"].is_monotonic_increasing


def test_segregation_knows_homes_work_and_age_and_no_identity(puerto_sereno):
    groups = set(puerto_sereno.release.tables["segregation"].frame["group"])
    assert groups == {"inadequate_housing", "neet", "65+"}
    foreign = puerto_sereno.table("statistics").query("indicator_id == 'neet'")
    foreign = foreign.assign(indicator_id="migrant_housing", group="migrants")
    scope = measured(Folder(statistics=foreign.head(25)))
    assert "segregation" not in scope.release.tables


@pytest.mark.clause("draft:26(f)(i).6")
def test_stops_are_reached_in_five_hundred_metres_and_shown_by_area():
    stops = services(type="transport_stop", latitude=[KM / 2, 4.5 * KM])
    scope = measured(Folder(services=stops))
    found = scope.release.tables["access"].frame.set_index("kind").loc["stop"]
    assert found["metres"] == 500
    # Two circles of 500 m, each all but wholly inside one of twenty-five square kilometres.
    assert found["value"] == pytest.approx(2 * 3.1416 * 0.5**2 / 25, rel=0.02)
    by_area = scope.release.tables["access_by_area"].frame.query("kind == 'stop'")
    assert (by_area["value"] > 0.1).sum() == 2


def test_another_offices_figure_stands_in_where_the_city_has_no_list_of_stops(
    puerto_sereno,
):
    found = puerto_sereno.release.results["transport_access"]
    rows = puerto_sereno.table("statistics")
    rows = rows[rows["indicator_id"] == "public_transport_access"]
    share = rows["numerator"] / rows["denominator"]
    assert found["value"] == rows["numerator"].sum() / rows["denominator"].sum()
    assert (found["least"], found["most"]) == (share.min(), share.max())
