"""Other offices' statistics, justice, money, services, seats, skills and lamps, with numbers one can add up by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.indicators.figures import FULL_COUNT, INTERVAL, UNKNOWN
from safelearn.indicators.from_justice import justice_figures
from safelearn.indicators.from_offices import (
    budget_figures,
    place_figures,
    seat_figures,
    service_figures,
    skill_figures,
)
from safelearn.indicators.from_statistics import statistics_figures


def statistics(*rows: tuple) -> pd.DataFrame:
    columns = ["indicator_id", "area_id", "group", "period", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=columns)


def test_areas_are_added_up_where_the_office_gives_no_whole_city():
    found = statistics_figures(
        statistics(
            ("inadequate_housing", "01", "everyone", "2023", 10.0, 100.0),
            ("inadequate_housing", "02", "everyone", "2023", 50.0, 200.0),
            ("inadequate_housing", "01", "everyone", "2013", 90.0, 100.0),
        )
    )
    (housing,) = found
    assert housing.value == pytest.approx(20.0)
    assert (housing.n, housing.period, housing.periods) == (300, "2023", 2)
    assert housing.split
    assert housing.precision == FULL_COUNT


def test_a_row_for_the_whole_city_is_not_added_to_its_areas():
    found = statistics_figures(
        statistics(
            ("basic_services", None, "everyone", "2023", 280.0, 300.0),
            ("basic_services", "01", "everyone", "2023", 90.0, 100.0),
            ("basic_services", "02", "everyone", "2023", 190.0, 200.0),
        )
    )
    assert [f.n for f in found] == [300]


def test_events_of_an_office_get_byar_s_interval_and_a_least_number():
    found = {
        f.indicator_id: f
        for f in statistics_figures(
            statistics(
                ("road_death_rate", None, "everyone", "2025", 31.0, 465_000.0),
                ("trafficking_victims", None, "everyone", "2025", 10.0, 465_000.0),
            )
        )
    }
    bounds = byar_interval(31, 465_000, 100_000)
    assert found["road_death_rate"].lower == pytest.approx(bounds.lower)
    assert found["road_death_rate"].precision == INTERVAL
    assert found["trafficking_victims"].status == "too few"
    assert math.isnan(found["trafficking_victims"].n)


def test_another_office_s_sample_has_an_unknown_precision():
    rows = [("neet", "01", "youth", "2025", 20.0, 100.0)]
    (neet,) = statistics_figures(statistics(*rows))
    assert neet.group == "everyone", "young people are everybody whom it is about"
    assert neet.precision == UNKNOWN


def test_codes_of_the_city_s_own_and_missing_numbers_are_left_alone():
    assert statistics_figures(None) == []
    found = statistics_figures(
        statistics(
            ("own_code", None, "everyone", "2025", 1.0, 2.0),
            ("school_services", None, "everyone", "2025", None, 74.0),
        )
    )
    assert [f.status for f in found] == ["too few"]


def justice(*rows: tuple) -> pd.DataFrame:
    columns = ["period", "measure", "area_id", "offence", "group", "sex", "value"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.clause("draft:26(e).4")
def test_what_police_and_courts_count_of_their_own_work():
    whole = (None, None, "everyone", "all")
    table = justice(
        ("2024", "officers", *whole, 900.0),
        ("2025", "officers", *whole, 1000.0),
        ("2025", "offences_recorded", None, "0101", "everyone", "all", 60.0),
        ("2025", "offences_recorded", None, "0401", "everyone", "all", 140.0),
        ("2025", "offences_cleared", None, "0101", "everyone", "all", 30.0),
        ("2025", "offences_cleared", None, "0401", "everyone", "all", 20.0),
        ("2025", "complaints_upheld", *whole, 40.0),
        ("2025", "response_minutes_median", *whole, 15.1),
        ("2025", "response_minutes_median", "01", None, "everyone", "all", 22.0),
        ("2025", "calls", *whole, 9000.0),
        ("2025", "detainees", *whole, 400.0),
        ("2025", "detainees_unsentenced", *whole, 100.0),
    )
    found = {f.indicator_id: f for f in justice_figures(table, residents=500_000.0)}
    assert found["police_officers"].value == pytest.approx(200.0)
    assert found["clearance_rate"].value == pytest.approx(25.0)
    assert found["clearance_rate"].upper == pytest.approx(
        100 * wilson_interval(50, 200).upper
    )
    assert found["complaints_upheld"].value == pytest.approx(40.0)
    assert found["response_time"].value == 15.1
    assert found["unsentenced_detainees"].value == pytest.approx(25.0)
    assert found["police_officers"].periods == 2


def test_medians_of_areas_have_no_median_of_the_city():
    table = justice(
        ("2025", "response_minutes_median", "01", None, "everyone", "all", 10.0),
        ("2025", "response_minutes_median", "02", None, "everyone", "all", 20.0),
    )
    assert justice_figures(table) == []


def test_a_group_that_is_stopped_twice_as_often_has_a_disparity_of_two():
    table = justice(
        ("2025", "stops", None, None, "everyone", "all", 300.0),
        ("2025", "stops", None, None, "youth", "all", 100.0),
    )
    # A fifth of the residents: 100 / 0.2 against 200 / 0.8.
    (found,) = justice_figures(table, shares={"youth": 0.2, "women": 0.5})
    assert found.value == pytest.approx(2.0)
    spread = math.exp(1.959964 * math.sqrt(1 / 100 + 1 / 200))
    assert found.lower == pytest.approx(2 / spread)
    assert found.group == "youth"


def test_money_is_the_latest_year_s_per_head_and_by_level():
    table = pd.DataFrame(
        {
            "year": [2024, 2025, 2025],
            "level": ["city", "city", "national"],
            "approved": [100.0, 200.0, 300.0],
            "spent": [90.0, 150.0, 300.0],
            "currency": ["XTS"] * 3,
        }
    )
    found = {(f.indicator_id, f.group): f for f in budget_figures(table, 10.0)}
    assert found["safety_investment", "everyone"].value == 45.0
    assert found["safety_investment", "city"].value == 15.0
    assert found["safety_investment", "everyone"].unit == "XTS per resident"
    assert found["safety_budget_execution", "everyone"].value == pytest.approx(90.0)
    mixed = table.assign(currency=["XTS", "XTS", "EUR"])
    assert budget_figures(mixed, 10.0) == []
    assert budget_figures(None, 10.0) == []


def test_help_for_victims_leaves_health_centres_out():
    table = pd.DataFrame(
        {
            "type": ["victim_support", "shelter", "health_centre"],
            "year": [2025, 2025, 2025],
            "people_identified": [100, 50, 9000],
            "people_served": [60, 45, 9000],
        }
    )
    (found,) = service_figures(table)
    assert (found.value, found.n) == (pytest.approx(70.0), 150)
    assert service_figures(table.tail(1)) == []


def test_a_group_with_half_of_its_share_of_the_seats_has_a_ratio_of_one_half():
    table = pd.DataFrame(
        {
            "kind": ["committee"] * 4 + ["assembly"],
            "held_on": pd.to_datetime(
                ["2025-06-01"] * 3 + ["2024-01-01", "2025-09-01"]
            ),
            "group": ["women", "men", "youth", "women", "women"],
            "seats": [5, 15, 2, 20, None],
        }
    )
    found = seat_figures(table, {"women": 0.5, "men": 0.5, "youth": 0.1})
    assert {f.group: f.value for f in found} == {
        "women": pytest.approx(0.5),
        "men": pytest.approx(1.5),
        "youth": pytest.approx(1.0),
    }
    assert all(f.n == 20 for f in found), "groups overlap: women and men are all seats"
    assert seat_figures(table.head(1), {"women": 0.5}) == []


def test_staff_count_who_meet_all_that_their_role_asks():
    table = pd.DataFrame(
        {
            "post_id": ["A", "A", "A", "B", "B"],
            "competency": ["C1", "C2", "C3", "C1", "C2"],
            "level": [2, 3, 0, 1, 4],
            "required_level": [2, 2, 1, 2, 2],
            "staff": [3, 3, 3, 1, 1],
        }
    )
    # A lacks only what its role asks at level 1; B lacks C1.
    (found,) = skill_figures(table)
    assert (found.value, found.n) == (75.0, 4)


def test_lamps_are_counted_in_the_streets_where_there_is_an_inventory():
    streets = pd.DataFrame(
        {
            "segment_id": [f"W{i}" for i in range(10)],
            "area_id": ["01"] * 5 + ["02"] * 5,
            "lamps": [5] * 10,
            "lamps_working": [5] * 8 + [0, 0],
        }
    )
    (found,) = place_figures(None, streets)
    assert (found.value, found.n, found.source) == (pytest.approx(80.0), 50, "streets")
    assert place_figures(None, streets.head(2)) == []
