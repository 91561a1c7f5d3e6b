"""Where do the rows of a figure lie? In: marks on each piece of a file. Out: counts by offence and year, a few lines.

The readers mark rows that show a trap (an impossible age, a word for missing); here the marks are counted while the
file is read piece by piece. Counts go into the record of the import; the first rows go to ``review/problems.csv``,
as line numbers only, for a person to look at in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.checks.figures import figure_codes
from safelearn.city.checks.shares import Slices, slices

#: Example lines of each problem and file: enough to see what is meant.
EXAMPLES = 10


@dataclass
class Tallies:
    """Marks of a file, counted so far.

    Attributes
    ----------
    figures : dict of str to int
        Rows by name.
    by : dict of str to dict
        Name -> ``by_offence`` and ``by_year`` -> rows.
    examples : dict of str to list of int
        Name -> the first rows of the file.
    """

    figures: dict[str, int] = field(default_factory=dict)
    by: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    examples: dict[str, list[int]] = field(default_factory=dict)

    def add(
        self, marks: Mapping[str, np.ndarray], rows: pd.DataFrame, origin: np.ndarray
    ) -> None:
        """Count the marks of one piece.

        Parameters
        ----------
        marks : mapping of str to array of bool
            Name -> rows, one entry for each row of `rows`.
        rows : DataFrame
            The same rows, canonical (offence_label, occurred_from).
        origin : array of int
            The record of the file that each comes from.
        """
        some = {name: np.asarray(m, dtype=bool) for name, m in marks.items()}
        some = {name: m for name, m in some.items() if m.any()}
        if not some:
            return
        coded = slices(rows)
        for name, marked in some.items():
            self._add(name, marked, coded, origin)

    def _add(
        self, name: str, marked: np.ndarray, coded: Slices, origin: np.ndarray
    ) -> None:
        self.figures[name] = self.figures.get(name, 0) + int(marked.sum())
        seen = self.examples.setdefault(name, [])
        seen += origin[marked][: EXAMPLES - len(seen)].tolist()
        mine = self.by.setdefault(name, {"by_offence": {}, "by_year": {}})
        for kind, counts in zip(mine, coded.counts(marked), strict=True):
            for label, n in counts.items():
                mine[kind][label] = mine[kind].get(label, 0) + n


def figures_by_of(
    records: Iterable[Mapping[str, Any]],
) -> dict[str, dict[str, dict[str, int]]]:
    """Where the rows of the figures of several imports lie, added up."""
    total: dict[str, dict[str, dict[str, int]]] = {}
    for record in records:
        for name, by in record.get("figures_by", {}).items():
            mine = total.setdefault(name, {"by_offence": {}, "by_year": {}})
            for kind in mine:
                for label, n in by.get(kind, {}).items():
                    mine[kind][label] = mine[kind].get(label, 0) + n
    return total


def example_lines(
    file: str,
    examples: Mapping[str, list[int]],
    lines: Callable[[np.ndarray], np.ndarray] | None,
) -> pd.DataFrame:
    """The lines to look at, for ``review/problems.csv``: file, line, problem. No cell is repeated.

    Parameters
    ----------
    examples : mapping of str to list of int
        Name of a figure -> rows of the file.
    lines : callable, optional
        Rows of the file -> their lines; without it, lines under a header.
    """
    codes = figure_codes()
    parts = []
    for name, rows in examples.items():
        if name in codes and rows:
            wanted = np.asarray(rows, dtype=np.int64)
            found = lines(wanted) if lines else wanted + 2
            parts.append(
                pd.DataFrame({"file": file, "line": found, "problem": codes[name]})
            )
    if not parts:
        return pd.DataFrame(columns=["file", "line", "problem"])
    return pd.concat(parts, ignore_index=True)
