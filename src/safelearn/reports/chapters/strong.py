"""What neighbourhoods have to build on, and what residents do themselves: strengths before needs.

Serves draft:25(b), draft:26(d).3, draft:26(c).5b and draft:24(g). Each area has a card that begins with what works
there; areas stand in code order, and none is said to have least.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import listing, lower_first, number, percent, t, tn
from safelearn.reports import actors_findings as said
from safelearn.reports.codes import group_name, words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, fold, heading, prose
from safelearn.stakeholders.assets import KIND_NAMES
from safelearn.views import maps, marks, tables


def strong(evidence: Evidence) -> Markup:
    """The section "What there is to build on"; empty without assets and initiatives."""
    parts = [_assets(evidence), _initiatives(evidence), _cards(evidence)]
    if not any(parts):
        return Markup()
    lead = t(
        "Areas that are known for harm only are hurt by the picture too. This section begins with what works, and with "
        "whom it works; plans for an area start here, and are made with those who live there."
    )
    return heading("strong", lead) + Markup().join(parts)


def _assets(evidence: Evidence) -> Markup:
    refused = evidence.refused_here.get("assets")
    if refused:
        return marks.refusal(t("What there is to build on."), str(refused))
    table, found = evidence.tables.get("assets_by_area"), evidence.results.get("assets")
    if table is None or found is None:
        return Markup()
    columns = [
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Assets"), "assets", "count"),
        *(tables.Column(t(name), key, "count") for key, name in KIND_NAMES.items()),
        tables.Column(t("Open after dark"), "after_dark", "count"),
        tables.Column(t("Everybody can get in"), "accessible", "count"),
        tables.Column(t("Hours free a week"), "hours_free", "count"),
        tables.Column(t("Initiatives"), "initiatives", "count"),
    ]
    numbers = tables.table(
        table, columns, caption=t("What each area has to build on"), stack=False
    )
    text = []
    if found["used"] == found["used"]:
        text.append(
            t(
                "Of the hours in which they could be used, {used} are used; {free} hours a week are free.",
                used=percent(found["used"]),
                free=number(found["hours_free"]),
            )
        )
    if found["unlisted"]:
        text.append(
            tn(
                "{n} that does not want to be listed, or was not asked, is counted nowhere.",
                "{n} that do not want to be listed, or were not asked, are counted nowhere.",
                found["unlisted"],
            )
        )
    groups = evidence.tables["assets_by_group"].frame
    few = [group_name(g) for g in groups["group"] if g != "everyone"]
    if few:
        text.append(
            t(
                "Beside those for everyone there are places and groups for: {groups}.",
                groups=listing([lower_first(g) for g in few]),
            )
        )
    common = {
        "title": said.assets(found["least"], found["most"], found["without"]),
        "source": "assets",
        "unit": t("Places, groups and services that residents named and that may be listed. North is up."),
        "period": "",
        "n": t("{n} assets", n=number(found["assets"])),
        "denominator": t("none: counts; an area with few may have had few walks"),
        "numbers": numbers,
    }  # fmt: skip
    if evidence.boundaries is None or not len(evidence.boundaries):
        shown = tables.table(
            table, columns, caption=t("What each area has to build on"), label=evidence.next_table(), stack=False
        )  # fmt: skip
        return prose(" ".join(text)) + shown
    draw = maps.single(
        table, evidence.boundaries, value="assets", unit=t("Assets of an area")
    )
    return prose(" ".join(text)) + figure(evidence, draw, **common)


def _initiatives(evidence: Evidence) -> Markup:
    found = evidence.results.get("initiatives")
    if found is None:
        return Markup()
    text = t(
        "{n} initiatives of residents are on record, {working} of them at work. {grants}",
        n=number(found["initiatives"]),
        working=number(found["at_work"]),
        grants=said.grants(found["share"], found["lower"], found["upper"]),
    )
    table = evidence.tables.get("initiatives")
    by_area = found["by_area"]
    settlement = words("areas", "settlement")
    if len(by_area) > 1:
        text += " " + t(
            "By kind of area: {list}.",
            list=listing(
                [
                    t(
                        "{kind}: {helped} of {asked}",
                        kind=lower_first(settlement.get(kind, kind)),
                        helped=number(helped),
                        asked=number(asked),
                    )
                    for kind, (asked, helped) in by_area.items()
                ]
            ),
        )
    if table is None:
        return prose(text)
    columns = [
        tables.Column(t("Initiative"), "initiative"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Aim"), "aim"),
        tables.Column(t("Kind of prevention"), "prevention", words=words("initiatives", "prevention")),
        tables.Column(t("What it needs"), "needs", words={"": "–"}),
    ]  # fmt: skip
    shown = tables.table(
        table,
        columns,
        caption=t("What residents do themselves"),
        label=evidence.next_table(),
        note=t("Those that agreed to be listed. Who leads them is not shown beside where they are."),
    )  # fmt: skip
    return prose(text) + fold(t("Each initiative that agreed to be listed"), shown)


def _cards(evidence: Evidence) -> Markup:
    """One card an area, by district: what works there first (draft:26(c).5b)."""
    table = evidence.tables.get("assets")
    if table is None:
        return Markup()
    frame = table.frame
    types = words("assets", "type")
    begun = evidence.tables.get("initiatives")
    own = begun.frame if begun is not None else None
    district = "parent" if "parent" in frame else "area_id"
    parts = []
    for parent, rows in frame.groupby(district, sort=False):
        cards = [
            _card(area, name, here, own, types)
            for (area, name), here in rows.groupby(["area_id", "area_name"], sort=True)
        ]
        title = t("What works, area by area: {district}", district=parent)
        parts.append(
            fold(title, Markup('<div class="gaps">{}</div>').format(Markup().join(cards)))
        )  # fmt: skip
    if district == "area_id":
        # Without districts a fold for each area would be a list of folds.
        cards = [
            _card(area, name, here, own, types)
            for (area, name), here in frame.groupby(["area_id", "area_name"], sort=True)
        ]
        parts = [
            fold(
                t("What works, area by area"),
                Markup('<div class="gaps">{}</div>').format(Markup().join(cards)),
            )
        ]
    return Markup().join(parts)


def _card(area: str, name: str, here, own, types: dict[str, str]) -> Markup:
    rows = []
    for one in here.sort_values("hours_free", ascending=False).itertuples():
        more = [lower_first(types.get(one.type, one.type))]
        if one.hours_free == one.hours_free and one.hours_free > 0:
            more.append(
                tn("{n} hour free a week", "{n} hours free a week", int(one.hours_free))
            )
        if one.open_after_dark == "yes":
            more.append(t("open after dark"))
        rows.append(
            Markup("<li>{} <span>{}</span></li>").format(one.asset, ", ".join(more))
        )
    if own is not None:
        mine = own[own["area_id"] == area]
        rows += [
            Markup("<li>{} <span>{}</span></li>").format(
                one.initiative, t("residents' own: {aim}", aim=lower_first(one.aim))
            )
            for one in mine.itertuples()
        ]
    return Markup(
        '<article class="gap"><p class="gap-tag">{}</p><h3>{}</h3><ul>{}</ul></article>'
    ).format(area, name, Markup().join(rows))
