"""What tells the order of day and month where the dates themselves do not? In: the columns beside. Out: a hint.

Strongest first: a column with the month, the day or the weekday; another column of dates of the same file that
does tell; dates that are all the first of their months; rows that are in the order of time; and, last, what is
usual where the city lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.times.moments import on_date
from safelearn.city.times.periods import MONTHS
from safelearn.city.times.written_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    Written,
    full_year,
    take_apart,
)
from safelearn.language import t

_AGREE, _DISAGREE = 0.95, 0.8
_IN_ORDER, _WORSE = 0.97, 0.03
#: Fewer dates prove nothing.
_LEAST = 10
_WEEKDAYS = (
    "monday mon lunes lun segunda seg lundi montag mo",
    "tuesday tue martes terca mardi dienstag di",
    "wednesday wed miercoles mie quarta mercredi mittwoch mi",
    "thursday thu jueves jue quinta jeudi donnerstag do",
    "friday fri viernes vie sexta vendredi freitag fr",
    "saturday sat sabado sab samedi samstag sonnabend sa",
    "sunday sun domingo dom dimanche sonntag so",
)
#: Name of a weekday (without accents) -> 0 for Monday.
WEEKDAYS = {word: i for i, words in enumerate(_WEEKDAYS) for word in words.split()}
_MONTH_HEADS = set("month mes mois monat".split())  # noqa: SIM905
_DAY_HEADS = set("day dia jour tag".split())  # noqa: SIM905
_MONTH_FIRST_ZONES = (
    "US/",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Detroit",
    "America/Anchorage",
    "America/Boise",
    "America/Indiana/",
    "America/Kentucky/",
    "America/North_Dakota/",
    "America/Juneau",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Asia/Manila",
)


@dataclass(frozen=True)
class Hint:
    """An order, why, and whether that is evidence or only a habit."""

    order: str
    why: str
    certain: bool


def first_hint(
    name: str,
    codes: np.ndarray,
    written: Written,
    beside: pd.DataFrame | None,
    zone: ZoneInfo | None,
) -> Hint:
    """The strongest hint that there is.

    Parameters
    ----------
    name : str
        The column of dates, which is not beside itself.
    codes : ndarray of int
        Position in `written` of the date of each row.
    """
    use = (written.open & ~written.broken)[codes]
    first, second = written.first[codes], written.second[codes]
    year = written.third[codes]
    year = np.where(year < 100, full_year(year), year)
    day_first, month_first = on_date(year, second, first), on_date(year, first, second)
    rows = use & (first != second)
    columns = [] if beside is None else [c for c in beside.columns if str(c) != name]
    for column in columns:
        hint = _from_part(beside[column], rows, first, second, day_first, month_first)
        if hint:
            return hint
    for column in columns:
        hint = _from_dates(beside[column])
        if hint:
            return hint
    return (
        _from_firsts(first[use], second[use])
        or _from_sorting(day_first[use], month_first[use])
        or _from_habit(zone)
    )


def _from_part(
    text: pd.Series,
    rows: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    day_first: np.ndarray,
    month_first: np.ndarray,
) -> Hint | None:
    """A column with the month, the day of the month or the weekday of the same dates."""
    words = set(normalise(str(text.name)).split())
    if text.nunique() > 62:
        return None
    if words & _MONTH_HEADS:
        part = _numbers_or_names(text, MONTHS)
        as_day, as_month = part == second, part == first
    elif words & _DAY_HEADS or words & {"weekday", "dow", "wochentag", "semana"}:
        part = _numbers_or_names(text, WEEKDAYS)
        if _named(text, WEEKDAYS) > 0.5:
            as_day, as_month = (
                part == _weekday(day_first),
                part == _weekday(month_first),
            )
        else:
            as_day, as_month = part == first, part == second
    else:
        return None
    known = rows & (part >= 0)
    if known.sum() < _LEAST or len(np.unique(part[known])) < 3:
        return None
    agree = {DAY_FIRST: as_day[known].mean(), MONTH_FIRST: as_month[known].mean()}
    order = max(agree, key=lambda o: agree[o])
    if agree[order] < _AGREE or min(agree.values()) > _DISAGREE:
        return None
    return Hint(
        order,
        t("The column {column} agrees with that.", column=str(text.name)),
        certain=True,
    )


def _numbers_or_names(text: pd.Series, names: dict[str, int]) -> np.ndarray:
    codes, kinds = pd.factorize(text)
    values = [_value(str(kind), names) for kind in kinds]
    return np.array([*values, -1], dtype=np.int64)[codes]


def _value(text: str, names: dict[str, int]) -> int:
    for word in normalise(text).split():
        if word in names:
            return names[word]
        if word.isdigit() and len(word) <= 2:
            return int(word)
    return -1


def _named(text: pd.Series, names: dict[str, int]) -> float:
    kinds = [normalise(str(kind)).split() for kind in text.unique()]
    return float(np.mean([any(w in names for w in kind) for kind in kinds]))


def _weekday(moments: np.ndarray) -> np.ndarray:
    # 1 January 1970 was a Thursday.
    days = moments.astype("datetime64[D]").astype(np.int64)
    return np.where(np.isnat(moments), -2, (days + 3) % 7)


def _from_dates(text: pd.Series) -> Hint | None:
    """Another column of dates that can be read in one order only."""
    some = text.iloc[:: max(len(text) // 2000, 1)]
    look = some.str.match(r"\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
    if look.mean() < 0.5:
        return None
    kinds = pd.Series(text.unique(), dtype="str")
    written = take_apart(kinds)
    rows = written.open & ~written.broken
    first, second = written.first, written.second
    day = rows & (first > 12) & (first <= 31) & (second >= 1) & (second <= 12)
    month = rows & (second > 12) & (second <= 31) & (first >= 1) & (first <= 12)
    if day.any() == month.any():
        return None
    return Hint(
        DAY_FIRST if day.any() else MONTH_FIRST,
        t(
            "So does the column {column} write its dates: {example}.",
            column=str(text.name),
            example=kinds[int((day | month).argmax())].strip(),
        ),
        certain=True,
    )


def _from_firsts(first: np.ndarray, second: np.ndarray) -> Hint | None:
    """Dates by month: all carry the first day, and the months change."""
    ones, kinds = (first == 1).all(), len(np.unique(second))
    others, months = (second == 1).all(), len(np.unique(first))
    if ones and not others and kinds >= 3:
        order = DAY_FIRST
    elif others and not ones and months >= 3:
        order = MONTH_FIRST
    else:
        return None
    return Hint(order, t("So all dates are the first of a month."), certain=True)


def _from_sorting(day_first: np.ndarray, month_first: np.ndarray) -> Hint | None:
    """Rows in the order of time."""
    sorted_by = {
        order: _sorted(moments)
        for order, moments in ((DAY_FIRST, day_first), (MONTH_FIRST, month_first))
    }
    order = max(sorted_by, key=lambda o: sorted_by[o])
    if sorted_by[order] < _IN_ORDER:
        return None
    # Dates up to the 12th that go through the year are nearly in order when read the wrong way, too.
    if min(sorted_by.values()) > sorted_by[order] - _WORSE:
        return None
    return Hint(order, t("So the rows are in the order of time."), certain=True)


def _sorted(moments: np.ndarray) -> float:
    """The share of the steps from row to row that go one way in time; steps that stand still say nothing."""
    steps = np.diff(moments[~np.isnat(moments)].astype(np.int64))
    steps = steps[steps != 0]
    if len(steps) < _LEAST:
        return 0.0
    return float(max((steps > 0).mean(), (steps < 0).mean()))


def _from_habit(zone: ZoneInfo | None) -> Hint:
    if zone is None:
        return Hint(DAY_FIRST, t("That is the usual order in most countries."), False)
    if zone.key.startswith(_MONTH_FIRST_ZONES):
        return Hint(
            MONTH_FIRST,
            t("That is the usual order in the time zone {zone}.", zone=zone.key),
            certain=False,
        )
    return Hint(
        DAY_FIRST,
        t("That is the usual order in the time zone {zone}.", zone=zone.key),
        certain=False,
    )
