"""When did each event happen, in local time? In: columns of dates and times. Out: from, to, and how exact.

Whatever the columns (one stamp, a date beside a clock time, year-month-day-hour), the result is the city's
own wall clock and an honest precision: a column of firsts of the month knows months only, a column of
midnights knows days only, and an hour that the source has masked is not an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.clocks import ClockReader, settle_clock
from safelearn.city.numerals import as_floats
from safelearn.city.profiles import Profile
from safelearn.city.stamps import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    PRECISIONS,
    YEAR,
    StampReader,
    Stamps,
    from_parts,
    settle_stamps,
)
from safelearn.city.trough import find_trough
from safelearn.errors import SafelearnError
from safelearn.language import number, t, tn

#: So many rows, all at the first of a month or all at midnight, are no accident.
_ENOUGH = 60
_FIGURES = ("masked_hours", "backward_ends")
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
    figures : dict of str to int
        Counts of what was mended or left out; they add up over the chunks of a file (see `time_notes`).
    """

    occurred_from: np.ndarray
    occurred_to: np.ndarray
    precision: pd.Categorical
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """How one end of the interval is read: a stamp, a date beside a clock time, or parts of a date."""

    stamp: str = ""
    clock: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    stamps: StampReader = field(default_factory=StampReader)
    clocks: ClockReader = field(default_factory=ClockReader)

    def read(self, frame: pd.DataFrame) -> Stamps:
        """Moments as written, row by row."""
        if self.parts:
            found = {k: as_floats(frame[column]) for k, column in self.parts.items()}
            return Stamps(*from_parts(found))
        read = self.stamps.read(frame[self.stamp])
        if not self.clock:
            return read
        minutes, exact = self.clocks.read(frame[self.clock])
        known = minutes >= 0
        day = read.moments.astype("datetime64[D]").astype("datetime64[s]")
        moments = np.where(known, day + np.where(known, minutes, 0) * 60, day)
        return Stamps(moments, np.where(known, exact, DAY).astype(np.int8))


@dataclass(frozen=True)
class TimeReader:
    """How a file's times are read, settled once for all of its rows.

    Attributes
    ----------
    begin : End
    end : End or None
    source, zone : ZoneInfo
        In which the file's stamps stand, and the city's.
    rounder : tuple of int
        Precisions of rows that are as round as the whole column is (positions in `PRECISIONS`).
    least : int
        No row is more exact than this (a position in `PRECISIONS`).
    no_hours : tuple of int
        Minutes of the day, as written, that the source puts where it does not know the hour.
    notes : tuple of str
        What was decided for the whole file, in sentences.
    """

    begin: End
    end: End | None
    source: ZoneInfo
    zone: ZoneInfo
    rounder: tuple[int, ...] = ()
    least: int = MINUTE
    no_hours: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def read(self, frame: pd.DataFrame, masked: np.ndarray | None = None) -> Times:
        """Read rows, each by itself: chunk by chunk gives what the whole gives.

        Parameters
        ----------
        frame : DataFrame of str
        masked : array of bool, optional
            Rows whose hour the source hides.
        """
        begin = self.begin.read(frame)
        moments = _to_local(begin, self.source, self.zone)
        exact = np.maximum(begin.precision, self.least).astype(np.int8)
        exact = _rounded(moments, exact, self.rounder)
        exact[begin.at(self.no_hours) & (exact < DAY)] = DAY
        figures = dict.fromkeys(_FIGURES, 0)
        if masked is not None:
            hidden = masked & ~np.isnat(moments)
            figures["masked_hours"] = int(hidden.sum())
            exact[hidden & (exact < DAY)] = DAY
        moments = _begin_of(moments, exact)
        until = np.full(len(frame), _NAT)
        if self.end is not None:
            until = _local(self.end.read(frame).moments, self.source, self.zone)
            backwards = ~np.isnat(until) & ~np.isnat(moments) & (until < moments)
            figures["backward_ends"] = int(backwards.sum())
            until[backwards | (exact >= MONTH)] = _NAT
        return Times(
            moments.astype("datetime64[s]"),
            until.astype("datetime64[s]"),
            pd.Categorical.from_codes(exact, categories=list(PRECISIONS)),
            figures,
        )


def settle_times(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    masked: np.ndarray | None = None,
) -> TimeReader:
    """Decide once, for a whole file, how its times are read.

    Parameters
    ----------
    sample : DataFrame of str
        The file, or so many rows of it that they show all its habits.
    columns : mapping
        Field -> column, as `Profile.assign` gives it.
    zone : ZoneInfo
        The city's.
    file_zone : str, optional
        What a person said the file's stamps are in; it stands above the profile and the stamps.
    masked : array of bool, optional
        Rows of the sample whose hour the source hides: they say nothing about the others.

    Raises
    ------
    SafelearnError
        If no column holds dates, or `file_zone` is no time zone.
    """
    begin = _settle_end(sample, columns, "from", profile) or _settle_parts(columns)
    if begin is None:
        raise SafelearnError(
            t("No column with the date of each event was found."),
            where=", ".join(map(str, sample.columns[:12])),
            remedy=t(
                "Name it `date`, or describe the file in a profile (see `safelearn profiles`)."
            ),
        )
    end = _settle_end(sample, columns, "to", profile)
    read = begin.read(sample)
    source, said = _zone_of(read, profile, zone, file_zone)
    notes = [*begin.stamps.notes, *said]
    least, rounder = MINUTE, ()
    if profile.time_precision:
        least = PRECISIONS.index(profile.time_precision)
    else:
        moments = _to_local(read, source, zone)
        if masked is not None:
            moments = np.where(masked, _NAT, moments)
        rounder, rough = _honest(moments, read.precision)
        notes += rough
    no_hours = tuple(sorted(profile.unknown_hours))
    return TimeReader(begin, end, source, zone, rounder, least, no_hours, tuple(notes))


