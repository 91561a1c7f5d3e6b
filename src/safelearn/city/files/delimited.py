"""Text files with separators, read as text: which separator, where the header is, and the records in pieces.

Records are read by Arrow's streaming reader with every column as text: fifteen times faster than the C engine
of pandas, and no more of the file in memory than a block. A row that is longer or shorter than its header is
handed back by Arrow, cut here by the rules of Python's own reader, and put back in its place: no row is ever
dropped in silence, which is what row accounting rests on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.files.double_headers import double_header
from safelearn.city.files.headers import (
    clean_names,
    find_header,
    titles_above,
)
from safelearn.city.files.separators import (
    find_separator,
    first_rows,
    must_agree_with_its_header,
    must_be_one_character,
)
from safelearn.city.files.sources import Chunk, Source
from safelearn.city.files.streams import (
    LONGEST,
    Opener,
    Text,
    after_lines,
    look_over,
    opener,
)
from safelearn.city.imports.telltales import spaced_headers
from safelearn.errors import SafelearnError
from safelearn.language import number, t

if TYPE_CHECKING:
    import pyarrow as pa

_HEAD = 1 << 19
#: Bytes that Arrow parses at a time, of which it reads some thirty ahead; more where a record is longer.
_BLOCKS = (1 << 20, 2 * LONGEST)


def read_delimited(
    content: Path | bytes | Opener,
    *,
    name: str,
    encoding: str | None = None,
    separator: str | None = None,
    notes: tuple[str, ...] = (),
) -> Source:
    """Read a text file with separators; see `formats.read_source`."""
    text = look_over(opener(content), encoding=encoding, name=name)
    data = text.head(_HEAD)
    head = data[: _HEAD // 2].decode("utf-8", errors="ignore")
    first_line, separator = find_separator(head, separator, name)
    rows = first_rows(head, separator)[first_line:]
    must_be_one_character(rows, separator, name)
    double = double_header(rows)
    header = first_line + (double[0] if double else _header(rows, separator, name))
    start, lines_before = _offset(data, header, separator, name)
    names_row = double[1] if double else first_rows(head, separator)[header]
    below = rows[header - first_line + 1 :]
    must_agree_with_its_header(names_row, below, separator, name)
    padded = _is_padding(rows, names_row)
    names = clean_names(names_row, len(names_row) + padded)
    table = _Table(text, name, separator, names, start, lines_before, padded)
    if next(table.chunks(1), None) is None:
        raise SafelearnError(
            t("The file names its columns but holds no record."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    source = Source(
        kind="text",
        name=name,
        notes=(*notes, *text.notes),
        line_numbers=table.lines,
        columns=names[: len(names_row)],
        read=table.chunks,
        expected=max(text.breaks - lines_before, 1),
        titles=titles_above(rows[: header - first_line]),
    )
    source.figures["spaces_in_headers"] = spaced_headers(names_row)
    return source


class _LongRecord(Exception):
    """A record is longer than the block in which Arrow looks for its end."""


@dataclass
class _Table:
    """The records below a header.

    `padded`: most rows end with a separator, and the cell behind it belongs to no column. Filled, it shows
    that the row is shifted.
    """

    text: Text
    name: str
    separator: str
    names: list[str]
    start: int
    before: int
    padded: bool
    _records: int | None = field(default=None, repr=False)

    def chunks(self, rows: int) -> Iterator[Chunk]:
        """Go through the records from the first."""
        waiting: list[tuple[pa.Table, np.ndarray]] = []
        held = at = 0
        for table, broken in self._blocks():
            waiting.append((table, broken))
            held += len(table)
            while held >= rows:
                yield self._chunk(waiting, rows, at)
                at, held = at + rows, held - rows
        if held:
            yield self._chunk(waiting, held, at)
        self._records = at + held

    def _chunk(self, waiting: list, rows: int, at: int) -> Chunk:
        """The first rows of those that wait, taken from them."""
        import pyarrow as pa

        taken, missing = [], rows
        while missing:
            table, broken = waiting.pop(0)
            if len(table) > missing:
                waiting.insert(0, (table.slice(missing), broken[missing:]))
                table, broken = table.slice(0, missing), broken[:missing]
            taken.append((table, broken))
            missing -= len(table)
        whole = pa.concat_tables([table for table, _ in taken]).combine_chunks()
        text = pd.StringDtype("pyarrow", na_value=float("nan"))
        frame = whole.to_pandas(types_mapper={pa.large_string(): text}.get)
        broken = np.concatenate([broken for _, broken in taken])
        if self.padded:
            broken = broken | (frame.pop(self.names[-1]) != "").to_numpy()
        if self.text.quotes and self._records is None:
            width = len(self.names) - self.padded
            _refuse_open_quote(frame, width, self.separator, self.name, at)
        return Chunk.of(frame, at, broken)

    def _blocks(self) -> Iterator[tuple[pa.Table, np.ndarray]]:
        """Arrow's own blocks, with the rows put back that it hands out."""
        at = 0
        for size in _BLOCKS:
            try:
                for table, broken in self._blocks_of(size, at):
                    yield table, broken
                    at += len(table)
                return
            except _LongRecord:
                continue
        where = t("{file}, about row {row}", file=self.name, row=number(at + 1))
        raise _open_quote(where)

    def _blocks_of(self, size: int, skip: int) -> Iterator[tuple[pa.Table, np.ndarray]]:
        """Blocks of so many bytes, without the first `skip` records."""
        import pyarrow as pa
        import pyarrow.csv as arrow_csv

        odd: dict[int, list[str]] = {}
        at = 0

        def hand_out(row: Any) -> str:
            try:
                cells = next(csv.reader(io.StringIO(row.text, newline=""), **reading))
            except csv.Error:
                cells = row.text.split(self.separator)
            odd[row.number - 1] = cells
            return "skip"

        def from_there(table: pa.Table, broken: np.ndarray) -> tuple:
            left = min(max(skip - at, 0), len(table))
            return table.slice(left), broken[left:]

        csv.field_size_limit(2 * LONGEST)
        reading = {"delimiter": self.separator}
        with self.text.stream() as stream:
            _skip(stream, self.start)
            try:
                reader = arrow_csv.open_csv(
                    stream,
                    # In one thread Arrow knows the number of each row that it hands out.
                    read_options=arrow_csv.ReadOptions(
                        column_names=self.names, block_size=size, use_threads=False
                    ),
                    parse_options=arrow_csv.ParseOptions(
                        delimiter=self.separator,
                        newlines_in_values=self.text.quotes,
                        invalid_row_handler=hand_out,
                    ),
                    convert_options=arrow_csv.ConvertOptions(
                        column_types={n: pa.large_string() for n in self.names},
                        strings_can_be_null=False,
                    ),
                )
                with reader:
                    for batch in reader:
                        good = pa.Table.from_batches([batch])
                        table, broken = self._put_back(good, odd, at)
                        rest = from_there(table, broken)
                        at += len(table)
                        if len(rest[0]):
                            yield rest
            except pa.ArrowInvalid as error:
                if "straddling" in str(error):
                    raise _LongRecord from error
                if "Empty CSV file" not in str(error):
                    raise self._unreadable(str(error), at) from error
            if odd:
                # Behind the last good row, or in a file without any.
                empty = pa.table(
                    {n: pa.array([], pa.large_string()) for n in self.names}
                )
                yield from_there(*self._put_back(empty, odd, at))

    def _put_back(
        self, good: pa.Table, odd: dict[int, list[str]], at: int
    ) -> tuple[pa.Table, np.ndarray]:
        """Rows of Arrow's with those between them that it handed out, from record `at` on."""
        import pyarrow as pa

        if not odd:
            return good, np.zeros(len(good), dtype=bool)
        places = np.array(sorted(odd), dtype=np.int64)
        # So many good rows stand before each of them.
        places = places[places - at - np.arange(len(places)) <= len(good)]
        rows = [odd.pop(int(place)) for place in places]
        width = len(self.names)
        cells = [(row + [""] * width)[:width] for row in rows]
        columns = list(zip(*cells, strict=True)) if cells else [()] * width
        more = pa.table(
            {
                n: pa.array(column, pa.large_string())
                for n, column in zip(self.names, columns, strict=True)
            }
        )
        n = len(good) + len(rows)
        is_odd = np.zeros(n, dtype=bool)
        is_odd[places - at] = True
        order = np.empty(n, dtype=np.int64)
        order[~is_odd] = np.arange(len(good))
        order[is_odd] = np.arange(len(good), n)
        broken = np.zeros(n, dtype=bool)
        broken[places - at] = [any(row[width:]) for row in rows]
        return pa.concat_tables([good, more]).take(order), broken

    def _unreadable(self, why: str, at: int) -> SafelearnError:
        return SafelearnError(
            t("The file cannot be read as a table: {why}", why=why),
            where=t("{file}, about row {row}", file=self.name, row=number(at + 1)),
            remedy=t("Open it in a spreadsheet, mend that line and save it again."),
        )

    def lines(self, wanted: np.ndarray) -> np.ndarray:
        """The line on which records begin; slow where a record is not a line, and asked for by few."""
        if self._records is None:
            for _ in self.chunks(1 << 18):
                pass
        if self.text.breaks - self.before == self._records:
            return wanted + self.before + 1
        last = int(wanted.max(initial=-1))
        numbers = np.zeros(last + 1, dtype=np.int64)
        with self.text.stream() as stream:
            _skip(stream, self.start)
            lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
            record, begins = 0, 0
            reader = csv.reader(lines, delimiter=self.separator)
            for row in reader:
                if record > last:
                    break
                if row:
                    numbers[record] = begins + self.before + 1
                    record += 1
                begins = reader.line_num
        return numbers[wanted]


