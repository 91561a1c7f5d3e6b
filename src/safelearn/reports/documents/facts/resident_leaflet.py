"""For the leaflet: what may be announced, and what residents changed."""

from __future__ import annotations

from typing import Any

from safelearn.reports.documents.registers import Registers
from safelearn.strategy.screening import screen

#: A leaflet is one page.
MOST = 6


def facts(registers: Registers) -> dict[str, Any]:
    """Names of measures that passed the screen for rights, and answers to what residents said."""
    out: dict[str, Any] = {"measures": [], "changes": []}
    if registers.has("measures"):
        measures = registers.frame("measures")
        harms = registers.frame("harms") if registers.has("harms") else None
        passed = screen(measures, harms).cleared
        live = measures["status"].isin(["planned", "running"])
        names = measures.loc[live & measures["measure_id"].isin(passed), "name"]
        out["measures"] = list(names)[:MOST]
    if registers.has("feedback"):
        feedback = registers.frame("feedback")
        changed = feedback[feedback["changed"].isin(["yes", "partly"])]
        out["changes"] = list(dict.fromkeys(changed["answer"].dropna()))[:MOST]
    return out
