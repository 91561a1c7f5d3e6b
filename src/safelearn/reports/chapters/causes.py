"""The chapter "Causes, risks and what protects"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def causes(evidence: Evidence) -> Markup:
    """The section "Causes, risks and what protects"; empty where there is nothing to say."""
    return Markup()
