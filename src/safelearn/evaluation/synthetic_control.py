"""What would have happened in the treated areas, judged by the mix of other areas that matched them before?

Counts by period and area go in; the mix, the gap between the treated areas and it, and how often areas where
nothing was done show as large a gap come out. For one treated area, or a few, and many to draw from
(draft:25(o).2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.evaluation import limits
from safelearn.language import t

NEEDS = frozenset({"time:month", "place:area", "table:interventions"})

FEWEST_BEFORE = 8
#: Untreated areas for each treated one: sets of several out of few overlap, and placebos reject too often.
FEWEST_AREAS = 10
#: Mean gap before, as a share of the treated areas' level, beyond which no mix resembles them.
WORST_FIT = 0.1


@dataclass(frozen=True)
class SyntheticControl:
    """The treated areas against the mix that matched them before.

    Attributes
    ----------
    ratio, lower, upper : float
        Cases after by those of the mix; 0.8 is a fifth fewer. The limits are 0 and infinite where there are too
        few areas to give any.
    prevented, prevented_lower, prevented_upper : float
        Cases fewer than the mix had, over all periods after.
    p_value : float
        Share of the placebos, the treated areas among them, whose gap after, by their gap before, is as large.
    weights : Series
        Of the areas in the mix, above 0, by area.
    observed, synthetic : ndarray, shape (periods,)
        Cases of the treated areas, and of the mix at their size.
    fit_error : float
        Root mean squared gap before, by the treated areas' mean.
    placebos : int
    seed : int
        That drew the placebos, where there were too many to take all.
    """

    ratio: float
    lower: float
    upper: float
    prevented: float
    prevented_lower: float
    prevented_upper: float
    p_value: float
    weights: pd.Series
    observed: NDArray[np.float64]
    synthetic: NDArray[np.float64]
    fit_error: float
    placebos: int
    seed: int

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        said = limits.sentences(
            limits.LIKE_THE_MIX, limits.SAME_TIME, limits.CHOSEN_HIGH, limits.RECORDED
        )
        return (*said, limits.smallest_p(self.placebos))


def synthetic_control(
    counts: pd.DataFrame,
    treated: Sequence[str],
    start: int,
    *,
    exposure: pd.Series | None = None,
    placebos: int = 199,
    seed: int = 1,
    level: float = 0.95,
) -> SyntheticControl:
    """Compare treated areas with a weighted mix of others, and both with placebos in space.

    Parameters
    ----------
    counts : DataFrame, shape (periods, areas)
        In order of time, a column an area: the treated ones and those to draw from. Leave out neighbours of the
        treated areas, to which harm may have moved, and areas where something else was begun.
    treated : sequence of str
        Columns of the treated areas; together they are compared.
    start : int
        Row of the first period after the start.
    exposure : Series, optional
        Population of each area: rates are matched then, which areas unlike in size need.
    placebos : int
        At most so many sets of as many areas as are treated, drawn by `seed` if there are more.
    level : float
        Level of the interval.

    Returns
    -------
    SyntheticControl

    Raises
    ------
    Refused
        With fewer than 8 periods before, fewer than 10 other areas for each treated one, a hidden count, no event
        before, or where no mix comes within a tenth of the treated areas' level before.
    SafelearnError
        If the start lies outside the table, or a treated area is not in it.

    Notes
    -----
    Weights of at least 0 and sum 1 that minimise the squared gaps before: Abadie, A., Diamond, A. and Hainmueller, J.
    (2010), JASA 105:493, all periods before weighing alike; solved by scipy's non-negative least squares, which is
    exact. p is the rank, among the placebos, of the mean gap after by the root mean squared gap before, or by the
    chance error of a count as large if that is more. The interval holds the constant gaps that this test does not
    reject: Firpo, S. and Possebom, V. (2018), Journal of Causal Inference 6(2). A 95 % interval takes 19 placebos.
    """
    table, areas, chosen, size = _read(counts, treated, start, exposure)
    others = np.flatnonzero(~chosen)
    own = _rate(table, size, np.flatnonzero(chosen))
    rates = table / size
    if not own[:start].any():
        raise Refused(
            t("No event was counted before the start, so there is nothing to match."),
            remedy=t("Take larger areas or a wider group of offences."),
        )
    weights, gap = _matched(own, rates[:, others], start)
    before, after = gap[:start], gap[start:]
    fit_error = float(np.sqrt(np.mean(before**2)))
    if abs(before.mean()) > WORST_FIT * own[:start].mean():
        raise Refused(
            t(
                "No mix of the other areas resembles the treated areas before the start."
            ),
            remedy=t("Give the population of the areas, or compare in another way."),
        )
    own_size = size[chosen].sum()
    yardstick = _yardstick(own, gap, own_size, start)
    score = abs(after.mean()) / yardstick
    scores = np.abs(_scores(table, size, chosen, start, placebos, seed))
    p_value = (1 + np.sum(scores >= score)) / (1 + len(scores))
    rank = int(np.floor((1 - level) * (len(scores) + 1) + 1e-9))
    half = np.sort(scores)[-rank] * yardstick if rank else np.inf
    expected = own[start:].mean() - after.mean()
    ends = expected + np.array([half, -half])
    scale = own_size * len(after)
    with np.errstate(divide="ignore"):
        lower = own[start:].mean() / ends[0] if np.isfinite(half) else 0.0
        upper = own[start:].mean() / ends[1] if ends[1] > 0 else np.inf
    return SyntheticControl(
        ratio=float(own[start:].mean() / expected) if expected > 0 else np.inf,
        lower=float(lower),
        upper=float(upper),
        prevented=float(-after.mean() * scale),
        prevented_lower=float((-after.mean() - half) * scale),
        prevented_upper=float((-after.mean() + half) * scale),
        p_value=float(p_value),
        weights=pd.Series(weights, index=areas[others]).loc[lambda w: w > 1e-6],
        observed=own * own_size,
        synthetic=(own - gap) * own_size,
        fit_error=fit_error / float(own[:start].mean()),
        placebos=len(scores),
        seed=seed,
    )


def detectable_fall(
    before: pd.DataFrame,
    treated: Sequence[str],
    periods_after: int,
    *,
    exposure: pd.Series | None = None,
    power: float = 0.8,
    placebos: int = 199,
    seed: int = 1,
    level: float = 0.95,
) -> float:
    """The weakest fall that a synthetic control of these areas would see, from the time before alone.

    Parameters
    ----------
    before : DataFrame, shape (periods, areas)
        As `counts` of `synthetic_control`, of a time in which nothing was done.
    treated : sequence of str
    periods_after : int
        Planned after the start; as many of the last periods before are taken for them.
    exposure, placebos, seed, level
        As `synthetic_control`.
    power : float
        Probability of seeing it.

    Returns
    -------
    float
        A ratio: 0.8 if a fall by a fifth is the weakest that would be seen. 0 if none would.

    Raises
    ------
    Refused, SafelearnError
        As `synthetic_control`.

    Notes
    -----
    The gap that, added to the gaps of the placebos, would exceed the largest twentieth of them so often.
    """
    start = len(before) - periods_after
    table, _, chosen, size = _read(before, treated, start, exposure)
    own = _rate(table, size, np.flatnonzero(chosen))
    gap = _matched(own, (table / size)[:, ~chosen], start)[1]
    signed = _scores(table, size, chosen, start, placebos, seed)
    rank = int(np.floor((1 - level) * (len(signed) + 1) + 1e-9))
    if not rank or not own.any():
        return 0.0
    beyond = np.sort(np.abs(signed))[-rank] + np.quantile(signed, power)
    gap_needed = beyond * _yardstick(own, gap, size[chosen].sum(), start)
    return float(max(0.0, 1 - gap_needed / own[start:].mean()))


def _read(
    counts: pd.DataFrame,
    treated: Sequence[str],
    start: int,
    exposure: pd.Series | None,
) -> tuple[NDArray, pd.Index, NDArray, NDArray]:
    table = amounts(counts, "counts")
    if np.isnan(table).any():
        raise Refused(
            t("A count of the comparison is hidden, so there is no comparison."),
            remedy=t("Join areas, months or offences until no count is hidden."),
        )
    if not 0 < start < len(table):
        raise SafelearnError(
            t("The start lies outside the series."),
            remedy=t("Give the place of the first point after the start."),
        )
    chosen = counts.columns.isin(list(treated))
    if not treated or chosen.sum() != len(set(treated)):
        raise SafelearnError(t("A treated area has no column of counts."))
    size = np.ones(table.shape[1])
    if exposure is not None:
        size = amounts(exposure.reindex(counts.columns), "exposure")
    if not (size > 0).all():
        raise Refused(
            t("An area of the comparison has no population."),
            remedy=t("Add the population of the areas, under the same codes."),
        )
    if start < FEWEST_BEFORE or (~chosen).sum() < FEWEST_AREAS * chosen.sum():
        raise Refused(
            t(
                "A synthetic control takes eight periods before, and ten other areas for each treated one."
            ),
            remedy=t("Add earlier files, or compare by a difference in differences."),
        )
    return table, counts.columns, chosen, size


def _rate(table: NDArray, size: NDArray, areas: NDArray) -> NDArray[np.float64]:
    return table[:, areas].sum(axis=1) / size[areas].sum()


def _matched(
    own: NDArray, others: NDArray, start: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the mix, and the gap of every period."""
    from scipy.optimize import nnls

    # One heavy row holds the sum at 1; what is left of it is scaled away.
    heavy = 1e4 * max(
        float(np.abs(others[:start]).max()), float(own[:start].max()), 1e-12
    )
    design = np.vstack([others[:start], np.full(others.shape[1], heavy)])
    weights = nnls(design, np.append(own[:start], heavy), maxiter=50 * others.shape[1])[
        0
    ]
    weights = weights / weights.sum()
    return weights, own - others @ weights


