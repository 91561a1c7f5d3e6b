"""Do two people who judge the same things see the same?

The codes that two coders gave to the same quotes, or the scores of two raters of the same place, go in; Cohen's
kappa with its interval comes out: how much more often they agree than two people would who code at random with the
same preferences. Without it nobody can say whether a theme is in the quotes or in the coder (draft:25(d).4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import quantile
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()

#: Fewest pairs of judgements: below it the normal interval of kappa says nothing.
FEWEST = 10


@dataclass(frozen=True)
class Agreement:
    """How far two judges agree.

    Attributes
    ----------
    kappa : float
        1 for full agreement, 0 for what chance alone would give, negative below that.
    standard_error, lower, upper : float
        Its large-sample error and limits; limits never leave -1 to 1.
    agreed : float
        Share of pairs with the same judgement (with weights: the mean weight of agreement).
    expected : float
        The share that chance alone would give.
    n : int
        Pairs in which both judged.
    """

    kappa: float
    standard_error: float
    lower: float
    upper: float
    agreed: float
    expected: float
    n: int


def cohen_kappa(
    first: Sequence[Any] | pd.Series,
    second: Sequence[Any] | pd.Series,
    weights: Literal["linear", "quadratic"] | None = None,
    *,
    level: float = 0.95,
) -> Agreement:
    """Cohen's kappa of two coders or raters.

    Parameters
    ----------
    first, second : sequence
        The judgement of each on the same things, in one order. A pair with a missing judgement is left out.
    weights : {None, "linear", "quadratic"}
        None counts only equal judgements. The others count near ones in part, by their distance or its square,
        and need numbers or ordered categories.
    level : float
        Confidence level.

    Returns
    -------
    Agreement

    Raises
    ------
    Refused
        If fewer than ten pairs are there, or both used one and the same judgement throughout: then chance would
        agree always, and kappa has no value.
    SafelearnError
        If the two lists differ in length, or weights are asked for judgements without an order.

    Notes
    -----
    kappa = (po - pe) / (1 - pe), with po the (weighted) share of agreement and pe what the two judges' own
    preferences give by chance: Cohen, J. (1960), Educational and Psychological Measurement 20:37, and (1968),
    Psychological Bulletin 70:213. The variance is that of Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969),
    Psychological Bulletin 72:323::

        sum p_ij [w_ij (1 - pe) - (w_i. + w_.j)(1 - po)]^2 - (po pe - 2 pe + po)^2, over n (1 - pe)^4.

    Where all pairs agree it is zero, whatever their number; the lower limit is then kappa at Wilson's lower limit
    of po, because ten equal judgements are no proof of a thousand.

    Examples
    --------
    >>> first = ["yes"] * 25 + ["no"] * 25
    >>> second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    >>> found = cohen_kappa(first, second)
    >>> round(found.agreed, 2), round(found.expected, 2), round(found.kappa, 2)
    (0.7, 0.5, 0.4)
    """
    one, two, positions = _judgements(first, second, weights)
    n = len(one)
    if n < FEWEST:
        raise Refused(
            t("Two judges can be compared from {n} pairs of judgements on.", n=FEWEST),
            remedy=t("Let both of them judge more of the same things."),
        )
    size = len(positions)
    p = np.zeros((size, size))
    np.add.at(p, (one, two), 1 / n)
    w = _weights(positions, weights)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    agreed, expected = float((w * p).sum()), float((w * np.outer(rows, columns)).sum())
    if expected >= 1 - 1e-12:
        raise Refused(
            t("Both judges gave the same judgement throughout, so chance explains it."),
            remedy=t("Choose things to judge that differ from each other."),
        )
    if agreed > 1 - 1e-9:
        least = wilson_interval(n, n, level).lower
        lower = (least - expected) / (1 - expected)
        return Agreement(1.0, 0.0, lower, 1.0, 1.0, expected, n)
    kappa = (agreed - expected) / (1 - expected)
    mean = (w @ columns)[:, None] + (rows @ w)[None, :]
    spread = (p * (w * (1 - expected) - mean * (1 - agreed)) ** 2).sum()
    spread -= (agreed * expected - 2 * expected + agreed) ** 2
    error = float(np.sqrt(max(spread, 0.0) / n) / (1 - expected) ** 2)
    half = quantile(level) * error
    lower, upper = max(kappa - half, -1.0), min(kappa + half, 1.0)
    return Agreement(kappa, error, lower, upper, agreed, expected, n)


def _judgements(
    first: Any, second: Any, weights: str | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Both judges' judgements as positions in one list, and where each lies on its scale."""
    one, two = pd.Series(first), pd.Series(second)
    if len(one) != len(two):
        raise SafelearnError(
            t("The two judges did not judge the same number of things."),
            remedy=t(
                "Give one judgement of each for every thing, empty where missing."
            ),
        )
    ordered = getattr(one.dtype, "ordered", False)
    scale = list(one.cat.categories) if ordered else None
    kept = one.notna().to_numpy() & two.notna().to_numpy()
    one, two = one[kept].astype(object).tolist(), two[kept].astype(object).tolist()
    used = set(one) | set(two)
    if scale is None:
        numbers = all(isinstance(v, int | float | np.number) for v in used)
        if weights and not numbers:
            raise SafelearnError(
                t("Judgements without an order cannot be weighted by their distance."),
                remedy=t("Leave out the weights, or give ordered categories."),
            )
        scale = sorted(used) if numbers else sorted(used, key=str)
        positions = np.array(scale if numbers else range(len(scale)), dtype=float)
    else:
        positions = np.arange(len(scale), dtype=float)
    place = {value: i for i, value in enumerate(scale)}
    return (
        np.array([place[v] for v in one], dtype=np.intp),
        np.array([place[v] for v in two], dtype=np.intp),
        positions,
    )


def _weights(
    positions: NDArray[np.float64], weights: str | None
) -> NDArray[np.float64]:
    """Weight of agreement of each pair of judgements: 1 where they are equal, 0 at the ends of the scale."""
    if weights is None or len(positions) < 2:
        return np.eye(len(positions))
    apart = np.abs(positions[:, None] - positions[None, :]) / np.ptp(positions)
    return 1 - (apart if weights == "linear" else apart**2)
