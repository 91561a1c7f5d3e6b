"""A city says clause by clause how far it is, and is held to what it said a year ago."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.guidelines.clauses import clauses
from safelearn.strategy.self_assessment import (
    BETTER,
    DROPPED,
    NEW,
    NOT_ASSESSED,
    SAME,
    WORSE,
    amendments,
    assess,
    compare,
    permanence,
    score,
)


def review(clause: str, status: str, done: str | None, evidence="Report", **columns):
    usual = {"subject": "guideline_clause", "clause_id": clause, "status": status}
    days = {"due_on": pd.Timestamp("2025-12-31"), "done_on": pd.Timestamp(done) if done else pd.NaT}  # fmt: skip
    return usual | {"evidence": evidence} | days | columns


@pytest.mark.clause("draft:30")
def test_every_clause_has_a_row_and_what_nobody_looked_at_says_so():
    found = assess(pd.DataFrame([review("draft:24(a)", "met", "2025-11-25")]))
    assert found["clause_id"].tolist() == [c.id for c in clauses()]
    assert (found["status"] == NOT_ASSESSED).sum() == 117
    row = found.set_index("clause_id").loc["draft:24(a)"]
    assert (row["status"], row["part"], row["evidence"]) == (
        "met",
        "organisation",
        "Report",
    )


def test_a_claim_without_evidence_or_a_day_is_named():
    found = assess(
        pd.DataFrame(
            [
                review("draft:24(a)", "met", None, evidence=None),
                review("draft:24(b)", "not_started", None, evidence=None),
            ]
        )
    ).set_index("clause_id")["lacks"]
    assert found["draft:24(a)"] == ("no evidence", "no date")
    assert found["draft:24(b)"] == ()


def test_the_last_review_counts_and_the_past_can_be_asked_for():
    rows = pd.DataFrame(
        [
            review("draft:24(a)", "met", "2025-11-25"),
            review("draft:24(a)", "not_started", "2024-11-25"),
            review("draft:24(a)", "partly", None),
        ]
    )
    status = assess(rows).set_index("clause_id")["status"]
    then = assess(rows, on=date(2025, 1, 1)).set_index("clause_id")["status"]
    assert (status["draft:24(a)"], then["draft:24(a)"]) == ("met", "not_started")


@pytest.mark.clause("draft:30")
def test_the_score_counts_a_half_for_partly_and_nothing_for_what_does_not_apply():
    rows = [("draft:24(a)", "met"), ("draft:24(b)", "partly")]
    rows += [("draft:24(c)", "not_started"), ("draft:24(d)", "not_applicable")]
    found = score(
        assess(pd.DataFrame([review(c, s, "2025-11-25") for c, s in rows]))
    ).set_index("part")
    # By hand: (1 + 0.5 + 0) / 3; the clause that does not apply is in no denominator.
    assert found.loc["organisation", ["assessed", "score"]].tolist() == [3, 0.5]
    assert found.loc["organisation", "clauses"] == 13
    assert pd.isna(found.loc["cooperation", "score"])


@pytest.mark.clause("draft:30")
def test_two_years_are_told_apart_clause_by_clause():
    def year(**status):
        rows = [review(f"draft:24({k})", v, "2025-01-01") for k, v in status.items()]
        return assess(pd.DataFrame(rows))

    before = year(a="partly", b="met", c="met", d="partly")
    after = year(a="met", b="partly", c="met", e="met")
    found = compare(before, after).set_index("clause_id")
    assert found["change"].tolist() == [BETTER, WORSE, SAME, DROPPED, NEW]
    # Evidence of the fourth was named once, and is not any more.
    assert found.index[found["evidence_lost"]].tolist() == ["draft:24(d)"]
    nothing = assess(pd.DataFrame(columns=["subject"]))
    with pytest.raises(Refused, match="either year"):
        compare(nothing, nothing)


MANDATES = pd.DataFrame(
    {
        "task_id": ["T01", "T01"],
        "stakeholder_id": ["S01", "S09"],
        "part": ["accountable", "responsible"],
        "legal_basis": ["By-law 12", None],
        "budget": [180_000.0, 95_000.0],
        "review_on": pd.to_datetime(["2026-06-30", "2026-06-30"]),
    }
)


@pytest.mark.clause("draft:24.0")
def test_a_strategy_is_permanent_with_a_law_a_post_a_budget_and_a_date():
    found = permanence(MANDATES, None, task_id="T01").set_index("item")
    assert found["there"].all()
    assert found["evidence"].tolist() == ["By-law 12", "S01", "180000", "2026-06-30"]
    late = permanence(MANDATES, None, task_id="T01", on=date(2026, 7, 1))
    assert late["there"].tolist() == [True, True, True, False]
    assert not permanence(MANDATES, None, task_id="T99")["there"].any()
    assert not permanence(None, None, task_id="T01")["there"].any()


def test_a_post_is_none_if_two_answer():
    two = MANDATES.assign(part="accountable")
    found = permanence(two, None, task_id="T01").set_index("item")
    assert not found.loc["post", "there"]


@pytest.mark.clause("draft:30b")
def test_proposals_to_change_the_guidelines_are_gathered_by_clause():
    feedback = pd.DataFrame(
        {
            "subject": ["guideline", "guideline", "measure", "guideline"],
            "subject_id": [None, None, "M01", "draft:15.2"],
            "feedback": ["Let us propose", "Let us propose", "More light", "Say when"],
            "changed": ["open", "no", "open", "open"],
        }
    )
    assert amendments(feedback).values.tolist() == [
        ["", "Let us propose", 2, 1],
        ["draft:15.2", "Say when", 1, 1],
    ]
