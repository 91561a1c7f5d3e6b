"""New York complaints: intervals, years typed wrongly, victims that are no persons, two layouts."""

from __future__ import annotations

import pandas as pd
import pytest

OLD = (
    "CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,RPT_DT,KY_CD,OFNS_DESC,PD_CD,PD_DESC,"
    "CRM_ATPT_CPTD_CD,LAW_CAT_CD,JURIS_DESC,BORO_NM,ADDR_PCT_CD,LOC_OF_OCCUR_DESC,PREM_TYP_DESC,PARKS_NM,HADEVELOPT,"
    "X_COORD_CD,Y_COORD_CD,Latitude,Longitude,Lat_Lon"
)
NEW = (
    "CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,ADDR_PCT_CD,RPT_DT,KY_CD,OFNS_DESC,PD_CD,PD_DESC,"
    "CRM_ATPT_CPTD_CD,LAW_CAT_CD,BORO_NM,LOC_OF_OCCUR_DESC,PREM_TYP_DESC,JURIS_DESC,JURISDICTION_CODE,PARKS_NM,"
    "HADEVELOPT,HOUSING_PSA,X_COORD_CD,Y_COORD_CD,SUSP_AGE_GROUP,SUSP_RACE,SUSP_SEX,TRANSIT_DISTRICT,Latitude,"
    "Longitude,Lat_Lon,PATROL_BORO,STATION_NAME,VIC_AGE_GROUP,VIC_RACE,VIC_SEX"
)


@pytest.fixture
def new_york(city):
    return city(
        "New York",
        timezone="America/New_York",
        areas={"14": "Midtown South", "18": "Midtown North"},
        boxes={
            "14": (-74.01, 40.74, -73.97, 40.757),
            "18": (-74.01, 40.757, -73.97, 40.78),
        },
    )


def row(
    number="100",
    day="03/02/2019",
    hour="22:15:00",
    to_day="03/03/2019",
    to_hour="07:30:00",
    kind="BURGLARY",
    what='"BURGLARY,RESIDENCE,NIGHT"',
    precinct="14",
    premises="RESIDENCE - APT. HOUSE",
    lat="40.75",
    lon="-73.99",
    age="25-44",
    sex="F",
):
    point = f'"({lat}, {lon})"' if lat else ""
    return (
        f"{number},{day},{hour},{to_day},{to_hour},{precinct},03/03/2019,107,{kind},221,{what},COMPLETED,FELONY,MANHATTAN,"
        f"INSIDE,{premises},N.Y. POLICE DEPT,0,(null),(null),(null),987000,214000,(null),(null),(null),(null),{lat},"
        f"{lon},{point},PATROL BORO MAN SOUTH,(null),{age},UNKNOWN,{sex}"
    )


def test_an_event_lies_between_two_moments(new_york, csv):
    result, incidents = new_york.take(csv("complaints.csv", NEW, row()))
    assert result.profile == "nypd-complaints"
    assert incidents["occurred_from"][0] == pd.Timestamp("2019-03-02 22:15")
    assert incidents["occurred_to"][0] == pd.Timestamp("2019-03-03 07:30")
    assert incidents["offence"][0] == "0501"
    assert incidents["place_type"][0] == "home"


def test_an_exact_moment_has_no_end(new_york, csv):
    _, incidents = new_york.take(
        csv("complaints.csv", NEW, row(to_day="", to_hour="(null)"))
    )
    assert incidents["occurred_to"].isna()[0]


def test_a_year_typed_as_1010_is_not_made_into_2010(new_york, csv):
    result, incidents = new_york.take(
        csv(
            "complaints.csv",
            NEW,
            row(day="03/02/1010"),
            row(number="101"),
            row(number="102", to_day="03/03/1010"),
        )
    )
    assert result.set_aside == {"no readable date": 1}
    # An end that cannot be is left out, and the row keeps its beginning.
    assert incidents["occurred_to"].isna().tolist() == [False, True]


