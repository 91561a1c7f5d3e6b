"""Did harm fall where the measure was, and did it move next door?

Counts before and after go in, of the treated areas, of areas to compare with, and of the areas next to each;
the change beyond what happened anyway comes out, apart for the treated areas and their neighbours, and in
total (draft:16.1, draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.evaluation import limits
from safelearn.evaluation.dispersion import DispersionBefore, widening
from safelearn.language import t

NEEDS = frozenset({"time:month", "place:area", "table:interventions"})


@dataclass(frozen=True)
class DisplacementDifference:
    """Cases more (positive) or fewer (negative) than the compared areas' change explains.

    Attributes
    ----------
    estimate, standard_error, z, lower, upper : float
        Treated areas and their neighbours together; cases, or weighted cases a unit of the weights.
    local, local_lower, local_upper : float
        The treated areas alone.
    displaced, displaced_lower, displaced_upper : float
        The neighbours alone: above 0 harm moved there, below 0 the benefit spread. NaN where no neighbours were
        given.
    dispersion : float
        Variance by mean that the intervals allow for; 1 is pure chance.
    has_buffer : bool
    """

    estimate: float
    standard_error: float
    z: float
    lower: float
    upper: float
    local: float
    local_lower: float
    local_upper: float
    displaced: float
    displaced_lower: float
    displaced_upper: float
    dispersion: float
    has_buffer: bool

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.SAME_NUMBER,
            limits.SAME_TIME,
            limits.BEYOND_BUFFER if self.has_buffer else limits.NO_BUFFER,
            *([limits.CHANCE_ALONE] if self.dispersion == 1 else []),
            limits.RECORDED,
        )


def weighted_displacement_difference(
    treated: ArrayLike,
    control: ArrayLike,
    treated_buffer: ArrayLike | None = None,
    control_buffer: ArrayLike | None = None,
    *,
    period_weights: ArrayLike = (1.0, 1.0),
    area_weights: ArrayLike = (1.0, 1.0, 1.0, 1.0),
    harm_weights: ArrayLike = 1.0,
    dispersion: DispersionBefore | float = 1.0,
    level: float = 0.95,
) -> DisplacementDifference:
    """The weighted displacement difference (WDD): two differences of differences, added.

    Parameters
    ----------
    treated, control, treated_buffer, control_buffer : array_like, shape (2,) or (offences, 2)
        Counts before and after. Either both buffers are given or neither.
    period_weights : (before, after)
        Length of each period: counts are divided by it.
    area_weights : (treated, control, treated buffer, control buffer)
        Size of each group of areas, as its population or streets: counts are divided by it.
    harm_weights : array_like, shape (offences,)
        Harm of one case of each offence: counts are multiplied by it.
    dispersion : DispersionBefore or float
        From `dispersion_before`; 1 claims pure chance.
    level : float
        Level of the intervals.

    Returns
    -------
    DisplacementDifference

    Raises
    ------
    Refused
        If a count is hidden, or there is no event at all.
    SafelearnError
        If the shapes differ, a weight is not above zero, or one buffer is missing.

    Notes
    -----
    (T1 - T0) - (C1 - C0) + (Td1 - Td0) - (Cd1 - Cd0); the variance of each count is the count. Wheeler, A. P.
    and Ratcliffe, J. H. (2018), Crime Science 7:11. A count divided by w has variance count / w^2, one
    multiplied by h has h^2 count (Wheeler 2020 and 2021, notes on periods, areas and harm). With a dispersion,
    the variance is multiplied by it and the normal deviate gives way to Student's.

    Examples
    --------
    The counts of the paper:

    >>> found = weighted_displacement_difference([207, 110], [308, 318], [178, 157], [150, 140])
    >>> found.local, found.displaced, found.estimate, round(found.standard_error, 2)
    (-107.0, -11.0, -118.0, 39.6)
    """
    if (treated_buffer is None) != (control_buffer is None):
        raise SafelearnError(
            t("Only one of the two groups of neighbouring areas was given."),
            remedy=t(
                "Give the neighbours of treated and of compared areas, or neither."
            ),
        )
    has_buffer = treated_buffer is not None
    first = _counts(treated, "treated")
    none = np.zeros_like(first)
    groups = [
        first,
        _counts(control, "control"),
        _counts(treated_buffer, "treated_buffer") if has_buffer else none,
        _counts(control_buffer, "control_buffer") if has_buffer else none,
    ]
    harm = _weights(harm_weights, "harm_weights", (len(first),))
    if len({g.shape for g in groups}) > 1:
        raise SafelearnError(
            t("The groups of areas do not have the same number of counts."),
            remedy=t("Give each a count before and a count after, for each offence."),
        )
    if not sum(g.sum() for g in groups):
        raise _nothing_happened()
    period = _weights(period_weights, "period_weights", (2,))
    area = _weights(area_weights, "area_weights", (4,))
    phi, deviate = widening(dispersion, level)
    change, variance = [], []
    for counts, size in zip(groups, area, strict=True):
        scaled = harm[:, None] / (period * size)
        change.append(float(np.sum((counts * scaled) @ [-1, 1])))
        variance.append(phi * float(np.sum(counts * scaled**2)))
    local, displaced = change[0] - change[1], change[2] - change[3]
    estimate, error = local + displaced, float(np.sqrt(sum(variance)))
    half_local = deviate * float(np.sqrt(variance[0] + variance[1]))
    half_displaced = deviate * float(np.sqrt(variance[2] + variance[3]))
    next_door = displaced if has_buffer else np.nan
    return DisplacementDifference(
        estimate=estimate,
        standard_error=error,
        z=estimate / error,
        lower=estimate - deviate * error,
        upper=estimate + deviate * error,
        local=local,
        local_lower=local - half_local,
        local_upper=local + half_local,
        displaced=next_door,
        displaced_lower=next_door - half_displaced,
        displaced_upper=next_door + half_displaced,
        dispersion=phi,
        has_buffer=has_buffer,
    )


@dataclass(frozen=True)
class DisplacementQuotient:
    """How much of a fall the neighbours gave back, or shared.

    Attributes
    ----------
    quotient, lower, upper : float
        Above 1 the benefit spread by more than the fall, above 0 it spread, below 0 some of the fall moved next
        door, below -1 more than all of it. The limits are infinite where the fall itself is not clear.
    reading : str
        "spread", "moved" or "unclear", from the interval.
    gross_effect : float
        Cases before less cases after in the treated areas.
    net_effect : float
        Fall of the treated areas' count by the compared areas' count.
    total_net_effect, total_lower, total_upper : float
        Cases prevented, in the treated areas and next to them.
    dispersion : float
    """

    quotient: float
    lower: float
    upper: float
    reading: str
    gross_effect: float
    net_effect: float
    total_net_effect: float
    total_lower: float
    total_upper: float
    dispersion: float

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.SAME_RATIO,
            limits.SAME_TIME,
            limits.BEYOND_BUFFER,
            *([limits.CHANCE_ALONE] if self.dispersion == 1 else []),
            limits.RECORDED,
        )


def weighted_displacement_quotient(
    treated: ArrayLike,
    control: ArrayLike,
    buffer: ArrayLike,
    *,
    dispersion: DispersionBefore | float = 1.0,
    level: float = 0.95,
) -> DisplacementQuotient:
    """The weighted displacement quotient (WDQ), where there is a fall to displace.

    Parameters
    ----------
    treated, control, buffer : array_like, shape (2,)
        Counts before and after; the buffer lies next to the treated areas.
    dispersion : DispersionBefore or float
        From `dispersion_before`; 1 claims pure chance.
    level : float
        Level of the intervals.

    Returns
    -------
    DisplacementQuotient

    Raises
    ------
    Refused
        If a count is zero or hidden, or the treated areas did not fall against the compared ones: without a
        success there is nothing that could be displaced.

    Notes
    -----
    (Da/Ca - Db/Cb) / (Ra/Ca - Rb/Cb): Bowers, K. J. and Johnson, S. D. (2003), Journal of Quantitative
    Criminology 19:275; rule of validity and effects as in Guerette, R. T. (2009), Analyzing Crime Displacement
    and Diffusion, Problem-Oriented Guides for Police 10. The interval is Fieller's (1954, JRSS B 16:175) on
    variances by the delta method.

    Examples
    --------
    >>> found = weighted_displacement_quotient([207, 110], [308, 318], [178, 157])
    >>> round(found.quotient, 3), found.gross_effect, round(found.total_net_effect, 1), found.reading
    (0.258, 97.0, 130.5, 'unclear')
    """
    (rb, ra), (cb, ca), (db, da) = (
        _counts(values, name)[0]
        for values, name in (
            (treated, "treated"),
            (control, "control"),
            (buffer, "buffer"),
        )
    )
    if not min(rb, cb, db, ra, ca, da) > 0:
        raise Refused(
            t("The displacement quotient is not defined where a count is zero."),
            remedy=t("Take longer periods, or the displacement difference."),
        )
    success = ra / ca - rb / cb
    if not success < 0:
        raise Refused(
            t(
                "The treated areas did not fall against the compared areas, so there is no success to displace."
            ),
            remedy=t("Read the displacement difference instead."),
        )
    next_door = da / ca - db / cb
    phi, z = widening(dispersion, level)
    v_success = phi * sum(r / c**2 + r**2 / c**3 for r, c in ((ra, ca), (rb, cb)))
    v_next = phi * sum(d / c**2 + d**2 / c**3 for d, c in ((da, ca), (db, cb)))
    shared = phi * sum(d * r / c**3 for d, r, c in ((da, ra, ca), (db, rb, cb)))
    lower, upper = _fieller(next_door, success, v_next, v_success, shared, z)
    total = (rb + db) * ca / cb - (ra + da)
    v_total = phi * (
        (ca / cb) ** 2 * (rb + db)
        + (rb + db) ** 2 * (ca / cb**2 + ca**2 / cb**3)
        + (ra + da)
    )
    half = z * float(np.sqrt(v_total))
    return DisplacementQuotient(
        quotient=float(next_door / success),
        lower=lower,
        upper=upper,
        reading="spread" if lower > 0 else "moved" if upper < 0 else "unclear",
        gross_effect=float(rb - ra),
        net_effect=float(-success),
        total_net_effect=float(total),
        total_lower=float(total - half),
        total_upper=float(total + half),
        dispersion=phi,
    )


def _fieller(
    top: float, bottom: float, v_top: float, v_bottom: float, shared: float, z: float
) -> tuple[float, float]:
    a = bottom**2 - z**2 * v_bottom
    if a <= 0:
        return -np.inf, np.inf
    b = top * bottom - z**2 * shared
    c = top**2 - z**2 * v_top
    root = np.sqrt(max(b**2 - a * c, 0.0))
    return float((b - root) / a), float((b + root) / a)


def _counts(values: ArrayLike, name: str) -> NDArray[np.float64]:
    found = np.atleast_2d(amounts(values, name))
    if found.shape[-1] != 2 or found.ndim != 2:
        raise SafelearnError(
            t("`{name}` takes a count before and a count after.", name=name)
        )
    if np.isnan(found).any():
        raise Refused(
            t("A count of the comparison is hidden, so there is no comparison."),
            remedy=t("Join areas, months or offences until no count is hidden."),
        )
    return found


def _weights(values: ArrayLike, name: str, shape: tuple[int]) -> NDArray[np.float64]:
    found = amounts(values, name)
    found = np.full(shape, float(found)) if found.ndim == 0 else found
    if found.shape != shape or not (found > 0).all():
        raise SafelearnError(
            t("`{name}` takes {n} numbers above zero.", name=name, n=shape[0])
        )
    return found


def _nothing_happened() -> Refused:
    return Refused(
        t("No event was counted, before or after, so there is nothing to compare."),
        remedy=t("Take longer periods, larger areas or a wider group of offences."),
    )
