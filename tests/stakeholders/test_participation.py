"""Who took part when, and who was not there when results were judged."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.participation import NAMED, PHASES, never_there, phases


def rows(*lines: tuple) -> pd.DataFrame:
    return pd.DataFrame(
        lines, columns=["group", "phase", "participants", "actual_level"]
    )


@pytest.mark.clause("draft:26(c).0")
def test_a_group_that_was_asked_first_and_not_at_the_end_is_seen():
    found = phases(
        rows(
            ("women", "diagnosis", 20, "consult"),
            ("women", "design", 6, "involve"),
            ("women", "implementation", 3, "inform"),
            ("men", "evaluation", 4, "consult"),
        )
    ).set_index("group")
    assert found.loc["women", list(PHASES)].tolist() == [
        "consult",
        "involve",
        "inform",
        "none",
    ]
    assert found["missing"].to_dict() == {"women": 1, "men": 3}


def test_the_highest_part_counts_and_an_empty_chair_does_not():
    found = phases(
        rows(
            ("youth", "design", 5, "inform"),
            ("youth", "design", 2, "collaborate"),
            ("youth", "evaluation", 0, "empower"),
        )
    ).iloc[0]
    assert (found["design"], found["evaluation"]) == ("collaborate", "none")


def test_who_came_without_a_word_on_their_part_was_told_at_least():
    found = phases(rows(("men", "design", None, None))).iloc[0]
    assert found["design"] == "inform"


def test_activities_without_a_phase_say_nothing():
    with pytest.raises(Refused, match="phase"):
        phases(rows(("men", None, 5, "inform")))


def test_a_group_of_which_nobody_came_is_named():
    found = never_there(
        rows(("women", "design", 5, "consult"), ("youth", "design", 0, "consult"))
    )
    assert found == [group for group in NAMED if group != "women"]
