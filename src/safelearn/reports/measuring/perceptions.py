"""How safe people feel, what they avoid and whom they trust, from the survey, released.

Serves draft:5.1, draft:11 and draft:25(d).4: every share for the city and by sex, age and disability; groups of too few
answers are named and not silently dropped.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis import perception
from safelearn.diagnosis.perception import CITY, ITEMS
from safelearn.disclosure.samples import LEAST_ANSWERS
from safelearn.errors import Refused
from safelearn.estimates.survey import (
    SurveyDesign,
    SurveyEstimate,
    latest_round,
    survey_contrast,
    survey_design,
    survey_mean,
)
from safelearn.language import t
from safelearn.reports import perception_findings as findings
from safelearn.reports.measuring.fear import fear_beside_harm
from safelearn.reports.measuring.scope import Scope

ESTIMATE = ["value", "lower", "upper", "n"]
#: Differences that titles speak of: name, breakdown, first group, second group.
APART = (
    ("women less men", "sex", "female", "male"),
    ("with less without disability", "disability", "yes", "no"),
)


def perceptions(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    survey = scope.table("survey")
    if survey is None or len(survey) == 0:
        return
    survey = latest_round(survey)
    design = survey_design(survey)
    groups = perception.groups(survey)
    release = scope.release
    release.results["survey_year"] = int(survey["year"].fillna(0).max())
    release.results["survey_answers"] = round(len(survey) / 5) * 5
    release.results["not_asked_of"] = [
        name for name in ("sex", "age_group", "disability") if name not in groups
    ]
    frame = perception.perceptions(survey, groups, design=design)
    frame, thin = without_remainders(frame)
    release.results["too_few_answers"] = thin
    release.approve_estimates(
        "perceptions",
        frame[["measure", "breakdown", "group", *ESTIMATE]],
        keys=["measure", "breakdown", "group"],
        title=t("How safe people feel, what they avoid and whom they trust"),
    )
    _differences(scope, survey, design, groups)
    _reasons(scope, survey, design, groups)
    _say(scope)
    try:
        fear_beside_harm(scope, survey, design)
    except Refused as refused:
        scope.refused["fear_risk"] = refused


def without_remainders(
    frame: pd.DataFrame, by: str = "measure"
) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Estimates without groups that are a remainder (under thirty answers to every question), and their names.

    A remainder of a few answers would take the next smallest group with it into hiding (`disclosure.samples`). Left
    out whole, it cannot be had by subtraction either, as nobody outside knows the weights of the groups.
    """
    keys = ["breakdown", "group"]
    most = frame.groupby(keys)["n"].transform("max")
    few = (most < LEAST_ANSWERS) & (frame["breakdown"] != CITY)
    thin = frame.loc[few, keys].drop_duplicates()
    return frame[~few], [tuple(row) for row in thin.to_numpy()]


def _differences(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, groups: dict
) -> None:
    """Differences with their own intervals: two shares of one sample vary together."""
    by_measure = {item.measure: perception.answers(survey, item) for item in ITEMS}
    rows = []
    for name, breakdown, one, two in APART:
        if breakdown not in groups:
            continue
        first, second = ((groups[breakdown] == g).to_numpy() for g in (one, two))
        for measure in ("safe_dark", "avoided_place", "trust_police"):
            yes = by_measure[measure]
            smallest = min((~np.isnan(yes[g])).sum() for g in (first, second))
            if smallest >= LEAST_ANSWERS:
                found = survey_contrast(design, yes, first, second)
                rows.append(_row(measure, name, found))
    pairs = (
        ("dark less day", "safe_dark", "safe_day"),
        ("neighbours less police", "trust_neighbours", "trust_police"),
    )
    for name, one, two in pairs:
        found = survey_mean(design, by_measure[one] - by_measure[two])
        if found.n >= LEAST_ANSWERS:
            rows.append(_row(one, name, found))
    if rows:
        scope.release.approve_estimates(
            "perception_differences",
            pd.DataFrame(rows),
            keys=["measure", "difference"],
            title=t("Differences in how safe people feel"),
        )


def _row(measure: str, name: str, found: SurveyEstimate) -> dict[str, object]:
    return {
        "measure": measure,
        "difference": name,
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "n": found.n,
    }


def _reasons(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, groups: dict
) -> None:
    """Why people feel unsafe, and which places they avoid most, by sex."""
    by_sex = {name: group for name, group in groups.items() if name == "sex"}
    titles = {
        "unsafe_reason": ("unsafe_reasons", t("Why people feel unsafe after dark")),
        "avoided_place_type": ("avoided_places", t("Places that people avoid most")),
    }
    for question, (name, title) in titles.items():
        if perception.lacking(survey, [question]):
            continue
        shares = perception.shares_of_answers(survey, question, by_sex, design)
        shares = without_remainders(shares)[0]
        scope.release.approve_estimates(
            name,
            shares[["answer", "breakdown", "group", *ESTIMATE]],
            keys=["answer", "breakdown", "group"],
            title=title,
        )


def _say(scope: Scope) -> None:
    """Titles by rule, from released numbers."""
    release = scope.release
    shown = release.tables["perceptions"].frame.set_index(
        ["measure", "breakdown", "group"]
    )
    apart = {}
    if "perception_differences" in release.tables:
        table = release.tables["perception_differences"].frame
        apart = {
            (row.measure, row.difference): (row.value, row.lower, row.upper)
            for row in table.itertuples()
        }

    def city(measure: str) -> float | None:
        key = (measure, CITY, CITY)
        value = shown["value"].get(key)
        return None if value is None or pd.isna(value) else float(value)

    said = release.sentences
    safe = city("safe_dark")
    if safe is not None:
        said["safe_dark"] = findings.safe_after_dark(
            safe, apart.get(("safe_dark", "women less men"))
        )
    if city("safe_day") is not None and ("safe_dark", "dark less day") in apart:
        said["day_dark"] = findings.day_and_dark(apart["safe_dark", "dark less day"])
    if city("avoided_place") is not None:
        said["avoidance"] = findings.avoidance(
            city("avoided_place"), apart.get(("avoided_place", "women less men"))
        )
    if ("trust_neighbours", "neighbours less police") in apart:
        said["trust"] = findings.trust(
            apart["trust_neighbours", "neighbours less police"]
        )
