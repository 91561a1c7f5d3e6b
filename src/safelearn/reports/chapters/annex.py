"""The chapter "Annex"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def annex(evidence: Evidence) -> Markup:
    """The section "Annex"; empty where there is nothing to say."""
    return Markup()
