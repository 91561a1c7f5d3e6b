"""How people are protected in the report, and what it must not be used for."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import day, listing, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading, prose


def care(evidence: Evidence) -> Markup:
    """The section "How people are protected in this report"."""
    settings = evidence.settings
    lines = [
        evidence.rule,
        t("Sexual and domestic violence is shown no finer than by district and month."),
        t(
            "No point, address, name or case leaves the city's folder: figures are for areas."
        ),
        t(
            "The report's own tables were attacked as an outsider would, by subtraction, from rates "
            "and from smoothed rates: no hidden number could be found."
        ),
        *_beside(evidence),
        *[override.sentence for override in evidence.overrides],
    ]
    uses = t(
        "This report is for prevention and services: light, transport, schools, health, help for "
        "victims, work with residents. It is not for planning patrols or stops, for evictions, "
        "lending or insurance. Where police look more, records rise, and a map of records would send "
        "them back to the same streets."
    )
    settled = []
    if settings.redress:
        settled.append(
            t("Questions and complaints: {contact}", contact=settings.redress)
        )
    if settings.retention:
        settled.append(
            t(
                "The data behind this report are deleted after {date}.",
                date=day(settings.retention),
            )
        )
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    listed = Markup('<div class="prose"><ul>{}</ul></div>').format(items)
    return heading("care") + listed + prose(uses, *settled)


def _beside(evidence: Evidence) -> list[str]:
    """What the attack took in that others, or an earlier report, have published."""
    said = []
    if evidence.previous is not None:
        said.append(
            t(
                "So were they beside the report before this one: two reports together tell no hidden number."
            )
        )
    if evidence.also:
        said.append(
            t(
                "So were they beside totals that others publish: {files}.",
                files=listing(list(evidence.also)),
            )
        )
    return said
