"""Within "Causes, risks and what protects": what insecurity takes from people, by area too, and being called unsafe.

Serves draft:5.3 as far as a survey of residents goes: what they gave up. Investment, rents and moves away are not in
any table of the city's folder, and the text says so.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.perception import ITEMS
from safelearn.language import lower_first, percent, sentence, t, tn, words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, prose
from safelearn.views import charts, tables

#: Share of areas from which enough people answered for areas to be set side by side.
ENOUGH = 0.5


def consequences(evidence: Evidence) -> Markup:
    """What insecurity does: to everyday life, by area, and by being called unsafe (draft:5.3)."""
    table = evidence.tables.get("consequences")
    if table is None:
        return Markup()
    names = {item.measure: t(item.title) for item in ITEMS}
    table = table.labelled("item_name", "item", names)
    columns = [
        tables.Column(t("What people gave up"), "item_name"),
        tables.Column(t("Residents"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    year = str(evidence.results["consequences_year"])
    shown = figure(
        evidence,
        charts.bars(
            table,
            unit=t("Share of residents"),
            label="item_name",
            value="value",
            share=True,
        ),
        title=evidence.sentences["consequences"],
        source="survey",
        unit=t(
            "What residents gave up in the last 12 months because they did not feel safe, with 95% intervals (black "
            "lines)."
        ),
        period=year,
        n=t("answers, in the table behind the figure"),
        denominator=t("everybody who was asked"),
        numbers=tables.table(table, columns, caption=t("What residents gave up")),
    )
    return shown + _by_area(evidence, year) + prose(_chain(evidence), _stigma())


def _by_area(evidence: Evidence, year: str) -> Markup:
    table = evidence.tables.get("consequences_by_area")
    if table is None or table.frame["value"].notna().mean() < ENOUGH:
        return Markup()
    mean = evidence.results["gave_up"]
    rows = table.frame.dropna(subset=["value"])
    apart = int(((rows["lower"] > mean) | (rows["upper"] < mean)).sum())
    title = (
        t("What people give up cannot be told apart between areas")
        if apart == 0
        else sentence(
            tn(
                "In {some} of {total} areas people give up clearly more or less than in the city",
                "In {some} of {total} areas people give up clearly more or less than in the city",
                apart,
                some=words(apart),
                total=words(len(rows)),
            )
        )
    )
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Residents"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    return figure(
        evidence,
        charts.ranges(
            table,
            unit=t("Share of residents who gave something up"),
            value="value",
            lower="lower",
            upper="upper",
            mark=None,
            share=True,
            top=1.0,
            reference=(mean, t("city {share}", share=percent(mean))),
        ),
        title=title,
        source="survey",
        unit=t(
            "Share of residents who stayed away from a place, an hour or public transport, or never go out alone after "
            "dark, with 95% intervals. Areas in order of code: this is not a ranking."
        ),
        period=year,
        n=t("answers, in the table behind the figure"),
        denominator=t("everybody who was asked"),
        numbers=tables.table(
            table, columns, caption=t("What residents gave up, by area"), stack=False
        ),
        how_to_read=t(
            "With many areas, about one in twenty lies apart from the city's line by chance alone."
        ),
    )


def _chain(evidence: Evidence) -> str:
    """The order in which to talk it over: roots, harm, branches; the arrows are for people to draw."""
    values = {"consequence": lower_first(evidence.sentences["consequences"])}
    if "risk_factors" in evidence.sentences:
        return t(
            "To talk it over as a tree: at the roots, conditions ({condition}); the trunk is the harm of the sections "
            "before; in the branches, {consequence}. Which root feeds which branch is for those to say who live there.",
            condition=lower_first(evidence.sentences["risk_factors"]),
            **values,
        )
    return t(
        "To talk it over as a tree: the trunk is the harm of the sections before; in the branches, {consequence}. The "
        "roots have not been measured yet: they are for those to name who live there.",
        **values,
    )


def _stigma() -> str:
    return t(
        "Being called unsafe is a harm of its own: it keeps customers, buses and investment away, and follows people "
        "to job interviews. Whoever quotes this report names what an area has, and what it asks for, in the "
        "same breath. Jobs, rents and moves away have not been measured here."
    )
