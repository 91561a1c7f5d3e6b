"""How many answers does it take, and how large must an effect be to be seen at all?

Asked before the work begins: what is planned goes in, the sample size or the minimum detectable effect comes
out, for a survey and for each design of evaluation. A design that can only see a fall by half will call most
successes failures (draft:25(o).2).
"""

from __future__ import annotations

import numpy as np

from safelearn.errors import SafelearnError
from safelearn.estimates.inputs import amounts, quantile
from safelearn.evaluation.dispersion import DispersionBefore, widening
from safelearn.evaluation.simulated_power import (
    DetectableStep,
    PlannedSeries,
    SimulatedPower,
    detectable_step,
    power_time_series,
)
from safelearn.evaluation.synthetic_control import detectable_fall
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()

__all__ = [
    "NEEDS",
    "DetectableStep",
    "PlannedSeries",
    "SimulatedPower",
    "detectable_difference_in_differences",
    "detectable_difference_in_shares",
    "detectable_displacement_difference",
    "detectable_fall",
    "detectable_ratio",
    "detectable_step",
    "power_time_series",
    "sample_size_proportion",
    "sample_size_two_proportions",
    "spread_of_changes",
]


def sample_size_proportion(
    margin: float,
    *,
    share: float = 0.5,
    population: float | None = None,
    design_effect: float = 1.0,
    response_rate: float = 1.0,
    level: float = 0.95,
) -> float:
    """People to ask so that a share is known within a margin.

    Parameters
    ----------
    margin : float
        Half the width of the interval: 0.05 for five percentage points either way.
    share : float
        Expected; 0.5 takes most.
    population : float, optional
        People there are, where they are not many more than are asked.
    design_effect : float
        By how much clusters and weights raise the variance (`kish_cluster_effect`).
    response_rate : float
        Share of those asked who answer.
    level : float
        Level of the interval.

    Returns
    -------
    float
        Not rounded: round up.

    Raises
    ------
    SafelearnError
        If a share or a margin does not lie between 0 and 1, or the design effect is not above 0.

    Notes
    -----
    z^2 p (1-p) / margin^2 = n; n / (1 + (n - 1) / N) of a population N: Cochran, W. G. (1977), Sampling
    Techniques, section 4.4. Then times the design effect, by the response rate.

    Examples
    --------
    >>> round(sample_size_proportion(0.05), 2), round(sample_size_proportion(0.05, population=5000), 1)
    (384.15, 356.8)
    """
    _between(margin=margin, share=share)
    n = quantile(level) ** 2 * share * (1 - share) / margin**2
    if population is not None:
        n = n / (1 + (n - 1) / population)
    return n * _asked(design_effect, response_rate)


def sample_size_two_proportions(
    first: float,
    second: float,
    *,
    power: float = 0.8,
    design_effect: float = 1.0,
    response_rate: float = 1.0,
    level: float = 0.95,
    pooled: bool = False,
) -> float:
    """People to ask in each of two groups, or before and after, to see a difference of two shares.

    Parameters
    ----------
    first, second : float
        The shares to be told apart.
    power : float
        Probability of seeing the difference if it is there.
    design_effect, response_rate : float
        As in `sample_size_proportion`.
    level : float
        One less the error of seeing what is not there.
    pooled : bool
        Whether the test is made at the shares' mean, as many programs do.

    Returns
    -------
    float
        For each group; not rounded.

    Raises
    ------
    SafelearnError
        If a share does not lie between 0 and 1, or the two are the same.

    Notes
    -----
    (z_a + z_b)^2 (p1 q1 + p2 q2) / (p1 - p2)^2, or with z_a sqrt(2 p q) at the mean: Fleiss, J. L. (1981),
    Statistical Methods for Rates and Proportions, chapter 3, without correction for continuity.

    Examples
    --------
    >>> round(sample_size_two_proportions(0.40, 0.30), 1)
    353.2
    """
    _between(first=first, second=second, power=power)
    if first == second:
        raise SafelearnError(t("No number of answers tells two equal shares apart."))
    own = first * (1 - first) + second * (1 - second)
    mean = (first + second) / 2
    under_null = np.sqrt(2 * mean * (1 - mean)) if pooled else np.sqrt(own)
    reach = quantile(level) * under_null + _one_sided(power) * np.sqrt(own)
    return float(reach / (first - second)) ** 2 * _asked(design_effect, response_rate)


