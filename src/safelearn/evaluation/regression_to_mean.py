"""How far would areas have fallen by themselves, only because they were chosen at their worst?

The counts before of all areas go in, and which of them were chosen; the fall to be expected without any
measure comes out, to be set beside the fall that was seen (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.empirical_bayes import GammaPrior, empirical_bayes, fit_prior
from safelearn.estimates.inputs import amounts, quantile
from safelearn.language import t

NEEDS = frozenset({"place:area", "table:interventions"})

FEWEST_AREAS = 10


@dataclass(frozen=True)
class RegressionToMean:
    """What the chosen areas would have had, had they only been unlucky.

    Attributes
    ----------
    ratio, lower, upper : float
        Count to be expected in an equal period without any measure, by the count before: 0.9 is a tenth fewer by
        chance alone. The interval is for the underlying risk, not for one more count.
    observed, expected : float
        Counts of the chosen areas together.
    rank_share : float
        Where the chosen areas lie among all by their rate before, from 0 (lowest) to 1 (highest), on average.
    matters : bool
        Whether a fall by a twentieth or more is to be expected.
    """

    ratio: float
    lower: float
    upper: float
    observed: float
    expected: float
    rank_share: float
    matters: bool


def regression_to_the_mean(
    before: ArrayLike,
    chosen: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    level: float = 0.95,
) -> RegressionToMean:
    """The fall to be expected of areas that were chosen because their count was high.

    Parameters
    ----------
    before : array_like, shape (areas,)
        Counts of every area from which was chosen, in the time by which was chosen.
    chosen : array_like of bool, shape (areas,)
        The treated ones.
    exposure : array_like, shape (areas,), optional
        Population; without it areas are taken as equal in size.
    level : float

    Returns
    -------
    RegressionToMean

    Raises
    ------
    Refused
        With fewer than 10 areas, a hidden count, or no event in the chosen areas.
    SafelearnError
        If no area was chosen, or all were.

    Notes
    -----
    Empirical Bayes: each chosen area's expected count is its count drawn towards the city's rate (Marshall 1991), as in
    before-and-after studies of road safety (Hauer, E., 1997, Observational Before-After Studies in Road Safety,
    chapter 11). The interval is that of `empirical_bayes_interval`, for a sum of areas.

    Examples
    --------
    >>> counts = [20] + [10, 11, 9, 10, 12, 8, 10, 9, 11, 10]
    >>> found = regression_to_the_mean(counts, [True] + [False] * 10)
    >>> found.ratio < 1, found.rank_share
    (True, 1.0)
    """
    n = amounts(before, "before")
    mask = np.asarray(chosen, dtype=bool)
    base = np.ones(len(n)) if exposure is None else amounts(exposure, "exposure")
    if mask.shape != n.shape or mask.all() or not mask.any():
        raise SafelearnError(
            t("Some of the areas are chosen, and some are not."),
            remedy=t("Give the counts of all areas, and mark the treated ones."),
        )
    if len(n) < FEWEST_AREAS or np.isnan(n).any() or not n[mask].sum():
        raise Refused(
            t(
                "What chance alone would undo takes the known counts of ten areas or more."
            ),
            remedy=t("Give every area from which was chosen."),
        )
    prior = fit_prior(n, base)
    plausible = GammaPrior(prior.mean, prior.plausible_variance)
    expected = empirical_bayes(n, base, prior) * base
    shifted = empirical_bayes(n, base, plausible) * base
    kept = plausible.weight(base)
    # Each area's chance is its own; what is not known of the city's risks moves all chosen areas together.
    own = np.sum((kept * shifted)[mask])
    together = np.sum((shifted - expected)[mask]) ** 2
    together += np.sum(((1 - kept) * base)[mask]) ** 2 * prior.mean_variance
    half = quantile(level) * float(np.sqrt(own + together))
    observed, total = float(n[mask].sum()), float(expected[mask].sum())
    ends = (total + np.array([-1, 1]) * half) / observed
    rank = pd.Series(n / base).rank().to_numpy() - 1
    return RegressionToMean(
        ratio=total / observed,
        lower=float(max(ends[0], 0)),
        upper=float(ends[1]),
        observed=observed,
        expected=total,
        rank_share=float(rank[mask].mean() / (len(n) - 1)),
        matters=total / observed <= 0.95,
    )
