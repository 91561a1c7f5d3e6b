"""What must be known of all rows of a file before the first is read? In: the file. Out: repeats and areas named.

Two things no sample can say: which identifiers come more than once, wherever in the file, and which areas the
incidents name, where the city has no list of them yet. One pass finds both and keeps no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.formats import Source
from safelearn.city.parts import identity


@dataclass(frozen=True)
class Overview:
    """What holds for all rows of a file.

    Attributes
    ----------
    repeated : ndarray of uint64
        `parts.identity` of the identifiers that more than one row has, in order.
    named : DataFrame of str
        Each code and name of an area once, in the columns of the file.
    rows_named : int
        Rows that have any.
    """

    repeated: np.ndarray
    named: pd.DataFrame
    rows_named: int


def look_through(source: Source, columns: Mapping[str, str]) -> Overview:
    """Go through a file once.

    Parameters
    ----------
    columns : mapping
        Field -> column: ``incident_id`` for the repeats, ``area_id`` and ``area_name`` for the areas.
    """
    key = columns.get("incident_id")
    places = [columns[k] for k in ("area_id", "area_name") if k in columns]
    numbers, named, rows = [], [], 0
    if key or places:
        for chunk in source.chunks():
            if key:
                numbers.append(identity(chunk.frame[key].str.strip()))
            if places:
                some = chunk.frame[places]
                filled = (some[places[0]].str.strip() != "").to_numpy()
                rows += int(filled.sum())
                named.append(some[filled].drop_duplicates())
    empty = pd.DataFrame({c: pd.Series(dtype="str") for c in places})
    joined = pd.concat([empty, *named], ignore_index=True).drop_duplicates()
    return Overview(_more_than_once(numbers), joined.reset_index(drop=True), rows)


class Repeats:
    """Finds rows that repeat an earlier one to the letter, identifier included, however far apart."""

    def __init__(self, column: str, repeated: np.ndarray) -> None:
        self._column = column
        self._repeated = repeated
        self._seen = np.zeros(0, dtype=np.uint64)

    def among(self, frame: pd.DataFrame) -> np.ndarray:
        """Which of the next rows of the file are such rows."""
        again = np.zeros(len(frame), dtype=bool)
        if not len(self._repeated):
            return again
        numbers = identity(frame[self._column].str.strip())
        suspects = np.flatnonzero(_in_sorted(numbers, self._repeated))
        if not len(suspects):
            return again
        whole = pd.util.hash_pandas_object(frame.iloc[suspects], index=False)
        rows = whole.to_numpy()
        first = np.zeros(len(rows), dtype=bool)
        first[np.unique(rows, return_index=True)[1]] = True
        again[suspects] = ~first | _in_sorted(rows, self._seen)
        self._seen = np.union1d(self._seen, rows)
        return again


def _more_than_once(parts: list[np.ndarray]) -> np.ndarray:
    if not parts:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.concatenate(parts)
    parts.clear()
    numbers.sort()
    return np.unique(numbers[1:][(numbers[1:] == numbers[:-1]) & (numbers[1:] > 0)])


def _in_sorted(values: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Which values stand in an array that is in order: no copy of it, as `isin` would make."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return ordered[at] == values
