"""Are the columns named by two rows, one above the other? In: the first rows of a table. Out: joined names.

Statistics offices write "Men" over "0-14", "15-64" and "65+", and "Code" beside them over both rows. Read by one
row alone, the table would have three columns of each age and no sexes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from safelearn.city.files.headers import filled_length

#: A header is looked for among this many rows from the top.
_ROWS_SEARCHED = 40
_NUMBER = re.compile(r"[-+]?[\d\s.,]*\d[\d\s.,]*%?")
_YEAR_OR_AGE = re.compile(r"(19|20)\d\d|\d{1,3}\s*[-–]\s*\d{1,3}|\d{1,3}\s*\+")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*")


def double_header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """The position of the lower of two header rows and the names they make together, or None.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of the file; the cells of merged ones may be empty or repeated.

    Examples
    --------
    >>> double_header(
    ...     [
    ...         ["Code", "Men", "", "Women", ""],
    ...         ["", "0-14", "15+", "0-14", "15+"],
    ...         ["01", "5", "6", "7", "8"],
    ...     ]
    ... )
    (1, ['Code', 'Men 0-14', 'Men 15+', 'Women 0-14', 'Women 15+'])
    """
    width = max((filled_length(row) for row in rows), default=0)
    for i in range(min(len(rows) - 2, _ROWS_SEARCHED)):
        length = max(filled_length(rows[i]), filled_length(rows[i + 1]))
        top, bottom = _padded(rows[i], length), _padded(rows[i + 1], length)
        if filled_length(rows[i]) < 2:
            continue
        if all(_is_name(c) for c in (*top, *bottom) if c):
            names = _joined(top, bottom)
            wide = filled_length(rows[i + 1]) >= 0.75 * width
            if names and wide and filled_length(rows[i + 2]) >= 0.5 * width:
                return i + 1, names
        elif sum(bool(c) for c in top) >= 0.75 * width:
            # The first row with a value ends the search: what is below it are records.
            return None
        if all(top) and len(set(top)) == length >= 0.75 * width:
            # A row that names every column by itself needs no other, and records may look like names.
            return None
    return None


def _joined(top: list[str], bottom: list[str]) -> list[str] | None:
    starts = [c if c and (not i or top[i - 1] != c) else "" for i, c in enumerate(top)]
    spans = under = False
    names, group = [], ""
    for over, name in zip(starts, bottom, strict=True):
        if over:
            group = over if name and name != over else ""
        if over and (not name or name == over):
            names.append(over)
            under = True
        elif name:
            spans |= bool(group) and not over
            names.append(f"{group} {name}" if group else name)
        else:
            return None
    filled = [c for c in bottom if c]
    repeats = len(set(filled)) < len(filled)
    groups = sum(bool(c) for c in starts)
    # A title above an ordinary header is one cell, and under it no name comes twice.
    return names if spans and groups >= 2 and (repeats or under) else None


def _is_name(cell: str) -> bool:
    if _YEAR_OR_AGE.fullmatch(cell):
        return True
    return not (_NUMBER.fullmatch(cell) or _DATE.fullmatch(cell))


def _padded(row: Sequence[str], length: int) -> list[str]:
    cells = [" ".join(c.split()) for c in row[:length]]
    return cells + [""] * (length - len(cells))
