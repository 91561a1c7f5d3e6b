"""What is odd about the times of incidents? In: canonical incidents. Out: problems.

Stamps in another time zone, dates that are only months, midnights and firsts of the month that mean "not known":
each of them changes what may be said about hours, days or seasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.checks.problems import Problem
from safelearn.city.checks.shares import Slices
from safelearn.city.times.trough import Trough, find_trough
from safelearn.language import number, percent, t, tn

_TABLE = "incidents"
#: Shares above which a reader must be told: of midnights, and of firsts of a month compared with chance.
MIDNIGHT, FIRST_OF_MONTH = 0.03, 1.8
#: Fewer rows than this show no habit.
FEW = 200
_PART = 1_000_000


def time_problems(
    incidents: pd.DataFrame, sliced: Slices, figures: Mapping[str, int]
) -> list[Problem]:
    """Everything odd about the times of incidents."""
    precision = incidents["time_precision"]
    timed = precision.isin(["minute", "hour"]).to_numpy()
    trough = find_trough(incidents.loc[timed & ~_spread(incidents), "occurred_from"])
    marks = time_marks(incidents)
    return [
        *_time_zone(trough, timed, sliced),
        *_zone_letter(trough, int(figures.get("zone_letter", 0))),
        *_month_only(marks["month only"], sliced),
        *_midnight(marks, (precision == "minute").to_numpy(), sliced),
        *_first_of_month(marks, incidents["occurred_from"].to_numpy(), sliced),
    ]


def _spread(incidents: pd.DataFrame) -> np.ndarray:
    """Rows whose hour nobody knows: found in the evening, it may have happened since the morning."""
    if "occurred_to" not in incidents:
        return np.zeros(len(incidents), dtype=bool)
    ends = incidents["occurred_to"].to_numpy("datetime64[s]")
    length = ends - incidents["occurred_from"].to_numpy("datetime64[s]")
    return ~np.isnat(ends) & (length > np.timedelta64(1, "h"))


def time_marks(incidents: pd.DataFrame) -> dict[str, np.ndarray]:
    """Rows of a table, or a piece of one, that show a trap: by code of the problem."""
    precision = incidents["time_precision"]
    rough = precision.isin(["month", "year"]).to_numpy()
    to_the_minute = (precision == "minute").to_numpy()
    midnight, full_hour, first = _moments(incidents["occurred_from"].to_numpy())
    return {
        "month only": rough,
        "midnight": midnight & to_the_minute,
        "full hour": full_hour & to_the_minute,
        "first of month": first & ~rough,
        "dated": ~rough,
    }


def _moments(moments: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether each moment is exactly midnight, a full hour, and on the first of a month."""
    n = len(moments)
    midnight, full_hour, first = (np.zeros(n, dtype=bool) for _ in range(3))
    for start in range(0, n, _PART):
        part = moments[start : start + _PART].astype("datetime64[s]")
        here = slice(start, start + len(part))
        day = part.astype("datetime64[D]")
        seconds = (part - day).astype(np.int64)
        there = ~np.isnat(part)
        midnight[here] = there & (seconds < 60)
        full_hour[here] = there & (seconds % 3600 < 60)
        first[here] = there & (day == day.astype("datetime64[M]"))
    return midnight, full_hour, first


def _time_zone(trough: Trough | None, timed: np.ndarray, sliced: Slices) -> list:
    if trough is None or trough.plausible:
        return []
    return [
        Problem(
            "time zone",
            "warning",
            _TABLE,
            trough.n,
            t(
                "The quietest hour is {hour} h, and street crime is quietest between 4 and 9: "
                "the time zone is probably wrong.",
                hour=number(trough.hour),
            ),
            t(
                "Check the time zone in city.toml and that of the file; import it again with --zone NAME --replace."
            ),
            **sliced.split(timed),
        )
    ]


def _zone_letter(trough: Trough | None, n: int) -> list[Problem]:
    """Z is not to be trusted: of published files that end their stamps in it, some are local time."""
    if not n or (trough is not None and not trough.plausible):
        return []
    what = tn(
        "The stamp of {n} row says its own time zone (Z or an offset), which published files often say wrongly.",
        "The stamps of {n} rows say their own time zone (Z or an offset), which published files often say wrongly.",
        n,
    )
    if trough is None:
        how = t("There are too few hours to tell whether it is right.")
    else:
        how = t(
            "As it was read, the quietest hour is {hour} h, as it should be.",
            hour=number(trough.hour),
        )
    return [
        Problem(
            "zone letter",
            "note" if trough else "warning",
            _TABLE,
            n,
            f"{what} {how}",
            t(
                "Compare the hour of a known event; import again with --zone NAME --replace if it is off."
            ),
        )
    ]


def _month_only(rough: np.ndarray, sliced: Slices) -> list[Problem]:
    n = int(rough.sum())
    if not n:
        return []
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
            **sliced.split(rough),
        )
    ]


def _midnight(
    marks: Mapping[str, Any], to_the_minute: np.ndarray, sliced: Slices
) -> list[Problem]:
    rows = int(to_the_minute.sum())
    n = int(marks["midnight"].sum())
    if rows < FEW:
        return []
    share = n / rows
    # People round to full hours: midnight is odd only beside the other full hours.
    full = int(marks["full hour"].sum()) / rows - share
    if share < MIDNIGHT or share < 2 * full / 23:
        return []
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
            **sliced.split(marks["midnight"]),
        )
    ]


def _first_of_month(
    marks: Mapping[str, Any], moments: np.ndarray, sliced: Slices
) -> list[Problem]:
    dated = int(marks["dated"].sum())
    n = int(marks["first of month"].sum())
    if dated < FEW:
        return []
    share = n / dated
    # A file of few weeks may hold more firsts, or none.
    ends = moments[marks["dated"]]
    first, last = (f(ends).astype("datetime64[D]") for f in (np.min, np.max))
    days = np.arange(first, last + 1)
    chance = float((days == days.astype("datetime64[M]")).mean())
    if share < FIRST_OF_MONTH * max(chance, 0.03):
        return []
    return [
        Problem(
            "first of month",
            "note",
            _TABLE,
            n,
            t(
                "{share} of the dates are the first of a month, twice what chance gives: some days are not known.",
                share=percent(share),
            ),
            t("Do not read days of the month; months are safe."),
            **sliced.split(marks["first of month"]),
        )
    ]
