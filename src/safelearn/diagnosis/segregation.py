"""Do people of different means live in the same neighbourhoods, or apart?

Counts of a group and of everybody by area go in; the index of dissimilarity and the isolation of the group come out,
each with its interval and with what chance alone would give for areas of this size (draft:26(f)(i).1, draft:5.2).
The group is one that may be counted by area (people in inadequate housing, young people without work or school, ages);
migration, disability and indigenous identity never are. The index is about where homes are, not about who is at fault:
it is no case for moving anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts, quantile
from safelearn.language import t

NEEDS = frozenset({"table:statistics"})

#: Fewest areas for an index.
FEWEST_AREAS = 5


@dataclass(frozen=True)
class Segregation:
    """How far apart a group and the others live.

    Attributes
    ----------
    dissimilarity, lower, upper : float
        The share of the group that would have to live elsewhere for it to be spread like the others, 0 to 1.
    by_chance : float
        What the index would be on average if homes were given out by lot: it is never 0 for small areas.
    adjusted : float
        The part of the way from chance to complete separation; 0 where chance explains it.
    isolation : float
        The share of the group in the area of its average member.
    share : float
        The group's share of everybody: the isolation there would be without any segregation.
    areas : int
    """

    dissimilarity: float
    lower: float
    upper: float
    by_chance: float
    adjusted: float
    isolation: float
    share: float
    areas: int


def segregation(group: ArrayLike, everybody: ArrayLike) -> Segregation:
    """Dissimilarity and isolation of a group.

    Parameters
    ----------
    group, everybody : array_like
        Persons by area; the group is part of everybody.

    Returns
    -------
    Segregation

    Raises
    ------
    Refused
        With fewer than five areas, or where nobody, or everybody, is in the group.

    Notes
    -----
    ``D = 1/2 sum |x_i/X - y_i/Y|``, with x the group and y the others: Duncan, O. D. and Duncan, B. (1955), American
    Sociological Review 20:210. Isolation xPx = sum (x_i/X)(x_i/t_i): Massey, D. S. and Denton, N. A. (1988), Social
    Forces 67:281. Chance: the exact mean of D under binomial areas (Winship, C. (1977), Social Forces 55:1058), by
    de Moivre's mean absolute deviation; adjusted = (D - chance)/(1 - chance), Carrington, W. J. and Troske, K. R.
    (1997), Journal of Business and Economic Statistics 15:402. Interval: the delta method for multinomial counts
    (Ransom, M. R. (2000), Sociological Methods and Research 28:454); it holds chance in the counts only.

    Examples
    --------
    >>> found = segregation([90, 10, 50, 50, 50], [100, 100, 100, 100, 100])
    >>> round(found.dissimilarity, 3), round(found.isolation, 3)
    (0.32, 0.628)
    """
    x, total = amounts(group, "group").ravel(), amounts(everybody, "everybody").ravel()
    if x.shape != total.shape:
        raise SafelearnError(t("The two lists of areas differ in length."))
    known = (total > 0) & ~np.isnan(x)
    x, total = x[known], total[known]
    if np.any(x > total):
        raise SafelearnError(
            t("In an area the group is larger than everybody together."),
            remedy=t("Give the group first, then all persons of the area."),
        )
    y = total - x
    if len(x) < FEWEST_AREAS or x.sum() == 0 or y.sum() == 0:
        raise Refused(
            t("Segregation needs five areas, and people in the group and out of it."),
            remedy=t(
                "Ask for the counts at the lowest level that the office publishes."
            ),
        )
    gap = x / x.sum() - y / y.sum()
    index = float(np.abs(gap).sum() / 2)
    side = np.sign(gap)
    own, other = float(side @ x / x.sum()), float(side @ y / y.sum())
    error = np.sqrt((1 - own**2) / x.sum() + (1 - other**2) / y.sum()) / 2
    half = quantile(0.95) * float(error)
    chance = _by_chance(x, total)
    return Segregation(
        dissimilarity=index,
        lower=max(0.0, index - half),
        upper=min(1.0, index + half),
        by_chance=chance,
        adjusted=max(0.0, (index - chance) / (1 - chance)),
        isolation=float(np.sum(x / x.sum() * x / total)),
        share=float(x.sum() / total.sum()),
        areas=len(x),
    )


def _by_chance(x: np.ndarray, total: np.ndarray) -> float:
    """The mean of D if everybody were in the group with the same chance, wherever they live.

    For n tries with chance p, the mean of |X - np| is 2 (1-p)^(n-m) p^(m+1) (m+1) C(n, m+1), m the whole part of np.
    """
    from scipy.special import gammaln

    p = x.sum() / total.sum()
    n = np.round(total)
    m = np.floor(n * p)
    m = np.minimum(m, n - 1)
    log = (
        np.log(2) + (n - m) * np.log1p(-p) + (m + 1) * np.log(p) + np.log(m + 1)
        + gammaln(n + 1) - gammaln(m + 2) - gammaln(n - m)
    )  # fmt: skip
    return float(np.exp(log).sum() / (2 * total.sum() * p * (1 - p)))
