"""Whether police and justice have partners among residents, and what is planned with whom."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.engagement import engagement_plan
from safelearn.stakeholders.partnerships import partnerships
from safelearn.stakeholders.position import grid

REGISTER = pd.DataFrame(
    {
        "stakeholder_id": ["police", "court", "women", "club", "radio"],
        "type": ["police", "justice", "womens_organisation", "ngo", "media"],
    }
)


def ties(*lines: str) -> pd.DataFrame:
    parts = [line.split() for line in lines]
    return pd.DataFrame(parts, columns=["from_id", "tie", "to_id", "formal"])


@pytest.mark.clause("draft:26(e).0")
def test_a_partnership_goes_both_ways_and_orders_and_quarrels_are_none():
    found = partnerships(
        REGISTER,
        ties("police information women no", "women referral police yes", "police command club yes",
             "court conflict club no", "police information radio yes"),
    )  # fmt: skip
    table = found.offices.set_index("stakeholder_id")
    assert table.loc["police"].tolist() == [1, 1, 1, 0]
    assert table.loc["court"].tolist() == [0, 0, 0, 1]
    # One of two community organisations; the radio is press.
    assert (found.reached.share, found.community) == (0.5, 2)


def test_the_meetings_that_police_held_are_in_the_log():
    held = pd.DataFrame(
        {
            "activity_id": ["A", "A", "B"],
            "activity": ["Open door", "Open door", "Fair"],
            "held_on": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-02-01"]),
            "group": ["women", "men", "women"],
            "proposals": [2, 3, 9],
            "proposals_taken_up": [1, 1, 9],
            "stakeholder_id": ["police", "police", "club"],
        }
    )
    log = partnerships(REGISTER, ties(), held).meetings
    assert log[["activity", "proposals", "taken_up"]].values.tolist() == [["Open door", 5, 2]]  # fmt: skip


def test_a_register_without_police_is_refused():
    with pytest.raises(Refused, match="police"):
        partnerships(REGISTER[2:], ties())


@pytest.mark.clause("draft:15")
def test_a_plan_says_what_each_line_lacks_and_who_needs_an_ally():
    rows = pd.DataFrame(
        {
            "stakeholder_id": ["a", "b", "c", "d"],
            "power": [5.0, 1.0, 1.0, None],
            "interest": [5.0, 1.0, 5.0, None],
            "has_power": ["yes", "no", "no", None],
            "has_legitimacy": ["yes", "no", "yes", None],
            "has_urgency": ["no", "no", "yes", None],
            "engagement_goal": ["Decide", "Ask", "Inform", None],
            "engagement_channel": ["Committee", "Walk", None, None],
            "engagement_owner": ["Mayor", "Observatory", None, None],
            "engagement_due": pd.to_datetime(["2025-01-01", "2026-01-01", None, None]),
        }
    )
    plan = engagement_plan(rows, date(2025, 6, 1), grid(rows))
    assert plan.lines["state"].tolist() == ["late", "whole", "incomplete", "none"]
    # Who has neither power nor interest is asked all the same, and not only watched.
    assert plan.lines["suggested"].tolist() == ["collaborate", "consult", "involve", ""]
    assert plan.lines["ally"].tolist() == [False, False, True, False]
    assert plan.count("none") == 1


def test_no_office_of_police_or_justice_of_the_bundled_city_works_with_residents(port):
    found = partnerships(port.table("stakeholders"), port.table("ties"))
    assert (found.reached.share, found.offices["partners"].sum()) == (0, 0)
    assert 0.2 < found.reached.upper < 0.35
