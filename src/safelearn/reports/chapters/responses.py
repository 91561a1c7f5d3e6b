"""What has been done so far, at what cost and with what result. (draft:25(c))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def responses(evidence: Evidence) -> Markup:
    """The section, or nothing where no table of it is there."""
    return Markup()
