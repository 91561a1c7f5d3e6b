"""Who was heard while a strategy or by-law was designed, and who was not (draft:26(f)(ii).1)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.language import number, t
from safelearn.reports.documents.facts.wording import word, words
from safelearn.reports.documents.registers import Registers
from safelearn.stakeholders.participation import NAMED, PHASES, phases
from safelearn.strategy.visions import rights


def facts(registers: Registers) -> dict[str, Any]:
    said = {
        "rights": [
            {"name": t(one.name), "question": t(one.question), "source": one.source}
            for one in rights()
        ],
        "heard": [],
        "unheard": "",
    }
    rows = registers.frame("participation")
    rows = rows[rows["phase"].isin(PHASES)]
    return said | _heard(rows) if len(rows) else said


def _heard(rows: pd.DataFrame) -> dict[str, Any]:
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
