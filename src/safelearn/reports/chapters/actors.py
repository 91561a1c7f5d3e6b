"""Who acts for safety, who takes part and who is missing: what the registers may say. (draft:25(b))

The section of the diagnosis holds what a reader must know; the page of the template `stakeholders` holds the rest.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import day, t, tn
from safelearn.reports import actors_findings as said
from safelearn.reports.chapters import heard, tied
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading, prose


def actors(evidence: Evidence) -> Markup:
    """The section, or nothing where no table of it is there."""
    found = evidence.results.get("register")
    parts = [_register(found), heard.inclusion(evidence), _seats(evidence)]
    parts += [heard.young(evidence), tied.connect(evidence, 4)]
    if not any(parts):
        return Markup()
    lead = t(
        "Safety is made by many: offices, organisations and residents. This section says who is at the table, who "
        "connects the others, and who is missing. Organisations and roles stand here, and no person."
    )
    deeper = t(
        "The report on stakeholders goes deeper: `safelearn diagnose DIR --template stakeholders`."
    ).replace("`", "")
    return heading("actors", lead) + Markup().join([*parts, prose(deeper)])


def _register(found: dict | None) -> Markup:
    if found is None:
        return Markup()
    size = tn(
        "{n} organisation or role is in the register, as of {day}.",
        "{n} organisations and roles are in the register, as of {day}.",
        found["organisations"],
        day=day(found["as_of"]),
    )
    return prose(f"{size} {said.partners(found['lacking'])}")


def _seats(evidence: Evidence) -> Markup:
    table = evidence.tables.get("seat_shares")
    if table is None:
        return Markup()
    empty = heard.without_seat(table.frame)["group"]
    return prose(said.seats([heard.name_of(g) for g in empty]))
