"""Where offences gather on a fine grid, over years, and whether they repeat near each other, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def hot_spots(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
