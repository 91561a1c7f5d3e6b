"""The page of the template `stakeholders`: who acts for safety, who takes part, who is missing. (draft:25(b))"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.city.contracts import contract
from safelearn.language import mark, t
from safelearn.reports.chapters.heard import heard
from safelearn.reports.chapters.registered import registered
from safelearn.reports.chapters.strong import strong
from safelearn.reports.chapters.tied import tied
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading
from safelearn.views import marks

#: What each table lets the page say.
SAYS = {
    "stakeholders": mark("who is there, which kinds of partner are not, and what is planned with whom."),
    "ties": mark("who stands between others, who stands alone, and which departments do not talk."),
    "participation": mark("who takes part compared with who lives here, and which promises were kept."),
    "decisions": mark("which decisions residents shaped, and which are to be looked at again."),
    "feedback": mark("what residents answered to findings, and what that changed."),
    "assets": mark("what each neighbourhood has to build on."),
    "initiatives": mark("what residents do themselves, and whom the city helps."),
}  # fmt: skip


def stakeholders(evidence: Evidence) -> Markup:
    """The sections of the page."""
    parts = [part(evidence) for part in (registered, tied, heard, strong)]
    return Markup().join([*parts, _missing(evidence)])


def _missing(evidence: Evidence) -> Markup:
    """A card for each table that is not there."""
    cards = []
    for name, says in SAYS.items():
        if evidence.has.get(name):
            continue
        table = contract(name)
        how = table["how_to_collect"]
        cards.append(
            marks.not_measured(
                t(table["title"]),
                t(table["description"]),
                t(how),
                t(says),
                t("Sheet `{table}` of city.xlsx", table=name).replace("`", ""),
                t("Guidelines {clause}", clause=table["clauses"][0]),
            )
        )
    if not cards:
        return Markup()
    lead = t(
        "A gap is a result. Each card says what is missing and the least that would close it."
    )
    return heading("missing", lead) + marks.cards(cards)
