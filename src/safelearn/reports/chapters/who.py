"""Who is recorded as harmed: victims by sex and age, and their risk where the population allows."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import number, t
from safelearn.reports import findings
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading
from safelearn.views import charts, marks, tables


def who(evidence: Evidence) -> Markup:
    """The section "Who is harmed"."""
    if evidence.period is None:
        return Markup()
    lead = t(
        "Police records show who was harmed and was heard. Those who do not go to the police are not "
        "here, and they are not the same people."
    )
    table = evidence.tables.get("victims_by_sex_and_age")
    if table is None:
        refused = marks.refusal(
            t("Who is recorded as harmed."), evidence.refused("victims")
        )
        return heading("who", lead) + refused
    parts = [heading("who", lead), _pyramid(evidence)]
    if "rate" in table.measures:
        parts.append(_risk(evidence))
    else:
        parts.append(
            marks.refusal(
                t(
                    "The risk of each group. Population by sex and age is not in the folder, so these are "
                    "counts and not rates: a large bar can be a large group."
                ),
                t("Add sex and age group to the table population to get rates."),
            )
        )
    return Markup().join(parts)


def _words() -> dict[str, str]:
    return {"female": t("Women"), "male": t("Men")}


def _pyramid(evidence: Evidence) -> Markup:
    table = evidence.tables["victims_by_sex_and_age"]
    title = evidence.sentences.get("victims", t("Recorded victims by sex and age"))
    columns = [
        tables.Column(t("Age"), "age_group"),
        tables.Column(t("Sex"), "sex", words=_words()),
        tables.Column(t("Victims"), "n", "count"),
        tables.Column(t("95% interval"), ("lower", "upper"), "count"),
    ]
    counts = table.frame["n"]
    if counts.notna().all():
        n = t(
            "{known} of {n} with known sex and age",
            known=number(float(counts.sum())),
            n=number(evidence.results["victims"]),
        )
    else:
        n = t("victims with known sex and age")
    return figure(
        evidence,
        charts.pyramid(table, unit=t("Victims")),
        title=title,
        unit=t(
            "Recorded victims by sex and age, counts, with 95% intervals (black lines)."
        ),
        period=evidence.period.name("span"),
        n=n,
        denominator=t("none: counts, not rates"),
        numbers=tables.table(
            table, columns, caption=t("Recorded victims by sex and age")
        ),
    )


def _risk(evidence: Evidence) -> Markup:
    table = evidence.tables["victims_by_sex_and_age"]
    shown = table.frame.dropna(subset=["rate_lower", "rate_upper"])
    title = findings.risk(bool(shown["rate_lower"].max() > shown["rate_upper"].min()))
    columns = [
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Victims"), "n", "count"),
        tables.Column(t("Residents"), "population", "count"),
        tables.Column(t("Rate"), "rate", "rate"),
        tables.Column(t("95% interval"), ("rate_lower", "rate_upper"), "rate"),
    ]
    words = _words()
    frame = table.frame
    names = {
        row.group: t(
            "{sex}, {ages}", sex=words[row.sex], ages=row.age_group.replace("-", "–")
        )
        for row in frame.itertuples()
    }
    named = table.labelled("group_name", "group", names)
    return figure(
        evidence,
        charts.ranges(
            named,
            unit=t("Recorded victims per 100,000 residents of the group a year"),
            label="group_name",
            value="rate",
            lower="rate_lower",
            upper="rate_upper",
            mark=None,
        ),
        title=title,
        unit=t(
            "Recorded victims per 100,000 residents of the same sex and age a year, with 95% intervals."
        ),
        period=evidence.period.name("span"),
        n=t("victims with known sex and age"),
        denominator=t("residents of each group, of a year that is assumed")
        if evidence.population_year_assumed
        else t("residents of each group"),
        numbers=tables.table(named, columns, caption=t("Recorded risk by sex and age")),
    )
