"""Is it getting better or worse, or is it the usual up and down?

Monthly counts go in; a series with its gaps closed, a moving mean with its band, or a change between two
periods with its interval and a verdict comes out. Counts vary more than chance alone: by how much is
estimated from the series itself, and every interval here is wide enough for it (draft:25(d).2).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from safelearn.diagnosis.seasons import (
    Dispersion,
    SeasonalIndex,
    calendar_month,
    complete_months,
    monthly_dispersion,
    seasonal_index,
    seasonally_adjusted,
)
from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.estimates.intervals import byar_limits, wilson_limits
from safelearn.language import mark, t

NEEDS = frozenset({"time:month"})

UP = mark("up")
DOWN = mark("down")
NO_CLEAR_CHANGE = mark("no clear change")

__all__ = [
    "DOWN",
    "NEEDS",
    "NO_CLEAR_CHANGE",
    "UP",
    "Change",
    "Dispersion",
    "SeasonalIndex",
    "change",
    "change_between",
    "monthly_dispersion",
    "monthly_series",
    "moving_mean",
    "seasonal_index",
    "seasonally_adjusted",
]


@dataclass(frozen=True)
class Change:
    """A change between two periods.

    Attributes
    ----------
    ratio, lower, upper : float
        The later rate by the earlier one, and its interval: 0.8 is a fall by a fifth.
    verdict : str
        "up" if the whole interval lies above 1, "down" if below, else "no clear change".
    before, after : float
        Events in each period.
    dispersion : float
        Variance of a count by its mean that the interval allows for.
    """

    ratio: float
    lower: float
    upper: float
    verdict: str
    before: float
    after: float
    dispersion: float


def monthly_series(
    counts: pd.DataFrame, period: tuple[date | str, date | str] | None = None
) -> pd.DataFrame:
    """Make a monthly series without gaps, as long as the data cover and no longer.

    Parameters
    ----------
    counts : DataFrame
        `month` ("2024-01") and `n`, in any order; several rows of one month are added. Rows without a month
        ("2024", "" or missing) and rows outside `period` are left out: the difference of the sums is theirs.
    period : (date or str, date or str), optional
        First and last day that the data cover, such as ("2021-01-01", "2025-12-31"). Unless given, from the
        first to the last month in `counts`, as if all of them were complete.

    Returns
    -------
    DataFrame
        A row a month, in order: `month`, `n`, `days` that the data cover, and `partial`, true for a first or
        last month that they do not cover whole.

    Raises
    ------
    SafelearnError
        If the period ends before it begins.
    Refused
        If no event has a month.

    Examples
    --------
    >>> counts = pd.DataFrame({"month": ["2024-01", "2024-03"], "n": [5, 2]})
    >>> monthly_series(counts, ("2024-01-15", "2024-03-31")).values.tolist()
    [['2024-01', 5, 17, True], ['2024-02', 0, 29, False], ['2024-03', 2, 31, False]]
    """
    label = counts["month"].astype("str").fillna("")
    dated = counts.loc[label.str.len() == 7]
    if period is None:
        if dated.empty:
            raise Refused(
                t("No event has a month, so there is no series to show."),
                remedy=t("Import a file with dates."),
            )
        first, last = _first_day(min(dated["month"])), _last_day(max(dated["month"]))
    else:
        first, last = (date.fromisoformat(str(day)[:10]) for day in period)
    if last < first:
        raise SafelearnError(
            t("The period ends before it begins."),
            remedy=t("Give its first day, then its last day."),
        )
    span = pd.period_range(first, last, freq="M")
    months = span.astype("str")
    # One hidden count makes its month unknown, so a plain sum that skips it would be wrong.
    n = dated.groupby(dated["month"].astype("str"))["n"].sum(skipna=False)
    begin = [max(first, p.start_time.date()) for p in span]
    end = [min(last, p.end_time.date()) for p in span]
    days = np.array([(b - a).days + 1 for a, b in zip(begin, end, strict=True)])
    return pd.DataFrame(
        {
            "month": pd.array(months, dtype="str"),
            "n": n.reindex(months, fill_value=0).to_numpy(),
            "days": days,
            "partial": days < span.days_in_month.to_numpy(),
        }
    )


def moving_mean(
    series: pd.DataFrame, months: int = 12, level: float = 0.95
) -> pd.DataFrame:
    """The mean of the last `months` complete months, with its band.

    Parameters
    ----------
    series : DataFrame
        From `monthly_series`.
    months : int
        Length of the window; 12 takes the season out.
    level : float
        Level of the band, at each month.

    Returns
    -------
    DataFrame
        `month` (the last of each window), `mean`, `lower`, `upper` in events a month. Windows that hold a
        partial month are left out.

    Raises
    ------
    Refused
        If there are not that many complete months, or as `monthly_dispersion`.

    Notes
    -----
    Byar's limits of the window's total divided by the dispersion, with the t deviate of its degrees of
    freedom in place of the normal one. Neighbouring windows share most of their months: read the band at one
    month, and compare windows that do not overlap, with `change_between`.
    """
    kept = complete_months(series)
    if len(kept) < months:
        raise Refused(
            t("A moving mean needs as many complete months as it averages."),
            remedy=t("Add earlier files, or average fewer months."),
        )
    dispersion = monthly_dispersion(series)
    phi = dispersion.of_sums
    total = np.convolve(kept["n"].to_numpy(dtype=float), np.ones(months), "valid")
    lower, upper = byar_limits(total / phi, _deviate(dispersion, level))
    return pd.DataFrame(
        {
            "month": kept["month"].to_numpy()[months - 1 :],
            "mean": total / months,
            "lower": lower * phi / months,
            "upper": upper * phi / months,
        }
    )


def change(
    before: float,
    after: float,
    *,
    dispersion: Dispersion | float,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    level: float = 0.95,
) -> Change:
    """Compare the events of two periods.

    Parameters
    ----------
    before, after : float
        Events in the earlier and the later period.
    dispersion : Dispersion or float
        From `monthly_dispersion`, or a variance by mean that is known; 1 claims pure chance.
    exposure_before, exposure_after : float
        Length of each period, times the population where it changed.
    level : float
        Level of the interval.

    Returns
    -------
    Change
        With no events in either period there is no ratio, and no clear change.

    Notes
    -----
    Given their sum, the later count of two Poisson counts is binomial; Wilson's limits of its share, with
    both counts divided by the dispersion, give those of the ratio. Przyborowski, J. and Wilenski, H. (1940),
    Biometrika 31:313, with an interval that also holds where one count is 0.

    Examples
    --------
    >>> found = change(400, 300, dispersion=2.0)
    >>> round(found.ratio, 2), round(found.lower, 2), round(found.upper, 2), found.verdict
    (0.75, 0.61, 0.93, 'down')
    """
    x = amounts([before, after], "events")
    exposures = amounts([exposure_before, exposure_after], "exposure")
    if np.isnan(x).any() or not (exposures > 0).all():
        raise Refused(
            t("A change needs two known counts, and periods of some length."),
            remedy=t("Compare periods whose counts are not hidden."),
        )
    if not isinstance(dispersion, Dispersion):
        dispersion = Dispersion(float(dispersion), np.inf)
    phi = dispersion.of_sums
    share = wilson_limits(x[1] / phi, x.sum() / phi, _deviate(dispersion, level))
    scale = exposures[0] / exposures[1]
    with np.errstate(divide="ignore"):
        ratio, lower, upper = (
            float(np.float64(p) / np.float64(1 - p) * scale)
            for p in (share.share, share.lower, share.upper)
        )
    verdict = UP if lower > 1 else DOWN if upper < 1 else NO_CLEAR_CHANGE
    return Change(ratio, lower, upper, verdict, float(x[0]), float(x[1]), phi)


def change_between(
    series: pd.DataFrame,
    before: tuple[str, str],
    after: tuple[str, str],
    *,
    population: tuple[float, float] = (1.0, 1.0),
    level: float = 0.95,
) -> Change:
    """Compare two periods of a monthly series, of equal or different length.

    Parameters
    ----------
    series : DataFrame
        From `monthly_series`.
    before, after : (str, str)
        First and last month of each period, such as ("2023-01", "2023-12"), in that order of time.
    population : (float, float)
        Population in each, to compare rates where it changed.
    level : float
        Level of the interval.

    Returns
    -------
    Change
        Of events per day. Where the periods hold different months of the year, the season is taken out, and
        its own uncertainty widens the interval.

    Raises
    ------
    SafelearnError
        If the periods overlap, or the later one comes first.
    Refused
        If a month of either is missing or partial; if the season is needed and cannot be estimated; or as
        `monthly_dispersion`.
    """
    if not before[0] <= before[1] < after[0] <= after[1]:
        raise SafelearnError(
            t("The two periods overlap, or are not in order of time."),
            remedy=t(
                "Give the earlier period first, each by its first and last month."
            ),
        )
    kept = complete_months(series)
    first, second = (_period(kept, *ends) for ends in (before, after))
    dispersion = monthly_dispersion(series)
    days = [np.zeros(12), np.zeros(12)]
    for i, part in enumerate((first, second)):
        np.add.at(days[i], calendar_month(part["month"]), part["days"].to_numpy(float))
    exposure = [d.sum() for d in days]
    months = [
        np.bincount(calendar_month(p["month"]), minlength=12) for p in (first, second)
    ]
    totals = [float(p["n"].sum()) for p in (first, second)]
    if not np.array_equal(months[0] * len(second), months[1] * len(first)):
        season = seasonal_index(series)
        weighted = [d * season.index for d in days]
        exposure = [w.sum() for w in weighted]
        tilt = weighted[1] / exposure[1] - weighted[0] / exposure[0]
        # Variance of the logarithm of the ratio: the season's share of it, as more dispersion.
        chance = sum(1 / max(total, 0.5) for total in totals)
        extra = float(tilt @ season.covariance @ tilt) / chance
        dispersion = Dispersion(dispersion.of_sums + extra, dispersion.df)
    return change(
        *totals,
        dispersion=dispersion,
        exposure_before=exposure[0] * population[0],
        exposure_after=exposure[1] * population[1],
        level=level,
    )


def _period(kept: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    part = kept.loc[(kept["month"] >= first) & (kept["month"] <= last)]
    if len(part) != len(pd.period_range(first, last, freq="M")):
        raise Refused(
            t(
                "The data do not cover all of {first} to {last}.",
                first=first,
                last=last,
            ),
            remedy=t("Compare periods of complete months."),
        )
    return part


def _deviate(dispersion: Dispersion, level: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(min(dispersion.df, 1e9), 0.5 + level / 2))


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last_day(month: str) -> date:
    first = _first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
