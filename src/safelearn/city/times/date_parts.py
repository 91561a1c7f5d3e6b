"""What date do columns of years, months and days make? In: parts of a date, a column each. Out: moments.

A row is known as exactly as its parts are: without a month it knows its year, without a day its month. Months
may be names, a quarter or a week may take the place of the month, and 2011/2012 is a financial year.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.times.clocks import ClockReader
from safelearn.city.times.moments import (
    DAY,
    FIRST_YEAR,
    HOUR,
    LAST_YEAR,
    MINUTE,
    MONTH,
    NAT,
    YEAR,
    Stamps,
    on_date,
    stamps,
)
from safelearn.city.times.periods import MONTHS
from safelearn.city.times.spans import looks_financial, read_spans, week_of
from safelearn.city.times.written_dates import full_year

PARTS = ("year", "quarter", "week", "month", "day", "hour", "minute")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_parts(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    clock: ClockReader,
    begins: int,
) -> Stamps:
    """Moments of rows whose date is spread over columns.

    Parameters
    ----------
    columns : mapping
        Part (see `PARTS`) -> column; at least the year.
    clock : ClockReader
        Of the column of hours.
    begins : int
        The month in which a financial year begins.
    """
    n = len(frame)

    def part(name: str) -> np.ndarray:
        if name not in columns:
            return np.full(n, -1)
        codes, kinds = pd.factorize(frame[columns[name]])
        return np.array([*(_value(str(k), name) for k in kinds), -1])[codes]

    year, month, day = part("year"), part("month"), part("day")
    hour = np.full(n, -1)
    exact = np.full(n, HOUR, dtype=np.int8)
    if "hour" in columns:
        clocks = clock.read(frame[columns["hour"]])
        hour, exact = clocks.seconds, clocks.precision.copy()
    minute = part("minute")
    has_month = month >= 1
    has_day = has_month & (day >= 1)
    has_hour = has_day & (hour >= 0)
    has_minute = has_hour & (minute >= 0) & (minute < 60)
    exact[has_minute] = MINUTE
    moments = on_date(year, np.where(has_month, month, 1), np.where(has_day, day, 1))
    # A minute column stands beside an hour without one.
    seconds = np.where(has_minute, hour // 3600 * 3600 + minute * 60, hour)
    moments = moments + np.where(has_hour, seconds, 0).astype("timedelta64[s]")
    precision = np.where(has_month, MONTH, YEAR)
    precision = np.where(has_day, DAY, precision)
    precision = np.where(has_hour, exact, precision)
    read = stamps(moments, precision)
    quarter = part("quarter")
    _quarters(read, year, quarter, ~has_month)
    _weeks(read, year, part("week"), ~has_month & (quarter < 0))
    _financial(read, frame[columns["year"]], begins, ~has_month & (quarter < 0))
    return read


def share_readable(text: pd.Series, part: str) -> float:
    """The share of filled cells that can be a year, a month, a quarter or the like."""
    counts = text.str.strip().value_counts().drop("", errors="ignore")
    if counts.empty:
        return 0.0
    kinds = pd.Series(counts.index, dtype="str")
    read = np.array([_value(kind, part) >= 0 for kind in kinds], dtype=bool)
    if part == "year":
        read |= looks_financial(kinds)
    return float(counts.to_numpy()[read].sum() / counts.sum())


def has_financial(text: pd.Series) -> bool:
    """Whether a column of years names two at once."""
    return bool(
        looks_financial(pd.Series(text.unique(), dtype="str").str.strip()).any()
    )


def _quarters(
    read: Stamps, year: np.ndarray, quarter: np.ndarray, rows: np.ndarray
) -> None:
    rows = rows & (quarter >= 1) & (quarter <= 4)
    first = on_date(year, 3 * quarter - 2, np.ones_like(year))
    after = first.astype("datetime64[M]") + 3
    read.moments[rows], read.precision[rows] = first[rows], YEAR
    read.until[rows] = (after.astype("datetime64[s]") - 60)[rows]


def _weeks(read: Stamps, year: np.ndarray, week: np.ndarray, rows: np.ndarray) -> None:
    rows = rows & (week >= 1) & (week <= 53)
    pairs, codes = np.unique(year[rows] * 100 + week[rows], return_inverse=True)
    spans = [week_of(int(p) // 100, int(p) % 100) for p in pairs]
    begin = np.array([NAT if s is None else s.begin for s in spans], "datetime64[s]")
    last = np.array([NAT if s is None else s.last for s in spans], "datetime64[s]")
    # Of a week 53 that its year does not have, the year is known.
    there = ~np.isnat(begin[codes])
    rows = np.flatnonzero(rows)[there]
    read.moments[rows], read.until[rows] = begin[codes][there], last[codes][there]
    read.precision[rows] = MONTH


def _financial(read: Stamps, years: pd.Series, begins: int, rows: np.ndarray) -> None:
    rows = rows & np.isnat(read.moments)
    if not rows.any():
        return
    codes, kinds = pd.factorize(years[rows])
    found = read_spans(pd.Series(kinds, dtype="str"), begins)
    read.moments[rows], read.until[rows] = found.moments[codes], found.until[codes]
    read.precision[rows] = found.precision[codes]


def _value(text: str, part: str) -> int:
    """A number, or the number of a month's name or of a quarter; -1 for anything else."""
    text = text.strip().removesuffix(".0")
    if part == "year":
        year = int(text) if text.isdecimal() and len(text) in (2, 4) else -1
        if 0 <= year < 100:
            year = int(full_year(np.int64(year)))
        return year if FIRST_YEAR <= year <= LAST_YEAR else -1
    value = -1
    for word in normalise(text).split():
        if part == "month" and word in MONTHS:
            return MONTHS[word]
        if part == "quarter" and word in _ROMAN:
            return _ROMAN[word]
        digits = word.strip("abcdefghijklmnopqrstuvwxyz")
        if len(digits) > 2:
            # "2020-01" is a date, not a part of one.
            return -1
        if value < 0 and digits.isdecimal() and len(digits) <= 2:
            value = int(digits)
    limits = {"month": (1, 12), "day": (1, 31), "quarter": (1, 4), "week": (1, 53)}
    low, high = limits.get(part, (0, 59))
    return value if low <= value <= high else -1
