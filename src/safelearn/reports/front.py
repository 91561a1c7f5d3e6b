"""The front of a report: what it is called, of which place and time, in which language, and what is not real in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safelearn.language import current, day, is_right_to_left, number, t
from safelearn.reports.brief import brief
from safelearn.reports.evidence import Evidence
from safelearn.reports.render import FRONT
from safelearn.reports.templates import DIAGNOSIS

#: The unit of a city that has not said what it calls its areas: nothing is worth saying of it.
PLAIN_UNIT = "area"


@dataclass(frozen=True)
class Front:
    """What the page's head says; shows itself in a notebook and is read again when the page is made."""

    content: dict[str, Any]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        c = self.content
        words = "\n".join(
            [c["title"], c["subtitle"], *[f"{k}: {v}" for k, v in c["facts"]]]
        )
        return {FRONT: c, "text/plain": words}


def front(evidence: Evidence) -> Front:
    """The front of a report on a city: the diagnosis, or the page of another template."""
    settings = evidence.settings
    content = {
        "lang": current().replace("_", "-"),
        "dir": "rtl" if is_right_to_left() else "ltr",
        **_words(evidence),
        "publisher": settings.name,
        "facts": _facts(evidence),
        "warning": "",
        "warning_tag": "",
        "warning_short": "",
        "marking": t("Draft, not published"),
        "words": {
            "skip": t("Skip to the report"),
            "contents": t("Contents"),
            "failed": t("This section could not be produced."),
        },
        "footer": _footer(evidence),
    }
    if evidence.template == DIAGNOSIS:
        content["brief"] = brief(evidence)
    if settings.synthetic:
        content |= {
            "warning_tag": t("Invented city."),
            "warning": t(
                "Nobody lives here and nothing in this report ever happened. Do not cite."
            ),
            "warning_short": t("Synthetic data. Do not cite."),
        }
    if evidence.audience == "internal":
        from datetime import date

        content["marking"] = t(
            "Internal: for {recipient}, {date}. Not for publication.",
            recipient=evidence.recipient,
            date=day(date.today()),
        )
    return Front(content)


def _facts(evidence: Evidence) -> list[list[str]]:
    """Of which time the records are, and how many."""
    if evidence.template == "stakeholders":
        return []  # it rests on registers, and on no record of an offence
    period, settings = evidence.period, evidence.settings
    facts = []
    if period:
        facts.append([t("Period"), period.name("months")])
    areas = evidence.tables.get("population_by_area")
    if areas is not None:
        facts.append(
            [
                t("Areas"),
                number(len(areas))
                if settings.unit == PLAIN_UNIT
                else t("{n}, each a {unit}", n=number(len(areas)), unit=settings.unit),
            ]
        )
    read = sum(
        line.rows_read for line in evidence.inventory if line.table == "incidents"
    )
    used = sum(
        line.rows_used for line in evidence.inventory if line.table == "incidents"
    )
    if read:
        facts.append(
            [
                t("Records used"),
                t("{used} of {read}", used=number(used), read=number(read)),
            ]
        )
    if period:
        from safelearn.reports.period import in_words

        latest = t("Latest year") if period.yearly else t("Latest month")
        facts.append([latest, in_words(period.months[-1:])])
        facts += _due(period.months[-1], settings.cycle)
    return facts


def _words(evidence: Evidence) -> dict[str, str]:
    """What the report is called and what it is about."""
    name = evidence.settings.name
    if evidence.template == "stakeholders":
        return {
            "title": t("Who acts for safety: {city}", city=name),
            "subtitle": t(
                "Which organisations and roles act for safety, who takes part and who has no seat, and which ties "
                "hold them together."
            ),
            "kicker": t("City safety stakeholders"),
        }
    if evidence.template == "evaluation":
        return {
            "title": t("Did it work? {city}", city=name),
            "subtitle": t(
                "What changed where the city intervened, where harm moved, how sure we are, at what cost, and what "
                "this evaluation cannot say."
            ),
            "kicker": t("City safety evaluation"),
        }
    if evidence.template == "scenarios":
        return {
            "title": t("Which future: {city}", city=name),
            "subtitle": t(
                "What the city's own figures leave open, four scenarios to talk about, what people chose, and what "
                "others have tried."
            ),
            "kicker": t("City safety scenarios"),
        }
    period = evidence.period
    return {
        "title": t(
            "Safety diagnosis: {city}, {period}", city=name, period=period.name()
        )
        if period
        else t("Safety diagnosis: {city}", city=name),
        "subtitle": t(
            "What the records say about harm in the city, where it is recorded and whom it reaches, how "
            "sure we are, and what has not been measured yet."
        ),
        "kicker": t("City safety diagnosis"),
    }


def _due(last: str, months: int | None) -> list[list[str]]:
    """Until when the report holds, where the city has said how often it diagnoses; an old one says it is old."""
    from datetime import date

    from safelearn.reports.cycle import cycle_of

    cycle = cycle_of(last, months)
    if cycle is None:
        return []
    stale = cycle.stale(date.today())
    said = t("{date}: overdue, these data are old", date=day(cycle.due))
    return [[t("Next diagnosis due"), said if stale else day(cycle.due)]]


def _footer(evidence: Evidence) -> str:
    sources = []
    for name, note in evidence.settings.tables.items():
        if note.source and evidence.has.get(name):
            licence = f", {note.licence}" if note.licence else ""
            sources.append(f"{name}: {note.source}{licence}.")
    made = t(
        "Made with safelearn; the manifest beside this page lists the checksum of every input."
    )
    return " ".join([*sources, made])
