"""How many street lamps work?

A frame of what was inspected goes in (street segments, or visits after dark), with lamps and working lamps; the
share that works comes out with its interval, for the city and by area. Lamps of one street fail together (one fuse,
one cable), so a street counts as one observation, not its lamps (draft:26(f)(i).5).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.survey import proportions_by, survey_design
from safelearn.language import t

NEEDS = frozenset({"table:streets"})

#: Fewest lamps for a figure.
FEWEST = 20


def lamps_working(
    inspected: pd.DataFrame,
    by: str | None = None,
    *,
    stratum: str | None = "area_id",
    cluster: str = "segment_id",
) -> pd.DataFrame:
    """The share of lamps that work.

    Parameters
    ----------
    inspected : DataFrame
        ``lamps, lamps_working`` and the columns named below; rows without lamps or without an answer are left out.
    by : str, optional
        A column to split by, such as ``area_id``.
    stratum : str or None
        What the streets were drawn within.
    cluster : str
        What was drawn: a street segment, or a place.

    Returns
    -------
    DataFrame
        `by` (or ``all``), ``value, standard_error, lower, upper, n`` (lamps), ``clusters``.

    Raises
    ------
    Refused
        If fewer than 20 lamps were inspected.

    Notes
    -----
    A logit interval by Taylor linearisation over clusters (`estimates.survey`). A street without lamps is dark
    too and is not in this share: count it with `diagnosis.streets`.
    """
    rows = inspected.dropna(subset=["lamps", "lamps_working"]).reset_index(drop=True)
    lamps = rows["lamps"].to_numpy(dtype=int)
    lit = np.minimum(rows["lamps_working"].to_numpy(dtype=int), lamps)
    if lamps.sum() < FEWEST:
        raise Refused(
            t("Fewer than 20 lamps were inspected."),
            remedy=t(
                "Count lamps, and those that are lit, street by street after dark."
            ),
        )
    each = rows.loc[rows.index.repeat(lamps)].reset_index(drop=True)
    within = np.arange(len(each)) - np.repeat(np.cumsum(lamps) - lamps, lamps)
    works = within < np.repeat(lit, lamps)
    key = each[by] if by else pd.Series("all", index=each.index, name="all")
    design = survey_design(
        each, stratum=stratum, psu=cluster, weight=None, stratum_psus=None
    )
    found = proportions_by(design, works.astype(float), key)
    counted = each.groupby(key.to_numpy(), observed=True)[cluster].nunique()
    columns = [key.name, "value", "standard_error", "lower", "upper", "n"]
    return found[columns].assign(clusters=found[key.name].map(counted))
