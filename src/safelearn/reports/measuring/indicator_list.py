"""The catalogue of indicators computed for the city, with targets and former values, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def indicator_list(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
