"""How far does the city do what the Guidelines ask, and is it further than a year ago? (draft:30)

The table ``reviews`` goes in; out comes one row for each clause with its status, evidence and date, a score for each
part of the Guidelines with how much of it was assessed at all, and what changed between two years. Two clauses have
their own checks: whether the strategy is a permanent part of the city's structures (draft:24.0), and how open and
accountable the work is (`strategy.governance`, draft:8). What residents propose to change in the Guidelines is
gathered too (draft:30b).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from safelearn.errors import Refused
from safelearn.guidelines.clauses import PARTS, clauses
from safelearn.language import t

NEEDS = frozenset({"table:reviews"})
MET, PARTLY, NOT_STARTED = "met", "partly", "not_started"
NOT_APPLICABLE, NOT_ASSESSED = "not_applicable", "not assessed"
#: How far each status counts; what does not apply or was not assessed counts for nothing.
POINTS = {MET: 1.0, PARTLY: 0.5, NOT_STARTED: 0.0}
#: What became of a clause between two years.
BETTER, WORSE, SAME = "better", "worse", "same"
NEW, DROPPED = "newly assessed", "no longer assessed"
#: What makes a strategy permanent (draft:24.0).
LEGAL_ACT, POST, BUDGET_LINE, REVIEW_DATE = (
    "legal act",
    "post",
    "budget line",
    "review date",
)


def assess(reviews: pd.DataFrame, *, on: date | None = None) -> pd.DataFrame:
    """One row for each clause of the Guidelines. Serves draft:30.

    Parameters
    ----------
    reviews : DataFrame
        The table ``reviews``; rows with the subject ``guideline_clause`` count.
    on : date, optional
        Reviews done or due after that day are left out: the assessment as it stood then.

    Returns
    -------
    DataFrame
        In the order of the Guidelines: `clause_id`, `part`, `status` (of the table, or ``not assessed``), `finding`,
        `evidence`, `owner`, `date` (done, or NaT), `next_on`, `lacks` (tuple: ``no evidence``, ``no date``, for clauses
        that are said to be met or partly met).

    Notes
    -----
    Where a clause was reviewed several times the last one counts. A status without a day on which it was reviewed is
    shown and named: it is an intention.
    """
    rows = _of_clauses(reviews, on)
    last = {row["clause_id"]: row for row in rows.to_dict("records")}
    lines = []
    for clause in clauses():
        row = last.get(clause.id)
        if row is None:
            row = {
                "status": NOT_ASSESSED,
                "finding": "",
                "evidence": "",
                "owner": "",
                "done_on": pd.NaT,
                "next_on": pd.NaT,
            }
        claims = row["status"] in (MET, PARTLY)
        lines.append(
            {
                "clause_id": clause.id,
                "part": clause.part,
                **{c: row[c] for c in ("status", "finding", "evidence", "owner")},
                "date": row["done_on"],
                "next_on": row["next_on"],
                "lacks": tuple(
                    word
                    for lacking, word in (
                        (claims and row["evidence"] == "", "no evidence"),
                        (claims and pd.isna(row["done_on"]), "no date"),
                    )
                    if lacking
                ),
            }
        )
    return pd.DataFrame(lines)


def score(assessment: pd.DataFrame) -> pd.DataFrame:
    """How far each part of the Guidelines is met, and how much of it was assessed. Serves draft:30.

    Parameters
    ----------
    assessment : DataFrame
        As `assess` gives it.

    Returns
    -------
    DataFrame
        One row a part, and ``all``: `part`, `clauses`, `assessed` (that apply), `met`, `partly`, `not_started`, `score`
        (met count 1, partly met a half, over those assessed; NaN where none was).

    Notes
    -----
    The score leaves out what was not assessed, so it says little where that is most: read both numbers, or neither. It
    compares a city with itself in another year; it does not compare cities.

    Examples
    --------
    >>> rows = pd.DataFrame({"part": ["method"] * 3, "status": ["met", "partly", "not assessed"]})
    >>> score(rows)[["part", "clauses", "assessed", "score"]].tail(1).to_dict("records")
    [{'part': 'all', 'clauses': 3, 'assessed': 2, 'score': 0.75}]
    """
    lines = []
    for part in (*PARTS.values(), "all"):
        status = (
            assessment["status"]
            if part == "all"
            else assessment.loc[assessment["part"] == part, "status"]
        )
        points = status.map(POINTS).dropna()
        lines.append(
            {
                "part": part,
                "clauses": len(status),
                "assessed": len(points),
                **{s: int((status == s).sum()) for s in (MET, PARTLY, NOT_STARTED)},
                "score": float(points.mean()) if len(points) else float("nan"),
            }
        )
    return pd.DataFrame(lines)


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What became of each clause between two assessments. Serves draft:30.

    Parameters
    ----------
    before, after : DataFrame
        Two results of `assess`, of two years.

    Returns
    -------
    DataFrame
        `clause_id`, `before`, `after`, `change` (``better``, ``worse``, ``same``, ``newly assessed``, ``no longer
        assessed``), `evidence_lost` (evidence was named and is not any more): clauses assessed in either year.

    Raises
    ------
    Refused
        If neither year has an assessed clause.
    """
    old = before.set_index("clause_id")
    new = after.set_index("clause_id")
    lines = []
    for clause_id in new.index:
        was, now = old["status"].get(clause_id, NOT_ASSESSED), new["status"][clause_id]
        if was == now == NOT_ASSESSED:
            continue
        lost = bool(old["evidence"].get(clause_id, "")) and not new["evidence"][clause_id]  # fmt: skip
        lines.append(
            {
                "clause_id": clause_id,
                "before": was,
                "after": now,
                "change": _change(was, now),
                "evidence_lost": lost,
            }
        )
    if not lines:
        raise Refused(
            t("No clause was assessed in either year."),
            remedy=t("Fill in the table reviews with the subject guideline_clause."),
        )
    return pd.DataFrame(lines)


