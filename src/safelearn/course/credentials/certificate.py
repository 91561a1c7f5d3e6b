"""The credential on one page, for people: the same content in words, with the signed file attached to it.

A credential goes in, and nothing else, so that the page cannot say what the credential does not. There is no seal and
no signature drawn on it: what can be checked is the attached file. A rehearsal's page says so across its whole width.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from safelearn import resources
from safelearn.course.credentials.badge import EXAMINED, PRACTISED, is_rehearsal
from safelearn.course.credentials.proof import fingerprint
from safelearn.guidelines.competencies import competency, levels
from safelearn.language import current, day, is_right_to_left, t

#: Above so many lines the words of each level are left out, so that it stays one page.
MOST_LINES = 3
#: The name of the file attached to the page.
ATTACHED = "credential.jwt"


def page(credential: dict[str, Any]) -> str:
    """The page, as HTML that the PDF maker prints."""
    from safelearn.views import fonts

    subject = credential["credentialSubject"]
    about = subject["achievement"]
    found = statements(credential)
    invented = is_rehearsal(credential)
    style = (resources.templates() / "certificate" / "certificate.css").read_text(
        encoding="utf-8"
    )
    return Markup(
        '<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>{fonts}{style}</style></head><body{dense}>{warning}<header>"
        '<p class="issuer">{issuer}</p><h1>{name}</h1>{holder}</header><div class="rule"></div>'
        '<main><p class="lead">{lead}</p><div class="both"><div>{practised}</div><div>{examined}</div></div>'
        "{notes}</main><div class=\"room\"></div>{footer}{mark}</body></html>"
    ).format(
        lang=current().replace("_", "-"),
        dir="rtl" if is_right_to_left() else "ltr",
        title=about["name"],
        fonts=Markup(fonts.css(current())),
        style=Markup(style),
        dense=Markup(' class="dense"') if sum(map(len, found)) > MOST_LINES else "",
        warning=_only(invented, "banner", t("Rehearsal: nobody in it exists, and no mark was earned.")),
        issuer=credential["issuer"]["name"],
        name=about["name"],
        holder=Markup('<p class="holder">{} <b>{}</b></p>').format(t("Issued to"), holder(credential)),
        lead=about["description"],
        practised=_table(t("Practised"), found[0], t("Nothing was practised.")),
        examined=_table(t("Examined"), found[1], t("Nothing was examined. No exam is part of this credential.")),
        notes=_notes(about["criteria"]["narrative"]),
        footer=_footer(credential),
        mark=_only(invented, "mark", t("Rehearsal")),
    )  # fmt: skip


def holder(credential: dict[str, Any]) -> str:
    """Who holds it, as the trainee wanted to be named."""
    who = credential["credentialSubject"]["identifier"][0]
    if who["hashed"]:
        return t("Whoever has the code that belongs to it")
    return who["identityHash"]


@dataclass(frozen=True)
class Statement:
    """One result: the competency's id, what the result is called, the level, and what that level means."""

    competency: str
    name: str
    level: int
    meaning: str


def statements(
    credential: dict[str, Any],
) -> tuple[list[Statement], list[Statement]]:
    """What was practised, and what was examined."""
    subject = credential["credentialSubject"]
    described = {d["id"]: d for d in subject["achievement"]["resultDescription"]}
    found: dict[str, list[Statement]] = {PRACTISED: [], EXAMINED: []}
    for result in subject["result"]:
        one = described[result["resultDescription"]]
        kind, _, about = one["id"].partition("#")[2].partition("-")
        level = next(
            level
            for level in one["rubricCriterionLevel"]
            if level["id"] == result["achievedLevel"]
        )
        found[kind].append(
            Statement(about, one["name"], int(level["level"]), level["description"])
        )
    return found[PRACTISED], found[EXAMINED]


def _table(title: str, found: list[Statement], nothing: str) -> Markup:
    out = Markup("<h2>{}</h2>").format(title)
    if not found:
        return out + Markup('<p class="means">{}</p>').format(nothing)
    names = {level.number: level.name for level in levels()}
    body = Markup()
    for one in found:
        bars = Markup().join(
            Markup('<i class="{}"></i>').format("on" if n <= one.level else "")
            for n in names
        )
        body += Markup(
            '<tr><th scope="row"><b>{}</b><span>{}</span></th><td>{}{}<span>{}</span></td></tr>'
        ).format(
            competency(one.competency).name,
            one.meaning,
            t("Level {n} of {most}", n=one.level, most=len(names)),
            bars,
            names[one.level],
        )
    return out + Markup("<table><tbody>{}</tbody></table>").format(body)


def _notes(narrative: str) -> Markup:
    lines = (Markup("<p>{}</p>").format(line) for line in narrative.split("\n\n"))
    return Markup('<div class="notes">{}</div>').format(Markup().join(lines))


def _footer(credential: dict[str, Any]) -> Markup:
    start, end = (
        day(datetime.fromisoformat(credential[name]).date())
        for name in ("validFrom", "validUntil")
    )
    facts = [
        (t("Validity"), t("from {start} to {end}", start=start, end=end)),
        (t("Identifier"), credential["id"]),
        (t("The issuer's key"), fingerprint(credential["issuer"]["id"])),
    ]
    rows = Markup().join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in facts
    )
    return Markup("<footer><dl>{}</dl><p>{}</p><p><code>{}</code></p></footer>").format(
        rows,
        t(
            "This page is no proof. The credential is the file {file} attached to it: an Open Badge 3.0, which says "
            "the same and can be checked without a network. Get the issuer's public file from {issuer}, compare the "
            "key above, and check:",
            file=ATTACHED,
            issuer=credential["issuer"]["name"],
        ),
        f"safelearn course credential verify {ATTACHED} --key issuer.json --revocations revocations.jwt",
    )


def _only(when: bool, kind: str, text: str) -> Markup:
    return Markup('<div class="{}">{}</div>').format(kind, text) if when else Markup()
