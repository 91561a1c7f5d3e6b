"""What does a workbook's own file say that its values do not? In: an xlsx or ods file. Out: facts of a sheet.

Four things are lost when only values are read: formulas that no program has computed yet, zeros that only the
format of a number shows, a stray cell a million rows below the table, and (in ods) which cells are merged.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLOCK = 1 << 22
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*><[vi]')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^>]*><[vi]')
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)><f[^>]*?(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
#: What comes of an archive that was damaged on its way, wherever the damage is.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError),
    *(OSError, EOFError, RuntimeError, ValueError, KeyError),
)
#: A sheet that spans more cells than this is looked over before it is opened.
_MANY = 60_000_000
#: Long enough for a cell that lies across the border of two blocks.
_OVERLAP = 1 << 15


class XlsxParts:
    """The parts of an xlsx file that a reader of values does not show."""

    def __init__(self, content: Path | bytes) -> None:
        self._content = content
        with self._archive() as archive:
            self._parts = _sheet_parts(archive)
            self._padded = _padded_styles(archive)

    def _archive(self) -> zipfile.ZipFile:
        content = self._content
        return zipfile.ZipFile(
            io.BytesIO(content) if isinstance(content, bytes) else content
        )

    def stray(self, sheet: str) -> str | None:
        """A cell so far from the others that the sheet spans many times more than it holds."""
        part = self._parts.get(sheet)
        if part is None:
            return None
        with self._archive() as archive:
            size = archive.getinfo(part).file_size
            with archive.open(part) as stream:
                head = stream.read(1 << 14)
        found = re.search(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"', head)
        if found and (column_number(found[1]) + 1) * int(found[2]) < _MANY:
            return None
        right, row, below = b"A", 0, ""
        for block in self._blocks(part):
            # Looked at cell by cell this would take longer than reading them.
            right = max(set(_WIDE.findall(block)) | {right}, key=column_number)
            ends = _CELL.findall(block, max(len(block) - _OVERLAP, 0))
            column, last = (ends or _CELL.findall(block) or [(b"", b"0")])[-1][:2]
            if int(last) > row:
                row, below = int(last), (column + last).decode()
        wide = column_number(right) + 1
        if row * wide < max(_MANY, size):
            return None
        if row > 100 * wide:
            return below
        cell = re.compile(rb'<c r="(' + right + rb'\d+)"[^>]*><[vi]')
        return next((m[1].decode() for m in self._found(part, cell)), below)

    def empty_formulas(self, sheet: str) -> list[tuple[int, int]]:
        """Row and column (from 0) of formulas without the value that they come to."""
        part = self._parts.get(sheet)
        if part is None or not self._holds(part, b"<f"):
            return []
        return [
            (int(m[2]) - 1, column_number(m[1]))
            for m in self._found(part, _EMPTY_FORMULA)
            # A formula that comes to an empty text has it as its value.
            if b't="str"' not in m[3]
        ]

    def padded(self, sheet: str) -> dict[int, int]:
        """Columns whose numbers are shown with zeros in front, by a format such as 00000 -> how many digits."""
        part = self._parts.get(sheet)
        if part is None or not self._padded:
            return {}
        styles = b"|".join(str(i).encode() for i in self._padded)
        cell = re.compile(rb'<c r="([A-Z]{1,3})\d+"[^>]*? s="(' + styles + rb')"')
        result: dict[int, int] = {}
        for match in self._found(part, cell):
            result.setdefault(column_number(match[1]), self._padded[int(match[2])])
        return result

    def _holds(self, part: str, text: bytes) -> bool:
        return any(text in block for block in self._blocks(part))

    def _found(
        self, part: str, pattern: re.Pattern[bytes]
    ) -> Iterator[re.Match[bytes]]:
        """Every match, in blocks: a sheet may be a gigabyte of XML."""
        rest = b""
        for block in self._blocks(part):
            data, end = rest + block, 0
            for match in pattern.finditer(data):
                yield match
                end = match.end()
            rest = data[max(end, len(data) - _OVERLAP) :]

    def _blocks(self, part: str) -> Iterator[bytes]:
        with self._archive() as archive, archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                yield block


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {e.get("Id"): e.get("Target", "") for e in links}
    result = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        part = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
        if part in archive.namelist():
            result[sheet.get("name", "")] = part
    return result


def _padded_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    try:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    except (KeyError, ElementTree.ParseError):
        return {}
    formats = {
        e.get("numFmtId"): len(e.get("formatCode", ""))
        for e in styles.iter(f"{_MAIN}numFmt")
        if re.fullmatch("0{2,20}", e.get("formatCode", ""))
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    return {
        i: formats[e.get("numFmtId")]
        for i, e in enumerate(cells if cells is not None else ())
        if e.get("numFmtId") in formats
    }


def column_number(letters: bytes) -> int:
    """Which column these letters name, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def ods_merges(
    content: Path | bytes,
) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    """The cells that are merged over several rows, by sheet: first row and column, last row and column."""
    opened = io.BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(opened) as archive:
        data = archive.read("content.xml")
    if not re.search(rb'number-rows-spanned="(?!1")', data):
        return {}
    result: dict[str, tuple[tuple[int, int, int, int], ...]] = {}
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    sheets = ElementTree.fromstring(data).iter(f"{table}table")
    for sheet in sheets:
        found, row = [], 0
        for line in sheet.iter(f"{table}table-row"):
            column = 0
            for cell in line:
                spans = int(cell.get(f"{table}number-rows-spanned", 1))
                wide = int(cell.get(f"{table}number-columns-spanned", 1))
                if spans > 1:
                    found.append((row, column, row + spans - 1, column + wide - 1))
                column += int(cell.get(f"{table}number-columns-repeated", 1))
            row += int(line.get(f"{table}number-rows-repeated", 1))
        result[sheet.get(f"{table}name", "")] = tuple(found)
    return result
