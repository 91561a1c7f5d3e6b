"""Who is recorded as harmed: victims by sex and age, and their risk where the population allows."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import number, t
from safelearn.reports import findings
from safelearn.reports.evidence import Evidence
from safelearn.reports.names import offence_name
from safelearn.reports.page import figure, heading, prose
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
        return heading("who", lead) + refused + _again(evidence)
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
    return Markup().join([*parts, _again(evidence)])


def _again(evidence: Evidence) -> Markup:
    """Harm that comes back to the same address or person."""
    table, victims = (
        evidence.tables.get(n) for n in ("repeat_places", "repeat_victims")
    )
    refused = evidence.refused("repeat_victimisation")
    if table is None and victims is None and not refused:
        return Markup()
    parts = [
        Markup('<div class="prose"><h3 id="repeats">{}</h3></div>').format(
            t("Harm that comes back")
        )
    ]
    if victims is not None:
        for row in victims.frame.dropna(subset=["value"]).itertuples():
            said = findings.repeat_victims(row.value, row.lower, row.upper)
            parts.append(prose(said))
    if table is not None:
        parts.append(_repeat_places(evidence))
    elif refused:
        parts.append(marks.refusal(t("How often the same address is hit."), refused))
    return Markup().join(parts)


def _repeat_places(evidence: Evidence) -> Markup:
    table = evidence.tables["repeat_places"]
    names = {code: offence_name(code) for code in table.frame["offence"]}
    table = table.labelled("offence_name", "offence", names)
    shown = table.frame.dropna(subset=["share"])
    columns = [
        tables.Column(t("Offence"), "offence_name"),
        tables.Column(t("Share at an address hit again"), "share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
    ]
    return figure(
        evidence,
        charts.bars(
            table,
            unit=t("Share of the records of each offence"),
            value="share",
            share=True,
        ),
        title=findings.repeats(shown["share"].min(), shown["share"].max()),
        unit=t(
            "Records at an address that was recorded more than once for the same offence in the year, as a share of "
            "those with an exact address, with 95% intervals."
        ),
        period=evidence.period.name(),
        n=t("offences with at least {n} records at an exact address", n=number(100)),
        denominator=t("records with an exact address"),
        numbers=tables.table(
            table, columns, caption=t("Records at an address hit again")
        ),
        how_to_read=t(
            "Whoever was hit is likelier than others to be hit next, so help for them soon after prevents harm. Real "
            "shares are higher: much is not reported, and an address written in two ways counts as two. Sexual and "
            "domestic violence is left out, because there an address is somebody's home."
        ),
    )


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
