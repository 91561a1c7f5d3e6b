"""How far do people put things in the same order?

Places of the same options on several papers go in. Kendall's W says how far all papers agree; the distance between two
groups says in how many pairs of options they disagree; and reshuffling who belongs to which group says whether groups
differ by more than chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused
from safelearn.language import t

#: Reshuffles behind a p-value, and the seed that makes it the same on every machine.
SHUFFLES, SEED = 999, 25


@dataclass(frozen=True)
class Concordance:
    """Agreement of several rankings.

    Attributes
    ----------
    w : float
        Kendall's W: 0 no common order at all, 1 everybody has the same order.
    chi2, p_value : float
        Test of "nobody prefers anything": m (k - 1) W on k - 1 degrees of freedom.
    papers, options : int
        m and k.
    mean_correlation : float
        (m W - 1) / (m - 1): the mean Spearman correlation of two papers.
    """

    w: float
    chi2: float
    p_value: float
    papers: int
    options: int
    mean_correlation: float


def kendall_w(places: ArrayLike) -> Concordance:
    """Kendall's coefficient of concordance, corrected for ties.

    Parameters
    ----------
    places : array_like, shape (papers, options)
        Places, with ties as mean places (`ballots.places`).

    Returns
    -------
    Concordance

    Raises
    ------
    Refused
        With fewer than two papers or options, or if no paper prefers anything.

    Notes
    -----
    W = 12 S / (m^2 (k^3 - k) - m sum(T)), S the sum of squared deviations of the options' sums of places, T the sum
    of t^3 - t over the ties of a paper: Kendall, M. G. and Babington Smith, B. (1939), Annals of Mathematical
    Statistics 10:275; Siegel, S. (1956), Nonparametric Statistics, p. 229. The p-value is approximate below about
    seven papers. A small p says that there is some common order, not that people agree: with many papers a W of 0.05
    has a small p too.

    Examples
    --------
    >>> found = kendall_w([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    >>> round(found.w, 3)
    0.162
    """
    from scipy.stats import chi2

    ranks = np.atleast_2d(np.asarray(places, dtype=float))
    m, k = ranks.shape
    if m < 2 or k < 2:
        raise Refused(
            t("Agreement needs at least two papers and two options."),
            remedy=t("Add the other papers of the exercise."),
        )
    sums = ranks.sum(axis=0)
    spread = float(np.square(sums - sums.mean()).sum())
    ties = sum(float((n**3 - n).sum()) for n in map(_tied, ranks))
    most = m**2 * (k**3 - k) - m * ties
    if most <= 0:
        raise Refused(
            t(
                "Every paper puts all options side by side, so there is nothing to agree on."
            ),
            remedy=t("Ask people to put at least one option before the others."),
        )
    w = 12 * spread / most
    statistic = m * (k - 1) * w
    p = float(chi2.sf(statistic, k - 1))
    return Concordance(w, statistic, p, m, k, (m * w - 1) / (m - 1))


def order_distance(first: ArrayLike, second: ArrayLike) -> float:
    """In which share of all pairs of options two orders disagree; a tie in one of them counts half.

    Parameters
    ----------
    first, second : array_like, shape (options,)
        Mean places or points of the same options.

    Notes
    -----
    Kendall's distance with penalty 1/2 for pairs tied in one order only, divided by the number of pairs: Fagin et al.
    (2006), SIAM Journal on Discrete Mathematics 20:628.

    Examples
    --------
    >>> order_distance([1, 2, 3], [1, 2, 3]), order_distance([1, 2, 3], [3, 2, 1])
    (0.0, 1.0)
    """
    return float(_distances(np.stack([first, second]).astype(float))[0])


@dataclass(frozen=True)
class Disagreement:
    """How far groups differ in what they put first.

    Attributes
    ----------
    distance : float
        Mean over pairs of groups of `order_distance`.
    p_value : float
        How often groups of these sizes, put together by lot, have mean places at least as far apart.
    groups : tuple of str
    pairs : dict of (str, str) to float
        The distance of each two groups.
    """

    distance: float
    p_value: float
    groups: tuple[str, ...]
    pairs: dict[tuple[str, str], float]

    @property
    def clear(self) -> bool:
        """Whether they differ by more than chance would make them (at 5 %)."""
        return self.p_value < 0.05


def disagreement(
    places: ArrayLike, groups: ArrayLike, *, shuffles: int = SHUFFLES
) -> Disagreement:
    """Whether groups put things in different orders, beyond what few papers show by chance.

    Parameters
    ----------
    places : array_like, shape (papers, options)
    groups : array_like of str, shape (papers,)
    shuffles : int
        Random reassignments of the papers to groups of the same sizes; seeded, so always the same.

    Returns
    -------
    Disagreement

    Raises
    ------
    Refused
        With fewer than two groups.

    Notes
    -----
    Two groups of six papers each order some options differently even where everybody thinks alike. So the sum of
    squares between groups (papers in a group, times the squared deviations of its mean places) is compared with that
    of groups put together by lot: p = (1 + number as large) / (1 + shuffles). It is the permutational analysis of
    variance of Anderson (2001), Austral Ecology 26:32. The distance describes, the test decides.
    """
    ranks = np.asarray(places, dtype=float)
    names, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    count = len(names)
    if count < 2:
        raise Refused(
            t("Only one group has voted, so groups cannot be compared."),
            remedy=t("Let the other groups rank the same options."),
        )
    found = _distances(_means(ranks, codes, count))
    rng = np.random.default_rng(SEED)
    apart = _between(ranks, codes, count)
    by_lot = [_between(ranks, rng.permutation(codes), count) for _ in range(shuffles)]
    # Equal sums differ in the last digits only by the order in which they were added.
    as_large = int((np.array(by_lot) >= apart - 1e-9).sum())
    i, j = np.triu_indices(count, 1)
    pairs = {
        (str(names[a]), str(names[b])): float(d)
        for a, b, d in zip(i, j, found, strict=True)
    }
    return Disagreement(
        float(found.mean()),
        (1 + as_large) / (1 + shuffles),
        tuple(str(n) for n in names),
        pairs,
    )


def _tied(row: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.unique(row, return_counts=True)[1].astype(np.int64)


def _means(
    ranks: NDArray[np.float64], codes: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    belongs = codes[None, :] == np.arange(count)[:, None]
    return (belongs @ ranks) / belongs.sum(axis=1, keepdims=True)


def _between(ranks: NDArray[np.float64], codes: NDArray[np.int64], count: int) -> float:
    """The sum of squares between groups, over all options."""
    apart = _means(ranks, codes, count) - ranks.mean(axis=0)
    return float(np.bincount(codes, minlength=count) @ np.square(apart).sum(axis=1))


def _distances(orders: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distance of every two rows, in the order of ``triu_indices``."""
    a, b = np.triu_indices(orders.shape[1], 1)
    # Rounding: 7/3 + 8/3 must equal 15/3.
    signs = np.sign(np.round(orders[:, a] - orders[:, b], 9))
    i, j = np.triu_indices(len(orders), 1)
    return np.abs(signs[i] - signs[j]).mean(axis=1) / 2
