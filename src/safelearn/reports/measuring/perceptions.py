"""How safe people feel, what they avoid and whom they trust, from the survey, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def perceptions(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
