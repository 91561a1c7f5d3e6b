"""How far may the sample alone have moved this estimate?

Estimates with their standard errors and degrees of freedom go in; confidence limits come out. Shares get limits
that stay between 0 and 1, and an honest upper limit where nobody in the sample said yes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.estimates.inputs import quantile


def t_deviate(degrees_of_freedom: ArrayLike, level: float = 0.95) -> NDArray:
    """Student's deviate of a two-sided interval; missing below one degree of freedom."""
    from scipy.special import stdtrit

    quantile(level)
    df = np.asarray(degrees_of_freedom, dtype=float)
    return np.where(df >= 1, stdtrit(np.maximum(df, 1), 0.5 + level / 2), np.nan)


def t_limits(
    value: ArrayLike, error: ArrayLike, degrees_of_freedom: ArrayLike, level: float
) -> tuple[NDArray, NDArray]:
    """Value plus and minus Student's deviate times its standard error."""
    half = t_deviate(degrees_of_freedom, level) * np.asarray(error)
    return np.asarray(value) - half, np.asarray(value) + half


def log_limits(
    value: ArrayLike, error: ArrayLike, degrees_of_freedom: ArrayLike, level: float
) -> tuple[NDArray, NDArray]:
    """Limits of a positive value by Student's deviate on the logarithm."""
    value = np.asarray(value, dtype=float)
    kept = np.where(value > 0, value, np.nan)
    half = t_deviate(degrees_of_freedom, level) * np.asarray(error) / kept
    return kept * np.exp(-half), kept * np.exp(half)


def share_limits(
    share: ArrayLike,
    error: ArrayLike,
    effective_n: ArrayLike,
    degrees_of_freedom: ArrayLike,
    level: float,
) -> tuple[NDArray, NDArray]:
    """Limits of a share: by its logit, and by the binomial where all answers agree.

    Parameters
    ----------
    share, error : array_like
        Shares from 0 to 1 and their standard errors.
    effective_n : array_like
        For shares of 0 and 1: answers divided by the design effect of their weights.
    degrees_of_freedom : array_like
    level : float

    Notes
    -----
    logit(p) +- t SE / (p (1 - p)), as R's ``svyciprop`` does by default. Where p is 0 or 1 the answers show no
    spread; then Clopper and Pearson's exact limits on the effective number of answers, made smaller by the
    square of normal over Student's deviate for the few PSUs: Korn, E. L. and Graubard, B. I. (1998), Survey
    Methodology 24:193.
    """
    from scipy.special import betaincinv, expit, logit

    p = np.asarray(share, dtype=float)
    deviate = t_deviate(degrees_of_freedom, level)
    inside = (p > 0) & (p < 1)
    kept = np.where(inside, p, 0.5)
    half = deviate * np.asarray(error) / (kept * (1 - kept))
    lower, upper = expit(logit(kept) - half), expit(logit(kept) + half)
    n = np.asarray(effective_n, dtype=float) * (quantile(level) / deviate) ** 2
    n = np.where(n > 0, n, np.nan)
    tail = (1 - level) / 2
    lower = np.where(p == 0, 0 * n, np.where(p == 1, betaincinv(n, 1, tail), lower))
    upper = np.where(
        p == 1, 1 + 0 * n, np.where(p == 0, betaincinv(1, n, 1 - tail), upper)
    )
    gone = np.isnan(p)
    return np.where(gone, np.nan, lower), np.where(gone, np.nan, upper)
