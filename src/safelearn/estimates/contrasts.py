"""How far apart are two figures, and how sure is that? Figures with limits go in, a difference or a ratio comes out.

Nothing is asked of the intervals but that they belong to independent samples: shares keep Wilson's, rates Byar's,
survey figures those of their design.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from safelearn.estimates.inputs import amounts, quantile

NEEDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Value:
    """A value with its limits; a full count has the value as both."""

    value: float
    lower: float
    upper: float

    @property
    def known(self) -> bool:
        """Whether there is a value with limits."""
        return not math.isnan(self.value + self.lower + self.upper)


def difference(now: Value, before: Value) -> Value:
    """Now less before, with limits made from the two intervals.

    Notes
    -----
    The square-and-add method (MOVER) for independent samples, which keeps intervals that are not symmetric: lower =
    d - sqrt((now - now_l)^2 + (before_u - before)^2), upper accordingly. Newcombe, R. G. (1998), Statistics in
    Medicine 17:873, method 10; Zou, G. Y. and Donner, A. (2008), Statistics in Medicine 27:1693.

    Examples
    --------
    >>> found = difference(Value(0.70, 0.5972, 0.7850), Value(0.60, 0.4904, 0.7006))
    >>> round(found.value, 2), round(found.lower, 3), round(found.upper, 3)
    (0.1, -0.044, 0.239)
    """
    d = now.value - before.value
    down = math.hypot(now.value - now.lower, before.upper - before.value)
    up = math.hypot(now.upper - now.value, before.value - before.lower)
    return Value(d, d - down, d + up)


def rate_ratio(
    events: float,
    exposure: float,
    other_events: float,
    other_exposure: float,
    level: float = 0.95,
) -> Value:
    """One rate over another, with its log interval; missing where either has no events.

    Parameters
    ----------
    events, exposure, other_events, other_exposure : float
        Counts of two groups that share nobody, and what they arose from.
    level : float

    Notes
    -----
    ln ratio +- z sqrt(1/a + 1/b): Rothman, Greenland and Lash (2008), Modern Epidemiology, chapter 14. It takes events
    as independent: where the same people are counted again and again, the truth is less sure than it says.

    Examples
    --------
    >>> found = rate_ratio(60, 1000, 30, 1000)
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2)
    (2.0, 1.29, 3.1)
    """
    a, b = (float(amounts(x, "events")) for x in (events, other_events))
    base, other = (float(amounts(x, "exposure")) for x in (exposure, other_exposure))
    if not (a > 0 and b > 0 and base > 0 and other > 0):
        return Value(math.nan, math.nan, math.nan)
    ratio = (a / base) / (b / other)
    spread = math.exp(quantile(level) * math.sqrt(1 / a + 1 / b))
    return Value(ratio, ratio / spread, ratio * spread)
