"""What is the risk of a small area, once chance has been told apart from the rest of the city?

Counts and populations of all areas go in. The areas together say how much risks really differ (the prior);
each area's raw rate is then drawn towards the city's by as much as its own count is uncertain. An interval
for the area's underlying risk comes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.language import t

NEEDS = frozenset({"place:area", "population"})


@dataclass(frozen=True)
class GammaPrior:
    """How risks differ between areas: a gamma distribution by its mean and variance.

    Attributes
    ----------
    mean : float
        Events per unit of exposure over all areas.
    variance : float
        Between-area variance, Marshall's estimate, never below 0.
    plausible_variance : float
        Between-area variance that intervals use: its expectation given the counts. It is above 0 even where
        `variance` is not, because a few small counts cannot show that all risks are the same.
    mean_variance : float
        Sampling variance of `mean`.
    """

    mean: float
    variance: float
    plausible_variance: float | None = None
    mean_variance: float = 0.0

    def __post_init__(self) -> None:
        if self.plausible_variance is None:
            object.__setattr__(self, "plausible_variance", self.variance)

    def weight(self, exposure: ArrayLike) -> NDArray[np.float64]:
        """How much of an area's own rate is kept (0 to 1)."""
        return _kept(self.mean, self.variance, np.asarray(exposure, dtype=float))


@dataclass(frozen=True)
class SmoothedInterval:
    """Empirical Bayes rates and the limits of each area's underlying risk, as arrays."""

    rate: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def fit_prior(
    events: ArrayLike, exposure: ArrayLike, mean: float | None = None
) -> GammaPrior:
    """Estimate how risks differ between areas, by Marshall's method of moments.

    Parameters
    ----------
    events, exposure : array_like
        One value an area. Areas with a missing count or no exposure say nothing and are left out.
    mean : float, optional
        The city's rate, where a published total gives it; else the rate of these areas together.

    Returns
    -------
    GammaPrior

    Raises
    ------
    Refused
        If no area has a count and an exposure.

    Notes
    -----
    With rates r = e/b: m = sum(e)/sum(b), s2 = sum(b (r-m)^2)/sum(b), variance = max(0, s2 - m/mean(b)):
    Marshall, R. J. (1991), Applied Statistics 40:283. A negative difference is set to 0, as he says; some
    libraries leave it and smooth the wrong way. `plausible_variance` is the mean of the variance's posterior
    under the negative binomial likelihood that gamma risks imply, with coefficients of variation from 0 to 4
    equally likely beforehand.

    Examples
    --------
    >>> prior = fit_prior([2, 8, 30, 60, 5], [1000, 1000, 5000, 8000, 2500])
    >>> prior.mean, round(prior.variance * 1e6, 3)
    (0.006, 2.743)
    """
    e, b = amounts(events, "events").ravel(), amounts(exposure, "exposure").ravel()
    known = ~np.isnan(e) & (b > 0)
    e, b = e[known], b[known]
    if e.size == 0:
        raise Refused(
            t("Rates cannot be smoothed: no area has both a count and a population."),
            remedy=t("Add the population of the areas, under the same codes."),
        )
    m = float(e.sum() / b.sum()) if mean is None else float(mean)
    if m <= 0:
        return GammaPrior(0.0, 0.0)
    spread = float(np.sum(b * (e / b - m) ** 2) / b.sum())
    variance = max(0.0, spread - m / float(b.mean()))
    plausible = max(variance, _expected_variance(e, b, m))
    noise = float(np.sum(m * b + plausible * b**2) / b.sum() ** 2)
    return GammaPrior(m, variance, plausible, noise)


def empirical_bayes(
    events: ArrayLike, exposure: ArrayLike, prior: GammaPrior | None = None
) -> NDArray[np.float64]:
    """Rates drawn towards the city's rate, the more so the smaller the area.

    Parameters
    ----------
    events, exposure : array_like
        One value an area. A missing count or no exposure gives NaN.
    prior : GammaPrior, optional
        Estimated from these areas unless given.

    Returns
    -------
    ndarray
        Events per unit of exposure, one an area.

    Raises
    ------
    Refused
        As `fit_prior`.

    Notes
    -----
    w r + (1-w) m with w = A / (A + m/b), A the prior's variance: Marshall (1991). It is the mean of the gamma
    posterior.

    Examples
    --------
    >>> empirical_bayes([2, 8, 30, 60, 5], [1000, 1000, 5000, 8000, 2500]).round(5)
    array([0.00475, 0.00663, 0.006  , 0.00718, 0.00387])
    """
    prior = prior or fit_prior(events, exposure)
    e, b = amounts(events, "events"), amounts(exposure, "exposure")
    b = np.where(b > 0, b, np.nan)
    return _smoothed(prior.mean, prior.variance, e, b)


