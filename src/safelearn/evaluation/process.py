"""Was it done as planned, and for whom? The register of interventions and programmes goes in, delivery comes out.

A measure that was not delivered cannot have failed, and one that was delivered has not yet worked: this module counts
what was done, `displacement`, `comparison` and `time_series` ask what it changed. Serves draft:21 and draft:25(o).2.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t

NEEDS = frozenset({"table:interventions"})
#: From this share of the planned units on, an area counts as served as planned.
AS_PLANNED = 0.9
TREATED = "treated"


def delivery(interventions: pd.DataFrame) -> pd.DataFrame:
    """What was planned and what was delivered, by intervention. Serves draft:25(o).2.

    Parameters
    ----------
    interventions : DataFrame
        The table ``interventions``; treated areas with ``planned_units``, ``delivered_units`` and ``unit``.

    Returns
    -------
    DataFrame
        ``intervention_id``, ``name``, ``unit``, ``areas`` (treated), ``planned``, ``delivered``, ``share``, ``lowest``
        (the share of the area that got least), ``short`` (areas below nine tenths of the plan) and ``unknown`` (areas
        without both numbers, which are in no sum).

    Raises
    ------
    Refused
        If no treated area says what was planned.

    Notes
    -----
    Everything there is was counted, so there is no interval. An effect estimated over areas of which some got little is
    the effect of the offer, not of what was offered (intention to treat): say the share beside it.
    """
    rows = interventions[interventions["role"].astype(str) == TREATED]
    planned, done = (
        pd.to_numeric(rows.get(c, pd.Series(np.nan, index=rows.index)), errors="coerce")
        for c in ("planned_units", "delivered_units")
    )
    known = planned.gt(0) & done.notna()
    if not known.any():
        raise Refused(
            t("Nobody has written down what was planned and what was delivered."),
            remedy=t(
                "Fill in planned_units and delivered_units for each treated area."
            ),
        )
    share = done / planned
    frame = pd.DataFrame(
        {
            "intervention_id": rows["intervention_id"].astype(str),
            "name": rows["name"].astype(str),
            "unit": rows["unit"].astype("object").fillna("").astype(str),
            "planned": planned.where(known, 0).astype(float),
            "delivered": done.where(known, 0).astype(float),
            "lowest": share.where(known).astype(float),
            "short": (known & (share < AS_PLANNED)).astype(int),
            "unknown": (~known).astype(int),
            "areas": 1,
        }
    )
    out = frame.groupby("intervention_id", as_index=False).agg(
        name=("name", "first"),
        unit=("unit", "max"),
        areas=("areas", "sum"),
        planned=("planned", "sum"),
        delivered=("delivered", "sum"),
        lowest=("lowest", "min"),
        short=("short", "sum"),
        unknown=("unknown", "sum"),
    )
    out.insert(6, "share", out["delivered"] / out["planned"].where(out["planned"] > 0))
    return out


def completion(programmes: pd.DataFrame) -> pd.DataFrame:
    """How many of those whom a programme reached stayed to its end.

    Parameters
    ----------
    programmes : DataFrame
        The table ``programmes``.

    Returns
    -------
    DataFrame
        ``programme_id``, ``reached``, ``completed``, ``share``, ``lower``, ``upper`` of programmes that say both.

    Notes
    -----
    Wilson's interval. Those who stayed are not those who left: what became of people who completed says nothing on what
    the programme does for all whom it reaches.
    """
    if not {"reached", "completed"} <= set(programmes):
        programmes = programmes.assign(reached=np.nan, completed=np.nan)
    rows = programmes.dropna(subset=["reached", "completed"])
    rows = rows[rows["completed"] <= rows["reached"]]
    found = wilson_interval(
        rows["completed"].to_numpy(float), rows["reached"].to_numpy(float)
    )
    return pd.DataFrame(
        {
            "programme_id": rows["programme_id"].astype(str).to_numpy(),
            "reached": rows["reached"].to_numpy(float),
            "completed": rows["completed"].to_numpy(float),
            "share": found.share,
            "lower": found.lower,
            "upper": found.upper,
        }
    )


def spending(programmes: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """What each programme cost, as far as the budget names it.

    Returns
    -------
    DataFrame
        ``programme_id``, ``spent``, ``first_year``, ``last_year``, ``a_person`` (spent for each person reached; missing
        where either is not known). Programmes that no line of the budget names have a missing amount, not zero.

    Notes
    -----
    Only if every line that pays for it carries its code is the amount whole; lines shared with other work are in it as
    they stand.
    """
    lines = budget.dropna(subset=["programme_id", "spent"])
    sums = lines.groupby(lines["programme_id"].astype(str)).agg(
        spent=("spent", "sum"), first_year=("year", "min"), last_year=("year", "max")
    )
    codes = programmes["programme_id"].astype(str).to_numpy()
    out = sums.reindex(codes).rename_axis("programme_id").reset_index()
    reached = pd.to_numeric(programmes.get("reached", np.nan), errors="coerce")
    reached = pd.Series(reached, index=programmes.index).to_numpy(
        float, na_value=np.nan
    )
    out["a_person"] = out["spent"] / np.where(reached > 0, reached, np.nan)
    return out
