"""Where people were harassed.

From the residents' survey, persons and not events, with the survey's own intervals (draft:26(f)(i).7). Sexual
harassment is cut by sex and by nothing else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.survey import (
    latest_round,
    proportions_by,
    survey_contrast,
    survey_design,
)
from safelearn.language import t
from safelearn.reports import place_findings
from safelearn.reports.measuring.scope import Scope

FORMS = ("harassed_sexual", "harassed_other")
LATELY = "last_12_months"
#: The place that clause 26(f)(i).7 is about.
TRANSPORT = "public_transport"
SEXES = ("female", "male")
ESTIMATE = ["value", "lower", "upper", "n"]


def harassment(scope: Scope) -> None:
    """Shares of residents, by place and sex."""
    survey = scope.table("survey")
    if survey is None or survey.empty:
        return
    survey = latest_round(survey)
    design = survey_design(survey)
    sex = survey["sex"].astype(object).where(survey["sex"].isin(SEXES)).rename("sex")
    scope.release.results["harassment_year"] = int(survey["year"].iloc[0])
    _by_place(scope, survey, design, sex)


def _by_place(scope: Scope, survey, design, sex: pd.Series) -> None:
    """Persons harassed in the last 12 months, by the place of the most recent time; of everybody who was asked."""
    forms = [f for f in FORMS if f in survey and survey[f].notna().any()]
    if not forms:
        raise Refused(
            t("The survey does not ask about harassment."),
            remedy=t("Take the eight questions of SDG 11.7.2 into the next survey."),
        )
    asked = survey[forms].notna().any(axis=1).to_numpy()
    places: dict[str, np.ndarray] = {}
    anywhere = np.zeros(len(survey), dtype=bool)
    for form in forms:
        lately = (survey[form] == LATELY).fillna(False).to_numpy(dtype=bool)
        anywhere |= lately
        where = survey.get(f"{form}_place")
        if where is None:
            continue
        for place in where.dropna().unique():
            hit = lately & (where == place).fillna(False).to_numpy(dtype=bool)
            places[place] = places.get(place, np.zeros(len(survey), dtype=bool)) | hit
    lines = []
    for place, hit in {"anywhere": anywhere, **places}.items():
        yes = np.where(asked, hit, np.nan).astype(float)
        lines.append(_both_sexes(design, yes, sex).assign(item=place))
    table = pd.concat(lines, ignore_index=True)
    order = table[table["sex"] == "all"].set_index("item")["value"]
    order["anywhere"] = 2.0
    table = table.sort_values(
        "item", key=lambda c: -c.map(order), kind="stable", ignore_index=True
    )
    scope.release.approve_estimates(
        "harassment_by_place",
        table[["item", "sex", *ESTIMATE]],
        keys=["item", "sex"],
        sensitive=True,
        title=t("Harassed in the last 12 months, by place and sex"),
    )
    if TRANSPORT in places:
        yes = np.where(asked, places[TRANSPORT], np.nan).astype(float)
        apart = survey_contrast(design, yes, sex == "female", sex == "male")
        shown = table[(table["item"] == TRANSPORT) & (table["sex"] == "all")].iloc[0]
        scope.release.sentences["harassment"] = place_findings.harassment(
            float(shown["value"]), apart.lower, apart.upper
        )


def _both_sexes(design, yes: np.ndarray, sex: pd.Series) -> pd.DataFrame:
    everybody = pd.Series("all", index=sex.index, name="sex")
    found = [proportions_by(design, yes, by) for by in (everybody, sex)]
    return pd.concat(found, ignore_index=True)[["sex", *ESTIMATE]]
