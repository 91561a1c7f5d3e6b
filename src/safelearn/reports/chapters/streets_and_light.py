"""Within "Places and mobility": lamps, streets and the state of public spaces."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.streets import MEASURES
from safelearn.language import number, percent, span, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, not_carried, prose
from safelearn.reports.place_names import space_names
from safelearn.views import charts, marks, tables


def section(evidence: Evidence) -> Markup:
    """Light, streets and upkeep (draft:26(f)(i).2, draft:26(f)(i).5); empty without their tables."""
    parts = [_lamps(evidence), _streets(evidence), _upkeep(evidence)]
    return Markup().join(parts)


def _lamps(evidence: Evidence) -> Markup:
    if not_carried(evidence, "lighting"):
        return marks.refusal(
            t("How many street lamps work."), not_carried(evidence, "lighting")
        )
    table = evidence.tables.get("lamps_working_by_area")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Lamps that work"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Lamps counted"), "lamps", "count"),
    ]
    rows = evidence.tables["lamps_working"].frame.set_index("where")
    mean = float(rows.loc["streets", "value"])
    drawn = figure(
        evidence,
        charts.ranges(
            table,
            unit=t("Share of street lamps that work"),
            value="value",
            lower="lower",
            upper="upper",
            mark=None,
            share=True,
            top=1.0,
            reference=(mean, t("city {share}", share=percent(mean))),
        ),
        title=evidence.sentences["lamps"],
        source="streets",
        unit=t(
            "Share of street lamps that work, with 95% intervals. Areas in order of code: this is not a ranking. "
            "Areas with fewer than 20 lamps on the streets that were counted are left out."
        ),
        period="",
        n=t("{n} lamps", n=number(float(rows.loc["streets", "lamps"]))),
        denominator=t(
            "lamps on the streets counted; streets without a lamp are not in it"
        ),
        numbers=tables.table(
            table, columns, caption=t("Street lamps that work, by area"), stack=False
        ),
    )
    return drawn + _walked_after_dark(rows, mean)


def _walked_after_dark(rows, mean: float) -> Markup:
    if "places" not in rows.index:
        return Markup()
    there = rows.loc["places"]
    values = {
        "share": percent(there["value"]),
        "range": span(percent(there["lower"]), percent(there["upper"])),
    }
    if there["upper"] < mean:
        said = t(
            "At the places that people chose to walk after dark, {share} of the lamps work ({range}), clearly fewer "
            "than on all streets: what matters is light where people walk.",
            **values,
        )
    else:
        said = t(
            "At the places that were walked after dark, {share} of the lamps work ({range}).",
            **values,
        )
    return prose(said)


def _streets(evidence: Evidence) -> Markup:
    if not_carried(evidence, "streets"):
        return marks.refusal(
            t("How streets are made."), not_carried(evidence, "streets")
        )
    table = evidence.tables.get("streets")
    if table is None:
        return Markup()
    names = {key: t(name) for key, name in MEASURES.items()}
    table = table.labelled("measure_name", "measure", names)
    shares = table.where(measure=[key for key in MEASURES if key != "junctions"])
    columns = [
        tables.Column(t("Of the street length"), "measure_name"),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Streets"), "segments", "count"),
    ]
    if not len(shares):
        return Markup()
    return figure(
        evidence,
        charts.bars(
            shares,
            unit=t("Share of the street length"),
            label="measure_name",
            value="value",
            share=True,
        ),
        title=evidence.sentences["streets"],
        source="streets",
        unit=t(
            "How streets are made, as shares of their length (of the frontage, for doors and windows), with 95% "
            "intervals (black lines)."
        ),
        period="",
        n=t("{n} street segments", n=number(evidence.results["streets"])),
        denominator=t("length of the streets that were looked at"),
        numbers=tables.table(shares, columns, caption=t("How streets are made")),
        how_to_read=_junctions(table.frame),
    )


def _junctions(frame) -> str:
    rows = frame[frame["measure"] == "junctions"]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    return t(
        "A kilometre of street meets {n} junctions ({lower} to {upper}): the more there are, the more ways lead on. "
        "Doors and windows on the street are eyes on it; a gate takes a street away from everybody else.",
        n=number(row["value"], 1),
        lower=number(row["lower"], 1),
        upper=number(row["upper"], 1),
    )


def _upkeep(evidence: Evidence) -> Markup:
    if not_carried(evidence, "public_space"):
        return marks.refusal(
            t("The state of public spaces."), not_carried(evidence, "public_space")
        )
    table = evidence.tables.get("public_spaces")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Kind of space"), "type", words=space_names()),
        tables.Column(t("Spaces"), "spaces", "count"),
        tables.Column(t("In good condition"), "well_kept", "count"),
        tables.Column(t("Waiting for a repair"), "with_repairs", "count"),
        tables.Column(t("Repairs that wait"), "repairs", "count"),
    ]
    women = evidence.results.get("women_seen")
    said = evidence.sentences["upkeep"] + "."
    if women is not None:
        said += " " + t(
            "Of the adults seen in them, {share} were women ({range}), in one count a space.",
            share=percent(women.value),
            range=span(percent(women.lower), percent(women.upper)),
        )
    return prose(said) + tables.table(
        table,
        columns,
        caption=t("Public spaces by kind, their state and what waits to be repaired"),
        label=evidence.next_table(),
        note=t(
            "All spaces of the city's list: no sample, so no interval. Good condition: 2 or 3 on a scale from 0 to 3."
        ),
    )
