"""For the checklist of victims' rights: legal aid asked for and given."""

from __future__ import annotations

from typing import Any

from safelearn.reports.documents.facts.processes import pairs
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Legal aid by period, the latest first."""
    return {"legal_aid": pairs(registers, "legal_aid_asked", "legal_aid_given")[:4]}
