"""Which period does the name of a column stand for? In: "2011/2012", "Ene-20", "Q3 2023". Out: from, to.

Tables of counts have a column a period. Names are read word by word, in several languages; a name with any
word that is not part of a date ("% change", "2019 population") is no period.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from safelearn.city.times.moments import FIRST_YEAR, LAST_YEAR

_MONTHS = (
    "january jan enero ene janeiro janvier janv januar",
    "february feb febrero fevereiro fev fevrier fevr februar",
    "march mar marzo marco mars maerz marz mrz",
    "april apr abril abr avril avr",
    "may mayo maio mai",
    "june jun junio junho juin juni",
    "july jul julio julho juillet juil juli",
    "august aug agosto ago aout",
    "september sep sept septiembre setiembre set setembro septembre",
    "october oct octubre outubro out octobre oktober okt",
    "november nov noviembre novembro novembre",
    "december dec diciembre dic dezembro dez decembre dezember",
)
#: Name of a month, in any spelling known here (lower case, without accents) -> its number.
MONTHS = {word: i + 1 for i, words in enumerate(_MONTHS) for word in words.split()}
_QUARTER = set("q qtr quarter t trim trimestre trimester quartal".split())  # noqa: SIM905
_ORDINALS = {
    word: i + 1
    for i, words in enumerate(
        (
            "i first primer primero primeiro premier",
            "ii second segundo deuxieme",
            "iii third tercer tercero terceiro troisieme",
            "iv fourth cuarto quarto quatrieme",
        )
    )
    for word in words.split()
}
#: Words beside a date that change nothing.
_FILL = set(
    "to a al ate au until through de del do da of the "  # noqa: SIM905
    "ano anio annee year jahr fy st nd rd th er x".split()
)


@dataclass(frozen=True)
class Period:
    """A stretch of whole months; `after` is the first month that is no longer in it."""

    first: np.datetime64
    after: np.datetime64

    @property
    def months(self) -> int:
        return int((self.after - self.first).astype(int))

    @property
    def precision(self) -> str:
        """What is known of an event in it: its month, or no more than its year."""
        return "month" if self.months == 1 else "year"

    @property
    def calendar(self) -> bool:
        """Whether it is a month or a year of the calendar, so that its first day says all."""
        whole = self.first == self.first.astype("datetime64[Y]").astype("datetime64[M]")
        return self.months == 1 or (self.months == 12 and bool(whole))

    def within(self, other: Period) -> bool:
        """Whether it is a part of the other, and not all of it."""
        inside = self.first >= other.first and self.after <= other.after
        return inside and self.months < other.months


def read_period(name: str, *, year_begins: int = 1) -> Period | int | None:
    """The period that a column's name stands for.

    Parameters
    ----------
    name : str
        As published.
    year_begins : int
        The month in which a financial year begins; 1 where years are those of the calendar.

    Returns
    -------
    Period, or int, or None
        A number is a month of a year that the name does not say; None means that the name is no period.
    """
    tokens = _tokens(name)
    if tokens is None:
        return None
    kinds = "".join(kind for kind, _ in tokens)
    read = _SHAPES.get(kinds)
    if read is None:
        return None
    return read([value for _, value in tokens], year_begins)


def _tokens(name: str) -> list[tuple[str, int]] | None:
    """Parts of a name: Y a year, M a month's name, Q a quarter, N another number; None if it has other words."""
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    tokens: list[tuple[str, int]] = []
    quarter = False
    for word in re.findall(r"[^\W\d_]+|\d+|[%#*]", plain):
        if word in MONTHS:
            tokens.append(("M", MONTHS[word]))
        elif word in _QUARTER:
            quarter = True
        elif word in _ORDINALS:
            tokens.append(("N", _ORDINALS[word]))
        elif word in _FILL:
            continue
        elif not word.isdigit() or len(word) not in (1, 2, 4, 6):
            return None
        elif len(word) == 6:
            tokens += [("Y", int(word[:4])), ("N", int(word[4:]))]
        elif len(word) == 4:
            tokens.append(("Y", int(word)))
        else:
            tokens.append(("N", int(word)))
    if any(k == "Y" and not FIRST_YEAR <= v <= LAST_YEAR for k, v in tokens):
        return None
    if not quarter:
        return tokens
    numbers = [v for k, v in tokens if k == "N"]
    if len(numbers) != 1 or not 1 <= numbers[0] <= 4:
        return None
    return [("Q", numbers[0])] + [t for t in tokens if t[0] != "N"]


def _month(year: int, month: int) -> np.datetime64:
    return np.datetime64(year - 1970, "Y").astype("datetime64[M]") + (month - 1)


def _span(year: int, month: int, months: int) -> Period:
    first = _month(year, month)
    return Period(first, first + months)


def _range(y1: int, m1: int, y2: int, m2: int) -> Period | None:
    first, after = _month(y1, m1), _month(y2, m2) + 1
    return Period(first, after) if first < after else None


def _two_years(v: list[int], begins: int) -> Period | None:
    # 2011/2012 is no year of the calendar: without knowing when it begins, it is nothing.
    return _span(v[0], begins, 12) if begins > 1 and v[1] == v[0] + 1 else None


def _year_and_number(v: list[int], begins: int) -> Period | None:
    year, number = v
    if begins > 1 and number == (year + 1) % 100:
        return _span(year, begins, 12)
    return _span(year, number, 1) if 1 <= number <= 12 else None


def _within_year(v: list[int], _begins: int) -> Period | None:
    m1, m2, year = v
    return _range(year - (m1 > m2), m1, year, m2)


def _quarter_of_year(v: list[int], _begins: int) -> Period:
    return _span(v[1], 3 * v[0] - 2, 3)


def _quarter_of_two(v: list[int], begins: int) -> Period | None:
    if begins == 1 or v[2] != v[1] + 1:
        return None
    first = _month(v[1], begins) + 3 * (v[0] - 1)
    return Period(first, first + 3)


_Reader = Callable[[list[int], int], "Period | int | None"]
_SHAPES: dict[str, _Reader] = {
    "M": lambda v, b: v[0],
    "Y": lambda v, b: _span(v[0], b, 12),
    "YY": _two_years,
    "MY": lambda v, b: _span(v[1], v[0], 1),
    "YM": lambda v, b: _span(v[0], v[1], 1),
    "MN": lambda v, b: _span(2000 + v[1], v[0], 1) if v[1] < 70 else None,
    "YN": _year_and_number,
    "NY": lambda v, b: _span(v[1], v[0], 1) if 1 <= v[0] <= 12 else None,
    "YNN": lambda v, b: _span(*v[:2], 1) if 1 <= v[1] <= 12 and v[2] == 1 else None,
    "MYMY": lambda v, b: _range(v[1], v[0], v[3], v[2]),
    "YMYM": lambda v, b: _range(*v),
    "MMY": _within_year,
    "QY": _quarter_of_year,
    "QYY": _quarter_of_two,
}
