"""What each group lives through, from survey, audits and what people said, released.

Nothing here is cut by area or joined to police records, and a group that cannot be shown stays in the list with the
reason. Answers about indigenous peoples are touched only where the city has recorded their communities' agreement.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from safelearn.diagnosis import groups as measure
from safelearn.diagnosis.quotes import SHOWN, quote_bank
from safelearn.diagnosis.walks import Walks, walks_of
from safelearn.diagnosis.washington_group import DOMAINS, LEVELS, short_set
from safelearn.disclosure.personal_data import check
from safelearn.disclosure.samples import LEAST_ANSWERS
from safelearn.errors import Refused
from safelearn.estimates.survey import (
    SurveyDesign,
    latest_round,
    proportions_by,
    survey_design,
    survey_proportion,
)
from safelearn.language import t
from safelearn.reports.group_items import CROSSED_ITEMS, ITEMS, NORMS, answers
from safelearn.reports.measuring.scope import Scope
from safelearn.stakeholders.participation import PHASES, never_there, phases

#: Why a group has no figures.
NO_SURVEY, NOT_ASKED, NO_AGREEMENT, NOBODY = "survey", "asked", "agreement", "nobody"
ESTIMATE = ["value", "lower", "upper", "n"]


def groups(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    _participation(scope)
    survey, audits, quotes = (scope.table(n) for n in ("survey", "audits", "quotes"))
    if survey is None and audits is None and quotes is None:
        return
    agreed = bool(scope.settings.consent.indigenous.strip())
    held = tuple(g for g in measure.GROUPS if g.community and not agreed)
    found: dict[str, object] = {"status": {g.key: NO_SURVEY for g in measure.GROUPS}}
    scope.release.results["groups"] = found
    if survey is not None and len(survey):
        _from_survey(scope, latest_round(survey), held, found)
    silent = [voice for group in held for voice in group.voices]
    if audits is not None and len(audits):
        _from_walks(scope, audits[~audits["rater_group"].isin(silent)])
    if quotes is not None and len(quotes):
        _from_quotes(scope, quotes[~quotes["group"].isin(silent)], found)
    for group in held:
        found["status"][group.key] = NO_AGREEMENT


def _participation(scope: Scope) -> None:
    """Who took part in which phase: levels and no head counts, so that nobody in a small group is counted out."""
    held = scope.table("participation")
    if held is None or not len(held):
        return
    try:
        found = phases(held)
    except Refused as refused:
        scope.refused["participation"] = refused
        return
    scope.release.results["never_there"] = never_there(held)
    scope.release.approve(
        "participation_by_phase",
        found,
        keys=["group", *PHASES],
        measures=["missing"],
        title=t("Who took part in which phase of the work"),
        derived={},
        police=False,
    )


def _from_survey(scope: Scope, survey: pd.DataFrame, held, found: dict) -> None:
    design = survey_design(survey)
    asked, lacking = answers(survey, ITEMS)
    members = _members(survey, held, found["status"])
    age = pd.to_numeric(survey["age"], errors="coerce") if "age" in survey else None
    found |= {
        "lacking": lacking,
        "year": int(survey["year"].iloc[0]),
        "youngest": int(age.min()) if age is not None and age.notna().any() else None,
    }
    if asked and members:
        _compared(scope, design, asked, members)
        _crossed(scope, design, asked, members)
    _sizes(scope, design, members)
    _functioning(scope, design, survey)
    _norms(scope, design, survey)


def _members(survey: pd.DataFrame, held, status: dict) -> dict[str, pd.Series]:
    """Who belongs to each group that may be looked at; the others get the reason in `status`."""
    members = {}
    for group in measure.GROUPS:
        if group in held:
            continue
        try:
            member = measure.membership(group, survey)
        except Refused:
            member = None
        if member is None:
            status[group.key] = NOT_ASKED if group.columns else NO_SURVEY
        elif not member.fillna(False).any():
            status[group.key] = NOBODY
        else:
            status[group.key] = ""
            members[group.key] = member
    return members


def _compared(
    scope: Scope, design: SurveyDesign, asked: Mapping, members: Mapping
) -> None:
    shares, differences = [], []
    for key, member in members.items():
        one = measure.compare(design, asked, member)
        shares.append(one.shares.assign(group=key))
        differences.append(one.differences.assign(group=key))
    scope.release.approve_estimates(
        "groups",
        pd.concat(shares)[["group", "item", "who", *ESTIMATE]],
        keys=["group", "item", "who"],
        title=t("Groups and everyone else"),
    )
    apart = pd.concat(differences)
    apart["clear"] = apart["clear"].map({True: "yes", False: "no"})
    scope.release.approve_estimates(
        "group_differences",
        apart[["group", "item", "clear", *ESTIMATE]],
        keys=["group", "item", "clear"],
        within=["group", "item"],
        title=t("Differences between groups and everyone else"),
    )


def _crossed(
    scope: Scope, design: SurveyDesign, asked: Mapping, members: Mapping
) -> None:
    chosen = {k: asked[k] for k in CROSSED_ITEMS if k in asked}
    both = measure.intersections(design, chosen, members)
    if set(both["overlap"]) <= {measure.EVERYBODY}:
        return
    scope.release.approve_estimates(
        "group_intersections",
        both[["overlap", "item", *ESTIMATE]],
        keys=["overlap", "item"],
        within=["overlap", "item"],
        title=t("Where groups overlap"),
    )


def _sizes(scope: Scope, design: SurveyDesign, members: Mapping) -> None:
    """Which part of the people asked about each group belongs to it."""
    rows = []
    for key, member in members.items():
        yes = member.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
        if min((yes == 1).sum(), (yes == 0).sum()) < LEAST_ANSWERS:
            continue
        one = survey_proportion(design, yes)
        rows.append((key, one.value, one.lower, one.upper, one.n))
    if rows:
        scope.release.approve_estimates(
            "group_sizes",
            pd.DataFrame(rows, columns=["group", *ESTIMATE]),
            keys=["group"],
            within=["group"],
            title=t("How many people belong to each group"),
        )


def _functioning(scope: Scope, design: SurveyDesign, survey: pd.DataFrame) -> None:
    """Shares at the Washington Group's levels of severity, at or above each."""
    if not set(DOMAINS) & set(survey.columns):
        return
    try:
        found = short_set(survey)["severity"]
    except Refused as refused:
        scope.refused["washington_group"] = refused
        return
    rows = []
    for code, level in enumerate(LEVELS[1:], start=1):
        at_least = (found.cat.codes >= code).astype(float).where(found.notna())
        one = survey_proportion(design, at_least)
        rows.append((level, one.value, one.lower, one.upper, one.n))
    scope.release.approve_estimates(
        "functioning",
        pd.DataFrame(rows, columns=["at_least", *ESTIMATE]),
        keys=["at_least"],
        within=["at_least"],
        title=t("Difficulties in functioning"),
    )


