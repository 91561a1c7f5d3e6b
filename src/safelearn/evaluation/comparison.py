"""Did it change, and did it change more than where nothing was done?

Counts before and after go in, alone or with those of compared areas; a ratio with its interval comes out, as a
test of two Poisson counts or as a ratio of ratios. Panels of areas are for `difference_in_differences`
(draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts, quantile
from safelearn.estimates.intervals import wilson_limits
from safelearn.evaluation import limits
from safelearn.evaluation.dispersion import DispersionBefore, widening
from safelearn.evaluation.panel import (
    DifferenceInDifferences,
    difference_in_differences,
    trends_before,
)
from safelearn.language import t

NEEDS = frozenset({"time:month", "place:area", "table:interventions"})

__all__ = [
    "NEEDS",
    "BeforeAfter",
    "ControlledChange",
    "DifferenceInDifferences",
    "before_after",
    "before_after_control",
    "difference_in_differences",
    "poisson_e_test",
    "trends_before",
]


def poisson_e_test(
    first: float,
    second: float,
    *,
    first_exposure: float = 1.0,
    second_exposure: float = 1.0,
    dispersion: DispersionBefore | float = 1.0,
) -> float:
    """The p value of two counts under one and the same rate: the e-test.

    Parameters
    ----------
    first, second : float
        Events of two periods or places.
    first_exposure, second_exposure : float
        Length of each period, times the population where it differs.
    dispersion : DispersionBefore or float
        From `dispersion_before`; 1 claims pure chance.

    Returns
    -------
    float
        Two-sided p value; 1 where nothing happened in either.

    Raises
    ------
    Refused
        If a count is hidden.
    SafelearnError
        If a count is negative or an exposure is not above zero.

    Notes
    -----
    The probability, at the common rate estimated from both counts, of a standardised difference at least as
    large as the one seen. Krishnamoorthy, K. and Thomson, J. (2004), Journal of Statistical Planning and
    Inference 119:23. Over-dispersed counts are divided by their dispersion first, as effective counts; where
    it was estimated, it is multiplied by the squared ratio of Student's deviate to the normal one.

    Examples
    --------
    >>> round(poisson_e_test(3, 0), 4), round(poisson_e_test(6, 2), 4)
    (0.0884, 0.1749)
    """
    counts, exposure = _pair(first, second, first_exposure, second_exposure)
    return _e_test(counts / _stretched(dispersion), exposure)


@dataclass(frozen=True)
class BeforeAfter:
    """A change without comparison.

    Attributes
    ----------
    ratio, lower, upper : float
        Rate after by rate before, and its interval; 0.8 is a fall by a fifth. NaN where nothing happened.
    p_value : float
        Of the e-test. At the border it may differ from the interval, which is made in another way.
    before, after : float
        Events.
    dispersion : float
        Variance by mean that the interval allows for; 1 is pure chance.
    """

    ratio: float
    lower: float
    upper: float
    p_value: float
    before: float
    after: float
    dispersion: float

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.NO_COMPARISON,
            limits.CHOSEN_HIGH,
            *([limits.CHANCE_ALONE] if self.dispersion == 1 else []),
            limits.RECORDED,
        )


def before_after(
    before: float,
    after: float,
    *,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    dispersion: DispersionBefore | float = 1.0,
    level: float = 0.95,
) -> BeforeAfter:
    """Compare two periods: the ratio of their rates with its interval, and the e-test.

    Parameters
    ----------
    before, after : float
        Events of each period.
    exposure_before, exposure_after : float
        Length of each, times the population where it changed.
    dispersion : DispersionBefore or float
        From `dispersion_before`; 1 claims pure chance.
    level : float
        Level of the interval.

    Returns
    -------
    BeforeAfter

    Raises
    ------
    Refused, SafelearnError
        As `poisson_e_test`.

    Notes
    -----
    Given their sum, the later of two Poisson counts is binomial: Wilson's limits of its share, with both counts
    divided by the dispersion, give those of the ratio. Przyborowski, J. and Wilenski, H. (1940), Biometrika
    31:313. The e-test itself cannot be turned into an interval: with periods of very unlike length its p value
    rises again.

    Examples
    --------
    >>> found = before_after(20, 10)
    >>> round(found.ratio, 3), found.lower < 1 < found.upper, round(found.p_value, 3)
    (0.5, True, 0.069)
    """
    counts, exposure = _pair(before, after, exposure_before, exposure_after)
    phi = widening(dispersion)[0]
    effective = counts / _stretched(dispersion, level)
    share = wilson_limits(effective[1], effective.sum(), quantile(level))
    scale = exposure[0] / exposure[1]
    with np.errstate(divide="ignore"):
        ratio, lower, upper = (
            float(np.float64(p) / np.float64(1 - p) * scale)
            for p in (share.share, share.lower, share.upper)
        )
    p_value = _e_test(effective, exposure)
    return BeforeAfter(
        ratio, lower, upper, p_value, *map(float, counts), dispersion=phi
    )


@dataclass(frozen=True)
class ControlledChange:
    """A change against the change of compared areas.

    Attributes
    ----------
    ratio, lower, upper : float
        The treated areas' ratio of after to before by that of the compared areas; 0.8 is a fifth fewer than the
        compared areas' change would have given.
    p_value : float
    prevented, prevented_lower, prevented_upper : float
        Cases fewer after than that would have given; negative where there were more.
    dispersion : float
        Variance by mean that the interval allows for; 1 is pure chance.
    """

    ratio: float
    lower: float
    upper: float
    p_value: float
    prevented: float
    prevented_lower: float
    prevented_upper: float
    dispersion: float

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.SAME_RATIO,
            limits.SAME_TIME,
            limits.CHOSEN_HIGH,
            *([limits.CHANCE_ALONE] if self.dispersion == 1 else []),
            limits.RECORDED,
        )


def before_after_control(
    treated: ArrayLike,
    control: ArrayLike,
    *,
    dispersion: DispersionBefore | float = 1.0,
    level: float = 0.95,
) -> ControlledChange:
    """Compare the change of treated areas with that of compared areas.

    Parameters
    ----------
    treated, control : array_like, shape (2,)
        Events before and after. Periods may differ in length: it cancels.
    dispersion : DispersionBefore or float
        From `dispersion_before`; 1 claims pure chance.
    level : float
        Level of the intervals.

    Returns
    -------
    ControlledChange

    Raises
    ------
    Refused
        If a count is hidden, or a group of areas had no event before or the compared areas none after.

    Notes
    -----
    The relative effect size of Farrington, D. P. and others (2007), Crime Prevention Studies 21 ("relative
    incident rate ratio"), with variance of its logarithm the sum of 1/count, times the dispersion. If the treated
    areas had none after, half an event is added to all four counts.

    Examples
    --------
    >>> found = before_after_control([207, 110], [308, 318])
    >>> round(found.ratio, 3), round(found.prevented, 1)
    (0.515, 103.7)
    """
    from scipy.special import ndtr, stdtr

    (tb, ta), (cb, ca) = (
        _periods(values, name)
        for values, name in ((treated, "treated"), (control, "control"))
    )
    if not min(tb, cb, ca) > 0:
        raise Refused(
            t(
                "One of the groups of areas had no event to start from, so there is no ratio."
            ),
            remedy=t("Take longer periods, or the displacement difference."),
        )
    phi, deviate = widening(dispersion, level)
    added = 0.0 if ta else 0.5
    log_ratio = np.log((ta + added) * (cb + added) / (tb + added) / (ca + added))
    error = np.sqrt(phi * sum(1 / (n + added) for n in (tb, ta, cb, ca)))
    lower, upper = np.exp(log_ratio + np.array([-1, 1]) * deviate * error)
    score = abs(log_ratio) / error
    df = getattr(dispersion, "df", np.inf)
    tail = ndtr(-score) if np.isinf(df) else stdtr(df, -score)
    after = ta + added
    return ControlledChange(
        ratio=float(ta * cb / tb / ca),
        lower=float(lower),
        upper=float(upper),
        p_value=float(2 * tail),
        prevented=float(tb * ca / cb - ta),
        prevented_lower=float(after / upper - after),
        prevented_upper=float(after / lower - after),
        dispersion=phi,
    )


def _periods(values: ArrayLike, name: str) -> np.ndarray:
    found = amounts(values, name)
    if found.shape != (2,):
        raise SafelearnError(
            t("`{name}` takes a count before and a count after.", name=name)
        )
    if np.isnan(found).any():
        raise _hidden()
    return found


def _pair(
    first: float, second: float, first_exposure: float, second_exposure: float
) -> tuple[np.ndarray, np.ndarray]:
    counts = amounts([first, second], "counts")
    exposure = amounts([first_exposure, second_exposure], "exposure")
    if np.isnan(counts).any():
        raise _hidden()
    if not (exposure > 0).all():
        raise SafelearnError(
            t("`{name}` takes {n} numbers above zero.", name="exposure", n=2)
        )
    return counts, exposure


def _hidden() -> Refused:
    return Refused(
        t("A count of the comparison is hidden, so there is no comparison."),
        remedy=t("Join areas, months or offences until no count is hidden."),
    )


def _stretched(dispersion: DispersionBefore | float, level: float = 0.95) -> float:
    phi, deviate = widening(dispersion, level)
    return phi * (deviate / widening(1.0, level)[1]) ** 2


def _e_test(counts: np.ndarray, exposure: np.ndarray) -> float:
    from scipy.special import pdtr, pdtrc
    from scipy.stats import poisson

    if not counts.any():
        return 1.0
    a, b = 1 / exposure
    x, y = counts
    squared = (x * a - y * b) ** 2 / (x * a**2 + y * b**2)
    if squared == 0:
        return 1.0
    mean = counts.sum() / exposure.sum() * exposure
    low, high = poisson.ppf([1e-13, 1 - 1e-13], mean[0])
    values = np.arange(max(low - 1, 0), high + 2)
    # For each first count, the second counts that differ as much: outside the roots of a quadratic.
    centre = 2 * values * a * b + squared * b**2
    root = np.sqrt(squared**2 * b**4 + 4 * squared * b**2 * values * a * (a + b))
    below = np.floor((centre - root) / (2 * b**2) + 1e-9)
    above = np.ceil((centre + root) / (2 * b**2) - 1e-9)
    tails = np.where(below >= 0, pdtr(np.maximum(below, 0), mean[1]), 0.0)
    # 0 and 0 do not differ at all, whatever the quadratic says.
    tails[(values == 0) & (below == 0)] = 0.0
    tails = tails + np.where(above > 0, pdtrc(np.maximum(above - 1, 0), mean[1]), 1.0)
    return float(min(1.0, np.sum(poisson.pmf(values, mean[0]) * tails)))