def empirical_bayes_interval(
    events: ArrayLike,
    exposure: ArrayLike,
    prior: GammaPrior | None = None,
    level: float = 0.95,
) -> SmoothedInterval:
    """Empirical Bayes rates with an interval for each area's underlying risk.

    Parameters
    ----------
    events, exposure : array_like
        One value an area. A missing count or no exposure gives NaN.
    prior : GammaPrior, optional
        Estimated from these areas unless given. One given as a mean and a variance alone is taken as known.
    level : float
        Share of areas whose risk lies inside their interval.

    Returns
    -------
    SmoothedInterval

    Raises
    ------
    Refused
        As `fit_prior`.

    Notes
    -----
    The limits are quantiles of a gamma distribution around the smoothed rate. Its variance is the
    posterior's under `plausible_variance`, plus what not knowing the prior adds: (1-w)^2 x `mean_variance`
    for its mean, and the squared shift of the smoothed rate for its variance (the two terms of Kass, R. E.
    and Steffey, D. (1989), Journal of the American Statistical Association 84:717). So intervals keep a
    width where the estimated variance is 0: the plain posterior would then claim to know every area's risk
    exactly.

    Examples
    --------
    >>> found = empirical_bayes_interval([2, 10, 30, 8], [1000, 4000, 10000, 5000])
    >>> bool((found.lower < 0.0025).all() and (found.upper > 0.0025).all())
    True
    """
    from scipy.special import gammaincinv

    if not 0 < level < 1:
        raise SafelearnError(
            t("The level of an interval lies between 0 and 1, such as 0.95.")
        )
    prior = prior or fit_prior(events, exposure)
    e, b = amounts(events, "events"), amounts(exposure, "exposure")
    b = np.where(b > 0, b, np.nan)
    rate = _smoothed(prior.mean, prior.variance, e, b)
    if prior.mean == 0:
        # Nothing was recorded anywhere, so nothing can be borrowed: each area's own exact upper limit,
        # and none where the count is missing.
        upper = gammaincinv(1.0, 0.5 + level / 2) / b
        return SmoothedInterval(rate, 0 * rate, np.where(np.isnan(rate), np.nan, upper))
    wide = float(prior.plausible_variance)
    shifted = _smoothed(prior.mean, wide, e, b)
    kept = _kept(prior.mean, wide, b)
    # The gamma posterior's variance, (shape + e) / (inverse scale + b)^2, in a form that holds at wide = 0.
    posterior = kept * shifted / b
    variance = posterior + (1 - kept) ** 2 * prior.mean_variance + (shifted - rate) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        shape, scale = rate**2 / variance, variance / rate
        lower = gammaincinv(shape, 0.5 - level / 2) * scale
        upper = gammaincinv(shape, 0.5 + level / 2) * scale
    fixed = variance == 0
    return SmoothedInterval(
        rate, np.where(fixed, rate, lower), np.where(fixed, rate, upper)
    )


def _kept(mean: float, variance: float, b: NDArray[np.float64]) -> NDArray[np.float64]:
    if variance == 0:
        return 0 * b
    return variance / (variance + mean / b)


def _smoothed(
    mean: float, variance: float, e: NDArray[np.float64], b: NDArray[np.float64]
) -> NDArray[np.float64]:
    kept = _kept(mean, variance, b)
    return kept * e / b + (1 - kept) * mean


def _expected_variance(
    e: NDArray[np.float64], b: NDArray[np.float64], mean: float
) -> float:
    """Mean of the between-area variance's posterior, on a grid of the coefficient of variation."""
    from scipy.special import gammaln, logsumexp

    # A coefficient of variation of 0 to 4 between areas covers every offence of every city seen so far.
    cv = np.linspace(0.01, 4.0, 400)[:, None]
    shape = cv**-2
    mu = mean * b
    likelihood = np.sum(
        gammaln(e + shape)
        - gammaln(shape)
        + shape * np.log(shape / (shape + mu))
        + e * np.log(mu / (shape + mu)),
        axis=1,
    )
    weight = np.exp(likelihood - logsumexp(likelihood))
    return float(np.sum(weight * (cv[:, 0] * mean) ** 2))
