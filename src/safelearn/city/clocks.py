"""What time of day does a text mean? In: a column of clock times. Out: minutes after midnight, and how exact.

Whether 23 is an hour, and whether 0.5 is noon, only the whole column can say: that is settled once, on a
sample, and then each row is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.stamps import HOUR, MINUTE


@dataclass(frozen=True)
class ClockReader:
    """How one column of times of day is read.

    Attributes
    ----------
    numbers : {"hhmm", "hours", "fractions"}
        What plain numbers mean: 2315, 23 or 0.96875.
    """

    numbers: str = "hhmm"

    def read(self, text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
        """Minutes after midnight (-1 where there is none) and precision, row by row."""
        text = text.str.strip()
        minutes = np.full(len(text), -1, dtype=np.int64)
        exact = np.full(len(text), MINUTE, dtype=np.int8)
        number = _numbers(text)
        known = ~np.isnan(number)
        if known.any():
            minutes[known] = self._of_numbers(number[known])
            if self.numbers == "hours":
                exact[known] = HOUR
        rest = ~known & (text != "").to_numpy()
        if rest.any():
            minutes[rest] = _of_words(text[rest])
        return minutes, exact

    def _of_numbers(self, values: np.ndarray) -> np.ndarray:
        if self.numbers == "fractions":
            right = (values >= 0) & (values < 1)
            return np.where(right, np.floor(values * 1440 + 0.5) % 1440, -1)
        if self.numbers == "hours":
            right = (values >= 0) & (values <= 24) & (values % 1 == 0)
            return np.where(right, values % 24 * 60, -1)
        whole = values.astype(int)
        right = (whole >= 0) & (whole <= 2400) & (whole % 100 < 60)
        return np.where(right, whole // 100 % 24 * 60 + whole % 100, -1)


def settle_clock(sample: pd.Series) -> ClockReader:
    """Choose what the plain numbers in a column of times of day mean."""
    values = _numbers(sample.str.strip())
    values = values[~np.isnan(values)]
    if not len(values):
        return ClockReader()
    if (values < 1).all() and (values % 1 != 0).any():
        return ClockReader("fractions")
    if values.max() <= 24 and (values % 1 == 0).all():
        return ClockReader("hours")
    return ClockReader()


def parse_clock(text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Settle and read a small column at once."""
    return settle_clock(text).read(text)


def _numbers(text: pd.Series) -> np.ndarray:
    return pd.to_numeric(text.str.replace(",", "."), errors="coerce").to_numpy(float)


def _of_words(text: pd.Series) -> np.ndarray:
    parts = text.str.extract(
        r"(?:^|[T ])(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?"
    )
    hour = pd.to_numeric(parts[0], errors="coerce").to_numpy(float)
    minute = pd.to_numeric(parts[1], errors="coerce").to_numpy(float)
    half = parts[2].str.casefold().to_numpy(object)
    hour = np.where(half == "p", hour % 12 + 12, np.where(half == "a", hour % 12, hour))
    right = (hour <= 24) & (minute < 60)
    return np.where(right, hour % 24 * 60 + minute, -1).astype(np.int64)
