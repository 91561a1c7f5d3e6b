"""What do residents say, for everybody and for each group: the survey indicators with design-based intervals.

The table ``survey`` and its design go in; one row an indicator and group comes out. A group is a domain of the whole
sample, so its interval knows the strata and blocks of everybody. Nothing here is released: the report passes the rows
through disclosure control first. Serves draft:11: every figure by sex and age, and by disability where it is asked,
with the groups that no figure can speak of named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.diagnosis.washington_group import DOMAINS, short_set
from safelearn.estimates.survey import latest_round, survey_proportion
from safelearn.estimates.survey_design import survey_design
from safelearn.guidelines.catalogue import indicator
from safelearn.indicators import sdg
from safelearn.indicators.answers import aged, lacking, sex_is
from safelearn.indicators.residents import QUESTIONS, not_asked

if TYPE_CHECKING:
    from safelearn.estimates.survey import SurveyEstimate
    from safelearn.estimates.survey_design import SurveyDesign

NEEDS = frozenset({"survey"})
EVERYONE = "everyone"
#: Places of SDG 11.7.2 that a city shares responsibility for.
PLACES = (
    "street",
    "open_space",
    "public_transport",
    "market",
    "school",
    "workplace",
    "online",
)
COLUMNS = [
    "indicator_id",
    "breakdown",
    "group",
    "value",
    "lower",
    "upper",
    "n",
    "positive",
    "design_effect",
]


@dataclass(frozen=True)
class Group:
    """A part of the residents: its word in the tables, what it is split by, and who belongs to it."""

    name: str
    by: str
    members: np.ndarray


def estimate(
    frame: pd.DataFrame,
    indicator_id: str,
    *,
    design: SurveyDesign | None = None,
    where: np.ndarray | None = None,
) -> SurveyEstimate:
    """One survey indicator as a share from 0 to 1.

    Parameters
    ----------
    frame : DataFrame
        The table ``survey``.
    indicator_id : str
        One of `residents.QUESTIONS`.
    design : SurveyDesign, optional
        Read from the table unless given.
    where : array of bool, optional
        The part of the residents to look at.

    Raises
    ------
    Refused
        If the survey has no answers.

    Examples
    --------
    >>> answers = pd.DataFrame({"walk_dark": ["safe", "unsafe", "never_goes_out", "very_safe"]})
    >>> estimate(answers, "feels_safe_after_dark").value
    0.5
    """
    design = survey_design(frame) if design is None else design
    return survey_proportion(design, QUESTIONS[indicator_id].yes(frame), where)


def survey_figures(
    frame: pd.DataFrame, areas: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every indicator that the survey can give, for everybody and by group.

    Parameters
    ----------
    frame : DataFrame
        The table ``survey``; the latest year is used.
    areas : DataFrame, optional
        With ``settlement``, for residents of informal settlements.

    Returns
    -------
    DataFrame
        `COLUMNS`: shares from 0 to 1, answers, and how many of them count (never to be shown). Indicators on sexual
        and partner violence are given for everybody and by sex only.
    """
    frame = latest_round(frame)
    design = survey_design(frame)
    parts = groups(frame, areas)
    rows = []
    for indicator_id, question in QUESTIONS.items():
        if not_asked(frame, indicator_id):
            continue
        yes = question.yes(frame)
        for part in parts:
            if question.sensitive and part.by not in ("all", "sex"):
                continue
            rows.append(_row(design, yes, indicator_id, part))
    rows += _by_place(frame, design)
    return pd.DataFrame([row for row in rows if row], columns=COLUMNS)


def groups(frame: pd.DataFrame, areas: pd.DataFrame | None = None) -> list[Group]:
    """The parts of the residents for which figures are given.

    Youth are up to 24 and older persons from 60, as the United Nations count; disability is by the Washington Group
    short set; residents of informal settlements by where they live.
    """
    everyone = np.ones(len(frame), dtype=bool)
    found = [Group(EVERYONE, "all", everyone)]
    if "sex" in frame:
        for name, sex in (("women", "female"), ("men", "male")):
            found.append(Group(name, "sex", _members(sex_is(frame, sex))))
    if "age" in frame:
        for name, first, last in (
            ("youth", 0, 24),
            ("aged_25_59", 25, 59),
            ("older_persons", 60, 200),
        ):
            inside = aged(frame, first, last, unknown=False)
            found.append(Group(name, "age", _members(inside)))
    if not lacking(frame, DOMAINS):
        limited = short_set(frame)["disability"]
        found.append(
            Group("persons_with_disabilities", "disability", _members(limited))
        )
    if areas is not None and "settlement" in areas and "area_id" in frame:
        informal = areas.loc[areas["settlement"].eq("informal"), "area_id"]
        if len(informal):
            inside = frame["area_id"].isin(set(informal))
            found.append(Group("informal_residents", "settlement", _members(inside)))
    return found


def unheard(frame: pd.DataFrame | None) -> list[str]:
    """The splits that draft:11 asks for and that the survey does not allow: sex, age, disability."""
    if frame is None:
        return ["sex", "age", "disability"]
    missing = [column for column in ("sex", "age") if lacking(frame, [column])]
    return [*missing, "disability"] if lacking(frame, DOMAINS) else missing


def enough(indicator_id: str, n: float) -> bool:
    """Whether so many answers may carry a figure, by the catalogue's least number."""
    return n >= indicator(indicator_id).minimum_n


def _row(
    design: SurveyDesign, yes: pd.Series, indicator_id: str, part: Group
) -> dict | None:
    answers = yes.to_numpy(dtype=float, na_value=np.nan)
    inside = part.members & ~np.isnan(answers)
    if not inside.any():
        return None
    found = survey_proportion(design, answers, part.members)
    return {
        "indicator_id": indicator_id,
        "breakdown": part.by,
        "group": part.name,
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "n": found.n,
        "positive": int(answers[inside].sum()),
        "design_effect": found.design_effect,
    }


def _by_place(frame: pd.DataFrame, design: SurveyDesign) -> list[dict | None]:
    """SDG 11.7.2 by place, for the union of persons."""
    needed = (
        "harassed_sexual",
        "harassed_other",
        "harassed_sexual_place",
        "harassed_other_place",
    )
    if lacking(frame, needed):
        return []
    everyone = np.ones(len(frame), dtype=bool)
    return [
        _row(
            design,
            sdg.harassed_at(frame, place),
            "any_harassment_prevalence",
            Group(f"at_{place}", "place", everyone),
        )
        for place in PLACES
    ]


def _members(inside: pd.Series) -> np.ndarray:
    return inside.to_numpy(dtype=bool, na_value=False)
