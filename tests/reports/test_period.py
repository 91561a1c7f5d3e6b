"""Which months a report speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from safelearn.errors import Refused
from safelearn.reports.period import in_words, period_of


def months(first: str, n: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    return [
        f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}"
        for i in range(n)
    ]


def test_the_report_looks_at_the_last_complete_year_and_the_one_before():
    found = period_of(months("2021-01", 30), [100] * 30)
    assert (found.focus[0], found.focus[-1]) == ("2022-01", "2022-12")
    assert (found.before[0], found.before[-1]) == ("2021-01", "2021-12")
    assert found.years == 1.0


def test_a_handful_of_records_before_the_data_begin_is_no_quiet_month():
    # Three homicides fall into December 2009 once UTC stamps become local time.
    found = period_of(["2009-12", *months("2010-01", 24)], [3] + [150] * 24)
    assert found.partial == ("2009-12",)
    assert found.months[0] == "2010-01"
    assert found.focus[0] == "2011-01"


def test_a_quiet_month_inside_the_data_stays():
    counts = [150] * 24
    counts[6] = 0
    assert len(period_of(months("2010-01", 24), counts).months) == 24


def test_the_city_may_say_which_days_its_records_cover():
    bounds = (date(2020, 3, 1), date(2021, 12, 31))
    found = period_of(months("2020-01", 24), [80] * 24, bounds=bounds)
    assert found.months[0] == "2020-03"
    assert found.focus[0] == "2021-01"
    assert found.before == ()


def test_without_a_complete_year_the_last_twelve_months_are_used():
    found = period_of(months("2023-04", 15), [40] * 15)
    assert (found.focus[0], found.focus[-1]) == ("2023-07", "2024-06")


def test_a_few_months_are_a_short_period_not_a_year():
    found = period_of(months("2024-01", 3), [40, 50, 45])
    assert found.focus == ("2024-01", "2024-02", "2024-03")
    assert found.years == 0.25


def test_a_year_that_the_records_do_not_cover_is_refused_with_those_they_do():
    with pytest.raises(Refused) as caught:
        period_of(months("2021-01", 30), [100] * 30, year=2023)
    assert "2023" in caught.value.what
    assert "2021, 2022" in caught.value.remedy


def test_small_groups_are_added_up_over_at_most_five_complete_years():
    found = period_of(months("2010-01", 120), [100] * 120)
    assert (found.span[0], found.span[-1]) == ("2015-01", "2019-12")


def test_a_gap_in_the_years_ends_the_span():
    found = period_of(months("2018-06", 40), [100] * 40)
    assert (found.span[0], found.span[-1]) == ("2019-01", "2020-12")


def test_years_whose_month_is_only_known_as_a_year_do_not_count_as_months():
    found = period_of(["2020", *months("2021-01", 12)], [7] + [90] * 12)
    assert len(found.months) == 12


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (months("2024-01", 12), "2024"),
        (months("2020-01", 60), "2020 to 2024"),
        (["2024-03"], "March 2024"),
        (months("2024-03", 12), "March 2024 to February 2025"),
        ([], "none"),
    ],
)
def test_periods_are_named_as_a_reader_would(part, words):
    assert in_words(part) == words


def test_a_date_mistyped_by_a_century_is_left_out_and_named_alone():
    bounds = (date(2020, 1, 1), date(2021, 12, 1))
    names = months("1905-01", 12 * 117)
    counts = [1, *[0] * (12 * 115 - 1), *[80] * 24]
    found = period_of(names, counts, bounds=bounds)
    assert found.partial == ("1905-01",)
    assert (found.months[0], found.months[-1]) == ("2020-01", "2021-12")


def test_records_without_months_are_reported_by_year():
    found = period_of(["2021", "2022", "2023", "2024"], [90, 100, 110, 4])
    assert found.yearly and found.partial == ("2024",)
    assert (found.focus, found.before) == (("2023",), ("2022",))
    assert (found.years, found.span_years) == (1.0, 3.0)
    assert found.name() == "2023" and found.name("span") == "2021 to 2023"


def test_a_few_records_without_months_do_not_make_the_report_yearly():
    found = period_of(["2021", *months("2021-01", 24)], [30] + [100] * 24)
    assert not found.yearly and found.focus[0] == "2022-01"


def test_a_year_that_yearly_records_do_not_cover_is_refused():
    assert period_of(["2021", "2022"], [90, 95], year=2021).focus == ("2021",)
    with pytest.raises(Refused, match="do not cover 2019"):
        period_of(["2021", "2022"], [90, 95], year=2019)
