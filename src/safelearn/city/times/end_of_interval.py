"""Which columns tell when an event began, or ended? In: a file's columns. Out: a reader of one end of it.

An end is one stamp, a date beside a clock time, or parts of a date; where a date cannot be read, the columns of
years and months may still tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.columns.profiles import Profile
from safelearn.city.times.clocks import ClockReader, settle_clock
from safelearn.city.times.date_parts import PARTS, has_financial, read_parts
from safelearn.city.times.moments import DAY, SILENT, YEAR, Stamps
from safelearn.city.times.spans import year_begins
from safelearn.city.times.stamps import StampReader, settle_stamps
from safelearn.city.times.zones import to_zone
from safelearn.language import t

_UTC = ZoneInfo("UTC")
#: Where dates are readable, the columns of years and months must agree with so many of them to stand in.
_AGREE = 0.95


@dataclass(frozen=True)
class End:
    """How one end of the interval is read.

    Attributes
    ----------
    stamp, clock : str
        Columns; empty if there is none.
    parts : mapping of str to str
        Part of a date -> column, where there is no stamp or it cannot be read.
    begins : int
        The month in which financial years begin.
    notes : tuple of str
    calendar : ZoneInfo or None
        Where instants beside a clock are all midnights of this zone: then they are days of its calendar.
    """

    stamp: str = ""
    clock: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    stamps: StampReader = field(default_factory=StampReader)
    clocks: ClockReader = field(default_factory=ClockReader)
    begins: int = 1
    notes: tuple[str, ...] = ()
    calendar: ZoneInfo | None = None

    def read(self, frame: pd.DataFrame) -> Stamps:
        """Moments as written, row by row."""
        if not self.stamp:
            return read_parts(frame, self.parts, self.clocks, self.begins)
        read = self.stamps.read(frame[self.stamp])
        if self.calendar:
            read = _as_days(read, self.calendar)
        if self.clock:
            read = self._with_clock(read, frame[self.clock])
        missing = np.isnat(read.moments)
        if self.parts and missing.any():
            parts = read_parts(
                frame[missing], self.parts, ClockReader("hours"), self.begins
            )
            read.moments[missing], read.until[missing] = parts.moments, parts.until
            read.precision[missing] = parts.precision
            read.says[missing] = SILENT
            read.figures["from_parts"] = int((~np.isnat(parts.moments)).sum())
        return read

    def _with_clock(self, read: Stamps, text: pd.Series) -> Stamps:
        clock = self.clocks.read(text)
        dated = ~np.isnat(read.moments) & (read.precision <= DAY)
        known = dated & (clock.seconds >= 0)
        day = read.moments.astype("datetime64[D]").astype("datetime64[s]")
        moments = np.where(dated, day, read.moments)
        moments = moments + np.where(known, clock.seconds - clock.offset, 0)
        precision = np.where(known, clock.precision, np.maximum(read.precision, DAY))
        unread = dated & ~known & (text.str.strip() != "").to_numpy()
        return Stamps(
            moments,
            precision.astype(np.int8),
            np.where(known, clock.says, SILENT).astype(np.int8),
            read.until,
            read.figures
            | {
                "unread_clocks": int(unread.sum()),
                "ends_of_day": int((known & (clock.seconds == 86_400)).sum()),
            },
        )


def settle_end(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    end: str,
    profile: Profile,
    zone: ZoneInfo,
) -> End | None:
    """How the beginning ("from") or the end ("to") is read; None if no column has its date."""
    stamp, date, clock = (columns.get(k) for k in (end, f"{end}_date", f"{end}_time"))
    column = stamp or date
    if column is None:
        return None
    begins = profile.year_begins or year_begins(zone)
    reader = settle_stamps(
        sample[column],
        formats=profile.time_formats,
        beside=sample,
        zone=zone,
        begins=begins,
    )
    read = reader.read(sample[column])
    if end == "from" and clock is None:
        # A date beside a column of hours (and one of minutes, which then says nothing more).
        clock = columns.get("hour")
    calendar = zone if clock is not None and _bare(_as_days(read, zone)) else None
    if calendar:
        read = _as_days(read, zone)
    if clock is not None and not _bare(read):
        # The column of dates has its own hours: the other column is not needed.
        clock = None
    parts = {}
    if end == "from" and "year" in columns:
        parts = {k: columns[k] for k in PARTS if k in columns}
        parts = parts if _stand_in(sample, parts, read) else {}
    return End(
        column,
        clock or "",
        parts,
        reader,
        settle_clock(sample[clock]) if clock else ClockReader(),
        begins,
        reader.notes,
        calendar,
    )


def settle_parts(
    sample: pd.DataFrame, columns: Mapping[str, str], profile: Profile, zone: ZoneInfo
) -> End | None:
    """How a date that is spread over columns is read; None if no column has the year."""
    if "year" not in columns:
        return None
    parts = {k: columns[k] for k in PARTS if k in columns}
    begins = profile.year_begins or year_begins(zone)
    notes: tuple[str, ...] = ()
    if "month" not in parts and has_financial(sample[parts["year"]]):
        notes = (
            t(
                "Years such as {example} begin in month {month}.",
                example=sample[parts["year"]].iloc[0].strip(),
                month=str(begins),
            ),
        )
    clock = settle_clock(sample[parts["hour"]]) if "hour" in parts else ClockReader()
    return End(parts=parts, clocks=clock, begins=begins, notes=notes)


def _bare(read: Stamps) -> bool:
    """Whether no stamp of a column has a time of day."""
    known = ~np.isnat(read.moments)
    midnight = read.moments.astype("int64") % 86_400 == 0
    return bool(((read.precision >= DAY) | midnight)[known].all())


def _as_days(read: Stamps, zone: ZoneInfo) -> Stamps:
    """Instants on the clocks of a zone; what says nothing of its zone is on them already."""
    told = read.says != SILENT
    moments = np.where(told, to_zone(read.moments, _UTC, zone), read.moments)
    midnight = told & (moments.astype("int64") % 86_400 == 0)
    precision = np.where(midnight, DAY, read.precision).astype(np.int8)
    silent = np.full(len(moments), SILENT, dtype=np.int8)
    return Stamps(moments, precision, silent, read.until, read.figures)


def _stand_in(sample: pd.DataFrame, parts: Mapping[str, str], read: Stamps) -> bool:
    """Whether the columns of parts tell the same date as the column of dates, where both can be read."""
    found = read_parts(sample, parts, ClockReader("hours"), 1)
    both = ~np.isnat(read.moments) & ~np.isnat(found.moments)
    if not both.any():
        return not (~np.isnat(read.moments)).any()
    level = found.precision[both] == YEAR
    a, b = read.moments[both], found.moments[both]
    years = a.astype("datetime64[Y]") == b.astype("datetime64[Y]")
    months = a.astype("datetime64[M]") == b.astype("datetime64[M]")
    return bool(np.where(level, years, months).mean() >= _AGREE)
