"""South Africa's police publishes numbers by station, a column a financial year, with sums between the rows."""

from __future__ import annotations

import pytest

from safelearn.city.columns.profiles import match_profile

HEADER = ["Province", "Station", "Crime Category", "2017/2018", "2018/2019", "% Change"]
ROWS = [
    ["RSA", "Republic of South Africa", "Murder", 20336, 21022, 3.4],
    ["Gauteng", "Gauteng", "Murder", 4233, 4495, 6.2],
    [
        "Gauteng",
        "Akasia",
        "CONTACT CRIMES ( CRIMES AGAINST THE PERSON)",
        None,
        None,
        None,
    ],
    ["Gauteng", "Akasia", "Murder", 31, 28, -9.7],
    ["Gauteng", "Akasia", "Sexual Offences", 120, "-", None],
    ["Gauteng", "Akasia", "Rape", 90, 88, -2.2],
    ["Gauteng", "Akasia", "Robbery with aggravating circumstances", 400, 410, 2.5],
    ["Gauteng", "Akasia", "Carjacking", 60, 71, 18.3],
    ["Gauteng", "Alberton", "Stock-theft", 0, 0, None],
    ["Gauteng", "Alberton", "Murder", 12, 9, -25.0],
    ["Gauteng", "Alberton", "17 Community Reported Serious Crimes", 900, 880, -2.2],
    ["Western Cape", "Nyanga", "Murder", 308, 289, -6.2],
]
STATIONS = {"s1": "Akasia", "s2": "Alberton"}


@pytest.fixture
def book(workbook):
    def write(header=HEADER, rows=ROWS):
        cover = [
            ["Crime situation in the Republic of South Africa"],
            ["April to March"],
        ]
        return workbook("saps.xlsx", {"Cover": cover, "station data": [header, *rows]})

    return write


@pytest.fixture
def tshwane(city):
    return city("Tshwane", areas=STATIONS)


def counts(rows):
    """(station, label, year) -> events."""
    years = [str(moment)[:4] for moment in rows["occurred_from"]]
    keys = zip(rows["area_id"], rows["offence_label"], years, strict=True)
    return dict(zip(keys, rows["count"], strict=True))


def test_a_row_of_the_file_is_used_if_any_of_its_years_is(tshwane, book):
    result, _ = tshwane.take(book())
    assert result.profile == "saps"
    assert result.rows_read == 12 and result.rows_used == 5
    # The country, the province and Nyanga; the heading, the rapes, the carjackings and the total.
    assert result.set_aside == {"another place": 3, "counted elsewhere": 4}


def test_a_row_without_a_number_is_a_heading(tshwane, book):
    empty = ["Gauteng", "Akasia", "Arson", None, "-", None]
    result, _ = tshwane.take(book(rows=[*ROWS, empty]))
    assert result.set_aside["no number"] == 1


def test_a_row_of_which_one_year_is_empty_is_used_and_counted_in_the_other(
    tshwane, book
):
    rows = [["Gauteng", "Akasia", "Arson", None, 4, None]]
    result, found = tshwane.take(book(rows=rows))
    assert result.rows_used == 1 and list(found["count"]) == [4]


def test_sums_and_parts_do_not_count_twice(tshwane, book):
    _, rows = tshwane.take(book())
    assert set(rows["offence_label"]) == {
        "Murder", "Sexual Offences", "Robbery with aggravating circumstances",
    }  # fmt: skip
    assert set(rows["area_id"]) == {"s1", "s2"}


def test_each_cell_is_its_number_in_its_year(tshwane, book):
    result, rows = tshwane.take(book())
    assert counts(rows) == {
        ("s1", "Murder", "2017"): 31,
        ("s1", "Murder", "2018"): 28,
        ("s1", "Sexual Offences", "2017"): 120,
        ("s1", "Robbery with aggravating circumstances", "2017"): 400,
        ("s1", "Robbery with aggravating circumstances", "2018"): 410,
        ("s2", "Murder", "2017"): 12,
        ("s2", "Murder", "2018"): 9,
    }
    assert result.events == 31 + 28 + 120 + 400 + 410 + 12 + 9


