"""The scorecard of stops, force, complaints and mediation, and what is not split by group (draft:26(f)(ii).7)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.evaluation.justice_scorecard import (
    ALL,
    EVERYONE,
    LINES,
    SHARE,
    scorecard,
)
from safelearn.language import NONE, number, t
from safelearn.reports.documents.facts.residents import counted
from safelearn.reports.documents.facts.wording import with_limits, word, words
from safelearn.reports.documents.registers import Registers

#: Lines of the scorecard that speak of policing and mediation of space.
SHOWN = (
    "stops",
    "stops_with_result",
    "force",
    "complaints",
    "complaints_upheld",
    "mediation",
)
#: What has to be known by group.
SPLIT = ("stops", "force_used", "complaints", "mediations")


def facts(registers: Registers) -> dict[str, Any]:
    justice, limits = registers.frame("justice"), registers.settings.disclosure
    everyone = counted(registers).get("everyone")
    card = scorecard(justice, residents=everyone, least=limits.sensitive_threshold)
    lines = {line.name: line for line in LINES}
    rows = [
        {
            "figure": t(lines[row["line"]].words),
            "group": word("justice", "group", row["group"]),
            "period": row["period"],
            "now": _value(row, "", lines[row["line"]].kind),
            "before": _value(row, "_before", lines[row["line"]].kind),
            "caution": t(lines[row["line"]].caution),
        }
        for row in card.to_dict("records")
        if row["line"] in SHOWN
    ]
    return {
        "card": rows,
        "not_split": words("justice", "measure", _not_split(justice)),
        "threshold": number(limits.threshold),
    }


def _value(row: dict[str, Any], when: str, kind: str) -> str:
    """A share in per cent, a rate as it is, with the interval."""
    value = row[f"value{when}"]
    if pd.isna(value):
        return NONE
    scale = 100 if kind == SHARE else 1
    figures = (scale * row[f"{end}{when}"] for end in ("value", "lower", "upper"))
    said = with_limits(*figures)
    return f"{row[f'period{when}']}: {said}" if when else said


def _not_split(justice: pd.DataFrame) -> list[str]:
    """Figures that are there for everybody only."""
    out = []
    for measure in SPLIT:
        here = justice[justice["measure"].astype("str") == measure]
        group = here["group"].astype("object").fillna(EVERYONE) == EVERYONE
        sex = here["sex"].astype("object").fillna(ALL) == ALL
        if len(here) and (group & sex).all():
            out.append(measure)
    return out
