"""What a report says of how people are protected in it, of lifted checks, and of its own age."""

from __future__ import annotations

import dataclasses
from datetime import date

from safelearn.disclosure.overrides import Override
from safelearn.reports.chapters.care import care
from safelearn.reports.front import front
from safelearn.reports.previous import Earlier


def test_a_lifted_check_is_named_with_both_people_and_the_reason(found):
    lifted = Override("small counts", "Statistics", "Ombudsman", "A review.")
    page = str(care(dataclasses.replace(found, overrides=(lifted,))))
    assert (
        "Statistics lifted the check" in page and "Ombudsman agreed: A review." in page
    )
    assert "this check was lifted" in page
    assert "lifted" not in str(care(found))


def test_what_stood_beside_the_tables_in_the_attack_is_said(found):
    alone = str(care(found))
    assert "beside totals" not in alone and "the report before this one" not in alone
    both = dataclasses.replace(
        found, previous=Earlier("2024-03-01", {}, {}), also=("statistics-office.csv",)
    )
    page = str(care(both))
    assert "statistics-office.csv" in page and "the report before this one" in page


def facts(found, cycle):
    settings = found.settings.model_copy(update={"cycle": cycle})
    return dict(front(dataclasses.replace(found, settings=settings)).content["facts"])


def test_the_first_page_says_when_the_next_diagnosis_is_due(found):
    assert "Next diagnosis due" not in facts(found, None)
    year = int(found.period.months[-1][:4])
    due = facts(found, 120)["Next diagnosis due"]
    assert due == f"31 December {year + 10}"


def test_the_first_page_of_an_old_report_says_that_it_is_old(found):
    last = found.period.months[-1]
    early = facts(found, 1)["Next diagnosis due"]
    stale = date.today() > date(int(last[:4]) + 1, 1, 31)
    assert ("overdue" in early) == stale
    years = dataclasses.replace(found.period, months=("2019-12",))
    assert (
        "overdue"
        in facts(dataclasses.replace(found, period=years), 12)["Next diagnosis due"]
    )
