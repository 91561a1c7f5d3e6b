"""Tables written in a markup language: pages saved as .xls, and Excel's XML of 2003. In: text. Out: sheets.

Many portals send a web page under the name of a workbook, because Excel opens it all the same. Its tables say
themselves which cells are merged, as a workbook does.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from safelearn.city.files.sheets import Merged, Sheet
from safelearn.errors import SafelearnError
from safelearn.language import t

_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"


def looks_marked_up(head: bytes) -> str | None:
    """``html`` or ``xml`` (Excel's of 2003) if the first bytes of a file are of such text, else None."""
    text = head.decode("latin-1").lstrip("ï»¿\ufeff \t\r\n").lower()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "ignore").lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<?xml") and "schemas-microsoft-com:office:spreadsheet" in text:
        return "xml"
    if re.match(
        r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|meta|table|style|body|div)\b",
        text,
        re.DOTALL,
    ):
        return "html"
    return None


def html_sheets(data: bytes, *, name: str) -> list[Sheet]:
    """The tables of a web page, the largest first.

    Raises
    ------
    SafelearnError
        If it has none: most often a page that asks to log in, saved in place of the file.
    """
    parser = _Tables()
    parser.feed(_decoded(data))
    parser.close()
    tables = [table for table in parser.done if any(any(row) for row in table.rows)]
    if not tables:
        raise SafelearnError(
            t("The file is a web page without any table, and not the file of data."),
            where=name,
            remedy=t(
                "Open it in a browser: it may ask to log in, or say why there is no file."
            ),
        )
    tables.sort(key=lambda table: -sum(map(len, table.rows)))
    return [
        Sheet(
            t("table {n}", n=i + 1),
            lambda rows=table.rows: iter(rows),
            tuple(table.merged),
        )
        for i, table in enumerate(tables)
    ]


def html_rows(text: str) -> list[list[str]]:
    """The rows of all tables in a piece of HTML."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [row for table in parser.done for row in table.rows]


def xml_sheets(data: bytes, *, name: str) -> list[Sheet]:
    """The sheets of a workbook in Excel's XML of 2003."""
    try:
        book = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise SafelearnError(
            t("The workbook is damaged, locked or not a workbook at all."),
            where=name,
            remedy=t(
                "Open it in a spreadsheet program and save it again as .xlsx without a password."
            ),
        ) from error
    return [_xml_sheet(sheet) for sheet in book.iter(f"{_EXCEL}Worksheet")]


def _xml_sheet(sheet: ElementTree.Element) -> Sheet:
    rows: list[list[str]] = []
    merged: list[Merged] = []
    for line in sheet.iter(f"{_EXCEL}Row"):
        at = int(line.get(f"{_EXCEL}Index", len(rows) + 1)) - 1
        rows += [[] for _ in range(min(at - len(rows), 1 << 20))]
        row: list[str] = []
        for cell in line.iter(f"{_EXCEL}Cell"):
            column = int(cell.get(f"{_EXCEL}Index", len(row) + 1)) - 1
            row += [""] * min(column - len(row), 1 << 14)
            down = int(cell.get(f"{_EXCEL}MergeDown", 0))
            across = int(cell.get(f"{_EXCEL}MergeAcross", 0))
            if down:
                merged.append((at, len(row), at + down, len(row) + across))
            data = cell.find(f"{_EXCEL}Data")
            row += [_xml_text(data), *[""] * across]
        rows.append(row)
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    return Sheet(sheet.get(f"{_EXCEL}Name", ""), lambda: iter(rows), tuple(merged))


def _xml_text(data: ElementTree.Element | None) -> str:
    if data is None:
        return ""
    text = "".join(data.itertext()).strip()
    if data.get(f"{_EXCEL}Type") == "DateTime":
        day, _, time = text.partition("T")
        time = time.partition(".")[0]
        # Before its first day, Excel counts hours only.
        if day <= "1899-12-31":
            return time
        return day if time in ("", "00:00:00") else f"{day} {time}"
    return text


class _Table:
    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[Merged] = []
        #: Column -> rows that a cell above still covers.
        self.covered: dict[int, int] = {}
        self.in_row = False

    def begin_row(self) -> None:
        self.rows.append([])
        self.in_row = True


class _Tables(HTMLParser):
    """Collects the tables of a page; a table in a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.done: list[_Table] = []
        self.cell: list[list[str] | None] = []
        self.spans: list[tuple[int, int]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self.silent += 1
        elif tag == "table":
            self.open.append(_Table())
            self.cell.append(None)
            self.spans.append((1, 1))
        elif not self.open:
            return
        elif tag == "tr":
            self._end_cell()
            self._end_row()
            self.open[-1].begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.open[-1].in_row:
                self.open[-1].begin_row()
            given = dict(attrs)
            self.spans[-1] = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self.cell[-1] = []
        elif tag == "br" and self.cell[-1] is not None:
            self.cell[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self.silent = max(self.silent - 1, 0)
        elif not self.open:
            return
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_cell()
            self._end_row()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent and self.cell[-1] is not None:
            self.cell[-1].append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self._end_table()

    def _end_cell(self) -> None:
        words = self.cell[-1]
        if words is None:
            return
        table, (down, across) = self.open[-1], self.spans[-1]
        row = table.rows[-1]
        self._skip_covered(table, row)
        at, column = len(table.rows) - 1, len(row)
        row += [" ".join("".join(words).split()), *[""] * (across - 1)]
        if down > 1:
            table.merged.append((at, column, at + down - 1, column + across - 1))
            for i in range(column, column + across):
                table.covered[i] = down
        self.cell[-1] = None

    def _skip_covered(self, table: _Table, row: list[str]) -> None:
        while table.covered.get(len(row), 0) > 0:
            row.append("")

    def _end_row(self) -> None:
        table = self.open[-1]
        if not table.in_row:
            return
        table.in_row = False
        self._skip_covered(table, table.rows[-1])
        table.covered = {c: n - 1 for c, n in table.covered.items() if n > 1}

    def _end_table(self) -> None:
        self._end_cell()
        table = self.open.pop()
        self.cell.pop()
        self.spans.pop()
        width = max(map(len, table.rows), default=0)
        table.rows = [row + [""] * (width - len(row)) for row in table.rows]
        self.done.append(table)


def _span(text: str | None) -> int:
    return min(int(text), 1 << 16) if text and text.isdigit() and int(text) else 1


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    for encoding in ("utf-8-sig", named[1].decode() if named else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
