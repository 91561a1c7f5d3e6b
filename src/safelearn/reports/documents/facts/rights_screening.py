"""For the rights screening: the questions, and which measures have passed."""

from __future__ import annotations

from typing import Any

from safelearn.language import NONE, listing, number, t
from safelearn.reports.documents.registers import Registers
from safelearn.strategy.screening import (
    HAPPENED,
    RIGHTS,
    UNANSWERED,
    UNTENDED,
    screen,
)


def facts(registers: Registers) -> dict[str, Any]:
    """The screen of each measure; which of them keep the strategy back."""
    out: dict[str, Any] = {"questions": [t(question) for question in RIGHTS]}
    if not registers.has("measures"):
        return out | {"measures": [], "held": ""}
    harms = registers.frame("harms") if registers.has("harms") else None
    found = screen(registers.frame("measures"), harms).measures
    why = {
        UNANSWERED: t("the checklist is not answered"),
        UNTENDED: t("nobody answers for a known harm"),
        HAPPENED: t("a harm has happened and is not dealt with"),
        "": NONE,
    }
    held = found[found["held_back"] != ""]
    out["held"] = listing(list(held["name"]))
    out["measures"] = [
        [
            row.name,
            t("yes") if row.answered else t("no"),
            number(row.harms),
            number(row.open),
            why[row.held_back],
        ]
        for row in found.itertuples(index=False)
    ]
    return out
