"""Did the treated areas change more than the others, given how differently areas change anyway?

A panel goes in: a row for each area and period, treated or not, before or after. The difference of the
differences comes out, as a number of cases or as a ratio, with an error that takes each area as one fact, and
a check whether the areas ran parallel before (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.estimates.quasi_poisson import fit_quasi_poisson
from safelearn.evaluation import limits
from safelearn.evaluation.clustering import clustered_variance
from safelearn.language import t

NEEDS = frozenset({"time:month", "place:area", "table:interventions"})


@dataclass(frozen=True)
class DifferenceInDifferences:
    """How differently treated and compared areas changed.

    Attributes
    ----------
    estimate, lower, upper : float
        With `scale` "difference": units of the outcome an area and period. With "ratio": the ratio of two ratios
        of after to before, 0.8 being a fifth fewer than the compared areas' change would have given.
    standard_error : float
        Of the difference, or of the logarithm of the ratio.
    p_value : float
    degrees_of_freedom : float
        From how few areas carry the comparison, not from the number of rows.
    treated_areas, control_areas : int
    scale : str
    """

    estimate: float
    standard_error: float
    lower: float
    upper: float
    p_value: float
    degrees_of_freedom: float
    treated_areas: int
    control_areas: int
    scale: str

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.SAME_RATIO if self.scale == "ratio" else limits.SAME_STEP,
            limits.SAME_TIME,
            limits.CHOSEN_HIGH,
            limits.RECORDED,
        )


def difference_in_differences(
    panel: pd.DataFrame,
    *,
    outcome: str = "n",
    area: str = "area_id",
    treated: str = "treated",
    after: str = "after",
    exposure: str | None = None,
    scale: str = "difference",
    errors: str = "CR2",
    level: float = 0.95,
) -> DifferenceInDifferences:
    """Difference in differences with errors clustered by area.

    Parameters
    ----------
    panel : DataFrame
        A row for each area and period: `outcome`, `area`, `treated` and `after` (true or false). Every area has
        the same number of periods before, and the same after.
    exposure : str, optional
        Column that a count arose from (population, days); scale "ratio" only.
    scale : "difference" or "ratio"
        A linear model, or a log-linear one for counts of areas unlike in size.
    errors : "CR2" or "CR1"
        See `clustered_variance`; "CR1" is what most programs print, and too small with few treated areas.
    level : float
        Level of the interval.

    Returns
    -------
    DifferenceInDifferences

    Raises
    ------
    Refused
        If fewer than two areas are treated or compared, an outcome is missing, or (ratio) a group of areas had
        no event before or after.
    SafelearnError
        If the areas do not have the same periods, or one is treated in some rows only.

    Notes
    -----
    outcome = a + b treated + c after + d treated x after; d is the answer. Errors are clustered by area, since
    months of an area resemble each other: Bertrand, M., Duflo, E. and Mullainathan, S. (2004), Quarterly Journal
    of Economics 119:249. The ratio is fitted by quasi-likelihood, which needs no count to be Poisson.
    """
    from scipy.special import stdtr, stdtrit

    y, cluster, is_treated, is_after, base = _read(
        panel, outcome, area, treated, after, exposure
    )
    arms = [len(np.unique(cluster[is_treated == arm])) for arm in (1, 0)]
    _balanced(cluster, is_after)
    if min(arms) < 2:
        raise Refused(
            t(
                "A difference in differences takes two treated and two compared areas at least."
            ),
            remedy=t("For one treated area, compare by a synthetic control."),
        )
    design = np.column_stack(
        [np.ones(len(y)), is_treated, is_after, is_treated * is_after]
    )
    contrast = np.array([0.0, 0, 0, 1])
    if scale == "ratio":
        sums = np.bincount((2 * is_treated + is_after).astype(int), y, minlength=4)
        if not sums.all():
            raise Refused(
                t(
                    "One of the groups of areas had no event to start from, so there is no ratio."
                ),
                remedy=t("Take longer periods, or compare by differences."),
            )
        fit = fit_quasi_poisson(y, design, base)
        coefficient = fit.coefficients[3]
        root = np.sqrt(fit.fitted)
        design, residual = design * root[:, None], (y - fit.fitted) / root
    else:
        beta = np.linalg.lstsq(design, y, rcond=None)[0]
        coefficient, residual = beta[3], y - design @ beta
    variance, df = clustered_variance(
        design, residual, cluster, contrast, errors=errors
    )
    error = float(np.sqrt(variance))
    half = float(stdtrit(df, 0.5 + level / 2)) * error
    ends = np.array([coefficient, coefficient - half, coefficient + half])
    if scale == "ratio":
        ends = np.exp(ends)
    score = abs(coefficient) / error if error else np.inf
    return DifferenceInDifferences(
        estimate=float(ends[0]),
        standard_error=error,
        lower=float(ends[1]),
        upper=float(ends[2]),
        p_value=float(2 * stdtr(df, -score)),
        degrees_of_freedom=df,
        treated_areas=arms[0],
        control_areas=arms[1],
        scale=scale,
    )


@dataclass(frozen=True)
class TrendsBefore:
    """Whether treated areas ran parallel to the others before.

    Attributes
    ----------
    ratio, lower, upper : float
        How the treated areas' count moved against the others' from one period to the next: 1 is parallel.
    p_value : float
    parallel : bool
        Whether the interval holds 1. A wide interval holds it too: no proof that they were parallel.
    """

    ratio: float
    lower: float
    upper: float
    p_value: float
    parallel: bool


def trends_before(
    panel: pd.DataFrame,
    *,
    outcome: str = "n",
    area: str = "area_id",
    treated: str = "treated",
    period: str = "period",
    level: float = 0.95,
) -> TrendsBefore:
    """Compare the trends of treated and compared areas in the time before.

    Parameters
    ----------
    panel : DataFrame
        Rows of the time before only, every area in every period: `outcome` (counts), `area`, `treated`, `period`
        (its number in order of time).

    Returns
    -------
    TrendsBefore

    Raises
    ------
    Refused
        With fewer than three periods, two treated or two compared areas.

    Notes
    -----
    log E(count) = group + period x group, errors clustered by area (CR2). Roth, J. (2022), American Economic
    Review: Insights 4:305, on why passing such a test proves little.
    """
    from scipy.special import stdtr, stdtrit

    y, cluster, is_treated, time, base = _read(
        panel, outcome, area, treated, period, None
    )
    arms = [len(np.unique(cluster[is_treated == arm])) for arm in (1, 0)]
    sums = np.bincount(is_treated.astype(int), y, minlength=2)
    if len(np.unique(time)) < 3 or min(arms) < 2 or not sums.all():
        raise Refused(
            t("Too few periods, areas or events to compare the trends before."),
            remedy=t("Add earlier files, or join areas."),
        )
    time = time - time.mean()
    design = np.column_stack([np.ones(len(y)), is_treated, time, is_treated * time])
    fit = fit_quasi_poisson(y, design, base)
    root = np.sqrt(fit.fitted)
    variance, df = clustered_variance(
        design * root[:, None],
        (y - fit.fitted) / root,
        cluster,
        np.array([0.0, 0, 0, 1]),
    )
    error, slope = float(np.sqrt(variance)), float(fit.coefficients[3])
    half = float(stdtrit(df, 0.5 + level / 2)) * error
    lower, upper = float(np.exp(slope - half)), float(np.exp(slope + half))
    p_value = float(2 * stdtr(df, -abs(slope) / error))
    return TrendsBefore(
        float(np.exp(slope)), lower, upper, p_value, lower <= 1 <= upper
    )


def _read(
    panel: pd.DataFrame,
    outcome: str,
    area: str,
    treated: str,
    time: str,
    exposure: str | None,
) -> tuple[NDArray, ...]:
    y = panel[outcome].to_numpy(dtype=float, na_value=np.nan)
    if np.isnan(y).any():
        raise Refused(
            t("A count of the comparison is hidden, so there is no comparison."),
            remedy=t("Join areas, months or offences until no count is hidden."),
        )
    cluster = pd.factorize(panel[area].astype("str"), sort=True)[0]
    is_treated = panel[treated].to_numpy(dtype=float)
    base = np.ones(len(y)) if exposure is None else amounts(panel[exposure], exposure)
    share = np.bincount(cluster, is_treated) / np.bincount(cluster)
    if not np.isin(share, (0, 1)).all():
        raise SafelearnError(
            t("An area is treated in some rows and compared in others."),
            remedy=t(
                "Give each area one part, and the start by the column of periods."
            ),
        )
    return y, cluster, is_treated, panel[time].to_numpy(dtype=float), base


def _balanced(cluster: NDArray, is_after: NDArray) -> None:
    rows = 2 * cluster + (is_after > 0)
    table = np.bincount(rows, minlength=2 * (cluster.max() + 1)).reshape(-1, 2)
    if not table.min() or (table != table[0]).any():
        raise SafelearnError(
            t("The areas do not all have the same periods before and after."),
            remedy=t(
                "Give a row for each area and period, with 0 where nothing happened."
            ),
        )
