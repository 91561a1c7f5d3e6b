"""What has been done so far, at what cost and with what result. (draft:25(c))"""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def responses(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
