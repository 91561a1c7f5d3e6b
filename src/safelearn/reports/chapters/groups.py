"""The chapter "Groups": for each group a finding, its figure, its voice, and what is missing.

Serves draft:26(c).1, draft:26(c).2, draft:26(c).3, draft:26(c).4, draft:26(c).5, draft:26(c).6, draft:11.3 and
draft:25(d).5. Everything drawn or said comes from released tables; a group without figures keeps its section, because
leaving it out would hide it again.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.groups import GROUP as MEMBERS
from safelearn.diagnosis.groups import GROUPS, OTHERS, Group
from safelearn.language import listing, lower_first, number, sentence, t
from safelearn.reports import group_findings
from safelearn.reports.chapters.group_notes import care_note, missing, unasked
from safelearn.reports.chapters.living_together import norms, overlaps, taking_part
from safelearn.reports.chapters.voices import EVERYBODYS, codebook, voices
from safelearn.reports.evidence import Evidence
from safelearn.reports.group_findings import Line
from safelearn.reports.group_items import BY_KEY as ITEM
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, marks, tables


def groups(evidence: Evidence) -> Markup:
    """The section "Groups"; empty where there is neither survey nor audit nor quote."""
    if "groups" not in evidence.results:
        return Markup()
    lead = t(
        "Averages hide people. Each group is compared with everyone else by what its members said of themselves: "
        "never by name, never by neighbourhood, never together with police records."
    )
    parts = [heading("groups", lead), _how(evidence)]
    refused = evidence.refused("groups") or evidence.refused("washington_group")
    if refused:
        parts.append(marks.refusal(t("Not every group can be told apart."), refused))
    parts += [_section(evidence, group) for group in GROUPS if group.columns]
    without = [voice for g in GROUPS if not g.columns for voice in g.voices]
    parts += [unasked(evidence), voices(evidence, without)]
    parts += [overlaps(evidence), taking_part(evidence), norms(evidence)]
    parts += [codebook(evidence), voices(evidence, EVERYBODYS)]
    return Markup().join(parts)


def _how(evidence: Evidence) -> Markup:
    """What all comparisons have in common, and what nobody was asked or heard on."""
    found = evidence.results["groups"]
    lines = []
    if "year" not in found:
        lines.append(
            t(
                "There is no survey of residents in the city's folder, so there are no figures: only what people said "
                "and what walkers saw."
            )
        )
    else:
        lines.append(
            t(
                "A difference is called clear only if it stays so when all differences of the group are judged "
                "together."
            )
        )
        lacking = [lower_first(t(ITEM[key].label)) for key in found["lacking"]]
        if lacking:
            lines.append(t("The survey did not ask: {items}.", items=listing(lacking)))
    if "walks_by_group" not in evidence.tables:
        lines.append(
            t("No group has walked the city's places with the audit form yet.")
        )
    if "quotes" not in evidence.tables:
        lines.append(t("Nobody's own words can be shown yet."))
    return prose(" ".join(lines))


def _section(evidence: Evidence, group: Group) -> Markup:
    lines, too_few = _lines(evidence, group)
    head = Markup('<div class="prose"><h3 id="group-{}">{}</h3></div>').format(
        group.key, t(group.title)
    )
    parts = [head]
    if group.community:
        parts.append(care_note(evidence))
        if not lines:
            return Markup().join(parts)
    parts.append(prose(*_size(evidence, group)))
    if lines:
        parts.append(_figure(evidence, group, lines))
    elif not evidence.results["groups"]["status"][group.key]:
        parts.append(prose(group_findings.title(t(group.name), []) + "."))
    if group.key == "gender":
        parts.append(
            prose(
                t(
                    "Answers on gender identity are shown for the whole city only, and are never crossed with "
                    "another answer."
                )
            )
        )
    parts += [
        voices(evidence, group.voices),
        _walks(evidence, group),
        missing(evidence, group, too_few, len(lines)),
    ]
    return Markup().join(parts)


def _lines(evidence: Evidence, group: Group) -> tuple[list[Line], list[str]]:
    """The figures of a group that are shown, and the items with too few answers."""
    table = evidence.tables.get("groups")
    apart = evidence.tables.get("group_differences")
    if table is None or apart is None:
        return [], []
    frame = table.where(group=group.key).frame
    shares = {(row.item, row.who): row.value for row in frame.itertuples()}
    lines, too_few = [], []
    for row in apart.where(group=group.key).frame.itertuples():
        own, other = (shares.get((row.item, who)) for who in (MEMBERS, OTHERS))
        if own is None or own != own or other != other:
            too_few.append(row.item)
            continue
        lines.append(Line(row.item, own, other, row.value, row.clear == "yes"))
    return lines, too_few


def _size(evidence: Evidence, group: Group) -> list[str]:
    if group.key == "disability" and "functioning" in evidence.tables:
        rows = evidence.tables["functioning"].frame.set_index("at_least")
        cut = rows.loc["a_lot_of_difficulty"]
        return [
            group_findings.functioning(
                rows.loc["some_difficulty", "value"], cut["value"], cut["lower"], cut["upper"]
            )
        ]  # fmt: skip
    table = evidence.tables.get("group_sizes")
    if table is None or group.key == "women":
        return []
    rows = table.where(group=group.key).frame.dropna(subset=["value"])
    return [
        group_findings.size(t(group.name), row.value, row.lower, row.upper)
        for row in rows.itertuples()
    ]


def _figure(evidence: Evidence, group: Group, lines: list[Line]) -> Markup:
    names = {key: t(item.label) for key, item in ITEM.items()}
    table = evidence.tables["groups"].where(group=group.key)
    table = table.labelled("item_name", "item", names)
    own, others = sentence(t(group.name)), t("Everyone else")
    clear = [names[line.item] for line in lines if line.clear]
    frame = table.frame
    most = {who: frame.loc[frame["who"] == who, "n"].max() for who in (MEMBERS, OTHERS)}
    columns = [
        tables.Column(t("What was asked"), "item_name"),
        tables.Column(t("Who"), "who", words={MEMBERS: own, OTHERS: others}),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    read = group_findings.also(t(group.name), lines)
    if clear:
        read = " ".join([read, t("Bold: a clear difference.")]).strip()
    return figure(
        evidence,
        charts.pairs(
            table,
            sides=((MEMBERS, own), (OTHERS, others)),
            unit=t("Share of adults"),
            bold=clear,
        ),
        title=group_findings.title(t(group.name), lines),
        source="survey",
        unit=t("Shares of adults with 95% intervals, weighted by the survey's design."),
        period=str(evidence.results["groups"]["year"]),
        n=t(
            "{n} answers of {group}, {others} of everyone else",
            n=number(most[MEMBERS]),
            others=number(most[OTHERS]),
            group=t(group.name),
        ),
        denominator=t("adults who were asked, those who gave no answer included"),
        numbers=tables.table(
            table, columns, caption=t("{group} and everyone else", group=own), stack=False
        ),
        how_to_read=read,
    )  # fmt: skip


def _walks(evidence: Evidence, group: Group) -> Markup:
    table = evidence.tables.get("walks_by_group")
    if table is None:
        return Markup()
    found = table.where(group=group.key).frame
    return Markup().join(
        prose(
            group_findings.walks(
                row.visits, row.places, row.score, row.apart, row.apart_lower, row.apart_upper
            )
        )
        for row in found.itertuples()
    )  # fmt: skip
