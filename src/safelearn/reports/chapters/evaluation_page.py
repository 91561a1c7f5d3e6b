"""The page of the template `evaluation`: what changed, where it moved, how sure, at what cost. (draft:25(g))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def evaluation(evidence: Evidence) -> Markup:
    """The sections of the page."""
    return Markup()
