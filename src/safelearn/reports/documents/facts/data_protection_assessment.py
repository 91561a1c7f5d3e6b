"""For the impact assessment: who answers for the data, and for what they are kept."""

from __future__ import annotations

from typing import Any

from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Controller and purpose, as the city's settings have them."""
    processing = registers.settings.processing
    return {"controller": processing.controller, "purpose": processing.purpose}
