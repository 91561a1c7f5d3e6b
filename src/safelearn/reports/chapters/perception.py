"""The chapter "How safe people feel"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def perception(evidence: Evidence) -> Markup:
    """The section "How safe people feel"; empty where there is nothing to say."""
    return Markup()
