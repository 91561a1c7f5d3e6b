"""Are events near each other in space also near in time? In: points and days. Out: Knox's test, exact.

If places and times have nothing to do with each other, any dealing out of the times over the places is as likely. How
many pairs are then near in both has a known mean and variance, so nothing is simulated (draft:25(d).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.pairs import (
    STEP,
    close_pairs,
    neighbours_in_space,
    neighbours_in_time,
    whole_steps,
)
from safelearn.errors import Refused, SafelearnError
from safelearn.language import t

NEEDS = frozenset({"time:day", "place:exact"})


@dataclass(frozen=True)
class Knox:
    """Knox's test of one distance and one period.

    Attributes
    ----------
    near, soon, pairs : int
        Pairs near in space, near in time, and all pairs.
    observed : int
        Pairs near in both.
    expected, sd : float
        Mean and standard deviation of `observed` when the times are dealt out anew at random.
    z, p : float
        (observed - expected) / sd, and the probability of so many pairs or more.
    """

    near: int
    soon: int
    pairs: int
    observed: int
    expected: float
    sd: float
    z: float
    p: float

    @property
    def ratio(self) -> float:
        """Observed over expected; NaN where nothing is expected."""
        return self.observed / self.expected if self.expected > 0 else float("nan")


def knox(
    x: ArrayLike, y: ArrayLike, days: ArrayLike, *, metres: float, period: float
) -> Knox:
    """Test whether pairs of events within `metres` are also within `period` days more often than by chance.

    Parameters
    ----------
    x, y : array_like
        Coordinates in metres, 1-D.
    days : array_like
        Time of each event in days from any start, 1-D.
    metres, period : float
        What counts as near and as soon, both included.

    Returns
    -------
    Knox

    Raises
    ------
    Refused
        With fewer than three events.

    Notes
    -----
    Knox, E. G. (1964), The detection of space-time interactions, Applied Statistics 13:25. Mean and variance over all
    ways to deal the times out are exact: Barton, D. E. and David, F. N. (1966), The random intersection of two
    graphs. For the upper tail see `upper_tail`.

    Examples
    --------
    >>> found = knox([0, 0, 0, 900], [0, 1, 2, 0], [0, 1, 40, 41], metres=10, period=5)
    >>> found.near, found.soon, found.observed, found.expected
    (3, 2, 1, 1.0)
    """
    x, y, days = known_events(x, y, days)
    # Both ends are included: the next step after them is not.
    far, lag = (float(whole_steps(v)) + STEP for v in (metres, period))
    space = neighbours_in_space(x, y, [0.0, far])
    time = neighbours_in_time(days, [0.0, lag])
    observed = sum(len(one) for one, _ in close_pairs(x, y, days, far, lag))
    return intersection(observed, space[:, 0], time[:, 0], len(days))


def expected_pairs(near: float, soon: float, pairs: float) -> float:
    """Pairs near in both space and time if the two are independent: ``near * soon / pairs``.

    Examples
    --------
    Knox's own example (1964): 96 cases, 25 pairs within a kilometre, 152 within 60 days.

    >>> round(expected_pairs(25, 152, 96 * 95 / 2), 4)
    0.8333
    """
    return near * soon / pairs


def upper_tail(observed: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> NDArray:
    """The probability of `observed` or more, for a count of which mean and variance are known.

    Parameters
    ----------
    observed, mean, variance : array_like
        Of one shape.

    Returns
    -------
    ndarray of float

    Notes
    -----
    Poisson where the variance is the mean, negative binomial above, binomial (with a real number of trials) below:
    one family of counts in mean and variance (Panjer, H. (1981), ASTIN Bulletin 12:22), right for few expected pairs,
    where a normal curve is not, and normal for many. The count observed is part of the tail.

    Examples
    --------
    >>> round(float(upper_tail(5, 0.8333, 0.8333)), 5)
    0.00168
    """
    from scipy import special

    k, m, v = np.broadcast_arrays(
        *(np.asarray(a, dtype=float) for a in (observed, mean, variance))
    )
    p = np.ones(k.shape)
    some = (k > 0) & (m > 0)
    spread = np.divide(v, m, out=np.ones(k.shape), where=some)
    poisson = some & (np.abs(spread - 1) < 1e-7)
    wide, tight = some & ~poisson & (spread > 1), some & ~poisson & (spread < 1)
    p[poisson] = special.gammainc(k[poisson], m[poisson])
    trials = m[wide] / (spread[wide] - 1)
    p[wide] = special.betainc(k[wide], trials, 1 - 1 / spread[wide])
    trials = m[tight] / (1 - spread[tight])
    left = trials - k[tight] + 1
    most = special.betainc(
        k[tight], np.maximum(left, 1e-12), np.clip(1 - spread[tight], 0, 1)
    )
    p[tight] = np.where(left > 0, most, 0.0)
    p[(k > 0) & (m <= 0)] = 0.0
    return p


def intersection(observed: int, space: NDArray, time: NDArray, n: int) -> Knox:
    """Knox's test from how many neighbours each event has in space and in time.

    Parameters
    ----------
    observed : int
        Pairs near in both.
    space, time : ndarray of int, shape (events,)
        As `pairs.neighbours_in_space` and `pairs.neighbours_in_time` count them, for one band.
    n : int
        Number of events.
    """
    near, soon = int(space.sum()) // 2, int(time.sum()) // 2
    pairs = n * (n - 1) // 2
    mean = expected_pairs(near, soon, pairs)
    variance = _variance(space, time, n)
    sd = float(np.sqrt(variance))
    z = (observed - mean) / sd if sd > 0 else float("nan")
    p = float(upper_tail(observed, mean, variance)) if sd > 0 else float("nan")
    return Knox(near, soon, pairs, observed, mean, sd, z, p)


def _variance(space: NDArray, time: NDArray, n: int) -> float:
    """Exact variance over all ways to deal the times out (Barton and David 1966).

    Two pairs share no event, one, or both; `bent` are two pairs with one event in common.
    """
    pairs = n * (n - 1) / 2
    both, bends = pairs * (pairs - 1) / 2, n * (n - 1) * (n - 2) / 2
    near, soon = (float(d.sum()) / 2 for d in (space, time))
    bent = [float((d * (d - 1.0)).sum()) / 2 for d in (space, time)]
    apart = [e * (e - 1) / 2 - b for e, b in zip((near, soon), bent, strict=True)]
    mean = near * soon / pairs
    shared = 2 * bent[0] * bent[1] / bends
    separate = 2 * apart[0] * apart[1] / (both - bends) if both > bends else 0.0
    return max(mean + shared + separate - mean**2, 0.0)


def known_events(x: ArrayLike, y: ArrayLike, days: ArrayLike) -> tuple[NDArray, ...]:
    """The events with a point and a day, as three arrays; refused below three of them."""
    x, y, days = (np.asarray(v, dtype=float).ravel() for v in (x, y, days))
    if not len(x) == len(y) == len(days):
        raise SafelearnError(t("Points and days are not lists of one length."))
    known = np.isfinite(x) & np.isfinite(y) & np.isfinite(days)
    if known.sum() < 3:
        raise Refused(
            t("Fewer than three events have a day and a point."),
            remedy=t("Take a longer period, or kinds of offence together."),
        )
    return x[known], y[known], days[known]
