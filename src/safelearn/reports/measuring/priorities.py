"""What each group asks for first, where they agree, and where need is greatest, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def priorities(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
