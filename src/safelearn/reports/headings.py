"""The sections of the diagnosis: their titles, ids and leads, in one place, so that links always have a target."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import mark, t

TITLES = {
    "summary": mark("Summary"),
    "basis": mark("What this rests on"),
    "city": mark("The city"),
    "offences": mark("Crime and violence in the records"),
    "where": mark("Where"),
    "who": mark("Who is harmed"),
    "missing": mark("Not measured yet"),
    "later": mark("What later versions will add"),
    "care": mark("How people are protected in this report"),
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
