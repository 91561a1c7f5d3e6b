"""What could the city look like some years from now, if two uncertain things turn out one way or the other?

Yearly figures of the city go in; for each, the pace of change with its interval and the range in which it may lie in a
later year. Two of them span four scenarios, for residents to talk about; their ballots come out as a tally by group.
A range says how uncertain the past makes the future, and nothing about what is desirable (draft:25(a), draft:25(o).3b).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.quasi_poisson import fit_quasi_poisson
from safelearn.language import t

NEEDS = frozenset({"time:month"})
#: Fewest years for a trend, and fewest events a year on average.
FEWEST_YEARS, FEWEST_EVENTS = 4, 10
RISING, FALLING, EITHER = "rising", "falling", "either way"
#: The ballots of a scenario workshop in the table `ballots`.
KIND = "scenarios"
#: What the four corners are called, by the ends of the first and the second driver.
CORNERS = {
    ("high", "high"): "A",
    ("high", "low"): "B",
    ("low", "high"): "C",
    ("low", "low"): "D",
}


@dataclass(frozen=True)
class Driver:
    """Something whose future is uncertain.

    Attributes
    ----------
    driver : str
        Its code.
    years : tuple of int
        First and last year that the figure is known for, and how many: 2021, 2025, 5.
    now : float
        The fitted figure of the last year, by 1 of exposure.
    pace, pace_lower, pace_upper : float
        By what the figure is multiplied each year, and its 95 % interval.
    horizon : int
        The year looked at.
    low, middle, high : float
        The 95 % prediction range of that year's figure, and its middle.
    direction : str
        "rising" if the whole interval of the pace lies above 1, "falling" if below, else "either way".
    dispersion : float
    exposure : float
        Of the last year.
    """

    driver: str
    years: tuple[int, int, int]
    now: float
    pace: float
    pace_lower: float
    pace_upper: float
    horizon: int
    low: float
    middle: float
    high: float
    direction: str
    dispersion: float
    exposure: float = 1.0

    @property
    def stake(self) -> float:
        """How many events a year lie between the two ends."""
        return (self.high - self.low) * self.exposure


def driver(
    code: str, series: pd.DataFrame, horizon: int, level: float = 0.95
) -> Driver:
    """The range in which a yearly figure may lie in a later year.

    Parameters
    ----------
    code : str
        What the figure is called.
    series : DataFrame
        A row a whole year: `year`, `n`, and `exposure` (population, for a rate; 1 if it is missing). A missing `n` is
        hidden or unknown, and the year is left out.
    horizon : int
        The year to look at: later than the last, and no further ahead than there are years of figures.
    level : float

    Returns
    -------
    Driver

    Raises
    ------
    Refused
        With fewer than four years, fewer than ten events a year, or a year too far ahead.

    Notes
    -----
    Log-linear in the year, quasi-Poisson (`estimates.quasi_poisson`). The range adds to the uncertainty of the line
    that of one year's count: on the logarithm the variance x'Vx + dispersion / expected count, with the t deviate of
    the years less two. It supposes that the pace of the past goes on: whatever would break the line is outside it.
    """
    from scipy.stats import t as student

    known = series.dropna(subset=["n"]).sort_values("year")
    years = known["year"].astype(int).to_numpy()
    count = known["n"].astype(float).to_numpy()
    if len(years) < FEWEST_YEARS:
        raise Refused(
            t("A range for a later year needs at least four years that are known.")
        )
    if count.mean() < FEWEST_EVENTS:
        raise Refused(t("Too few events a year to look ahead."))
    if not years[-1] < horizon <= years[-1] + len(years):
        raise Refused(
            t(
                "{year} is too far ahead for {n} years of figures.",
                year=str(horizon),
                n=str(len(years)),
            ),
            remedy=t("Look no further ahead than you can look back."),
        )
    exposure = np.ones(len(years))
    if "exposure" in known:
        exposure = known["exposure"].astype(float).to_numpy()
    time = years - years[-1]
    design = np.column_stack([np.ones(len(time)), time])
    fit = fit_quasi_poisson(count, design, exposure)
    deviate = float(student.ppf((1 + level) / 2, fit.df))
    slope, error = fit.coefficients[1], np.sqrt(fit.covariance[1, 1])
    pace = np.exp(slope + deviate * error * np.array([-1, 0, 1]))
    ahead = np.array([1.0, horizon - years[-1]])
    middle = float(ahead @ fit.coefficients)
    # A later year's exposure is not known: the last one stands for it.
    expected = np.exp(middle) * exposure[-1]
    spread = np.sqrt(ahead @ fit.covariance @ ahead + fit.dispersion / expected)
    low, high = np.exp(middle + deviate * spread * np.array([-1, 1]))
    direction = RISING if pace[0] > 1 else FALLING if pace[2] < 1 else EITHER
    return Driver(
        driver=code,
        years=(int(years[0]), int(years[-1]), len(years)),
        now=float(np.exp(fit.coefficients[0])),
        pace=float(pace[1]),
        pace_lower=float(pace[0]),
        pace_upper=float(pace[2]),
        horizon=int(horizon),
        low=float(low),
        middle=float(np.exp(middle)),
        high=float(high),
        direction=direction,
        dispersion=fit.dispersion,
        exposure=float(exposure[-1]),
    )


def two_drivers(drivers: dict[str, Driver], kinds: dict[str, str]) -> tuple[str, str]:
    """The two drivers with most events between their ends, of two kinds if there are two.

    Events at stake join how uncertain a driver is with how many it touches. A count is no measure of harm, so this is
    a proposal that people may overrule.

    Parameters
    ----------
    drivers : dict of str to Driver
    kinds : dict of str to str
        What kind each is, such as "property" or "services": two of one kind would tell one story twice.

    Raises
    ------
    Refused
        With fewer than two.
    """
    if len(drivers) < 2:
        raise Refused(
            t("Four scenarios need two drivers, and the data carry fewer."),
            remedy=t("Add earlier years, or name drivers that no table holds."),
        )
    order = sorted(drivers, key=lambda code: (-drivers[code].stake, code))
    first = order[0]
    other = [c for c in order[1:] if kinds.get(c, c) != kinds.get(first, first)]
    return first, (other or order[1:])[0]


def corners(first: Driver, second: Driver) -> pd.DataFrame:
    """Four scenarios from the ends of two ranges (draft:25(a)).

    Returns
    -------
    DataFrame
        `scenario` (A to D), `first_end`, `second_end` ("high" or "low"), `first_value`, `second_value`: the ends of the
        ranges of the later year. Both ends are about equally likely, and no corner is a forecast.

    Examples
    --------
    >>> list(CORNERS.values())
    ['A', 'B', 'C', 'D']
    """
    rows = [
        (code, one, two, getattr(first, one), getattr(second, two))
        for (one, two), code in CORNERS.items()
    ]
    columns = ["scenario", "first_end", "second_end", "first_value", "second_value"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class Tally:
    """What people voted for.

    Attributes
    ----------
    ballot_id, held_on : str
    by_group : DataFrame
        `group`, `option_id`, `option`, `n` (votes), `share` (of the group's votes), `first` (the group's choice).
    together : DataFrame
        `option_id`, `option`, `n`, `share` of all votes, and `even`, the mean of the groups' shares: each group counts
        once, however many came.
    turnout : DataFrame
        `group`, `n` (votes), `eligible`, `turnout`; missing where nobody wrote down who could have voted.
    agreed : bool
        Every group put one and the same option first.
    """

    ballot_id: str
    held_on: str
    by_group: pd.DataFrame
    together: pd.DataFrame
    turnout: pd.DataFrame
    agreed: bool


def tally(ballots: pd.DataFrame, ballot_id: str | None = None) -> Tally:
    """Count the ballots of a scenario workshop (draft:25(a)).

    Parameters
    ----------
    ballots : DataFrame
        The city's table; rows of the kind "scenarios". A paper that ranks gives one vote, to what it puts first; ties
        share it. Rows without a paper are totals, in `votes`.
    ballot_id : str, optional
        Which workshop; the latest, unless given.

    Returns
    -------
    Tally

    Raises
    ------
    Refused
        If no ballot on scenarios was held.

    Notes
    -----
    Shares have no interval: those who came are counted, not sampled. They do not speak for those who did not come,
    which is why turnout stands beside them.
    """
    rows = ballots[ballots["kind"].astype(str) == KIND]
    if rows.empty:
        raise Refused(
            t("No vote on scenarios is written down."),
            remedy=t(
                "Write the papers into the table of ballots, with the kind: scenarios."
            ),
        )
    if ballot_id is None:
        last = rows.sort_values(["held_on", "ballot_id"], kind="stable").iloc[-1]
        ballot_id = str(last["ballot_id"])
    rows = rows[rows["ballot_id"].astype(str) == ballot_id]
    rows = rows.assign(vote=_votes(rows), option=rows["option"].astype(str))
    names = rows.groupby("option_id")["option"].first()
    counts = rows.pivot_table(
        index="group", columns="option_id", values="vote", aggfunc="sum", fill_value=0.0
    )
    counts = counts.reindex(columns=sorted(names.index))
    counts.columns.name = "option_id"
    shares = counts.div(counts.sum(axis=1), axis=0)
    best = counts.eq(counts.max(axis=1), axis=0)
    by_group = pd.DataFrame(
        {"n": counts.stack(), "share": shares.stack(), "first": best.stack()}
    ).reset_index()
    by_group.insert(2, "option", by_group["option_id"].map(names))
    total = counts.sum()
    together = pd.DataFrame(
        {
            "option_id": counts.columns,
            "option": [names[c] for c in counts.columns],
            "n": total.to_numpy(),
            "share": (total / total.sum()).to_numpy(),
            "even": shares.mean().to_numpy(),
        }
    )
    return Tally(
        ballot_id,
        str(rows["held_on"].astype(str).max())[:10],
        by_group,
        together,
        _turnout(rows, counts.sum(axis=1)),
        agreed=bool((best.sum(axis=1) == 1).all() and best.any().sum() == 1),
    )


def _votes(rows: pd.DataFrame) -> pd.Series:
    """One vote a paper, to what it puts first; totals as they are."""
    votes = pd.to_numeric(rows["votes"], errors="coerce").fillna(0.0).astype(float)
    paper = rows["paper_id"].astype("str")
    ranked = rows["paper_id"].notna() & rows["rank"].notna()
    if not ranked.any():
        return votes
    rank = pd.to_numeric(rows["rank"], errors="coerce")
    first = ranked & (rank == rank.groupby(paper).transform("min"))
    same = first.groupby(paper).transform("sum").clip(lower=1)
    return votes.mask(ranked, first / same)


def _turnout(rows: pd.DataFrame, votes: pd.Series) -> pd.DataFrame:
    area = rows["area_id"].astype("str").fillna("")
    eligible = pd.to_numeric(rows["eligible"], errors="coerce")
    each = eligible.groupby([rows["group"], area]).max()
    people = each.groupby(level=0).sum(min_count=1).reindex(votes.index)
    return pd.DataFrame(
        {
            "group": votes.index,
            "n": votes.to_numpy(),
            "eligible": people.to_numpy(),
            "turnout": (votes / people).to_numpy(),
        }
    )
