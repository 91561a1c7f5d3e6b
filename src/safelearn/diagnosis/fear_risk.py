"""Where are people afraid, where are they harmed, and where do the two part?

Two figures an area go in, each with its interval: the share of residents who do not feel safe walking alone after dark,
and the rate of violence and robbery. Out comes the quadrant that the area can be placed in. An area is placed only when
both intervals lie on one side of the city's own value; otherwise it cannot be told apart, which is most of the truth in
most surveys. Serves draft:5.1: safety is both the risk of harm and the feeling of insecurity.

So few residents of one area are harmed in a year that a survey cannot tell areas apart by it. Records of violence and
robbery can, once they are put right for how much of it people tell the police; and they count what happens in the area,
which is what its residents walk through after dark.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import Refused
from safelearn.estimates.inputs import amounts
from safelearn.estimates.intervals import byar_interval
from safelearn.language import t

NEEDS = frozenset({"survey", "place:area", "population"})
#: The quadrants; the first word is on fear, the second on harm, both against the city.
FEARED_HARMED, FEARED_ONLY = "feared and harmed", "feared more than harmed"
HARMED_ONLY, NEITHER = "harmed more than feared", "neither feared nor harmed"
UNCLEAR, UNKNOWN = "cannot be told apart", "not known"
QUADRANTS = (FEARED_HARMED, FEARED_ONLY, HARMED_ONLY, NEITHER)
#: Fewest areas between which a gap is measured in standard deviations.
FEWEST = 4


def steadied(shares: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Shares of many areas with intervals from one design effect for all of them.

    Parameters
    ----------
    shares : DataFrame
        One row an area, as `proportions_by` gives them.
    level : float

    Returns
    -------
    DataFrame
        The same with other ``standard_error, lower, upper, degrees_of_freedom``.

    Notes
    -----
    An area holds a handful of blocks, from which its own variance is hardly known: by chance they agree, and the
    interval is far too short. How alike neighbours answer is much the same everywhere, so each area's variance is that
    of a simple random sample times the mean design effect of all areas, weighted by degrees of freedom (a generalised
    variance function: Wolter, K. M. (2007), Introduction to Variance Estimation, chapter 7), and not less than that of
    a simple random sample. Logit intervals.
    """
    from safelearn.estimates.survey_intervals import share_limits

    value, n = shares["value"].to_numpy(), shares["n"].to_numpy(dtype=float)
    free = shares["degrees_of_freedom"].to_numpy(dtype=float)
    known = (free > 0) & shares["design_effect"].notna().to_numpy()
    # Deviations from the area's own share are too small by one block in all its blocks.
    sums = shares["design_effect"].to_numpy()[known] * (free[known] + 1)
    effect = max(float(sums.sum() / free[known].sum()), 1.0) if known.any() else 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(effect * value * (1 - value) / (n - 1))
    error = np.where(n > 1, error, np.nan)
    together = np.full(len(shares), free[known].sum())
    lower, upper = share_limits(value, error, n / effect, together, level)
    return shares.assign(
        standard_error=error,
        lower=lower,
        upper=upper,
        degrees_of_freedom=together.astype(int),
    )


def recorded_risk(
    events: ArrayLike,
    exposure: ArrayLike,
    *,
    reporting: pd.DataFrame | None = None,
    dispersion: float = 1.0,
    per: float = 1_000.0,
) -> pd.DataFrame:
    """Rates of recorded events, put right for how much of what happens is told to the police.

    Parameters
    ----------
    events, exposure : array_like, shape (areas,)
        Recorded events, and residents x years; a missing count gives a missing rate.
    reporting : DataFrame, optional
        ``value, lower, upper`` an area: the share told to the police there as a multiple of the city's. Missing
        where it is not known: then there is no interval. By default 1 everywhere, without doubt.
    dispersion : float
        How many times more than chance the counts vary (`area_dispersion`).
    per : float
        Unit of the rate.

    Returns
    -------
    DataFrame
        ``value, lower, upper``: what the records would be if people everywhere told as much as the city's average.

    Notes
    -----
    Byar's limits of the count divided by the dispersion, so that variance is `dispersion` times the mean; the two
    sources of doubt are added on the logarithm as if they were normal and independent.

    Examples
    --------
    >>> recorded_risk([30], [10_000]).round(2).values.tolist()
    [[3.0, 2.02, 4.28]]
    """
    k, base = amounts(events, "events"), amounts(exposure, "exposure")
    found = byar_interval(k / dispersion, base / dispersion, per)
    rate, low, high = (
        np.asarray(v, float) for v in (found.rate, found.lower, found.upper)
    )
    if reporting is None:
        return pd.DataFrame({"value": rate, "lower": low, "upper": high})
    told = {c: reporting[c].to_numpy(dtype=float) for c in ("value", "lower", "upper")}
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.hypot(np.log(rate / low), np.log(told["upper"] / told["value"]))
        up = np.hypot(np.log(high / rate), np.log(told["value"] / told["lower"]))
        value = rate / told["value"]
        lower = np.where(k == 0, 0 * value, value * np.exp(-down))
        upper = np.where(k == 0, high / told["lower"], value * np.exp(up))
    return pd.DataFrame({"value": value, "lower": lower, "upper": upper})


