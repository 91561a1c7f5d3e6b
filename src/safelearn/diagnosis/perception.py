"""How safe do people feel, what do they stay away from, and whom do they trust?

The residents' survey and its design go in; for the city and for each group of it, the share of people who feel, fear,
avoid or trust comes out with its interval. Serves draft:5.1 and draft:25(d).4. Everybody who was asked is in the base,
also people who do not know: only those to whom a question does not apply (who never ride a bus) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.diagnosis.washington_group import DOMAINS, short_set
from safelearn.errors import Refused
from safelearn.estimates.survey import SurveyDesign, proportions_by, survey_design
from safelearn.language import mark, t

NEEDS = frozenset({"survey"})
#: The group that everybody is in, as `breakdown` and as `group`.
CITY = "city"
#: Youngest age of each group; surveys ask adults, whom SDG 16.1.4 begins at 18.
AGE_GROUPS = (18, 25, 35, 50, 65)


@dataclass(frozen=True)
class Item:
    """One share that a survey gives.

    Attributes
    ----------
    measure : str
        Its code in tables.
    question : str
        Column of the survey.
    answers : tuple of str
        Those that count.
    title : str
        What the share says of people; marked for translation.
    subject : {"safety", "worry", "avoidance", "trust"}
    outside : str
        The answer of people to whom the question does not apply.
    """

    measure: str
    question: str
    answers: tuple[str, ...]
    title: str
    subject: str
    outside: str = ""


_SAFE, _WORRIED = ("very_safe", "safe"), ("very_worried", "fairly_worried")
_TRUST, _YES = ("a_lot", "some"), ("yes",)
ITEMS = (
    Item("safe_dark", "walk_dark", _SAFE, mark("Feel safe walking alone after dark"), "safety"),
    Item("safe_day", "walk_day", _SAFE, mark("Feel safe walking alone by day"), "safety"),
    Item("home_dark", "home_dark", _SAFE, mark("Feel safe alone at home after dark"), "safety", "never_alone"),
    Item(
        "transport_dark", "transport_dark", _SAFE, mark("Feel safe in public transport after dark"), "safety",
        "never_uses_it",
    ),
    Item("stays_in", "walk_dark", ("never_goes_out",), mark("Never go out alone after dark"), "avoidance"),
    Item("avoided_place", "avoided_place", _YES, mark("Avoided a place in the last 12 months"), "avoidance"),
    Item("avoided_time", "avoided_time", _YES, mark("Avoided an hour of the day"), "avoidance"),
    Item("avoided_transport", "avoided_transport", _YES, mark("Avoided public transport"), "avoidance"),
    Item("worry_violence", "worry_violence", _WORRIED, mark("Worry about violence"), "worry"),
    Item("worry_burglary", "worry_burglary", _WORRIED, mark("Worry about burglary"), "worry"),
    Item("worry_harassment", "worry_harassment", _WORRIED, mark("Worry about harassment"), "worry"),
    Item("trust_neighbours", "trust_neighbours", _TRUST, mark("Trust their neighbours"), "trust"),
    Item("trust_city", "trust_city", _TRUST, mark("Trust the city"), "trust"),
    Item("trust_police", "trust_police", _TRUST, mark("Trust the police"), "trust"),
    Item("trust_courts", "trust_courts", _TRUST, mark("Trust the courts"), "trust"),
)  # fmt: skip
#: Answers that give no reason of their own.
SILENT = ("no_answer", "dont_know")


def answers(survey: pd.DataFrame, item: Item) -> NDArray[np.float64]:
    """1 for the answers that count, 0 for the others, missing where the question was not asked or does not apply."""
    if lacking(survey, [item.question]):
        return np.full(len(survey), np.nan)
    given = survey[item.question].astype(object)
    asked = given.notna() & given.ne(item.outside)
    return np.where(asked, given.isin(item.answers), np.nan).astype(float)


def groups(survey: pd.DataFrame) -> dict[str, pd.Series]:
    """The group of each respondent by sex, age and disability; missing where it is not known.

    Returns
    -------
    dict of str to Series
        ``sex`` (as answered), ``age_group`` ("18-24", ..., "65+"), ``disability`` ("yes", "no") by the Washington
        Group's short set; a breakdown that nobody was asked for is absent.
    """
    found = {}
    if "sex" in survey:
        sex = survey["sex"].astype(object)
        found["sex"] = sex.where(~sex.isin(SILENT))
    if "age" in survey and survey["age"].notna().any():
        found["age_group"] = age_groups(survey["age"])
    if not lacking(survey, DOMAINS):
        limited = short_set(survey)["disability"]
        found["disability"] = limited.map({True: "yes", False: "no"}).astype(object)
    return {name: column.rename("group") for name, column in found.items()}


def age_groups(age: pd.Series) -> pd.Series:
    """Ages as groups of `AGE_GROUPS`; children and unknown ages belong to none.

    Examples
    --------
    >>> age_groups(pd.Series([17, 18, 34, 90])).tolist()
    [nan, '18-24', '25-34', '65+']
    """
    bounds = zip(AGE_GROUPS, (*(a - 1 for a in AGE_GROUPS[1:]), ""), strict=True)
    names = np.array([f"{a}-{b}" if b else f"{a}+" for a, b in bounds], dtype=object)
    years = age.to_numpy(dtype=float, na_value=np.nan)
    place = np.searchsorted(AGE_GROUPS, years, side="right") - 1
    known = ~np.isnan(years) & (place >= 0)
    return pd.Series(np.where(known, names[place], np.nan), age.index, dtype=object)


def lacking(survey: pd.DataFrame, questions: Iterable[str]) -> list[str]:
    """Which of these questions nobody was asked."""
    return [q for q in questions if q not in survey or survey[q].isna().all()]


def perceptions(
    survey: pd.DataFrame,
    breakdowns: Mapping[str, pd.Series] | None = None,
    items: Iterable[Item] = ITEMS,
    design: SurveyDesign | None = None,
) -> pd.DataFrame:
    """Each share for the city and for each group.

    Parameters
    ----------
    survey : DataFrame
        Canonical table, one row a respondent.
    breakdowns : mapping of str to Series, optional
        The group of each respondent, by breakdown; by default `groups`.
    items : iterable of Item
    design : SurveyDesign, optional
        By default read from the columns of the survey.

    Returns
    -------
    DataFrame
        ``measure, breakdown, group`` and the columns of `proportions_by`. The city is ``city``, ``city``. Questions
        that nobody was asked are absent.

    Raises
    ------
    Refused
        If none of the questions was asked.
    """
    design = survey_design(survey) if design is None else design
    breakdowns = groups(survey) if breakdowns is None else breakdowns
    city = pd.Series(CITY, survey.index, name="group")
    parts = []
    for item in items:
        yes = answers(survey, item)
        if np.isnan(yes).all():
            continue
        for name, group in {CITY: city, **breakdowns}.items():
            part = proportions_by(design, yes, group.rename("group"))
            part.insert(0, "breakdown", name)
            part.insert(0, "measure", item.measure)
            parts.append(part)
    if not parts:
        raise Refused(
            t("The survey asks nothing about how safe people feel."),
            remedy=t("Ask the questions on walking alone, avoidance and trust."),
        )
    return pd.concat(parts, ignore_index=True)


def shares_of_answers(
    survey: pd.DataFrame,
    question: str,
    breakdowns: Mapping[str, pd.Series] | None = None,
    design: SurveyDesign | None = None,
    where: NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """How the answers to one question are shared, among those who gave one.

    Returns
    -------
    DataFrame
        ``breakdown, group, answer`` and the columns of `proportions_by`, answers in the order of the questionnaire;
        people who gave no answer are out.
    """
    design = survey_design(survey) if design is None else design
    city = pd.Series(CITY, survey.index, name="group")
    given = survey[question].astype(object)
    asked = given.notna() & ~given.isin(SILENT)
    if where is not None:
        asked &= where
    parts = []
    for answer in _in_order(question, set(given[asked])):
        yes = np.where(asked, given == answer, np.nan).astype(float)
        for name, group in {CITY: city, **(breakdowns or {})}.items():
            part = proportions_by(design, yes, group.rename("group"))
            part.insert(0, "breakdown", name)
            parts.append(part.assign(answer=answer))
    if not parts:
        raise Refused(
            t("Nobody answered the question `{question}`.", question=question),
            remedy=t("Ask it in the next survey."),
        )
    return pd.concat(parts, ignore_index=True)


def _in_order(question: str, found: set[str]) -> list[str]:
    """Answers as the questionnaire lists them."""
    from safelearn.city.contracts import contract

    fields = {field["name"]: field for field in contract("survey")["fields"]}
    listed = fields.get(question, {}).get("constraints", {}).get("enum", [])
    return [*(a for a in listed if a in found), *sorted(found - set(listed))]
