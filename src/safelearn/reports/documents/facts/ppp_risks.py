"""Which lines for safety private partners pay today (draft:26(f)(iii).3)."""

from __future__ import annotations

from typing import Any

from safelearn.reports.documents.facts.wording import amount, text, word
from safelearn.reports.documents.registers import Registers

OF_PARTNERS = ("partnership", "donation")


def facts(registers: Registers) -> dict[str, Any]:
    budget = registers.frame("budget")
    rows = budget[
        (budget["year"] == budget["year"].max()) & budget["funding"].isin(OF_PARTNERS)
    ]
    return {
        "partners": [
            [
                str(row["line_id"]),
                text(row["department"]),
                word("budget", "purpose", row["purpose"]),
                amount(row["approved"]),
            ]
            for row in rows.to_dict("records")
        ]
    }
