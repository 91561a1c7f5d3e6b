"""What is odd about these incidents? In: canonical incidents. Out: problems, each with its count and remedy.

Each check is a trap that published crime data have set before: stamps in another time zone, points moved to a
street's middle, dates that are only months, violent offences without coordinates, midnights that mean "hour
unknown", ages of -1.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from safelearn.city.misplaced import (
    located_share,
    masked_offences,
    mended_coordinates,
    snapped_points,
)
from safelearn.city.problems import Problem
from safelearn.city.trough import find_trough
from safelearn.language import number, percent, t, tn

_TABLE = "incidents"
#: Shares above which a reader must be told.
_MIDNIGHT, _FIRST_OF_MONTH = 0.03, 0.06
_FEW = 200


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
        *snapped_points(incidents),
        *masked_offences(incidents),
        *located_share(incidents),
        *mended_coordinates(figures or {}),
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
