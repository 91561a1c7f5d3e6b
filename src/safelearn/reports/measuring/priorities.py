"""What each group asks for first, and where groups agree, released (draft:25(f)).

Papers carry a number and a group, never a voter, but five people are few: groups are shown from the city's threshold
on, in an area as in the city, and groups that carry an identity from the higher one and never by area.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.group_sizes import group_shares
from safelearn.city.settings import Settings
from safelearn.language import t
from safelearn.reports import priority_findings
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy.ballots import Papers, read_papers
from safelearn.strategy.consultation import voices
from safelearn.strategy.priorities import (
    Priorities,
    borda_by,
    disagreement_by_area,
    prioritise,
)

#: Groups whose members carry an identity: for the whole city only.
IDENTITY = frozenset(
    {
        "persons_with_disabilities",
        "persons_with_mental_health_conditions",
        "persons_with_addictions",
        "indigenous_peoples",
        "refugees",
        "internally_displaced",
        "migrants",
        "homeless",
        "sexual_and_gender_minorities",
        "ethnic_or_religious_minorities",
    }
)
#: Share of the areas that must have papers for areas to be shown; else districts are.
MOST_AREAS = 0.5
BORDA = ["n", "points", "lower", "upper", "place", "first"]


def priorities(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    ballots = scope.table("ballots")
    if ballots is None or not (ballots["kind"] == "priorities").any():
        return
    every = read_papers(ballots)
    papers = every.only(showable(every, scope.settings))
    found = prioritise(papers, fewest=scope.release.least)
    _by_group(scope, found)
    _who_voted(scope, every, papers)
    scope.release.results["ballots"] = {
        "options": dict(papers.names),
        "held_on": papers.held_on,
        "papers": found.papers,
        "spoilt": papers.spoilt,
        "left_out": len(every) > found.papers,
    }
    _by_area(scope, papers)


def showable(papers: Papers, settings: Settings) -> np.ndarray:
    """Papers of groups that may be shown at all: with enough people, and with their communities' agreement."""
    groups = pd.Series(papers.group.astype(str))
    n = groups.map(groups.value_counts())
    high = settings.disclosure.sensitive_threshold
    few = groups.isin(IDENTITY) & (n < high)
    silent = groups.eq("indigenous_peoples") & (not settings.consent.indigenous.strip())
    return ~(few | silent).to_numpy()


def _by_group(scope: Scope, found: Priorities) -> None:
    release = scope.release
    table = found.by_group.assign(first=_yes_no(found.by_group["first"]))
    release.approve(
        "priorities_by_group",
        table[["group", "option_id", "option", *BORDA]],
        keys=["group", "option_id", "option"],
        measures=BORDA,
        title=t("What each group puts first"),
        police=False,
    )
    together = found.together.assign(first=_yes_no(found.together["first"]))
    release.approve(
        "priorities_together",
        together[["option_id", "option", *BORDA]],
        keys=["option_id", "option"],
        measures=BORDA,
        title=t("What all groups together put first"),
        police=False,
    )
    lines = [
        {"group": g, "n": w.papers, "w": w.w, "chi2": w.chi2, "p_value": w.p_value}
        for g, w in found.within.items()
    ]
    if lines:
        release.approve(
            "agreement_within_groups",
            pd.DataFrame(lines),
            keys=["group"],
            measures=["n", "w", "chi2", "p_value"],
            title=t("How far the papers of each group agree"),
            police=False,
        )
    release.results["agreement"] = found.all_papers
    release.results["groups_apart"] = found.groups
    first = _first_sets(found.by_group)
    release.sentences["priorities"] = priority_findings.first_choices(first)
    if found.groups is not None:
        release.sentences["agreement"] = priority_findings.agreement(
            found.groups.clear, found.groups.distance, len(found.groups.groups)
        )


def _first_sets(by_group: pd.DataFrame) -> list[frozenset[str]]:
    """For each group, the options that cannot be told apart from its first."""
    chosen = by_group[by_group["first"]]
    return [frozenset(part["option_id"]) for _, part in chosen.groupby("group")]


def _yes_no(values: pd.Series) -> pd.Series:
    return values.map({True: "yes", False: "no"})


