"""The first page: five findings, what to discuss next, and how to read the marks."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import t
from safelearn.reports.conclusions import findings, priorities
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading
from safelearn.views import marks, tables


def summary(evidence: Evidence) -> Markup:
    """The section "Summary"."""
    rows = [
        [p.what, p.evidence, marks.certainty(p.level), p.who, p.step]
        for p in priorities(evidence)
    ]
    heads = [
        t("To discuss"),
        t("Evidence"),
        t("How sure"),
        t("Who decides"),
        t("First step"),
    ]
    table = tables.text_table(
        heads,
        rows,
        caption=t("Questions for the people of the city"),
        label=evidence.next_table(),
        note=t(
            "The order follows the findings, not importance. What comes first is for residents and "
            "their council to rank."
        ),
        stack=True,
    )
    return heading("summary") + marks.findings(findings(evidence)) + table + marks.key()
