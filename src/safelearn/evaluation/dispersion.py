"""How much did these counts vary before anything was done?

Counts of the time before, period by period and area by area, go in; their dispersion comes out: variance by
mean, 1 for pure chance. The designs that compare counts take it to widen their intervals, because the time
before is the only time in which the variation cannot be the measure's own doing (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts, quantile
from safelearn.estimates.quasi_poisson import fit_quasi_poisson
from safelearn.language import t

NEEDS = frozenset({"time:month", "place:area"})

FEWEST_PERIODS = 6


@dataclass(frozen=True)
class DispersionBefore:
    """How much counts varied before.

    Attributes
    ----------
    value : float
        Variance of one period's count by its mean, at least 1.
    df : float
        Degrees of freedom that it was estimated on.
    correlation : float
        Of neighbouring periods of an area, from 0 to 0.8.
    """

    value: float
    df: float
    correlation: float = 0.0

    @property
    def of_sums(self) -> float:
        """Variance by mean of the sum of many periods: larger, where a bad one is followed by another."""
        return self.value * (1 + self.correlation) / (1 - self.correlation)


#: Pure chance, claimed and not estimated.
CHANCE = DispersionBefore(1.0, np.inf)


def dispersion_before(
    counts: pd.DataFrame | ArrayLike, *, season: int | None = None
) -> DispersionBefore:
    """Estimate the dispersion of counts from the time before.

    Parameters
    ----------
    counts : DataFrame or array_like, shape (periods,) or (periods, areas)
        Counts of each period before the start, in order of time; a column an area. Areas apart rather than
        groups of areas: what moves all of them at once is then taken out, as the comparison takes it out.
    season : int, optional
        Periods a year (12 for months), for a single series: its trend and season are taken out instead.

    Returns
    -------
    DispersionBefore

    Raises
    ------
    Refused
        If there are fewer than 6 periods, hidden counts, or no event at all.

    Notes
    -----
    Pearson's chi-squared by its degrees of freedom, around what areas and periods explain (row total x column
    total / total), or for one series around a log-linear trend with one yearly wave. McCullagh, P. and Nelder,
    J. A. (1989), Generalized Linear Models, section 4.5. The correlation of neighbouring periods adds the 1/n
    that fitting takes from it. A drift slower than that is not in it: areas as clusters see it
    (`difference_in_differences`).

    Examples
    --------
    >>> even = [[10, 20], [11, 19], [9, 22], [10, 18], [12, 20], [8, 21]]
    >>> dispersion_before(even).value
    1.0
    """
    table = amounts(counts, "counts")
    table = table[:, None] if table.ndim == 1 else table
    periods, areas = table.shape
    if periods < FEWEST_PERIODS or np.isnan(table).any() or not table.sum():
        raise Refused(
            t(
                "How counts vary takes six periods before the start, none of them hidden."
            ),
            remedy=t("Add earlier files, or take the interval as too narrow."),
        )
    if areas == 1:
        design = _one_series(periods, season)
        fit = fit_quasi_poisson(table[:, 0], design, np.ones(periods))
        return DispersionBefore(fit.dispersion, fit.df, fit.correlation)
    table = table[:, table.sum(axis=0) > 0]
    table = table[table.sum(axis=1) > 0]
    periods, areas = table.shape
    if areas == 1 or periods == 1:
        return dispersion_before(table.ravel(), season=season)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    residual = (table - expected) / np.sqrt(expected)
    df = (periods - 1) * (areas - 1)
    value = max(1.0, float(np.sum(residual**2)) / df)
    lagged = np.sum(residual[1:] * residual[:-1]) / max(np.sum(residual**2), 1e-12)
    correlation = float(np.clip(lagged + 1 / periods, 0.0, 0.8))
    # Chance alone correlates too; what it would show in so few periods is not believed.
    if correlation < 1.645 / np.sqrt(df):
        correlation = 0.0
    return DispersionBefore(value, df, correlation)


def widening(
    dispersion: DispersionBefore | float, level: float = 0.95
) -> tuple[float, float]:
    """Variance by mean of a sum of counts, and the deviate of an interval of that level.

    Raises
    ------
    SafelearnError
        If the dispersion is below 1: no city records crime more evenly than chance.
    """
    from scipy.special import stdtrit

    if not hasattr(dispersion, "of_sums"):
        dispersion = DispersionBefore(float(dispersion), np.inf)
    phi = float(dispersion.of_sums)
    if not phi >= 1:
        raise SafelearnError(
            t("A dispersion is 1 for pure chance, or more."),
            remedy=t("Estimate it from the counts of the time before."),
        )
    if np.isinf(dispersion.df):
        return phi, quantile(level)
    return phi, float(stdtrit(dispersion.df, 0.5 + level / 2))


def _one_series(periods: int, season: int | None) -> NDArray[np.float64]:
    time = np.arange(periods)
    columns = [np.ones(periods), (time - time.mean()) / periods]
    if season and periods >= 2 * season:
        turn = 2 * np.pi * time / season
        columns += [np.sin(turn), np.cos(turn)]
    return np.column_stack(columns)
