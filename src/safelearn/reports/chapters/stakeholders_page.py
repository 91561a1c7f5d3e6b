"""The page of the template `stakeholders`: who acts for safety, who takes part, who is missing. (draft:25(b))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def stakeholders(evidence: Evidence) -> Markup:
    """The sections of the page."""
    return Markup()
