"""Who acts for safety, who takes part and who is missing: what the registers may say. (draft:25(b))"""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def actors(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
