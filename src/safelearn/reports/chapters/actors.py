"""Who acts for safety, who takes part and who is missing: what the registers may say. (draft:25(b))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def actors(evidence: Evidence) -> Markup:
    """The section, or nothing where no table of it is there."""
    return Markup()
