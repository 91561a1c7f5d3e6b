"""The city: how many people live where, and of which ages. Without this, counts cannot become rates."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import number, percent, t, tn
from safelearn.reports.chapters.conditions import conditions, settlements
from safelearn.reports.evidence import Evidence
from safelearn.reports.front import PLAIN_UNIT
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, maps, marks, tables


def city(evidence: Evidence) -> Markup:
    """The section "The city"."""
    people = evidence.tables.get("population_by_area")
    if people is None:
        lead = t("How many people live where is not in the city's folder.")
        refused = marks.refusal(
            t(
                "Without residents by area there are counts and no rates: a large number can be a large area."
            ),
            t("Add the table `population`.").replace("`", ""),
        )
        return heading("city", lead) + refused
    frame = people.frame
    known = frame.dropna(subset=["population"])
    total, count = float(known["population"].sum()), len(frame)
    lead = t(
        "{name} has {total} residents in {n} areas.",
        name=evidence.settings.name,
        total=number(total),
        n=number(len(known)),
    )
    if evidence.settings.unit != PLAIN_UNIT:
        lead += " " + t("An area is here: {unit}.", unit=evidence.settings.unit)
    parts = [heading("city", lead)]
    without = count - len(known)
    if without:
        parts.append(
            prose(
                tn(
                    "{n} area has no figure of residents: its boundaries and the census do not match.",
                    "{n} areas have no figure of residents: their boundaries and the census do not match.",
                    without,
                )
            )
        )
    if "density_by_area" in evidence.tables:
        parts.append(_residents(evidence))
    if "population_by_sex_and_age" in evidence.tables:
        parts.append(_ages(evidence))
    return Markup().join([*parts, conditions(evidence), settlements(evidence)])


def _residents(evidence: Evidence) -> Markup:
    table = evidence.tables["density_by_area"]
    known = table.frame["population"].dropna()
    title = t(
        "Areas hold from {least} to {most} residents: equal counts do not mean equal risk",
        least=number(known.min()),
        most=number(known.max()),
    )
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Residents"), "population", "count"),
        tables.Column(t("Square kilometres"), "km2", "ratio"),
        tables.Column(t("Residents per square kilometre"), "density", "count"),
    ]
    year = evidence.tables["population_by_area"].frame["year"].dropna()
    return figure(
        evidence,
        maps.single(
            table,
            evidence.boundaries,
            value="density",
            unit=t("Residents per square kilometre"),
            rate=False,
        ),
        title=title,
        unit=t("How densely people live in each area. North is up."),
        source="population",
        period=str(int(year.max())) if len(year) else "",
        n=t("{n} residents", n=number(float(known.sum()))),
        denominator=t("square kilometres"),
        numbers=tables.table(table, columns, caption=t("Residents by area")),
    )


def _ages(evidence: Evidence) -> Markup:
    table = evidence.tables["population_by_sex_and_age"]
    frame = table.frame
    young = frame.loc[
        frame["age_group"].str.extract(r"^(\d+)")[0].astype(int) < 25, "population"
    ]
    title = t(
        "{share} of residents are younger than 25",
        share=percent(float(young.sum() / frame["population"].sum())),
    )
    columns = [
        tables.Column(t("Age"), "age_group"),
        tables.Column(t("Sex"), "sex", words={"female": t("Women"), "male": t("Men")}),
        tables.Column(t("Residents"), "population", "count"),
    ]
    return figure(
        evidence,
        charts.population_pyramid(table, unit=t("Residents")),
        title=title,
        unit=t("Residents by sex and age."),
        source="population",
        period="",
        n=t("{n} residents", n=number(float(frame["population"].sum()))),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(table, columns, caption=t("Residents by sex and age")),
    )