def area_dispersion(counts: pd.DataFrame) -> float:
    """How many times more than chance the counts of areas vary from month to month; at least 1.

    Parameters
    ----------
    counts : DataFrame
        One row an area, one column a month, counts.

    Notes
    -----
    Pearson's statistic of the table against the product of its margins, over its degrees of freedom. It sees what
    varies within a year (repeats, a bad month), which is what moves a year's count by chance.
    """
    table = counts.to_numpy(dtype=float)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    free = (table.shape[0] - 1) * (table.shape[1] - 1)
    if free < 1:
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(max(np.sum((table - expected) ** 2 / expected) / free, 1.0))


def fear_and_risk(
    fear: pd.DataFrame, risk: pd.DataFrame, *, city_fear: float, city_risk: float
) -> pd.DataFrame:
    """Place each area in a quadrant, where both intervals allow it.

    Parameters
    ----------
    fear, risk : DataFrame, same index of areas
        ``value, lower, upper``; missing where not measured.
    city_fear, city_risk : float
        The city's own values, which divide the quadrants.

    Returns
    -------
    DataFrame
        On the index of `fear`: ``fear, fear_lower, fear_upper, risk, risk_lower, risk_upper, quadrant, gap, gap_lower,
        gap_upper``. The gap is the fear-risk gap of the indicator catalogue: fear less risk, each in standard
        deviations between areas; above zero, fear is greater than harm would lead one to think.

    Notes
    -----
    Intervals of the gap take the two figures as independent: one is asked of residents, the other recorded. With 95 %
    intervals on both axes an area whose truth lies on the city's value is misplaced on one axis at most 1 in 20 times.
    """
    table = pd.DataFrame(index=fear.index)
    for name, frame in (("fear", fear), ("risk", risk.reindex(fear.index))):
        table[[name, f"{name}_lower", f"{name}_upper"]] = frame[
            ["value", "lower", "upper"]
        ]
    known = (
        table[["fear_lower", "fear_upper", "risk_lower", "risk_upper"]]
        .notna()
        .all(axis=1)
    )
    more = {
        "fear": table["fear_lower"] > city_fear,
        "risk": table["risk_lower"] > city_risk,
    }
    less = {
        "fear": table["fear_upper"] < city_fear,
        "risk": table["risk_upper"] < city_risk,
    }
    table["quadrant"] = np.select(
        [
            ~known,
            more["fear"] & more["risk"],
            more["fear"] & less["risk"],
            less["fear"] & more["risk"],
            less["fear"] & less["risk"],
        ],
        [UNKNOWN, *QUADRANTS],
        UNCLEAR,
    )
    return table.join(_gap(table))


def _gap(table: pd.DataFrame) -> pd.DataFrame:
    missing = pd.DataFrame(np.nan, table.index, ["gap", "gap_lower", "gap_upper"])
    both = table[["fear", "risk"]].dropna()
    spread = both.std(ddof=0)
    if len(both) < FEWEST or not (spread > 0).all():
        return missing
    scaled = (table[["fear", "risk"]] - both.mean()) / spread
    gap = scaled["fear"] - scaled["risk"]
    down = np.hypot(
        (table["fear"] - table["fear_lower"]) / spread["fear"],
        (table["risk_upper"] - table["risk"]) / spread["risk"],
    )
    up = np.hypot(
        (table["fear_upper"] - table["fear"]) / spread["fear"],
        (table["risk"] - table["risk_lower"]) / spread["risk"],
    )
    return missing.assign(gap=gap, gap_lower=gap - down, gap_upper=gap + up)


def refused() -> Refused:
    """What is said where a survey is too small to look at parts of the city."""
    return Refused(
        t("Too few people were asked in each area to set fear beside harm there."),
        remedy=t(
            "Ask at least thirty adults, in several blocks, in each area or district."
        ),
    )