def test_a_financial_year_runs_from_april_to_march_and_is_known_to_the_year(
    tshwane, book
):
    result, rows = tshwane.take(book())
    assert set(rows["time_precision"]) == {"year"}
    first = rows.iloc[0]
    assert str(first["occurred_from"]) == "2017-04-01 00:00:00"
    assert str(first["occurred_to"]) == "2018-03-31 23:59:00"
    assert any("counts under 2017" in said for said in result.assumptions)


def test_a_row_of_zeros_is_read_and_adds_nothing(tshwane, book):
    result, rows = tshwane.take(book())
    assert "Stock-theft" not in set(rows["offence_label"])
    assert any("nothing happened (0)" in said for said in result.assumptions)


def test_the_column_of_change_is_no_year(tshwane, book):
    _, rows = tshwane.take(book())
    assert len(rows) == 7


def test_nobody_has_a_sex_a_point_or_an_hour(tshwane, book):
    result, rows = tshwane.take(book())
    assert rows["victim_sex"].isna().all() and rows["longitude"].isna().all()
    assert result.timed == 0 and result.located == 7


def test_it_is_said_that_precincts_are_not_the_city(tshwane, book):
    result, _ = tshwane.take(book())
    assert any("cross" in said and "station" in said for said in result.assumptions)


@pytest.mark.parametrize(
    "years", [["2017-2018", "2018-2019"], ["2017_2018", "2018_2019"]]
)
def test_years_are_written_in_several_ways(tshwane, book, years):
    header = [*HEADER[:3], *years, HEADER[5]]
    result, rows = tshwane.take(book(header=header))
    assert result.events == 1010 and str(rows["occurred_from"].iloc[0])[:7] == "2017-04"


def test_years_named_by_their_months_are_the_same(tshwane, book):
    years = ["April 2017 to March 2018", "April 2018 to March 2019 "]
    result, _ = tshwane.take(book(header=[*HEADER[:3], *years, HEADER[5]]))
    assert result.events == 1010


def test_quarters_are_quarters(tshwane, book):
    quarters = ["July 2022 to September 2022", "July 2023 to September 2023"]
    _, rows = tshwane.take(book(header=[*HEADER[:3], *quarters, "Count Diff"]))
    first = rows.iloc[0]
    assert str(first["occurred_from"])[:10] == "2022-07-01"
    assert str(first["occurred_to"])[:10] == "2022-09-30"


def test_months_are_months(tshwane, book):
    header = [*HEADER[:3], "Apr 2023", "May 2023", "% Change"]
    _, rows = tshwane.take(book(header=header))
    assert set(rows["time_precision"]) == {"month"} and rows["occurred_to"].isna().all()


def test_a_year_beside_its_months_does_not_count_twice(tshwane, book):
    header = ["Station", "Crime Category", "Apr 2023", "May 2023", "2023/2024"]
    rows = [["Akasia", "Murder", 3, 4, 7], ["Alberton", "Murder", 1, 1, 2]]
    result, _ = tshwane.take(book(header=header, rows=rows))
    assert result.events == 9


def test_the_older_words_and_the_columns_in_another_order_are_known(tshwane, book):
    header = ["Crime Category", "Police Station", "2011/2012", "2012/2013"]
    rows = [["Total Sexual Crimes", "Akasia", 5, 6], ["Murder", "Alberton", 1, 2]]
    result, found = tshwane.take(book(header=header, rows=rows))
    assert result.events == 14
    assert set(found["offence"]) == {"0301", "0101"}


def test_a_table_of_stations_without_years_is_not_taken_for_it():
    assert match_profile(["Station", "Category", "Date"])[0].name != "saps"


def test_without_areas_the_stations_are_drafted_without_the_province(city, book):
    scratch = city("Tshwane")
    result, rows = scratch.take(book())
    assert set(rows["area_id"]) == {"akasia", "alberton", "nyanga"}
    assert result.rows_used == 6
