"""Every released table as a sheet, for people who work in a spreadsheet.

A sheet opens with its title, what is invented or internal in it, and what is hidden; then the plain names that the CSV
files and programs use, in grey; then the headings in the reader's language, with units, that stay in view and filter.
The first sheet lists the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.disclosure.approval import HIDDEN, Approved
from safelearn.language import t
from safelearn.reports.formats.columns import Heading, headings
from safelearn.views import style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Rows of a sheet: plain names, headings, and the first row of values.
NAMES, HEADS, FIRST = 4, 5, 6
#: A sheet's name cannot be longer.
LONGEST_NAME = 31
_WIDEST, _NARROWEST = 46, 9
#: Columns of the first sheet.
_ABOUT = (34, 60, 22, 70)
#: Widths, in letters, up to which an upright page holds a table.
_UPRIGHT = 100
#: The date of a file that is made the same way each time.
_FIXED = datetime(2000, 1, 1)
#: The columns of an estimate.
_ESTIMATE = ("value", "lower", "upper")
#: Points for a line of words.
_LINE = 13.5


@dataclass(frozen=True)
class Cover:
    """What the first sheet says, and every sheet over its table.

    Attributes
    ----------
    title : str
        Of the workbook.
    stamp : str
        That the city is invented, or who an internal workbook is for; empty if there is nothing to say.
    lines : sequence of str
        Sentences under the title.
    sources : sequence of (name, source, period)
        The files behind the tables.
    """

    title: str
    stamp: str = ""
    lines: Sequence[str] = ()
    sources: Sequence[tuple[str, str, str]] = field(default_factory=tuple)


def workbook(tables: Mapping[str, Approved], cover: Cover) -> bytes:
    """The tables as one workbook; the same tables give the same bytes.

    Parameters
    ----------
    tables : mapping of str to Approved
        Anything else is refused.
    cover : Cover
        What the first sheet says.
    """
    from openpyxl import Workbook

    from safelearn.city.workbook import same_bytes

    for approved in tables.values():
        if not isinstance(approved, Approved):
            raise TypeError(
                t("Only tables that disclosure control has approved are exported.")
            )
    book = Workbook()
    names = {name: name[:LONGEST_NAME] for name in tables}
    _about(book.active, tables, names, cover)
    for name, approved in tables.items():
        _sheet(book.create_sheet(names[name]), approved, cover)
    book.properties.creator = "safelearn"
    book.properties.title = str(cover.title)
    book.properties.created = _FIXED
    return same_bytes(book)


def _about(
    sheet: Worksheet,
    tables: Mapping[str, Approved],
    names: Mapping[str, str],
    cover: Cover,
) -> None:
    sheet.title = t("About")
    _top(sheet, cover.title, cover.stamp)
    for line in cover.lines:
        sheet.append([line])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        _wrap(sheet, [sum(_ABOUT)])
    sheet.append([])
    _heads(
        sheet,
        [t("Sheet"), t("What it holds"), t("Rows"), t("What is hidden")],
        (0, 0, 1, 0),
    )
    for name, approved in tables.items():
        sheet.append(
            [
                names[name],
                approved.title,
                len(approved),
                " ".join([approved.threshold, *approved.notes]).strip(),
            ]
        )
        link = sheet.cell(sheet.max_row, 1)
        link.hyperlink = f"#'{names[name]}'!A1"
        _font(link, color=style.BLUE, underline="single")
        _wrap(sheet)
    if cover.sources:
        sheet.append([])
        _heads(sheet, [t("File"), t("Source"), t("Period")])
        for line in cover.sources:
            sheet.append(list(line))
            _wrap(sheet)
    for letter, width in zip("ABCD", _ABOUT, strict=True):
        sheet.column_dimensions[letter].width = width
    _print(sheet, cover, None, sum(_ABOUT))


def _sheet(sheet: Worksheet, approved: Approved, cover: Cover) -> None:
    from openpyxl.styles import Alignment

    frame, hidden = approved.frame, approved.hidden
    columns = headings(approved.name, [str(c) for c in frame.columns])
    if _are_shares(frame):
        columns = [
            replace(c, kind="share") if c.name in _ESTIMATE else c for c in columns
        ]
    at_the_end = Alignment(horizontal="right")
    _top(sheet, approved.title or approved.name, cover.stamp)
    sheet.append([" ".join([approved.threshold, *approved.notes]).strip()])
    _font(sheet.cell(sheet.max_row, 1), color=style.INK2)
    sheet.append([column.name for column in columns])
    for cell in sheet[NAMES]:
        _font(cell, color=style.INK2, size=8)
    shown = [
        _column(frame[name], hidden[name], column)
        for name, column in zip(frame.columns, columns, strict=True)
    ]
    widths = [_width(*pair) for pair in zip(columns, shown, strict=True)]
    _heads(
        sheet,
        [f"{c.title}\n({c.unit})" if c.unit else c.title for c in columns],
        [c.kind != "text" for c in columns],
    )
    _tall(sheet, [width * 0.9 for width in widths])
    for row, values in enumerate(zip(*shown, strict=True), start=FIRST):
        for k, (value, column) in enumerate(zip(values, columns, strict=True), start=1):
            cell = sheet.cell(row, k, value)
            if isinstance(value, str):
                # Codes keep their leading zeros, and nothing is taken for a formula.
                cell.data_type, cell.number_format = "s", "@"
                if column.kind != "text":
                    cell.alignment = at_the_end
            else:
                cell.number_format = column.number_format(value)
    for k, width in enumerate(widths, start=1):
        sheet.column_dimensions[sheet.cell(HEADS, k).column_letter].width = width
    sheet.freeze_panes = sheet.cell(FIRST, 2)
    last = sheet.cell(max(sheet.max_row, HEADS), len(columns))
    sheet.auto_filter.ref = f"A{HEADS}:{last.coordinate}"
    _print(sheet, cover, HEADS, sum(widths))


def _are_shares(frame: pd.DataFrame) -> bool:
    """Whether the estimates of a table are parts of one: it names no other unit, and none is above one."""
    here = [name for name in _ESTIMATE if name in frame]
    if "value" not in here or {"unit", "indicator_id"} & set(frame.columns):
        return False
    values = frame[here].apply(pd.to_numeric, errors="coerce").stack()
    return len(values) > 0 and bool(values.between(0, 1).all())


def _column(values: pd.Series, hidden: pd.Series, column: Heading) -> list[Any]:
    words = column.words
    cells: list[Any] = []
    for value, covered in zip(values, hidden, strict=True):
        if covered:
            cells.append(t(HIDDEN))
        elif value is None or (not isinstance(value, str) and pd.isna(value)):
            cells.append(None)
        elif words is not None:
            cells.append(words(str(value)) or None)
        else:
            plain = value.item() if hasattr(value, "item") else value
            cells.append(plain if isinstance(plain, (int, float, str)) else str(plain))
    return cells


def _width(column: Heading, values: Sequence[Any]) -> float:
    """Wide enough for the values and for the longest word of the heading, which may take several lines."""
    written = [
        len(v) if isinstance(v, str) else len(f"{v:,.1f}")
        for v in values[:300]
        if v is not None
    ]
    word = max(len(w) for w in f"{column.title} {column.unit} {column.name}".split())
    head = len(column.title) / 3
    return min(_WIDEST, max(_NARROWEST, word + 4, head, *written, 0) + 2)


def _top(sheet: Worksheet, title: str, stamp: str) -> None:
    sheet.append([title])
    _font(sheet.cell(1, 1), bold=True, size=14)
    sheet.append([stamp])
    _font(sheet.cell(2, 1), bold=True, color=style.ORANGE_TEXT)


def _heads(
    sheet: Worksheet, words: Sequence[str], numeric: Sequence[bool] = ()
) -> None:
    from openpyxl.styles import Alignment, Border, Side

    sheet.append(list(words))
    for k, cell in enumerate(sheet[sheet.max_row]):
        _font(cell, bold=True)
        side = "right" if k < len(numeric) and numeric[k] else "left"
        cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal=side)
        cell.border = Border(bottom=Side("medium", color=_argb(style.INK)))


def _font(cell: Any, color: str = style.INK, **rest: Any) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name="Calibri", color=_argb(color), **({"size": 10} | rest))


def _wrap(sheet: Worksheet, widths: Sequence[float] = _ABOUT) -> None:
    """Let the words of the last row take the lines that they need."""
    from openpyxl.styles import Alignment

    for cell in sheet[sheet.max_row]:
        start = "right" if isinstance(cell.value, int) else "left"
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=start)
    _tall(sheet, widths)


def _tall(sheet: Worksheet, widths: Sequence[float]) -> None:
    """The height of the last row: programs do not agree on whether rows grow by themselves."""
    from textwrap import wrap

    lines = [
        sum(max(len(wrap(part, max(int(width), 4))), 1) for part in str(v).split("\n"))
        for v, width in zip(
            [cell.value for cell in sheet[sheet.max_row]], widths, strict=False
        )
        if v is not None
    ]
    sheet.row_dimensions[sheet.max_row].height = _LINE * max([1, *lines]) + 1.5


def _print(sheet: Worksheet, cover: Cover, heads: int | None, wide: float) -> None:
    """Paper: one page wide, the headings again on each page, the stamp over it."""
    sheet.page_setup.orientation = "portrait" if wide <= _UPRIGHT else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if heads:
        sheet.print_title_rows = f"{heads}:{heads}"
    # An ampersand starts a command in the running lines.
    sheet.oddHeader.left.text = cover.stamp.replace("&", "&&")
    sheet.oddFooter.left.text = cover.title.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")
