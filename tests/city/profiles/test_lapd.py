"""Los Angeles: hours as numbers, ages of 0, an X that is not a third sex, two spellings of the headers."""

from __future__ import annotations

import pandas as pd
import pytest

HEADER = (
    "DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Rpt Dist No,Part 1-2,Crm Cd,Crm Cd Desc,Mocodes,Vict Age,"
    "Vict Sex,Vict Descent,Premis Cd,Premis Desc,Weapon Used Cd,Weapon Desc,Status,Status Desc,Crm Cd 1,"
    "Crm Cd 2,Crm Cd 3,Crm Cd 4,LOCATION,Cross Street,LAT,LON"
)


@pytest.fixture
def los_angeles(city):
    return city(
        "Los Angeles",
        timezone="America/Los_Angeles",
        areas={"1": "Central", "2": "Rampart"},
        boxes={
            "1": (-118.26, 34.02, -118.22, 34.07),
            "2": (-118.30, 34.02, -118.26, 34.07),
        },
    )


def row(
    number="240100001",
    day="01/03/2024 12:00:00 AM",
    time="2300",
    area="1",
    kind="BATTERY - SIMPLE ASSAULT",
    codes="0416",
    age="34",
    sex="F",
    weapon='"STRONG-ARM (HANDS, FIST, FEET OR BODILY FORCE)"',
    lat="34.05",
    lon="-118.25",
):
    return (
        f"{number},01/04/2024 12:00:00 AM,{day},{time},{area},Central,0101,2,624,{kind},{codes},{age},{sex},W,101,"
        f"STREET,400,{weapon},IC,Invest Cont,624,,,,100 MADE UP ST,,{lat},{lon}"
    )


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        ("2300", "23:00"),
        ("0005", "00:05"),
        ("5", "00:05"),
        ("45", "00:45"),
        ("130", "01:30"),
        ("1", "00:01"),
    ],
)
def test_an_hour_written_as_a_number_is_read_from_its_right(
    los_angeles, csv, time, clock
):
    _, incidents = los_angeles.take(
        csv("crime.csv", HEADER, row(time=time), row(number="2", time="1845"))
    )
    assert incidents["occurred_from"][0] == pd.Timestamp(f"2024-01-03 {clock}")
    assert incidents["time_precision"].tolist() == ["minute", "minute"]


def test_the_midnight_of_the_date_is_not_the_hour(los_angeles, csv):
    result, incidents = los_angeles.take(
        csv("crime.csv", HEADER, row(time=""), row(number="2"))
    )
    assert result.profile == "lapd"
    assert incidents["time_precision"].tolist() == ["day", "minute"]


@pytest.mark.parametrize(
    "written", ["01/03/2024 12:00:00 AM", "1/3/2024 0:00", "2024-01-03T00:00:00.000"]
)
def test_the_date_is_read_in_each_spelling_with_the_month_first(
    los_angeles, csv, written
):
    _, incidents = los_angeles.take(csv("crime.csv", HEADER, row(day=written)))
    assert incidents["occurred_from"][0] == pd.Timestamp("2024-01-03 23:00")


def test_x_and_h_are_unknown_and_m_stays_a_man_beside_h(los_angeles, csv):
    rows = [
        row(number=str(i), sex=sex)
        for i, sex in enumerate(["M", "F", "X", "H", "-", "N"])
    ]
    _, incidents = los_angeles.take(csv("crime.csv", HEADER, *rows))
    assert incidents["victim_sex"].tolist()[:2] == ["male", "female"]
    assert incidents["victim_sex"].isna().sum() == 4


def test_ages_of_nought_and_below_are_unknown_and_said(los_angeles, csv):
    result, incidents = los_angeles.take(
        csv(
            "crime.csv",
            HEADER,
            row(age="0"),
            row(number="2", age="-2"),
            row(number="3", age="41"),
        )
    )
    assert incidents["victim_age"].isna().tolist() == [True, True, False]
    assert (
        "In the column Vict Age, 0 means that nothing is known." in result.assumptions
    )
    assert any("impossible (-2)" in a for a in result.assumptions)


def test_nought_nought_is_no_place_and_the_area_stands_in(los_angeles, csv):
    _, incidents = los_angeles.take(
        csv("crime.csv", HEADER, row(lat="0.0", lon="0.0"), row(number="2"))
    )
    assert incidents["longitude"].isna().tolist() == [True, False]
    assert incidents["area_id"].tolist() == ["1", "1"]


def test_the_older_file_has_a_blank_behind_area(los_angeles, csv):
    _, incidents = los_angeles.take(
        csv(
            "crime_2010.csv",
            HEADER.replace(",AREA,", ",AREA ,"),
            row(lat="0", lon="0"),
            row(number="2"),
        )
    )
    assert incidents["area_id"].tolist() == ["1", "1"]


def test_domestic_violence_is_read_from_the_offence_and_from_the_manner(
    los_angeles, csv
):
    _, incidents = los_angeles.take(
        csv(
            "crime.csv",
            HEADER,
            row(kind="INTIMATE PARTNER - AGGRAVATED ASSAULT"),
            row(number="2", codes="0416 2000 1243"),
            row(number="3", codes="0416 12000"),
        )
    )
    assert incidents["domestic"].tolist() == ["yes", "yes", "unknown"]
    assert incidents["relation"].tolist()[0] == "intimate_partner"
    assert incidents["offence"].tolist() == ["020111", "020112", "020112"]


def test_weapons_are_coded(los_angeles, csv):
    _, incidents = los_angeles.take(
        csv(
            "crime.csv",
            HEADER,
            row(),
            row(number="2", weapon="HAND GUN"),
            row(number="3", weapon=""),
        )
    )
    assert incidents["mechanism"].tolist()[:2] == ["bodily_force", "firearm"]
    assert incidents["mechanism"].isna()[2]


def test_the_first_releases_had_headers_written_out_and_points_in_words(
    los_angeles, csv
):
    result, incidents = los_angeles.take(
        csv(
            "crime_first.csv",
            "DR Number,Date Reported,Date Occurred,Time Occurred,Area ID,Area Name,Crime Code Description,Victim Age,"
            "Victim Sex,Location ",
            '1208575,03/14/2013,03/11/2013,1800,1,Central,"VANDALISM - MISDEAMEANOR ($399 OR UNDER)",30,F,'
            '"(34.05, -118.25)"',
        )
    )
    assert result.profile == "lapd"
    assert incidents["offence"][0] == "0504"
    assert incidents["area_id"][0] == "1"
    assert incidents["occurred_from"][0] == pd.Timestamp("2013-03-11 18:00")
