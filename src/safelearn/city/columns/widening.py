"""What does a table with a column a year (or month, or quarter) say, row by row? In: it, as text. Out: long rows.

Each filled cell becomes a row with from, to and a number of events. Every long row knows the row of the file
that it came from, so that the account stays to the row: a row of the file is used if any of its cells is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.columns.profile import WIDENED, Profile
from safelearn.city.files.headers import normalise
from safelearn.city.times.periods import Period
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Columns of the long table that take the place of the wide ones.
FROM, TO, COUNT = (WIDENED[field] for field in ("from", "to", "count"))
PRECISION = "time_precision"
_THOUSANDS = r"^\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+$"


@dataclass(frozen=True)
class Wide:
    """The columns of a table that are periods.

    Attributes
    ----------
    periods : mapping of str to Period or int
        Column -> its period; a number is a month, and the year stands in `year`.
    year : str
        The column that says the year, where the periods are months without one.
    notes : tuple of str
        Assumptions, in sentences.
    """

    periods: Mapping[str, Period | int]
    year: str = ""
    notes: tuple[str, ...] = ()


def wide_columns(columns: Sequence[str], profile: Profile) -> Wide | None:
    """Which columns are periods, as the profile's ``[wide]`` has it; None where there are none.

    A column that adds up others (a year beside its months) is left out, and a note says so.

    Raises
    ------
    SafelearnError
        If the periods are months and no column says of which year.
    """
    if not profile.wide:
        return None
    found = {c: profile.period(c) for c in columns}
    periods = {c: p for c, p in found.items() if p is not None}
    months = {c: p for c, p in periods.items() if isinstance(p, int)}
    spans = {c: p for c, p in periods.items() if isinstance(p, Period)}
    if len(months) > len(spans):
        named = profile.columns.get("year", ())
        year = next((c for c in columns if normalise(c) in named), "")
        if not year:
            raise SafelearnError(
                t("The columns are months, and nothing says of which year."),
                where=listing(list(months)),
                remedy=t("Add a column with the year."),
            )
        return Wide(months, year)
    if not spans:
        return None
    sums = [c for c, p in spans.items() if any(q.within(p) for q in spans.values())]
    notes: list[str] = []
    if sums:
        notes.append(
            t(
                "Columns that hold others were left out, so that nothing counts twice: {columns}.",
                columns=listing(sums),
            )
        )
    kept = {c: p for c, p in spans.items() if c not in sums}
    odd = next((c for c, p in kept.items() if p.months == 12 and not p.calendar), None)
    if odd:
        notes.append(
            t(
                "Years do not begin in January: {column} runs from {first} to {last} and counts under {year}.",
                column=odd,
                first=str(kept[odd].first),
                last=str(kept[odd].after - 1),
                year=str(kept[odd].first)[:4],
            )
        )
    return Wide(kept, "", tuple(notes))


def widen(frame: pd.DataFrame, profile: Profile) -> tuple[pd.DataFrame, np.ndarray]:
    """A table with a column a period as long rows; any other table as it is.

    Parameters
    ----------
    frame : DataFrame of str
    profile : Profile
        With ``[wide]``; without it nothing changes.

    Returns
    -------
    DataFrame of str, ndarray of int64
        The columns that are no periods, then occurred_from, occurred_to, time_precision and count; and
        the row of `frame` of each row. A zero stays, as "0": it says that nothing happened. A row without
        any number stays as one row with an empty count.
    """
    n = len(frame)
    wide = wide_columns(list(frame.columns), profile)
    if wide is None:
        return frame, np.arange(n, dtype=np.int64)
    names = list(wide.periods)
    counts = np.column_stack([whole_numbers(frame[c]) for c in names])
    filled = counts >= 0
    # A heading or a row of dashes has no number: it must not vanish from the account.
    filled[~filled.any(axis=1), 0] = True
    origin, column = np.nonzero(filled)
    others = [c for c in frame.columns if c not in wide.periods]
    long = frame[others].take(origin).reset_index(drop=True)
    value = counts[origin, column]
    if wide.year:
        known = value >= 0
        first, last, exact = _of_year(
            frame[wide.year].to_numpy()[origin],
            np.array([wide.periods[c] for c in names])[column],
        )
        long = long.drop(columns=wide.year)
    else:
        spans = [p for p in wide.periods.values() if isinstance(p, Period)]
        known = value >= 0
        first = np.array([str(p.first.astype("datetime64[D]")) for p in spans])[column]
        last = np.array([_last(p) for p in spans])[column]
        exact = np.array([p.precision for p in spans])[column]
    long[FROM] = pd.Series(first, dtype="str")
    long[TO] = pd.Series(last, dtype="str")
    long[PRECISION] = pd.Series(exact, dtype="str")
    long[COUNT] = pd.Series(np.where(known, value.astype("U20"), ""), dtype="str")
    return long, origin.astype(np.int64)


def whole_numbers(text: pd.Series) -> np.ndarray:
    """Counts as integers; -1 where a cell is empty or holds no count ("-", "<5", "n/a").

    A count is whole, so 1,234 and 1.234 both mean one thousand two hundred and thirty-four.
    """
    clean = text.str.strip()
    grouped = clean.str.fullmatch(_THOUSANDS)
    clean = clean.where(~grouped, clean.str.replace(r"\D", "", regex=True))
    values = pd.to_numeric(clean, errors="coerce").to_numpy(float)
    good = (values >= 0) & (values < 2**31) & (values % 1 == 0)
    return np.where(good, values, -1).astype(np.int64)


def _last(period: Period) -> str:
    """The last minute of a period of which the calendar does not know the end; empty for months and years."""
    if period.calendar:
        return ""
    return str(period.after.astype("datetime64[m]") - 1).replace("T", " ")


def _of_year(
    years: np.ndarray, months: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    number = pd.to_numeric(pd.Series(years), errors="coerce")
    good = number.between(1900, 2100) & (number % 1 == 0)
    text = number.where(good, 0).astype("int64").astype("str").str.zfill(4)
    first = text + "-" + pd.Series(months).astype("str").str.zfill(2) + "-01"
    n = len(first)
    return (
        np.where(good, first.to_numpy(str), ""),
        np.full(n, "", dtype="U1"),
        np.full(n, "month", dtype="U5"),
    )
