"""Openness is counted from the city's own registers, each share with what it is a share of."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.strategy.governance import ITEMS, scorecard

TODAY = date(2026, 1, 1)


@pytest.mark.clause("draft:8")
def test_each_share_is_what_the_registers_hold():
    tables = {
        "mandates": pd.DataFrame(
            {
                "task_id": ["T1", "T2"],
                "task": "x",
                "stakeholder_id": "S1",
                "level": "city",
                "part": ["accountable", "consulted"],
            }
        ),
        "decisions": pd.DataFrame(
            {
                "influence": ["inform", "consult", "empower", None],
                "changed": [None, "Two walks", "", "A seat"],
            }
        ),
        "feedback": pd.DataFrame({"answer": ["Shown", None, None]}),
        "technology": pd.DataFrame({"redress": [None, "Ombudsperson"]}),
    }
    found = scorecard(tables, on=TODAY).set_index("item")
    assert found.loc["tasks_answered_for", ["n", "of"]].tolist() == [1, 2]
    assert found.loc["decisions_with_people", ["n", "of"]].tolist() == [2, 4]
    assert found.loc["decisions_with_change", "share"] == 0.5
    assert found.loc["residents_answered", "share"] == pytest.approx(1 / 3)
    assert found.loc["systems_with_redress", "share"] == 0.5
    assert pd.isna(found.loc["targets_with_owner", "share"])
    assert tuple(found.index) == ITEMS


def test_a_review_that_is_not_due_yet_is_not_late():
    reviews = pd.DataFrame(
        {
            "due_on": pd.to_datetime(["2025-06-30", "2025-06-30", "2025-06-30", "2026-06-30", None]),
            "done_on": pd.to_datetime(["2025-06-18", "2025-07-01", None, None, None]),
        }
    )  # fmt: skip
    found = scorecard({"reviews": reviews}, on=TODAY).set_index("item")
    assert found.loc["reviews_on_time", ["n", "of"]].tolist() == [1, 3]
