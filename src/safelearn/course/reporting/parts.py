"""What every section of the class report is made of: a heading, paragraphs, the name of a trainee."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.course.reporting.marks import Marks


def name_of(marks: Marks, person: str) -> str:
    """The name of an id, or the id of somebody who is in no list."""
    return next((p.name for p in marks.people if p.id == person), person)


def head(anchor: str, title: str, lead: str = "") -> Markup:
    """The heading of a section and the sentence under it."""
    words = Markup("<p>{}</p>").format(lead) if lead else Markup()
    return Markup('<div class="prose section-head"><h2 id="{}">{}</h2>{}</div>').format(
        anchor, title, words
    )


def prose(*paragraphs: str) -> Markup:
    """Paragraphs of plain sentences."""
    return Markup('<div class="prose">{}</div>').format(
        Markup().join(Markup("<p>{}</p>").format(p) for p in paragraphs)
    )
