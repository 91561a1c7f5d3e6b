"""For the agreement on data: what the city's settings say already."""

from __future__ import annotations

from typing import Any

from safelearn.language import day, number
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Legal basis, date of deletion and the smallest counts that are shown."""
    settings = registers.settings
    return {
        "legal_basis": settings.processing.legal_basis,
        "retention": day(settings.retention) if settings.retention else "",
        "threshold": number(settings.disclosure.threshold),
        "sensitive": number(settings.disclosure.sensitive_threshold),
    }
