"""Does the calendar matter: are some months of the year busier than others?

A monthly series goes in; an index comes out, one value for each calendar month, 1 being an average month of
equal length. Twelve intervals always find something, so no month is called different unless one joint test
says that there is a season at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.estimates.inputs import amounts
from safelearn.estimates.quasi_poisson import QuasiPoissonFit, fit_quasi_poisson
from safelearn.language import t

NEEDS = frozenset({"time:month"})

FEWEST_MONTHS = 24
FEWEST_MONTHS_WITHOUT_SEASON = 6
DAYS_IN_MONTH = 365.25 / 12


@dataclass(frozen=True)
class SeasonalIndex:
    """The seasonal pattern of a monthly series.

    Attributes
    ----------
    index, lower, upper : ndarray, shape (12,)
        January to December: events per day, relative to the average month, and the interval of each.
    dispersion : float
        Variance of a monthly count by its mean, at least 1.
    p_value : float
        Of one joint test that all twelve months are alike.
    clear : bool
        Whether that test rejects at 5 %.
    months : int
        Complete months used.
    covariance : ndarray, shape (12, 12)
        Of the logarithm of the index.
    """

    index: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    dispersion: float
    p_value: float
    clear: bool
    months: int
    covariance: NDArray[np.float64]

    @property
    def different(self) -> NDArray[np.bool_]:
        """Months that may be called busier or quieter: none unless the season is clear."""
        return self.clear & ((self.lower > 1) | (self.upper < 1))


@dataclass(frozen=True)
class Dispersion:
    """How much monthly counts vary.

    Attributes
    ----------
    value : float
        Variance of a month's count by its mean, at least 1.
    df : float
        Degrees of freedom it was estimated on.
    correlation : float
        Of neighbouring months, from 0 to 0.8.
    """

    value: float
    df: float
    correlation: float = 0.0

    @property
    def of_sums(self) -> float:
        """Variance by mean of the sum of many months: larger, where a bad month is followed by another."""
        return self.value * (1 + self.correlation) / (1 - self.correlation)


def seasonal_index(series: pd.DataFrame, level: float = 0.95) -> SeasonalIndex:
    """Estimate the seasonal pattern of a monthly series.

    Parameters
    ----------
    series : DataFrame
        From `monthly_series`: `month`, `n`, `days`, `partial`. Partial months are left out.
    level : float
        Level of each month's interval.

    Returns
    -------
    SeasonalIndex

    Raises
    ------
    Refused
        If there are fewer than 24 complete months, a calendar month without any event, or hidden counts.

    Notes
    -----
    log E(n) = log(days) + month of the year + trend, quasi-Poisson. The trend is a broken line in the
    logarithm that may bend every twelve months, so that neither growth nor a bad year passes for a season.
    The joint test is an F test of the twelve months on 11 and residual degrees of freedom.
    """
    from scipy.special import fdtrc, stdtrit

    kept = complete_months(series)
    fit, test = _seasonal_fit(kept)
    spread = np.eye(12) - 1 / 12
    log_index = spread @ np.r_[0.0, fit.coefficients[-11:]]
    within = np.zeros((12, 12))
    within[1:, 1:] = fit.covariance[-11:, -11:]
    covariance = spread @ within @ spread
    half = stdtrit(fit.df, 0.5 + level / 2) * np.sqrt(np.diag(covariance))
    scale = np.exp(log_index).mean()
    p_value = float(fdtrc(11, fit.df, test))
    return SeasonalIndex(
        index=np.exp(log_index) / scale,
        lower=np.exp(log_index - half) / scale,
        upper=np.exp(log_index + half) / scale,
        dispersion=fit.dispersion,
        p_value=p_value,
        clear=p_value < 0.05,
        months=len(kept),
        covariance=covariance,
    )


def seasonally_adjusted(series: pd.DataFrame, season: SeasonalIndex) -> pd.DataFrame:
    """Take the season, and the unequal length of months, out of a monthly series.

    Parameters
    ----------
    series : DataFrame
        From `monthly_series`.
    season : SeasonalIndex
        From `seasonal_index`. One that is not clear is not taken out: that would only add its noise.

    Returns
    -------
    DataFrame
        The series with a column `adjusted`: events in an average month of 30.4 days.
    """
    index = season.index if season.clear else np.ones(12)
    month = calendar_month(series["month"])
    days = series["days"].to_numpy(dtype=float)
    adjusted = amounts(series["n"], "n") * DAYS_IN_MONTH / days / index[month]
    return series.assign(adjusted=adjusted)


def monthly_dispersion(series: pd.DataFrame) -> Dispersion:
    """Estimate how much more monthly counts vary than chance alone.

    Parameters
    ----------
    series : DataFrame
        From `monthly_series`.

    Returns
    -------
    Dispersion

    Raises
    ------
    Refused
        If there are fewer than 6 complete months, or hidden counts.

    Notes
    -----
    From the residuals around trend and season (`seasonal_index`); where the series is too short or sparse
    for a season, around a straight trend, which counts any season as noise and so errs on the wide side.
    """
    kept = complete_months(series)
    if has_seasons(kept):
        fit, _ = _seasonal_fit(kept)
        return Dispersion(fit.dispersion, fit.df, fit.correlation)
    if len(kept) < FEWEST_MONTHS_WITHOUT_SEASON:
        raise Refused(
            t("Fewer than six complete months cannot show how much counts vary."),
            remedy=t("Add earlier files."),
        )
    n = kept["n"].to_numpy(dtype=float)
    if n.sum() == 0:
        return Dispersion(1.0, len(kept) - 2)
    line = np.column_stack([np.ones(len(kept)), _time(kept) - _time(kept).mean()])
    fit = fit_quasi_poisson(n, line, kept["days"].to_numpy(dtype=float))
    return Dispersion(fit.dispersion, fit.df, fit.correlation)


def complete_months(series: pd.DataFrame) -> pd.DataFrame:
    """The months that the data cover whole.

    Raises
    ------
    Refused
        If a count is hidden.
    """
    kept = series.loc[~series["partial"].to_numpy(dtype=bool)]
    if kept["n"].isna().any():
        raise Refused(
            t("A series with hidden months cannot be measured."),
            remedy=t("Measure before cells are hidden, and publish only the result."),
        )
    return kept.reset_index(drop=True)


def has_seasons(kept: pd.DataFrame) -> bool:
    """Whether complete months are enough to tell a season from a trend."""
    n = kept["n"].to_numpy(dtype=float)
    by_month = np.bincount(calendar_month(kept["month"]), weights=n, minlength=12)
    return len(kept) >= FEWEST_MONTHS and bool((by_month > 0).all())


def calendar_month(months: pd.Series) -> NDArray[np.int64]:
    """Month of the year, 0 for January, of labels such as "2024-01"."""
    return months.astype("str").str.slice(5, 7).to_numpy().astype(np.int64) - 1


def _time(kept: pd.DataFrame) -> NDArray[np.float64]:
    """Months since the first, over years: missing months leave their gap."""
    year = kept["month"].astype("str").str.slice(0, 4).to_numpy().astype(np.int64)
    number = year * 12 + calendar_month(kept["month"])
    return (number - number[0]).astype(float)


def _seasonal_fit(kept: pd.DataFrame) -> tuple[QuasiPoissonFit, float]:
    if not has_seasons(kept):
        raise Refused(
            t("A season needs two complete years, with events in every month."),
            remedy=t("Add earlier files, or look at a broader offence or area."),
        )
    n = kept["n"].to_numpy(dtype=float)
    days = kept["days"].to_numpy(dtype=float)
    time = _time(kept)
    bends = np.arange(12.0, time[-1] - 6, 12.0)
    trend = [np.ones(len(kept)), time / 12]
    trend += [np.maximum(time - bend, 0) / 12 for bend in bends]
    month = calendar_month(kept["month"])
    dummies = (month[:, None] == np.arange(1, 12)).astype(float)
    smooth = np.column_stack(trend)
    full = fit_quasi_poisson(n, np.column_stack([smooth, dummies]), days)
    flat = fit_quasi_poisson(n, smooth, days)
    return full, (flat.deviance - full.deviance) / 11 / full.dispersion
