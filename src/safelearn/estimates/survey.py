"""What does a survey say about everybody who lives here, and how surely?

A design (`survey_design`) and the answers of its respondents go in; means, shares, totals, ratios and differences
come out, for the city and for parts of it, with intervals that know of strata, of blocks drawn together, of unequal
weights and of how many blocks there were to draw from. A part of the city (a domain) is estimated within the full
design: respondents elsewhere count as zeros, because how many people of a group fall into a sample is chance too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import SafelearnError
from safelearn.estimates.linearisation import (
    Ratios,
    one_group,
    ratios,
    single,
)
from safelearn.estimates.survey_design import (
    SurveyDesign,
    kish_cluster_effect,
    kish_design_effect,
    survey_design,
)
from safelearn.estimates.survey_intervals import log_limits, share_limits, t_limits
from safelearn.language import t

__all__ = [
    "NEEDS", "SurveyDesign", "SurveyEstimate", "kish_cluster_effect", "kish_design_effect", "latest_round", "means_by",
    "proportions_by", "survey_contrast", "survey_design", "survey_mean", "survey_proportion", "survey_ratio",
    "survey_total",
]  # fmt: skip

NEEDS = frozenset({"survey"})


@dataclass(frozen=True)
class SurveyEstimate:
    """An estimate for a population, from a sample.

    Attributes
    ----------
    value, standard_error, lower, upper : float
        Missing limits: too few PSUs for an interval.
    n : int
        Answers it rests on, unweighted.
    design_effect : float
        Its variance as a multiple of that of a simple random sample of as many answers.
    degrees_of_freedom : int
        PSUs less strata, of those in which the domain has answers.
    """

    value: float
    standard_error: float
    lower: float
    upper: float
    n: int
    design_effect: float
    degrees_of_freedom: int

    @property
    def effective_n(self) -> float:
        """Answers of a simple random sample that would say as much."""
        return self.n / self.design_effect if self.design_effect else float("nan")


def latest_round(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers of the latest year: a survey of several rounds is several samples, which are not added up.

    Answers without a year are all taken to be of one round.
    """
    if "year" not in answers or answers["year"].isna().all():
        return answers.reset_index(drop=True)
    return answers[answers["year"] == answers["year"].max()].reset_index(drop=True)


