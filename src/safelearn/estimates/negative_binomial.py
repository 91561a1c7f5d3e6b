"""How do counts go with a condition, when areas differ by more than chance and by more than we know?

Counts, a design of explanations and exposures go in; a log-linear fit with negative binomial variance comes out. Areas
of one city differ for a hundred reasons that no table holds; the negative binomial lets each area have a luck of its
own, so that the intervals do not pretend that the listed conditions are all there is.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()

#: Variances of areas' luck that are looked at; below the first the counts are as even as chance.
_LEAST, _MOST = 1e-6, 50.0


@dataclass(frozen=True)
class NegativeBinomialFit:
    """A fitted log-linear model with variance mu + alpha mu^2.

    Attributes
    ----------
    coefficients : ndarray, shape (terms,)
    covariance : ndarray, shape (terms, terms)
        Widened by `dispersion`.
    fitted : ndarray, shape (rows,)
        Expected counts.
    alpha : float
        Variance of the areas' luck; 0 where the counts vary no more than chance.
    dispersion : float
        Pearson's chi-squared by its degrees of freedom, at least 1: what is left over once alpha is in.
    df : int
        Rows minus terms.
    residuals : ndarray, shape (rows,)
        Pearson's.
    """

    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    fitted: NDArray[np.float64]
    alpha: float
    dispersion: float
    df: int
    residuals: NDArray[np.float64]

    def ratio(self, term: int, level: float = 0.95) -> tuple[float, float, float]:
        """The rate ratio of a term with its interval (Student's, on the logarithm)."""
        from scipy.stats import t as student

        beta = float(self.coefficients[term])
        half = float(student.ppf(0.5 + level / 2, self.df)) * self.error(term)
        return (
            float(np.exp(beta)),
            float(np.exp(beta - half)),
            float(np.exp(beta + half)),
        )

    def p_value(self, term: int) -> float:
        """Two-sided, of the term being without effect."""
        from scipy.stats import t as student

        return float(
            2 * student.sf(abs(self.coefficients[term]) / self.error(term), self.df)
        )

    def error(self, term: int) -> float:
        """Standard error of a coefficient."""
        return float(np.sqrt(self.covariance[term, term]))


def fit_negative_binomial(
    counts: NDArray[np.float64],
    design: NDArray[np.float64],
    exposure: NDArray[np.float64],
) -> NegativeBinomialFit:
    """Fit log E(count) = log(exposure) + design x coefficients, with variance mu + alpha mu^2.

    Parameters
    ----------
    counts, exposure : ndarray, shape (rows,)
        Counts of at least 0, exposures above 0.
    design : ndarray, shape (rows, terms)
        Of full rank, the constant included, with fewer terms than rows.

    Returns
    -------
    NegativeBinomialFit

    Raises
    ------
    Refused
        If there are as many terms as rows, the terms repeat each other, or the fit does not settle.

    Notes
    -----
    statsmodels' generalised linear model, in turns with the maximum likelihood of alpha given the means (the two are
    orthogonal): Lawless, J. F. (1987), Canadian Journal of Statistics 15:209; Hilbe, J. M. (2011), Negative Binomial
    Regression. Maximum likelihood takes alpha too small in few rows; the covariance is therefore widened by Pearson's
    chi-squared over its degrees of freedom where that is above 1, and limits are Student's.
    """
    from statsmodels.genmod.families import NegativeBinomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    rows, terms = design.shape
    if rows <= terms or np.linalg.matrix_rank(design) < terms:
        raise Refused(
            t(
                "Conditions that repeat each other, or too many of them, cannot be told apart."
            ),
            remedy=t("Ask about fewer conditions at a time."),
        )
    offset = np.log(exposure)
    alpha, start, former = 0.0, None, np.inf
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what does not settle is refused in words below
        for _ in range(100):
            family = NegativeBinomial(alpha=alpha) if alpha else Poisson()
            model = GLM(counts, design, family=family, offset=offset)
            found, settled = _fitted(model, start)
            start, mu = found.params, np.asarray(found.mu)
            if not np.isfinite(mu).all():
                break
            alpha = _luck(counts, mu)
            if abs(alpha - former) <= 1e-7 * (1 + alpha):
                break
            former = alpha
        else:
            mu = np.full(rows, np.nan)
    if not (np.isfinite(mu).all() and settled):
        raise Refused(
            t("The regression does not settle on these counts."),
            remedy=t("Choose a longer period, so that more areas have events."),
        )
    residuals = (counts - mu) / np.sqrt(mu + alpha * mu**2)
    df = rows - terms
    dispersion = max(1.0, float(np.sum(residuals**2)) / df)
    return NegativeBinomialFit(
        coefficients=np.asarray(found.params),
        covariance=np.asarray(found.normalized_cov_params) * dispersion,
        fitted=mu,
        alpha=alpha,
        dispersion=dispersion,
        df=df,
        residuals=residuals,
    )


def _fitted(model: Any, start: NDArray[np.float64] | None) -> tuple[Any, bool]:
    """The model's fit, and whether it came to rest."""
    found = model.fit(start_params=start, scale=1.0, tol=1e-9, maxiter=50)
    if found.converged or start is None:
        return found, bool(found.converged)
    # Scoring can swing between two points for ever. Half its step comes to rest where a whole one would.
    at = np.asarray(start, dtype=float)
    for _ in range(500):
        found = model.fit(start_params=at, scale=1.0, maxiter=1)
        step = (np.asarray(found.params) - at) / 2
        at = at + step
        if not np.isfinite(at).all() or np.abs(step).max() < 1e-9:
            break
    return found, bool(np.isfinite(at).all() and np.abs(step).max() < 1e-9)


def _luck(counts: NDArray[np.float64], mu: NDArray[np.float64]) -> float:
    """The maximum-likelihood variance of the areas' luck, given their means; 0 where more luck fits no better."""
    from scipy.optimize import brentq
    from scipy.special import digamma

    def slope(log_alpha: float) -> float:
        """Derivative of the log-likelihood by 1/alpha, which falls through 0 at its top."""
        k = np.exp(-log_alpha)
        parts = digamma(counts + k) - digamma(k) + np.log(k) - np.log(mu + k)
        return float(np.sum(parts + 1 - (counts + k) / (mu + k)))

    # More spread than Poisson's is needed for any luck at all.
    if np.sum((counts - mu) ** 2 - counts) <= 0:
        return 0.0
    low, high = np.log(_LEAST), np.log(_MOST)
    if slope(low) * slope(high) > 0:
        return 0.0 if abs(slope(low)) < abs(slope(high)) else _MOST
    return float(np.exp(brentq(slope, low, high, xtol=1e-12)))
