"""How much more do counts vary than pure chance would have them?

Counts and a design of explanations go in; a log-linear fit comes out, with the over-dispersion that widens
every interval made from it. Recorded crime is never pure Poisson: offences come in series, records come in
batches, and an interval that ignores it announces changes that are none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEEDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuasiPoissonFit:
    """A fitted log-linear model.

    Attributes
    ----------
    coefficients : ndarray, shape (terms,)
    covariance : ndarray, shape (terms, terms)
        Over-dispersion included.
    fitted : ndarray, shape (rows,)
        Expected counts.
    deviance : float
    dispersion : float
        Pearson's chi-squared by its degrees of freedom, at least 1.
    df : int
        Rows minus terms.
    correlation : float
        Of the residuals of neighbouring rows, from 0 to 0.8: 0 where it is negative.
    """

    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    fitted: NDArray[np.float64]
    deviance: float
    dispersion: float
    df: int
    correlation: float


def fit_quasi_poisson(
    counts: NDArray[np.float64],
    design: NDArray[np.float64],
    exposure: NDArray[np.float64],
) -> QuasiPoissonFit:
    """Fit log E(count) = log(exposure) + design x coefficients, with variance in proportion to the mean.

    Parameters
    ----------
    counts, exposure : ndarray, shape (rows,)
        Counts of at least 0, exposures above 0.
    design : ndarray, shape (rows, terms)
        Of full rank, with fewer terms than rows.

    Returns
    -------
    QuasiPoissonFit

    Notes
    -----
    Iteratively reweighted least squares; McCullagh, P. and Nelder, J. A. (1989), Generalized Linear Models,
    chapters 2 and 9. A dispersion below 1 is set to 1: no city records crime more evenly than chance. Rows
    are taken to be in order of time for `correlation`.

    Examples
    --------
    >>> fit = fit_quasi_poisson(np.array([4.0, 6.0, 20.0]), np.ones((3, 1)), np.array([1.0, 1, 2]))
    >>> round(float(np.exp(fit.coefficients[0])), 2), round(fit.dispersion, 2)
    (7.5, 1.8)
    """
    offset = np.log(exposure)
    mu = np.maximum(counts, 0.5)
    deviance = np.inf
    # Newton steps on a concave likelihood: a handful are enough, far more never happen.
    for _ in range(100):
        working = np.log(mu) - offset + (counts - mu) / mu
        root = np.sqrt(mu)
        beta = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        mu = np.exp(np.clip(offset + design @ beta, -30, 30))
        former, deviance = deviance, _deviance(counts, mu)
        if abs(former - deviance) < 1e-10 * (1 + deviance):
            break
    df = len(counts) - design.shape[1]
    pearson = float(np.sum((counts - mu) ** 2 / mu))
    dispersion = max(1.0, pearson / df)
    information = design.T @ (design * mu[:, None])
    covariance = dispersion * np.linalg.inv(information)
    root = np.sqrt(mu)
    correlation = _correlation((counts - mu) / root, design * root[:, None])
    return QuasiPoissonFit(beta, covariance, mu, deviance, dispersion, df, correlation)


def _correlation(residual: NDArray[np.float64], design: NDArray[np.float64]) -> float:
    """First-order correlation of residuals, less what fitting the design gives to pure noise."""
    if np.allclose(residual, 0, atol=1e-6):  # A perfect fit leaves only rounding.
        return 0.0
    q = np.linalg.qr(design)[0]
    left = np.eye(len(residual)) - q @ q.T
    # Residuals of noise e are `left` e: expected lagged product by expected square.
    by_fitting = np.sum(left[1:] * left[:-1]) / np.trace(left)
    found = np.sum(residual[1:] * residual[:-1]) / np.sum(residual**2)
    return float(np.clip(found - by_fitting, 0.0, 0.8))


def _deviance(counts: NDArray[np.float64], mu: NDArray[np.float64]) -> float:
    ratio = np.where(counts > 0, counts, 1.0) / mu
    logs = np.where(counts > 0, counts * np.log(ratio), 0.0)
    return float(2 * np.sum(logs - (counts - mu)))
