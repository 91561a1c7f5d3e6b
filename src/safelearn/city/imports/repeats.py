"""Which identifiers come more than once in a file? In: the file, in pieces. Out: rows that repeat others to the letter.

No sample can say it, so one pass goes over the identifiers of all rows before the first is read. Of ten million
identifiers it keeps a number each, and of the rows only those whose identifier comes back.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from safelearn.city.files.formats import Source
from safelearn.city.identities import distinct, identity, positions


class Repeats:
    """Finds rows that repeat an earlier one to the letter, identifier included, however far apart.

    Parameters
    ----------
    column : str
        The identifier.
    repeated : ndarray of uint64
        `repeated_identifiers` of the file.
    """

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
        suspects = np.flatnonzero(positions(numbers, self._repeated) >= 0)
        if not len(suspects):
            return again
        whole = pd.util.hash_pandas_object(frame.iloc[suspects], index=False)
        rows = whole.to_numpy()
        first = np.zeros(len(rows), dtype=bool)
        first[np.unique(rows, return_index=True)[1]] = True
        again[suspects] = ~first | (positions(rows, self._seen) >= 0)
        self._seen = distinct(np.concatenate([self._seen, rows]))
        return again


def repeated_identifiers(
    source: Source, column: str, progress: Callable[[int], object] | None = None
) -> np.ndarray:
    """`parts.identity` of the identifiers that more than one row of a file has, in order.

    `progress` is called with the records seen so far.
    """
    parts = []
    for chunk in source.chunks():
        parts.append(identity(chunk.frame[column].str.strip()))
        if progress:
            progress(chunk.start + len(chunk.frame))
    if not parts:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.concatenate(parts)
    parts.clear()
    numbers.sort()
    return distinct(numbers[1:][(numbers[1:] == numbers[:-1]) & (numbers[1:] > 0)])
