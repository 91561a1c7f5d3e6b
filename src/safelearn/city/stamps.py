"""What moment does a text mean? In: dates and times as published. Out: moments, and how exact each is.

One format is chosen for a whole column from a sample, because a row alone cannot say whether 03/04 is in
March or in April; rows that do not fit it are then tried with the other formats of the same order. What no
format reads stays missing, and row accounting says how many.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def parse_stamps(text: pd.Series, *, format: str = "") -> Stamps:  # noqa: A002
    """Read a column of dates or date-times.

    Parameters
    ----------
    text : Series of str
    format : str, optional
        As for `datetime.strptime`, where a profile knows it.
    """
    text = text.str.strip()
    if format:
        return _finish(text, *_read(text, format), "", ())
    filled = text[text != ""]
    sample = filled.iloc[:: max(len(filled) // _SAMPLE, 1)].head(_SAMPLE)
    if sample.empty:
        return _finish(text, _nothing(text), _all(text, DAY), "", ())
    if sample.str.fullmatch(r"-?\d+(\.\d+)?").mean() > 0.9:
        numeric = _numeric(text, sample)
        if numeric:
            return numeric
    written = ""
    if sample.str.contains(r"\d[Zz]$").mean() > 0.25:
        written = "Z"
    elif sample.str.contains(r":\d\d(?:\.\d+)?\s?[+-]\d\d:?\d\d$").mean() > 0.5:
        written = "offset"
    chosen, shares = _choose(sample)
    moments, precision = _read(text, chosen)
    notes: tuple[str, ...] = ()
    twin = _other_order(chosen)
    if twin and shares.get(twin, 0) >= shares[chosen]:
        notes = (
            t(
                "Dates such as {example} were read with the day first.",
                example=sample.iloc[0],
            ),
        )
    left = np.isnat(moments) & (text != "").to_numpy()
    for other in (f for f in shares if f not in (chosen, twin)):
        if not left.any() or _wrong_order(other, chosen):
            continue
        rest = text[left]
        more, exact = _read(rest, other)
        moments[left], precision[left] = more, exact
        left = np.isnat(moments) & (text != "").to_numpy()
    return _finish(text, moments, precision, written, notes)


def parse_clock(text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Minutes after midnight (-1 where there is none) and precision, from a column of times of day.

    Reads 23:15, 23:15:00, 11:15 PM, 2315, 23, day fractions of spreadsheets (0.96875) and full date-times.
    """
    text = text.str.strip()
    minutes = np.full(len(text), -1, dtype=np.int64)
    exact = np.full(len(text), MINUTE, dtype=np.int8)
    number = pd.to_numeric(text.str.replace(",", "."), errors="coerce").to_numpy(float)
    known = ~np.isnan(number)
    if known.any():
        values = number[known]
        if (values < 1).all() and (values % 1 != 0).any():
            minutes[known] = np.floor(values * 1440 + 0.5).astype(int) % 1440
        elif values.max() <= 24 and (values % 1 == 0).all():
            right = (values >= 0) & (values <= 24)
            minutes[known] = np.where(right, values.astype(int) % 24 * 60, -1)
            exact[known] = HOUR
        else:
            whole = values.astype(int)
            right = (whole >= 0) & (whole <= 2400) & (whole % 100 < 60)
            minutes[known] = np.where(right, whole // 100 % 24 * 60 + whole % 100, -1)
    rest = ~known & (text != "").to_numpy()
    if rest.any():
        parts = text[rest].str.extract(
            r"(?:^|[T ])(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?"
        )
        hour = pd.to_numeric(parts[0], errors="coerce").to_numpy(float)
        minute = pd.to_numeric(parts[1], errors="coerce").to_numpy(float)
        half = parts[2].str.casefold().to_numpy(object)
        hour = np.where(
            half == "p", hour % 12 + 12, np.where(half == "a", hour % 12, hour)
        )
        right = (hour <= 24) & (minute < 60)
        minutes[rest] = np.where(right, hour % 24 * 60 + minute, -1).astype(np.int64)
    return minutes, exact


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


def _numeric(text: pd.Series, sample: pd.Series) -> Stamps | None:
    """Seconds or milliseconds since 1970, or the day counts of a spreadsheet; None if they are dates."""
    typical = float(pd.to_numeric(sample).median())
    values = pd.to_numeric(text, errors="coerce").to_numpy(float)
    if typical >= 1e11:
        unit, note = 1000.0, t("Dates were read as milliseconds since 1970, in UTC.")
    elif typical >= 3e8:
        unit, note = 1.0, t("Dates were read as seconds since 1970, in UTC.")
    elif 15_000 < typical < 75_000:
        # Day 25569 of a spreadsheet is 1 January 1970.
        values, unit = (values - 25_569) * 86_400, 1.0
        note = t("Dates were read as the day counts of a spreadsheet.")
        seconds = np.round(values / 60) * 60
        exact = MINUTE if (seconds % 86_400 != 0).any() else DAY
        return _finish(text, _seconds(seconds), _all(text, exact), "", (note,))
    else:
        return None
    return _finish(text, _seconds(values / unit), _all(text, MINUTE), "epoch", (note,))


def _seconds(values: np.ndarray) -> np.ndarray:
    known = np.isfinite(values) & (np.abs(values) < 1e11)
    whole = np.where(known, values, 0).astype("int64").astype("datetime64[s]")
    return np.where(known, whole, np.datetime64("NaT", "s"))


def _finish(
    text: pd.Series,
    moments: np.ndarray,
    precision: np.ndarray,
    written: str,
    notes: tuple[str, ...],
) -> Stamps:
    first = np.datetime64(f"{FIRST_YEAR}-01-01", "s")
    last = np.datetime64(f"{LAST_YEAR + 1}-01-01", "s")
    wild = (moments < first) | (moments >= last)
    return Stamps(
        np.where(wild, np.datetime64("NaT", "s"), moments), precision, written, notes
    )


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
