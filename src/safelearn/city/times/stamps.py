"""What moment does a text mean? In: dates and times as published. Out: moments, and how exact each is.

What a row alone cannot say is settled once for the whole column, on a sample: whether 03/04 is in March or in
April, whether 43578 counts days, whether 2011/12 is a December. Then each row is read by itself. What cannot be
read stays missing, and row accounting says how many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.times.clocks import clean
from safelearn.city.times.counted_days import Count, numbers_of, settle_count
from safelearn.city.times.date_order import DateColumn, Order, settle_order, weigh
from safelearn.city.times.moments import (
    DAY,
    INSTANT,
    MINUTE,
    MONTH,
    NAT,
    PRECISIONS,
    SILENT,
    ZULU,
    Stamps,
    nothing,
    stamps,
)
from safelearn.city.times.spans import (
    is_financial,
    looks_financial,
    read_spans,
    year_begins,
)
from safelearn.city.times.spreadsheet_swaps import Swap, find_swap, swapped
from safelearn.city.times.written_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    put_together,
    take_apart,
)
from safelearn.language import t

__all__ = ["PRECISIONS", "StampReader", "Stamps", "parse_stamps", "settle_stamps"]

_ISO = r"^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d.*)?$"
_ZONED = r":\d\d(?:\.\d+)?\s?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$"
_ZERO = r"(?:[Zz]|[+-]00(?::?00)?)$"
_MIDNIGHT = r"[Tt ]00:00(?::00(?:\.0+)?)?\s?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$"
#: Numbers are dates if they are at least this share of a column.
_SOME_NUMBERS = 0.05
_MOST_PERIODS = 2000


@dataclass(frozen=True)
class StampReader:
    """How one column of dates is read, settled once for all of its rows.

    Attributes
    ----------
    formats : tuple of str
        As for `datetime.strptime`, tried first.
    count : Count or None
        What plain numbers count.
    order : Order
        Of day and month.
    whole_days : bool
        Whether stamps with a zone are all midnights: then they are days of the calendar.
    swap : bool
        Whether a spreadsheet has swapped day and month of what it stored as dates.
    financial : bool
        Whether 2011/12 is two years.
    periods : int
        The month in which financial years begin, where the column has quarters, weeks or the like; else 0.
    notes : tuple of str
        Assumptions, but for those of `order`.
    """

    formats: tuple[str, ...] = ()
    count: Count | None = None
    order: Order = field(default_factory=Order)
    whole_days: bool = False
    swap: bool = False
    financial: bool = False
    periods: int = 0
    notes: tuple[str, ...] = ()

    def read(self, text: pd.Series) -> Stamps:
        """Read rows, each by itself."""
        text = text.str.strip()
        is_iso = _like(text, _ISO)
        if is_iso.all() and not self.formats:
            return self._read_iso(text)
        result = nothing(len(text))
        _put(result, is_iso, self._read_iso(text[is_iso]))
        rest = ~is_iso
        if self.count is not None:
            values = np.full(len(text), np.nan)
            values[rest] = numbers_of(clean(text[rest]))
            _put_where_missing(result, self._count(values))
            rest &= np.isnan(values)
        codes, kinds = pd.factorize(text[rest])
        read, other_order = self._read_kinds(pd.Series(kinds, dtype="str"))
        _put(result, rest, _take(read, codes))
        result.figures["other_order"] = int(other_order[codes].sum())
        return result

    def _count(self, values: np.ndarray) -> Stamps:
        counted = self.count.read(values)
        if self.swap:
            counted.moments[:] = swapped(counted.moments)
        return counted

    def _read_iso(self, text: pd.Series) -> Stamps:
        n = len(text)
        long = (text.str.len() > 10).to_numpy()
        zoned = _like(text, _ZONED) & long
        day_only = np.zeros(n, dtype=bool)
        if self.whole_days and zoned.any():
            day_only = _like(text, _MIDNIGHT)
            text = text.where(~day_only, text.str.slice(0, 10))
        parsed = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True)
        moments = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        says = np.full(n, SILENT, dtype=np.int8)
        if zoned.any():
            says[zoned] = np.where(_like(text[zoned], _ZERO), ZULU, INSTANT)
        says[day_only] = SILENT
        precision = np.where(long & ~day_only, MINUTE, DAY)
        odd = np.isnat(moments) & (text != "").to_numpy()
        if odd.any():
            # 24:00, 11:15 PM and the like behind an ISO date.
            written = put_together(take_apart(text[odd].reset_index(drop=True)), {})
            moments[odd], says[odd] = written.moments, written.says
            precision[odd] = written.precision
        return stamps(swapped(moments) if self.swap else moments, precision, says)

    def _read_kinds(self, kinds: pd.Series) -> tuple[Stamps, np.ndarray]:
        """Each distinct text that is no ISO date and no number, and which contradict the column's order."""
        result = nothing(len(kinds))
        for form in self.formats:
            _put_where_missing(result, _strptime(kinds, form))
        written = take_apart(kinds)
        read = put_together(written, self.order.orders, self.order.otherwise)
        if self.whole_days:
            midnight = (written.clock.seconds == 0) & (written.clock.says != SILENT)
            read.moments[midnight] += written.clock.offset[midnight]
            read.says[midnight], read.precision[midnight] = SILENT, DAY
        two_years = np.zeros(len(kinds), dtype=bool)
        if self.financial:
            two_years = looks_financial(kinds)
            read.moments[two_years] = NAT
        _put_where_missing(result, read)
        rest = np.isnat(result.moments) & (kinds != "").to_numpy()
        if self.periods and rest.any():
            spans = nothing(len(kinds))
            _put(spans, rest, read_spans(kinds[rest], self.periods))
            _put_where_missing(result, spans)
        wrong = written.open & np.isnat(result.moments)
        if wrong.any():
            other = MONTH_FIRST if self.order.otherwise == DAY_FIRST else DAY_FIRST
            wrong &= ~np.isnat(put_together(written, {}, other).moments)
        return result, wrong


