"""The chapter "Priorities"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def priorities(evidence: Evidence) -> Markup:
    """The section "Priorities"; empty where there is nothing to say."""
    return Markup()
