"""Each trap that published crime data have set is noticed, and honest data are left in peace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.misplaced import lie_of_points
from safelearn.city.symptoms import incident_problems


@pytest.fixture
def incidents(day):
    """The incidents of an honest city, or of one with such columns."""

    def made_up(n=2000, **columns):
        """Events of an honest city: local times, points of their own, victims of all ages."""
        rng = np.random.default_rng(5)
        hour = rng.choice(24, size=n, p=np.array(day) / sum(day))
        minutes = rng.integers(0, 365, n) * 1440 + hour * 60 + rng.integers(0, 60, n)
        made = pd.DataFrame(
            {
                "incident_id": pd.Series([None] * n, dtype="str"),
                "occurred_from": pd.Timestamp("2023-01-01")
                + pd.to_timedelta(minutes, unit="min"),
                "time_precision": "minute",
                "area_id": "01",
                "longitude": rng.normal(-75, 0.1, n),
                "latitude": rng.normal(6, 0.1, n),
                "place_precision": "exact",
                "offence": "0401",
                "offence_label": "Robbery",
                "victim_sex": "female",
                "victim_age": rng.integers(1, 80, n),
                "count": 1,
            }
        )
        return made.assign(**columns)

    return made_up


def codes(rows, **options):
    return {p.code for p in incident_problems(rows, **options)}


def test_an_honest_city_has_no_problem(incidents):
    assert incident_problems(incidents()) == []


def test_times_of_another_zone(incidents):
    rows = incidents()
    assert "time zone" in codes(
        rows.assign(occurred_from=rows["occurred_from"] + pd.Timedelta(hours=5))
    )


def test_months_only(incidents):
    assert "month only" in codes(incidents(time_precision="month"))


def test_midnights_that_mean_unknown(incidents):
    rows = incidents()
    some = np.arange(len(rows)) % 10 == 0
    rows.loc[some, "occurred_from"] = rows.loc[some, "occurred_from"].dt.floor("D")
    problem = next(p for p in incident_problems(rows) if p.code == "midnight")
    assert problem.n >= 200 and problem.severity == "note"


def test_full_hours_alike_are_no_midnight_heap(incidents):
    rows = incidents()
    assert "midnight" not in codes(
        rows.assign(occurred_from=rows["occurred_from"].dt.floor("h"))
    )


def test_firsts_of_the_month_that_mean_unknown(incidents):
    rows = incidents()
    some = np.arange(len(rows)) % 10 == 0
    rows.loc[some, "occurred_from"] = (
        rows.loc[some, "occurred_from"].dt.to_period("M").dt.to_timestamp()
    )
    assert "first of month" in codes(rows)


def test_points_that_were_moved_show_by_how_often_they_repeat(incidents):
    rows = incidents()
    moved = rows.assign(
        longitude=rows["longitude"].round(1), latitude=rows["latitude"].round(1)
    )
    assert "snapped points" in codes(moved) and lie_of_points(moved).snapped


def test_one_point_for_all_that_has_no_address(incidents):
    rows = incidents()
    rows.loc[:150, ["longitude", "latitude"]] = (-75.0, 6.0)
    assert lie_of_points(rows).top_share == pytest.approx(151 / 2000)
    assert "snapped points" in codes(rows)


def test_points_that_the_source_calls_moved_are_moved_however_they_look(incidents):
    assert "snapped points" in codes(incidents(place_precision="snapped"))


def test_violent_offences_without_coordinates(incidents):
    rows = incidents()
    rows.loc[:199, "offence_label"] = "Homicide"
    rows.loc[:199, ["longitude", "latitude"]] = np.nan
    rows.loc[:99, "area_id"] = None
    problem = next(p for p in incident_problems(rows) if p.code == "masked offences")
    assert problem.n == 200 and "Homicide" in problem.sentence
    assert "100 of them are counted in the area" in problem.sentence


def test_coordinates_missing_here_and_there_are_no_mask(incidents):
    rows = incidents()
    rows.loc[::5, ["longitude", "latitude"]] = np.nan
    assert "masked offences" not in codes(rows)


def test_too_few_rows_with_an_area(incidents):
    rows = incidents()
    rows.loc[::4, "area_id"] = None
    assert next(p for p in incident_problems(rows)).severity == "warning"
    rows.loc[::2, "area_id"] = None
    rows.loc[1::4, "area_id"] = None
    assert next(p for p in incident_problems(rows)).severity == "error"


def test_ages_that_cannot_be_and_zeros_that_mean_unknown(incidents):
    assert "impossible ages" in codes(incidents(), figures={"impossible_ages": 3})
    rows = incidents()
    rows.loc[::10, "victim_age"] = 0
    assert "ages of 0" in codes(rows)


def test_offences_outside_the_classification(incidents):
    rows = incidents()
    rows.loc[::10, "offence"] = None
    assert "unclassified" in codes(rows)


def test_what_importing_put_right_is_still_said(incidents):
    figures = {"zero_coordinates": 7, "outside": 2, "swapped": 5}
    found = {p.code: p.n for p in incident_problems(incidents(), figures)}
    assert found == {"zero coordinates": 7, "outside": 2, "swapped coordinates": 5}
