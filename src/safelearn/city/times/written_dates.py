"""What are the parts of a date that is written out? In: texts of any style. Out: three parts, and a clock.

"15-ene-2023", "3 de março de 2023 às 10h30", "Jan 15, 2023", "4/16/13 5:00" and "20190423T1230Z" all have parts;
which of 3 and 4 in "3/4/2020" is the day is not decided here (see `date_order`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.times.clocks import Clocks, as_integers, clean, read_clocks
from safelearn.city.times.moments import DAY, MONTH, NAT, YEAR, Stamps, on_date, stamps
from safelearn.city.times.periods import MONTHS

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day_first", "month_first", "year_first"
_SEPARATOR = r"[-/.,\s]+"
_REST = r"(?:(?:[t,\s]+(?:-\s+)?|:)(?P<rest>\d.*))?$"
_THREE = (
    r"^(?P<a>\d{1,4}|m\d\d)(?P<mark>"
    + _SEPARATOR
    + r")(?P<b>\d{1,2}|m\d\d)"
    + _SEPARATOR
    + r"(?P<c>\d{1,4})"
    + _REST
)
#: A date, and a clock that no word comes before.
_SPLIT = (
    r"^(?P<date>.*?\d)(?:[t,\s]+(?:-\s+)?)"
    r"(?P<clock>\d{1,2}\s?[:h].*|\d{1,2}\.\d\d(?:\.\d\d)?\D*)$"
)
_TWO = r"^(?P<a>\d{1,4}|m\d\d)" + _SEPARATOR + r"(?P<b>\d{2,4}|\d|m\d\d)$"
_YEAR = r"^(?P<a>(?:19|20)\d\d)$"
_Y, _M, _D = r"((?:19|20)\d\d)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_H, _N = r"([01]\d|2[0-4])", r":?([0-5]\d)"
#: Dates without separators.
_COMPACT = (
    (rf"^{_Y}{_M}{_D}$", r"\1-\2-\3"),
    (rf"^{_Y}{_M}{_D}[t\s]?{_H}{_N}(z?)$", r"\1-\2-\3 \4:\5\6"),
    (rf"^{_Y}{_M}{_D}[t\s]?{_H}{_N}{_N}(?:\.\d+)?(z?)$", r"\1-\2-\3 \4:\5:\6\7"),
    (rf"^{_Y}{_M}$", r"\1-\2"),
)
#: Words around a date that change nothing: weekdays, "de", ordinals, "a las".
_FILL = (
    # "mar 15 ene 2023" is a Tuesday in January: a word before a number and another word is a weekday.
    (
        r"^[a-z]{2,}\.?,?\s+(\d{1,2}(?:\.|er|st|nd|rd|th|o)?\W+(?:de\s+)?[a-z]{3})",
        r"\1",
    ),
    (r"^[a-z]{3,}\.?,?\s+([a-z]{3,}\.?\s+\d)", r"\1"),
    (r"(\d)(?:st|nd|rd|th|er|o)([\s,])", r"\1\2"),
    (r"([\s,])(?:de|del|do|da|of|the|a las?|as|at|um|a)\s", r"\1"),
    (r"\s(?:de|del|do|of)\s", " "),
)


@dataclass(frozen=True)
class Written:
    """Dates in parts; -1 where a text has no such part.

    Attributes
    ----------
    first, second, third : ndarray of int64
        As they stand: (3, 4, 2020) of "3/4/2020". A date without a day has no third.
    named : ndarray of bool
        Whether a part is the name of a month; it is then the second, and the day the first.
    year_leads : ndarray of bool
        Whether the first part has four digits.
    short_year : ndarray of bool
        Whether no part has four digits.
    style : ndarray of int
        Texts of one style have one order: the same mark between the parts, years of the same length, and a
        clock or none.
    clock : Clocks
        -1 seconds where there is none.
    broken : ndarray of bool
        Whether something stands behind the date that is no clock.
    """

    first: np.ndarray
    second: np.ndarray
    third: np.ndarray
    named: np.ndarray
    year_leads: np.ndarray
    short_year: np.ndarray
    style: np.ndarray
    clock: Clocks
    broken: np.ndarray

    @property
    def open(self) -> np.ndarray:
        """Dates of three numbers whose order their column decides."""
        return (self.third >= 0) & ~self.named & ~self.year_leads


def take_apart(text: pd.Series) -> Written:
    """The parts of each date, where the text is one.

    Parameters
    ----------
    text : Series of str
        Best without repetitions.
    """
    import pyarrow.compute as compute

    column = clean(text)
    # A file has few days and few clock times, but hardly two stamps alike: they are read apart.
    split = compute.extract_regex(column, _SPLIT)
    heads, head_codes = _distinct(
        compute.coalesce(compute.struct_field(split, "date"), column)
    )
    tail = compute.struct_field(split, "clock").fill_null("")
    date = _take_dates_apart(_plain(heads))
    if compute.any(compute.not_equal(date.rest, "")).as_py():
        # Words between date and clock ("a las") had to go first.
        own = date.rest.take(head_codes)
        tail = compute.if_else(compute.equal(tail, ""), own, tail)
    behind = np.asarray(compute.not_equal(tail, ""))
    clocks, clock_codes = _distinct(tail)
    codes = head_codes.to_numpy(zero_copy_only=False)
    clock = read_clocks(clocks).take(clock_codes.to_numpy(zero_copy_only=False))
    style = date.style[codes] + behind
    broken = date.broken[codes] | (behind & (clock.seconds < 0))
    # A clock needs a day.
    broken |= behind & (date.third[codes] < 0)
    parts = (date.first, date.second, date.third, date.named, date.year_leads)
    return Written(
        *(part[codes] for part in (*parts, date.short_year)), style, clock, broken
    )


@dataclass(frozen=True)
class _Dates:
    """As `Written`, of distinct dates; `rest` is what stands behind them."""

    first: np.ndarray
    second: np.ndarray
    third: np.ndarray
    named: np.ndarray
    year_leads: np.ndarray
    short_year: np.ndarray
    style: np.ndarray
    rest: Any
    broken: np.ndarray


def _take_dates_apart(column: Any) -> _Dates:
    import pyarrow.compute as compute

    three = compute.extract_regex(column, _THREE)
    two = compute.extract_regex(column, _TWO)
    one = compute.extract_regex(column, _YEAR)
    a, b, c = (compute.struct_field(three, k) for k in "abc")
    whole = ~np.asarray(a.is_null())
    a2, b2 = (compute.struct_field(two, k) for k in "ab")
    a = compute.coalesce(a, a2, compute.struct_field(one, "a"))
    b = compute.coalesce(b, b2)
    lengths = [_lengths(x) for x in (a, b, c)]
    is_month = [
        np.asarray(compute.starts_with(x, "m").fill_null(False)) for x in (a, b)
    ]
    first, second = (as_integers(compute.replace_substring(x, "m", "")) for x in (a, b))
    # The name of a month goes to the second place: "Jan 15, 2023" as "15 Jan 2023".
    swap = is_month[0]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    year_leads = (lengths[0] == 4) & ~swap
    mark = compute.struct_field(three, "mark").fill_null("").to_numpy(False)
    long_year = lengths[2] == 4
    # "15-Jan" has no year; "Jan-15" has.
    yearless = ~whole & is_month[1] & (lengths[0] < 4)
    return _Dates(
        first,
        second,
        as_integers(c),
        is_month[0] ^ is_month[1],
        year_leads,
        whole & ~long_year & ~year_leads,
        np.array([ord(m[0]) if m else 0 for m in mark]) * 4 + long_year * 2,
        compute.struct_field(three, "rest").fill_null(""),
        (is_month[0] & is_month[1]) | yearless,
    )


def _distinct(column: Any) -> tuple[Any, Any]:
    encoded = column.dictionary_encode()
    return encoded.dictionary, encoded.indices


def put_together(
    written: Written, orders: Mapping[int, str], otherwise: str = DAY_FIRST
) -> Stamps:
    """Moments from parts.

    Parameters
    ----------
    orders : mapping of int to str
        Style -> DAY_FIRST, MONTH_FIRST or YEAR_FIRST.
    otherwise : str
        The order of every other style.
    """
    w = written
    by_month, by_year = (
        _of_order(w.style, orders, otherwise, order) & w.open
        for order in (MONTH_FIRST, YEAR_FIRST)
    )
    day, month, year = w.first.copy(), w.second.copy(), w.third.copy()
    day[by_month], month[by_month] = w.second[by_month], w.first[by_month]
    by_year = (by_year & w.short_year) | w.year_leads
    day[by_year], year[by_year] = w.third[by_year], w.first[by_year]
    precision = np.full(len(day), DAY)
    # Two parts are a month and a year, whichever stands first; one is a year.
    no_day = w.third < 0
    year = np.where(no_day & ~w.year_leads & w.named, w.first, year)
    year = np.where(no_day & ~w.year_leads & ~w.named, w.second, year)
    month = np.where(no_day & ~w.year_leads & ~w.named, w.first, month)
    precision[no_day] = MONTH
    only_year = no_day & (w.second < 0)
    precision[only_year] = YEAR
    month = np.where(only_year, 1, month)
    day = np.where(no_day, 1, day)
    # "04/19" is the 4th of a month, or April: neither can be told.
    untold = no_day & ~w.named & (year < 100)
    short = (year >= 0) & (year < 100)
    year = np.where(short, full_year(year), year)
    moments = on_date(year, month, day)
    moments[untold | w.broken] = NAT
    timed = w.clock.seconds >= 0
    moments = moments + np.where(timed, w.clock.seconds - w.clock.offset, 0)
    return stamps(
        moments,
        np.where(timed, w.clock.precision, precision),
        np.where(timed, w.clock.says, 0),
    )


def full_year(year: np.ndarray) -> np.ndarray:
    """A year of two digits, by the rule of POSIX: 69 to 99 are of the last century."""
    return year + np.where(year < 69, 2000, 1900)


def _of_order(
    style: np.ndarray, orders: Mapping[int, str], otherwise: str, order: str
) -> np.ndarray:
    if otherwise == order:
        return ~np.isin(style, [s for s, o in orders.items() if o != order])
    return np.isin(style, [s for s, o in orders.items() if o == order])


def _lengths(column: Any) -> np.ndarray:
    import pyarrow.compute as compute

    return compute.utf8_length(column).fill_null(0).to_numpy(zero_copy_only=False)


def _plain(column: Any) -> Any:
    """Texts with months as m01 to m12, and without words that change nothing."""
    import pyarrow as pa
    import pyarrow.compute as compute

    if not compute.all(compute.string_is_ascii(column)).as_py():
        column = pa.array([_bare(x) for x in column.to_pylist()], pa.string())
    for pattern, plain in _COMPACT:
        column = compute.replace_substring_regex(column, pattern, plain)
    worded = compute.match_substring_regex(column, "[a-z]{3}")
    if not compute.any(worded).as_py():
        return column
    result = column
    for pattern, plain in (*_FILL, *_MONTH_WORDS):
        result = compute.replace_substring_regex(result, pattern, plain)
    result = compute.utf8_trim_whitespace(result)
    return compute.if_else(worded, result, column)


def _bare(text: str) -> str:
    """Without accents; º and ª are letters here."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _month_words() -> tuple[tuple[str, str], ...]:
    patterns = []
    for month in range(1, 13):
        words = sorted((w for w, m in MONTHS.items() if m == month), key=len)
        either = "|".join(reversed(words))
        # "15ENE2023" has no marks between its parts.
        patterns.append(
            (rf"(^|[^a-z])(?:{either})\.?([^a-z]|$)", rf"\1 m{month:02d} \2")
        )
    return tuple(patterns)


_MONTH_WORDS = _month_words()
