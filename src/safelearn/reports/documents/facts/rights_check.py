"""Who was heard while a strategy or by-law was designed, and who was not (draft:26(f)(ii).1)."""

from __future__ import annotations

from typing import Any

from safelearn.language import number
from safelearn.reports.documents.facts.wording import word, words
from safelearn.reports.documents.registers import Registers
from safelearn.stakeholders.participation import NAMED, PHASES, phases


def facts(registers: Registers) -> dict[str, Any]:
    rows = registers.frame("participation")
    rows = rows[rows["phase"].isin(PHASES)]
    if not len(rows):
        return {"heard": [], "unheard": ""}
    there = rows[(rows["phase"] == "design") & (rows["participants"].fillna(1) > 0)]
    meetings = there.groupby(there["group"].astype("str"))["activity_id"].nunique()
    reached = phases(rows).set_index("group")["design"]
    return {
        "heard": [
            [
                word("participation", "group", group),
                number(int(n)),
                word("participation", "actual_level", reached[group]),
            ]
            for group, n in meetings.items()
        ],
        "unheard": words(
            "participation", "group", [g for g in NAMED if g not in meetings.index]
        ),
    }
