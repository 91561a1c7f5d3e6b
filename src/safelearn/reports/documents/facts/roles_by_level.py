"""Each task with who carries it at which level, and what has to be mended (draft:26(f)(ii).3)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.language import NONE, listing, number
from safelearn.reports.documents.facts.wording import word
from safelearn.reports.documents.registers import Registers
from safelearn.strategy.roles import (
    ACCOUNTABLE,
    CARRIES,
    CONSULTED,
    LEVELS,
    RESPONSIBLE,
    by_level,
    raci,
)


def facts(registers: Registers) -> dict[str, Any]:
    mandates = registers.frame("mandates")
    if not len(mandates):
        return {"tasks": [], "levels": [], "mend": []}
    names = registers.names("stakeholder_id")
    found = raci(mandates)
    return {
        "tasks": [
            _task(
                task_id, mandates[mandates["task_id"].astype("str") == task_id], names
            )
            for task_id in found["task_id"]
        ],
        "levels": _levels(by_level(mandates)),
        "mend": [
            {"task": line["task"], "faults": line["faults"]}
            for line in found.to_dict("records")
            if line["faults"]
        ],
    }


def _task(task_id: str, rows: pd.DataFrame, names: dict[str, str]) -> list[str]:
    def who(part: str) -> str:
        codes = rows.loc[rows["part"] == part, "stakeholder_id"].astype("str")
        return listing([names.get(c, c) for c in dict.fromkeys(codes)]) or NONE

    carried = rows[rows["part"].isin(CARRIES)]
    laws = list(dict.fromkeys(carried["legal_basis"].dropna().astype("str")))
    money = set(carried["funded"].dropna().astype("str")) or {"unknown"}
    funded = money.pop() if len(money) == 1 else "partly"
    return [
        str(rows["task"].iloc[0]),
        who(ACCOUNTABLE),
        who(RESPONSIBLE),
        who(CONSULTED),
        "; ".join(laws) or NONE,
        word("mandates", "funded", funded),
    ]


def _levels(matrix: pd.DataFrame) -> list[list[str]]:
    lines = []
    for level in (x for x in LEVELS if x in set(matrix["level"])):
        here = matrix[matrix["level"] == level]
        answers = here["function"].map(lambda held: ACCOUNTABLE in held)
        does = here["function"].map(lambda held: RESPONSIBLE in held)
        carries = answers | does
        counts = (
            answers.sum(),
            does.sum(),
            (~carries).sum(),
            (carries & (here["mandate"] == "yes")).sum(),
            (carries & (here["funded"] == "yes")).sum(),
        )
        lines.append(
            [word("mandates", "level", level), *(number(int(n)) for n in counts)]
        )
    return lines
