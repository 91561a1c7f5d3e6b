"""What could be done next, why it should work and how it will be judged. (draft:25(m))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.reports.evidence import Evidence


def options(evidence: Evidence) -> Markup:
    """The section, or nothing where no table of it is there."""
    return Markup()
