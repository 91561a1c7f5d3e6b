"""The log of decisions and the rounds of feedback."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.decisions import sum_up
from safelearn.stakeholders.feedback import rounds


@pytest.mark.clause("draft:19", "draft:25(o).1")
def test_decisions_that_residents_shaped_are_told_from_those_they_were_told_of():
    log = pd.DataFrame(
        {
            "decision_id": ["K1", "K2", "K3"],
            "phase": ["design", "design", "evaluation"],
            "influence": ["empower", "inform", None],
            "changed": ["The hours", None, None],
            "dissent": [None, "Traders", None],
            "review_on": pd.to_datetime(["2025-01-01", "2026-01-01", None]),
        }
    )
    found = sum_up(log, date(2025, 6, 1))
    table = found.phases.set_index("phase")
    assert table.loc["design"].tolist() == [2, 1, 1, 1]
    assert table.loc["implementation"].tolist() == [0, 0, 0, 0]
    assert found.shaped.share == pytest.approx(1 / 3)
    assert (found.overdue, found.without_review) == (("K1",), 1)


def test_an_empty_log_is_refused():
    with pytest.raises(Refused, match="empty"):
        sum_up(pd.DataFrame(columns=["decision_id", "phase"]), date(2025, 1, 1))


@pytest.mark.clause("draft:15.2")
def test_each_round_of_feedback_says_what_it_changed():
    told = pd.DataFrame(
        {
            "round": ["2024", "2024", "2025", "2025"],
            "received_on": pd.to_datetime(["2024-05-01"] * 2 + ["2025-05-01"] * 2),
            "answered_on": pd.to_datetime(["2024-05-11", "2024-05-31", None, "2025-05-04"]),
            "changed": ["yes", "no", "open", "partly"],
        }
    )  # fmt: skip
    found = rounds(told).set_index("round")
    assert found.loc["2024", ["n", "answered", "days", "share", "open"]].tolist() == [2, 2, 20, 0.5, 0]  # fmt: skip
    assert found.loc["2025", ["n", "answered", "days", "share", "open"]].tolist() == [2, 1, 3, 0.5, 1]  # fmt: skip


def test_feedback_without_a_round_goes_by_its_year_and_none_at_all_is_refused():
    told = pd.DataFrame({"received_on": ["2025-03-01"], "changed": ["no"]})
    assert rounds(told)["round"].tolist() == ["2025"]
    with pytest.raises(Refused, match="record"):
        rounds(told.head(0))
