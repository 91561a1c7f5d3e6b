"""For the small grants: what community groups asked for and got."""

from __future__ import annotations

from typing import Any

from safelearn.language import number
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Sums over the groups on record; none if they are in several currencies."""
    if not registers.has("initiatives"):
        return {"asked": ""}
    rows = registers.frame("initiatives").dropna(subset=["grant_asked"])
    currencies = rows["currency"].dropna().unique()
    if not len(rows) or len(currencies) != 1:
        return {"asked": ""}
    return {
        "number": number(len(rows)),
        "asked": number(rows["grant_asked"].sum()),
        "given": number(rows["grant_given"].sum()),
        "currency": currencies[0],
    }