def read_times(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    masked: np.ndarray | None = None,
) -> tuple[Times, tuple[str, ...]]:
    """Settle and read a small file at once; also everything there is to say about it."""
    reader = settle_times(
        frame, columns, profile, zone=zone, file_zone=file_zone, masked=masked
    )
    times = reader.read(frame, masked)
    return times, (*reader.notes, *time_notes(times.figures))


def time_notes(figures: Mapping[str, int]) -> tuple[str, ...]:
    """Sentences about the rows read.

    Parameters
    ----------
    figures : mapping
        `Times.figures`, added up over the chunks of a file.
    """
    notes = []
    if figures.get("masked_hours"):
        notes.append(
            tn(
                "The hour of {n} row is masked by the source: it is known to the day.",
                "The hour of {n} rows is masked by the source: they are known to the day.",
                figures["masked_hours"],
            )
        )
    if figures.get("backward_ends"):
        notes.append(
            tn(
                "{n} row ends before it begins: its end is not used.",
                "{n} rows end before they begin: their ends are not used.",
                figures["backward_ends"],
            )
        )
    return tuple(notes)


def _settle_end(
    sample: pd.DataFrame, columns: Mapping[str, str], end: str, profile: Profile
) -> End | None:
    stamp, date, clock = (columns.get(k) for k in (end, f"{end}_date", f"{end}_time"))
    column = stamp or date
    if column is None:
        return None
    reader = settle_stamps(sample[column], formats=profile.time_formats)
    if clock is None or reader.written:
        return End(column, stamps=reader)
    read = reader.read(sample[column])
    bare = (read.precision == DAY) | _at_midnight(read.moments)
    if not bare[~np.isnat(read.moments)].all():
        # The column of dates has its own hours: the other column is not needed.
        return End(column, stamps=reader)
    return End(column, clock, stamps=reader, clocks=settle_clock(sample[clock]))


def _settle_parts(columns: Mapping[str, str]) -> End | None:
    if "year" not in columns:
        return None
    names = ("year", "month", "day", "hour", "minute")
    return End(parts={k: columns[k] for k in names if k in columns})


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


def _to_local(read: Stamps, source: ZoneInfo, zone: ZoneInfo) -> np.ndarray:
    # Days, months and years are calendar entries, not instants: no zone moves them.
    local = _local(read.moments, source, zone)
    return np.where(read.precision <= HOUR, local, read.moments)


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
    moments: np.ndarray, exact: np.ndarray
) -> tuple[tuple[int, ...], list[str]]:
    """The precisions that round values really have, where a whole column is rounder than its format."""
    known = ~np.isnat(moments)
    timed = known & (exact <= HOUR)
    found: list[int] = []
    notes = []
    if timed.any():
        seconds = moments[timed].astype("int64") % 86_400
        if not seconds.any():
            found.append(DAY)
        elif timed.sum() >= _ENOUGH and not (seconds % 3600).any():
            found.append(HOUR)
            notes.append(t("All times are full hours: they are known to the hour."))
    dated = known & ((exact == DAY) | (timed if DAY in found else False))
    if dated.sum() >= _ENOUGH and dated.sum() == known.sum():
        days = moments[dated].astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        if (days == months.astype("datetime64[D]")).all():
            years = months.astype("datetime64[Y]").astype("datetime64[M]")
            yearly = (months == years).all() and len(np.unique(months)) > 1
            found.append(YEAR if yearly else MONTH)
            notes.append(
                t("All dates are the first of a month or year: the day is not known.")
            )
    return tuple(found), notes


def _rounded(
    moments: np.ndarray, exact: np.ndarray, rounder: tuple[int, ...]
) -> np.ndarray:
    """The precision of rows that are as round as the whole column; a row that is not keeps its own."""
    for level in rounder:
        finest = MINUTE if level <= DAY else DAY
        same = moments == _begun(moments, level)
        exact = np.where(same & (exact >= finest) & (exact < level), level, exact)
    return exact.astype(np.int8)


def _begun(moments: np.ndarray, level: int) -> np.ndarray:
    unit = {HOUR: "h", DAY: "D", MONTH: "M", YEAR: "Y"}[level]
    return moments.astype(f"datetime64[{unit}]").astype("datetime64[s]")


def _begin_of(moments: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """The first instant of the day, month or year where no more is known."""
    result = moments.astype("datetime64[s]")
    for level in (DAY, MONTH, YEAR):
        rows = exact == level
        if rows.any():
            result[rows] = _begun(result[rows], level)
    return result


def _at_midnight(moments: np.ndarray) -> np.ndarray:
    return moments.astype("int64") % 86_400 == 0
