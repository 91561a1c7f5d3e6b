"""Clauses that the city found met in part or not at all, and what residents said of them (draft:30b)."""

from __future__ import annotations

from typing import Any

from safelearn.errors import SafelearnError
from safelearn.guidelines.clauses import clause
from safelearn.language import NONE
from safelearn.reports.documents.facts.wording import date_of, text, word
from safelearn.reports.documents.registers import Registers

OPEN = ("partly", "not_started")


def facts(registers: Registers) -> dict[str, Any]:
    reviews = registers.frame("reviews")
    rows = reviews[
        (reviews["subject"].astype("str") == "guideline_clause")
        & reviews["status"].isin(OPEN)
    ]
    said = registers.frame("feedback")
    said = said[said["subject"].astype("str") == "guideline"]
    return {
        "country": registers.settings.country,
        "clauses": [
            [
                str(row["clause_id"]).removeprefix("draft:"),
                _asks(str(row["clause_id"])),
                word("reviews", "status", row["status"]),
                text(row["finding"]),
            ]
            for row in rows.to_dict("records")
        ],
        "said": [
            [date_of(row["received_on"]), text(row["feedback"]), text(row["answer"])]
            for row in said.sort_values("received_on").to_dict("records")
        ],
    }


def _asks(clause_id: str) -> str:
    try:
        return clause(clause_id).text
    except SafelearnError:
        return NONE
