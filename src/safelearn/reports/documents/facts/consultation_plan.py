"""For the consultation plan: who came so far, beside who lives here."""

from __future__ import annotations

from typing import Any

from safelearn.city.contracts import labels
from safelearn.errors import Refused
from safelearn.language import listing, number, percent, t
from safelearn.reports.documents.facts.residents import shares
from safelearn.reports.documents.facts.saying import sure
from safelearn.reports.documents.registers import CHILDREN, Registers
from safelearn.stakeholders.inclusion import inclusion, took_part
from safelearn.stakeholders.participation import never_there


def facts(registers: Registers) -> dict[str, Any]:
    """Groups with their ratio, and those of which nobody came."""
    words = {c: t(w) for c, w in labels("participation", "group").items()}
    first = ["women", "youth", "older_persons", "persons_with_disabilities", "migrants"]
    out: dict[str, Any] = {"voices": [], "absent": "", "reason": ""}
    out["first"] = [words[group] for group in first]
    if not registers.has("participation"):
        return out
    record = registers.frame("participation")
    absent = never_there(record)
    out["absent"] = listing([words[group] for group in absent])
    if absent:
        out["first"] = [words[group] for group in absent[:8]]
    if not registers.has("population"):
        return out
    try:
        found = inclusion(took_part(record), shares(registers, also=[]))
    except Refused as refusal:
        return out | {"reason": str(refusal)}
    found = found[found["n"].notna()]
    shown = registers.protected(
        found[["n"]].rename(columns={"n": "participants"}),
        found["group"].isin(CHILDREN).to_numpy(),
    )["participants"]
    for row, n in zip(found.to_dict("records"), shown, strict=True):
        seen = n == number(row["n"])
        out["voices"].append(
            [
                words.get(row["group"], row["group"]),
                n,
                percent(row["share"]) if seen else n,
                percent(row["population_share"]),
                number(row["ratio"], 2) if seen else n,
                sure(row["lower"], row["upper"], 2) if seen else n,
            ]
        )
    return out
