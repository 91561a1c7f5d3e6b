"""When did each event happen, in local time? In: columns of dates and times. Out: from, to, and how exact.

Whatever the columns (one stamp, a date beside a clock time, year-month-day-hour), the result is the city's
own wall clock and an honest precision: a column of firsts of the month knows months only, a column of
midnights knows days only, and an hour that the source has masked is not an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.numerals import as_floats
from safelearn.city.profiles import Profile
from safelearn.city.stamps import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    PRECISIONS,
    YEAR,
    Stamps,
    from_parts,
    parse_clock,
    parse_stamps,
)
from safelearn.city.trough import find_trough
from safelearn.errors import SafelearnError
from safelearn.language import number, t, tn

#: So many rows, all at the first of a month or all at midnight, are no accident.
_ENOUGH = 60
_NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class Times:
    """Local times of events.

    Attributes
    ----------
    occurred_from, occurred_to : ndarray of datetime64[s]
        In the city's time zone, naive; NaT where unreadable (from) or not given (to).
    precision : Categorical
        minute, hour, day, month or year.
    notes : tuple of str
    """

    occurred_from: np.ndarray
    occurred_to: np.ndarray
    precision: pd.Categorical
    notes: tuple[str, ...] = ()


def read_times(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    masked: np.ndarray | None = None,
) -> Times:
    """Read when each row happened.

    Parameters
    ----------
    frame : DataFrame of str
    columns : mapping
        Field -> column, as `Profile.assign` gives it.
    zone : ZoneInfo
        The city's.
    file_zone : str, optional
        What a person said the file's stamps are in; it stands above the profile and the stamps.
    masked : array of bool, optional
        Rows whose hour the source hides.

    Raises
    ------
    SafelearnError
        If no column holds dates, or `file_zone` is no time zone.
    """
    begin = _one_end(frame, columns, "from", profile)
    if begin is None:
        begin = _parts(frame, columns)
    if begin is None:
        raise SafelearnError(
            t("No column with the date of each event was found."),
            where=", ".join(map(str, frame.columns[:12])),
            remedy=t(
                "Name it `date`, or describe the file in a profile (see `safelearn profiles`)."
            ),
        )
    end = _one_end(frame, columns, "to", profile)
    notes = list(begin.notes)
    source, said = _zone_of(begin, profile, zone, file_zone)
    notes += said
    # Days, months and years are calendar entries, not instants: no zone moves them.
    timed = begin.precision <= HOUR
    moments = np.where(timed, _local(begin.moments, source, zone), begin.moments)
    exact = begin.precision.copy()
    exact = _honest(moments, exact, profile, notes)
    if masked is not None and masked.any():
        exact[masked & (exact < DAY)] = DAY
        notes.append(
            tn(
                "The hour of {n} row is masked by the source: it is known to the day.",
                "The hour of {n} rows is masked by the source: they are known to the day.",
                int(masked.sum()),
            )
        )
    moments = _begin_of(moments, exact)
    until = np.full(len(frame), _NAT)
    if end is not None:
        until = _local(end.moments, source, zone)
        known = ~np.isnat(until)
        backwards = known & ~np.isnat(moments) & (until < moments)
        if backwards.any():
            notes.append(
                tn(
                    "{n} row ends before it begins: its end is not used.",
                    "{n} rows end before they begin: their ends are not used.",
                    int(backwards.sum()),
                )
            )
        until[backwards | (exact >= MONTH)] = _NAT
    return Times(
        moments.astype("datetime64[s]"),
        until.astype("datetime64[s]"),
        pd.Categorical.from_codes(exact, categories=list(PRECISIONS), ordered=False),
        tuple(notes),
    )


def _one_end(
    frame: pd.DataFrame, columns: Mapping[str, str], end: str, profile: Profile
) -> Stamps | None:
    stamp, date, time = (columns.get(k) for k in (end, f"{end}_date", f"{end}_time"))
    column = stamp or date
    if column is None:
        return None
    read = parse_stamps(frame[column], format=profile.time_format if stamp else "")
    bare = (read.precision == DAY) | _at_midnight(read.moments)
    if time is None or read.written or not bare[~np.isnat(read.moments)].all():
        return read
    minutes, exact = parse_clock(frame[time])
    known = minutes >= 0
    day = read.moments.astype("datetime64[D]").astype("datetime64[s]")
    moments = np.where(known, day + np.where(known, minutes, 0) * 60, day)
    precision = np.where(known, exact, DAY).astype(np.int8)
    return Stamps(moments, precision, "", read.notes)


def _parts(frame: pd.DataFrame, columns: Mapping[str, str]) -> Stamps | None:
    if "year" not in columns:
        return None
    found = {
        k: as_floats(frame[columns[k]])
        for k in ("year", "month", "day", "hour", "minute")
        if k in columns
    }
    return Stamps(*from_parts(found))


def _zone_of(
    begin: Stamps, profile: Profile, zone: ZoneInfo, file_zone: str | None
) -> tuple[ZoneInfo, list[str]]:
    """The zone in which the moments stand, and the assumption."""
    utc = ZoneInfo("UTC")
    if begin.written in ("offset", "epoch"):
        # An instant needs no zone, and a person who names one cannot change when it was.
        return utc, []
    if file_zone:
        return _named(file_zone, zone), []
    if profile.zone:
        source = _named(profile.zone, zone)
        return source, [
            t(
                "Times are in {source} and were changed to {zone}.",
                source=source.key,
                zone=zone.key,
            )
        ]
    if begin.written != "Z":
        return zone, []
    as_utc = find_trough(pd.Series(_local(begin.moments, utc, zone)))
    as_local = find_trough(pd.Series(begin.moments))
    if as_utc and as_local and as_local.plausible and not as_utc.plausible:
        return zone, [
            t(
                "The times end in Z, but are local: their quietest hour is {hour} h. Read as local.",
                hour=number(as_local.hour),
            )
        ]
    return utc, [
        t("The times end in Z: read as UTC and changed to {zone}.", zone=zone.key)
    ]


def _named(name: str, zone: ZoneInfo) -> ZoneInfo:
    if name.casefold() in ("local", "city"):
        return zone
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SafelearnError(
            t("There is no time zone called {name}.", name=name),
            remedy=t("Use a name such as UTC, America/Bogota, or local."),
        ) from error


def _local(moments: np.ndarray, source: ZoneInfo, zone: ZoneInfo) -> np.ndarray:
    if source.key == zone.key:
        return moments
    stamps = pd.DatetimeIndex(moments)
    # In the hour that summer time repeats, the first of the two is taken; in the one it skips, the next.
    aware = stamps.tz_localize(
        source,
        ambiguous=np.ones(len(stamps), dtype=bool),
        nonexistent="shift_forward",
    )
    return aware.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[s]")


def _honest(
    moments: np.ndarray, exact: np.ndarray, profile: Profile, notes: list[str]
) -> np.ndarray:
    """The precision that the values themselves show, where a whole column is rounder than its format."""
    known = ~np.isnat(moments)
    if profile.time_precision:
        level = PRECISIONS.index(profile.time_precision)
        return np.maximum(exact, level).astype(np.int8)
    timed = known & (exact <= HOUR)
    if timed.any():
        seconds = moments[timed].astype("int64") % 86_400
        if not seconds.any():
            exact[timed] = DAY
        elif timed.sum() >= _ENOUGH and not (seconds % 3600).any():
            exact[timed & (exact == MINUTE)] = HOUR
            notes.append(t("All times are full hours: they are known to the hour."))
    dated = known & (exact == DAY)
    if dated.sum() >= _ENOUGH and dated.sum() == known.sum():
        days = moments[dated].astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        if (days == months.astype("datetime64[D]")).all():
            whole_years = (
                months == months.astype("datetime64[Y]").astype("datetime64[M]")
            ).all()
            exact[dated] = YEAR if whole_years and len(np.unique(months)) > 1 else MONTH
            notes.append(
                t("All dates are the first of a month or year: the day is not known.")
            )
    return exact


def _begin_of(moments: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """The first instant of the day, month or year where no more is known."""
    result = moments.astype("datetime64[s]")
    for level, unit in ((DAY, "D"), (MONTH, "M"), (YEAR, "Y")):
        rows = exact == level
        if rows.any():
            begun = result[rows].astype(f"datetime64[{unit}]")
            result[rows] = begun.astype("datetime64[s]")
    return result


def _at_midnight(moments: np.ndarray) -> np.ndarray:
    return moments.astype("int64") % 86_400 == 0
