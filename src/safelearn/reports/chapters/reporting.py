"""The chapter "What police never hear"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def reporting(evidence: Evidence) -> Markup:
    """The section "What police never hear"; empty where there is nothing to say."""
    return Markup()