def _skip(stream: Any, size: int) -> None:
    while size > 0:
        size -= len(stream.read(size)) or size


def _header(rows: list[list[str]], separator: str, name: str) -> int:
    try:
        return find_header(rows, where=name)
    except SafelearnError:
        # A title above the table may well hold commas; only where no header is found they are looked at.
        must_agree_with_its_header(rows[0] if rows else [], rows, separator, name)
        raise


def _offset(data: bytes, header: int, separator: str, name: str) -> tuple[int, int]:
    """Where the first record begins in the bytes, and how many lines stand before it."""
    text = data.decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for _ in range(header + 1):
        next(reader)
    lines = reader.line_num
    position = after_lines(data, lines)
    if position is None and len(data) == _HEAD:
        raise SafelearnError(
            t("The row that names the columns is too long to be one."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    return len(data) if position is None else position, lines


def _is_padding(rows: list[list[str]], header: list[str]) -> bool:
    """Whether most records end with one separator more than the header."""
    below = rows[rows.index(header) + 1 :] if header in rows else rows
    longer = [len(row) == len(header) + 1 for row in below if any(row)]
    return bool(longer) and sum(longer) > 0.5 * len(longer)


def _refuse_open_quote(
    frame: pd.DataFrame, width: int, separator: str, name: str, at: int
) -> None:
    """A quotation mark that is never closed swallows records: find a cell that holds whole lines."""
    for column in frame.columns:
        cells = frame[column]
        suspects = cells[cells.str.contains("\n", regex=False)]
        for row, cell in suspects.head(1000).items():
            inner = str(cell).split("\n")[1:-1]
            if any(line.count(separator) == width - 1 > 0 for line in inner):
                raise _open_quote(
                    t(
                        "{file}, column {column}, about row {row}",
                        file=name,
                        column=column,
                        row=number(at + int(str(row)) + 1),
                    )
                )


def _open_quote(where: str) -> SafelearnError:
    return SafelearnError(
        t("A quotation mark is opened and not closed, and swallows rows."),
        where=where,
        remedy=t("Remove the stray quotation mark and import it again."),
    )
