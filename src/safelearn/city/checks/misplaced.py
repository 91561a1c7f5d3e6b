"""What is odd about the places of incidents? In: canonical incidents. Out: problems.

Points moved to the middle of a street, violent offences without any, too few rows with an area: each of them
changes what a map may say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.checks.missingness import missingness_by_offence
from safelearn.city.checks.problems import FAILS, Problem
from safelearn.city.checks.shares import Slices
from safelearn.language import listing, number, percent, t, tn

_TABLE = "incidents"
#: Below this share of rows with an area, a reader must be told.
LOCATED_ENOUGH = 0.85
#: Points of street addresses rarely repeat so much: fewer distinct points a row, or one point with so many rows.
_DISTINCT, _TOP = 0.5, 0.05
_FEW = 200


@dataclass(frozen=True)
class Points:
    """How the points of incidents lie.

    Attributes
    ----------
    n : int
        Rows with a point.
    distinct : int
        Different points.
    top_share : float
        Share of the most frequent point.
    declared : int
        Rows that the source says it has moved.
    """

    n: int
    distinct: int
    top_share: float
    declared: int

    @property
    def snapped(self) -> bool:
        """Whether the points are moved to common places: the source says so, or they repeat too much."""
        if self.n and self.declared > 0.5 * self.n:
            return True
        repeated = self.distinct < _DISTINCT * self.n or self.top_share > _TOP
        return self.n >= _FEW and repeated


def lie_of_points(incidents: pd.DataFrame) -> Points:
    """Count distinct points and the share of the most frequent one."""
    pointed = incidents["longitude"].notna().to_numpy()
    n = int(pointed.sum())
    if not n:
        return Points(0, 0, 0.0, 0)
    # One whole number a point, mixed of both coordinates to the last bit, and sorted in place: the least memory.
    points = incidents["longitude"].to_numpy()[pointed].view(np.uint64)
    points *= np.uint64(0x9E3779B97F4A7C15)
    points ^= incidents["latitude"].to_numpy()[pointed].view(np.uint64)
    points *= np.uint64(0xC2B2AE3D27D4EB4F)
    points.sort()
    ends = np.flatnonzero(np.append(points[1:] != points[:-1], True))
    most = int(np.diff(ends, prepend=-1).max())
    declared = (incidents["place_precision"] == "snapped").to_numpy()[pointed]
    return Points(n, len(ends), most / n, int(declared.sum()))


def place_problems(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Everything odd about the places of incidents."""
    return [
        *_snapped(incidents, sliced),
        *_masked(incidents, sliced),
        *_located(incidents, sliced),
    ]


def outside(incidents: pd.DataFrame) -> np.ndarray:
    """Rows with a point and no area."""
    return (incidents["longitude"].notna() & incidents["area_id"].isna()).to_numpy()


def _snapped(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Points that stand for many places."""
    points = lie_of_points(incidents)
    if not points.snapped:
        return []
    return [
        Problem(
            "snapped points",
            "warning",
            _TABLE,
            points.n,
            t(
                "{n} rows lie on {distinct} points (the commonest has {share}): the source has moved them.",
                n=number(points.n),
                distinct=number(points.distinct),
                share=percent(points.top_share),
            ),
            t(
                "Areas are safe; repeats at one place and distances of a street are not."
            ),
            **sliced.split(incidents["longitude"].notna().to_numpy()),
        )
    ]


def _masked(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Coordinates missing in some offences and present in the others."""
    missing = missingness_by_offence(incidents, sliced=sliced)
    share = missing["no_coordinates"] / missing["n"]
    hidden = missing[(share > 0.5) & (missing["no_coordinates"] >= 10)]
    rest = missing[share <= 0.5]
    if (
        hidden.empty
        or rest.empty
        or rest["no_coordinates"].sum() > 0.2 * rest["n"].sum()
    ):
        return []
    n = int(hidden["no_coordinates"].sum())
    of = [sliced.offences.index(name) for name in hidden["offence"]]
    rows = incidents["longitude"].isna().to_numpy() & np.isin(sliced.offence, of)
    named = int((hidden["no_coordinates"] - hidden["not_located"]).sum())
    sentence = tn(
        "{n} row has no coordinates, all of it in {offences}: the source masks them.",
        "{n} rows have no coordinates, all of them in {offences}: the source masks them.",
        n,
        offences=listing(list(hidden["offence"])),
    )
    if named:
        sentence += " " + tn(
            "{n} of them is counted in the area that the source names.",
            "{n} of them are counted in the area that the source names.",
            named,
        )
    return [
        Problem(
            "masked offences",
            "warning",
            _TABLE,
            n,
            sentence,
            t(
                "They count in every total; a map of points would show a city without them."
            ),
            **sliced.split(rows),
            # Where the source does not name the area either, rates by area lack these offences.
            fails=(
                *FAILS["masked offences"],
                *(["place:area"] if named < n / 2 else []),
            ),
        )
    ]


def _located(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Too few rows with an area."""
    lost = incidents["area_id"].isna().to_numpy()
    n = int(lost.sum())
    share = 1 - n / len(lost)
    if share >= LOCATED_ENOUGH:
        return []
    if n == len(lost):
        return [
            Problem(
                "located share",
                "error",
                _TABLE,
                n,
                t("No row has an area yet."),
                t(
                    "Import the areas, or their boundaries: rows with a point, or the name of an area, are placed in "
                    "them then."
                ),
            )
        ]
    return [
        Problem(
            "located share",
            "error" if share < 0.5 else "warning",
            _TABLE,
            n,
            t(
                "Only {share} of the rows have an area; {n} have none.",
                share=percent(share),
                n=number(n),
            ),
            t(
                "Confirm names in review/areas.xlsx and bring it in with `safelearn city import`, or import boundaries."
            ),
            **sliced.split(lost),
        )
    ]