def settle_stamps(
    sample: pd.Series,
    *,
    formats: Sequence[str] = (),
    beside: pd.DataFrame | None = None,
    zone: ZoneInfo | None = None,
    begins: int = 0,
) -> StampReader:
    """Choose how a column of dates or date-times is read.

    Parameters
    ----------
    sample : Series of str
        The column, or so much of it as shows all its habits, in the order of the file.
    formats : sequence of str, optional
        As for `datetime.strptime`, where a profile knows them. Where the dates contradict them (a new
        release writes them in another way), a note says so.
    beside : DataFrame of str, optional
        The other columns of the sample, for evidence.
    zone : ZoneInfo, optional
        The city's.
    begins : int
        The month in which financial years begin; 0 where nobody said.
    """
    text = sample.str.strip()
    filled = (text != "").to_numpy()
    is_iso = _like(text, _ISO)
    iso, rest = text[is_iso], filled & ~is_iso
    zoned = iso[_like(iso, _ZONED)]
    notes: list[str] = []
    count = None
    numbers = numbers_of(clean(text[rest]))
    if np.isfinite(numbers).sum() > _SOME_NUMBERS * max(filled.sum(), 1):
        count = settle_count(numbers)
    if count is not None:
        count = _of_1904(count, numbers, rest, beside)
        notes.append(count.note())
        rest[rest] = np.isnan(numbers)
    told, others = _order_of(formats)
    column = DateColumn.of(text[rest])
    kinds = column.kinds
    settled = settle_order(
        column, beside=None if beside is None else beside[rest], zone=zone, given=told
    )
    whole_days = bool(len(zoned)) and bool(_like(zoned, _MIDNIGHT).all())
    reader = StampReader(others, count, settled, whole_days)
    swap = _swap(column, iso, numbers, reader)
    if swap.note:
        settled = replace(settled, notes=(swap.note,))
    if whole_days:
        notes.append(
            t("All times are midnights of another zone: they were read as days.")
        )
    notes += _short_years(column, reader)
    financial = is_financial(kinds)
    # Periods are few: a column with many texts that no grammar reads has none.
    left = nothing(0) if financial else reader._read_kinds(kinds)[0]
    open_ = kinds if financial else kinds[np.isnat(left.moments)]
    begins_in = begins or year_begins(zone)
    read = read_spans(open_.head(_MOST_PERIODS), begins_in)
    has_periods = not np.isnat(read.moments).all()
    if has_periods:
        notes += _periods(open_, read)
    return StampReader(
        others,
        count,
        settled,
        whole_days,
        swap.certain,
        financial,
        begins_in if has_periods else 0,
        tuple(notes),
    )


def parse_stamps(text: pd.Series) -> Stamps:
    """Settle and read a small column at once."""
    return settle_stamps(text).read(text)


