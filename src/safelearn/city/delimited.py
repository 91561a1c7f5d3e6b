"""Text files with separators, read as text: which encoding, which separator, where the header is.

The fast path is Arrow's reader with every column as text: fifteen times faster than parsing text with the C
engine of pandas. It knows no row that is longer than its header, so a file with such a row is read again by
pandas with spare columns: no row is ever dropped in silence, which is what row accounting rests on.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from safelearn.city.formats import Source
from safelearn.city.headers import ROWS_SEARCHED, clean_names, find_header
from safelearn.errors import SafelearnError
from safelearn.language import number, t, tn

SEPARATORS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SPARE = 12
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(
    content: Path | bytes,
    *,
    name: str,
    encoding: str | None = None,
    separator: str | None = None,
    notes: tuple[str, ...] = (),
) -> Source:
    """Read a text file with separators; see `formats.read_source`."""
    data = content.read_bytes() if isinstance(content, Path) else content
    if not data[:4096].strip() and not data.strip():
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    data, said = _as_utf8(data, encoding, name)
    head = data[: 1 << 18].decode("utf-8", errors="ignore")
    first_line, separator = _separator(head, separator, name)
    rows = _first_rows(head, separator)[first_line:]
    header = first_line + find_header(rows, where=name)
    start, lines_before = _offset(data, header, separator)
    names_row = _first_rows(head, separator)[header]
    padded = _is_padding(rows, names_row)
    names = clean_names(names_row, len(names_row) + padded)
    body = data[start:]
    frame, broken = _parse(body, names, separator, name)
    if padded:
        # The cell behind the last separator belongs to no column: filled, it shows that the row is shifted.
        surplus = (frame.pop(names[-1]) != "").to_numpy()
        broken = surplus if broken is None else broken | surplus
    if b'"' in body:
        _refuse_open_quote(frame, len(names_row), separator, name)
    if frame.empty:
        raise SafelearnError(
            t("The file names its columns but holds no record."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    if broken is not None and broken.any():
        n = int(broken.sum())
        said = (
            *said,
            tn(
                "{n} row has more cells than the header and is set aside.",
                "{n} rows have more cells than the header and are set aside.",
                n,
            ),
        )

    def line_numbers(wanted: np.ndarray) -> np.ndarray:
        return _lines(body, separator, len(frame), lines_before)[wanted]

    return Source(
        frame=frame,
        kind="text",
        name=name,
        notes=(*notes, *said),
        broken=broken,
        line_numbers=line_numbers,
    )


def _as_utf8(
    data: bytes, encoding: str | None, name: str
) -> tuple[bytes, tuple[str, ...]]:
    if encoding:
        return _decode(data, encoding, name).encode("utf-8"), ()
    for mark, codec in _MARKS:
        if data.startswith(mark):
            if codec == "utf-8-sig":
                return data[len(mark) :], ()
            return _decode(data, codec, name).encode("utf-8"), ()
    if b"\0" in data[:4096]:
        raise SafelearnError(
            t("The file is not text, or is in an encoding that must be named."),
            where=name,
            remedy=t(
                "Save it as CSV UTF-8, or name its encoding, as in --encoding utf-16."
            ),
        )
    if _is_utf8(data):
        return data, _doubly_encoded(data)
    text = data.decode("cp1252", errors="replace")
    letters = re.findall(r"[^\W\d_]", text[: 1 << 20])
    foreign = sum(ord(c) > 127 for c in letters)
    if "\ufffd" in text or foreign > 0.3 * max(len(letters), 1):
        raise SafelearnError(
            t(
                "The file is not in UTF-8, and its letters make no sense as Western European text."
            ),
            where=name,
            remedy=t(
                "Save it as CSV UTF-8, or name its encoding, as in --encoding cp1251."
            ),
        )
    said = t(
        "The file is not in UTF-8: it was read as Windows-1252 (Western European)."
    )
    return text.encode("utf-8"), (said,)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:
        raise SafelearnError(
            t("There is no encoding called {encoding}.", encoding=encoding),
            where=name,
            remedy=t("Common ones are utf-8, latin-1, cp1252, cp1251 and utf-16."),
        ) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SafelearnError(
            t(
                "Wrong encoding: the file cannot be read as {encoding}.",
                encoding=encoding,
            ),
            where=t("{file}, line {line}", file=name, line=number(line)),
            remedy=t("Leave --encoding out, or try latin-1 or cp1252."),
        ) from error


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 22):
            decoder.decode(data[start : start + (1 << 22)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _doubly_encoded(data: bytes) -> tuple[str, ...]:
    # UTF-8 read as Latin-1 and saved again: an accented letter is now two strange ones.
    if re.search(rb"\xc3\x83\xc2[\x80-\xbf]", data[: 1 << 22]):
        return (
            t(
                "Some accented letters are spoilt in the file itself (Ã©, Ã±): names may not match."
            ),
        )
    return ()


def _separator(head: str, given: str | None, name: str) -> tuple[int, str]:
    """How many lines to leave out before the table (Excel's ``sep=;``), and the separator."""
    declared = re.match(r"sep=(.)\r?\n", head)
    if declared:
        return 1, declared.group(1)
    if given:
        return 0, given
    best, best_score = ",", (0.0, 0)
    for candidate in SEPARATORS:
        widths = [len(r) for r in _first_rows(head, candidate) if len(r) > 1]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        score = (round(times / min(60, max(head.count("\n"), 1)), 1), width)
        # Tabs and semicolons do not stand in plain text as commas do: at equal evenness, wider wins.
        if score > best_score:
            best, best_score = candidate, score
    if name.casefold().endswith((".tsv", ".tab")) and "\t" in head.split("\n")[0]:
        return 0, "\t"
    return 0, best


def _first_rows(head: str, separator: str) -> list[list[str]]:
    text = head if len(head) < (1 << 17) else head.rsplit("\n", 1)[0]
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= ROWS_SEARCHED + 60:
                break
    except csv.Error:
        pass
    return rows


def _offset(data: bytes, header: int, separator: str) -> tuple[int, int]:
    """Where the first record begins in the bytes, and how many lines stand before it."""
    text = data[: 1 << 19].decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for _ in range(header + 1):
        next(reader)
    lines = reader.line_num
    position = 0
    for _ in range(lines):
        end = re.compile(rb"\r\n|\n|\r").search(data, position)
        if end is None:
            return len(data), lines
        position = end.end()
    return position, lines


def _is_padding(rows: list[list[str]], header: list[str]) -> bool:
    """Whether most records end with one separator more than the header."""
    below = rows[rows.index(header) + 1 :] if header in rows else rows
    longer = [len(row) == len(header) + 1 for row in below if any(row)]
    return bool(longer) and sum(longer) > 0.5 * len(longer)


def _parse(
    body: bytes, names: list[str], separator: str, name: str
) -> tuple[pd.DataFrame, np.ndarray | None]:
    if not body[:4096].strip() and not body.strip():
        return pd.DataFrame({n: pd.Series(dtype="str") for n in names}), None
    import pyarrow as pa
    import pyarrow.csv as arrow_csv

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=min(max(len(body), 1), 1 << 24)
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=b'"' in body
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={n: pa.string() for n in names},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return _parse_ragged(body, names, separator, name)
    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    return table.to_pandas(types_mapper={pa.string(): text}.get), None


def _parse_ragged(
    body: bytes, names: list[str], separator: str, name: str
) -> tuple[pd.DataFrame, np.ndarray]:
    spare = [f"\0{i}" for i in range(_SPARE)]
    try:
        frame = pd.read_csv(
            io.BytesIO(body),
            sep=separator,
            header=None,
            names=[*names, *spare],
            index_col=False,
            dtype="str",
            na_filter=False,
            encoding="utf-8",
            engine="c",
        )
    except (pd.errors.ParserError, ValueError) as error:
        raise SafelearnError(
            t("The file cannot be read as a table: {why}", why=str(error).strip()),
            where=name,
            remedy=t("Open it in a spreadsheet, mend that line and save it again."),
        ) from error
    # A row that is too short is filled up with missing values whatever the filter says.
    frame = frame.fillna("")
    broken = (frame[spare] != "").to_numpy().any(axis=1)
    return frame[names], broken


def _refuse_open_quote(
    frame: pd.DataFrame, width: int, separator: str, name: str
) -> None:
    """A quotation mark that is never closed swallows records: find a cell that holds whole lines."""
    for column in frame.columns:
        cells = frame[column]
        suspects = cells[cells.str.contains("\n", regex=False)]
        for row, cell in suspects.head(1000).items():
            inner = str(cell).split("\n")[1:-1]
            if any(line.count(separator) == width - 1 > 0 for line in inner):
                raise SafelearnError(
                    t("A quotation mark is opened and not closed, and swallows rows."),
                    where=t(
                        "{file}, column {column}, about row {row}",
                        file=name,
                        column=column,
                        row=number(int(str(row)) + 1),
                    ),
                    remedy=t("Remove the stray quotation mark and import it again."),
                )


def _lines(body: bytes, separator: str, records: int, before: int) -> np.ndarray:
    """The line on which each record begins; slow, and only asked for when rows are set aside."""
    breaks = body.count(b"\n") + (not body.endswith(b"\n"))
    if breaks == records:
        return np.arange(records) + before + 1
    numbers = np.zeros(records, dtype=np.int64)
    reader = csv.reader(
        io.StringIO(body.decode("utf-8"), newline=""), delimiter=separator
    )
    csv.field_size_limit(1 << 24)
    begins, record = 0, 0
    for row in reader:
        if row and record < records:
            numbers[record] = begins + before + 1
            record += 1
        begins = reader.line_num
    return numbers
