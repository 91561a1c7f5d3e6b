"""Chicago: three spellings of a date, other headers for the last year, and a parking lot in Missouri."""

from __future__ import annotations

import pandas as pd
import pytest

HEADER = (
    "ID,Case Number,Date,Block,IUCR,Primary Type,Description,Location Description,Arrest,Domestic,Beat,District,Ward,"
    "Community Area,FBI Code,X Coordinate,Y Coordinate,Year,Updated On,Latitude,Longitude,Location"
)
LAST_YEAR = (
    "CASE#,DATE  OF OCCURRENCE,BLOCK, IUCR, PRIMARY DESCRIPTION, SECONDARY DESCRIPTION, LOCATION DESCRIPTION,ARREST,"
    "DOMESTIC,BEAT,WARD,FBI CD,X COORDINATE,Y COORDINATE,LATITUDE,LONGITUDE,LOCATION"
)


@pytest.fixture
def chicago(city):
    """Two community areas, one north and one south of 41.89 degrees."""
    return city(
        "Chicago",
        timezone="America/Chicago",
        areas={"8": "Near North Side", "32": "Loop"},
        boxes={
            "8": (-87.66, 41.89, -87.60, 41.92),
            "32": (-87.66, 41.86, -87.60, 41.89),
        },
    )


def row(
    case="JA100001",
    date="01/15/2019 11:30:00 PM",
    kind="THEFT",
    what="$500 AND UNDER",
    place="STREET",
    domestic="false",
    area="8",
    x="1176000",
    y="1906000",
    lat="41.9",
    lon="-87.63",
    number="1",
):
    point = f'"({lat}, {lon})"' if lat else ""
    return (
        f"{number},{case},{date},001XX N MADE UP ST,0820,{kind},{what},{place},false,{domestic},1831,018,42,{area},06,"
        f"{x},{y},2019,02/10/2019 03:50:01 PM,{lat},{lon},{point}"
    )


@pytest.mark.parametrize(
    "written",
    ["01/15/2019 11:30:00 PM", "2019-01-15T23:30:00.000", "1/15/19 23:30"],
)
def test_each_of_the_three_spellings_of_a_date_is_the_same_evening(
    chicago, csv, written
):
    result, incidents = chicago.take(csv("crimes.csv", HEADER, row(date=written)))
    assert result.profile == "chicago"
    assert incidents["occurred_from"][0] == pd.Timestamp("2019-01-15 23:30")
    assert incidents["time_precision"][0] == "minute"


def test_the_month_stands_first_even_where_every_day_could_be_a_month(chicago, csv):
    _, incidents = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(date="04/05/2019 01:00:00 PM"),
            row(case="B", date="02/03/2019 02:00:00 PM"),
        )
    )
    assert [moment.month for moment in incidents["occurred_from"]] == [4, 2]


def test_the_file_of_the_last_year_is_known_by_its_other_headers(chicago, csv):
    line = (
        "JA100002,01/15/2019 11:30:00 PM,001XX N MADE UP ST,0486,BATTERY,DOMESTIC BATTERY SIMPLE,APARTMENT,N,Y,1831,42,"
        '08B,1176000,1906000,41.9,-87.63,"(41.9, -87.63)"'
    )
    result, incidents = chicago.take(csv("last_year.csv", LAST_YEAR, line))
    assert result.profile == "chicago"
    assert incidents["offence"][0] == "02011"
    assert incidents["domestic"][0] == "yes"
    assert incidents["place_type"][0] == "home"
    assert incidents["incident_id"][0] == "JA100002"
    assert incidents["area_id"][0] == "8"


def test_two_victims_of_one_homicide_are_two_rows_and_one_event(chicago, csv):
    murder = {"kind": "HOMICIDE", "what": "FIRST DEGREE MURDER"}
    result, incidents = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(number="10", **murder),
            row(number="11", **murder),
            row(case="B", number="12"),
        )
    )
    assert result.rows_used == 3 and result.events == 2
    assert incidents["offence"].tolist() == ["0101", "0101", "0502"]


def test_zero_coordinates_made_into_degrees_are_no_place_in_missouri(chicago, csv):
    result, incidents = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(x="0", y="0", lat="36.619446395", lon="-91.686565684", area=""),
            row(case="B"),
        )
    )
    assert incidents["longitude"].isna().tolist() == [True, False]
    assert incidents["area_id"].isna().tolist() == [True, False]
    assert not [p for p in result.problems if "outside" in p.code]


def test_feet_are_read_where_the_degrees_are_left_out(chicago, csv):
    _, incidents = chicago.take(
        csv(
            "extract.csv",
            "Date,Primary Type,X Coordinate,Y Coordinate,Arrest",
            "01/15/2019 11:30:00 PM,THEFT,1176096,1905700,false",
        )
    )
    # Illinois East in US survey feet; by Snyder's series (1987) worked out apart, 41.89660 N, 87.62867 W.
    assert incidents["latitude"][0] == pytest.approx(41.89660, abs=0.00001)
    assert incidents["longitude"][0] == pytest.approx(-87.62867, abs=0.00001)


def test_the_point_in_words_is_read_where_nothing_else_is(chicago, csv):
    _, incidents = chicago.take(
        csv(
            "extract.csv",
            "Date,Primary Type,Location,Arrest",
            '01/15/2019 11:30:00 PM,THEFT,"(41.875, -87.63)",false',
        )
    )
    assert incidents["area_id"][0] == "32"


def test_manslaughter_is_told_from_murder_by_the_second_description(chicago, csv):
    _, incidents = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(kind="HOMICIDE", what="INVOLUNTARY MANSLAUGHTER"),
            row(
                case="B",
                kind="OFFENSE INVOLVING CHILDREN",
                what="AGG SEX ASSLT OF CHILD FAM MBR",
            ),
            row(case="C", kind="CRIM SEXUAL ASSAULT", what="NON-AGGRAVATED"),
            row(case="D", kind="THEFT", what="OVER $500"),
        )
    )
    assert incidents["offence"].tolist() == ["0103", "03011", "03011", "0502"]
    assert incidents["offence_label"].tolist()[3] == "THEFT"


def test_what_is_not_criminal_is_set_aside_and_accounted_for(chicago, csv):
    result, _ = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(kind="NON - CRIMINAL", what="LOST PASSPORT"),
            row(case="B"),
        )
    )
    assert result.set_aside == {"not an event": 1}


def test_the_weapon_stands_in_the_description(chicago, csv):
    _, incidents = chicago.take(
        csv(
            "crimes.csv",
            HEADER,
            row(kind="ROBBERY", what="ARMED: HANDGUN"),
            row(case="B", kind="ROBBERY", what="STRONGARM - NO WEAPON"),
            row(case="C"),
        )
    )
    assert incidents["mechanism"].tolist()[:2] == ["firearm", "bodily_force"]
    assert incidents["mechanism"].isna()[2]