def _yardstick(own: NDArray, gap: NDArray, size: float, start: int) -> float:
    """Root mean squared gap before, but never less than chance alone would leave.

    From many areas a mix can follow even the chance of a short time before, and its gap there says nothing.
    """
    fitted = float(np.mean(gap[:start] ** 2))
    chance = max(float(own[:start].mean()) / size, 0.5 / size**2)
    return float(np.sqrt(max(fitted, chance)))


def _scores(
    table: NDArray, size: NDArray, chosen: NDArray, start: int, most: int, seed: int
) -> NDArray[np.float64]:
    """Mean gap after by the yardstick, of every placebo."""
    rates, found = table / size, []
    others = np.flatnonzero(~chosen)
    for group, rest in _placebos(others, int(chosen.sum()), most, seed):
        own = _rate(table, size, group)
        gap = _matched(own, rates[:, rest], start)[1]
        yardstick = _yardstick(own, gap, size[group].sum(), start)
        found.append(float(gap[start:].mean()) / yardstick)
    return np.array(found)


def _placebos(
    others: NDArray, size: int, most: int, seed: int
) -> Iterator[tuple[NDArray, NDArray]]:
    """Sets of as many untreated areas as are treated, with the areas left to match each."""
    if comb(len(others), size) <= most:
        groups = [np.array(group) for group in combinations(others, size)]
    else:
        rng = np.random.default_rng(seed)
        groups = [rng.choice(others, size, replace=False) for _ in range(most)]
    for group in groups:
        yield group, np.setdiff1d(others, group)
