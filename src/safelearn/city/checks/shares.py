"""In which offences and years do the rows of a problem lie? In: marked rows. Out: shares of each.

What is odd about data is seldom odd at random: sources mask violence, a year came from another system. So each
problem is split by offence and by year. Nothing here copies text: ten million rows are counted as codes, a part
at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

#: What is called an offence that has no label. Data, so it is not translated.
NAMELESS = "unclassified"
_PART = 1_000_000


@dataclass(frozen=True)
class Slices:
    """The rows of a table, as offence and year of each.

    Attributes
    ----------
    offence : ndarray of int32
        Position in `offences`.
    offences : list of str
        Labels, and `NAMELESS` for rows without one.
    year : ndarray of int16
        Position in `years`; the last is that of rows without a date.
    years : list of str
    """

    offence: np.ndarray
    offences: list[str]
    year: np.ndarray
    years: list[str]

    @cached_property
    def rows_by_offence(self) -> np.ndarray:
        """Rows of each offence."""
        return _count(self.offence, len(self.offences), None)

    @cached_property
    def rows_by_year(self) -> np.ndarray:
        """Rows of each year."""
        return _count(self.year, len(self.years), None)

    def counts(self, rows: np.ndarray) -> tuple[dict[str, int], dict[str, int]]:
        """How many of the marked rows lie in each offence and each year, where there are any."""
        found = []
        for codes, names in ((self.offence, self.offences), (self.year, self.years)):
            n = _count(codes, len(names), rows)
            found.append({names[i]: int(n[i]) for i in np.flatnonzero(n)})
        return found[0], found[1]

    def shares(
        self, by_offence: dict[str, int], by_year: dict[str, int]
    ) -> dict[str, dict[str, float]]:
        """Counts as shares of the rows there are, as `Problem` takes them."""
        all_offences = dict(zip(self.offences, self.rows_by_offence, strict=True))
        all_years = dict(zip(self.years, self.rows_by_year, strict=True))
        return {
            "by_offence": _over(by_offence, all_offences),
            "by_year": _over(by_year, all_years),
        }

    def split(self, rows: np.ndarray) -> dict[str, dict[str, float]]:
        """``by_offence`` and ``by_year`` of the marked rows, as `Problem` takes them."""
        return self.shares(*self.counts(rows))


def slices(incidents: pd.DataFrame, *, by: str = "offence_label") -> Slices:
    """Code the offence and the year of each row.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.
    by : {"offence_label", "offence"}
        The words of the source, or the ICCS code.
    """
    labels = incidents[by]
    if not isinstance(labels.dtype, pd.CategoricalDtype):
        labels = labels.astype("category")
    names = [str(c) for c in labels.cat.categories]
    # A source may itself call an offence as those without a label are called here.
    if NAMELESS not in names:
        names.append(NAMELESS)
    codes = labels.cat.codes.to_numpy()
    offence = np.where(codes < 0, names.index(NAMELESS), codes).astype(np.int32)
    year, years = _years(incidents["occurred_from"].to_numpy())
    return Slices(offence, names, year, years)


def _years(moments: np.ndarray) -> tuple[np.ndarray, list[str]]:
    year = np.empty(len(moments), dtype=np.int16)
    for start in range(0, len(moments), _PART):
        part = moments[start : start + _PART]
        whole = part.astype("datetime64[Y]").astype(np.int64) + 1970
        year[start : start + _PART] = np.where(np.isnat(part), -1, whole)
    there = np.unique(year[year >= 0])
    # One place more than the last year, and that of -1: rows without a date.
    position = np.full(int(there.max(initial=0)) + 2, len(there), dtype=np.int16)
    position[there] = np.arange(len(there))
    return position[year], [*(str(y) for y in there), ""]


def _count(codes: np.ndarray, n: int, rows: np.ndarray | None) -> np.ndarray:
    total = np.zeros(n, dtype=np.int64)
    for start in range(0, len(codes), _PART):
        part = codes[start : start + _PART]
        if rows is not None:
            part = part[rows[start : start + _PART]]
        total += np.bincount(part, minlength=n)
    return total


def _over(found: dict[str, int], of: dict[str, int]) -> dict[str, float]:
    return {
        name: round(float(n / of[name]), 4)
        for name, n in found.items()
        if name and of.get(name)
    }
