"""The chapter "Harm and ethics"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def harm(evidence: Evidence) -> Markup:
    """The section "Harm and ethics"; empty where there is nothing to say."""
    return Markup()
