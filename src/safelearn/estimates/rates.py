"""How often does it happen here, per head, and how far can that figure be trusted?

Counts and populations go in; rates with intervals come out, raw beside smoothed, each with a mark that says
when it rests on too few events, on no population, or on a count that is hidden to protect people. Nothing
here is ever computed from a hidden count, so that no published figure can give one away. Every area keeps its
row, with or without data: the smallest units, all of them (draft:25(d).2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import SafelearnError
from safelearn.estimates.empirical_bayes import (
    GammaPrior,
    empirical_bayes,
    empirical_bayes_interval,
    fit_prior,
)
from safelearn.estimates.inputs import amounts, plain
from safelearn.estimates.intervals import byar_interval
from safelearn.language import t

NEEDS = frozenset({"place:area", "population"})

#: A rate from fewer events has a relative standard error of 25 % or more, since 1/sqrt(16) = 0.25.
FEWEST_STABLE_EVENTS = 16
LARGEST_STABLE_ERROR = 0.25

__all__ = [
    "FEWEST_STABLE_EVENTS",
    "LARGEST_STABLE_ERROR",
    "NEEDS",
    "GammaPrior",
    "StandardisedRate",
    "direct_standardisation",
    "empirical_bayes",
    "empirical_bayes_interval",
    "fit_prior",
    "rates_by_area",
    "stability",
]


@dataclass(frozen=True)
class StandardisedRate:
    """Directly standardised rates: numbers, or arrays with one value a population compared."""

    rate: Any
    lower: Any
    upper: Any
    crude: Any
    events: Any
    mark: Any


def stability(events: ArrayLike, relative_error: ArrayLike | None = None) -> Any:
    """Whether a rate rests on enough events to be read on its own.

    Parameters
    ----------
    events : array_like
        Counts of events.
    relative_error : array_like, optional
        Standard error of the rate divided by the rate. For a plain rate it follows from `events`.

    Returns
    -------
    str or ndarray of str
        "unstable" for fewer than 16 events or a relative standard error over 25 %, "hidden" for a missing
        count, else "".

    Notes
    -----
    The rule of the State Cancer Profiles (US National Cancer Institute and CDC), which do not show such
    rates; here they are shown with the mark, and the smoothed rate stands beside them.

    Examples
    --------
    >>> stability([15, 16, 400]).tolist()
    ['unstable', '', '']
    """
    n = amounts(events, "events")
    few = n < FEWEST_STABLE_EVENTS
    if relative_error is not None:
        few = few | (np.asarray(relative_error, dtype=float) > LARGEST_STABLE_ERROR)
    return plain(np.where(np.isnan(n), "hidden", np.where(few, "unstable", "")))


def rates_by_area(
    counts: pd.DataFrame,
    population: pd.DataFrame,
    *,
    years: float = 1.0,
    per: float = 100_000,
    prior: GammaPrior | Mapping[str, GammaPrior] | None = None,
    total: Mapping[str, float] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Rates of every offence in every area, raw and smoothed.

    Parameters
    ----------
    counts : DataFrame
        `area_id`, `offence`, `n`. A missing `n` is a hidden count. Rows without an area (`area_id` "" or
        missing) have no denominator and are left out: count them in the totals.
    population : DataFrame
        `area_id`, `population`, one row an area. Areas that are not in `counts` are not used.
    years : float
        Length of the period of the counts, so that rates are per year.
    per : float
        Unit of all rates.
    prior : GammaPrior or mapping of offence to GammaPrior, optional
        Of rates per person and year. Fitted offence by offence from the areas with a published count unless
        given; one that is given must itself not come from hidden counts.
    total : mapping of offence to float, optional
        Published totals over the areas that have a population. They give the smoothing its mean where some
        areas are hidden.
    level : float
        Level of all intervals.

    Returns
    -------
    DataFrame
        A row for each row of `counts` with an area, in its order: `area_id`, `offence`, `n`, `population`,
        `rate`, `lower`, `upper` (Byar), `eb`, `eb_lower`, `eb_upper` (empirical Bayes), and `mark`: "",
        "unstable", "no population" or "hidden". What cannot or may not be computed is missing.

    Raises
    ------
    SafelearnError
        If an area has two populations, or a column is missing.

    Examples
    --------
    >>> counts = pd.DataFrame({"area_id": ["a", "b"], "offence": "0401", "n": [40, 4]})
    >>> people = pd.DataFrame({"area_id": ["a", "b"], "population": [10_000, 2_000]})
    >>> rates_by_area(counts, people)[["area_id", "rate", "mark"]].values.tolist()
    [['a', 400.0, ''], ['b', 200.0, 'unstable']]
    """
    _has(counts, "counts", ["area_id", "offence", "n"])
    _has(population, "population", ["area_id", "population"])
    if population["area_id"].duplicated().any():
        raise SafelearnError(
            t("The population table has several rows for one area."),
            remedy=t("Add them up first: one row an area, for one year."),
        )
    located = counts["area_id"].notna() & (counts["area_id"].astype("str") != "")
    found = counts.loc[located, ["area_id", "offence", "n"]].reset_index(drop=True)
    people = population.set_index(population["area_id"].astype("str"))["population"]
    found["population"] = found["area_id"].astype("str").map(people)

    n = amounts(found["n"], "n")
    persons = amounts(found["population"], "population")
    exposure = np.where(persons > 0, persons, np.nan) * years
    raw = byar_interval(n, exposure, per, level)
    found["rate"], found["lower"], found["upper"] = raw.rate, raw.lower, raw.upper
    for column in ("eb", "eb_lower", "eb_upper"):
        found[column] = np.nan
    for offence, rows in found.groupby("offence", observed=True).indices.items():
        own = _prior(offence, n[rows], exposure[rows], prior, total)
        if own is None:
            continue
        eb = empirical_bayes_interval(n[rows], exposure[rows], own, level)
        found.loc[rows, "eb"] = eb.rate * per
        found.loc[rows, "eb_lower"] = eb.lower * per
        found.loc[rows, "eb_upper"] = eb.upper * per
    mark = np.where(np.isnan(exposure), "no population", stability(n))
    found["mark"] = pd.array(np.where(np.isnan(n), "hidden", mark), dtype="str")
    return found


