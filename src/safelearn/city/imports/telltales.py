"""How was this text written? In: cells as published. Out: marks on the rows that show a trap.

Stamps that end in Z, days counted by a spreadsheet, seconds counted by a computer, NULL in letters, decimal
commas, letters that a wrong encoding has broken: each is read all the same, and each is said, because the reading
rests on it. Cells are looked at as they are stored, without a copy as objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise

#: Cells that say in letters that they are empty.
WORDS = ("na", "n/a", "#n/a", "null", "(null)", "nan", "<na>")
#: Fields that hold moments, and coordinates.
_MOMENTS = ("from", "to", "from_date", "to_date")
_POINT = ("x", "y", "longitude", "latitude")
_ZONED = r"^\d{4}-?\d{2}-?\d{2}[T ]\d{2}:?\d{2}.*(Z|[+-]\d{2}:?\d{2})\s*$"
#: Days since the end of 1899, from 1950 to 2079; seconds and milliseconds since 1970, from 1980 on.
_SERIAL = r"^\s*(1[89]|[2-5]\d|6[0-5])\d{3}([.,]\d+)?\s*$"
_EPOCH = r"^\s*([3-9]\d{8}|1\d{9}|[3-9]\d{11}|1\d{12})([.,]0+)?\s*$"
_COMMA = r"^\s*[+-]?\d{1,8},\d+\s*$"
#: Bytes of the most common stamp, 2024-03-01T21:30:00, which is none of these; and of a word for missing.
_STAMP, _SHORT = 19, 16
#: Cells from which it is worth a look whether many are alike.
_FEW = 1000
_ZERO = r"^-?0+([.,]0*)?\s*$"
#: UTF-8 read as a Western encoding, once or twice, and the sign for a letter that was lost.
_BROKEN = "[\u00c2\u00c3][\u0080-\u00bf\u0192\u2018-\u2122]|\u00e2\u20ac|\ufffd"


def telltales(frame: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, np.ndarray]:
    """Mark the rows that show a trap.

    Parameters
    ----------
    frame : DataFrame of str
        A file, or a piece of one, before anything is read into it.
    columns : mapping
        Field -> column, as `Profile.assign` gives it.

    Returns
    -------
    dict of str to array of bool
        By the names of `figures`; only those that occur.
    """
    n = len(frame)
    marks: dict[str, np.ndarray] = {}

    def add(name: str, rows: np.ndarray) -> None:
        if rows.any():
            marks[name] = marks.get(name, np.zeros(n, dtype=bool)) | rows

    for field, column in columns.items():
        if column not in frame:
            continue
        cells, codes = _kinds(frame[column])
        for name, found in _of_column(cells, field).items():
            add(name, found if codes is None else found[codes])
    # A row lies at 0/0 only if both of its coordinates are 0.
    zero = [marks.pop(f"0 {field}", None) for field in _POINT if field in columns]
    if len(zero) == 2 and not any(rows is None for rows in zero):
        add("zero_coordinates", zero[0] & zero[1])
    return marks


def _of_column(cells: Any, field: str) -> dict[str, np.ndarray]:
    import pyarrow.compute as pc

    words = _is_word(cells)
    found = {"words_for_missing": words}
    if field in _MOMENTS:
        plain = pc.binary_length(cells).to_numpy(zero_copy_only=False) != _STAMP
        found["zone_letter"] = _matches(cells, _ZONED, plain)
        found["serial_dates"] = _matches(cells, _SERIAL, plain)
        found["epoch_dates"] = _matches(cells, _EPOCH, plain)
    elif field in _POINT:
        if pc.any(pc.match_substring(cells, ",")).as_py():
            found["decimal_commas"] = _matches(cells, _COMMA)
        found[f"0 {field}"] = _matches(cells, _ZERO, _begins(cells, "0", "-0"))
    elif not pc.all(pc.string_is_ascii(cells)).as_py():
        found["broken_letters"] = _matches(cells, _BROKEN)
    return found


def _begins(cells: Any, *starts: str) -> np.ndarray:
    import pyarrow.compute as pc

    found = [_array(pc.starts_with(cells, start)) for start in starts]
    return np.logical_or.reduce(found)


def spaced_headers(names: list[str]) -> int:
    """Columns whose published names have spaces at their ends, or a sign before them."""
    return sum(
        name != name.strip() or (name[:1] == "*" and normalise(name) != "")
        for name in names
    )


def _matches(cells: Any, pattern: str, among: np.ndarray | None = None) -> np.ndarray:
    """Cells that are like a pattern; only those of `among`, because patterns are slow."""
    import pyarrow.compute as pc

    if among is None or among.all():
        return _array(pc.match_substring_regex(cells, pattern))
    found = np.zeros(len(cells), dtype=bool)
    if among.any():
        some = cells.take(np.flatnonzero(among))
        found[among] = _array(pc.match_substring_regex(some, pattern))
    return found


def _is_word(cells: Any) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    short = pc.binary_length(cells).to_numpy(zero_copy_only=False) <= _SHORT
    found = np.zeros(len(cells), dtype=bool)
    if short.any():
        some = cells.take(np.flatnonzero(short))
        plain = pc.utf8_lower(pc.utf8_trim_whitespace(some))
        words = pa.array(WORDS, type=plain.type)
        found[short] = _array(pc.is_in(plain, value_set=words))
    return found


def _kinds(column: pd.Series) -> tuple[Any, np.ndarray | None]:
    """The cells of a column; where few are different, each once, with the position of each cell among them."""
    cells = _arrow(column)
    if len(cells) < _FEW:
        return cells, None
    sample = cells.take(np.arange(0, len(cells), len(cells) // _FEW))
    if len(sample.unique()) > 0.5 * len(sample):
        return cells, None
    coded = cells.dictionary_encode()
    return coded.dictionary, coded.indices.to_numpy()


def _arrow(column: pd.Series) -> Any:
    import pyarrow as pa

    cells = pa.array(column, from_pandas=True)
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if not pa.types.is_large_string(cells.type):
        cells = cells.cast("large_string")
    return cells.fill_null("")


def _array(cells: Any) -> np.ndarray:
    import pyarrow.compute as pc

    return pc.fill_null(cells, False).to_numpy(zero_copy_only=False)
