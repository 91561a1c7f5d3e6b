"""What does each group of people live through, compared with everyone else?

The residents' survey and its design go in; for each group of draft:26(c) the shares of those who feel safe, were
harmed, are heard and so on come out beside those of everyone else, with the difference and whether it is clear.
Belonging is what a person said of themselves in the survey: never inferred from a name or a neighbourhood, never by
area, never joined to police records. A group that was not asked about is in the list all the same (draft:11,
draft:25(d).5): its gap is a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.diagnosis.washington_group import DOMAINS, short_set
from safelearn.errors import SafelearnError
from safelearn.estimates.survey import (
    SurveyDesign,
    survey_contrast,
    survey_proportion,
)
from safelearn.language import mark, t

NEEDS = frozenset({"survey"})

#: Youth ends at 24 and later life begins at 60, as the United Nations count.
YOUNG_BELOW, OLDER_FROM = 25, 60
#: Fewest answers of a group and of the others between which a difference is judged.
LEAST_ANSWERS = 30
#: The two sides of a comparison.
GROUP, OTHERS = "group", "others"
#: How often one or more of a group's differences may be called clear where there is none.
_CHANCE = 0.05


@dataclass(frozen=True)
class Group:
    """A group of draft:26(c).

    Attributes
    ----------
    key, clause : str
    name : str
        As it stands in a sentence ("women"); translate when shown.
    title : str
        As it stands over a section.
    columns : tuple of str
        Questions of the survey that say who belongs; empty where a household survey cannot tell.
    member : callable, optional
        ``member(survey)`` gives a nullable boolean a respondent; missing for who did not say.
    voices : tuple of str
        Codes of the group in the tables of quotes and audits.
    community : bool
        Shown only with the recorded agreement of its community.
    crossed : bool
        May be crossed with other groups.
    """

    key: str
    clause: str
    name: str
    title: str
    columns: tuple[str, ...] = ()
    member: Callable[[pd.DataFrame], pd.Series] | None = None
    voices: tuple[str, ...] = ()
    community: bool = False
    crossed: bool = True


def _says(column: str, yes: Sequence[str], no: Sequence[str]) -> Callable:
    """Members gave one of the answers `yes`, others one of `no`; anything else is not known."""
    codes = dict.fromkeys(no, False) | dict.fromkeys(yes, True)
    return lambda survey: survey[column].astype(object).map(codes).astype("boolean")


def _age(test: Callable[[pd.Series], pd.Series]) -> Callable:
    def member(survey: pd.DataFrame) -> pd.Series:
        age = pd.to_numeric(survey["age"], errors="coerce").astype("Float64")
        return test(age).astype("boolean")

    return member


def _has_disability(survey: pd.DataFrame) -> pd.Series:
    return short_set(survey)["disability"]


_DISPLACED = ("refugee", "internally_displaced", "migrant")

#: In the order of the draft; those that a household survey cannot tell apart come last.
GROUPS = (
    Group("women", "draft:26(c).1", mark("women"), mark("Women and girls"), ("sex",),
          _says("sex", ("female",), ("male", "other")), ("women", "girls")),
    Group("young", "draft:26(c).2", mark("people under 25"), mark("Children and young people"), ("age",),
          _age(lambda age: age < YOUNG_BELOW), ("children", "youth")),
    Group("disability", "draft:26(c).3", mark("persons with disabilities"), mark("Persons with disabilities"),
          DOMAINS, _has_disability, ("persons_with_disabilities",)),
    Group("indigenous", "draft:26(c).4", mark("indigenous people"), mark("Indigenous peoples"), ("indigenous",),
          _says("indigenous", ("yes",), ("no",)), ("indigenous_peoples",), community=True),
    Group("displaced", "draft:26(c).5", mark("refugees, displaced people and migrants"),
          mark("Refugees, internally displaced people and migrants"), ("displacement",),
          _says("displacement", _DISPLACED, ("none",)), ("refugees", "internally_displaced", "migrants")),
    Group("older", "draft:26(c).6", mark("people of 60 and over"), mark("Older persons"), ("age",),
          _age(lambda age: age >= OLDER_FROM), ("older_persons",)),
    Group("minority", "draft:26(c).6", mark("people of ethnic or religious minorities"),
          mark("Ethnic and religious minorities"), ("minority",), _says("minority", ("yes",), ("no",)),
          ("ethnic_or_religious_minorities",)),
    Group("tenure", "draft:26(c).5b", mark("people without secure tenure"), mark("People without secure tenure"),
          ("tenure",), _says("tenure", ("no",), ("yes",)), ("informal_residents",)),
    Group("gender", "draft:11.3", mark("people of other genders than woman or man"),
          mark("Gender identity"), ("gender_identity",),
          _says("gender_identity", ("non_binary", "other"), ("woman", "man")),
          ("sexual_and_gender_minorities",), crossed=False),
    Group("mental_health", "draft:26(c).6", mark("people with mental health conditions"),
          mark("People with mental health conditions"), voices=("persons_with_mental_health_conditions",)),
    Group("addiction", "draft:26(c).6", mark("people living with addiction"), mark("People living with addiction"),
          voices=("persons_with_addictions",)),
    Group("homeless", "draft:26(c).6", mark("people without a home"), mark("People without a home"),
          voices=("homeless",)),
    Group("traders", "draft:26(c).6", mark("informal traders"), mark("Informal traders"),
          voices=("informal_traders",)),
    Group("communities", "draft:26(c).4", mark("local communities"), mark("Local communities"),
          voices=("local_communities",)),
)  # fmt: skip
BY_KEY = {group.key: group for group in GROUPS}
#: Which groups are looked at together, and what those are called who belong to both: where two kinds of disadvantage
#: meet.
CROSSED = {
    ("women", "disability"): mark("women with disabilities"),
    ("women", "displaced"): mark("women who are refugees, displaced or migrants"),
    ("women", "young"): mark("women under 25"),
    ("women", "older"): mark("women of 60 and over"),
    ("women", "minority"): mark("women of minorities"),
    ("women", "indigenous"): mark("indigenous women"),
    ("older", "disability"): mark("older persons with disabilities"),
    ("young", "displaced"): mark("young refugees, displaced people and migrants"),
    ("disability", "tenure"): mark("persons with disabilities without secure tenure"),
}
#: The line of everybody asked, beside those of the overlaps.
EVERYBODY = "all"


@dataclass(frozen=True)
class Comparison:
    """A group beside everyone else.

    Attributes
    ----------
    shares : DataFrame
        ``item, who`` (`GROUP` or `OTHERS`), ``value, lower, upper, n`` (answers).
    differences : DataFrame
        ``item, value, lower, upper, n, clear``: share of the group less that of the others, with n the answers of the
        smaller side, and whether it is clear once all of the group's differences are judged together.
    """

    shares: pd.DataFrame
    differences: pd.DataFrame


def membership(group: Group, survey: pd.DataFrame) -> pd.Series | None:
    """Who belongs to a group, by their own answer; None if the survey did not ask.

    Raises
    ------
    Refused
        If the questions were asked in part, so that members would count as others.
    """
    if group.member is None or not set(group.columns) & set(survey.columns):
        return None
    asked = survey[[c for c in group.columns if c in survey]]
    return None if asked.isna().all(axis=None) else group.member(survey)


def compare(
    design: SurveyDesign, answers: Mapping[str, pd.Series], member: pd.Series
) -> Comparison:
    """Each answer among the members of a group and among everyone else who said whether they belong.

    Parameters
    ----------
    design : SurveyDesign
    answers : mapping of item to Series
        1, 0 or missing for those not asked, one a respondent.
    member : Series of nullable boolean
        From `membership`.

    Notes
    -----
    The difference is design-based, with the covariance of two groups that share blocks. With many questions some
    differ by chance, so those of one group are judged together by Holm's method (Holm, S. 1979, Scandinavian Journal
    of Statistics 6:65): one wrong "clear" in twenty groups and not in twenty questions. With fewer than thirty
    answers on a side nothing is judged.
    """
    sides = _sides(member)
    shares, differences = [], []
    for item, yes in answers.items():
        found = {
            who: survey_proportion(design, yes, side) for who, side in sides.items()
        }
        for who, one in found.items():
            shares.append((item, who, one.value, one.lower, one.upper, one.n))
        apart = survey_contrast(design, yes, sides[GROUP], sides[OTHERS])
        least = min(one.n for one in found.values())
        p = _p_value(apart.value, apart.standard_error, apart.degrees_of_freedom)
        p = p if least >= LEAST_ANSWERS else np.nan
        differences.append((item, apart.value, apart.lower, apart.upper, least, p))
    columns = ["item", "value", "lower", "upper", "n"]
    table = pd.DataFrame(differences, columns=[*columns, "p"])
    table["clear"] = holm(table.pop("p").to_numpy(dtype=float))
    return Comparison(
        pd.DataFrame(shares, columns=["item", "who", *columns[1:]]), table
    )


def intersections(
    design: SurveyDesign,
    answers: Mapping[str, pd.Series],
    members: Mapping[str, pd.Series],
    pairs: Iterable[tuple[str, str]] = CROSSED,
) -> pd.DataFrame:
    """Answers of people who belong to two groups at once, and of everybody.

    Parameters
    ----------
    design, answers
        As for `compare`.
    members : mapping of group key to Series
        Groups that the survey can tell; pairs with another are left out.

    Returns
    -------
    DataFrame
        ``overlap`` ("women and disability", or `EVERYBODY`), ``item, value, lower, upper, n``. Lines of fewer than
        thirty answers are to be hidden by whoever shows it.

    Raises
    ------
    SafelearnError
        If a pair holds a group that is never crossed, such as gender identity.
    """
    domains: dict[str, np.ndarray | None] = {EVERYBODY: None}
    for pair in pairs:
        if not all(BY_KEY[key].crossed for key in pair):
            raise SafelearnError(
                t("Gender identity is shown for the whole city and never crossed."),
                where=" x ".join(pair),
                remedy=t("Leave this pair of groups out."),
            )
        if set(pair) <= set(members):
            both = [_sides(members[key])[GROUP] for key in pair]
            domains[" and ".join(pair)] = np.logical_and(*both)
    rows = []
    for overlap, domain in domains.items():
        for item, yes in answers.items():
            found = survey_proportion(design, yes, domain)
            rows.append((overlap, item, found.value, found.lower, found.upper, found.n))
    columns = ["overlap", "item", "value", "lower", "upper", "n"]
    return pd.DataFrame(rows, columns=columns)


def holm(p_values: np.ndarray, chance: float = _CHANCE) -> np.ndarray:
    """Which of several differences are clear, judged together; a missing p value never is.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.02, np.nan])).tolist()
    [True, True, True, False]
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [True, False, False]
    """
    p = np.where(np.isnan(p_values), 1.0, p_values)
    order = np.argsort(p, kind="stable")
    judged = int((~np.isnan(p_values)).sum())
    clear = np.zeros(len(p), dtype=bool)
    for rank, at in enumerate(order[:judged]):
        if p[at] > chance / (judged - rank):
            break
        clear[at] = True
    return clear


def _sides(member: pd.Series) -> dict[str, np.ndarray]:
    yes = member.fillna(False).to_numpy(dtype=bool)
    return {GROUP: yes, OTHERS: ~yes & member.notna().to_numpy()}


def _p_value(difference: float, error: float, freedom: int) -> float:
    from scipy import stats

    if not (np.isfinite(difference) and error > 0 and freedom > 0):
        return np.nan
    return float(2 * stats.t.sf(abs(difference) / error, freedom))
