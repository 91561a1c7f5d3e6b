"""How places work: audits, lighting, open space, services within walking distance, streets, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def spaces(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
