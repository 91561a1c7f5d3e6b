"""What comes first, for whom and where: ballots, demands, need for services and kinds of areas."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import day, listing, number, t, tn
from safelearn.reports import priority_findings
from safelearn.reports.chapters.areas_in_need import kinds_of_areas, need_by_area
from safelearn.reports.chapters.asked_for import asked_for
from safelearn.reports.codes import group_name, words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, maps, marks, style, tables


def priorities(evidence: Evidence) -> Markup:
    """The section "Priorities"; empty where there is nothing to say (serves draft:25(f))."""
    parts = [
        _ballots(evidence),
        asked_for(evidence),
        need_by_area(evidence),
        kinds_of_areas(evidence),
    ]
    if not any(parts) and not _gaps(evidence):
        return Markup()
    lead = t(
        "What comes first is for people to say: groups rank, residents ask, and figures show where services are "
        "missing. The three often differ, and where they do is worth a conversation."
    )
    return heading("priorities", lead) + Markup().join(parts) + _gaps(evidence)


def _gaps(evidence: Evidence) -> Markup:
    cards = []
    if not evidence.has.get("ballots"):
        cards.append(
            marks.not_measured(
                t("Priorities, as each group sees them"),
                t(
                    "Strength of evidence is not importance; people decide what comes first."
                ),
                t(
                    "Let each group rank the problems of its area, and keep the papers: a number, a group, a rank."
                ),
                t("Where groups agree and where they do not."),
                t("Sheet `{table}` of city.xlsx", table="ballots").replace("`", ""),
                t("Guidelines {clause}", clause="draft:25(f)"),
            )
        )
    if not evidence.has.get("demands"):
        cards.append(
            marks.not_measured(
                t("What residents ask for"),
                t(
                    "Letters, calls and assemblies say what people want changed, and who is not answered."
                ),
                t(
                    "Write each demand into one register: date, area, topic, who asks, what became of it."
                ),
                t("What is asked for, where nobody asks, and how long people wait."),
                t("Sheet `{table}` of city.xlsx", table="demands").replace("`", ""),
                t("Guidelines {clause}", clause="draft:25(d).3"),
            )
        )
    return marks.cards(cards) if cards else Markup()


def _ballots(evidence: Evidence) -> Markup:
    refused = evidence.refused_here.get("priorities")
    if refused:
        return marks.refusal(refused.what, refused.remedy)
    if "priorities_by_group" not in evidence.tables:
        return Markup()
    return Markup().join(
        [_matrix(evidence), _agreement(evidence), _who(evidence), _apart(evidence)]
    )


def _matrix(evidence: Evidence) -> Markup:
    table = evidence.tables["priorities_by_group"].labelled(
        "group_name", "group", words("ballots", "group")
    )
    held = evidence.results["ballots"]
    columns = [
        tables.Column(t("Option"), "option"),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Papers"), "n", "count"),
        tables.Column(t("Points, 0 to 1"), "points", "ratio"),
        tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
        tables.Column(t("Place"), "place", "count"),
        tables.Column(t("May be first"), "first", words=_yes_no()),
    ]
    return figure(
        evidence,
        charts.ranking(table),
        title=evidence.sentences["priorities"],
        unit=t(
            "Place of each option in each group, by the Borda count: an option has as many points on a paper as there "
            "are options behind it. Darker cells hold more points. Ringed: cannot be told apart from the group's first."
        ),
        source="ballots",
        period=day(_date(held["held_on"])),
        n=t("{n} papers", n=number(held["papers"])),
        denominator=t("papers of each group"),
        numbers=tables.table(
            table, columns, caption=t("What each group puts first"), stack=False
        ),
        how_to_read=_how(held),
    )


def _how(held: dict) -> str:
    said = [
        t(
            "Options that a paper leaves out share the places that are left. Those who voted came by themselves; "
            "nobody drew them by lot."
        )
    ]
    if held["spoilt"]:
        said.append(
            tn(
                "{n} paper names an option twice and is set aside.",
                "{n} papers name an option twice and are set aside.",
                held["spoilt"],
            )
        )
    if held["left_out"]:
        said.append(t("Papers of groups too small to be shown are in no number here."))
    return " ".join(said)


def _agreement(evidence: Evidence) -> Markup:
    every, apart = evidence.results["agreement"], evidence.results["groups_apart"]
    said = [
        t(
            "All {n} papers together have {strength} (Kendall's W {w}; 0 is none, 1 is the same order on all papers).",
            n=number(every.papers),
            strength=priority_findings.strength(every.w),
            w=number(every.w, 2),
        )
    ]
    table = evidence.tables.get("agreement_within_groups")
    if table is not None and len(table) > 1:
        most = table.frame["w"].max()
        least = table.frame["w"].min()
        said.append(
            t(
                "Within the groups, W lies between {least} and {most}.",
                least=number(float(least), 2),
                most=number(float(most), 2),
            )
        )
    if apart is not None:
        said.append(evidence.sentences["agreement"] + ".")
        if apart.clear:
            one, other = max(apart.pairs, key=apart.pairs.get)
            said.append(
                t(
                    "Furthest apart are {one} and {other}.",
                    one=group_name(one).lower(),
                    other=group_name(other).lower(),
                )
            )
    return prose(" ".join(said))


def _who(evidence: Evidence) -> Markup:
    table = evidence.tables["papers_by_group"].labelled(
        "group_name", "group", words("ballots", "group")
    )
    columns = [
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Papers"), "n", "count"),
        tables.Column(t("Share of the papers"), "share", "share"),
        tables.Column(t("Share of residents"), "population_share", "share"),
    ]
    shown = tables.table(
        table, columns, caption=t("Who voted"), label=evidence.next_table(),
        note=t("A paper stands under one group, a resident under several: read large differences only."),
    )  # fmt: skip
    missing = evidence.results.get("missing_voices", ())
    if not missing:
        return shown
    names = listing([group_name(g).lower() for g in missing])
    said = t(
        "Nobody voted as one of these groups: {names}. Their order is not known.",
        names=names,
    )
    return prose(said) + shown


def _apart(evidence: Evidence) -> Markup:
    """Where groups put different things first: a map, and beside it what each puts first."""
    table = evidence.tables.get("disagreement_by_area")
    if table is None:
        return Markup()
    level = evidence.results["priority_level"]
    place = t("District") if level == "parent" else t("Area")
    key = level if level == "parent" else "area_name"
    verdicts = {
        "differ": t("groups differ clearly"),
        "no clear difference": t("no clear difference"),
        "one group": t("fewer than two groups to compare"),
    }
    columns = [
        tables.Column(place, key),
        tables.Column(t("Papers"), "n", "count"),
        tables.Column(t("Groups"), "groups", "count"),
        tables.Column(t("Different first choices"), "tops", "count"),
        tables.Column(t("Pairs of options ordered differently"), "distance", "share"),
        tables.Column(t("Verdict"), "verdict", words=verdicts),
    ]
    voted, every = evidence.results["areas_with_papers"]
    coverage = t(
        "Papers concern {voted} of {all} areas; nothing is known of the others.",
        voted=number(voted),
        all=number(every),
    )
    title = evidence.sentences["disagreement"]
    first = _first_choices(evidence, place, key)
    if level == "parent" or evidence.boundaries is None:
        shown = tables.table(
            table, columns, caption=title, label=evidence.next_table(), note=coverage
        )
        return shown + first
    drawn = maps.kinds(
        table, evidence.shapes, value="verdict", classes=_classes(verdicts)
    )
    return (
        figure(
            evidence,
            drawn,
            title=title,
            unit=t(
                "Whether groups put different things first. {coverage} North is up.",
                coverage=coverage,
            ),
            source="ballots",
            period=day(_date(evidence.results["ballots"]["held_on"])),
            n=t("{n} papers", n=number(float(table.frame["n"].sum()))),
            denominator=t("pairs of options"),
            numbers=tables.table(table, columns, caption=title, stack=False),
        )
        + first
    )


def _classes(verdicts: dict[str, str]) -> list[maps.Kind]:
    return [
        maps.Kind("differ", verdicts["differ"], style.SEQUENTIAL[3]),
        maps.Kind(
            "no clear difference", verdicts["no clear difference"], style.SEQUENTIAL[0]
        ),
        maps.Kind("one group", verdicts["one group"], style.PANEL, hidden=True),
        maps.Kind("", t("no papers"), style.NO_DATA),
    ]


def _first_choices(evidence: Evidence, place: str, key: str) -> Markup:
    """What each group puts first in each area or district."""
    table = evidence.tables["first_choices_by_area"].labelled(
        "group_name", "group", words("ballots", "group")
    )
    names = evidence.results["ballots"]["options"]
    texts = {
        top: listing([names.get(code, code) for code in top.split()])
        for top in table.frame["top"].dropna().unique()
    }
    columns = [
        tables.Column(place, key),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Papers"), "n", "count"),
        tables.Column(t("Puts first"), "top", words=texts),
    ]
    shown = tables.table(
        table, columns, caption=t("What each group puts first, place by place"), stack=False,
        note=t("A handful of papers can change by chance: read these as the beginning of a talk."),
    )  # fmt: skip
    return Markup('<details class="numbers"><summary>{}</summary>{}</details>').format(
        t("What each group puts first, place by place"), shown
    )


def _yes_no() -> dict[str, str]:
    return {"yes": t("yes"), "no": t("no")}


def _date(text: str):
    from datetime import date

    return date.fromisoformat(text)
