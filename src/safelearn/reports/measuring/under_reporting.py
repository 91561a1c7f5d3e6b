"""What police never hear: reporting rates and recorded offences beside those the survey estimates, released."""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def under_reporting(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
