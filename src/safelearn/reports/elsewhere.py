"""Which totals do others publish about the same events? A statistics office's table goes in, known totals come out.

A file with columns for the period, the count and, as far as it has them, the offence (ICCS), the area and the month:
``year, offence, n`` is enough. What does not count the same events is not used, and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safelearn.city.files.formats import read_source
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import as_floats
from safelearn.disclosure.matrices import Cut
from safelearn.disclosure.slices import ALL
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Column -> the names under which it may stand.
NAMES = {
    "year": ("year", "año", "ano", "annee", "année", "period", "periodo", "período"),
    "month": ("month", "mes", "mês", "mois"),
    "offence": ("offence", "offense", "iccs", "code", "delito", "crime", "infraction"),
    "area_id": ("area_id", "area", "área", "zone"),
    "n": ("n", "count", "total", "number", "cases", "casos", "nombre", "número"),
}
#: What a cell says that means everything.
_ALL = frozenset({"", "all", "total", "todos", "todas", "tous", "toutes"})


@dataclass(frozen=True)
class Total:
    """A count that others publish.

    Attributes
    ----------
    period : str
        A year or a month.
    offence : str
        ICCS code, of any level; empty for all.
    area_id : str
        Empty for the whole city.
    n : int
    """

    period: str
    offence: str
    area_id: str
    n: int

    def of(self, months: Sequence[str]) -> bool:
        """Whether it counts what a block of months counts, or one of its months."""
        if len(self.period) == 7:
            return self.period in months
        year = {m for m in months if m[:4] == self.period[:4]}
        whole = len(year) == 12 or self.period in months
        return whole and len(year) == len(months)

    @property
    def cut(self) -> Cut:
        """Its cell or total, as this report would cut it."""
        pairs = [("offence", self.offence), ("area_id", self.area_id)]
        pairs.append(("month", self.period if len(self.period) == 7 else ""))
        return tuple(sorted((k, v) for k, v in pairs if v))

    def parts(self, codes: Sequence[str]) -> list[Cut]:
        """The cells that add up to it: an offence of a higher level is the sum of those below."""
        if not self.offence or self.offence in codes:
            return [self.cut]
        below = [code for code in codes if code.startswith(self.offence)]
        if not below:
            return [self.cut]
        whole = dict(self.cut)
        return [tuple(sorted((whole | {"offence": code}).items())) for code in below]


def known_totals(path: str | Path) -> tuple[Total, ...]:
    """Read a file of totals that others publish.

    Parameters
    ----------
    path : path
        A CSV file or a workbook.

    Raises
    ------
    SafelearnError
        If it has no count or no period, or a row cannot be read; the error names it.
    """
    source = read_source(path)
    frame = source.frame
    if frame is None:
        frame = source.sample
    held = {normalise(name): name for name in frame}
    columns = {
        key: next((held[normalise(n)] for n in names if normalise(n) in held), None)
        for key, names in NAMES.items()
    }
    missing = [
        key
        for key in ("n", "year")
        if columns[key] is None and not (key == "year" and columns["month"])
    ]
    if missing:
        raise SafelearnError(
            t(
                "This file of known totals lacks a column: {names}.",
                names=listing(missing),
            ),
            where=Path(path).name,
            remedy=t(
                "It needs the columns year and n, and may have offence (ICCS code), area_id and month."
            ),
        )
    text = {
        key: frame[name].str.strip() if name is not None else None
        for key, name in columns.items()
    }
    counts = as_floats(text["n"], whole=True)
    found = []
    for k, n in enumerate(counts):
        period = _period(text, k)
        if n != n or n < 0 or n != round(n) or not period:
            raise SafelearnError(
                t("A row of the known totals cannot be read."),
                where=t("{file}, row {row}", file=Path(path).name, row=k + 2),
                remedy=t(
                    "Give a year such as 2024, or a month such as 2024-05, and a whole number."
                ),
            )
        found.append(
            Total(
                period, _value(text, "offence", k), _value(text, "area_id", k), int(n)
            )
        )
    return tuple(found)


def _period(text: dict, k: int) -> str:
    year = _value(text, "year", k)
    month = _value(text, "month", k)
    if len(month) == 7 and month[4] == "-":
        return month
    if not (len(year) == 4 and year.isdigit()):
        return year if len(year) == 7 and year[4:5] == "-" else ""
    if month.isdigit() and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02d}"
    return "" if month else year


def _value(text: dict, key: str, k: int) -> str:
    column = text[key]
    value = "" if column is None else str(column.iloc[k])
    return "" if value.casefold() in _ALL or value == ALL else value
