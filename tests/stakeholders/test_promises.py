"""What people were promised, what they had, and what the record bears out."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.promises import promises, youth

COLUMNS = ["activity_id", "group", "phase", "participants", "promised_level", "actual_level", "proposals",
           "proposals_taken_up"]  # fmt: skip


def activities(*lines: tuple) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=COLUMNS)


@pytest.mark.clause("draft:26(c).0")
def test_a_promise_is_kept_where_the_part_was_at_least_as_large():
    found = promises(
        activities(
            ("A", "youth", "design", 9, "collaborate", "inform", 4, 0),
            ("B", "youth", "design", 9, "consult", "involve", 2, 1),
        )
    ).groups.iloc[0]
    assert (found["activities"], found["kept"], found["share"]) == (2, 1, 0.5)
    assert (found["proposals"], found["taken_up"]) == (6, 1)
    # Wilson for 1 of 6, by hand: centre (1/6 + z²/12)/(1 + z²/6).
    assert found["taken_lower"] == pytest.approx(0.0301, abs=1e-4)
    assert found["taken_upper"] == pytest.approx(0.5635, abs=1e-4)


@pytest.mark.clause("draft:19")
def test_who_is_said_to_have_shaped_something_that_left_no_trace_was_consulted():
    rows = activities(
        ("A", "women", "design", 9, "involve", "empower", 0, 0),
        ("B", "women", "evaluation", 9, "involve", "empower", 3, 1),
    )
    found = promises(rows)
    assert found.phases["borne_out"].tolist() == ["consult", "empower"]
    assert found.unsupported == 1
    decided = pd.DataFrame({"activity_id": ["A"], "group_involved": ["women"], "influence": ["involve"]})  # fmt: skip
    assert promises(rows, decided).unsupported == 0


def test_a_decision_of_another_group_bears_nothing_out():
    rows = activities(("A", "women", "design", 9, "involve", "involve", 0, 0))
    decided = pd.DataFrame({"activity_id": ["A"], "group_involved": ["men"], "influence": ["empower"]})  # fmt: skip
    assert promises(rows, decided).unsupported == 1


def test_activities_without_a_promise_are_refused():
    with pytest.raises(Refused, match="promised"):
        promises(activities(("A", "women", "design", 9, None, "involve", 0, 0)))


@pytest.mark.clause("draft:20")
def test_young_people_are_followed_through_every_phase_and_an_empty_one_is_seen():
    found = youth(
        activities(
            ("A", "women", "diagnosis", 20, "consult", "consult", 5, 2),
            ("A", "youth", "diagnosis", 8, "consult", "inform", 3, 1),
            ("B", "children", "diagnosis", 6, "consult", "involve", 2, 0),
            ("C", "women", "evaluation", 20, "consult", "consult", 5, 2),
            ("C", "youth", "evaluation", 0, "consult", "consult", 0, 0),
        )
    ).set_index("phase")
    assert found.index.tolist() == ["diagnosis", "design", "implementation", "evaluation"]  # fmt: skip
    assert found.loc["diagnosis"].tolist() == [2, 2, 14, 5, 1, "involve"]
    assert found.loc["evaluation"].tolist() == [1, 0, 0, 0, 0, "none"]


def test_young_people_of_the_bundled_city_propose_and_are_seldom_heard(port):
    """The simulated city takes up two in ten of their proposals, and of others up to 45 in a hundred."""
    table = promises(port.table("participation")).groups.set_index("group")
    assert table.loc["youth", "taken_upper"] < table.loc["older_persons", "taken_lower"]
