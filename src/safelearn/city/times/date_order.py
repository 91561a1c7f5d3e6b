"""Is 03/04/2020 in March or in April? In: a column of dates, and those beside it. Out: the order, and why.

One answer holds for a whole column, and it is never given without its evidence: how many dates can only be read
one way; and where none can, another column of dates, of months or of weekdays, the order of the rows, or, last,
what is usual in the city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.times.order_hints import Hint, first_hint
from safelearn.city.times.written_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    Written,
    take_apart,
)
from safelearn.language import number, percent, t, tn

#: A column in which so many of the telling dates contradict the others has no order.
MIXED = 0.1


@dataclass(frozen=True)
class Order:
    """The order of day and month in one column.

    Attributes
    ----------
    orders : mapping of int to str
        Style of a date -> its order, where styles differ; see `Written`.
    otherwise : str
        The order of every other style.
    notes : tuple of str
        The evidence.
    refusal : str
        Why the column cannot be read; empty if it can.
    """

    orders: Mapping[int, str] = field(default_factory=dict)
    otherwise: str = DAY_FIRST
    notes: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Evidence:
    """Dates that can only be read in one order, or in both."""

    day_first: int
    month_first: int
    both: int
    day_example: str = ""
    month_example: str = ""
    both_example: str = ""

    @property
    def telling(self) -> int:
        return self.day_first + self.month_first

    @property
    def order(self) -> str:
        """That of the majority; empty where no date tells."""
        if not self.telling:
            return ""
        return DAY_FIRST if self.day_first >= self.month_first else MONTH_FIRST

    @property
    def against(self) -> int:
        """Telling dates of the minority."""
        return min(self.day_first, self.month_first)


@dataclass(frozen=True)
class DateColumn:
    """The distinct dates of a column.

    Attributes
    ----------
    name : str
    codes : ndarray of int
        Position in `kinds` of each row.
    kinds : Series of str
    times : ndarray of int
        How often each kind occurs.
    written : Written
        Their parts.
    """

    name: str
    codes: np.ndarray
    kinds: pd.Series
    times: np.ndarray
    written: Written

    @classmethod
    def of(cls, text: pd.Series) -> DateColumn:
        """Take a column apart, in the order of the file."""
        codes, kinds = pd.factorize(text)
        kinds = pd.Series(kinds, dtype="str")
        times = np.bincount(codes, minlength=len(kinds))
        return cls(str(text.name), codes, kinds, times, take_apart(kinds))


def settle_order(
    column: DateColumn,
    *,
    beside: pd.DataFrame | None = None,
    zone: ZoneInfo | None = None,
    given: str = "",
) -> Order:
    """Decide in which order a column writes day and month.

    Parameters
    ----------
    column : DateColumn
    beside : DataFrame of str, optional
        The other columns of the same rows.
    zone : ZoneInfo, optional
        The city's.
    given : str, optional
        What a profile says; dates that can only be read otherwise stand above it.
    """
    name, kinds, written = column.name, column.kinds, column.written
    if not written.open.any():
        return Order()
    whole = weigh(column)
    contradicted = given and whole.telling and whole.order != given
    if given and not contradicted:
        notes = (_minority(name, whole),) if whole.against else ()
        return Order(otherwise=given, notes=notes)
    if _year_leads(written, column.times):
        note = t(
            "In the column {column}, the year was read first: {example}.",
            column=name,
            example=kinds[int(np.flatnonzero(written.open)[0])],
        )
        return Order(otherwise=YEAR_FIRST, notes=(note,))
    styles = {
        int(style): weigh(column, style=int(style))
        for style in np.unique(written.style[written.open])
    }
    if not whole.telling:
        return _undecided(column, whole, beside, zone)
    if contradicted and whole.against <= MIXED * whole.telling:
        example = whole.day_example if whole.order == DAY_FIRST else whole.month_example
        note = t(
            "Dates such as {example} are not written as the profile says: their order was taken from the dates.",
            example=example,
        )
        return Order(otherwise=whole.order, notes=(note,))
    if not whole.against:
        return Order(otherwise=whole.order, notes=(_clear(name, whole),))
    if all(not e.against for e in styles.values()):
        # Each style is of one mind: two programs wrote into one column.
        orders = {style: e.order for style, e in styles.items() if e.telling}
        note = t(
            "In the column {column}, dates like {example} have the day first and dates like {other} the month first.",
            column=name,
            example=whole.day_example,
            other=whole.month_example,
        )
        return Order(orders, whole.order, (note,))
    if whole.against > MIXED * whole.telling:
        return Order(otherwise=whole.order, refusal=_mixed(name, whole))
    return Order(otherwise=whole.order, notes=(_minority(name, whole),))


def weigh(column: DateColumn, *, style: int | None = None) -> Evidence:
    """Count the dates that can be read in one order only: all of them, or those of one style."""
    written, kinds, times = column.written, column.kinds, column.times
    first, second = written.first, written.second
    rows = written.open & ~written.broken
    if style is not None:
        rows &= written.style == style
    low_first = (first >= 1) & (first <= 12)
    low_second = (second >= 1) & (second <= 12)
    day = rows & low_second & (first > 12) & (first <= 31)
    month = rows & low_first & (second > 12) & (second <= 31)
    both = rows & low_first & low_second & (first != second)

    def example(found: np.ndarray) -> str:
        return str(kinds[int(found.argmax())]).strip() if found.any() else ""

    return Evidence(
        *(int(times[found].sum()) for found in (day, month, both)),
        *(example(found) for found in (day, month, both)),
    )


def _year_leads(written: Written, times: np.ndarray) -> bool:
    """Whether years of two digits stand first, as in 19-04-23."""
    short = written.open & written.short_year
    if not short.any() or (written.open & ~written.short_year).any():
        return False
    first, second, third = (
        x[short] for x in (written.first, written.second, written.third)
    )
    n = times[short]
    month = (second >= 1) & (second <= 12)

    def share(found: np.ndarray) -> float:
        return n[found].sum() / n.sum()

    by_year = share(month & (third >= 1) & (third <= 31))
    by_day = share(month & (first >= 1) & (first <= 31))
    by_month = share((first >= 1) & (first <= 12) & (second >= 1) & (second <= 31))
    last = max(by_day, by_month)
    if by_year != last:
        return by_year > last
    # Days change, years hardly do.
    changing = len(np.unique(third)), len(np.unique(first))
    return n.sum() >= 20 and changing[0] > 2 * changing[1]


def _clear(name: str, e: Evidence) -> str:
    if e.order == DAY_FIRST:
        return tn(
            "In the column {column}, the day was read first: {n} date can only be read so ({example}), none only with "
            "the month first.",
            "In the column {column}, the day was read first: {n} dates can only be read so ({example}), none only "
            "with the month first.",
            e.day_first,
            column=name,
            example=e.day_example,
        )
    return tn(
        "In the column {column}, the month was read first: {n} date can only be read so ({example}), none only with "
        "the day first.",
        "In the column {column}, the month was read first: {n} dates can only be read so ({example}), none only "
        "with the day first.",
        e.month_first,
        column=name,
        example=e.month_example,
    )


def _minority(name: str, e: Evidence) -> str:
    figures = {
        "column": name,
        "n": number(max(e.day_first, e.month_first)),
        "against": number(e.against),
        "day": e.day_example,
        "month": e.month_example,
        "both": number(e.both),
        "share": percent(e.against / e.telling),
    }
    if e.order == DAY_FIRST:
        return t(
            "In the column {column}, the day was read first: {n} dates can only be read so ({day}), but {against} only "
            "with the month first ({month}). Those are not readable, and about {share} of the {both} dates that can be "
            "read both ways may be wrong.",
            **figures,
        )
    return t(
        "In the column {column}, the month was read first: {n} dates can only be read so ({month}), but {against} only "
        "with the day first ({day}). Those are not readable, and about {share} of the {both} dates that can be read "
        "both ways may be wrong.",
        **figures,
    )


def _mixed(name: str, e: Evidence) -> str:
    return t(
        "The column {column} mixes two orders: {day_first} dates can only be read with the day first ({day}) and "
        "{month_first} only with the month first ({month}), so {both} others could mean two days.",
        column=name,
        day_first=number(e.day_first),
        month_first=number(e.month_first),
        day=e.day_example,
        month=e.month_example,
        both=number(e.both),
    )


def _undecided(
    column: DateColumn,
    e: Evidence,
    beside: pd.DataFrame | None,
    zone: ZoneInfo | None,
) -> Order:
    """No date tells: what stands beside them may."""
    if not e.both:
        return Order()
    hint: Hint = first_hint(column.name, column.codes, column.written, beside, zone)
    figures = {"column": column.name, "n": number(e.both), "example": e.both_example}
    if hint.order == DAY_FIRST:
        assumed = t(
            "In the column {column}, {n} dates such as {example} could have the day or the month first; the day was "
            "read first.",
            **figures,
        )
    else:
        assumed = t(
            "In the column {column}, {n} dates such as {example} could have the day or the month first; the month was "
            "read first.",
            **figures,
        )
    notes = [assumed, hint.why]
    if not hint.certain:
        notes.append(
            t(
                "If this is wrong, say so in a profile: format = {other} under [time].",
                other='"%m/%d/%Y"' if hint.order == DAY_FIRST else '"%d/%m/%Y"',
            )
        )
    return Order(otherwise=hint.order, notes=(" ".join(notes),))
