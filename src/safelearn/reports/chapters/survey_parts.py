"""Figures of a survey that several chapters draw: one estimate a row, or women and men side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from safelearn.diagnosis.perception import CITY
from safelearn.language import between, number, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure
from safelearn.views import charts, tables

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved

SHOWN = ["", "few answers"]


def survey_line(evidence: Evidence, table: Approved) -> dict[str, str]:
    """The period and the number of answers to the questions shown, for the line under a figure."""
    year = evidence.results["survey_year"]
    n = table.where(breakdown=CITY).frame["n"].dropna()
    least, most = (n.min(), n.max()) if len(n) else (0, 0)
    words = number(most) if least == most else between(number(least), number(most))
    return {
        "period": str(year) if year else t("year not given"),
        "n": t("{n} answers", n=words),
    }


def group_names(evidence: Evidence) -> dict[str, str]:
    """What groups of a survey are called; ages and districts as they are."""
    frame = (
        evidence.tables["perceptions"].frame
        if "perceptions" in evidence.tables
        else None
    )
    names = {
        CITY: t("City"),
        "female": t("Women"),
        "male": t("Men"),
        "other": t("Another sex"),
        "yes": t("With a disability"),
        "no": t("No disability"),
        "formal": t("Formal areas"),
        "informal": t("Informal settlements"),
    }
    if frame is None:
        return names
    ages = frame.loc[frame["breakdown"] == "age_group", "group"].unique()
    return names | {
        age: t("Aged {ages}", ages=str(age).replace("-", "–")) for age in ages
    }


def by_sex(
    evidence: Evidence,
    table: Approved,
    *,
    title: str,
    unit: str,
    axis: str,
    caption: str,
    denominator: str,
    label: str = "item_name",
) -> Markup:
    """A row for each question, women and men on it; the city alone where sex was not asked."""
    both = table.where(breakdown="sex", group=["female", "male"])
    if both.frame["value"].notna().sum() < 2:
        return estimates(
            evidence, table, label=label, title=title, unit=unit, axis=axis, caption=caption, denominator=denominator
        )  # fmt: skip
    return figure(
        evidence,
        charts.pairs(
            both,
            sides=(("female", t("Women")), ("male", t("Men"))),
            unit=axis,
            label=label,
            side="group",
        ),
        title=title,
        source="survey",
        unit=unit,
        **survey_line(evidence, table),
        denominator=denominator,
        numbers=_numbers(evidence, table, label, caption),
    )


def estimates(
    evidence: Evidence,
    table: Approved,
    *,
    label: str,
    title: str,
    unit: str,
    axis: str,
    caption: str,
    denominator: str,
    breakdown: str = CITY,
) -> Markup:
    """A row for each estimate of one breakdown, with its interval; the table behind it holds all of them."""
    shown = table.where(breakdown=breakdown, mark=SHOWN)
    if len(shown) == 0:
        return Markup()
    return figure(
        evidence,
        charts.ranges(
            shown,
            unit=axis,
            label=label,
            value="value",
            lower="lower",
            upper="upper",
            mark=None,
            share=True,
        ),
        title=title,
        source="survey",
        unit=unit,
        **survey_line(evidence, table),
        denominator=denominator,
        numbers=_numbers(evidence, table, label, caption),
    )


def _numbers(evidence: Evidence, table: Approved, label: str, caption: str) -> Markup:
    cuts = [CITY, "sex"]
    rows = table.where(breakdown=cuts).labelled(
        "group_name", "group", group_names(evidence)
    )
    columns = [
        tables.Column(t("Answer"), label),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]
    return tables.table(rows, columns, caption=caption, stack=False)
