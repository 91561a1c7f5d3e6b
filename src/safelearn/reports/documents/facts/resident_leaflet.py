"""For the leaflet: what may be announced, and what residents changed."""

from __future__ import annotations

from typing import Any

from safelearn.reports.documents.registers import Registers
from safelearn.strategy.screening import screen

#: A leaflet is one page.
MOST = 4


def facts(registers: Registers) -> dict[str, Any]:
    """Measures that passed the screen for rights, and the latest decisions in which residents had a real part."""
    out: dict[str, Any] = {"measures": [], "changes": []}
    if registers.has("measures"):
        measures = registers.frame("measures")
        harms = registers.frame("harms") if registers.has("harms") else None
        passed = screen(measures, harms).cleared
        live = measures["status"].isin(["planned", "running"])
        names = measures.loc[live & measures["measure_id"].isin(passed), "name"]
        out["measures"] = list(names)[:MOST]
    if registers.has("decisions"):
        decisions = registers.frame("decisions")
        heard = decisions["influence"].isin(["involve", "collaborate", "empower"])
        asked = decisions[heard & decisions["question"].notna()]
        asked = asked.sort_values("decided_on", ascending=False, kind="stable")
        for row in asked.head(MOST).itertuples():
            out["changes"].append(f"{row.question}: {row.decision}")
    return out
