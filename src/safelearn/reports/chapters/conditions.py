"""How people live in different parts of the city, and whether informal settlements are counted: parts of "The city"."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.guidelines.catalogue import indicators
from safelearn.language import number, t
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.views import tables


def conditions(evidence: Evidence) -> Markup:
    """Housing, work and services: the city, and how far its areas lie apart (draft:5.2)."""
    spread = evidence.tables.get("spread_of_conditions")
    every = evidence.tables.get("conditions_by_area")
    if every is None:
        return Markup()
    names = {i.id: i.name for i in indicators()}
    folded = Markup(
        '<details class="numbers"><summary>{}</summary>{}</details>'
    ).format(
        t("Housing, work and services by area"),
        tables.table(
            every,
            [
                tables.Column(t("Code"), "area_id"),
                tables.Column(t("Area"), "area_name"),
                tables.Column(t("Indicator"), "indicator_id", words=names),
                tables.Column(t("People"), "n", "count"),
                tables.Column(t("Share"), "share", "share"),
            ],
            caption=t("Housing, work and services by area"),
            stack=False,
        ),
    )
    if spread is None:
        return folded
    columns = [
        tables.Column(t("Indicator"), "indicator_id", words=names),
        tables.Column(t("Period"), "period"),
        tables.Column(t("City"), "city", "share"),
        tables.Column(t("A tenth of the areas has at most"), "tenth", "share"),
        tables.Column(t("Middle area"), "middle", "share"),
        tables.Column(t("A tenth of the areas has at least"), "ninety", "share"),
    ]
    shown = tables.table(
        spread, columns, caption=evidence.sentences["conditions"], label=evidence.next_table(),
        note=t(
            "Source: {source}. The further the two tenths lie apart, the more unequal the areas. No area is named; "
            "all stand below in order of code.",
            source=evidence.source("statistics"),
        ),
    )  # fmt: skip
    return shown + folded


def settlements(evidence: Evidence) -> Markup:
    """Areas and residents by settlement, and which have no figure (draft:15.3, draft:16.1)."""
    table = evidence.tables.get("settlements")
    if table is None:
        return Markup()
    columns = [
        tables.Column(
            t("Settlement"), "settlement", words=words("areas", "settlement")
        ),
        tables.Column(t("Areas"), "areas", "count"),
        tables.Column(t("Areas without a figure of residents"), "without", "count"),
        tables.Column(t("Residents"), "population", "count"),
    ]
    without = int(table.frame["without"].sum())
    note = (
        t("Every area of the city is in this report; each has a figure of residents.")
        if not without
        else t(
            "Every area of the city is in this report; {n} have no figure of residents.",
            n=number(without),
        )
    )
    return tables.table(
        table,
        columns,
        caption=t("Areas and residents by settlement"),
        label=evidence.next_table(),
        note=note,
    )
