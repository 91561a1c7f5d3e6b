"""What goes together with harm and what protects, at the lowest unit, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def causes(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
