"""The parts that every chapter is made of: headings whose links always have a target, prose, figures.

A figure here is `views.figures.figure` with what the evidence knows already: its number, its source, its stamp.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from safelearn.language import mark, number, percent, t
from safelearn.reports.evidence import Evidence
from safelearn.views import figures
from safelearn.views.figures import Draw

TITLES = {
    "summary": mark("Summary"),
    "changed": mark("What changed since the last report"),
    "basis": mark("What this rests on"),
    "city": mark("The city"),
    "actors": mark("Who acts for safety"),
    "offences": mark("Crime and violence in the records"),
    "where": mark("Where"),
    "who": mark("Who is harmed"),
    "perception": mark("How safe people feel"),
    "reporting": mark("What police never hear"),
    "groups": mark("Groups"),
    "places": mark("Places and mobility"),
    "causes": mark("Causes, risks and what protects"),
    "responses": mark("Responses so far"),
    "priorities": mark("Priorities"),
    "indicators": mark("Indicators and targets"),
    "options": mark("Options and how to judge them"),
    "missing": mark("Not measured yet"),
    "later": mark("What later versions will add"),
    "harm": mark("Harm and ethics"),
    "care": mark("How people are protected in this report"),
    "validation": mark("Who checked this report"),
    "annex": mark("Annex"),
    "registered": mark("Who is in the register"),
    "tied": mark("Who works with whom"),
    "heard": mark("Who takes part, and how far"),
    "strong": mark("What there is to build on"),
    "futures": mark("What is uncertain"),
    "scenarios": mark("Four scenarios to talk about"),
    "votes": mark("What people chose"),
    "vision": mark("The vision and people's rights"),
    "elsewhere": mark("What others have tried"),
    "change": mark("What changed where the city intervened"),
    "moved": mark("Where harm moved"),
    "sure": mark("How sure this is"),
    "cost": mark("At what cost"),
    "accounts": mark("Money for safety"),
    "monitoring": mark("Targets and progress"),
    "justice": mark("Police and justice"),
    "limits": mark("What this evaluation cannot say"),
}


def heading(section: str, lead: str = "") -> Markup:
    """The heading of a section and the sentence under it."""
    words = Markup("<p>{}</p>").format(lead) if lead else Markup()
    return Markup('<div class="prose section-head"><h2 id="{}">{}</h2>{}</div>').format(
        section, t(TITLES[section]), words
    )


def prose(*paragraphs: str) -> Markup:
    """Paragraphs of plain sentences."""
    inner = Markup().join(Markup("<p>{}</p>").format(p) for p in paragraphs if p)
    return Markup('<div class="prose">{}</div>').format(inner)


def fold(title: str, content: str) -> Markup:
    """Reference matter behind a line that says what it is: folded on a screen, printed whole."""
    if not content:
        return Markup()
    return Markup(
        '<details class="reference print-keep"><summary>{}</summary>{}</details>'
    ).format(title, Markup(content))


def not_carried(evidence: Evidence, measure: str) -> str:
    """Why the tables that are there cannot carry a measure; empty where they can, or are not there at all.

    A table that is missing has its card in the section on what is not measured yet.
    """
    found = evidence.refused_here.get(measure)
    return str(found).replace("\n", " ") if found is not None else ""


def located_share(evidence: Evidence) -> str:
    """How many records have a place, of all years: those of one could give a hidden count away."""
    share = evidence.located / max(evidence.records, 1)
    return t(
        "of all {records} records, {share} have a place",
        records=number(evidence.records),
        share=percent(share, 1),
    )


def figure(
    evidence: Evidence,
    draw: Draw,
    *,
    title: str,
    source: str = "incidents",
    alt: str = "",
    **rest: Any,
) -> Markup:
    """The next figure of the report; `source` names its table, the title stands for the alt text without one."""
    return figures.figure(
        draw,
        number=evidence.next_figure(),
        title=title,
        alt=alt or title,
        source=evidence.source(source),
        stamp=evidence.stamp,
        **rest,
    )
