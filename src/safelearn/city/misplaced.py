"""What is odd about the places of incidents? In: canonical incidents. Out: problems.

Points moved to the middle of a street, violent offences without any, too few rows with an area: each of them
changes what a map may say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.missingness import missingness_by_offence
from safelearn.city.problems import Problem
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
    # One complex number a point: numpy sorts them as pairs.
    points = (
        incidents["longitude"].to_numpy()[pointed]
        + 1j * (incidents["latitude"].to_numpy()[pointed])
    )
    counts = np.unique(points, return_counts=True)[1]
    declared = (incidents["place_precision"] == "snapped").to_numpy()[pointed]
    return Points(n, len(counts), float(counts.max() / n), int(declared.sum()))


def snapped_points(incidents: pd.DataFrame) -> list[Problem]:
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
        )
    ]


def masked_offences(incidents: pd.DataFrame) -> list[Problem]:
    """Coordinates missing in some offences and present in the others."""
    missing = missingness_by_offence(incidents)
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
        )
    ]


def located_share(incidents: pd.DataFrame) -> list[Problem]:
    """Too few rows with an area."""
    located = incidents["area_id"].notna()
    share = float(located.mean())
    if share >= LOCATED_ENOUGH:
        return []
    n = int((~located).sum())
    if not located.any():
        return [
            Problem(
                "located share",
                "error",
                _TABLE,
                n,
                t("No row has an area yet."),
                t(
                    "Import the areas, or their boundaries: the incidents are placed in them then."
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
                "Look at review/areas.xlsx, confirm the names there and import the file again with --replace."
            ),
        )
    ]


def mended_coordinates(figures: Mapping[str, int]) -> list[Problem]:
    """What the readers of coordinates have met and put right."""
    zero, outside, swapped = (
        int(figures.get(name, 0)) for name in ("zero_coordinates", "outside", "swapped")
    )
    found = []
    if zero:
        found.append(
            Problem(
                "zero coordinates",
                "note",
                _TABLE,
                zero,
                tn(
                    "{n} row had the coordinates 0/0, which mean that it has none.",
                    "{n} rows had the coordinates 0/0, which mean that they have none.",
                    zero,
                ),
                t(
                    "They count in every total. Ask the source why their places are missing."
                ),
            )
        )
    if outside:
        found.append(
            Problem(
                "outside",
                "note",
                _TABLE,
                outside,
                tn(
                    "{n} row has a point outside every area.",
                    "{n} rows have points outside every area.",
                    outside,
                ),
                t(
                    "Look at some of them on a map: the boundaries may miss a part of the city."
                ),
            )
        )
    if swapped:
        found.append(
            Problem(
                "swapped coordinates",
                "note",
                _TABLE,
                swapped,
                t(
                    "Longitude and latitude stood in each other's columns and were swapped."
                ),
                t("Tell the source."),
            )
        )
    return found
