"""What do residents ask for, who is answered, and who is hardly heard? (draft:25(d).3)

The register of demands goes in; counts by topic, area, channel, group or status come out, with the share that was
answered and the days that people wait. A register holds what reached the city: an app reaches those with a telephone
and time, so channels and settlements are compared before anybody reads the list as a list of needs. The words of a
demand are never needed here, and no result holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.estimates.intervals import byar_interval, wilson_interval

NEEDS = frozenset({"table:demands"})
#: Statuses that are an answer, a refusal too.
ANSWERED = ("accepted", "rejected", "done")
PER = 1000


def demands_by(demands: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Demands of each topic, area, channel, group or status, or of their combinations. Serves draft:25(d).3.

    Parameters
    ----------
    demands : DataFrame
        The city's table: received_on, area_id, channel, group, topic, factor, supporters, status, answered_on.
    by : sequence of str
        Columns of it; rows without a value in one of them stand under "".

    Returns
    -------
    DataFrame
        The columns `by`, then `n`, `supporters` (people who stand behind them; one each where nobody counted),
        `protective` (how many name something that protects), `answered`, `answered_share` with `lower` and `upper`
        (Wilson), `done`, and `median_days` until an answer (`median_wait`), missing where most still wait.
    """
    frame = demands.copy()
    keys = list(by)
    for key in keys:
        frame[key] = frame[key].astype("str").fillna("")
    status = frame["status"].astype("str")
    frame["supporters"] = frame["supporters"].astype("Float64").fillna(1).clip(lower=1)
    frame["protective"] = frame["factor"].astype("str") == "protective"
    frame["done"] = status == "done"
    frame["answered"] = status.isin(ANSWERED) | frame["answered_on"].notna()
    days, until = _waits(frame)
    frame["_days"], frame["_until"] = days, until
    parts = frame.groupby(keys, sort=True)
    out = parts.agg(
        n=("topic", "size"),
        supporters=("supporters", "sum"),
        protective=("protective", "sum"),
        answered=("answered", "sum"),
        done=("done", "sum"),
    )
    share = wilson_interval(out["answered"].to_numpy(), out["n"].to_numpy())
    out["answered_share"], out["lower"], out["upper"] = (
        share.share,
        share.lower,
        share.upper,
    )
    out["median_days"] = parts[["_days", "_until"]].apply(
        lambda part: median_wait(part["_days"], part["_until"])
    )
    out["supporters"] = out["supporters"].astype("Int64")
    return out.reset_index()


def median_wait(answered_after: ArrayLike, waiting_for: ArrayLike) -> float:
    """Days until half of the demands have an answer, those that still wait included.

    Parameters
    ----------
    answered_after : array_like
        Days from a demand to its answer; missing if there is none yet.
    waiting_for : array_like
        Days from a demand to the end of the register.

    Returns
    -------
    float
        Missing where half are not yet answered.

    Notes
    -----
    The median of the answered ones alone would be shortest where an office answers only what is easy. Those that wait
    are counted for as long as they do: Kaplan and Meier (1958), JASA 53:457.

    Examples
    --------
    >>> median_wait([10, 20, float("nan"), 40], [90, 90, 30, 90])
    20.0
    """
    event = np.asarray(answered_after, dtype=float)
    until = np.asarray(waiting_for, dtype=float)
    seen = ~np.isnan(event)
    time = np.where(seen, event, until)
    known = ~np.isnan(time)
    time, seen = time[known], seen[known]
    left = 1.0
    for day in np.unique(time[seen]):
        left *= 1 - (seen & (time == day)).sum() / (time >= day).sum()
        if left <= 0.5 + 1e-12:
            return float(day)
    return float("nan")


def reach(
    demands: pd.DataFrame,
    population: pd.DataFrame,
    kinds: Mapping[str, str],
    *,
    channel: str | None = None,
) -> pd.DataFrame:
    """How many demands come from the residents of each kind of area: who is heard, and through what.

    Parameters
    ----------
    demands : DataFrame
    population : DataFrame
        `area_id`, `population`.
    kinds : mapping of area_id to str
        Kinds to compare, such as settlement or need.
    channel : str, optional
        Only what came in this way.

    Returns
    -------
    DataFrame
        `kind`, `areas`, `silent` (areas from which nothing came), `n`, `population`, `per_1000` with `lower` and
        `upper` (Byar). In the order of the kinds' names.
    """
    people = population.set_index(population["area_id"].astype(str))["population"]
    frame = pd.DataFrame({"kind": pd.Series(dict(kinds), dtype="str")})
    frame["population"] = people.reindex(frame.index).astype(float)
    chosen = (
        demands
        if channel is None
        else demands[demands["channel"].astype("str") == channel]
    )
    frame["n"] = (
        chosen["area_id"].astype("str").value_counts().reindex(frame.index).fillna(0)
    )
    frame = frame[frame["population"] > 0]
    out = frame.groupby("kind", sort=True).agg(
        areas=("n", "size"),
        silent=("n", lambda n: int((n == 0).sum())),
        n=("n", "sum"),
        population=("population", "sum"),
    )
    rate = byar_interval(out["n"].to_numpy(), out["population"].to_numpy(), PER)
    out["per_1000"], out["lower"], out["upper"] = rate.rate, rate.lower, rate.upper
    return out.astype({"n": int}).reset_index()


def compare_reach(found: pd.DataFrame, first: str, second: str) -> str:
    """Whether residents of one kind of area send fewer or more demands a head than those of another.

    Parameters
    ----------
    found : DataFrame
        From `reach`.
    first, second : str
        Kinds.

    Returns
    -------
    {"less", "more", "no clear difference"}
        For `first`, by a 95 % interval.

    Notes
    -----
    Given their sum, one of two Poisson counts is binomial; Wilson's interval for its share is compared with its share
    of the residents (Przyborowski and Wilenski 1940, Biometrika 31:313).
    """
    rows = found.set_index("kind")
    n, people = rows.loc[[first, second], "n"], rows.loc[[first, second], "population"]
    share = wilson_interval(int(n[first]), int(n.sum()))
    expected = float(people[first] / people.sum())
    if share.upper < expected:
        return "less"
    return "more" if share.lower > expected else "no clear difference"


def _waits(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Days to the answer, and days to the last date of the register."""
    received = pd.to_datetime(frame["received_on"], errors="coerce")
    answered = pd.to_datetime(frame["answered_on"], errors="coerce")
    # An answer before the demand is a slip of the pen: the demand counts, its days do not.
    days = (answered - received).dt.days.astype(float)
    days = days.where(days >= 0)
    until = (pd.concat([received, answered]).max() - received).dt.days.astype(float)
    unknown = frame["answered"] & days.isna()
    return days, until.mask(unknown)
