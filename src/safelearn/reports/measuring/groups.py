"""What each group lives through, from survey, audits and what people said, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def groups(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
