"""Which stretch of time is a quarter, a week or a financial year? In: "Q1 2020", "2011/12". Out: from, until.

An event in such a period is known no better than its period: a quarter or a half-year counts as a year, a week
as the month in which most of it lies, and both keep their first and last minute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.times.clocks import clean
from safelearn.city.times.moments import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    NAT,
    PRECISIONS,
    Stamps,
    stamps,
)
from safelearn.city.times.periods import Period, read_period

_FINANCIAL = r"^(?:fy\s*)?(\d{4})\s*[-/_]\s*(\d{4}|\d{2})$"
_WEEK = re.compile(
    r"(?:(?P<y1>\d{4}) ?)?(?:w|week|semana|sem|semaine|kw|woche) ?(?P<w>\d{1,2})(?: (?:de |of )?(?P<y2>\d{4}))?"
)
_HALF = re.compile(
    r"(?:(?P<y1>\d{4}) ?)?(?:(?P<n1>[12]|i{1,2})(?:st|nd|er|o)? ?)?"
    r"(?:h|s|sem|half|semestre|semester|halbjahr) ?(?P<n2>[12])?(?: (?:de |of )?(?P<y2>\d{4}))?"
)
_APRIL, _JULY, _OCTOBER = 4, 7, 10
#: Where financial years do not begin in April.
_BEGINS = {
    "Australia/": _JULY,
    "Pacific/Auckland": _JULY,
    "Africa/Nairobi": _JULY,
    "Africa/Kampala": _JULY,
    "Africa/Dar_es_Salaam": _JULY,
    "Africa/Cairo": _JULY,
    "Africa/Addis_Ababa": _JULY,
    "Asia/Karachi": _JULY,
    "Asia/Dhaka": _JULY,
    "Asia/Kathmandu": _JULY,
    "America/New_York": _OCTOBER,
    "America/Chicago": _OCTOBER,
    "America/Denver": _OCTOBER,
    "America/Los_Angeles": _OCTOBER,
}


@dataclass(frozen=True)
class Span:
    """From the first to the last minute of a period; `precision` is a position in `PRECISIONS`."""

    begin: np.datetime64
    last: np.datetime64
    precision: int


def year_begins(zone: ZoneInfo | None) -> int:
    """The month in which a financial year usually begins where the city lies."""
    key = zone.key if zone else ""
    return next((m for start, m in _BEGINS.items() if key.startswith(start)), _APRIL)


def is_financial(kinds: pd.Series) -> bool:
    """Whether texts such as 2011/12 are two years (and not December): all of them name years in a row."""
    found = kinds.str.extract(_FINANCIAL)
    found = found[found[0].notna()]
    if found.empty or len(found) < 0.9 * len(kinds):
        return False
    first, second = found[0].astype(int), found[1].astype(int)
    in_a_row = second.where(second > 99, first // 100 * 100 + second) - first
    # From 1999/00 the century turns.
    if not in_a_row.isin([1, -99]).all():
        return False
    return bool((second > 12).any() or (second == 0).any() or first.nunique() > 1)


def looks_financial(kinds: pd.Series) -> np.ndarray:
    """Which texts have the form of two years."""
    return kinds.str.match(_FINANCIAL).to_numpy(dtype=bool)


def read_spans(text: pd.Series, begins: int) -> Stamps:
    """Periods of texts, one by one.

    Parameters
    ----------
    begins : int
        The month in which a financial year begins.
    """
    plain = clean(text).to_pylist()
    found = [read_span(x, begins) if x else None for x in plain]
    begin = [NAT if s is None else s.begin for s in found]
    last = [NAT if s is None else s.last for s in found]
    precision = [MONTH if s is None else s.precision for s in found]
    return stamps(
        np.array(begin, dtype="datetime64[s]"),
        np.array(precision, dtype=np.int8),
        until=np.array(last, dtype="datetime64[s]"),
    )


def read_span(text: str, begins: int) -> Span | None:
    """The period that a text names, or None."""
    found = _week(text) or _half(text)
    if found:
        return found
    period = read_period(text, year_begins=begins if _two_years(text) else 1)
    if not isinstance(period, Period):
        return None
    last = NAT if period.calendar else _last(period.after)
    return Span(
        period.first.astype("datetime64[s]"), last, PRECISIONS.index(period.precision)
    )


def _two_years(text: str) -> bool:
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return len(years) == 2 or bool(re.match(_FINANCIAL, text)) or "fy" in text


def _last(after: np.datetime64) -> np.datetime64:
    return after.astype("datetime64[s]") - np.timedelta64(60, "s")


def _week(text: str) -> Span | None:
    found = _WEEK.fullmatch(normalise(text))
    if not found:
        return None
    year = int(found["y1"] or found["y2"] or 0)
    return week_of(year, int(found["w"]))


def week_of(year: int, week: int) -> Span | None:
    """Week of a year by ISO 8601: Monday to Sunday, the first is that of the first Thursday."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    begin = np.datetime64(monday, "s")
    return Span(begin, _last(begin + np.timedelta64(7, "D")), MONTH)


def _half(text: str) -> Span | None:
    found = _HALF.fullmatch(normalise(text))
    if not found:
        return None
    year = int(found["y1"] or found["y2"] or 0)
    number = found["n1"] or found["n2"] or ""
    half = {"1": 1, "i": 1, "2": 2, "ii": 2}.get(number)
    if half is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first = np.datetime64(year - 1970, "Y").astype("datetime64[M]") + 6 * (half - 1)
    return Span(
        first.astype("datetime64[s]"), _last(first + 6), PRECISIONS.index("year")
    )
