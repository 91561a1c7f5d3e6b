"""What do other offices count: health, labour, schools, census. Their numerators and denominators, as figures.

The table ``statistics`` goes in, with one row an indicator of the catalogue, area, group and period; the latest period
of each indicator comes out, for the whole city and for each group that has its own rows. A row for the whole city is
used where there is one; otherwise the areas are added up. An office's own rounding and definition are taken as given.
"""

from __future__ import annotations

import math

import pandas as pd

from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.guidelines.catalogue import Indicator, indicators
from safelearn.indicators.figures import (
    EVERYONE,
    FULL_COUNT,
    INTERVAL,
    UNKNOWN,
    Figure,
)

NEEDS = frozenset({"table:statistics"})
SOURCE = "statistics"
#: Sources of the catalogue that count everybody: their figures have no sampling error.
COUNTED = frozenset({"census", "administration", "maps", "several sources", "budget"})
#: Groups that are everybody whom an indicator is about.
BASE_OF = {"15-24": "youth", "1-17": "children"}


def statistics_figures(table: pd.DataFrame | None, least: int = 5) -> list[Figure]:
    """Every indicator of the catalogue that the table holds.

    Parameters
    ----------
    table : DataFrame or None
        The table ``statistics``; rows with other codes than the catalogue's are left alone.
    least : int
        The smallest count that is shown.

    Notes
    -----
    Counts of events get Byar's interval (a rate) or Wilson's (a share): chance moves them from year to year. Counts of
    everybody get none. A figure from another office's sample has an unknown precision, since the table has no column
    for it.
    """
    if table is None:
        return []
    known = {i.id: i for i in indicators()}
    found = []
    for name, rows in table.groupby("indicator_id", sort=False):
        if name in known:
            found += _figures(known[name], rows, least)
    return found


def _figures(definition: Indicator, rows: pd.DataFrame, least: int) -> list[Figure]:
    group = rows["group"].astype("object").fillna(EVERYONE)
    group = group.mask(group == BASE_OF.get(definition.age_base, ""), EVERYONE)
    found = []
    for name, part in rows.groupby(group, sort=False):
        period = part["period"].astype(str).max()
        here = part[part["period"].astype(str) == period]
        whole = here[here["area_id"].isna()]
        used = whole if len(whole) else here
        split = len(here) > len(whole) + 1 or group.nunique() > 1
        figure = Figure(
            definition.id,
            group=str(name),
            breakdown="all" if name == EVERYONE else "group",
            period=period,
            source=SOURCE,
            periods=part["period"].nunique(),
            split=split,
            **_value(definition, used),
        )
        found.append(figure.checked(least))
    return found


def _value(definition: Indicator, rows: pd.DataFrame) -> dict:
    top = rows["numerator"].sum(min_count=len(rows))
    below = rows["denominator"].sum(min_count=len(rows))
    if pd.isna(top):
        return {}
    if pd.isna(below):
        return {"value": float(top), "n": float(top)}
    if below <= 0:
        return {}
    per = definition.multiplier
    events = definition.minimum_of == "events"
    share = per == 100
    n = float(below) if share and not events else float(top)
    made = {"value": float(top / below * per), "n": n}
    if events and not share:
        rate = byar_interval(float(top), float(below), per)
        return made | {
            "lower": rate.lower,
            "upper": rate.upper,
            "precision": INTERVAL,
        }
    if events and top <= below:
        limits = wilson_interval(float(top), float(below))
        return made | {
            "lower": per * limits.lower,
            "upper": per * limits.upper,
            "n": float(below),
            "precision": INTERVAL,
        }
    counted = COUNTED & set(definition.source)
    made["precision"] = FULL_COUNT if counted and not math.isnan(top) else UNKNOWN
    return made