def _order_of(formats: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The order that formats tell, and those that the grammar of dates cannot replace (it is faster)."""
    orders, others = set(), []
    for form in formats:
        parts = re.match(r"%([dmbBYy])([-/. ]+)%([dmbB])\2%([dmYy])(?![%\w])", form)
        if form == "ISO8601":
            continue
        if not parts:
            others.append(form)
        elif parts[1] in "dm" and parts[3] in "dm":
            orders.add(DAY_FIRST if parts[1] == "d" else MONTH_FIRST)
    if len(orders) > 1:
        return "", tuple(f for f in formats if f != "ISO8601")
    return next(iter(orders), ""), tuple(others)


def _of_1904(
    count: Count, numbers: np.ndarray, rest: np.ndarray, beside: pd.DataFrame | None
) -> Count:
    """A spreadsheet that counts from 1904, if only then the years agree with a column of years."""
    if count.unit != "days" or beside is None:
        return count
    known = np.isfinite(numbers)
    later = Count("days since 1904", count.whole_days)
    for name in beside.columns:
        text = beside[name].to_numpy()[rest][known]
        if not pd.Series(text[:100]).str.fullmatch(r"\s*(19|20)\d\d\s*").all():
            continue
        year = pd.to_numeric(pd.Series(text), errors="coerce").to_numpy(float)
        agree = [
            (_year_of(c.read(numbers[known]).moments) == year).mean()
            for c in (count, later)
        ]
        if agree[1] > 0.95 and agree[0] < 0.05:
            return later
    return count


def _year_of(moments: np.ndarray) -> np.ndarray:
    return moments.astype("datetime64[Y]").astype(int) + 1970


def _swap(
    column: DateColumn, iso: pd.Series, numbers: np.ndarray, reader: StampReader
) -> Swap:
    dates = reader._read_iso(iso).moments
    if reader.count is not None and reader.count.unit.startswith("days"):
        dates = np.concatenate([dates, reader.count.read(numbers).moments])
    return find_swap(column.name, weigh(column), dates)


def _short_years(column: DateColumn, reader: StampReader) -> list[str]:
    written = column.written
    rows = np.flatnonzero(written.short_year & ~written.broken)
    if not len(rows):
        return []
    one = column.kinds.iloc[[int(rows[0])]].reset_index(drop=True)
    example, read = one[0], reader._read_kinds(one)[0]
    if np.isnat(read.moments[0]):
        return []
    return [
        t(
            "Years have two digits: {example} was read as a date of {year}.",
            example=example,
            year=str(read.moments[0])[:4],
        )
    ]


def _periods(kinds: pd.Series, read: Stamps) -> list[str]:
    place = int(np.flatnonzero(~np.isnat(read.moments))[0])
    begin, last = read.moments[place], read.until[place]
    if np.isnat(last):
        return []
    return [
        t(
            "Periods are known to their first and last day only: {example} was read as {begin} to {end}.",
            example=kinds.iloc[place],
            begin=str(begin)[:10],
            end=str(last)[:10],
        )
    ]


def _strptime(text: pd.Series, form: str) -> Stamps:
    parsed = pd.to_datetime(text, format=form, errors="coerce", utc=True)
    moments = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    timed = "%H" in form or "%I" in form or "%c" in form or "%X" in form
    precision = MINUTE if timed else DAY if "%d" in form or "%j" in form else MONTH
    return stamps(moments, precision, INSTANT if "%z" in form else SILENT)


def _like(text: pd.Series, pattern: str) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as compute

    # Without a type, Arrow takes the text as pandas has it, and need not copy it.
    column = pa.array(text.array, from_pandas=True)
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    return np.asarray(compute.match_substring_regex(column, pattern), dtype=bool)


def _put(result: Stamps, rows: np.ndarray, read: Stamps) -> None:
    result.moments[rows], result.precision[rows] = read.moments, read.precision
    result.says[rows], result.until[rows] = read.says, read.until


def _put_where_missing(result: Stamps, read: Stamps) -> None:
    rows = np.isnat(result.moments) & ~np.isnat(read.moments)
    _put(
        result,
        rows,
        Stamps(
            read.moments[rows], read.precision[rows], read.says[rows], read.until[rows]
        ),
    )


def _take(read: Stamps, codes: np.ndarray) -> Stamps:
    return Stamps(
        read.moments[codes], read.precision[codes], read.says[codes], read.until[codes]
    )
