"""What the city has written down about harm, technology, reviews, decisions and tasks, released.

Registers hold organisations and roles and never a person, which disclosure control checks once more. What residents
said in the feedback round stays in the folder: how many answers led to a change is released, their words are not.
"""

from __future__ import annotations

import pandas as pd

from safelearn.language import t
from safelearn.reports.measuring.scope import Scope

HARM = [
    "subject",
    "harm",
    "group",
    "likelihood",
    "severity",
    "mitigation",
    "owner",
    "status",
    "reviewed_on",
]
TECHNOLOGY = [
    "system", "type", "purpose", "held_by", "legal_basis", "data_kept", "retention_days", "access",
    "impact_assessed", "algorithm_card", "error_by_group", "redress", "review_on",
]  # fmt: skip
REVIEWS = [
    "subject",
    "title",
    "clause_id",
    "owner",
    "due_on",
    "done_on",
    "status",
    "finding",
]
DECISIONS = [
    "phase",
    "question",
    "decision",
    "decided_by",
    "group_involved",
    "influence",
    "changed",
    "dissent",
    "decided_on",
]


def registers(scope: Scope) -> None:
    """Let out what may be shown."""
    for part in (_harms, _technology, _reviews, _decisions, _feedback, _tasks):
        part(scope)


def _harms(scope: Scope) -> None:
    table = scope.table("harms")
    if table is not None and len(table):
        _show(
            scope,
            "harm_register",
            table,
            "harm_id",
            HARM,
            t("Harm that safety work can do"),
        )


def _technology(scope: Scope) -> None:
    table = scope.table("technology")
    if table is None or not len(table):
        return
    table = table.rename(columns={"name": "system"}).assign(
        held_by=organisations(scope, table["stakeholder_id"])
    )
    _show(
        scope,
        "technology_register",
        table,
        "technology_id",
        TECHNOLOGY,
        t("Systems that watch, sort or decide"),
    )


def _reviews(scope: Scope) -> None:
    table = scope.table("reviews")
    if table is not None and len(table):
        _show(
            scope,
            "reviews",
            table,
            "review_id",
            REVIEWS,
            t("What was reviewed, and what is due"),
        )


def _decisions(scope: Scope) -> None:
    table = scope.table("decisions")
    if table is not None and len(table):
        _show(
            scope,
            "decisions",
            table,
            "decision_id",
            DECISIONS,
            t("Who decided what with whom"),
        )


def _feedback(scope: Scope) -> None:
    """How many answers of residents changed something (draft:15.2)."""
    table = scope.table("feedback")
    if table is None or not len(table):
        return
    counted = table.groupby(table["changed"].astype(str)).size().rename("n")
    every = [c for c in ("yes", "partly", "no", "open") if c in counted.index]
    # What the city did with answers says nothing about those who gave them: small numbers stay.
    scope.release.approve(
        "feedback",
        counted.reindex(every).rename_axis("changed").reset_index(),
        keys=["changed"],
        measures=["n"],
        derived={},
        title=t("What became of residents' answers"),
        police=False,
    )
    scope.release.results["feedback_answers"] = len(table)


def _tasks(scope: Scope) -> None:
    """Each task with those who answer for it and those who do it (draft:24(a) and draft:25(d).0 lead to it)."""
    table = scope.table("mandates")
    if table is None or not len(table):
        return
    table = table.assign(who=organisations(scope, table["stakeholder_id"]))
    lines = []
    for task_id, rows in table.groupby("task_id", sort=True):
        parts = {
            part: ", ".join(rows.loc[rows["part"] == part, "who"])
            for part in ("accountable", "responsible")
        }
        funded = rows.loc[rows["part"].isin(parts), "funded"].dropna().unique()
        lines.append(
            {
                "task_id": task_id,
                "task": rows["task"].iloc[0],
                **parts,
                "funded": funded[0] if len(funded) == 1 else "partly",
            }
        )
    _show(
        scope, "tasks", pd.DataFrame(lines), "task_id",
        ["task", "accountable", "responsible", "funded"], t("Who answers for which task"),
    )  # fmt: skip


def organisations(scope: Scope, codes: pd.Series) -> pd.Series:
    """The names of organisations, or their codes where the register is not there."""
    register = scope.table("stakeholders")
    if register is None:
        return codes.astype("str").fillna("")
    name = dict(
        zip(
            register["stakeholder_id"].astype(str),
            register["name"].astype(str),
            strict=True,
        )
    )
    return codes.astype("str").map(lambda c: name.get(c, c)).fillna("")


def _show(
    scope: Scope,
    name: str,
    table: pd.DataFrame,
    key: str,
    measures: list[str],
    title: str,
) -> None:
    held = [c for c in measures if c in table]
    frame = table[[key, *held]].copy()
    for column in held:
        if pd.api.types.is_datetime64_any_dtype(frame[column]):
            frame[column] = frame[column].dt.strftime("%Y-%m-%d")
        if not pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = frame[column].astype("str").fillna("")
    scope.release.approve(
        name, frame, keys=[key], measures=held, derived={}, title=title, police=False
    )
