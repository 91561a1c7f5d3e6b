"""Everything that must be looked at again stands in one calendar, with who does it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.strategy.review_calendar import (
    DONE,
    LATER,
    NO_DATE,
    NO_INDICATOR,
    NO_OWNER,
    NOT_AGAIN,
    OVERDUE,
    SOON,
    by_laws,
    calendar,
)


def review(code: str, due=None, done=None, again=None, **columns) -> dict:
    usual = {"review_id": code, "subject": "by_law", "title": code, "owner": "Council"}
    days = {"due_on": due, "done_on": done, "next_on": again}
    days = {name: pd.Timestamp(day) if day else pd.NaT for name, day in days.items()}
    return usual | {"indicator_id": "robbery_rate"} | days | columns


TODAY = date(2026, 2, 1)


@pytest.mark.clause("draft:13.2")
def test_what_is_overdue_stands_first_and_what_was_done_comes_back_on_its_next_date():
    reviews = pd.DataFrame(
        [
            review("later", "2027-01-01"),
            review("again", "2025-01-01", "2025-01-05", "2026-05-02"),
            review("over", "2026-01-31"),
            review("soon", "2026-05-02"),
            review("done", "2025-06-01", "2025-06-01"),
            review("never"),
        ]
    )
    found = calendar(reviews, on=TODAY).set_index("code")["state"]
    assert found.to_dict() == {
        "done": DONE,
        "over": OVERDUE,
        "again": SOON,
        "soon": SOON,
        "later": LATER,
        "never": NO_DATE,
    }
    assert list(found.index) == ["done", "over", "again", "soon", "later", "never"]


def test_mandates_systems_and_decisions_stand_in_the_same_calendar():
    mandates = pd.DataFrame(
        {
            "task_id": ["T1", "T1"],
            "task": "Lamps",
            "stakeholder_id": ["S2", "S1"],
            "part": ["responsible", "accountable"],
            "review_on": pd.to_datetime(["2026-03-01", "2026-03-01"]),
        }
    )
    technology = pd.DataFrame(
        {
            "technology_id": ["Y1", "Y2"],
            "name": "Cameras",
            "stakeholder_id": "S3",
            "review_on": pd.to_datetime(["2025-12-01", None]),
        }
    )
    found = calendar(None, on=TODAY, mandates=mandates, technology=technology)
    # One line a task, with whoever answers for it; a system without a date is not in a calendar.
    assert found[["code", "owner", "state"]].values.tolist() == [
        ["Y1", "S3", OVERDUE],
        ["T1", "S1", SOON],
    ]


def test_an_empty_calendar_is_a_calendar():
    assert calendar(None, on=TODAY).empty


@pytest.mark.clause("draft:26(f)(ii).13")
def test_a_by_law_without_an_indicator_or_a_next_date_escapes_scrutiny():
    reviews = pd.DataFrame(
        [
            review("sound", "2026-05-01"),
            review("blind", "2026-05-01", indicator_id=None),
            review("orphan", owner=None),
            review("once", "2025-05-01", "2025-05-01"),
            review("a plan", subject="plan", owner=None),
        ]
    )
    found = by_laws(reviews).set_index("title")["lacks"].to_dict()
    assert found == {
        "sound": (),
        "blind": (NO_INDICATOR,),
        "orphan": (NO_DATE, NO_OWNER),
        "once": (NOT_AGAIN,),
    }
