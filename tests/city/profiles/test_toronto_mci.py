"""Toronto: instants that are midnights, hours beside them, NSA, and names of columns that changed twice."""

from __future__ import annotations

import pandas as pd
import pytest

HEADER = (
    "OBJECTID,EVENT_UNIQUE_ID,REPORT_DATE,OCC_DATE,REPORT_YEAR,OCC_YEAR,OCC_MONTH,OCC_DAY,OCC_DOY,OCC_DOW,OCC_HOUR,"
    "DIVISION,LOCATION_TYPE,PREMISES_TYPE,UCR_CODE,UCR_EXT,OFFENCE,MCI_CATEGORY,HOOD_158,NEIGHBOURHOOD_158,HOOD_140,"
    "NEIGHBOURHOOD_140,LONG_WGS84,LAT_WGS84"
)
MIDNIGHT = "1388552400000"  # 1 January 2014, 05:00 UTC


@pytest.fixture
def toronto(city):
    return city(
        "Toronto",
        timezone="America/Toronto",
        areas={"070": "South Riverdale", "073": "Moss Park"},
        boxes={
            "070": (-79.36, 43.64, -79.32, 43.68),
            "073": (-79.40, 43.64, -79.36, 43.68),
        },
    )


def row(
    number="GO-20141",
    date=MIDNIGHT,
    hour="23",
    year="2014",
    month="January",
    day="1",
    kind="Assault",
    group="Assault",
    hood="070",
    name="South Riverdale (70)",
    lon="-79.34",
    lat="43.66",
    objectid="1",
):
    return (
        f"{objectid},{number},{date},{date},2014,{year},{month},{day},1,Wednesday,{hour},D55,Apartment,Apartment,1430,100,"
        f"{kind},{group},{hood},{name},{hood},{name},{lon},{lat}"
    )


@pytest.mark.parametrize(
    "written",
    [
        MIDNIGHT,
        "2014/01/01 05:00:00+00",
        "2014-01-01T05:00:00Z",
        "2014-01-01",
        "1/1/2014 12:00:00 AM",
    ],
)
def test_the_instant_is_a_day_in_toronto_and_the_hour_stands_beside_it(
    toronto, csv, written
):
    result, incidents = toronto.take(csv("mci.csv", HEADER, row(date=written)))
    assert result.profile == "toronto-mci"
    assert incidents["occurred_from"][0] == pd.Timestamp("2014-01-01 23:00")
    assert incidents["time_precision"][0] == "hour"


def test_in_summer_midnight_in_toronto_is_four_in_utc(toronto, csv):
    _, incidents = toronto.take(
        csv("mci.csv", HEADER, row(date="1404187200000", month="July", hour="2"))
    )
    assert incidents["occurred_from"][0] == pd.Timestamp("2014-07-01 02:00")


def test_two_victims_of_one_event_are_two_rows_and_one_event(toronto, csv):
    result, _ = toronto.take(
        csv("mci.csv", HEADER, row(), row(), row(number="GO-20142", objectid="3"))
    )
    assert result.rows_used == 3 and result.events == 2 and result.set_aside == {}


def test_nsa_and_nought_nought_are_no_place(toronto, csv):
    result, incidents = toronto.take(
        csv(
            "mci.csv",
            HEADER,
            row(),
            row(number="2", hood="NSA", name="NSA", lon="0", lat="0"),
        )
    )
    assert incidents["area_id"].fillna("").tolist() == ["070", ""]
    assert incidents["longitude"].isna().tolist() == [False, True]
    assert not any("NSA" in str(p.sentence) for p in result.problems)


def test_a_row_without_a_point_counts_in_its_neighbourhood_with_its_leading_zero(
    toronto, csv
):
    _, incidents = toronto.take(
        csv("mci.csv", HEADER, row(), row(number="2", lon="0", lat="0"))
    )
    assert incidents["area_id"].tolist() == ["070", "070"]


@pytest.mark.parametrize("name", ["MCI_CATEGORY", "CSI_CATEGORY"])
def test_a_file_with_categories_only_is_read_under_either_name(toronto, csv, name):
    result, incidents = toronto.take(
        csv(
            "extract.csv",
            f"EVENT_UNIQUE_ID,OCC_DATE,OCC_HOUR,{name},HOOD_158",
            f"GO-1,{MIDNIGHT},4,Auto Theft,070",
        )
    )
    assert result.profile == "toronto-mci"
    assert incidents["offence"][0] == "05021"


def test_the_file_until_2022_has_other_names(toronto, csv):
    result, incidents = toronto.take(
        csv(
            "mci_2019.csv",
            "Index_,event_unique_id,occurrencedate,reporteddate,premisetype,ucr_code,ucr_ext,offence,occurrenceyear,"
            "occurrencemonth,occurrenceday,occurrencedayofweek,occurrencehour,MCI,Division,Hood_ID,Neighbourhood,Long,Lat",
            "1,GO-9,2014-01-01T05:00:00.000Z,2014-01-01T05:00:00.000Z,Outside,1430,100,Assault,2014,January,1,"
            '"Wednesday ",21,Assault,D55,070,South Riverdale (70),-79.34,43.66',
        )
    )
    assert result.profile == "toronto-mci"
    assert incidents["occurred_from"][0] == pd.Timestamp("2014-01-01 21:00")
    assert incidents["place_type"][0] == "street"


def test_what_the_file_leaves_out_is_said(toronto, csv):
    result, _ = toronto.take(csv("mci.csv", HEADER, row()))
    said = [a for a in result.assumptions if a.startswith("This source leaves out")]
    assert said and "Intentional homicide" in said[0] and "sexual" in said[0]


def test_offences_within_a_category_have_their_own_codes(toronto, csv):
    kinds = [
        "Assault",
        "Aggravated Assault",
        "Robbery - Mugging",
        "B&E",
        "Theft Over - Shoplifting",
    ]
    _, incidents = toronto.take(
        csv(
            "mci.csv",
            HEADER,
            *(row(number=str(i), kind=k) for i, k in enumerate(kinds)),
        )
    )
    assert incidents["offence"].tolist() == [
        "02011",
        "020111",
        "04011",
        "0501",
        "050231",
    ]
