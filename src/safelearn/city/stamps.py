"""What moment does a text mean? In: dates and times as published. Out: moments, and how exact each is.

One format is chosen for a whole column from a sample, because a row alone cannot say whether 03/04 is in
March or in April; rows that do not fit it are then tried with the other formats of the same order. What no
format reads stays missing, and row accounting says how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from safelearn.language import t

PRECISIONS = ("minute", "hour", "day", "month", "year")
MINUTE, HOUR, DAY, MONTH, YEAR = range(5)
#: Dates outside these years are typing errors or day counts read as years.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SAMPLE = 1000
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S")
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
_EITHER = (
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
    "%Y.%m.%d",
)
_MONTHS = ("%m/%Y", "%Y/%m", "%b %Y", "%B %Y", "%b-%y", "%Y%m")


@dataclass(frozen=True)
class Stamps:
    """Moments read from one column.

    Attributes
    ----------
    moments : ndarray of datetime64[s]
        As written, or in UTC where the text names an offset; NaT where unreadable.
    precision : ndarray of int8
        Position in `PRECISIONS`.
    written : {"", "Z", "offset", "epoch"}
        What the text says about its zone.
    notes : tuple of str
        Assumptions.
    """

    moments: np.ndarray
    precision: np.ndarray
    written: str = ""
    notes: tuple[str, ...] = ()

    def at(self, minutes: Sequence[int]) -> np.ndarray:
        """Which of them stand at one of these minutes of the day, as written."""
        clock = self.moments.astype("datetime64[m]").astype("int64") % 1440
        return np.isin(clock, list(minutes)) & ~np.isnat(self.moments)


@dataclass(frozen=True)
class StampReader:
    """How one column of dates is read, settled once for all of its rows.

    Attributes
    ----------
    formats : tuple of str
        Tried in this order, each on what those before it left unread.
    unit : {"", "serial", "s", "ms"}
        What the column counts, where it holds plain numbers.
    exact : int
        Precision of a column of numbers.
    written : {"", "Z", "offset", "epoch"}
    notes : tuple of str
    """

    formats: tuple[str, ...] = ()
    unit: str = ""
    exact: int = DAY
    written: str = ""
    notes: tuple[str, ...] = ()

    def read(self, text: pd.Series) -> Stamps:
        """Read rows, each by itself."""
        text = text.str.strip()
        if self.unit:
            values = pd.to_numeric(text, errors="coerce").to_numpy(float)
            seconds = _UNITS[self.unit](values)
            return _finish(_seconds(seconds), _all(text, self.exact), self)
        moments, precision = _nothing(text), _all(text, DAY)
        left = (text != "").to_numpy(copy=True)
        for form in self.formats:
            if not left.any():
                break
            moments[left], precision[left] = _read(text[left], form)
            left &= np.isnat(moments)
        return _finish(moments, precision, self)


def settle_stamps(sample: pd.Series, *, formats: Sequence[str] = ()) -> StampReader:
    """Choose how a column of dates or date-times is read.

    Parameters
    ----------
    sample : Series of str
        The column, or so much of it as shows all its habits.
    formats : sequence of str
        As for `datetime.strptime`, where a profile knows them. Where they do not read most of the column (a
        new release writes its dates in another way), they are left aside, and a note says so.
    """
    told = StampReader(tuple(formats))
    filled = sample.str.strip()
    filled = filled[filled != ""]
    some = filled.iloc[:: max(len(filled) // _SAMPLE, 1)].head(_SAMPLE)
    if some.empty:
        return told
    if formats:
        if (~np.isnat(told.read(some).moments)).mean() > 0.5:
            return told
        return _not_as_told(settle_stamps(sample), some)
    if some.str.fullmatch(r"-?\d+(\.\d+)?").mean() > 0.9:
        numeric = _numeric(filled, some)
        if numeric:
            return numeric
    written = ""
    if some.str.contains(r"\d[Zz]$").mean() > 0.25:
        written = "Z"
    elif some.str.contains(r":\d\d(?:\.\d+)?\s?[+-]\d\d:?\d\d$").mean() > 0.5:
        written = "offset"
    chosen, shares = _choose(some)
    notes: tuple[str, ...] = ()
    twin = _other_order(chosen)
    if twin and shares.get(twin, 0) >= shares[chosen]:
        notes = (
            t(
                "Dates such as {example} were read with the day first.",
                example=some.iloc[0],
            ),
        )
    others = (
        f for f in shares if f not in (chosen, twin) and not _wrong_order(f, chosen)
    )
    return StampReader((chosen, *others), written=written, notes=notes)


def parse_stamps(text: pd.Series, *, formats: Sequence[str] = ()) -> Stamps:
    """Settle and read a small column at once."""
    return settle_stamps(text, formats=formats).read(text)


def _not_as_told(reader: StampReader, some: pd.Series) -> StampReader:
    note = t(
        "Dates such as {example} are not written as the profile says: their format was guessed.",
        example=some.iloc[0],
    )
    return replace(reader, notes=(note, *reader.notes))


def from_parts(parts: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Moments and precision from columns year, month, day, hour, minute (float, NaN where missing)."""
    year = parts["year"]
    n = len(year)
    blank = np.full(n, np.nan)
    month, day, hour, minute = (
        parts.get(k, blank) for k in ("month", "day", "hour", "minute")
    )
    valid = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (year % 1 == 0)
    has_month = (month >= 1) & (month <= 12)
    has_day = has_month & (day >= 1) & (day <= 31)
    has_hour = has_day & (hour >= 0) & (hour <= 24)
    has_minute = has_hour & (minute >= 0) & (minute < 60)

    def whole(values: np.ndarray, where: np.ndarray, otherwise: int) -> np.ndarray:
        return np.where(where, values, otherwise).astype(np.int64)

    months = (whole(year, valid, 1970) - 1970) * 12 + whole(month, has_month, 1) - 1
    start = months.astype("datetime64[M]")
    date = start.astype("datetime64[D]") + (whole(day, has_day, 1) - 1)
    # The 31st of a month that has 30 days is a typing error, not the first of the next.
    valid &= date.astype("datetime64[M]") == start
    moments = date.astype("datetime64[s]") + (
        whole(hour, has_hour, 0) % 24 * 3600 + whole(minute, has_minute, 0) * 60
    )
    precision = np.full(n, YEAR, dtype=np.int8)
    for level, known in (
        (MONTH, has_month),
        (DAY, has_day),
        (HOUR, has_hour),
        (MINUTE, has_minute),
    ):
        precision[known] = level
    return np.where(valid, moments, np.datetime64("NaT", "s")), precision


