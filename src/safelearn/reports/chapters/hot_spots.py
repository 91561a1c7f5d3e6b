"""The part of "Where" on small places: hot spots, whether they stay, what the map is worth, repeats, like areas."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.persistence import MEANINGS
from safelearn.language import listing, lower_first, number, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.names import offence_name
from safelearn.reports.page import figure, located_share, prose
from safelearn.views import charts, maps, tables
from safelearn.views.marks import refusal


def hot_spots(evidence: Evidence) -> Markup:
    """The map of small places and the two tables that say how far to trust it; or why there is none."""
    table = evidence.tables.get("hot_spots")
    if table is None:
        reason = evidence.refused("hotspots") or evidence.refused("hot_spots")
        return (
            refusal(t("Small places where offences gather."), reason)
            if reason
            else Markup()
        )
    return Markup().join([_map(evidence), _patterns(evidence), _accuracy(evidence)])


def near_repeats(evidence: Evidence) -> Markup:
    """After which offences others follow nearby, how far and how long; or why that cannot be said."""
    reach = evidence.tables.get("near_repeat_reach")
    if reach is None:
        reason = evidence.refused("near_repeat") or evidence.refused("near_repeats")
        return (
            refusal(t("Whether offences repeat near each other."), reason)
            if reason
            else Markup()
        )
    clear = [
        code
        for code in reach.frame["offence"]
        if f"near_repeat:{code}" in evidence.sentences
    ]
    if not clear:
        return prose(evidence.sentences["near_repeat"] + ".")
    parts = [_bands(evidence, code) for code in clear]
    return Markup().join([*parts, _reach(evidence)])


def alike(evidence: Evidence) -> Markup:
    """Whether neighbouring areas have like rates, in a sentence, and the areas that stand together."""
    table = evidence.tables.get("groups_of_areas")
    if table is None:
        return Markup()
    lines = []
    for offence in evidence.results["mapped"]:
        i, p = evidence.results[f"moran:{offence}"]
        lines.append(
            t(
                "{offence}: {finding} (Moran's I {value}, {chance}).",
                offence=offence_name(offence),
                finding=lower_first(evidence.sentences[f"alike:{offence}"]),
                value=number(i, 2),
                chance=_chance(p),
            )
        )
    return prose(*lines)


def _chance(p: float) -> str:
    return t("p below 0.001") if p < 0.001 else t("p = {p}", p=number(p, 3))


def _map(evidence: Evidence) -> Markup:
    table = evidence.tables["hot_spots"]
    grid = evidence.results["hot_spot_grid"]
    years = evidence.results["hot_spot_years"]
    kinds = [
        k
        for k in evidence.results["hot_spot_hidden"]
        if k in set(table.frame["offence"])
    ]
    covered = evidence.results["hot_spot_hidden"]
    if not kinds:
        return prose(evidence.sentences["hot_spots"] + ".")
    words = {kind: _pattern_words()[kind] for kind in MEANINGS}
    if not (set(table.frame["pattern"]) & set(words)):
        words = {"clear": t("More records than the ground around")}
    columns = [
        tables.Column(t("Hot spot"), "spot"),
        tables.Column(t("Kind"), "offence", words={k: offence_name(k) for k in kinds}),
        tables.Column(t("In areas"), "areas"),
        tables.Column(t("Cells"), "cells", "count"),
        tables.Column(t("Records, to the nearest ten"), "events", "count"),
        tables.Column(t("Times the ground around"), "times", "rate"),
        tables.Column(t("How clear"), "confidence", words=_clear_words()),
        tables.Column(t("Over the years"), "pattern", words=_pattern_words()),
        tables.Column(t("Clear in"), "years"),
    ]
    period = evidence.period.name("span")
    return figure(
        evidence,
        maps.cells(
            evidence.tables["hot_spot_cells"],
            evidence.shapes,
            grid,
            panels={k: offence_name(k) for k in kinds},
            words=words,
            covered=covered,
        ),
        title=evidence.sentences["hot_spots"],
        unit=t(
            "Cells of {size} m that hold more records than the ground around them would give, by kind of offence. "
            "A place that is hot for two kinds counts twice. North is up.",
            size=number(grid.size),
        ),
        alt=t(
            "A map for each kind of offence with the cells that stand out. {finding}.",
            finding=evidence.sentences["hot_spots"],
        ),
        period=period,
        n=located_share(evidence),
        denominator=t(
            "the ground up to {metres} m around each cell",
            metres=number(3.5 * grid.size),
        ),
        numbers=tables.table(
            table,
            columns,
            caption=t("Hot spots, in order of the codes of kinds and areas"),
            note=" ".join(table.notes),
            stack=False,
        ),
        how_to_read=_reading(len(years)),
    )


def _reading(years: int) -> str:
    first = t(
        "A place stands out if chance would seldom give so many records there (Gi* and an exact test, at a false "
        "discovery rate of 5%: about one place in twenty is a false alarm). Where homes and shops stand close, "
        "offences gather too: walk there with the people who live and work there, and ask about light, crossings, "
        "closing hours and company. Nothing here is for patrols, stops, evictions, lending or insurance."
    )
    if years < 3:
        return first
    rules = " ".join(
        t("{word}: {meaning}.", word=_pattern_words()[k], meaning=t(MEANINGS[k]))
        for k in MEANINGS
    )
    return f"{first} {rules}"


def _patterns(evidence: Evidence) -> Markup:
    table = evidence.tables.get("hot_spot_patterns")
    if table is None:
        return Markup()
    words = _pattern_words()
    columns = [
        tables.Column(t("Kind"), "offence", words=_names(table)),
        *(tables.Column(words[k], k, "count") for k in MEANINGS),
    ]
    return tables.table(
        table,
        columns,
        caption=t("Hot spots that stay, come and go"),
        label=evidence.next_table(),
        stack=False,
        note=t(
            "A place that stays hot asks for changes to the place; one that flared up, for finding out what happened."
        ),
    )


def _accuracy(evidence: Evidence) -> Markup:
    table = evidence.tables.get("hot_spot_accuracy")
    years = evidence.results["hot_spot_years"]
    if table is None:
        said = t(
            "What this map is worth cannot be tested: that takes a year that it was not made from."
        )
        return prose(said) if len(years) < 2 else Markup()
    columns = [
        tables.Column(t("Kind"), "offence", words=_names(table)),
        tables.Column(t("Share of the year's records"), "events_share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Share of the ground"), "ground_share", "share"),
        tables.Column(t("PAI"), "pai", "rate"),
        tables.Column(t("PEI"), "pei", "ratio"),
    ]
    return tables.table(
        table,
        columns,
        caption=evidence.sentences["hot_spot_accuracy"],
        label=evidence.next_table(),
        stack=False,
        note=t(
            "Places were marked from {first} to {last} alone and held against {year}. PAI: share of the records over "
            "share of the ground, 1 where marking is worth nothing. PEI: the same beside the best choice of as many "
            "cells. Most records fall outside the marked places.",
            first=years[0],
            last=years[-2],
            year=years[-1],
        ),
    )


def _bands(evidence: Evidence, offence: str) -> Markup:
    table = evidence.tables["near_repeat"].where(offence=offence)
    reach = evidence.tables["near_repeat_reach"].where(offence=offence).frame.iloc[0]
    columns = [
        tables.Column(t("Metres"), ("metres_from", "metres_to"), "count"),
        tables.Column(t("Days"), ("days_from", "days_to"), "count"),
        tables.Column(t("Pairs"), "pairs", "count"),
        tables.Column(t("By chance"), "expected", "rate"),
        tables.Column(t("Times as many"), "ratio", "ratio"),
        tables.Column(t("Evidence"), "evidence", words=_evidence_words()),
    ]
    return figure(
        evidence,
        charts.repeat_bands(table),
        title=evidence.sentences[f"near_repeat:{offence}"],
        unit=t(
            "How many times as many pairs of offences lie so far and so long apart as by chance: 1 is chance. Framed "
            "and bold: clear."
        ),
        period=evidence.period.name("span"),
        n=t(
            "about {n} records with a day and a point of their own",
            n=number(int(reach["events"])),
        ),
        denominator=t("pairs by chance, were the same days dealt out anew"),
        numbers=tables.table(
            table,
            columns,
            caption=t("Pairs by distance and time"),
            note=" ".join(table.notes),
            stack=False,
        ),
        how_to_read=_use(offence, reach),
    )


def _about_homes(values: dict[str, str]) -> str:
    return t(
        "After one, places within {metres} m are at {times} times the usual risk for {days} days (95% interval {lower} "
        "to {upper}): visit those harmed and their neighbours in the first week, with locks, light and advice.",
        **values,
    )


def _about_people(values: dict[str, str]) -> str:
    return t(
        "After one, people within {metres} m are at {times} times the usual risk for {days} days (95% interval {lower} "
        "to {upper}): in the first week, offer support to those harmed and to the people around them.",
        **values,
    )


def _use(offence: str, reach) -> str:
    days = number(int(reach["days"]))
    lines = []
    if reach["metres"]:
        values = {
            "metres": number(int(reach["metres"])),
            "times": number(reach["ratio"], 1),
            "days": days,
            "lower": number(reach["lower"], 1),
            "upper": number(reach["upper"], 1),
        }
        lines.append(
            _about_homes(values) if offence.startswith("05") else _about_people(values)
        )
    if reach["same_place"] == reach["same_place"]:
        lines.append(
            t(
                "At the same place, another follows {times} times as often as by chance within {days} days.",
                times=number(reach["same_place"], 0),
                days=days,
            )
        )
    lines.append(
        t(
            "This is for helping those who live there, and says nothing about who did it."
        )
    )
    return " ".join(lines)


def _reach(evidence: Evidence) -> Markup:
    """The kinds that do not repeat, in one sentence."""
    table = evidence.tables["near_repeat_reach"]
    none = [
        lower_first(offence_name(code))
        for code, days in zip(table.frame["offence"], table.frame["days"], strict=True)
        if not days
    ]
    if not none:
        return Markup()
    return prose(
        t("Not clearly followed by others nearby: {kinds}.", kinds=listing(none))
    )


def _names(table) -> dict[str, str]:
    return {code: offence_name(code) for code in table.frame["offence"]}


def _pattern_words() -> dict[str, str]:
    return {
        "persistent": t("Stays"),
        "emerging": t("New"),
        "fading": t("Gone lately"),
        "sporadic": t("Comes and goes"),
        "": t("Cannot be said"),
    }


def _clear_words() -> dict[str, str]:
    return {"very clear": t("very clear"), "clear": t("clear")}


def _evidence_words() -> dict[str, str]:
    return {"clear": t("clear"), "hint": t("may be chance"), "none": t("none")}