def test_a_shop_and_the_state_have_no_sex_and_are_counted(new_york, csv):
    rows = [
        row(number=str(i), sex=sex)
        for i, sex in enumerate(["F", "M", "D", "E", "U", "L"])
    ]
    result, incidents = new_york.take(csv("complaints.csv", NEW, *rows))
    assert incidents["victim_sex"].tolist()[:2] == ["female", "male"]
    assert incidents["victim_sex"].isna().sum() == 4
    assert any(
        a.startswith("2 rows have a victim that is no person")
        for a in result.assumptions
    )


def test_no_age_is_made_up_from_a_group_of_years(new_york, csv):
    ages = ["25-44", "<18", "65+", "UNKNOWN", "-974", "1022"]
    rows = [row(number=str(i), age=age) for i, age in enumerate(ages)]
    result, incidents = new_york.take(csv("complaints.csv", NEW, *rows))
    assert incidents["victim_age"].isna().all()
    assert (
        "3 ages are given as groups of several years: no age is known."
        in result.assumptions
    )
    assert any("2 ages are impossible" in a for a in result.assumptions)


def test_null_in_brackets_is_nothing(new_york, csv):
    nothing = row(kind="(null)", premises="(null)", precinct="(null)", lat="", lon="")
    result, incidents = new_york.take(
        csv("complaints.csv", NEW, nothing, row(number="101"))
    )
    assert result.rows_used == 2
    assert incidents["offence_label"][0] == "not stated"
    assert incidents["place_type"].isna()[0]
    assert incidents["area_id"].isna()[0]


def test_the_older_file_of_24_columns_is_read_too(new_york, csv):
    line = (
        "200,12/31/2015,23:45:00,,,12/31/2015,113,FORGERY,729,FORGERY ETC. UNCLASSIFIED-FELO,COMPLETED,FELONY,"
        'N.Y. POLICE DEPT,MANHATTAN,14,INSIDE,BAR/NIGHT CLUB,,,987000,214000,40.75,-73.99,"(40.75, -73.99)"'
    )
    result, incidents = new_york.take(csv("old.csv", OLD, line))
    assert result.profile == "nypd-complaints"
    assert incidents["offence"][0] == "0702"
    assert incidents["area_id"][0] == "14"
    assert incidents["victim_sex"].isna()[0]


def test_shoplifting_is_told_from_other_petty_theft(new_york, csv):
    _, incidents = new_york.take(
        csv(
            "complaints.csv",
            NEW,
            row(kind="PETIT LARCENY", what='"LARCENY,PETIT FROM STORE-SHOPL"'),
            row(
                number="101",
                kind="PETIT LARCENY",
                what='"LARCENY,PETIT OF LICENSE PLATE"',
            ),
        )
    )
    assert incidents["offence"].tolist() == ["050231", "0502"]


def test_feet_are_read_where_the_degrees_are_left_out(new_york, csv):
    _, incidents = new_york.take(
        csv(
            "extract.csv",
            "CMPLNT_NUM,CMPLNT_FR_DT,OFNS_DESC,X_COORD_CD,Y_COORD_CD",
            "1,03/02/2019,ROBBERY,987000,212500",
        )
    )
    # Long Island in US survey feet; by Snyder's series (1987) worked out apart, 40.74994 N, 73.99007 W.
    assert incidents["latitude"][0] == pytest.approx(40.74994, abs=0.00001)
    assert incidents["longitude"][0] == pytest.approx(-73.99007, abs=0.00001)


def test_the_hour_that_summer_time_skips_stays_in_its_row(new_york, csv):
    _, incidents = new_york.take(
        csv("complaints.csv", NEW, row(day="03/10/2019", hour="02:30:00", to_day=""))
    )
    assert incidents["occurred_from"][0].date() == pd.Timestamp("2019-03-10").date()
