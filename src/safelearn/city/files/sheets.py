"""One sheet of a workbook as a table of text. In: its cells and which are merged. Out: names, columns, lines.

A workbook stores dates as day counts and codes as numbers. Here a date becomes ISO text, a whole number loses its
``.0``, a code keeps the zeros that its format shows, and a label that is merged over several rows stands in each
of them. A number merged over several rows stays in the first: filled down, it would be counted several times.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.files.double_headers import double_header
from safelearn.city.files.headers import (
    ROWS_SEARCHED,
    clean_names,
    find_header,
    normalise,
    titles_above,
)
from safelearn.city.imports.telltales import spaced_headers
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

if TYPE_CHECKING:
    import pyarrow as pa

#: First row, first column, last row and last column of cells that are one cell.
Merged = tuple[int, int, int, int]
_BATCH = 20_000
_LABEL = re.compile(
    r"\b(cod|codigo|code|clave|id|key|dane|divipola|ubigeo|ibge|inegi|cvegeo|ags|ano|anio|year|annee|jahr|mes|"
    r"month|mois|monat|trimestre|quarter|dia|day|fecha|date|nr|no|nro|numero|comuna|distrito|district|zona|ward)\b"
)
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


@dataclass(frozen=True)
class Sheet:
    """A sheet as its file holds it.

    Attributes
    ----------
    rows : callable
        Goes through its rows from the first of the sheet, each a sequence of values.
    merged : tuple of Merged
        By position in `rows`.
    padded : mapping of int to int
        Columns whose number format shows zeros in front -> to how many digits.
    """

    name: str
    rows: Callable[[], Iterator[Sequence[Any]]]
    merged: tuple[Merged, ...] = ()
    padded: Mapping[int, int] = field(default_factory=dict)
    hidden: bool = False

    def head(self) -> list[list[str]]:
        """The rows among which the header is looked for, and some below."""
        return [[as_text(c) for c in row] for row in islice(self.rows(), _SEEN)]


_SEEN = ROWS_SEARCHED + 60


@dataclass(frozen=True)
class SheetTable:
    """The table on a sheet.

    Attributes
    ----------
    frame : DataFrame of str
    lines : ndarray of int
        The row of the sheet on which each record stands.
    titles, notes : tuple of str
    spaced : int
        Columns whose names have spaces at their ends, or a sign before them.
    """

    frame: pd.DataFrame
    lines: np.ndarray
    titles: tuple[str, ...]
    notes: tuple[str, ...] = ()
    spaced: int = 0


def find_names(head: Sequence[Sequence[str]], *, where: str) -> tuple[int, list[str]]:
    """The last row of the header, and the names of the columns."""
    double = double_header(head)
    if double:
        return double[0], clean_names(double[1])
    header = find_header(head, where=where)
    return header, clean_names(head[header])


def table_on(sheet: Sheet, *, where: str) -> SheetTable:
    """Read the table on a sheet, below its titles; rows without any cell are no rows.

    Raises
    ------
    SafelearnError
        If no row names the columns, or none stands below it.
    """
    head = sheet.head()
    header, names = find_names(head, where=where)
    merges = _Merges(sheet.merged, header, names)
    parts: list[pa.Table] = []
    lines: list[np.ndarray] = []
    rows = enumerate(sheet.rows())
    for _ in range(header + 1):
        next(rows)
    while batch := list(islice(rows, _BATCH)):
        part, kept = _batch(batch, names, merges, sheet.padded)
        if len(kept):
            parts.append(part)
            lines.append(kept)
    if not parts:
        raise SafelearnError(
            t("The file names its columns but holds no record."),
            where=where,
            remedy=t("Ask for the file again, or export it again."),
        )
    frame = _as_frame(parts)
    nameless = [c for c in frame if c.startswith("column ") and (frame[c] == "").all()]
    return SheetTable(
        frame.drop(columns=nameless),
        np.concatenate(lines),
        titles_above(head[:header]),
        merges.notes(),
        spaced_headers(head[header]),
    )


class _Merges:
    """Labels merged over several rows, filled down as the rows go by."""

    def __init__(
        self, merged: tuple[Merged, ...], header: int, names: list[str]
    ) -> None:
        self.names = names
        self.starts: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, _ in merged:
            if bottom > top > header and left < len(names):
                self.starts.setdefault(top, []).append((left, bottom))
        self.open: dict[int, tuple[int, Any]] = {}
        self.filled: set[int] = set()
        self.left: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self.starts)

    def fill(self, at: int, row: Sequence[Any]) -> Sequence[Any]:
        if self.open:
            row = list(row)
            for column, (bottom, value) in list(self.open.items()):
                if at <= bottom and column < len(row):
                    row[column] = value
                if at >= bottom:
                    del self.open[column]
        for column, bottom in self.starts.get(at, ()):
            value = row[column] if column < len(row) else ""
            if value in ("", None):
                continue
            if self._is_label(value, column):
                self.open[column] = (bottom, value)
                self.filled.add(column)
            else:
                self.left.add(column)
        return row

    def _is_label(self, value: Any, column: int) -> bool:
        if isinstance(value, str):
            return not re.fullmatch(r"[-+\d.,\s]+", value) or self._named(column)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._named(column)
        return True

    def _named(self, column: int) -> bool:
        return bool(_LABEL.search(normalise(self.names[column])))

    def notes(self) -> tuple[str, ...]:
        said = []
        if self.filled:
            said.append(
                t(
                    "Cells merged over several rows were filled down in {columns}.",
                    columns=listing([self.names[c] for c in sorted(self.filled)]),
                )
            )
        if self.left:
            said.append(
                t(
                    "Numbers stand in cells merged over several rows in {columns}: each is read once, in its "
                    "first row.",
                    columns=listing([self.names[c] for c in sorted(self.left)]),
                )
            )
        return tuple(said)


def _batch(
    batch: list[tuple[int, Sequence[Any]]],
    names: list[str],
    merges: _Merges,
    padded: Mapping[int, int],
) -> tuple[pa.Table, np.ndarray]:
    import pyarrow as pa

    width = len(names)
    rows, kept = [], []
    for at, row in batch:
        empty = not any(c not in ("", None) for c in row)
        if merges:
            # A row of which nothing but a merged label is left is no record, but the label goes on.
            row = merges.fill(at, row)
        if not empty:
            rows.append(row if len(row) == width else [*row, *[""] * width][:width])
            kept.append(at + 1)
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    table = pa.table(
        {
            name: pa.array(column_as_text(cells, padded.get(i, 0)), pa.string())
            for i, (name, cells) in enumerate(zip(names, columns, strict=True))
        }
    )
    return table, np.array(kept, dtype=np.int64)


def _as_frame(parts: list[pa.Table]) -> pd.DataFrame:
    import pyarrow as pa

    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    table = pa.concat_tables(parts).combine_chunks()
    return table.to_pandas(types_mapper={pa.string(): text}.get)


def column_as_text(cells: Sequence[Any], digits: int = 0) -> list[str]:
    """Cells of a column as a person sees them, with zeros in front up to so many digits."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        text = [c.strip() for c in cells]
        if any(c.startswith("PT") for c in text):
            text = [as_text(c) for c in text]
    elif kinds == {float} and not digits:
        values = np.asarray(cells, dtype=float)
        if (np.abs(values) < 2**53).all() and (values == np.floor(values)).all():
            return values.astype(np.int64).astype(str).tolist()
        text = [as_text(c) for c in cells]
    else:
        text = [as_text(c) for c in cells]
    if digits:
        text = [c.zfill(digits) if c.isdigit() else c for c in text]
    return text


def as_text(cell: Any) -> str:
    """A cell as a person sees it; a moment as ISO text, to the second."""
    if isinstance(cell, str):
        text = cell.strip()
        if text.startswith("PT") and (duration := _DURATION.fullmatch(text)):
            return f"{int(duration[1]):02d}:{duration[2]}:{duration[3]}"
        return text
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        # A fraction of a day is seldom a whole second to the last bit: 21:29:59.997 is half past nine.
        cell = (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return _rounded(cell).isoformat()
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (
            f":{seconds:02d}" if seconds else ""
        )
    return "" if cell is None else str(cell)


def _rounded(time: dt.time) -> dt.time:
    if not time.microsecond:
        return time
    moment = dt.datetime.combine(dt.date(2000, 1, 1), time)
    later = moment + dt.timedelta(milliseconds=500)
    return (
        later.time().replace(microsecond=0) if later.day == 1 else dt.time(23, 59, 59)
    )