def permanence(
    mandates: pd.DataFrame | None,
    reviews: pd.DataFrame | None,
    *,
    task_id: str,
    on: date | None = None,
) -> pd.DataFrame:
    """Whether the strategy is a permanent part of the city's structures. Serves draft:24.0.

    Parameters
    ----------
    mandates, reviews : DataFrame, optional
        The tables of these names.
    task_id : str
        The task in ``mandates`` that is to lead the city's safety work.
    on : date, optional
        The day of asking: a review date that has passed does not count.

    Returns
    -------
    DataFrame
        `item` (``legal act``, ``post``, ``budget line``, ``review date``), `there` (bool), `evidence` (the law, the
        organisation's code, the yearly amount, the date).
    """
    rows = pd.DataFrame() if mandates is None else mandates
    if len(rows):
        rows = rows[rows["task_id"].astype(str) == task_id]
    answers = rows[rows["part"] == "accountable"] if len(rows) else rows
    law = _first(answers, "legal_basis")
    post = _first(answers, "stakeholder_id") if len(answers) == 1 else ""
    money = answers["budget"].max() if len(answers) and "budget" in answers else 0
    day = _next_review(rows, reviews, on)
    found = {
        LEGAL_ACT: law,
        POST: post,
        BUDGET_LINE: "" if not money or pd.isna(money) else f"{money:g}",
        REVIEW_DATE: day,
    }
    return pd.DataFrame(
        [
            {"item": item, "there": bool(evidence), "evidence": evidence}
            for item, evidence in found.items()
        ]
    )


def amendments(feedback: pd.DataFrame) -> pd.DataFrame:
    """What residents propose to change in the Guidelines, gathered by clause. Serves draft:30b.

    Parameters
    ----------
    feedback : DataFrame
        `subject` (``guideline`` counts), `subject_id` (the clause, if it is named), `feedback`, `changed`.

    Returns
    -------
    DataFrame
        `clause_id` (empty if none was named), `proposal`, `n` (how many say so), `open` (how many wait for an answer),
        most often said first. Words of residents: for the city's own letter, after it has read them; the public report
        shows numbers only.
    """
    columns = ["subject", "subject_id", "feedback", "changed"]
    rows = feedback.reindex(columns=columns)
    rows = rows[rows["subject"] == "guideline"].copy()
    rows["clause_id"] = rows["subject_id"].astype("str").where(rows["subject_id"].notna(), "")  # fmt: skip
    rows["open"] = rows["changed"].eq("open").astype(int)
    grouped = rows.groupby(["clause_id", "feedback"], as_index=False)
    out = grouped.agg(n=("open", "size"), open=("open", "sum"))
    out = out.rename(columns={"feedback": "proposal"})
    return out.sort_values(
        ["n", "clause_id", "proposal"], ascending=[False, True, True], ignore_index=True
    )


def _of_clauses(reviews: pd.DataFrame, on: date | None) -> pd.DataFrame:
    words = ["clause_id", "status", "finding", "evidence", "owner"]
    dates = ["due_on", "done_on", "next_on"]
    rows = reviews.reindex(columns=["subject", *words, *dates])
    rows = rows[(rows["subject"] == "guideline_clause") & rows["clause_id"].notna()]
    rows = rows.copy()
    for column in words:
        rows[column] = rows[column].astype("str").where(rows[column].notna(), "")
    for column in dates:
        rows[column] = pd.to_datetime(rows[column])
    rows["status"] = rows["status"].mask(rows["status"] == "", NOT_ASSESSED)
    at = rows["done_on"].fillna(rows["due_on"])
    if on is not None:
        rows = rows[~(at > pd.Timestamp(on))]
    # What was done counts before what is only due; of several, the last.
    return rows.assign(_done=rows["done_on"].notna(), _at=at).sort_values(
        ["_done", "_at"], kind="stable", na_position="first"
    )


def _change(was: str, now: str) -> str:
    if was == NOT_ASSESSED:
        return NEW
    if now == NOT_ASSESSED:
        return DROPPED
    first, last = POINTS.get(was), POINTS.get(now)
    if first is None or last is None or first == last:
        return SAME
    return BETTER if last > first else WORSE


def _first(rows: pd.DataFrame, column: str) -> str:
    held = rows[column].dropna() if column in rows else []
    return str(held.iloc[0]) if len(held) else ""


def _next_review(
    mandates: pd.DataFrame, reviews: pd.DataFrame | None, on: date | None
) -> str:
    days = []
    if "review_on" in mandates:
        days += list(mandates["review_on"].dropna())
    if reviews is not None:
        rows = reviews[reviews["subject"] == "strategy"]
        rows = rows.reindex(columns=["due_on", "done_on", "next_on"])
        days += list(rows.loc[rows["done_on"].isna(), "due_on"].dropna())
        days += list(rows["next_on"].dropna())
    days = sorted(pd.Timestamp(d) for d in days)
    ahead = [d for d in days if on is None or d.date() >= on]
    return ahead[0].date().isoformat() if ahead else ""
