"""Names of columns that stand for a month, a quarter or a year, as offices write them."""

from __future__ import annotations

import pytest

from safelearn.city.times.periods import read_period


@pytest.mark.parametrize(
    ("name", "begins", "first", "after"),
    [
        ("2019", 1, "2019-01", "2020-01"),
        ("Año 2019", 1, "2019-01", "2020-01"),
        ("2011/2012", 4, "2011-04", "2012-04"),
        ("2011-2012", 4, "2011-04", "2012-04"),
        ("2011_2012 ", 4, "2011-04", "2012-04"),
        ("2011/12", 4, "2011-04", "2012-04"),
        ("April 2003 to March 2004", 1, "2003-04", "2004-04"),
        ("Jul-Sep 2019", 1, "2019-07", "2019-10"),
        ("ENE-20", 1, "2020-01", "2020-02"),
        ("mayo de 2020", 1, "2020-05", "2020-06"),
        ("Março 2021", 1, "2021-03", "2021-04"),
        ("2011-12", 1, "2011-12", "2012-01"),
        ("2023-04-01", 1, "2023-04", "2023-05"),
        ("Q3 2023", 1, "2023-07", "2023-10"),
        ("I Trimestre 2020", 1, "2020-01", "2020-04"),
        ("Fourth quarter 2023_2024", 4, "2024-01", "2024-04"),
    ],
)
def test_a_name_says_from_which_month_to_which(name, begins, first, after):
    period = read_period(name, year_begins=begins)
    assert (str(period.first), str(period.after)) == (first, after)


def test_a_month_without_a_year_is_a_number():
    spanish = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct"]
    assert [read_period(m) for m in [*spanish, "Nov", "Dic"]] == list(range(1, 13))


@pytest.mark.parametrize(
    "name",
    [
        "Station",
        "% change",
        "Total",
        "2019 population",
        "Count Diff",
        "1",
        "",
        "2011/2013",
    ],
)
def test_a_name_with_another_word_is_no_period(name):
    assert read_period(name, year_begins=4) is None


def test_two_years_are_nothing_where_no_one_said_when_a_year_begins():
    assert read_period("2011/2012") is None


def test_a_financial_year_is_known_to_the_year_and_a_month_to_the_month():
    assert read_period("2011/2012", year_begins=4).precision == "year"
    assert not read_period("2011/2012", year_begins=4).calendar
    assert read_period("Apr 2011").precision == "month"
    assert read_period("2011").calendar
