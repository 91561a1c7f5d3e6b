"""What could be done next, why it should work and how it will be judged. (draft:25(m))"""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def options(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
