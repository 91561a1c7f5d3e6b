"""New York shootings: one row a victim, typing errors among the ages, and a file that swaps its coordinates."""

from __future__ import annotations

import pandas as pd
import pytest

HEADER = (
    "INCIDENT_KEY,OCCUR_DATE,OCCUR_TIME,BORO,LOC_OF_OCCUR_DESC,PRECINCT,JURISDICTION_CODE,LOC_CLASSFCTN_DESC,"
    "LOCATION_DESC,STATISTICAL_MURDER_FLAG,PERP_AGE_GROUP,PERP_SEX,PERP_RACE,VIC_AGE_GROUP,VIC_SEX,VIC_RACE,X_COORD_CD,"
    "Y_COORD_CD,Latitude,Longitude,Lon_Lat"
)


@pytest.fixture
def new_york(city):
    return city(
        "New York",
        timezone="America/New_York",
        areas={"40": "Mott Haven", "44": "Highbridge"},
        boxes={
            "40": (-73.94, 40.79, -73.90, 40.82),
            "44": (-73.94, 40.82, -73.90, 40.85),
        },
    )


def row(
    key="900",
    killed="false",
    age="25-44",
    sex="M",
    place="(null)",
    lat="40.81",
    lon="-73.92",
    time="23:10:00",
):
    point = f"POINT ({lon} {lat})" if lat else ""
    return (
        f"{key},08/09/2019,{time},BRONX,OUTSIDE,40,0,STREET,{place},{killed},(null),(null),(null),{age},{sex},BLACK,"
        f"1006000,234000,{lat},{lon},{point}"
    )


def test_two_victims_of_one_shooting_are_never_one_because_nothing_tells_them_apart(
    new_york, csv
):
    result, _ = new_york.take(
        csv("shootings.csv", HEADER, row(), row(), row(key="901"))
    )
    assert result.rows_used == 3
    assert result.events == 2
    assert result.set_aside == {}


def test_whether_the_victim_died_says_what_the_offence_was(new_york, csv):
    result, incidents = new_york.take(
        csv("shootings.csv", HEADER, row(killed="true"), row(key="901", killed="false"))
    )
    assert incidents["offence"].tolist() == ["0101", "020111"]
    assert incidents["mechanism"].tolist() == ["firearm", "firearm"]
    assert any(
        "Shooting, victim injured holds offences of several kinds" in a
        for a in result.assumptions
    )


def test_1022_is_no_age_and_neither_is_a_group(new_york, csv):
    ages = ["1022", "940", "224", "18-24", "UNKNOWN", "(null)"]
    result, incidents = new_york.take(
        csv("s.csv", HEADER, *(row(key=str(i), age=a) for i, a in enumerate(ages)))
    )
    assert incidents["victim_age"].isna().all()
    assert any("3 ages are impossible" in a for a in result.assumptions)


def test_none_and_null_are_no_kind_of_place(new_york, csv):
    _, incidents = new_york.take(
        csv(
            "s.csv",
            HEADER,
            row(),
            row(key="1", place="NONE"),
            row(key="2", place="MULTI DWELL - PUBLIC HOUS"),
        )
    )
    assert incidents["place_type"].isna().tolist() == [True, True, False]
    assert incidents["place_type"][2] == "home"


def test_a_row_without_coordinates_keeps_its_precinct(new_york, csv):
    _, incidents = new_york.take(
        csv("s.csv", HEADER, row(), row(key="1", lat="", lon=""))
    )
    assert incidents["area_id"].tolist() == ["40", "40"]


def test_latitude_and_longitude_under_each_others_name_are_put_right_and_said(
    new_york, csv
):
    rows = [row(key=str(i), lat="-73.92", lon="40.81") for i in range(5)]
    result, incidents = new_york.take(csv("s.csv", HEADER, *rows))
    assert incidents["area_id"].tolist() == ["40"] * 5
    assert incidents["latitude"][0] == pytest.approx(40.81)
    assert any(
        "swap" in a or "exchanged" in a or "longitude" in a.casefold()
        for a in result.assumptions
    )


def test_the_hour_is_known(new_york, csv):
    _, incidents = new_york.take(csv("s.csv", HEADER, row(time="23:10:00")))
    assert incidents["occurred_from"][0] == pd.Timestamp("2019-08-09 23:10")
