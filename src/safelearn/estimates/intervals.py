"""How far may chance alone have moved this rate, or this share?

Counts of events and the exposure they arose from, or successes among trials, go in; an estimate with its
confidence interval comes out. Both intervals keep their promise for small counts and for zero, where the
textbook "plus or minus two standard errors" does not, and neither ever leaves the possible range.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import SafelearnError
from safelearn.estimates.inputs import amounts, plain, quantile
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RateInterval:
    """A rate and its confidence limits, each a number or an array, in events per `per` of exposure."""

    rate: Any
    lower: Any
    upper: Any


@dataclass(frozen=True)
class ShareInterval:
    """A share from 0 to 1 and its confidence limits, each a number or an array."""

    share: Any
    lower: Any
    upper: Any


def byar_interval(
    events: ArrayLike,
    exposure: ArrayLike = 1.0,
    per: float = 1.0,
    level: float = 0.95,
) -> RateInterval:
    """A rate with Byar's approximation to the exact Poisson interval.

    Parameters
    ----------
    events : array_like
        Counts of events. A missing count gives a missing rate.
    exposure : array_like
        What they arose from, for example population x years, in the shape of `events` or one number. Where
        it is zero or missing there is no rate.
    per : float
        Unit of the rate: 100,000 for events per 100,000 of exposure.
    level : float
        Confidence level.

    Returns
    -------
    RateInterval
        Numbers if `events` and `exposure` are numbers, else arrays.

    Raises
    ------
    SafelearnError
        If a count or an exposure is negative.

    Notes
    -----
    For k events, with z the standard normal deviate,

        lower = k (1 - 1/(9k) - z/(3 sqrt(k)))^3,
        upper = (k+1) (1 - 1/(9(k+1)) + z/(3 sqrt(k+1)))^3,

    both divided by the exposure; lower is 0 for k = 0. Breslow, N. E. and Day, N. E. (1987), Statistical
    Methods in Cancer Research II, IARC, p. 69. Closer than 1 % to the exact limits from 5 events on.

    Examples
    --------
    >>> found = byar_interval(22, 450_000, per=100_000)
    >>> round(found.rate, 2), round(found.lower, 2), round(found.upper, 2)
    (4.89, 3.06, 7.4)
    """
    k = amounts(events, "events")
    base = amounts(exposure, "exposure")
    base = np.where(base > 0, base, np.nan) / per
    low, high = byar_limits(k, quantile(level))
    return RateInterval(plain(k / base), plain(low / base), plain(high / base))


def byar_limits(
    events: NDArray[np.float64], z: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Byar's limits for counts, or effective counts, at the deviate `z` (see `byar_interval`)."""
    k = np.asarray(events, dtype=float)
    # Effective counts can be fractions, for which the cube would fall below zero.
    kept = np.where(k > 0, k, 1.0)
    root = np.maximum(1 - 1 / (9 * kept) - z / (3 * np.sqrt(kept)), 0)
    lower = np.where(k > 0, kept * root**3, np.where(np.isnan(k), np.nan, 0.0))
    above = k + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower, upper


def wilson_interval(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.95
) -> ShareInterval:
    """A share with Wilson's score interval.

    Parameters
    ----------
    successes, trials : array_like
        Counts, of one shape or one number each. No trials give no share.
    level : float
        Confidence level.

    Returns
    -------
    ShareInterval
        Numbers if both inputs are numbers, else arrays.

    Raises
    ------
    SafelearnError
        If a count is negative, or there are more successes than trials.

    Notes
    -----
    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Wilson, E. B. (1927), Journal of the American
    Statistical Association 22:209; method 3 of Newcombe, R. G. (1998), Statistics in Medicine 17:857. For
    the answers of a survey use the survey's own design, not this.

    Examples
    --------
    >>> found = wilson_interval(0, 20)
    >>> found.share, found.lower, round(found.upper, 4)
    (0.0, 0.0, 0.1611)
    """
    x = amounts(successes, "successes")
    n = amounts(trials, "trials")
    if np.any(x > n):
        raise SafelearnError(
            t("There are more successes than trials."),
            remedy=t("Give the counted cases first, then all cases."),
        )
    return wilson_limits(x, n, quantile(level))


def wilson_limits(x: ArrayLike, n: ArrayLike, z: float) -> ShareInterval:
    """Wilson's limits for counts, or effective counts, at the deviate `z` (see `wilson_interval`)."""
    x, n = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(n, dtype=float))
    kept = np.where(n > 0, n, np.nan)
    p = x / kept
    centre = p + z**2 / (2 * kept)
    half = z * np.sqrt(p * (1 - p) / kept + z**2 / (4 * kept**2))
    scale = 1 + z**2 / kept
    # Exactly 0 and 1 at the ends, where the formula leaves a rounding error.
    lower = np.where(x == 0, 0 * kept, (centre - half) / scale)
    upper = np.where(x == n, 0 * kept + 1, (centre + half) / scale)
    return ShareInterval(plain(p), plain(lower), plain(upper))