def detectable_difference_in_shares(
    answers: float,
    *,
    share: float,
    design_effect: float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """The smallest rise or fall of a share that two surveys of so many answers each would see.

    Parameters
    ----------
    answers : float
        In each survey, or each group.
    share : float
        In the first.
    design_effect, power, level : float
        As in `sample_size_two_proportions`.

    Returns
    -------
    float
        In shares: 0.1 for ten percentage points. The larger of rise and fall; infinite where neither could be
        seen.

    Examples
    --------
    >>> round(detectable_difference_in_shares(353.2, share=0.40), 2)
    0.1
    """
    from scipy.optimize import brentq

    _between(share=share, power=power)

    def missing(difference: float, side: int) -> float:
        needed = sample_size_two_proportions(
            share,
            share + side * difference,
            power=power,
            design_effect=design_effect,
            level=level,
        )
        return needed - answers

    found = []
    for side, room in ((1, 1 - share), (-1, share)):
        ends = room * 1e-6, room * (1 - 1e-6)
        seen = missing(ends[1], side) < 0
        found.append(brentq(missing, *ends, args=(side,)) if seen else np.inf)
    return float(max(found))


def detectable_displacement_difference(
    expected_counts: object,
    *,
    dispersion: DispersionBefore | float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """The smallest displacement difference that would be seen, in cases.

    Parameters
    ----------
    expected_counts : array_like
        Count expected in each cell of the comparison: treated, compared and their neighbours, before and after.
    dispersion : DispersionBefore or float
        From `dispersion_before`.
    power, level : float

    Returns
    -------
    float

    Notes
    -----
    (z_a + z_b) sqrt(dispersion x sum of counts): the error of Wheeler and Ratcliffe (2018) turned round.

    Examples
    --------
    >>> round(detectable_displacement_difference([100, 100, 100, 100]), 2)
    56.03
    """
    counts = amounts(expected_counts, "expected_counts")
    phi, deviate = widening(dispersion, level)
    reach = deviate + _one_sided(power, dispersion)
    return float(reach * np.sqrt(phi * counts.sum()))


def detectable_ratio(
    before: float,
    after: float,
    *,
    control_before: float | None = None,
    control_after: float | None = None,
    dispersion: DispersionBefore | float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """The weakest fall that would be seen in two counts, or in two against two of compared areas.

    Parameters
    ----------
    before, after : float
        Counts expected if nothing works.
    control_before, control_after : float, optional
        The same of the compared areas.
    dispersion : DispersionBefore or float
        From `dispersion_before`.
    power, level : float

    Returns
    -------
    float
        A ratio: 0.8 if a fall by a fifth is the weakest that would be seen.

    Notes
    -----
    The ratio r at which ``|log r| = (z_a + z_b) sqrt(dispersion x sum of 1/count)``, the later count being r times
    what is expected: the error of `before_after_control` turned round.

    Examples
    --------
    >>> round(detectable_ratio(400, 400), 2)
    0.81
    """
    from scipy.optimize import brentq

    phi, deviate = widening(dispersion, level)
    reach = deviate + _one_sided(power, dispersion)
    control = [n for n in (control_before, control_after) if n is not None]
    if min(before, after, *control) <= 0:
        raise SafelearnError(t("Expected counts are above zero."))
    others = 1 / before + sum(1 / n for n in control)

    def beyond(log_ratio: float) -> float:
        error = np.sqrt(phi * (others + np.exp(-log_ratio) / after))
        return -log_ratio - reach * error

    # Very strong falls leave too few cases to be seen by this error, so the root nearest to 1 is sought.
    steps = -np.linspace(1e-6, 8, 4001)
    seen = np.flatnonzero([beyond(s) > 0 for s in steps])
    if not len(seen):
        return 0.0
    first = seen[0]
    return float(np.exp(brentq(beyond, steps[first], steps[max(first - 1, 0)])))


def detectable_difference_in_differences(
    spread: float,
    treated_areas: int,
    control_areas: int,
    *,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """The smallest difference of changes that would be seen, in the units of `spread`.

    Parameters
    ----------
    spread : float
        Standard deviation between areas of their change, from two earlier periods as long as the planned ones
        (`spread_of_changes`).
    treated_areas, control_areas : int
        Two of each at least.
    power, level : float

    Returns
    -------
    float
        Cases an area and period, or, if `spread` is of logarithms, the logarithm of a ratio.

    Notes
    -----
    (t_a + t_b) spread sqrt(1/n1 + 1/n2), on Satterthwaite's degrees of freedom at equal variances: Bloom, H. S.
    (1995), Evaluation Review 19:547.

    Examples
    --------
    >>> round(detectable_difference_in_differences(1.0, 10, 10), 2)
    1.33
    """
    from scipy.special import stdtrit

    n1, n2 = int(treated_areas), int(control_areas)
    if min(n1, n2) < 2:
        raise SafelearnError(
            t(
                "A difference in differences takes two treated and two compared areas at least."
            )
        )
    pull = 1 / n1 + 1 / n2
    df = pull**2 / (1 / (n1**2 * (n1 - 1)) + 1 / (n2**2 * (n2 - 1)))
    reach = stdtrit(df, 0.5 + level / 2) + stdtrit(df, power)
    return float(reach * spread * np.sqrt(pull))


def spread_of_changes(earlier: object, later: object, *, scale: str = "ratio") -> float:
    """How differently areas changed between two periods in which nothing was done.

    Parameters
    ----------
    earlier, later : array_like, shape (areas,)
        Counts of two periods before the start, as long as those that are planned.
    scale : "ratio" or "difference"
        Logarithms, half a case added to each count; or cases.

    Returns
    -------
    float
        A standard deviation, for `detectable_difference_in_differences`.
    """
    first, second = amounts(earlier, "earlier"), amounts(later, "later")
    if first.shape != second.shape or first.size < 3:
        raise SafelearnError(
            t("The spread of changes takes two counts each of three areas or more.")
        )
    if scale == "ratio":
        return float(np.std(np.log((second + 0.5) / (first + 0.5)), ddof=1))
    return float(np.std(second - first, ddof=1))


def _one_sided(power: float, dispersion: DispersionBefore | float = 1.0) -> float:
    from scipy.special import ndtri, stdtrit

    df = getattr(dispersion, "df", np.inf)
    return float(ndtri(power) if np.isinf(df) else stdtrit(df, power))


def _asked(design_effect: float, response_rate: float) -> float:
    if not (design_effect > 0 and 0 < response_rate <= 1):
        raise SafelearnError(
            t(
                "A design effect is above zero, and a share of answers above 0 and at most 1."
            )
        )
    return design_effect / response_rate


def _between(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < 1:
            raise SafelearnError(t("`{name}` lies between 0 and 1.", name=name))
