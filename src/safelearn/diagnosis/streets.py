"""Are the streets made for people on foot: connected, mixed, overlooked, open?

The table of street segments goes in; out come the junctions on a kilometre of street, the shares of street length
that have pavements, are accessible, mixed or gated, and the share of frontage with doors and windows, each with its
interval, for the city or by area (draft:26(f)(i).2). Segments are taken as a sample of each area's streets, so nothing
here needs the whole network, and nothing claims to know it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.survey import (
    means_by,
    proportions_by,
    survey_design,
    survey_ratio,
)
from safelearn.language import mark, t

NEEDS = frozenset({"table:streets"})

#: Fewest segments for a figure.
FEWEST = 5
#: From so many streets on that meet, an end of a segment is a junction and not a bend.
JUNCTION = 3

#: What is looked at, and what a reader calls it. All are shares of street length but `junctions`.
MEASURES = {
    "junctions": mark("Junctions a kilometre of street"),
    "pavement": mark("With a pavement on both sides, or shared space"),
    "accessible": mark("A wheelchair gets through"),
    "mixed": mark("Two or more kinds of use"),
    "frontage": mark("Frontage with doors, windows or shops"),
    "lamps": mark("With at least one street lamp"),
    "cycleway": mark("With a cycleway"),
    "transit_stop": mark("With a public transport stop"),
    "gated": mark("Closed to the public by a gate"),
}

_YES: dict[str, tuple[str, Callable[[pd.Series], pd.Series]]] = {
    "pavement": ("pavement", lambda c: c.isin(["both_sides", "shared"])),
    "accessible": ("accessible", lambda c: c == "yes"),
    "mixed": ("land_uses", lambda c: c >= 2),
    "lamps": ("lamps", lambda c: c > 0),
    "cycleway": ("cycleway", lambda c: c == "yes"),
    "transit_stop": ("transit_stop", lambda c: c == "yes"),
    "gated": ("gated", lambda c: c == "yes"),
}


def street_form(streets: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """How streets are made, by measure and, if asked, by area.

    Parameters
    ----------
    streets : DataFrame
        The table ``streets``.
    by : str, optional
        ``area_id`` or another column to split by.

    Returns
    -------
    DataFrame
        ``measure`` (a key of `MEASURES`), `by`, ``value, standard_error, lower, upper, n`` (segments). Shares are of
        street length; a measure whose column is missing has no row.

    Raises
    ------
    Refused
        If fewer than five segments have a length.

    Notes
    -----
    Segments count by their length, within areas as strata; logit intervals for shares, Student's otherwise
    (`estimates.survey`). Junctions: each junction of v streets is at an end of v segments, so every segment brings
    2/v of a junction (the multiplicity rule of Sirken, M. G. (1970), Journal of the American Statistical Association
    65:257); ends where fewer than three streets meet are none. The mix of uses is their number, because the table
    does not say which uses they are: an entropy cannot be made from it.

    Examples
    --------
    >>> four = pd.DataFrame({"area_id": "1", "length_m": [100.0] * 5, "junctions": [4] * 5})
    >>> street_form(four)[["measure", "value"]].values.tolist()
    [['junctions', 5.0]]
    """
    rows = streets[(streets["length_m"] > 0).fillna(False)].reset_index(drop=True)
    if len(rows) < FEWEST:
        raise Refused(
            t("Fewer than five street segments have a length."),
            remedy=t("Walk a few streets of each area with the street form."),
        )
    groups = rows[by] if by else pd.Series("all", index=rows.index, name="all")
    parts = []
    for measure in MEASURES:
        found = _measure(rows, measure, groups)
        if found is not None:
            parts.append(found.assign(measure=measure))
    columns = ["measure", groups.name, "value", "standard_error", "lower", "upper", "n"]
    whole = pd.concat(parts, ignore_index=True)[columns]
    return whole if by else whole.drop(columns="all")


def _measure(
    rows: pd.DataFrame, measure: str, groups: pd.Series
) -> pd.DataFrame | None:
    if measure == "junctions":
        return _junctions(rows, groups)
    if measure == "frontage":
        if not _there(rows, "active_frontage"):
            return None
        share = rows["active_frontage"].to_numpy(dtype=float)
        return means_by(_by_length(rows), share, groups)
    column, test = _YES[measure]
    if not _there(rows, column):
        return None
    yes = test(rows[column]).astype(float).mask(rows[column].isna())
    return proportions_by(
        _by_length(rows), yes.to_numpy(dtype=float, na_value=np.nan), groups
    )


def _junctions(rows: pd.DataFrame, groups: pd.Series) -> pd.DataFrame | None:
    if not _there(rows, "junctions"):
        return None
    meeting = rows["junctions"].to_numpy(dtype=float, na_value=np.nan)
    ends = np.where(meeting >= JUNCTION, 2 / np.maximum(meeting, 1), 0.0)
    ends = np.where(np.isnan(meeting), np.nan, ends)
    design = survey_design(
        rows, stratum="area_id", psu=None, weight=None, stratum_psus=None
    )
    kilometres = rows["length_m"].to_numpy(dtype=float) / 1000
    found = []
    for group in sorted(groups.dropna().unique()):
        one = survey_ratio(design, ends, kilometres, where=groups == group)
        row = {"value": one.value, "standard_error": one.standard_error, "n": one.n}
        row |= {"lower": max(0.0, one.lower), "upper": one.upper}
        found.append({groups.name: group, **row})
    return pd.DataFrame(found)


def _by_length(rows: pd.DataFrame):
    return survey_design(
        rows, stratum="area_id", psu=None, weight="length_m", stratum_psus=None
    )


def _there(rows: pd.DataFrame, column: str) -> bool:
    return column in rows and bool(rows[column].notna().any())
