"""What time of day does a text mean? In: a column of clock times. Out: seconds after midnight, and how exact.

Whether 23 is an hour, and whether 0.5 is noon, only the whole column can say: that is settled once, on a
sample, and then each row is read by itself. 24:00 is the end of its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.times.counted_days import numbers_of
from safelearn.city.times.moments import HOUR, INSTANT, MINUTE, SILENT, ZULU

#: 10:30, 10h30, 10.30 Uhr, 11:15 p. m., 10:30:00.000 Z, 10:30:00 -05:00, 10 h.
_CLOCK = (
    r"^(?P<h>\d{1,2})(?:\s?[:.h]\s?(?P<m>\d{1,2}))?(?:\s?[:.m]\s?(?P<s>\d{1,2})(?:[.,]\d+)?)?"
    r"\s*(?:hs?|hrs?|horas?|uhr|heures?|min|s)?\.?\s*(?P<half>[ap]?)\.?\s?m?\.?"
    r"\s*(?P<z>z|utc|gmt)?\s*(?P<sign>[-+]?)(?P<oh>\d{0,2}):?(?P<om>\d{0,2})(?:\s[a-z]{2,4}t)?$"
)
_DAY = 86_400


@dataclass(frozen=True)
class Clocks:
    """Times of day.

    Attributes
    ----------
    seconds : ndarray of int64
        After midnight, 86,400 for 24:00; -1 where there is no time.
    precision : ndarray of int8
        MINUTE or HOUR.
    says : ndarray of int8
        SILENT, ZULU or INSTANT.
    offset : ndarray of int64
        Seconds that the clock is ahead of UTC, where it says so.
    """

    seconds: np.ndarray
    precision: np.ndarray
    says: np.ndarray
    offset: np.ndarray

    def take(self, codes: np.ndarray) -> Clocks:
        """The clock of each row, from those of the distinct texts."""
        parts = (self.seconds, self.precision, self.says, self.offset)
        return Clocks(*(part[codes] for part in parts))


@dataclass(frozen=True)
class ClockReader:
    """How one column of times of day is read.

    Attributes
    ----------
    numbers : {"hhmm", "hhmmss", "hours", "fractions"}
        What plain numbers mean: 2315, 231500, 23 or 0.96875.
    """

    numbers: str = "hhmm"

    def read(self, text: pd.Series) -> Clocks:
        """Times of day, row by row."""
        codes, kinds = pd.factorize(text)
        column = clean(pd.Series(kinds, dtype="str"))
        clocks = read_clocks(column)
        numbers = numbers_of(column)
        known = ~np.isnan(numbers)
        clocks.seconds[known] = self._of_numbers(numbers[known])
        clocks.precision[known] = HOUR if self.numbers == "hours" else MINUTE
        # 0.275 is no clock with an offset of five hours behind it.
        clocks.says[known], clocks.offset[known] = SILENT, 0
        return clocks.take(codes)

    def _of_numbers(self, values: np.ndarray) -> np.ndarray:
        if self.numbers == "fractions":
            right = (values >= 0) & (values < 1)
            return np.where(right, np.floor(values * 1440 + 0.5) * 60 % _DAY, -1)
        if self.numbers == "hours":
            right = (values >= 0) & (values <= 24) & (values % 1 == 0)
            return np.where(right, values * 3600, -1)
        # Above are no clocks, but numbers that no integer holds.
        whole = np.minimum(values, 1e9).astype(np.int64)
        second = np.zeros_like(whole)
        if self.numbers == "hhmmss":
            whole, second = whole // 100, whole % 100
        hour, minute = whole // 100, whole % 100
        seconds = hour * 3600 + minute * 60 + second
        right = (whole >= 0) & (seconds <= _DAY) & (minute < 60) & (second < 60)
        return np.where(right & (values % 1 == 0), seconds, -1)


def settle_clock(sample: pd.Series) -> ClockReader:
    """Choose what the plain numbers in a column of times of day mean."""
    values = numbers_of(clean(pd.Series(sample.unique(), dtype="str")))
    values = values[~np.isnan(values)]
    if not len(values):
        return ClockReader()
    if (values < 1).all() and (values % 1 != 0).any():
        return ClockReader("fractions")
    if values.max() <= 24 and (values % 1 == 0).all():
        return ClockReader("hours")
    # One typing error of five digits does not make 2315 a quarter past midnight.
    return ClockReader("hhmmss" if np.median(values) > 2400 else "hhmm")


def read_clocks(column: Any) -> Clocks:
    """Read clock times written out, one by one.

    Parameters
    ----------
    column : pyarrow array of lower-case text, as `clean` makes it
    """
    import pyarrow.compute as compute

    # 1899-12-31 05:06:00: a spreadsheet puts a date before a time; T23:15 has lost it.
    column = compute.replace_substring_regex(
        column, r"^\d{4}-\d\d-\d\d[t ]|^0 days |^t", ""
    )
    column = compute.replace_substring_regex(
        column, r"^(\d\d)(\d\d)(\s?h[a-z]*)?$", r"\1:\2"
    )
    found = compute.extract_regex(column, _CLOCK)

    def part(name: str) -> np.ndarray:
        return as_integers(compute.struct_field(found, name))

    hour, minute, second = part("h"), part("m"), part("s")
    half = compute.struct_field(found, "half").fill_null("").to_numpy(False)
    afternoon, morning = half == "p", half == "a"
    # 12:30 AM is half an hour after midnight.
    on_dial = np.where(afternoon, hour % 12 + 12, hour % 12)
    clock = np.where(afternoon | morning, on_dial, hour)
    seconds = clock * 3600 + np.maximum(minute, 0) * 60 + np.maximum(second, 0)
    right = (hour >= 0) & (minute < 60) & (second < 60) & (seconds <= _DAY)
    sign = compute.struct_field(found, "sign").fill_null("").to_numpy(False)
    ahead, minutes = part("oh"), part("om")
    # "10:30 5" is no offset.
    right &= (ahead < 0) | (sign != "")
    offset = np.maximum(ahead, 0) * 3600 + np.maximum(minutes, 0) * 60
    offset = np.where(sign == "-", -offset, offset)
    letter = compute.struct_field(found, "z").fill_null("").to_numpy(False) != ""
    says = np.where(letter | ((sign != "") & (offset == 0)), ZULU, SILENT)
    says = np.where(right & (offset != 0), INSTANT, says)
    precision = np.where(minute >= 0, MINUTE, HOUR)
    return Clocks(
        np.where(right, seconds, -1).astype(np.int64),
        precision.astype(np.int8),
        np.where(right, says, SILENT).astype(np.int8),
        np.where(right, offset, 0).astype(np.int64),
    )


def clean(text: pd.Series) -> Any:
    """Lower-case text without typographer's spaces, as a pyarrow array."""
    import pyarrow as pa
    import pyarrow.compute as compute

    column = pa.array(text.array, type=pa.string(), from_pandas=True)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    column = compute.utf8_lower(compute.fill_null(column, ""))
    if not compute.all(compute.string_is_ascii(column)).as_py():
        spaces = "[\u00a0\u2007\u2009\u202f]"
        column = compute.replace_substring_regex(column, spaces, " ")
    return compute.utf8_trim_whitespace(column)


def as_integers(column: Any) -> np.ndarray:
    """Digits as integers; -1 where there are none."""
    import pyarrow as pa
    import pyarrow.compute as compute

    digits = compute.if_else(compute.equal(column, ""), None, column)
    return digits.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
