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

from safelearn.city.columns.profiles import Profile
from safelearn.city.times.end_of_interval import End, settle_end, settle_parts
from safelearn.city.times.moments import (
    DAY,
    HOUR,
    INSTANT,
    MINUTE,
    MONTH,
    NAT,
    PRECISIONS,
    YEAR,
    ZULU,
    Stamps,
)
from safelearn.city.times.roundness import after, begin_of, rounded, roundness, stated
from safelearn.city.times.time_notes import FIGURES, time_notes
from safelearn.city.times.trough import find_trough
from safelearn.city.times.zones import odd_hours, to_zone, zone_named
from safelearn.errors import SafelearnError
from safelearn.language import number, t

__all__ = ["TimeReader", "Times", "read_times", "settle_times", "time_notes"]

#: The column that says of each row how exactly its time is known, in tables made by safelearn.
_PRECISION = "time_precision"
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Times:
    """Local times of events.

    Attributes
    ----------
    occurred_from, occurred_to : ndarray of datetime64[s]
        In the city's time zone, naive; NaT where unreadable (from) or not given (to). "To" is the last
        moment that it can have been: the last minute of a day, a week or a financial year.
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
class TimeReader:
    """How a file's times are read, settled once for all of its rows.

    Attributes
    ----------
    begin : End
    end : End or None
    source, zulu, zone : ZoneInfo
        In which stamps without a zone stand, in which those that end in Z, and the city's.
    rounder : tuple of int
        Precisions of rows that are as round as the whole column is (positions in `PRECISIONS`).
    least : int
        No row is more exact than this (a position in `PRECISIONS`).
    unknown_hours : frozenset of int
        Minutes of the day that are written where the hour is not known.
    notes : tuple of str
        What was decided for the whole file, in sentences.
    """

    begin: End
    end: End | None
    source: ZoneInfo
    zulu: ZoneInfo
    zone: ZoneInfo
    rounder: tuple[int, ...] = ()
    least: int = MINUTE
    unknown_hours: frozenset[int] = frozenset()
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
        figures = dict.fromkeys(FIGURES, 0) | begin.figures
        exact = np.maximum(begin.precision, self.least).astype(np.int8)
        if _PRECISION in frame:
            exact = np.maximum(exact, stated(frame[_PRECISION]))
        local = self._local(begin)
        exact = rounded(local, exact, self.rounder)
        hidden = self._unknown(begin) & (exact < DAY)
        figures["unknown_hours"] = int(hidden.sum())
        if masked is not None:
            figures["masked_hours"] = int((masked & ~np.isnat(local)).sum())
            hidden |= masked & (exact < DAY)
        exact[hidden] = DAY
        self._count_odd(begin, exact, figures)
        until = begin.until.copy()
        if self.end is not None:
            until = self._read_end(frame, begin, local, exact, until, figures)
        moments = begin_of(local, exact, np.isnat(until))
        return Times(
            moments,
            until,
            pd.Categorical.from_codes(exact, categories=list(PRECISIONS)),
            figures,
        )

    def _local(self, read: Stamps) -> np.ndarray:
        """Moments on the city's clock. Days, months and years are calendar entries: no zone moves them."""
        moments = read.moments
        timed = read.precision <= HOUR
        if self.source.key == self.zone.key and not read.says.any():
            return moments
        result = moments.copy()
        for rows, source in (
            (timed & (read.says == INSTANT), _UTC),
            (timed & (read.says == ZULU), self.zulu),
            (timed & (read.says == 0), self.source),
        ):
            result[rows] = to_zone(moments[rows], source, self.zone)
        return result

    def _unknown(self, read: Stamps) -> np.ndarray:
        if not self.unknown_hours:
            return np.zeros(len(read.moments), dtype=bool)
        minutes = read.moments.astype("datetime64[m]").astype(np.int64) % 1440
        return np.isin(minutes, list(self.unknown_hours)) & ~np.isnat(read.moments)

    def _count_odd(
        self, read: Stamps, exact: np.ndarray, figures: dict[str, int]
    ) -> None:
        """Times that clocks showed twice, or never; an instant is one of the two, and says which."""
        timed = (exact <= HOUR) & ~np.isnat(read.moments)
        naive = timed & (read.says == 0)
        repeated, skipped = odd_hours(read.moments[naive], self.source)
        figures["repeated_hours"] = int(repeated.sum())
        figures["skipped_hours"] = int(skipped.sum())

    def _read_end(
        self,
        frame: pd.DataFrame,
        begin: Stamps,
        local: np.ndarray,
        exact: np.ndarray,
        until: np.ndarray,
        figures: dict[str, int],
    ) -> np.ndarray:
        end = self.end.read(frame)
        last = self._local(end)
        # An end that is known to the day may be any minute of it.
        for level, unit in ((DAY, "D"), (MONTH, "M"), (YEAR, "Y")):
            rows = (end.precision == level) & ~np.isnat(last)
            over = last[rows].astype(f"datetime64[{unit}]") + 1
            last[rows] = over.astype("datetime64[s]") - 60
        last = np.where(np.isnat(end.until), last, end.until)
        known = ~np.isnat(last) & ~np.isnat(local)
        first = begin_of(local, exact, np.zeros(len(local), dtype=bool))
        backwards = known & (last < first)
        # When clocks go back, an event can end before it began on the clock, and yet after it.
        same = end.says == begin.says
        later = backwards & same & (begin.says != 0) & (end.moments >= begin.moments)
        last[later] = local[later]
        backwards &= ~later
        figures["backward_ends"] = int(backwards.sum())
        usable = known & ~backwards
        # A rough date with an end of the same roughness says no more than it did; a quarter of which the table
        # itself says that nothing finer than its year is known does.
        rough = (exact >= MONTH) & (last < after(first, exact))
        if _PRECISION in frame:
            rough &= stated(frame[_PRECISION]) < MONTH
        usable &= ~rough
        return np.where(usable, last, until)


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
        The file, or so many rows of it that they show all its habits, in the order of the file.
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
        If no column holds dates, if a column mixes two orders of day and month, or if `file_zone` is no
        time zone.
    """
    begin = settle_end(sample, columns, "from", profile, zone)
    begin = begin or settle_parts(sample, columns, profile, zone)
    if begin is None:
        raise _without_dates(sample, profile)
    if begin.stamps.order.refusal:
        raise SafelearnError(
            begin.stamps.order.refusal,
            where=begin.stamp,
            remedy=t(
                "Ask the source for dates such as 2024-03-31, or import the rows of each order as a file of its own."
            ),
        )
    end = settle_end(sample, columns, "to", profile, zone)
    notes = [*begin.notes, *begin.stamps.order.notes]
    if end is not None and end.stamps.order.refusal:
        notes.append(
            t(
                "{why} Ends are not used.",
                why=end.stamps.order.refusal,
            )
        )
        end = None
    elif end is not None:
        notes += end.notes
        if end.stamps.order.otherwise != begin.stamps.order.otherwise:
            notes += end.stamps.order.notes
    read = begin.read(sample)
    source, zulu, said = _zones(read, profile, zone, file_zone)
    notes += said
    least, rounder = MINUTE, ()
    unknown = frozenset(profile.unknown_hours)
    reader = TimeReader(begin, end, source, zulu, zone, unknown_hours=unknown)
    if profile.time_precision:
        least = PRECISIONS.index(profile.time_precision)
    elif _PRECISION not in sample:
        moments = np.where(reader._unknown(read), NAT, reader._local(read))
        if masked is not None:
            moments = np.where(masked, NAT, moments)
        rounder, rough = roundness(moments, read.precision)
        notes += rough
    return TimeReader(
        begin, end, source, zulu, zone, rounder, least, unknown, tuple(notes)
    )


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


def _zones(
    begin: Stamps, profile: Profile, zone: ZoneInfo, file_zone: str | None
) -> tuple[ZoneInfo, ZoneInfo, list[str]]:
    """The zone of stamps without one, that of stamps with a Z, and the assumption."""
    timed = (begin.precision <= HOUR) & ~np.isnat(begin.moments)
    if file_zone:
        source = zone_named(file_zone, zone)
        return source, source, []
    if profile.zone:
        source = zone_named(profile.zone, zone)
        if not (timed & (begin.says != INSTANT)).any():
            return source, source, []
        return (
            source,
            source,
            [
                t(
                    "Times are in {source} and were changed to {zone}.",
                    source=source.key,
                    zone=zone.key,
                )
            ],
        )
    lettered = timed & (begin.says == ZULU)
    if not lettered.any():
        return zone, _UTC, []
    stamps = begin.moments[lettered]
    as_utc = find_trough(pd.Series(to_zone(stamps, _UTC, zone)))
    as_local = find_trough(pd.Series(stamps))
    if as_utc and as_local and as_local.plausible and not as_utc.plausible:
        return (
            zone,
            zone,
            [
                t(
                    "The times end in Z, but are local: their quietest hour is {hour} h. Read as local.",
                    hour=number(as_local.hour),
                )
            ],
        )
    return (
        zone,
        _UTC,
        [t("The times end in Z: read as UTC and changed to {zone}.", zone=zone.key)],
    )


def _without_dates(sample: pd.DataFrame, profile: Profile) -> SafelearnError:
    """Why no column holds dates: none is called so, or the one that is has something else in it."""
    called = profile.assign(sample.columns)
    name = next((called[f] for f in ("from", "from_date", "day") if f in called), None)
    cells = sample[name].str.strip() if name is not None else pd.Series([], dtype="str")
    shown = cells[cells.str.contains(r"\d")]
    if name is None and "month" in called and "year" not in called:
        return SafelearnError(
            t(
                "The column {column} says the month, and no column says of which year.",
                column=called["month"],
            ),
            remedy=t("Add a column year, or write months as 2024-03."),
        )
    if name is None or shown.empty or shown.str.fullmatch(r"\d{1,2}").all():
        return SafelearnError(
            t("No column with the date of each event was found."),
            where=", ".join(map(str, sample.columns[:12])),
            remedy=t(
                "Name it `date`, or describe the file in a profile (see `safelearn profiles`)."
            ),
        )
    return SafelearnError(
        t(
            "What stands in the column {column} cannot be read as dates, such as {example}.",
            column=name,
            example=shown.iloc[0][:20],
        ),
        remedy=t(
            "A date needs its year: 2024-03-31 is read everywhere. Write it so, or describe the format in a profile "
            "(see `safelearn profiles`)."
        ),
    )
