"""What is a moment that was read? Its second, and how exactly it is known.

The reading of dates, of clock times and of periods all make these; `times` puts them on the city's clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

PRECISIONS = ("minute", "hour", "day", "month", "year")
MINUTE, HOUR, DAY, MONTH, YEAR = range(5)
#: Dates outside these years are typing errors or day counts read as years.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: What a stamp says of its zone: nothing, "Z" (or +00:00, which is not to be trusted either), or an instant.
SILENT, ZULU, INSTANT = range(3)
NAT = np.datetime64("NaT", "s")
_UNITS = {HOUR: "h", DAY: "D", MONTH: "M", YEAR: "Y"}


@dataclass(frozen=True)
class Stamps:
    """Moments read from one column.

    Attributes
    ----------
    moments : ndarray of datetime64[s]
        As written, or in UTC where the text says so; NaT where unreadable.
    precision : ndarray of int8
        Position in `PRECISIONS`.
    says : ndarray of int8
        SILENT, ZULU or INSTANT.
    until : ndarray of datetime64[s]
        The last minute of a period that its precision does not tell (a quarter, a week, a financial year);
        NaT elsewhere.
    figures : dict of str to int
        Rows of some kind; they add up.
    """

    moments: np.ndarray
    precision: np.ndarray
    says: np.ndarray
    until: np.ndarray
    figures: dict[str, int] = field(default_factory=dict)


def stamps(
    moments: np.ndarray,
    precision: np.ndarray | int,
    says: np.ndarray | int = SILENT,
    until: np.ndarray | None = None,
    **figures: int,
) -> Stamps:
    """Stamps of years that can be; one number stands for a whole column of it."""
    n = len(moments)
    first = np.datetime64(f"{FIRST_YEAR}-01-01", "s")
    last = np.datetime64(f"{LAST_YEAR + 1}-01-01", "s")
    wild = (moments < first) | (moments >= last)
    return Stamps(
        np.where(wild, NAT, moments),
        np.broadcast_to(np.asarray(precision, dtype=np.int8), n).copy(),
        np.broadcast_to(np.asarray(says, dtype=np.int8), n).copy(),
        np.full(n, NAT) if until is None else np.where(wild, NAT, until),
        dict(figures),
    )


def nothing(n: int) -> Stamps:
    """No moment in any of `n` rows."""
    return stamps(np.full(n, NAT), DAY)


def begun(moments: np.ndarray, level: int) -> np.ndarray:
    """The first second of the hour, day, month or year (a position in `PRECISIONS`)."""
    return moments.astype(f"datetime64[{_UNITS[level]}]").astype("datetime64[s]")


def on_date(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Midnights of calendar dates; NaT where there is no such day (30 February)."""
    valid = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    valid &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype(np.int64)
    start = months.astype("datetime64[M]")
    date = start.astype("datetime64[D]") + np.where(valid, day - 1, 0).astype(np.int64)
    # The 31st of a month that has 30 days is a typing error, not the first of the next.
    valid &= date.astype("datetime64[M]") == start
    return np.where(valid, date.astype("datetime64[s]"), NAT)
