"""The chapter "Causes, risks and what protects": what goes together with harm, what residents say, what harm does.

Nothing here shows a cause. The text says so where the figures stand, orders what people and figures say from
conditions to consequences, and leaves the arrows between them to those who know the place.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis import conditions, risk_factors
from safelearn.guidelines import catalogue
from safelearn.language import (
    number,
    percent,
    sentence,
    span,
    t,
    tn,
    words,
)
from safelearn.reports.chapters.consequences import consequences
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.causes import warning
from safelearn.reports.page import figure, heading, not_carried, prose
from safelearn.views import charts, marks, tables


def causes(evidence: Evidence) -> Markup:
    """The section "Causes, risks and what protects" (draft:5.2, draft:25(d).2b, draft:25(d).3)."""
    parts = [_factors(evidence), _residents(evidence), consequences(evidence)]
    if not any(parts):
        return Markup()
    lead = t(
        "What goes together with harm is where a talk about causes can begin, and what protects is where it should."
    )
    use = t(
        "It is for choosing what to strengthen, with the people of each area. It is not for judging areas or the "
        "people who live there, nor for lending, insurance or policing."
    )
    return Markup().join([heading("causes", lead), prose(use), *parts])


def _factors(evidence: Evidence) -> Markup:
    reason = not_carried(evidence, "risk_factors")
    if reason:
        return marks.refusal(t("What goes together with harm."), reason)
    table = evidence.tables.get("risk_and_protective_factors")
    if table is None:
        return Markup()
    names = condition_names()
    # What protects stands first: it is what can be built on.
    rank = {conditions.PROTECTIVE: "0", conditions.RISK: "1", "": "2"}
    table = table.labelled("order", "expected", rank).sorted_by(["order"])
    table = table.labelled("factor_name", "factor", names)
    found = evidence.results["risk_factors"]
    frame = table.frame
    apart = frame["evidence"] != risk_factors.UNCLEAR
    shown = figure(
        evidence,
        charts.ratios(
            table,
            unit=t(
                "Recorded violence where the condition is one standard deviation higher, as a multiple"
            ),
            legend=(
                t("Beside how busy areas are")
                if found["activity"]
                else t("Beside the number of residents"),
                t("Alone"),
                t("With other conditions"),
            ),
            bold=set(frame.loc[apart, "factor_name"]),
        ),
        title=evidence.sentences["risk_factors"],
        source="statistics",
        unit=_unit(found),
        alt=t(
            "Rate ratios of conditions of areas, with intervals around the line at 1. {finding}",
            finding=evidence.sentences["risk_factors"],
        ),
        period=found["period"],
        n=t(
            "{areas} areas, about {events} records",
            areas=number(found["areas"]),
            events=number(found["events"]),
        ),
        denominator=evidence.residents(),
        numbers=_numbers(table, found),
        how_to_read=_reading(),
        keep_table=True,
    )
    return shown + _said(evidence, frame, names)


def _reading() -> str:
    numbers = t(
        "1 is no association; 1.5 is half as many records again; 0.67 is a third fewer. Bold: the interval beside how "
        "busy areas are leaves 1 out. What is taken to protect stands first."
    )
    return f"{warning()} {numbers}"


def condition_names() -> dict[str, str]:
    """What the report calls conditions of areas."""
    named = {one.id: one.name for one in catalogue.indicators()}
    return named | {one.key: one.name for one in conditions.OWN}


def _unit(found: dict) -> str:
    outcome = (
        t("Recorded deaths and serious assaults, which depend least on who reports")
        if found["serious"]
        else t("Recorded violence, which depends on who reports")
    )
    return t(
        "{outcome}; sexual and domestic violence is never analysed by area. Rate ratios by one standard deviation "
        "between areas, with 95% intervals, by negative binomial regression.",
        outcome=outcome,
    )


def _numbers(table, found: dict) -> Markup:
    certain = {
        risk_factors.CLEAR: t("clear"),
        risk_factors.HINT: t("a hint"),
        risk_factors.UNCLEAR: t("not told from chance"),
    }
    taken = {
        conditions.RISK: t("a risk"),
        conditions.PROTECTIVE: t("protects"),
        "": t("open"),
    }
    columns = [
        tables.Column(t("Condition"), "factor_name"),
        tables.Column(t("Taken to be"), "expected", words=taken),
        tables.Column(t("Alone"), "alone", "ratio"),
        tables.Column(t("95% interval"), ("alone_lower", "alone_upper"), "ratio"),
        tables.Column(t("Beside how busy areas are"), "beside", "ratio"),
        tables.Column(t("95% interval"), ("beside_lower", "beside_upper"), "ratio"),
        tables.Column(t("Level next door"), "around", "ratio"),
        tables.Column(t("95% interval"), ("around_lower", "around_upper"), "ratio"),
        tables.Column(t("With other conditions"), "together", "ratio"),
        tables.Column(t("95% interval"), ("together_lower", "together_upper"), "ratio"),
        tables.Column(t("False discovery rate"), "q", "index"),
        tables.Column(t("Evidence"), "evidence", words=certain),
    ]
    return tables.table(
        table,
        columns,
        caption=t("Conditions of areas and recorded violence: rate ratios"),
        stack=False,
        note=t(
            "No value next door: neighbours are too alike to be told apart from the area itself. No value with other "
            "conditions: too few areas for more of them, or another name for one that is in."
        ),
    )


def _said(evidence: Evidence, frame, names: dict[str, str]) -> Markup:
    found = evidence.results["risk_factors"]
    lines = [
        *_found(frame, names),
        _tried(found),
        _visitors(found),
        _next_door(found),
    ]
    lines.append(
        t(
            "Police records count harm that was reported. Where people report less, a real difference looks smaller "
            "than it is."
        )
    )
    return prose(*filter(None, lines))


def _found(frame, names: dict[str, str]) -> list[str]:
    """What was found, protective first; then what was not."""
    said = []
    for row in frame.itertuples():
        if row.evidence == risk_factors.UNCLEAR:
            continue
        values = {
            "condition": names.get(row.factor, row.factor),
            "change": percent(abs(row.beside - 1)),
            "range": span(number(row.beside_lower, 2), number(row.beside_upper, 2)),
        }
        if row.beside < 1:
            said.append(
                t(
                    "{condition}: where there is more of it, {change} fewer records (ratio {range}).",
                    **values,
                )
            )
        else:
            said.append(
                t(
                    "{condition}: where there is more of it, {change} more records (ratio {range}).",
                    **values,
                )
            )
    unclear = int((frame["evidence"] == risk_factors.UNCLEAR).sum())
    if unclear:
        said.append(
            sentence(
                tn(
                    "{some} of the conditions cannot be told from chance, which is no proof that it does not matter.",
                    "{some} of the conditions cannot be told from chance, which is no proof that they do not matter.",
                    unclear,
                    some=words(unclear),
                )
            )
        )
    return said


def _tried(found: dict) -> str:
    if not found["hint"]:
        return ""
    return sentence(
        tn(
            "{some} condition was tried; a hint may be chance, or another condition that runs with it.",
            "{some} conditions were tried at once; a hint may be chance, or another condition that runs with it.",
            found["total"],
            some=words(found["total"]),
        )
    )


def _visitors(found: dict) -> str:
    if found["activity"]:
        return t(
            "Rates are by residents, but harm to visitors is recorded too. So every ratio is held beside how busy the "
            "streets are and how many people live there; alone (the black tick), busy places would pass for dangerous "
            "homes and quiet ones for safe."
        )
    return t(
        "Rates are by residents, but harm to visitors is recorded too, and how busy areas are is not known here: a "
        "street audit would tell."
    )


def _next_door(found: dict) -> str:
    pattern = found["pattern"]
    if pattern is None:
        return ""
    if pattern.clear:
        return t(
            "What these conditions leave unexplained is alike in areas that touch (Moran's I {value}): something is "
            "missing that neighbours share, and the intervals are narrower than they should be.",
            value=number(pattern.i, 2),
        )
    return t(
        "What these conditions leave unexplained shows no pattern between areas that touch (Moran's I {value}).",
        value=number(pattern.i, 2),
    )


def _residents(evidence: Evidence) -> Markup:
    """What residents name: risks, and what protects (draft:25(d).3)."""
    table = evidence.tables.get("demands_by_factor")
    if table is None:
        return Markup()
    n = table.frame.set_index("factor")["n"].dropna()
    if not {"risk", "protective"} <= set(n.index):
        return Markup()
    return prose(
        t(
            "Residents speak of both sides too: of their demands on record, {protective} name something that protects "
            "and {risk} something that puts people at risk. What each part of the city asks for stands under "
            "Priorities.",
            protective=number(float(n["protective"])),
            risk=number(float(n["risk"])),
        )
    )
