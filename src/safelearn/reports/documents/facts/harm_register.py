"""For the harm register: which open harms come first."""

from __future__ import annotations

from typing import Any

from safelearn.language import number, t
from safelearn.reports.documents.registers import Registers

#: Likelihood times severity from which a harm is talked about at every meeting, and a severity that is so by itself.
GRAVE, SEVERE = 12, 5


def facts(registers: Registers) -> dict[str, Any]:
    """Open harms that are grave, or that nobody does anything about."""
    harms = registers.frame("harms")
    open_ones = harms[harms["status"] == "open"]
    weight = open_ones["likelihood"] * open_ones["severity"]
    grave = open_ones[(weight >= GRAVE) | (open_ones["severity"] >= SEVERE)]
    untended = open_ones[open_ones["mitigation"].isna() | open_ones["owner"].isna()]
    said = [
        t(
            "{code} is grave (likelihood {likelihood}, severity {severity}) and open.",
            code=row.harm_id,
            likelihood=number(row.likelihood),
            severity=number(row.severity),
        )
        for row in grave.itertuples()
    ]
    said += [
        t("{code} has nobody who answers for it, or nothing is done.", code=code)
        for code in untended["harm_id"]
    ]
    return {"first": said}