def _norms(scope: Scope, design: SurveyDesign, survey: pd.DataFrame) -> None:
    asked, _ = answers(survey, NORMS)
    if not asked:
        return
    sex = survey["sex"].astype(object).where(survey["sex"].isin(["female", "male"]))
    everyone = pd.Series("all", index=survey.index, name="sex")
    parts = [
        proportions_by(design, yes, by.rename("sex")).assign(item=key)
        for key, yes in asked.items()
        for by in (everyone, sex)
    ]
    scope.release.approve_estimates(
        "norms",
        pd.concat(parts)[["item", "sex", *ESTIMATE]],
        keys=["item", "sex"],
        title=t("Norms, living together, trust and bribery"),
    )


def _from_walks(scope: Scope, audits: pd.DataFrame) -> None:
    rows = []
    for group in measure.GROUPS:
        walked = walks_of(audits, group.voices)
        if walked.visits:
            rows.append({"group": group.key, **_walked(walked)})
    if rows:
        frame = pd.DataFrame(rows)
        scope.release.approve(
            "walks_by_group",
            frame,
            keys=["group"],
            measures=[c for c in frame if c != "group"],
            title=t("What walkers of each group saw"),
            derived={},
            police=False,
        )


def _walked(found: Walks) -> dict[str, float]:
    row = {
        "visits": found.visits,
        "places": found.places,
        "places_of_both": found.places_of_both,
    }
    for name, one in (("score", found.score), ("apart", found.apart)):
        row[name] = one.value if one else float("nan")
        row[f"{name}_lower"] = one.lower if one else float("nan")
        row[f"{name}_upper"] = one.upper if one else float("nan")
    return row


def _from_quotes(scope: Scope, quotes: pd.DataFrame, found: dict) -> None:
    places = scope.areas["area_name"].dropna().astype(str)
    bank = quote_bank(quotes, places, _personal)
    found["withheld"] = bank.withheld
    found["agreement"], found["not_compared"] = bank.agreement, bank.not_compared
    if bank.shown.empty:
        return
    shown = bank.shown.fillna("").astype(str)
    scope.release.approve(
        "quotes",
        shown,
        keys=list(SHOWN),
        measures=[],
        title=t("What people said"),
        derived={},
        police=False,
    )
    scope.release.approve(
        "quotes_by_theme",
        bank.themes.astype({"theme": str, "group": str}),
        keys=["theme", "group"],
        measures=["quotes"],
        title=t("Themes of the quotes shown"),
        derived={},
        police=False,
    )


def _personal(quote: str) -> bool:
    """Whether disclosure control would stop at a quote: numbers of papers and cards, or a long account."""
    return bool(check(pd.DataFrame({"quote": [quote]})))
