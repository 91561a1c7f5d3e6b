"""Which cities are like ours, and so whose experience is worth a first look?

Profiles of cities go in: figures with their intervals, each with the definition behind it. Out comes, for each other
city, how far it is from ours on what both have, with a range for what the figures do not know, and the list of what
could not be compared and why. Likeness says where to look first; it never says that a practice will work here
(draft:25(i), draft:28).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.language import mark, t
from safelearn.strategy.stocktake import CAUSAL

#: A row of a profile.
Row = Mapping[str, Any]
#: Columns of a profile: one row a city and figure.
PROFILE = ("city", "figure", "value", "lower", "upper", "unit", "version", "year")
#: Fewest figures that two cities must share.
FEWEST = 3
#: Fewest cities that must have a figure for its spread to be known.
CITIES = 3
#: Most years between two figures that are compared.
YEARS = 5
#: Why a figure was left out.
WHY = {
    "missing here": mark("only the other city has it"),
    "missing there": mark("only this city has it"),
    "definition": mark("defined differently"),
    "years apart": mark("too many years apart"),
    "few cities": mark("too few cities have it to know how much it varies"),
    "no spread": mark("the same in every city"),
}


@dataclass(frozen=True)
class Likeness:
    """Cities beside ours.

    Attributes
    ----------
    cities : DataFrame
        `city`, `distance`, `lower`, `upper`, `shared` (figures compared), nearest first; distance is missing where
        fewer than `FEWEST` figures are shared.
    differences : DataFrame
        `city`, `figure`, `here`, `there`, `steps`: there less here, in standard deviations of the cities.
    left_out : DataFrame
        `city`, `figure`, `why`, a key of `WHY`.
    """

    cities: pd.DataFrame
    differences: pd.DataFrame
    left_out: pd.DataFrame


def likeness(own: str, profiles: pd.DataFrame) -> Likeness:
    """Compare a city with others (draft:25(i)).

    Parameters
    ----------
    own : str
        The city to compare.
    profiles : DataFrame
        `PROFILE` rows of all cities, one a city and figure. `lower` and `upper` may be missing: then the figure is
        taken as known. A missing value is a figure that the city does not give.

    Returns
    -------
    Likeness

    Raises
    ------
    Refused
        If the city is not among the profiles, or there is no other.

    Notes
    -----
    Each figure is divided by its standard deviation over the cities that have it; the distance is the root mean square
    of the differences, so that it does not grow with the number of figures: 1 is one standard deviation apart in a
    typical figure. Positive figures that vary over more than tenfold are compared by their logarithms. The range holds
    the smallest and the largest distance that any values inside all intervals would give; it is wider than a 95 %
    interval. Standardised Euclidean distance: Everitt, B. and others (2011), Cluster Analysis, 5th edition, section 3.
    """
    known = profiles.dropna(subset=["value"])
    others = sorted(set(profiles["city"].astype(str)) - {own})
    if own not in set(known["city"].astype(str)) or not others:
        raise Refused(
            t("There is no other city to compare with yet."),
            remedy=t("Ask another city for its card, and give your own."),
        )
    figures: dict[str, dict[str, Row]] = {f: {} for f in sorted(set(known["figure"]))}
    for row in known.to_dict("records"):
        figures[row["figure"]][str(row["city"])] = row
    alike = {f: _comparable(v, own) for f, v in figures.items() if own in v}
    rows, steps, left = [], [], []
    for city in others:
        gaps = []
        for figure, values in figures.items():
            why = _why_not(values, own, city, alike.get(figure, ()))
            if why:
                left.append((city, figure, why))
                continue
            here, there = values[own], values[city]
            gap = _gap(here, there, alike[figure])
            gaps.append(gap)
            steps.append((city, figure, here["value"], there["value"], gap[0]))
        found = _distance(gaps) if len(gaps) >= FEWEST else (np.nan,) * 3
        rows.append((city, *found, len(gaps)))
    columns = ["city", "distance", "lower", "upper", "shared"]
    cities = pd.DataFrame(rows, columns=columns)
    return Likeness(
        cities.sort_values(["distance", "city"], ignore_index=True),
        pd.DataFrame(steps, columns=["city", "figure", "here", "there", "steps"]),
        pd.DataFrame(left, columns=["city", "figure", "why"]),
    )


def matched(
    practices: pd.DataFrame, found: Likeness, near: float = 1.0
) -> pd.DataFrame:
    """Practices, those of like cities first (draft:25(i)).

    Parameters
    ----------
    practices : DataFrame
        Rows with `city` and `sms_level`, such as from `practices.search` or out of other cities' cards.
    found : Likeness
        From `likeness`.
    near : float
        Largest distance that is called like.

    Returns
    -------
    DataFrame
        The same rows with `distance` and `like`: "like", "unlike", or "not compared" where the city has no profile or
        shares too little. Within each, stronger evidence first: likeness never lifts a weak study over a strong one.
    """
    distance = found.cities.set_index("city")["distance"]
    told = practices.assign(distance=practices["city"].map(distance).astype(float))
    like = np.where(told["distance"] <= near, "like", "unlike")
    told["like"] = np.where(told["distance"].isna(), "not compared", like)
    level = pd.to_numeric(told["sms_level"], errors="coerce").fillna(0)
    order = told.assign(
        _strong=level >= CAUSAL,
        _like=told["like"].map({"like": 0, "not compared": 1, "unlike": 2}),
        _level=level,
    ).sort_values(
        ["_strong", "_like", "_level", "distance", "practice_id"],
        ascending=[False, True, False, True, True],
    )
    return order.drop(columns=["_strong", "_like", "_level"]).reset_index(drop=True)


def _why_not(
    values: dict[str, Row], own: str, city: str, comparable: Sequence[float]
) -> str:
    if own not in values:
        return "missing here"
    if city not in values:
        return "missing there"
    here, there = values[own], values[city]
    if not _same_definition(here, there):
        return "definition"
    years = [pd.to_numeric(row["year"], errors="coerce") for row in (here, there)]
    if abs(years[0] - years[1]) > YEARS:
        return "years apart"
    if len(comparable) < CITIES:
        return "few cities"
    return "no spread" if len(set(comparable)) == 1 else ""


def _comparable(values: dict[str, Row], own: str) -> list[float]:
    """The figure of the cities that define it as ours."""
    rows = [row for row in values.values() if _same_definition(row, values[own])]
    return [float(row["value"]) for row in rows]


def _same_definition(one: Row, other: Row) -> bool:
    return all(_code(one[c]) == _code(other[c]) for c in ("unit", "version"))


def _code(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _gap(
    here: Row, there: Row, everyone: Sequence[float]
) -> tuple[float, float, float]:
    """The difference there less here in standard deviations, and the least and largest it can be in size."""
    wide = min(everyone) > 0 and max(everyone) > 10 * min(everyone)
    curve = _log if wide else float
    spread = float(np.std([curve(v) for v in everyone], ddof=1))
    a, b = _limits(here, curve), _limits(there, curve)
    value = (curve(there["value"]) - curve(here["value"])) / spread
    least = max(0.0, a[0] - b[1], b[0] - a[1]) / spread
    most = max(b[1] - a[0], a[1] - b[0]) / spread
    return value, least, most


def _limits(row: Row, curve) -> tuple[float, float]:
    lower = row["value"] if pd.isna(row["lower"]) else row["lower"]
    upper = row["value"] if pd.isna(row["upper"]) else row["upper"]
    if curve is _log:
        # A rate whose interval reaches 0 has no logarithm there: a tenth of the figure stands for "nearly none".
        lower = max(float(lower), float(row["value"]) / 10)
    return curve(lower), curve(upper)


def _log(value: float) -> float:
    return float(np.log(value))


def _distance(gaps: list[tuple[float, float, float]]) -> tuple[float, ...]:
    return tuple(
        float(np.sqrt(np.mean(np.square(part)))) for part in zip(*gaps, strict=True)
    )
