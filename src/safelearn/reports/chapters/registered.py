"""Who is in the register, where each stands, and what is planned with whom.

Serves draft:25(b), draft:24(e), draft:26(c).7 and draft:15. In public: kinds and numbers. Inside: the grid of power and
interest with the spread of its raters, the engagement plan, and what the register lacks or should not hold.
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from safelearn.language import NONE, day, lower_first, number, sentence, t, tn
from safelearn.reports import actors_findings as said
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading, prose
from safelearn.stakeholders.position import FIELD_NAMES
from safelearn.views import charts, marks, tables


def gap_names() -> dict[str, str]:
    """What a row of the register lacks, or should not hold."""
    return {
        "no_rating": t("not rated"),
        "no_date": t("rated, without a day"),
        "old_rating": t("rated more than two years ago"),
        "no_source": t("without a source"),
        "no_level": t("without a level of government"),
        "conflict_unknown": t("not asked about interests of its own"),
        "held_too_much": t("speaks for people who can be endangered: delete its ratings and ties"),
    }  # fmt: skip


def registered(evidence: Evidence) -> Markup:
    """The section "Who is in the register"; empty without one."""
    found = evidence.results.get("register")
    if found is None:
        return Markup()
    lead = tn(
        "{n} organisation or role is in the register, as of {day}. No person is.",
        "{n} organisations and roles are in the register, as of {day}. No person is.",
        found["organisations"],
        day=day(found["as_of"]),
    )
    parts = [
        heading("registered", lead),
        partners(evidence),
        _business(found),
        _too_much(found),
        _grid(evidence),
        _plan(evidence),
        _gaps(evidence),
    ]
    return Markup().join(parts)


def partners(evidence: Evidence) -> Markup:
    """Kinds of partner of draft:24(e)."""
    table = evidence.tables.get("partner_kinds")
    if table is None:
        return Markup()
    names = {key: sentence(t(name)) for key, name in said.PARTNER_NAMES.items()}
    columns = [
        tables.Column(t("Kind of partner"), "partner", words=names),
        tables.Column(t("Organisations"), "organisations", "count"),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Kinds of partner in the register"),
        label=evidence.next_table(),
    )
    return prose(said.partners(evidence.results["register"]["lacking"])) + shown


def _business(found: dict) -> Markup:
    """Businesses are partners, and may gain from what they help to decide (draft:26(c).7)."""
    if not found["business"]:
        return Markup()
    if not found["business_unasked"]:
        return prose(
            tn(
                "{n} business is in the register, and was asked whether it could gain from a decision that it takes "
                "part in.",
                "{n} businesses are in the register, and all were asked whether they could gain from a decision that "
                "they take part in.",
                found["business"],
            )
        )
    return prose(
        tn(
            "{n} business is in the register; {unasked} were not asked whether they could gain from a decision that "
            "they take part in.",
            "{n} businesses are in the register; {unasked} were not asked whether they could gain from a decision that "
            "they take part in.",
            found["business"],
            unasked=number(found["business_unasked"]),
        )
    )


def _too_much(found: dict) -> Markup:
    many = found["gaps"].get("held_too_much", 0)
    if not many:
        return Markup()
    return prose(
        tn(
            "The register holds ratings of {n} organisation that speaks for people to whom it can be dangerous to be "
            "known. They are shown nowhere, and should be deleted.",
            "The register holds ratings of {n} organisations that speak for people to whom it can be dangerous to be "
            "known. They are shown nowhere, and should be deleted.",
            many,
        )
    )


def _grid(evidence: Evidence) -> Markup:
    refused = evidence.refused_here.get("grid")
    if refused:
        return marks.refusal(t("Power and interest."), str(refused))
    found = evidence.results.get("grid")
    if found is None:
        return Markup()
    rated = t(
        "{rated} organisations were rated. For {unsure} of them, raters lie on both sides of the line between little "
        "and much.",
        rated=number(found["rated"]),
        unsure=number(found["unsure"]),
    )
    table = evidence.tables.get("positions")
    if table is None:
        kept = t("Who stands where is for the city's own office: ratings are opinions about partners.")  # fmt: skip
        return prose(f"{rated} {kept}")
    fields = {key: t(name) for key, name in FIELD_NAMES.items()}
    columns = [
        tables.Column(t("Code"), "stakeholder_id"),
        tables.Column(t("Organisation"), "organisation"),
        tables.Column(t("Power"), "power", "rate"),
        tables.Column(t("Raters' span"), ("power_lowest", "power_highest"), "count"),
        tables.Column(t("Interest"), "interest", "rate"),
        tables.Column(t("Raters' span"), ("interest_lowest", "interest_highest"), "count"),
        tables.Column(t("Field"), "field", words=fields),
        tables.Column(t("Raters agree"), "sure", words={"yes": t("yes"), "no": t("no")}),
        tables.Column(t("Stance"), "stance", words=words("stakeholders", "stance") | {"": NONE}),
    ]  # fmt: skip
    more = ""
    if found.get("overlooked_names"):
        more = t(
            "Speak for people, and stand where one forgets to look: {names}.",
            names=", ".join(found["overlooked_names"]),
        )
    return prose(rated, more) + figure(
        evidence,
        charts.power_interest(
            table,
            cut=found["cut"],
            fields=tuple(fields[k] for k in ("win_over", "work_closely", "look_again", "keep_informed")),
            axes_words=(t("Interest, 1 to 5"), t("Power, 1 to 5")),
        ),
        title=t("Where organisations stand, and how far raters agree"),
        source="stakeholders",
        unit=t(
            "The middle of the raters' scores, with their span. Grey: a span crosses the line, so no field is sure. "
            "Points with the same scores stand round them."
        ),
        period="",
        n=t("{n} organisations", n=number(found["rated"])),
        denominator=t("none: scores from 1 to 5; more than {cut} is much", cut=number(found["cut"])),
        numbers=tables.table(table, columns, caption=t("Power and interest, as raters see them"), stack=False),
    )  # fmt: skip


def _plan(evidence: Evidence) -> Markup:
    found = evidence.results.get("engagement")
    if found is None:
        return Markup()
    text = t("Every organisation has a goal, a channel, a responsible role and a day.")
    if found["incomplete"] or found["none"] or found["late"]:
        text = t(
            "{whole} organisations have a goal, a channel, a responsible role and a day; {incomplete} have a part of "
            "it, {none} nothing, and for {late} the day has passed.",
            **{k: number(found[k]) for k in ("whole", "incomplete", "none", "late")},
        )
    if found["allies"]:
        text += " " + tn(
            "{n} has a rightful and urgent concern and cannot act alone: it needs an ally.",
            "{n} have a rightful and urgent concern and cannot act alone: they need allies.",
            found["allies"],
        )
    table = evidence.tables.get("engagement_plan")
    if table is None:
        return prose(text)
    dates = {
        x: day(date.fromisoformat(x), style="medium").replace(" ", "\u00a0")
        if x
        else NONE
        for x in table.frame["due"]
    }
    states = {
        "whole": t("whole"),
        "incomplete": t("incomplete"),
        "none": t("nothing yet"),
        "late": t("late"),
    }
    parts = {k: lower_first(v) for k, v in words("participation", "actual_level").items()}  # fmt: skip
    columns = [
        tables.Column(t("Organisation"), "organisation"),
        tables.Column(t("Goal"), "goal", words={"": NONE}),
        tables.Column(t("Channel"), "channel", words={"": NONE}),
        tables.Column(t("Responsible role"), "owner", words={"": NONE}),
        tables.Column(t("By when"), "due", words=dates),
        tables.Column(t("Part, at least"), "suggested", words=parts | {"": NONE}),
        tables.Column(t("Needs an ally"), "ally", words={"yes": t("yes"), "no": NONE}),
        tables.Column(t("State"), "state", words=states),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("The engagement plan"),
        label=evidence.next_table(),
        stack=False,
    )
    return prose(text) + shown


def _gaps(evidence: Evidence) -> Markup:
    table = evidence.tables.get("register_gaps")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Organisation"), "organisation"),
        tables.Column(t("To be mended"), "gap", words=gap_names()),
    ]
    return tables.table(
        table,
        columns,
        caption=t("What the register lacks, and what it should not hold"),
        label=evidence.next_table(),
    )
