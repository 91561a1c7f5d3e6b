"""Crime and violence in the records: how many of what, how they change, at which season and hour."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import months, number, percent, t, weekdays
from safelearn.reports import changes
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.names import is_by_police
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, marks, tables


def offences(evidence: Evidence) -> Markup:
    """The section "Crime and violence in the records"."""
    if evidence.period is None:
        gap = marks.refusal(
            t("There are no recorded offences in the city's folder."),
            t(
                "Bring in an export of the police system with `safelearn city import`."
            ).replace("`", ""),
        )
        return heading("offences") + gap
    lead = t(
        "These are offences that somebody reported and the police wrote down. How many more there "
        "were, records cannot say; a rise can mean more harm, or more trust."
    )
    parts = [
        heading("offences", lead),
        _kinds(evidence),
        _beside(evidence),
        _trend(evidence),
        _each(evidence),
        _season(evidence),
        _hours(evidence),
    ]
    return Markup().join(parts)


def _beside(evidence: Evidence) -> Markup:
    """Reporting and complaints, next to every verdict on records."""
    said = evidence.sentences.get("beside_change", "")
    return prose(said) if said else Markup()


def _kinds(evidence: Evidence) -> Markup:
    table = evidence.tables["counts_by_offence"]
    kinds = table.where(offence=[c for c in table.frame["offence"] if c != ALL])
    if len(kinds) == 0:
        kinds = table
    rated = "rate" in table.measures
    columns = [
        tables.Column(t("Offence"), "offence_name"),
        tables.Column(evidence.period.name(), "n", "count"),
        tables.Column(t("95% interval"), ("n_lower", "n_upper"), "count"),
    ]
    if rated:
        columns.append(tables.Column(t("Per 100,000 residents a year"), "rate", "rate"))
    if evidence.period.before:
        verdicts = {
            "up": t("more"),
            "down": t("fewer"),
            "no clear change": t("no clear change"),
            "refused": t("cannot say: it follows police work"),
            "recording changed": t("cannot say: recording changed in between"),
        }
        columns += [
            tables.Column(evidence.period.name("before"), "before", "count"),
            tables.Column(t("Change in records"), "verdict", words=verdicts),
        ]
    title = evidence.sentences.get("kinds", t("Recorded offences by kind"))
    note = t("ICCS: International Classification of Crime for Statistical Purposes.")
    if any(is_by_police(code) for code in kinds.frame["offence"]):
        note += " " + t(
            "Offences that police find by looking for them carry no verdict."
        )
    if evidence.period.before:
        ends = (evidence.period.before[0], evidence.period.focus[-1])
        shown = list(kinds.frame["offence"])
        changed = changes.changes_between(evidence.settings, *ends, shown)
        note = " ".join(filter(None, (note, changes.said(changed))))
    return figure(
        evidence,
        charts.bars(
            kinds,
            label="offence_name",
            value="n",
            lower="n_lower",
            upper="n_upper",
            unit=t("Records"),
        ),
        title=title,
        unit=t(
            "Recorded offences of {period} by kind (ICCS), with 95% intervals (black lines).",
            period=evidence.period.name(),
        ),
        period=evidence.period.name(),
        n=t("{n} records", n=_n(table, ALL)),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(
            kinds, columns, caption=t("Recorded offences by kind"), note=note
        ),
        keep_table=True,
    )


def _trend(evidence: Evidence) -> Markup:
    table = evidence.tables.get("trend")
    if table is None:
        return marks.refusal(
            evidence.refused("trends")
            or t("Some months hold too few records to show a series of all of them.")
        )
    span = evidence.period.months
    changed = changes.changes_between(evidence.settings, span[0], span[-1])
    has_mean = "mean" in table.measures
    columns = [
        tables.Column(t("Month"), "month"),
        tables.Column(t("Records"), "n", "count"),
    ]
    if has_mean:
        columns += [
            tables.Column(t("Mean of twelve months"), "mean", "rate"),
            tables.Column(t("95% interval"), ("lower", "upper"), "rate"),
        ]
    title = evidence.sentences.get("change", t("Recorded offences by month"))
    unit = (
        t(
            "Recorded offences a month. Dots: each month. Line: mean of twelve months, centred; band: 95% interval."
        )
        if has_mean
        else t("Recorded offences a month. Band: 95% interval.")
    )
    return figure(
        evidence,
        charts.trend(
            table,
            unit=t("Records a month"),
            mean="mean" if has_mean else None,
            changes=[(change.month, change.note) for change in changed],
        ),
        title=title,
        unit=_with_changes(unit, changed),
        alt=_with_changes(title + ".", changed) if changed else title,
        period=evidence.period.name("months"),
        n=_with_undated(float(table.frame["n"].sum()), evidence),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(
            table, columns, caption=t("Recorded offences by month"), stack=False
        ),
        how_to_read=t(
            "Compare the band of one year with that of another. Two bands that do not overlap differ "
            "more than chance would make them."
        )
        if has_mean
        else t(
            "Two months whose bands do not overlap differ more than chance would make them; the season may be why."
        ),
    )


def _each(evidence: Evidence) -> Markup:
    """Small multiples: each kind of offence whose months are all shown."""
    table = evidence.tables["counts_by_month"]
    frame = table.frame
    whole = frame.groupby("offence")["n"].agg(lambda n: n.notna().all() and n.sum() > 0)
    codes = [c for c in whole[whole].index if c != ALL]
    if len(codes) < 2:
        return Markup()
    names = evidence.tables["counts_by_offence"].frame.set_index("offence")[
        "offence_name"
    ]
    shown = table.where(offence=codes).labelled(
        "offence_name", "offence", names.to_dict()
    )
    left = len(whole) - 1 - len(codes)
    title = evidence.sentences.get("courses") or t(
        "Records of each kind of offence by month"
    )
    unit = t(
        "Records a month of each kind of offence, each on its own scale from zero."
    )
    if left:
        unit += " " + t("Kinds with months too small to show are left out.")
    span = evidence.period.months
    by_panel = {
        names[code]: changes.changes_between(
            evidence.settings, span[0], span[-1], [code]
        )
        for code in codes
    }
    changed = list(dict.fromkeys(c for some in by_panel.values() for c in some))
    columns = [
        tables.Column(t("Month"), "month"),
        tables.Column(t("Offence"), "offence_name"),
        tables.Column(t("Records"), "n", "count"),
    ]
    return figure(
        evidence,
        charts.small_multiples(
            shown,
            changes={name: [c.month for c in some] for name, some in by_panel.items()},
        ),
        title=title,
        unit=_with_changes(unit, changed),
        alt=_with_changes(title + ".", changed) if changed else title,
        period=evidence.period.name("months"),
        n=t("{n} records", n=number(float(shown.frame["n"].sum()))),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(
            shown, columns, caption=t("Records by month and kind"), stack=False
        ),
    )


def _season(evidence: Evidence) -> Markup:
    table, season = evidence.tables.get("season"), evidence.results.get("season")
    if table is None:
        refused = evidence.results.get("season_refused")
        return marks.refusal(refused.what, refused.remedy) if refused else Markup()
    title = evidence.sentences["season"]
    names = {str(i): name for i, name in enumerate(months("wide"), start=1)}
    columns = [
        tables.Column(t("Month"), "month", words=names),
        tables.Column(t("Compared with an average month"), "index", "ratio"),
        tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
    ]
    return figure(
        evidence,
        charts.season(table, clear=season.clear),
        title=title,
        unit=t(
            "Recorded offences by month of the year, per day, compared with an average month, with "
            "95% intervals. The trend over the years is taken out."
        ),
        period=evidence.period.name("months"),
        n=t("{n} months", n=number(season.months)),
        denominator=t("days in each month"),
        numbers=tables.table(
            table, columns, caption=t("Recorded offences by month of the year")
        ),
        how_to_read=marks.joint_test(season.p_value, season.clear),
    )


def _hours(evidence: Evidence) -> Markup:
    day = evidence.tables.get("hours_of_the_day")
    if day is None:
        reason = evidence.refused("timing") or t(
            "Some hours hold too few records to show any."
        )
        return marks.refusal(t("At which hours offences happen."), reason)
    week = evidence.results["hours"]
    grid = evidence.tables.get("hours")
    days = {str(i): name for i, name in enumerate(weekdays("wide"))}
    if grid is None:
        return marks.refusal(
            evidence.sentences["hours"] + ".",
            t("Some hours of the week hold too few records to show them one by one."),
        )
    columns = [
        tables.Column(t("Day"), "weekday", words=days),
        tables.Column(t("Hour"), "hour"),
        tables.Column(t("Records"), "n", "rate"),
    ]
    reading = t(
        "Darker cells hold more records. Beside them are the totals of each hour and day, with 95% intervals."
    )
    if week.n_interval:
        reading += " " + t(
            "Records known only to lie between two times are spread over the hours between them."
        )
    if week.midnight_share > 0.05:
        reading += " " + t(
            "{share} of the records carry exactly midnight, which often means that the hour was not "
            "known.",
            share=percent(week.midnight_share),
        )
    caption = t("Recorded offences by day and hour")
    return figure(
        evidence,
        charts.heat(
            grid,
            unit=t("Records"),
            value="n",
            by_hour=day,
            by_day=evidence.tables["days_of_the_week"],
        ),
        title=evidence.sentences["hours"],
        unit=t(
            "Recorded offences by day of the week and hour, local time. Sexual and domestic violence is left out."
        ),
        period=evidence.period.name("months"),
        n=t(
            "{n} records with an hour, {without} without",
            n=number(week.n),
            without=number(week.n_untimed),
        ),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(grid, columns, caption=caption, stack=False),
        how_to_read=reading,
    )


def _with_changes(text: str, changed: list[changes.Marked]) -> str:
    """A caption that also says what the dashed lines are."""
    if not changed:
        return text
    return " ".join([text, t("Dashed: recording changed."), changes.said(changed)])


def _with_undated(n: float, evidence: Evidence) -> str:
    undated = evidence.results.get("undated", 0)
    if not undated:
        return t("{n} records", n=number(n))
    return t(
        "{n} records with a month, {without} without",
        n=number(n),
        without=number(undated),
    )


def _n(table, code: str) -> str:
    n = table.where(offence=code).frame["n"]
    return (
        number(float(n.iloc[0]))
        if len(n) and n.notna().all()
        else t("hidden to protect people")
    )
