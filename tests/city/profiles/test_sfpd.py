"""San Francisco: rows are offences of reports, supplements repeat them, and a Z that is local."""

from __future__ import annotations

import pandas as pd
import pytest

HEADER = (
    "Incident Datetime,Incident Date,Incident Time,Incident Year,Incident Day of Week,Report Datetime,Row ID,"
    "Incident ID,Incident Number,CAD Number,Report Type Code,Report Type Description,Filed Online,Incident Code,"
    "Incident Category,Incident Subcategory,Incident Description,Resolution,Intersection,CNN,Police District,"
    "Analysis Neighborhood,Supervisor District,Latitude,Longitude,Point"
)


@pytest.fixture
def san_francisco(city):
    return city(
        "San Francisco",
        timezone="America/Los_Angeles",
        areas={"mission": "Mission", "soma": "South of Market"},
        boxes={
            "mission": (-122.43, 37.74, -122.40, 37.765),
            "soma": (-122.43, 37.765, -122.38, 37.79),
        },
    )


def row(
    when="2023/03/13 11:41:00 PM",
    number="230100001",
    report="Initial",
    kind="Larceny Theft",
    sub="Larceny - From Vehicle",
    hood="Mission",
    district="Mission",
    lat="37.75",
    lon="-122.41",
    row_id="1",
):
    point = f"POINT ({lon} {lat})" if lat else ""
    return (
        f"{when},2023/03/13,23:41,2023,Monday,2023/03/14 09:00:00 AM,{row_id},{row_id[:3]},{number},,II,{report},,"
        f"06244,{kind},{sub},Theft,Open or Active,16TH ST \\ MADE UP ST,24000000,{district},{hood},9,{lat},"
        f"{lon},{point}"
    )


@pytest.mark.parametrize(
    "written",
    [
        "2023/03/13 11:41:00 PM",
        "2023-03-13T23:41:00.000",
        "2023-03-13T23:41:00.000Z",
        "2023-03-13T23:41:00Z",
    ],
)
def test_the_stamp_is_local_with_a_z_or_without(san_francisco, csv, written):
    result, incidents = san_francisco.take(
        csv("incidents.csv", HEADER, row(when=written))
    )
    assert result.profile == "sfpd"
    assert incidents["occurred_from"][0] == pd.Timestamp("2023-03-13 23:41")


def test_a_supplement_is_not_a_second_robbery(san_francisco, csv):
    robbery = {"kind": "Robbery", "sub": "Robbery - Commercial"}
    result, incidents = san_francisco.take(
        csv(
            "incidents.csv",
            HEADER,
            row(row_id="1001", **robbery),
            row(row_id="1002", report="Initial Supplement", **robbery),
            row(row_id="1003", report="Initial Supplement", **robbery),
            row(row_id="1004", report="Coplogic Supplement", number="230100002"),
        )
    )
    assert result.rows_read == 4
    assert result.set_aside == {"not an event": 3}
    assert incidents["offence"].tolist() == ["04013"]


def test_two_offences_of_one_report_are_two_rows_and_one_event(san_francisco, csv):
    result, _ = san_francisco.take(
        csv(
            "i.csv",
            HEADER,
            row(row_id="1001"),
            row(row_id="1002", kind="Assault", sub="Simple Assault"),
        )
    )
    assert result.rows_used == 2 and result.events == 1


def test_lost_property_and_closed_cases_are_no_offences(san_francisco, csv):
    kinds = ["Lost Property", "Non-Criminal", "Missing Person", "Warrant", "Burglary"]
    result, incidents = san_francisco.take(
        csv(
            "i.csv",
            HEADER,
            *(
                row(number=str(i), row_id=str(i), kind=k, sub=k)
                for i, k in enumerate(kinds)
            ),
        )
    )
    assert result.set_aside == {"not an event": 4}
    assert incidents["offence"].tolist() == ["0501"]


def test_a_row_without_a_point_counts_in_its_neighbourhood_and_out_of_sf_in_none(
    san_francisco, csv
):
    _, incidents = san_francisco.take(
        csv(
            "i.csv",
            HEADER,
            row(),
            row(number="2", lat="", lon=""),
            row(number="3", lat="", lon="", hood="", district="Out of SF"),
        )
    )
    assert incidents["area_id"].fillna("").tolist() == ["mission", "mission", ""]


def test_the_point_in_words_is_read_where_the_columns_are_left_out(san_francisco, csv):
    _, incidents = san_francisco.take(
        csv(
            "i.csv",
            "Incident Datetime,Incident Category,Point",
            "2023/03/13 11:41:00 PM,Assault,POINT (-122.41 37.77)",
        )
    )
    assert incidents["area_id"][0] == "soma"


def test_the_file_to_2018_calls_degrees_x_and_y_and_puts_nowhere_at_90_north(
    san_francisco, csv
):
    result, incidents = san_francisco.take(
        csv(
            "historical.csv",
            "IncidntNum,Category,Descript,DayOfWeek,Date,Time,PdDistrict,Resolution,Address,X,Y,Location,PdId",
            "150060275,LARCENY/THEFT,PETTY THEFT,Monday,01/19/2015,14:00,MISSION,NONE,18TH ST,-122.41,37.75,"
            '"(37.75, -122.41)",1',
            '150060276,ASSAULT,BATTERY,Monday,02/03/2015,15:45,MISSION,NONE,18TH ST,-120.5,90,"(90, -120.5)",2',
        )
    )
    assert result.profile == "sfpd"
    assert incidents["occurred_from"].tolist() == [
        pd.Timestamp("2015-01-19 14:00"),
        pd.Timestamp("2015-02-03 15:45"),
    ]
    assert incidents["longitude"].isna().tolist() == [False, True]
    assert incidents["offence"].tolist() == ["0502", "0201"]
