"""Within "Places and mobility": what lies within a walk, open space a head, and whether people live apart."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.guidelines import catalogue
from safelearn.language import number, percent, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.reach import KINDS
from safelearn.reports.page import figure, not_carried, prose
from safelearn.views import maps, marks, tables

#: The kind that is drawn on the map.
MAPPED = "open_space"


def section(evidence: Evidence) -> Markup:
    """Access, open space and segregation (draft:26(f)(i).1, .3, .4 and .6); empty without their tables."""
    return Markup().join(
        [_walks(evidence), _map(evidence), _open_space(evidence), _apart(evidence)]
    )


def _walks(evidence: Evidence) -> Markup:
    """Who has what within a walk (draft:26(f)(i).4, draft:26(f)(i).6)."""
    if not_carried(evidence, "access"):
        return marks.refusal(
            t("What lies within a walk."), not_carried(evidence, "access")
        )
    table = evidence.tables.get("access")
    said = _by_office(evidence)
    office = prose(said) if said else Markup()
    if table is None:
        return office
    names = {kind.key: t(kind.english) for kind in KINDS}
    columns = [
        tables.Column(t("Within a walk"), "kind", words=names),
        tables.Column(t("Metres"), "metres", "count"),
        tables.Column(t("Residents"), "value", "share"),
        tables.Column(t("At least and at most"), ("lower", "upper"), "share"),
        tables.Column(t("Places"), "places", "count"),
    ]
    note = t(
        "Straight lines, which are shorter than any walk, and residents spread evenly over their area: nothing "
        "finer is known. At least and at most: what it would be wherever in their areas people live. Shelters and "
        "other confidential services are left out."
    )
    return office + tables.table(
        table,
        columns,
        caption=t("Residents who have a place or a service within a walk"),
        label=evidence.next_table(),
        note=note,
    )


def _by_office(evidence: Evidence) -> str:
    found = evidence.results.get("transport_access")
    if found is None:
        return ""
    return t(
        "Public transport: {share} of residents have a stop within a walk, from {least} to {most} by area ({source}, "
        "{period}). The city's own list of stops would let this report say where.",
        share=percent(found["value"]),
        least=percent(found["least"]),
        most=percent(found["most"]),
        source=found["source"],
        period=found["period"],
    )


def _map(evidence: Evidence) -> Markup:
    table = evidence.tables.get("access_by_area")
    if table is None or evidence.boundaries is None:
        return Markup()
    mapped = table.where(kind=MAPPED)
    if not len(mapped):
        return Markup()
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Residents within a walk"), "value", "share"),
    ]
    return figure(
        evidence,
        maps.single(
            mapped,
            evidence.shapes,
            value="percent",
            unit=t("Residents within 400 m of an open public space, in 100"),
            limits=[20, 40, 60, 80],
        ),
        title=evidence.sentences["access"],
        source="spaces",
        unit=t(
            "Share of residents within 400 m of a public space that is open to all, by area. Light: few residents have "
            "one near. North is up."
        ),
        period="",
        n=t("{n} areas", n=number(len(mapped))),
        denominator=t("residents, spread evenly over each area"),
        numbers=tables.table(
            mapped,
            columns,
            caption=t("Residents within 400 m of an open public space, by area"),
            stack=False,
        ),
    )


def _open_space(evidence: Evidence) -> Markup:
    """Open space a head and how evenly it is shared (draft:26(f)(i).3)."""
    if not_carried(evidence, "open_space"):
        return marks.refusal(
            t("Open space a head."), not_carried(evidence, "open_space")
        )
    found = evidence.results.get("open_space")
    if found is None:
        return Markup()
    said = [
        t(
            "{finding}: Gini's coefficient among residents is {gini}, where 0 would be the same for everybody. {none} "
            "of residents live in an area without any.",
            finding=evidence.sentences["open_space"],
            gini=number(found["gini"], 2),
            none=percent(found["without"]),
        )
    ]
    if "share" in found:
        said.append(
            t(
                "Open spaces take {share} of the city's ground. Indicator 11.7.1 also counts streets and only built-up "
                "ground, so this is its lower limit.",
                share=percent(found["share"], 1),
            )
        )
    return prose(*said)


def _apart(evidence: Evidence) -> Markup:
    """Social mix: how far apart groups live, and what it is not for (draft:26(f)(i).1)."""
    table = evidence.tables.get("segregation")
    if table is None:
        return Markup()
    names = {one.id: one.name for one in catalogue.indicators()}
    names["65+"] = t("Residents of 65 and older")
    columns = [
        tables.Column(t("Who"), "group", words=names),
        tables.Column(t("Share of everybody"), "share", "share"),
        tables.Column(t("Would have to live elsewhere"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("By chance alone"), "by_chance", "share"),
        tables.Column(
            t("Share where their average member lives"), "isolation", "share"
        ),
    ]
    caution = t(
        "It is a reason to bring homes, schools, work and services of many kinds to every area. It is no reason to "
        "move anybody: renewal that drives people out mixes nothing."
    )
    return prose(evidence.sentences["segregation"] + ".", caution) + tables.table(
        table,
        columns,
        caption=t("How far apart people live, by area"),
        label=evidence.next_table(),
        note=t(
            "Index of dissimilarity, with what chance alone would give for areas of this size, and isolation. "
            "Origin, disability and indigenous identity are never counted by area."
        ),
    )
