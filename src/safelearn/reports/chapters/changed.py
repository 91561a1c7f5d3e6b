"""The chapter "What changed since the last report"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def changed(evidence: Evidence) -> Markup:
    """The section "What changed since the last report"; empty where there is nothing to say."""
    return Markup()
