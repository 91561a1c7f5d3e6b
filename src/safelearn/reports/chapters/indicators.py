"""The chapter "Indicators and targets"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def indicators(evidence: Evidence) -> Markup:
    """The section "Indicators and targets"; empty where there is nothing to say."""
    return Markup()
