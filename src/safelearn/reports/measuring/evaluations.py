"""What each intervention changed, released. (draft:25(g))"""

from __future__ import annotations

from safelearn.reports.measuring.scope import Scope


def evaluations(scope: Scope) -> None:
    """Measure the interventions of the table; silent where it is missing."""
