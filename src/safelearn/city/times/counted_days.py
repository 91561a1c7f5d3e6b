"""What moment does a plain number mean? In: day counts of spreadsheets, seconds or milliseconds. Out: moments.

The size of the numbers says what they count; a spreadsheet's days begin in 1900, or in 1904 where it was made
on an old Macintosh: four years and a day apart, which only another column can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from safelearn.city.times.moments import (
    DAY,
    INSTANT,
    MINUTE,
    NAT,
    SILENT,
    Stamps,
    stamps,
)
from safelearn.language import t

NUMBER = r"^-?\d+([.,]\d+)?$"
#: Day 25569 of a spreadsheet is 1 January 1970, day 24107 of one that counts from 1904.
_FIRST_DAYS = {"days": 25_569, "days since 1904": 24_107}
_SECONDS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}
_LIMIT = 1e11
#: Days of a spreadsheet before 1920 are not meant.
_LEAST = 7_305


@dataclass(frozen=True)
class Count:
    """What the numbers of a column count.

    Attributes
    ----------
    unit : str
        "days", "days since 1904", "seconds", "milliseconds" or "microseconds".
    whole_days : bool
        Whether no number of the column has a time of day.
    """

    unit: str
    whole_days: bool

    def read(self, values: np.ndarray) -> Stamps:
        """Moments of numbers, one by one; NaN has none."""
        if self.unit in _FIRST_DAYS:
            days = values - _FIRST_DAYS[self.unit]
            # A 7 among the days is a typing error, not a day of 1900.
            days = np.where(values < _LEAST, np.nan, days)
            seconds = np.round(days * 1440) * 60
            bare = self.whole_days & (seconds % 86_400 == 0)
            return stamps(_moments(seconds), np.where(bare, DAY, MINUTE), SILENT)
        seconds = np.floor(values / _SECONDS[self.unit])
        # Midnights of UTC throughout are days of the calendar: no zone may move them to the evening before.
        bare = self.whole_days & (seconds % 86_400 == 0)
        return stamps(
            _moments(seconds),
            np.where(bare, DAY, MINUTE),
            np.where(bare, SILENT, INSTANT),
        )

    def note(self) -> str:
        """The assumption, in a sentence."""
        if self.unit == "days":
            return t("Dates were read as the day counts of a spreadsheet.")
        if self.unit == "days since 1904":
            return t(
                "Dates were read as the day counts of a spreadsheet that begins in 1904: only so do they agree "
                "with the years in another column."
            )
        if self.whole_days:
            return t(
                "Dates are counts of seconds that all end at midnight: they were read as days."
            )
        if self.unit == "seconds":
            return t("Dates were read as seconds since 1970, in UTC.")
        if self.unit == "milliseconds":
            return t("Dates were read as milliseconds since 1970, in UTC.")
        return t("Dates were read as microseconds since 1970, in UTC.")


def settle_count(values: np.ndarray) -> Count | None:
    """What numbers count, by their size; None if they are dates such as 20190423, or nothing known."""
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    typical = float(np.median(values))
    if 15_000 < typical < 75_000:
        minutes = np.round(values * 1440)
        return Count("days", bool((minutes % 1440 == 0).all()))
    if _is_compact(values):
        return None
    for unit, least in (
        ("microseconds", 1e14),
        ("milliseconds", 1e11),
        ("seconds", 3e8),
    ):
        if typical >= least:
            seconds = np.floor(values / _SECONDS[unit])
            # The largest count of seconds that a year under 2100 has.
            if np.median(seconds) > 4.2e9:
                return None
            return Count(unit, bool((seconds % 86_400 == 0).all()))
    return None


def _is_compact(values: np.ndarray) -> bool:
    """Whether numbers are dates such as 202401012315."""
    year, month, day, hour, minute = (
        values // 10**place % size
        for place, size in ((8, 1e4), (6, 100), (4, 100), (2, 100), (0, 100))
    )
    valid = (values < 1e12) & (year >= 1900) & (month >= 1) & (month <= 12)
    valid &= (day >= 1) & (day <= 31) & (hour <= 24) & (minute < 60)
    return bool(valid.mean() > 0.9)


def numbers_of(column: Any) -> np.ndarray:
    """Plain numbers of a pyarrow array of text; NaN for everything else."""
    import pyarrow as pa
    import pyarrow.compute as compute

    is_number = compute.match_substring_regex(column, NUMBER)
    point = compute.replace_substring(column, ",", ".")
    values = compute.if_else(is_number, point, pa.scalar(None, pa.string()))
    return values.cast(pa.float64()).to_numpy(zero_copy_only=False)


def _moments(seconds: np.ndarray) -> np.ndarray:
    known = np.isfinite(seconds) & (np.abs(seconds) < _LIMIT)
    whole = np.where(known, seconds, 0).astype("int64").astype("datetime64[s]")
    return np.where(known, whole, NAT)
