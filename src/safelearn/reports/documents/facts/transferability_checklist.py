"""For the transferability checklist: its questions, those of the inventory of practices."""

from __future__ import annotations

from typing import Any

from safelearn.language import t
from safelearn.reports.documents.registers import Registers
from safelearn.strategy.practices import QUESTIONS


def facts(registers: Registers) -> dict[str, Any]:
    """The questions, in the reader's language."""
    return {"questions": [t(question) for question in QUESTIONS.values()]}
