"""The seats of each group beside its share of the residents (draft:26(f)(ii).4)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.language import NONE, number, percent
from safelearn.reports.documents.facts.residents import counted, shares
from safelearn.reports.documents.facts.wording import date_of, with_limits, word, words
from safelearn.reports.documents.registers import Registers
from safelearn.stakeholders.inclusion import (
    FEWER,
    NO_RECORD,
    PERHAPS,
    inclusion,
    seats,
)

_EMPTY = {
    "seats": [], "body": "", "held_on": "", "missing": "", "short": "", "unknown": "", "to_fill": [],
}  # fmt: skip


def facts(registers: Registers) -> dict[str, Any]:
    table = registers.frame("participation")
    held = seats(table)
    if not len(held) or not held["n"].sum() > 0:
        return _EMPTY | {"residents": _residents(registers)}
    known = shares(registers, also=list(held["group"]))
    found = inclusion(held, known, sample=False)
    none = found["n"].eq(0)
    fewer = found["found"].isin([FEWER, PERHAPS]) & ~none
    meeting = table[table["activity_id"].astype("str").isin(held["activity_id"])].iloc[
        0
    ]

    def groups(which: pd.Series) -> list[str]:
        return list(found.loc[which, "group"])

    unknown = found["found"].eq(NO_RECORD)
    return {
        "residents": {},
        "seats": [_line(row) for row in found[~unknown].to_dict("records")],
        "body": str(meeting["activity"]),
        "held_on": date_of(meeting["held_on"]),
        "missing": words("participation", "group", groups(none)),
        "short": words(
            "participation", "group", groups(found["found"].eq(FEWER) & ~none)
        ),
        "unknown": words("participation", "group", groups(unknown)),
        "to_fill": [word("participation", "group", g) for g in groups(none | fewer)],
    }


def _residents(registers: Registers) -> dict[str, str]:
    """Shares to hold seats against, where nobody wrote down the seats."""
    found = counted(registers)
    everyone = found.pop("everyone", 0.0)
    return {g: percent(n / everyone) for g, n in found.items()} if everyone else {}


def _line(row: dict[str, Any]) -> dict[str, str]:
    def share(value: float) -> str:
        return NONE if pd.isna(value) else percent(value)

    return {
        "group": word("participation", "group", row["group"]),
        "n": number(row["n"]),
        "share": share(row["share"]),
        "residents": share(row["population_share"]),
        "ratio": with_limits(row["ratio"], row["lower"], row["upper"]),
        "found": row["found"],
    }
