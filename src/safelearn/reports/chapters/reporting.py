"""The chapter "What police never hear": who tells whom, why others do not, and what the records miss.

Serves draft:25(d).1 and draft:11.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.perception import CITY
from safelearn.diagnosis.reporting_gap import HARMS
from safelearn.language import listing, lower_first, t
from safelearn.reports.chapters.survey_parts import (
    SHOWN,
    by_sex,
    group_names,
    survey_line,
)
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, marks, tables


def reporting(evidence: Evidence) -> Markup:
    """The section "What police never hear"; empty without a survey."""
    lead = t(
        "Records begin where somebody tells. What is not told differs by kind of harm and by person, so records alone "
        "show neither how much happens nor to whom."
    )
    beside = prose(evidence.sentences.get("beside_change", ""))
    if not evidence.has.get("survey"):
        return Markup()
    if "told_police" not in evidence.tables:
        why = evidence.refused("told_police") or evidence.refused("under_reporting")
        return heading("reporting", lead) + marks.refusal(
            t("Who tells the police."), why
        )
    parts = [
        heading("reporting", lead),
        _told(evidence),
        _forms(evidence),
        _beside_records(evidence),
        _reasons(evidence),
        beside,
        prose(*_missing(evidence)),
    ]
    return Markup().join(parts)


def harm_names() -> dict[str, str]:
    """What kinds of harm are called."""
    return {h.harm: t(h.title) for h in HARMS} | {"violence": t("Any violence")}


def _told(evidence: Evidence) -> Markup:
    table = evidence.tables["told_police"].labelled("harm_name", "harm", harm_names())
    drawn = by_sex(
        evidence,
        table,
        label="harm_name",
        title=evidence.sentences.get("told_police", t("Victims who told the police")),
        unit=t(
            "Victims of each kind of harm who told the police of the latest event, at any time, with 95% intervals. "
            "Any violence: assault, robbery or threats."
        ),
        axis=t("Share of victims"),
        caption=t("Victims who told the police, by sex"),
        denominator=t("adults to whom it ever happened"),
    )
    places = table.where(breakdown=["settlement", "district"], harm="violence")
    if len(places) == 0:
        return drawn
    rows = places.labelled("group_name", "group", group_names(evidence))
    columns = [
        tables.Column(t("Where victims live"), "group_name"),
        tables.Column(t("Told the police"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Victims asked"), "n", "count"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]
    return drawn + tables.table(
        rows,
        columns,
        caption=t("Victims of violence who told the police, by where they live"),
        label=evidence.next_table(),
        stack=False,
    )


def _forms(evidence: Evidence) -> Markup:
    """SDG 16.3.1: the three forms, never added."""
    table = evidence.tables.get("reported_by_form")
    if table is None:
        return Markup()
    words = {
        "physical": t("Physical violence"),
        "sexual": t("Sexual violence"),
        "psychological": t("Psychological violence (threats)"),
    }
    rows = table.labelled("form_name", "form", words)
    rows = rows.labelled("group_name", "group", group_names(evidence))
    columns = [
        tables.Column(t("Form"), "form_name"),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Told an authority"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Victims asked"), "n", "count"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]
    return tables.table(
        rows,
        columns,
        caption=t("Victims of the last 12 months who told the police or another authority (SDG 16.3.1)"),
        label=evidence.next_table(),
        stack=False,
        note=t("The rates of the three forms are computed apart and never added."),
    )  # fmt: skip


def _beside_records(evidence: Evidence) -> Markup:
    table = evidence.tables.get("recorded_and_estimated")
    if table is None:
        why = evidence.refused("recorded_and_estimated")
        return marks.refusal(t("Records beside the survey."), why) if why else Markup()
    table = table.labelled("harm_name", "harm", harm_names())
    table = table.labelled("group_name", "group", group_names(evidence))
    whole = table.where(breakdown=CITY, mark=SHOWN)
    known = whole.frame.loc[whole.frame["value"].notna(), "harm"]
    columns = [
        tables.Column(t("Kind of harm"), "harm_name"),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Recorded"), "recorded", "count"),
        tables.Column(t("Survey finds"), "estimated", "count"),
        tables.Column(t("95% interval"), ("estimated_lower", "estimated_upper"), "count"),
        tables.Column(t("Part on record"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]  # fmt: skip
    numbers = tables.table(
        table,
        columns,
        caption=t("Recorded offences beside those that the survey finds"),
        note=_what_is_compared(evidence),
        stack=False,
    )
    if len(known) == 0:
        return numbers
    return figure(
        evidence,
        charts.ranges(
            whole.where(harm=list(known)),
            unit=t("Recorded offences as a part of those that the survey finds"),
            label="harm_name",
            value="value",
            lower="lower",
            upper="upper",
            mark=None,
            share=True,
        ),
        title=evidence.sentences["recorded"],
        source="survey",
        unit=t(
            "Recorded offences against adults, of the number that the survey finds for the same twelve months, with "
            "95% intervals."
        ),
        **survey_line(evidence, whole),
        denominator=t("offences that the survey finds"),
        how_to_read=t(
            "A part above 100% is no mistake: records also hold harm to visitors and repeated harm that the survey "
            "counts once."
        ),
        numbers=numbers,
    )


def _what_is_compared(evidence: Evidence) -> str:
    names = {h.harm: lower_first(t(h.title)) for h in HARMS}
    shown = set(evidence.tables["recorded_and_estimated"].frame["harm"])
    skipped = [
        names[h.harm]
        for h in HARMS
        if h.harm not in shown and h.harm != "assault_or_threat"
    ]
    line = t(
        "Survey: harm to adult residents, anywhere, in the twelve months before they were asked; each kind counts once "
        "a person unless people were asked how often. Records: harm in the city in the year of the report, to anybody; "
        "victims known to be children are left out. Nothing is compared by area, because people are harmed where they "
        "do not live."
    )
    if skipped:
        line += " " + t(
            "Not compared, because records and questions do not mean the same: {kinds}.",
            kinds=listing(skipped),
        )
    return line


def _reasons(evidence: Evidence) -> Markup:
    table = evidence.tables.get("not_told_reasons")
    if table is None or table.where(breakdown=CITY).frame["value"].isna().all():
        return Markup()
    words = {
        "not_serious": t("Not serious enough"),
        "no_use": t("It would be of no use"),
        "fear_of_offender": t("Fear of who did it"),
        "fear_of_police": t("Fear of the police"),
        "shame": t("Shame"),
        "too_far_or_costly": t("Too far or too costly"),
        "settled_it": t("Settled it otherwise"),
        "did_not_know_where": t("Did not know where to go"),
        "other": t("Another reason"),
    }
    return by_sex(
        evidence,
        table.labelled("answer_name", "answer", words),
        label="answer_name",
        title=t("Why victims told nobody"),
        unit=t("Main reason of victims who told nobody of the latest event, with 95% intervals."),
        axis=t("Share of victims who told nobody"),
        caption=t("Why victims told nobody, by sex"),
        denominator=t("victims who told nobody and gave a reason"),
    )  # fmt: skip


def _missing(evidence: Evidence) -> list[str]:
    names = group_names(evidence)
    few = [
        lower_first(names.get(g, g))
        for _, g in evidence.results.get("too_few_victims", [])
    ]
    lines = []
    if few:
        lines.append(
            t("Too few victims were asked to say anything of: {groups}.", groups=listing(few))
        )  # fmt: skip
    lines.append(
        t(
            "Even a survey misses harm: people who were not alone were not asked about sexual violence, and some do "
            "not tell an interviewer either."
        )
    )
    return lines
