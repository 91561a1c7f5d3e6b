"""Is there enough public space, is it well kept, and is it shared out evenly?

The list of public spaces and the residents of each area go in; out come square metres a head by area, how unevenly
they are shared among residents, the open share of the ground as far as the data allow (SDG 11.7.1), the state of
upkeep, and who is seen there (draft:26(f)(i).3, draft:26(f)(i).5). Only spaces that everybody may enter count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.estimates.survey import SurveyEstimate, survey_design, survey_ratio
from safelearn.language import t

NEEDS = frozenset({"table:spaces", "population"})

#: Kinds of space that are no open space of their own: markets under a roof, burial grounds.
NOT_OPEN = frozenset({"market", "cemetery"})
#: From this condition on (0 ruined, 3 good) a space is called well kept.
WELL_KEPT = 2


def open_spaces(spaces: pd.DataFrame) -> pd.DataFrame:
    """The spaces that are open to everybody, without paying and at all hours."""
    kept = ~spaces["type"].isin(NOT_OPEN)
    if "open_to_all" in spaces:
        kept &= (spaces["open_to_all"] == "yes").fillna(False)
    return spaces[kept]


def space_per_head(spaces: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Open public space by area and head.

    Parameters
    ----------
    spaces : DataFrame
        The table ``spaces``.
    population : DataFrame
        ``area_id, population``: every area, those without any space too.

    Returns
    -------
    DataFrame
        ``area_id, spaces, area_m2, population, per_head`` (square metres; missing where nobody lives).

    Raises
    ------
    Refused
        If no open space has a size.

    Notes
    -----
    A space counts for the area that it lies in, also where it serves the next one: `diagnosis.access` says who has
    one within a walk.
    """
    kept = open_spaces(spaces).dropna(subset=["area_m2"])
    if kept.empty:
        raise Refused(
            t("No public space that is open to all has a size."),
            remedy=t("Measure the spaces on a map and fill in area_m2."),
        )
    found = kept.groupby("area_id", observed=True)["area_m2"].agg(["size", "sum"])
    out = population[["area_id", "population"]].merge(
        found, left_on="area_id", right_index=True, how="left"
    )
    out = out.rename(columns={"size": "spaces", "sum": "area_m2"})
    out["spaces"] = out["spaces"].fillna(0).astype(int)
    out["area_m2"] = out["area_m2"].fillna(0.0)
    people = out["population"].where(out["population"] > 0)
    return out.assign(per_head=out["area_m2"] / people)[
        ["area_id", "spaces", "area_m2", "population", "per_head"]
    ].reset_index(drop=True)


def gini_among_residents(amount: ArrayLike, residents: ArrayLike) -> float:
    """Gini's coefficient of something shared out by area, every resident counting once.

    Parameters
    ----------
    amount : array_like
        What each area has (square metres of open space).
    residents : array_like
        Who shares it.

    Returns
    -------
    float
        0 if everybody has as much; near 1 if one small area has all. Differences inside areas are not seen, so it
        is a lower limit.

    Raises
    ------
    Refused
        If there is nothing to share, or nobody to share it.

    Notes
    -----
    One less twice the area under the Lorenz curve whose steps are areas by amount a head: Gini, C. (1914);
    Lerman, R. I. and Yitzhaki, S. (1989), Journal of Econometrics 42:43.

    Examples
    --------
    >>> gini_among_residents([10, 30], [100, 100])
    0.25
    """
    have, people = amounts(amount, "amount"), amounts(residents, "residents")
    kept = (people > 0) & ~np.isnan(have)
    have, people = have[kept], people[kept]
    if have.sum() == 0:
        raise Refused(
            t("There is nothing that could be shared out."),
            remedy=t("Complete the list, or leave the coefficient out."),
        )
    order = np.argsort(have / people, kind="stable")
    x = np.concatenate([[0.0], np.cumsum(people[order]) / people.sum()])
    y = np.concatenate([[0.0], np.cumsum(have[order]) / have.sum()])
    return float(1 - np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1])))


def open_share(spaces: pd.DataFrame, ground_m2: float) -> float:
    """Open public space as a share of the ground: the part of SDG 11.7.1 that a list of spaces can give.

    Parameters
    ----------
    spaces : DataFrame
        The table ``spaces``.
    ground_m2 : float
        Built-up ground. Where only the areas' outlines are known, their whole ground: then the share is too low.

    Notes
    -----
    11.7.1 also counts the ground of streets, which needs the whole network and its widths (SDG metadata 11.7.1,
    2021-03-01). So this is a lower limit, and is to be said as one.
    """
    if not ground_m2 > 0:
        raise SafelearnError(t("The ground of a city is larger than nothing."))
    return float(open_spaces(spaces)["area_m2"].sum() / ground_m2)


@dataclass(frozen=True)
class Upkeep:
    """The state of the listed spaces.

    Attributes
    ----------
    spaces : int
        Spaces whose condition is known.
    well_kept : int
        Of those, in condition 2 or 3.
    with_repairs : int
        Spaces that wait for a repair.
    repairs : int
        Repairs reported and not done.
    listed : int
        Spaces for which repairs are known.
    """

    spaces: int
    well_kept: int
    with_repairs: int
    repairs: int
    listed: int


def upkeep(spaces: pd.DataFrame) -> Upkeep:
    """How well the listed spaces are kept, and what waits to be repaired. A whole list has no sampling error.

    Raises
    ------
    Refused
        If no space has a condition.

    Examples
    --------
    >>> found = upkeep(pd.DataFrame({"condition": [3, 1, 2], "repairs_open": [0, 4, 1]}))
    >>> found.well_kept, found.repairs
    (2, 5)
    """
    state = spaces["condition"].dropna() if "condition" in spaces else pd.Series()
    if state.empty:
        raise Refused(
            t("The condition of no public space is known."),
            remedy=t("Rate each space from 0 to 3 with the people who use it."),
        )
    open_repairs = (
        spaces["repairs_open"].dropna() if "repairs_open" in spaces else pd.Series()
    )
    return Upkeep(
        spaces=len(state),
        well_kept=int((state >= WELL_KEPT).sum()),
        with_repairs=int((open_repairs > 0).sum()),
        repairs=int(open_repairs.sum()),
        listed=len(open_repairs),
    )


def women_seen(spaces: pd.DataFrame) -> SurveyEstimate:
    """The share of women among the adults seen in public spaces, one count a space.

    Raises
    ------
    Refused
        If fewer than ten spaces were counted.

    Notes
    -----
    A ratio over spaces, each space a cluster, with Student's interval. One count is one moment: it says who was
    there then, and nothing on who stays away or why.
    """
    if not {"women_seen", "men_seen"} <= set(spaces):
        rows = spaces.iloc[:0]
    else:
        rows = spaces.dropna(subset=["women_seen", "men_seen"]).reset_index(drop=True)
    if len(rows) < 10:
        raise Refused(
            t("People were counted in fewer than ten public spaces."),
            remedy=t(
                "Count women, men and children once in each space, at like hours."
            ),
        )
    women = rows["women_seen"].to_numpy(dtype=float)
    adults = women + rows["men_seen"].to_numpy(dtype=float)
    design = survey_design(rows, stratum=None, psu=None, weight=None, stratum_psus=None)
    return survey_ratio(design, women, adults)
