"""For the record of restorative programmes: how many processes were begun and completed."""

from __future__ import annotations

from typing import Any

from safelearn.language import number, t
from safelearn.reports.documents.facts.processes import pairs
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Restorative processes and mediations by period, the latest first."""
    kinds = {
        t("Restorative process"): ("restorative_started", "restorative_completed"),
        t("Mediation"): ("mediations", "mediations_settled"),
    }
    lines = [
        [name, *line]
        for name, (begun, done) in kinds.items()
        for line in pairs(registers, begun, done)[:4]
    ]
    return {
        "processes": lines,
        "threshold": number(registers.settings.disclosure.threshold),
    }