def direct_standardisation(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    per: float = 1.0,
    level: float = 0.95,
) -> StandardisedRate:
    """Rates as they would be if every population had the standard's ages (or other strata).

    Parameters
    ----------
    events, population : array_like
        Shape (strata,) for one population, or (populations, strata).
    standard : array_like
        The standard population by stratum, shape (strata,).
    per : float
        Unit of the rates.
    level : float
        Confidence level.

    Returns
    -------
    StandardisedRate
        `rate` with `lower` and `upper`, the `crude` rate, all `events`, and the mark of `stability`. A
        population that has nobody in a stratum of the standard, or a hidden count, gets NaN.

    Raises
    ------
    SafelearnError
        If the strata do not match, or the standard is empty.

    Notes
    -----
    sum(w e) with w = standard / (sum(standard) population). Gamma interval of Fay, M. P. and Feuer, E. J.
    (1997), Statistics in Medicine 16:791, which is conservative.

    Examples
    --------
    >>> found = direct_standardisation([4, 60], [1000, 3000], [500, 500], per=1000)
    >>> found.rate, found.crude
    (12.0, 16.0)
    """
    from scipy.special import gammaincinv

    e, b = amounts(events, "events"), amounts(population, "population")
    s = amounts(standard, "standard")
    if e.shape != b.shape or s.ndim != 1 or e.shape[-1:] != s.shape or s.sum() == 0:
        raise SafelearnError(
            t("Events, population and standard do not have the same strata."),
            remedy=t("Give one value a stratum in each, in the same order."),
        )
    used = s > 0
    empty = used & (b == 0)
    w = np.where(used, s / s.sum() / np.where(b > 0, b, np.nan), 0.0)
    # Events in a stratum that the standard lacks count in the crude rate only.
    rate = np.sum(w * e, axis=-1)
    variance = np.sum(w**2 * e, axis=-1)
    largest = np.max(np.where(empty, np.nan, w), axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = gammaincinv(rate**2 / variance, 0.5 - level / 2) * variance / rate
        wider, centre = variance + largest**2, rate + largest
        upper = gammaincinv(centre**2 / wider, 0.5 + level / 2) * wider / centre
        relative = np.sqrt(variance) / rate
    lower = np.where(rate == 0, 0.0, lower)
    total = e.sum(axis=-1)
    crude = total / np.where(b.sum(axis=-1) > 0, b.sum(axis=-1), np.nan)
    return StandardisedRate(
        plain(rate * per),
        plain(lower * per),
        plain(upper * per),
        plain(crude * per),
        plain(total),
        stability(total, relative),
    )


def _prior(
    offence: str,
    n: np.ndarray,
    exposure: np.ndarray,
    prior: GammaPrior | Mapping[str, GammaPrior] | None,
    total: Mapping[str, float] | None,
) -> GammaPrior | None:
    if isinstance(prior, GammaPrior):
        return prior
    if prior is not None and offence in prior:
        return prior[offence]
    if not np.any(~np.isnan(n) & (exposure > 0)):
        return None
    mean = None
    if total is not None and offence in total:
        mean = float(total[offence]) / float(np.nansum(exposure))
    return fit_prior(n, exposure, mean)


def _has(frame: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [column for column in columns if column not in frame]
    if missing:
        raise SafelearnError(
            t(
                "The table `{name}` lacks the column {column}.",
                name=name,
                column=missing[0],
            ),
            remedy=t("It needs: {columns}.", columns=", ".join(columns)),
        )
