"""How much of what happens do the police hear of, and of whom do they not hear?

The residents' survey goes in with the recorded offences of the same year; out come, for each kind of harm and each
group, the share of victims who told somebody, the number of events that the survey estimates, and which part of it the
records hold, with intervals. Serves draft:25(d).1 and draft:11.

What is compared must be comparable. The survey asks adults who live in private homes about the last twelve months, once
for each kind of harm unless it asks how often; it counts what happened to residents anywhere. Records count events in
the city, to visitors and children too. So children are left out of the records where age is known, records of
a coarser code than the question are compared with the questions together or not at all, and nothing is compared by
area: people are harmed where they do not live.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.diagnosis.perception import CITY, lacking
from safelearn.errors import Refused
from safelearn.estimates.survey import (
    SurveyDesign,
    SurveyEstimate,
    means_by,
    proportions_by,
    survey_contrast,
)
from safelearn.estimates.survey_intervals import log_limits
from safelearn.language import mark, t

NEEDS = frozenset({"survey"})
RECENT, EARLIER = "last_12_months", "earlier"
#: Who counts as told: the police alone, or any authority as in SDG 16.3.1.
POLICE, ANY_AUTHORITY = ("police",), ("police", "other_authority")


@dataclass(frozen=True)
class Harm:
    """One kind of harm that a survey asks about and the police may record.

    Attributes
    ----------
    harm : str
        Its code in tables.
    questions : tuple of (str, str)
        Columns of what happened and whom the victim told; no second one where that is not asked.
    codes : tuple of str
        ICCS codes of the records that mean the same.
    title : str
        Marked for translation.
    times : str
        Column of how often, where it is asked.
    household : bool
        Asked of the household and not of the person.
    sensitive : bool
        Sexual violence: for the city by sex only.
    """

    harm: str
    questions: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    title: str
    times: str = ""
    household: bool = False
    sensitive: bool = False


_ASSAULT, _THREAT = ("assault", "assault_told"), ("threat", "threat_told")
HARMS = (
    Harm("assault", (_ASSAULT,), ("02011",), mark("Assault"), "assault_times"),
    Harm("threat", (_THREAT,), ("02012",), mark("Threats")),
    Harm("assault_or_threat", (_ASSAULT, _THREAT), ("0201",), mark("Assault or threats"), "assault_times"),
    Harm("robbery", (("robbery", "robbery_told"),), ("0401",), mark("Robbery")),
    Harm(
        "sexual_violence", (("sexual_violence", "sexual_violence_told"),), ("0301",), mark("Sexual violence"),
        sensitive=True,
    ),
    Harm("theft_from_person", (("theft_from_person", "theft_told"),), ("050221",), mark("Theft from person")),
    Harm("burglary", (("burglary", "burglary_told"),), ("05012",), mark("Home burglary"), household=True),
    Harm("vehicle_theft", (("vehicle_theft", ""),), ("05021",), mark("Vehicle theft"), household=True),
)  # fmt: skip
#: Harm done by people to people, by which groups are compared where single kinds are too few.
VIOLENCE = (_ASSAULT, ("robbery", "robbery_told"), _THREAT)


def events(survey: pd.DataFrame, harm: Harm) -> NDArray[np.float64]:
    """Events of the last twelve months that each respondent tells of; missing where not asked.

    Each kind counts once unless the survey asks how often, so sums are lower bounds. No answer counts as no event.
    """
    total = np.full(len(survey), np.nan)
    for happened, _ in harm.questions:
        if lacking(survey, [happened]):
            continue
        given = survey[happened].astype(object)
        once = np.where(given.notna(), given.eq(RECENT), np.nan).astype(float)
        if harm.times and happened == "assault" and not lacking(survey, [harm.times]):
            often = survey[harm.times].to_numpy(dtype=float, na_value=np.nan)
            once = np.where(once == 1, np.fmax(often, 1), once)
        total = np.where(np.isnan(total), once, total + np.nan_to_num(once))
    return total


def told(
    survey: pd.DataFrame,
    questions: Iterable[tuple[str, str]],
    whom: tuple[str, ...] = POLICE,
    *,
    ever: bool = False,
) -> NDArray[np.float64]:
    """Whether each victim told; missing for who was not a victim.

    Parameters
    ----------
    survey : DataFrame
    questions : iterable of (str, str)
        What happened, and whom the victim told of the latest event; of several kinds any one told counts.
    whom : tuple of str
    ever : bool
        Victims of any time and not of the last twelve months only: more answers, of longer ago.
    """
    when = (RECENT, EARLIER) if ever else (RECENT,)
    found = np.full(len(survey), np.nan)
    for happened, asked in questions:
        if not asked or lacking(survey, [happened, asked]):
            continue
        victim = survey[happened].isin(when).to_numpy()
        one = survey[asked].isin(whom).to_numpy(dtype=float)
        found = np.where(victim, np.fmax(np.nan_to_num(found), one), found)
    return found


def told_shares(
    survey: pd.DataFrame,
    design: SurveyDesign,
    breakdowns: Mapping[str, pd.Series],
    *,
    whom: tuple[str, ...] = POLICE,
    ever: bool = False,
) -> pd.DataFrame:
    """Share of victims who told, by kind of harm and by group, and for violence of any kind together.

    Returns
    -------
    DataFrame
        ``harm, breakdown, group`` and the columns of `proportions_by`. Sexual violence by sex only.
    """
    kinds = {
        h.harm: (h.questions, h.sensitive)
        for h in HARMS
        if h.harm != "assault_or_threat"
    }
    kinds["violence"] = (VIOLENCE, False)
    city = pd.Series(CITY, survey.index)
    parts = []
    for harm, (questions, sensitive) in kinds.items():
        yes = told(survey, questions, whom, ever=ever)
        if np.isnan(yes).all():
            continue
        for name, group in {CITY: city, **breakdowns}.items():
            if sensitive and name not in (CITY, "sex"):
                continue
            part = proportions_by(design, yes, group.rename("group"))
            part.insert(0, "breakdown", name)
            part.insert(0, "harm", harm)
            parts.append(part)
    if not parts:
        raise Refused(
            t("The survey does not ask victims whether they told anybody."),
            remedy=t(
                "Ask whom the victim told of the latest event, for each kind of harm."
            ),
        )
    return pd.concat(parts, ignore_index=True)


def estimated_events(
    survey: pd.DataFrame,
    design: SurveyDesign,
    harm: Harm,
    group: pd.Series,
    people: Mapping[str, float],
) -> pd.DataFrame:
    """Events in a year that the survey estimates for each group.

    Parameters
    ----------
    group : Series
        Named ``group``; the group of each respondent.
    people : mapping of str to float
        How many adults (households, for harm to households) each group has; groups without one are left out.

    Returns
    -------
    DataFrame
        ``group, estimated, estimated_lower, estimated_upper, n, positive``.

    Notes
    -----
    The mean of events a person times the people of the group, so that neither who was not asked nor a sample's chance
    share of the group matters. Student's interval on the logarithm, as a number of events cannot be negative.
    """
    y = events(survey, harm)
    if np.isnan(y).all():
        return pd.DataFrame(
            columns=[
                "group",
                "estimated",
                "estimated_lower",
                "estimated_upper",
                "n",
                "positive",
            ]
        )
    found = means_by(design, y, group)
    found = found[found["group"].isin(list(people))]
    size = found["group"].map(people).to_numpy(dtype=float)
    lower, upper = log_limits(
        found["value"], found["standard_error"], found["degrees_of_freedom"], 0.95
    )
    hit = pd.Series(np.nan_to_num(y) > 0).groupby(group.to_numpy()).sum()
    return pd.DataFrame(
        {
            "group": found["group"].to_numpy(),
            "estimated": found["value"].to_numpy() * size,
            "estimated_lower": lower * size,
            "estimated_upper": upper * size,
            "n": found["n"].to_numpy(),
            "positive": found["group"].map(hit).to_numpy(),
        }
    )


def share_recorded(recorded: pd.Series, estimated: pd.DataFrame) -> pd.DataFrame:
    """Recorded events as a share of those that the survey estimates: ``value, lower, upper``, without a ceiling.

    A share above 1 is no mistake of arithmetic: records hold visitors, businesses and repeated harm, which the survey
    does not. The interval is the survey's; recorded events are counted and not estimated.
    """
    n = pd.Series(recorded).to_numpy(dtype=float, na_value=np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "value": n / estimated["estimated"].to_numpy(),
                "lower": n / estimated["estimated_upper"].to_numpy(),
                "upper": n / estimated["estimated_lower"].to_numpy(),
            }
        )


def comparable(codes: Iterable[str], harm: Harm) -> bool:
    """Whether the records tell this kind of harm from others: no record has a coarser code that may hold it.

    Examples
    --------
    >>> assault = HARMS[0]
    >>> comparable(["020111", "0401"], assault), comparable(["020111", "0201"], assault)
    (True, False)
    """
    codes = set(codes)
    coarser = any(
        own != code and own.startswith(code) for own in harm.codes for code in codes
    )
    return not coarser and any(c.startswith(harm.codes) for c in codes)


def telling_against_city(
    survey: pd.DataFrame, design: SurveyDesign, group: pd.Series, *, least: int = 30
) -> pd.DataFrame:
    """How much of the violence in a group the police are told of, as a multiple of the city's average.

    Returns
    -------
    DataFrame
        Index: the groups with at least `least` victims (of any time); ``value, lower, upper``.
    """
    yes = told(survey, VIOLENCE, ever=True)
    everybody = np.ones(len(survey), dtype=bool)
    rows = {}
    for name in pd.unique(group.dropna()):
        inside = (group == name).to_numpy()
        if np.sum(inside & ~np.isnan(yes)) < least:
            continue
        if (inside == group.notna().to_numpy()).all():
            rows[name] = (1.0, 1.0, 1.0)
            continue
        found = survey_contrast(design, yes, inside, everybody, "ratio")
        rows[name] = (found.value, found.lower, found.upper)
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["value", "lower", "upper"]
    )


def reporting_change(
    survey: pd.DataFrame, design: SurveyDesign
) -> tuple[int, int, SurveyEstimate] | None:
    """How the share of victims of violence who told the police changed between the survey's last two years.

    Returns
    -------
    (int, int, SurveyEstimate) or None
        The years and the difference; None if everybody was asked in one year.
    """
    if lacking(survey, ["year"]):
        return None
    years = sorted(int(y) for y in survey["year"].dropna().unique())
    if len(years) < 2:
        return None
    yes = told(survey, VIOLENCE)
    first, last = (
        survey["year"].eq(y).to_numpy(dtype=bool, na_value=False) for y in years[-2:]
    )
    return years[-2], years[-1], survey_contrast(design, yes, last, first)
