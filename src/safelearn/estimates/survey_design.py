"""How were the respondents of a survey drawn, and how many people does each of them stand for?

A table of answers with its columns on the sample goes in; a `SurveyDesign` comes out: strata, primary sampling
units (PSUs: the blocks or villages drawn first), weights, and how many PSUs there were to draw from. Neighbours
answer alike, so a survey of few blocks says less than its number of answers promises; every estimate of
`estimates.survey` takes the design with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.language import number, t


@dataclass(frozen=True, eq=False)
class SurveyDesign:
    """The sample behind a table of answers; all arrays are in the order of its rows.

    Attributes
    ----------
    weights : ndarray of float
        How many people each respondent stands for.
    stratum, psu : ndarray of int
        Number of each respondent's stratum, from 0, and of its PSU. PSUs are counted within their stratum: the
        same name in two strata is two PSUs.
    stratum_of_psu : ndarray of int
        The stratum of each PSU.
    sampled, population : ndarray of float
        By stratum: PSUs drawn, and PSUs there were (infinite where nobody said, so without correction).
    """

    weights: NDArray[np.float64]
    stratum: NDArray[np.int64]
    psu: NDArray[np.int64]
    stratum_of_psu: NDArray[np.int64]
    sampled: NDArray[np.float64]
    population: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def psus(self) -> int:
        """Number of PSUs drawn."""
        return len(self.stratum_of_psu)

    @property
    def strata(self) -> int:
        """Number of strata."""
        return len(self.sampled)

    @property
    def degrees_of_freedom(self) -> int:
        """PSUs less strata: on how much the spread between PSUs rests."""
        return self.psus - self.strata

    @property
    def lonely(self) -> int:
        """Number of strata of which one PSU only was drawn, though there were more."""
        alone = (self.sampled == 1) & (self.population > 1)
        return int(alone.sum())


def survey_design(
    frame: pd.DataFrame,
    *,
    stratum: str | None = "stratum",
    psu: str | None = "psu",
    weight: str | None = "weight",
    stratum_psus: str | None = "stratum_psus",
) -> SurveyDesign:
    """Read the design from the columns of a survey.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent.
    stratum, psu, weight, stratum_psus : str or None
        Names of the columns. One that is None, absent or empty means: no strata; each respondent drawn alone;
        equal weights; PSUs drawn from so many that no correction is due.

    Returns
    -------
    SurveyDesign

    Raises
    ------
    Refused
        If the table has no rows.
    SafelearnError
        If only some respondents have a weight, the weights are all zero, or a stratum's number of PSUs is
        missing, differs between its rows or is smaller than the number drawn.

    Notes
    -----
    Variances come from the first stage only: what the PSUs' totals differ by holds the later stages in it.
    """
    if len(frame) == 0:
        raise Refused(
            t("The survey has no answers."),
            remedy=t("Import the answers with their design columns."),
        )
    layer = _codes(frame, stratum)
    layer = np.zeros(len(frame), dtype=np.int64) if layer is None else layer
    unit = _codes(frame, psu)
    unit = np.arange(len(frame)) if unit is None else unit
    pair = layer * (unit.max() + 1) + unit
    _, first, number_of = np.unique(pair, return_index=True, return_inverse=True)
    stratum_of_psu = layer[first]
    sampled = np.bincount(stratum_of_psu).astype(float)
    return SurveyDesign(
        weights=_weights(frame, weight),
        stratum=layer,
        psu=number_of.astype(np.int64),
        stratum_of_psu=stratum_of_psu,
        sampled=sampled,
        population=_population(frame, stratum_psus, layer, sampled),
    )


def _codes(frame: pd.DataFrame, column: str | None) -> NDArray[np.int64] | None:
    """Numbers for the names in a column; a missing name is one of its own in each row."""
    if column is None or column not in frame or frame[column].isna().all():
        return None
    found, names = pd.factorize(frame[column], sort=True)
    found = found.astype(np.int64)
    missing = found < 0
    found[missing] = len(names) + np.arange(missing.sum())
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _weights(frame: pd.DataFrame, column: str | None) -> NDArray[np.float64]:
    if column is None or column not in frame or frame[column].isna().all():
        return np.ones(len(frame))
    found = amounts(frame[column], column)
    missing = int(np.isnan(found).sum())
    if missing or found.sum() == 0:
        raise SafelearnError(
            t(
                "{n} of {total} respondents have no weight.",
                n=number(missing or len(found)),
                total=number(len(found)),
            ),
            where=column,
            remedy=t("Give every respondent a weight, or leave the column empty."),
        )
    return found


def _population(
    frame: pd.DataFrame,
    column: str | None,
    layer: NDArray[np.int64],
    sampled: NDArray[np.float64],
) -> NDArray[np.float64]:
    if column is None or column not in frame or frame[column].isna().all():
        return np.full(len(sampled), np.inf)
    by_stratum = pd.Series(amounts(frame[column], column)).groupby(layer)
    least, most = by_stratum.min().to_numpy(), by_stratum.max().to_numpy()
    if not ((least == most) & (most >= sampled)).all():
        raise SafelearnError(
            t(
                "A stratum's number of sampling units is missing, differs between its rows, or is smaller than "
                "the number that was drawn."
            ),
            where=column,
            remedy=t(
                "Write in every row how many units its stratum had before the draw."
            ),
        )
    return most


def kish_design_effect(weights: ArrayLike) -> float:
    """Kish's design effect of unequal weights.

    Parameters
    ----------
    weights : array_like
        One weight a respondent, 1-D, without missing values.

    Returns
    -------
    float
        At least 1. The effective sample size is the number of respondents divided by it.

    Raises
    ------
    Refused
        If there are no weights, all are zero, or one is missing.

    Notes
    -----
    n sum(w^2) / (sum w)^2: Kish, L. (1992), Journal of Official Statistics 8:183. It knows nothing of
    clusters or strata, and assumes that the weights are unrelated to the answers.

    Examples
    --------
    >>> kish_design_effect([1, 1, 1, 1, 2, 2, 3, 5])
    1.4375
    """
    w = amounts(weights, "weights").ravel()
    if w.size == 0 or np.isnan(w).any() or w.sum() == 0:
        raise Refused(
            t("A design effect needs one weight for every respondent."),
            remedy=t("Complete the weights, or take out who did not answer."),
        )
    return float(w.size * np.sum(w**2) / np.sum(w) ** 2)


def kish_cluster_effect(answers_a_cluster: float, correlation: float) -> float:
    """Kish's design effect of asking neighbours: 1 + (m - 1) rho.

    Parameters
    ----------
    answers_a_cluster : float
        Mean number of answers in a cluster.
    correlation : float
        How alike two answers of one cluster are: 0 not at all, 1 the same.

    Notes
    -----
    Kish, L. (1965), Survey Sampling, section 5.4.

    Examples
    --------
    >>> kish_cluster_effect(11, 0.05)
    1.5
    """
    return 1 + (answers_a_cluster - 1) * correlation
