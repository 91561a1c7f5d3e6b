"""What is odd about these incidents? In: canonical incidents. Out: problems, each with its count and remedy.

Each check is a trap that published crime data have set before: stamps in another time zone, points moved to a
street's middle, dates that are only months, violent offences without coordinates, midnights that mean "hour
unknown", ages of -1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.missingness import missingness_by_offence
from safelearn.city.problems import Problem
from safelearn.city.trough import find_trough
from safelearn.language import listing, number, percent, t, tn

_TABLE = "incidents"
#: Shares above or below which a reader must be told.
LOCATED_ENOUGH = 0.85
_MIDNIGHT, _FIRST_OF_MONTH = 0.03, 0.06
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


def incident_problems(
    incidents: pd.DataFrame, figures: Mapping[str, int] | None = None
) -> list[Problem]:
    """Everything odd about a table of incidents, the gravest first.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.
    figures : mapping, optional
        Counts that imports kept, such as ``impossible_ages``.
    """
    if incidents.empty:
        return []
    found = [
        *_time_zone(incidents),
        *_precision(incidents),
        *_midnight(incidents),
        *_first_of_month(incidents),
        *_snapped(incidents),
        *_masked(incidents),
        *_located(incidents),
        *_ages(incidents, figures or {}),
        *_offences(incidents),
    ]
    return sorted(found, key=lambda p: ("error", "warning", "note").index(p.severity))


def _time_zone(incidents: pd.DataFrame) -> list[Problem]:
    timed = incidents["time_precision"].isin(["minute", "hour"])
    trough = find_trough(incidents.loc[timed, "occurred_from"])
    if trough is None or trough.plausible:
        return []
    return [
        Problem(
            "time zone",
            "warning",
            _TABLE,
            trough.n,
            t(
                "The quietest hour is {hour} h, and street crime is quietest between 4 and 9: the time zone is wrong.",
                hour=number(trough.hour),
            ),
            t(
                "Check the time zone in city.toml and that of the file; import it again with --zone NAME --replace."
            ),
        )
    ]


def _precision(incidents: pd.DataFrame) -> list[Problem]:
    rough = incidents["time_precision"].isin(["month", "year"]).to_numpy()
    if not rough.any():
        return []
    n = int(rough.sum())
    return [
        Problem(
            "month only",
            "warning" if rough.mean() > 0.5 else "note",
            _TABLE,
            n,
            tn(
                "{n} row is known to the month or year only.",
                "{n} rows are known to the month or year only.",
                n,
            ),
            t(
                "Ask the source for days and hours: without them nothing can be said about either."
            ),
        )
    ]


def _midnight(incidents: pd.DataFrame) -> list[Problem]:
    timed = incidents.loc[incidents["time_precision"] == "minute", "occurred_from"]
    if len(timed) < _FEW:
        return []
    minute = timed.dt.hour * 60 + timed.dt.minute
    share = float((minute == 0).mean())
    # People round to full hours: midnight is odd only beside the other full hours.
    full = float((minute % 60 == 0).mean()) - share
    if share < _MIDNIGHT or share < 2 * full / 23:
        return []
    n = int((minute == 0).sum())
    return [
        Problem(
            "midnight",
            "note",
            _TABLE,
            n,
            t(
                "{share} of the times ({n} rows) are exactly 00:00, which often means that the hour is not known.",
                share=percent(share),
                n=number(n),
            ),
            t(
                "Read the hours around midnight with care, or ask the source how unknown hours are written."
            ),
        )
    ]


def _first_of_month(incidents: pd.DataFrame) -> list[Problem]:
    dated = incidents.loc[
        incidents["time_precision"].isin(["minute", "hour", "day"]), "occurred_from"
    ]
    if len(dated) < _FEW:
        return []
    first = (dated.dt.day == 1).to_numpy()
    if first.mean() < _FIRST_OF_MONTH:
        return []
    n = int(first.sum())
    return [
        Problem(
            "first of month",
            "note",
            _TABLE,
            n,
            t(
                "{share} of the dates are the first of a month, twice what chance gives: some days are not known.",
                share=percent(float(first.mean())),
            ),
            t("Do not read days of the month; months are safe."),
        )
    ]


def _snapped(incidents: pd.DataFrame) -> list[Problem]:
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


def _masked(incidents: pd.DataFrame) -> list[Problem]:
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


def _located(incidents: pd.DataFrame) -> list[Problem]:
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


def _ages(incidents: pd.DataFrame, figures: Mapping[str, int]) -> list[Problem]:
    found = []
    impossible = int(figures.get("impossible_ages", 0))
    if impossible:
        found.append(
            Problem(
                "impossible ages",
                "note",
                _TABLE,
                impossible,
                tn(
                    "{n} age was impossible (below 0 or above 120) and counts as not known.",
                    "{n} ages were impossible (below 0 or above 120) and count as not known.",
                    impossible,
                ),
                t("Ask the source which numbers stand for not known."),
            )
        )
    ages = incidents["victim_age"].dropna()
    zero = int((ages == 0).sum())
    infants = int(ages.between(1, 3).sum()) / 3
    if zero >= 20 and zero > 5 * max(infants, 1):
        found.append(
            Problem(
                "ages of 0",
                "warning",
                _TABLE,
                zero,
                tn(
                    "{n} victim is aged 0, many more than 1 to 3: 0 probably means not known.",
                    "{n} victims are aged 0, many more than 1 to 3: 0 probably means not known.",
                    zero,
                ),
                t("Ask the source, and leave the youngest group out until you know."),
            )
        )
    return found


def _offences(incidents: pd.DataFrame) -> list[Problem]:
    unknown = incidents["offence"].isna().to_numpy()
    n = int(unknown.sum())
    if not n:
        return []
    everything = n == len(incidents)
    return [
        Problem(
            "unclassified",
            "warning" if n > 0.05 * len(incidents) else "note",
            _TABLE,
            n,
            t("No row says which offence it is in the international classification.")
            if everything
            else tn(
                "{n} row has an offence that is not in the international classification.",
                "{n} rows have offences that are not in the international classification.",
                n,
            ),
            t(
                "Name the offence with --offence, or confirm codes in review/offences.xlsx."
            ),
        )
    ]
