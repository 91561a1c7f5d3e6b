"""The chapter "Groups"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def groups(evidence: Evidence) -> Markup:
    """The section "Groups"; empty where there is nothing to say."""
    return Markup()