def _choose(sample: pd.Series) -> tuple[str, dict[str, float]]:
    """The format that reads most of a sample, and what each format reads of it, best first."""
    shares = {"ISO8601": float((~np.isnat(_read(sample, "ISO8601")[0])).mean())}
    if shares["ISO8601"] < 1:
        dates = (*_DAY_FIRST, *_MONTH_FIRST, *_EITHER)
        for form in (*(d + c for d in dates for c in _TIMES), *_MONTHS):
            share = float((~np.isnat(_read(sample, form)[0])).mean())
            if share:
                shares[form] = share
    ranked = dict(sorted(shares.items(), key=lambda item: -item[1]))
    return next(iter(ranked)), ranked


def _read(text: pd.Series, form: str) -> tuple[np.ndarray, np.ndarray]:
    parsed = pd.to_datetime(text, format=form, errors="coerce", utc=True)
    moments = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    if form == "ISO8601":
        length = text.str.len().to_numpy()
        compact = ~text.str.contains("-", regex=False).to_numpy()
        precision = np.select(
            [length <= 4, (length <= 7) & ~compact, length <= 10],
            [YEAR, MONTH, DAY],
            MINUTE,
        ).astype(np.int8)
    elif form in _MONTHS:
        precision = _all(text, MONTH)
    else:
        precision = _all(text, MINUTE if "%H" in form or "%I" in form else DAY)
    return moments, precision


def _numeric(filled: pd.Series, some: pd.Series) -> StampReader | None:
    """Seconds or milliseconds since 1970, or the day counts of a spreadsheet; None if they are dates."""
    typical = float(pd.to_numeric(some).median())
    if typical >= 1e11:
        note = t("Dates were read as milliseconds since 1970, in UTC.")
        return StampReader((), "ms", MINUTE, "epoch", (note,))
    if typical >= 3e8:
        note = t("Dates were read as seconds since 1970, in UTC.")
        return StampReader((), "s", MINUTE, "epoch", (note,))
    if 15_000 < typical < 75_000:
        note = t("Dates were read as the day counts of a spreadsheet.")
        days = pd.to_numeric(filled, errors="coerce").to_numpy(float)
        timed = (_of_serial(days) % 86_400 > 0).any()
        return StampReader((), "serial", MINUTE if timed else DAY, "", (note,))
    return None


def _of_serial(days: np.ndarray) -> np.ndarray:
    # Day 25569 of a spreadsheet is 1 January 1970.
    return np.round((days - 25_569) * 1440) * 60


_UNITS = {
    "serial": _of_serial,
    "s": lambda values: values,
    "ms": lambda values: values / 1000,
}


def _seconds(values: np.ndarray) -> np.ndarray:
    known = np.isfinite(values) & (np.abs(values) < 1e11)
    whole = np.where(known, values, 0).astype("int64").astype("datetime64[s]")
    return np.where(known, whole, np.datetime64("NaT", "s"))


def _finish(moments: np.ndarray, precision: np.ndarray, reader: StampReader) -> Stamps:
    first = np.datetime64(f"{FIRST_YEAR}-01-01", "s")
    last = np.datetime64(f"{LAST_YEAR + 1}-01-01", "s")
    wild = (moments < first) | (moments >= last)
    moments = np.where(wild, np.datetime64("NaT", "s"), moments)
    return Stamps(moments, precision, reader.written, reader.notes)


def _other_order(form: str) -> str:
    if form.startswith("%d") and form[2] in "/-." and "%m" in form:
        return "%m" + form[2] + "%d" + form[5:]
    if form.startswith("%m") and "%d" in form:
        return "%d" + form[2] + "%m" + form[5:]
    return ""


def _wrong_order(form: str, chosen: str) -> bool:
    """Whether `form` reads day and month the other way round than the column does."""
    twins = {_other_order(f) for f in (chosen,)} - {""}
    month_first = chosen.startswith("%m")
    if not twins:
        return False
    return form.startswith("%m") != month_first and form[3:5] in ("%d", "%m")


def _nothing(text: pd.Series) -> np.ndarray:
    return np.full(len(text), np.datetime64("NaT", "s"))


def _all(text: pd.Series, level: int) -> np.ndarray:
    return np.full(len(text), level, dtype=np.int8)
