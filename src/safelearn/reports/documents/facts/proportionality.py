"""Whether enforcement falls on some groups more than their number explains (draft:26(f)(ii).8)."""

from __future__ import annotations

from typing import Any

from safelearn.evaluation.justice_scorecard import (
    ENFORCEMENT,
    EVERYONE,
    enforcement_equity,
)
from safelearn.reports.documents.facts.residents import counted
from safelearn.reports.documents.facts.wording import amount, with_limits, word, words
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    justice, residents = registers.frame("justice"), counted(registers)
    everyone = residents.pop(EVERYONE, 0.0)
    shares = {group: n / everyone for group, n in residents.items()} if everyone else {}
    least = registers.settings.disclosure.sensitive_threshold
    found = enforcement_equity(justice, shares, least=least)
    acted = justice[justice["measure"].isin(ENFORCEMENT)]
    groups = dict.fromkeys(acted["group"].dropna().astype("str"))
    return {
        "residents": [
            [word("justice", "group", group), amount(n)]
            for group, n in residents.items()
            if group not in ("children", "older_persons")
        ],
        "equity": [
            {
                "measure": word("justice", "measure", row["measure"]),
                "group": word("justice", "group", row["group"]),
                "period": row["period"],
                "ratio": with_limits(row["ratio"], row["lower"], row["upper"], 2),
                "finds": with_limits(
                    row["found"], row["found_lower"], row["found_upper"], 2
                ),
                "verdict": row["verdict"],
                "weaker": bool(row["found_upper"] < 1),
            }
            for row in found.to_dict("records")
        ],
        "no_residents": words(
            "justice", "group", [g for g in groups if g not in (*shares, EVERYONE)]
        ),
    }