def survey_mean(
    design: SurveyDesign,
    values: ArrayLike,
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> SurveyEstimate:
    """Mean of a quantity, with Student's interval.

    Parameters
    ----------
    design : SurveyDesign
    values : array_like
        One value a respondent; missing where not asked.
    where : array_like of bool, optional
        The domain: whom to look at. The design stays whole.
    level : float
        Confidence level.

    Notes
    -----
    Taylor linearisation: with z = w (y - mean) / sum w in the domain and 0 outside, the variance is the sum over
    strata of (1 - f) n/(n - 1) times the squared deviations of the PSUs' totals of z from their stratum's mean,
    f = n/N of PSUs. Binder, D. A. (1983), International Statistical Review 51:279; Lumley, T. (2004), Journal of
    Statistical Software 9(8). A stratum with one PSU (a lonely PSU) is centred on the mean over all PSUs, which
    errs to the safe side. Degrees of freedom are counted in the PSUs and strata where the domain has answers:
    Korn, E. L. and Graubard, B. I. (1999), Analysis of Health Surveys, section 5.2.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"psu": [1, 1, 2, 2], "weight": [2, 2, 2, 2]})
    >>> survey_mean(survey_design(answers), [1, 2, 3, 4]).value
    2.5
    """
    return _one(
        ratios(design, _numbers(values), None, _one_domain(design, where)), _t, level
    )


def survey_proportion(
    design: SurveyDesign,
    yes: ArrayLike,
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> SurveyEstimate:
    """Share of people who would say yes, with a logit interval (see `share_limits` for shares of 0 and 1).

    Parameters
    ----------
    design : SurveyDesign
    yes : array_like
        True, False, or missing for those who were not asked.
    where, level
        As for `survey_mean`.
    """
    found = ratios(design, _shares(yes), None, _one_domain(design, where))
    return _one(found, _logit, level)


def survey_total(
    design: SurveyDesign,
    values: ArrayLike,
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> SurveyEstimate:
    """Total of a quantity over the population, with Student's interval; weights must add up to the population."""
    y = _numbers(values)
    inside = ~np.isnan(y) & _inside(design, where)
    w, n = design.weights * inside, int(inside.sum())
    scores = np.where(inside, design.weights * y, 0.0)
    mean = scores.sum() / w.sum() if w.sum() else np.nan
    squares = np.sum(w * np.where(inside, y - mean, 0.0) ** 2)
    simple = squares * w.sum() / (n - 1) if n > 1 else np.nan
    found = single(design, float(scores.sum()), scores, simple, inside)
    return _one(found, _t, level)


def survey_ratio(
    design: SurveyDesign,
    numerator: ArrayLike,
    denominator: ArrayLike,
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> SurveyEstimate:
    """Ratio of two totals, with Student's interval; who lacks one of the two values is left out."""
    found = ratios(
        design, _numbers(numerator), _numbers(denominator), _one_domain(design, where)
    )
    return _one(found, _t, level)


def survey_contrast(
    design: SurveyDesign,
    values: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    kind: Literal["difference", "ratio"] = "difference",
    level: float = 0.95,
) -> SurveyEstimate:
    """How two groups differ: first less second, or first over second.

    Parameters
    ----------
    design : SurveyDesign
    values : array_like
        Numbers, or True and False for shares; missing where not asked.
    first, second : array_like of bool
        The groups. They may share PSUs, which makes them alike, and may overlap.
    kind : {"difference", "ratio"}
    level : float

    Notes
    -----
    The two means' scores are subtracted (or, for the ratio, combined by the delta method) before the variance is
    taken, so their covariance is in it. Student's interval; for a ratio on the logarithm. ``n`` and the degrees of
    freedom are those of both groups together.
    """
    y = _numbers(values)
    groups = [_inside(design, group) for group in (first, second)]
    one, two = (one_group(design, y, group) for group in groups)
    either = (groups[0] | groups[1]) & ~np.isnan(y)
    if kind == "difference":
        value, scores, simple = one[0] - two[0], one[1] - two[1], one[2] + two[2]
        return _one(single(design, value, scores, simple, either), _t, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(np.divide(one[0], two[0]))
        scores = (one[1] - value * two[1]) / np.float64(two[0])
        simple = (one[2] + value**2 * two[2]) / np.float64(two[0]) ** 2
    return _one(single(design, value, scores, simple, either), _log, level)


def proportions_by(
    design: SurveyDesign,
    yes: ArrayLike,
    by: pd.Series | Sequence[pd.Series],
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Shares of people who would say yes, for every group at once.

    Parameters
    ----------
    design : SurveyDesign
    yes : array_like
        True, False, or missing for those who were not asked.
    by : Series or sequence of Series
        What the groups are; respondents with a missing value belong to none, and stay in the design.
    where, level
        As for `survey_mean`.

    Returns
    -------
    DataFrame
        A row for each group that was asked, in order of the groups: the columns of `by`, ``value,
        standard_error, lower, upper, n`` (answers), ``positive`` (yes among them, unweighted), ``design_effect,
        degrees_of_freedom``.
    """
    return _by(design, _shares(yes), by, where, _logit, level)


def means_by(
    design: SurveyDesign,
    values: ArrayLike,
    by: pd.Series | Sequence[pd.Series],
    where: ArrayLike | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Means for every group at once, with Student's interval; columns as in `proportions_by`, less ``positive``."""
    found = _by(design, _numbers(values), by, where, _t, level)
    return found.drop(columns="positive")


def _by(design, y, by, where, limits, level) -> pd.DataFrame:
    columns = [by] if isinstance(by, pd.Series) else list(by)
    keys = pd.DataFrame({c.name: c.to_numpy() for c in columns})
    inside = _inside(design, where) & ~np.isnan(y) & keys.notna().all(axis=1).to_numpy()
    groups = keys[inside].groupby(list(keys), observed=True, sort=True)
    domain = np.full(len(design), -1)
    domain[inside] = groups.ngroup()
    found = ratios(design, y, None, (domain, groups.ngroups))
    lower, upper = limits(found, level)
    rows = groups.size().index.to_frame(index=False)
    return rows.assign(
        value=found.value,
        standard_error=found.error,
        lower=lower,
        upper=upper,
        n=found.n,
        positive=found.positive,
        design_effect=found.design_effect,
        degrees_of_freedom=found.df,
    )


def _t(found: Ratios, level: float) -> tuple[NDArray, NDArray]:
    return t_limits(found.value, found.error, found.df, level)


def _log(found: Ratios, level: float) -> tuple[NDArray, NDArray]:
    return log_limits(found.value, found.error, found.df, level)


def _logit(found: Ratios, level: float) -> tuple[NDArray, NDArray]:
    return share_limits(found.value, found.error, found.effective, found.df, level)


def _one(found: Ratios, limits: Any, level: float) -> SurveyEstimate:
    lower, upper = limits(found, level)
    return SurveyEstimate(
        value=float(found.value[0]),
        standard_error=float(found.error[0]),
        lower=float(lower[0]),
        upper=float(upper[0]),
        n=int(found.n[0]),
        design_effect=float(found.design_effect[0]),
        degrees_of_freedom=int(found.df[0]),
    )


def _inside(design: SurveyDesign, where: ArrayLike | None) -> NDArray[np.bool_]:
    if where is None:
        return np.ones(len(design), dtype=bool)
    if hasattr(where, "to_numpy"):
        where = where.to_numpy(dtype=bool, na_value=False)
    return np.asarray(where, dtype=bool)


def _one_domain(
    design: SurveyDesign, where: ArrayLike | None
) -> tuple[NDArray[np.int64], int]:
    return np.where(_inside(design, where), 0, -1), 1


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    if hasattr(values, "to_numpy"):
        return values.to_numpy(dtype=float, na_value=np.nan)
    return np.asarray(values, dtype=float)


def _shares(yes: ArrayLike) -> NDArray[np.float64]:
    found = _numbers(yes)
    if not np.isin(found[~np.isnan(found)], (0, 1)).all():
        raise SafelearnError(
            t("A share needs answers that are yes, no or missing."),
            remedy=t("Use `survey_mean` for quantities."),
        )
    return found