def _who_voted(scope: Scope, every: Papers, papers: Papers) -> None:
    """Papers by group, of groups large enough to be shown; the others are in no total."""
    release = scope.release
    residents = group_shares(scope.table("population"), scope.areas)
    # Shares of a total that held a small group would give its size away.
    n = pd.Series(papers.group.astype(str))
    enough = (n.map(n.value_counts()) >= release.least).to_numpy()
    found = voices(papers.only(enough), residents)
    shown = found.groups
    release.approve(
        "papers_by_group",
        shown[["group", "n", "share", "population_share"]],
        keys=["group"],
        measures=["n", "share", "population_share"],
        derived={"n": ["share"]},
        title=t("Who voted"),
        police=False,
    )
    # A group with too few papers to be shown has voted all the same.
    release.results["missing_voices"] = tuple(
        g for g in found.missing if g not in set(every.group)
    )


def _by_area(scope: Scope, papers: Papers) -> None:
    """First choices and disagreement of each area, or of each district where few areas have papers."""
    release, areas = scope.release, scope.areas
    papers = papers.only(
        (papers.area != "") & ~pd.Series(papers.group).isin(IDENTITY).to_numpy()
    )
    if not len(papers):
        return
    ids = areas["area_id"].astype(str)
    voted = set(papers.area) & set(ids)
    release.results["areas_with_papers"] = (len(voted), len(ids))
    level, names = "area_id", dict(zip(ids, areas["area_name"], strict=True))
    if len(voted) < MOST_AREAS * len(ids) and areas["parent"].notna().all():
        level = "parent"
        papers = papers.within(dict(zip(ids, areas["parent"].astype(str), strict=True)))
        names = {p: p for p in areas["parent"].astype(str)}
    cells = pd.DataFrame({"area": papers.area, "group": papers.group})
    counted = pd.crosstab(cells["area"], cells["group"]).stack().rename("n")
    safe = release.protect(counted.reset_index()).cells
    shown = set(
        safe.loc[safe["n"].notna() & (safe["n"] > 0), ["area", "group"]].itertuples(
            index=False, name=None
        )
    )
    keep = [(a, g) in shown for a, g in zip(papers.area, papers.group, strict=True)]
    papers = papers.only(np.array(keep, dtype=bool))
    tops = borda_by(papers, ["area", "group"], fewest=1)
    tops = (
        tops[tops["place"] == 1].groupby(["area", "group"])["option_id"].agg(" ".join)
    )
    table = safe[safe["n"].isna() | (safe["n"] > 0)].merge(
        tops.rename("top").reset_index(), on=["area", "group"], how="left"
    )
    _approve_places(
        scope, "first_choices_by_area", table, level, names, ["group"], ["n", "top"],
        t("What each group puts first, by area"),
    )  # fmt: skip
    apart = disagreement_by_area(papers, fewest=release.least)
    apart["verdict"] = [
        "one group" if g < 2 else "differ" if c else "no clear difference"
        for g, c in zip(apart["groups"], apart["clear"], strict=True)
    ]
    measures = ["n", "groups", "tops", "distance", "p_value", "verdict"]
    _approve_places(
        scope, "disagreement_by_area", apart, level, names, [], measures,
        t("Where groups put different things first"),
    )  # fmt: skip
    release.results["priority_level"] = level
    release.sentences["disagreement"] = priority_findings.places_apart(
        int((apart["verdict"] == "differ").sum()),
        int((apart["groups"] > 1).sum()),
        level == "parent",
    )


def _approve_places(
    scope: Scope,
    name: str,
    table: pd.DataFrame,
    level: str,
    names: dict[str, str],
    keys: list[str],
    measures: list[str],
    title: str,
) -> None:
    """Let a table by area or district out, in code order."""
    table = table.rename(columns={"area": level}).sort_values(
        [level, *keys], ignore_index=True
    )
    places = [level]
    if level == "area_id":
        table["area_name"] = table["area_id"].map(names)
        places.append("area_name")
    scope.release.approve(
        name,
        table[[*places, *keys, *measures]],
        keys=[*places, *keys],
        measures=measures,
        title=title,
        police=False,
    )
