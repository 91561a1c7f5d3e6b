"""The chapter "Places and mobility"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def places(evidence: Evidence) -> Markup:
    """The section "Places and mobility"; empty where there is nothing to say."""
    return Markup()
