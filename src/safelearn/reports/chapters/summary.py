"""The first page: five findings, what is not known, what to discuss next, and how to read the marks."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import t
from safelearn.reports.brief import meanings, unknown
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
    found = findings(evidence)
    return (
        heading("summary")
        + marks.findings(found)
        + Markup('<p class="meanings">{}</p>').format(" ".join(meanings(found)))
        + _unknown(evidence, found)
        + Markup('<div class="questions">{}</div>').format(table)
        + marks.key()
    )


def _unknown(evidence: Evidence, found: list[marks.Finding]) -> Markup:
    """What the report cannot say, before anybody asks; what stands among the findings is not said twice."""
    said = unknown(evidence, [row for row in found if row.level], most=3)
    items = Markup().join(Markup("<li>{}</li>").format(words) for words in said)
    return Markup('<div class="unknown"><h3>{}</h3><ul>{}</ul></div>').format(
        t("What is not known"), items
    )
