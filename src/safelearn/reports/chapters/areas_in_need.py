"""Where services are needed first, and of which kind areas are: part of the chapter on priorities (draft:26(b)).

Areas stand in code order within classes of services. No area has a score or a rank in public.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.disclosure.approval import Approved
from safelearn.language import listing, number, percent, sentence, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import prose
from safelearn.strategy import need, typology
from safelearn.views import figures, maps, marks, style, tables

_COLOURS = {
    need.FIRST: style.SEQUENTIAL[4],
    need.ALSO: style.SEQUENTIAL[2],
    need.ELSEWHERE: style.SEQUENTIAL[0],
    need.UNCLEAR: style.PAPER,
    need.HIDDEN: style.PANEL,
}


def need_by_area(evidence: Evidence) -> Markup:
    """Classes of need on a map and as lists of areas."""
    refused = evidence.refused_here.get("need")
    if refused:
        return marks.refusal(
            t("Where services are needed first."), f"{refused.what} {refused.remedy}"
        )
    table = evidence.tables.get("need_by_area")
    if table is None:
        return Markup()
    sources = evidence.results["need_sources"]
    names = {code: sentence(t(text)) for code, text in need.WORDS.items()}
    signs = {
        "above": t("above the city"),
        "below": t("below the city"),
        "no clear difference": t("no clear difference"),
    }
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Services"), "need", words=names),
        *[tables.Column(_source(s), s, words=signs) for s in sources],
    ]
    numbers = tables.table(
        table, columns, caption=t("Where services are needed first"), stack=False
    )
    use = t(
        "For prevention and services; not for planning patrols or stops, for evictions, lending or insurance."
    )
    said = [_method(evidence, sources), use]
    listed = _listed(table, "need", names, evidence, evidence.sentences["need"])
    if evidence.boundaries is None:
        return prose(*said) + listed + _folded(numbers)
    classes = [
        maps.Kind(
            code, names[code], _COLOURS[code], code == need.UNCLEAR, code == need.HIDDEN
        )
        for code in need.WORDS
    ]
    return (
        figures.figure(
            maps.kinds(
                table,
                evidence.shapes,
                value="need",
                classes=classes,
                title=t("Services"),
            ),
            number=evidence.next_figure(),
            title=evidence.sentences["need"],
            alt=evidence.sentences["need"],
            stamp=evidence.stamp,
            unit=t(
                "Need for services, from {sources}. {use} North is up.",
                sources=listing([_source(s).lower() for s in sources]),
                use=use,
            ),
            source=_source_tables(evidence, sources),
            period=evidence.period.name() if evidence.period else "",
            n=t(
                "{n} areas placed",
                n=number(
                    sum(
                        c
                        for k, c in evidence.results["need"]["counts"].items()
                        if k != need.HIDDEN
                    )
                ),
            ),
            denominator=t("residents, or people asked, of each area"),
            numbers=numbers,
            how_to_read=_method(evidence, sources),
        )
        + listed
    )


def _source(name: str) -> str:
    return {
        "records": t("Recorded violence and property offences"),
        "victims": t("Victims in the survey"),
        "fear": t("Feeling unsafe after dark"),
        "conditions": t("Housing, work, services and transport"),
    }[name]


def _source_tables(evidence: Evidence, sources: tuple[str, ...]) -> str:
    """Where the sources come from, for the line under the figure."""
    held = {
        "records": "incidents",
        "victims": "survey",
        "fear": "survey",
        "conditions": "statistics",
    }
    names = dict.fromkeys(held[source] for source in sources)
    return "; ".join(evidence.source(name) for name in names)


def _method(evidence: Evidence, sources: tuple[str, ...]) -> str:
    kept = [k for k in evidence.results["need"]["kept"].values() if k == k]
    said = [
        t(
            "Each of the {n} sources counts the same. Everything was drawn again 4,000 times within its error and with "
            "other weights; an area is in a class only if nine in ten repetitions agree.",
            n=number(len(sources)),
        )
    ]
    if kept:
        said.append(
            t(
                "If one source counted twice, at least {share} of the placed areas would keep their class.",
                share=percent(min(kept), 0),
            )
        )
    if "records" in sources:
        said.append(
            t(
                "Where people report less, records show less need than there is. Areas with counts hidden to protect "
                "people are not placed."
            )
        )
    return " ".join(said)


def _listed(
    table: Approved,
    column: str,
    names: dict[str, str],
    evidence: Evidence,
    caption: str,
    stands_out: dict[str, str] | None = None,
) -> Markup:
    """Classes with the areas in them, in code order."""
    frame = table.frame
    rows = []
    for code, name in names.items():
        here = frame[frame[column] == code].sort_values("area_id")
        if len(here):
            areas = Markup(", ").join(
                Markup("{} <span>{}</span>").format(a, n)
                for a, n in zip(here["area_id"], here["area_name"], strict=True)
            )
            why = [stands_out[code]] if stands_out else []
            rows.append([name, *why, number(len(here)), areas])
    why = [t("What stands out")] if stands_out else []
    heads = [t("Services"), *why, t("Areas"), t("Which, in order of code")]
    return tables.text_table(
        heads, rows, caption=caption, label=evidence.next_table(), numeric=[heads[-2]],
        note=t("Areas stand in order of code within a class: this is not a ranking."),
    )  # fmt: skip


def _folded(numbers: Markup) -> Markup:
    return Markup('<details class="numbers"><summary>{}</summary>{}</details>').format(
        t("Numbers behind this figure"), numbers
    )


def kinds_of_areas(evidence: Evidence) -> Markup:
    """Kinds of areas in words of the services that would fit them."""
    refused = evidence.refused_here.get("kinds")
    if "need" in evidence.refused_here:
        refused = None  # said once, under need
    table = evidence.tables.get("kinds_of_areas")
    if table is None:
        return (
            marks.refusal(t("Kinds of areas."), f"{refused.what} {refused.remedy}")
            if refused
            else Markup()
        )
    names = {code: t(text) for code, text in typology.SERVICES.items()}
    held = evidence.results["kinds"]
    steady = t(
        "Kinds follow fixed rules: whether harm, conditions of life or fear lie clearly above the rest of the city. "
        "When the figures are drawn again, {share} of the areas keep their kind (adjusted Rand index {rand}; 1 would "
        "be always, 0 by chance).",
        share=percent(held["kept"], 0),
        rand=number(held["adjusted_rand"], 2),
    )
    return prose(steady) + _listed(
        table,
        "kind",
        names,
        evidence,
        evidence.sentences["kinds_of_areas"],
        _stands_out(),
    )


def _stands_out() -> dict[str, str]:
    """What lies clearly above the rest of the city in each kind of area."""
    return {
        typology.BOTH: t("harm, and how people live"),
        typology.HARM: t("harm"),
        typology.LIVING: t("how people live"),
        typology.FEAR: t("fear"),
        typology.USUAL: t("nothing clearly"),
        typology.BETWEEN: t("more than one answer is possible"),
        typology.HIDDEN: t("not known"),
    }
