"""Where offences are recorded: smoothed and raw rates by area, the areas that differ, concentration."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import lower_first, number, t, tn
from safelearn.reports.chapters.hot_spots import alike, hot_spots, near_repeats
from safelearn.reports.evidence import Evidence
from safelearn.reports.names import offence_name
from safelearn.reports.page import figure, heading, located_share, prose
from safelearn.views import charts, maps, marks, tables


def where(evidence: Evidence) -> Markup:
    """The section "Where"."""
    if evidence.period is None:
        return Markup()
    lead = t(
        "A rate from few events jumps by chance. The smoothed rate leans each area towards the city's "
        "rate, the more so the fewer its residents (empirical Bayes). Read differences there, and check "
        "them against the raw rate."
    )
    parts = [heading("where", lead), prose(_use(), _left_out())]
    refused = evidence.refused("rates_by_area")
    if refused:
        parts.append(marks.refusal(t("Rates by area."), refused))
    for i, offence in enumerate(evidence.results.get("mapped", [])):
        if evidence.boundaries is not None:
            parts.append(_maps(evidence, offence, interactive=i == 0))
        if i == 0:
            parts.append(_ranges(evidence, offence))
    parts += [alike(evidence), _concentration(evidence), _districts(evidence)]
    parts += [hot_spots(evidence), near_repeats(evidence)]
    return Markup().join(parts)


def _use() -> str:
    return t(
        "These pages are for prevention and services in the areas where people need them. They are not "
        "for planning patrols or stops, for evictions, lending or insurance."
    )


def _left_out() -> str:
    return t(
        "Sexual and domestic violence is not in the figures by area: it is shown by district only, so "
        "that nobody can be recognised."
    )


def _maps(evidence: Evidence, offence: str, *, interactive: bool) -> Markup:
    table = evidence.tables["smoothed_rates_by_area"].where(offence=offence)
    unit = t("Per 100,000 residents, {period}", period=evidence.period.name())
    name = offence_name(offence)
    finding = evidence.sentences[f"areas:{offence}"]
    limits = maps.breaks(table.frame["eb"].dropna().to_numpy(dtype=float))
    shapes = evidence.shapes
    extra = (
        maps.interactive(
            table,
            shapes,
            title=t("{offence}: smoothed rate by area", offence=name),
            unit=unit,
            columns=_columns()[1:],
            limits=limits,
            stamp=evidence.stamp,
        )
        if interactive
        else Markup()
    )
    caption = t("{offence}: rates by area", offence=name)
    return figure(
        evidence,
        maps.pair(table, shapes, unit=unit, limits=limits),
        title=t("{offence}: {finding}", offence=name, finding=lower_first(finding)),
        unit=t(
            "Recorded offences per 100,000 residents a year, smoothed and raw, in the same classes. "
            "Hatched: fewer than 16 events, unstable. North is up."
        ),
        alt=t("Two maps of the same rates by area. {finding}", finding=finding),
        period=evidence.period.name(),
        n=located_share(evidence),
        denominator=_residents(evidence),
        numbers=tables.table(table, _columns(), caption=caption, stack=False),
        extra=extra,
        keep_table=interactive,
    )


def _columns() -> list[tables.Column]:
    return [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Records"), "n", "count"),
        tables.Column(t("Smoothed rate"), "eb", "rate"),
        tables.Column(t("95% interval"), ("eb_lower", "eb_upper"), "rate"),
        tables.Column(t("Raw rate"), "rate", "rate"),
        tables.Column(t("Note"), "mark", words=tables.mark_words()),
    ]


def _ranges(evidence: Evidence, offence: str) -> Markup:
    table = evidence.tables["smoothed_rates_by_area"].where(offence=offence)
    mean = evidence.results["city_rate"][offence]
    title = evidence.sentences[f"areas:{offence}"]
    return figure(
        evidence,
        charts.ranges(
            table,
            unit=t("Recorded offences per 100,000 residents a year"),
            raw="rate",
            reference=(mean, t("city {rate}", rate=number(mean))),
        ),
        title=title,
        unit=t(
            "Smoothed rate (dot) with 95% interval; raw rate (black tick). Grey, dashed and hollow: fewer "
            "than 16 events, unstable. Areas in order of code: this is not a ranking."
        ),
        period=evidence.period.name(),
        n=located_share(evidence),
        denominator=_residents(evidence),
        numbers=tables.table(
            table, _columns(), caption=t("Rates by area"), stack=False
        ),
        how_to_read=t(
            "An area whose line crosses the city's line cannot be told apart from it. With many areas, "
            "about one in twenty lies apart by chance alone."
        ),
    )


def _concentration(evidence: Evidence) -> Markup:
    table, found = (
        evidence.tables.get("concentration"),
        evidence.results.get("concentration"),
    )
    if table is None or found is None:
        return Markup()
    title = evidence.sentences["concentration"]
    reading = t(
        "The line shows which share of the records lies in the areas with fewest records up to that "
        "share of areas. On the diagonal, all areas would have the same. Generalised Gini coefficient: "
        "{value}.",
        value=number(found.generalised, 2),
    )
    if found.left_out:
        reading += " " + tn(
            "{n} area whose count is hidden is left out.",
            "{n} areas whose counts are hidden are left out.",
            found.left_out,
        )
    columns = [
        tables.Column(t("Share of areas"), "places_share", "share"),
        tables.Column(t("Share of records"), "events_share", "share"),
    ]
    return figure(
        evidence,
        charts.lorenz(table),
        title=title,
        unit=t(
            "Share of recorded offences by share of areas, from those with fewest to those with most."
        ),
        period=evidence.period.name(),
        n=located_share(evidence),
        denominator=t("number of areas"),
        numbers=tables.table(table, columns, caption=t("Concentration over areas")),
        how_to_read=reading,
    )


def _districts(evidence: Evidence) -> Markup:
    table = evidence.tables.get("sensitive_by_district")
    if table is None:
        return Markup()
    kinds = {"sexual": t("Sexual violence"), "domestic": t("Domestic violence")}
    columns = [
        tables.Column(t("District"), "parent", words={"": t("District not known")}),
        tables.Column(t("Kind"), "sensitive", words=kinds),
        tables.Column(t("Records"), "n", "count"),
    ]
    return tables.table(
        table,
        columns,
        caption=t(
            "Sexual and domestic violence by district, {period}",
            period=evidence.period.name(),
        ),
        label=evidence.next_table(),
        note=t(
            "Most of this violence is never reported: a low number is no sign of safety."
        ),
    )


def _residents(evidence: Evidence) -> str:
    table = evidence.tables.get("population_by_area")
    years = table.frame["year"].dropna() if table is not None else []
    return evidence.residents(int(max(years)) if len(years) else None)
