"""A workbook in which a person says what words mean: how it is laid out, written, and read back.

One sheet lists the words, one a row, with a drop-down in the last column that is to be filled in; a second sheet
holds the choices, because a list within a rule is short and breaks where the comma is a decimal mark. Every
code is text, so that it keeps its zeros. What comes back may have been saved by any spreadsheet program, or be
a CSV with semicolons made from it; a person may also type a code alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import available, t, use

#: The first cell says which workbook it is, in CSV too, where sheets have no names.
_MARK = "safelearn review: "
_CHOICES = "choices"
_HEAD = 3
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".txt", ".tsv")
_SPARE = 200


@dataclass(frozen=True)
class Column:
    """A column of the list: its title, width, and whether it holds what nobody need see."""

    title: str
    width: int = 16
    hidden: bool = False


def write_list(
    path: Path,
    kind: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    choices: Sequence[str],
    explained: str,
) -> None:
    """Write a list with drop-downs in its last visible column.

    Parameters
    ----------
    kind : str
        Which list it is, as `kind_of` will tell.
    choices : sequence of str
    explained : str
        What to do, shown above the list.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = kind
    sheet["A1"] = _MARK + kind
    sheet["A1"].font = Font(color="808080", size=9)
    answer = max(i for i, c in enumerate(columns, 1) if not c.hidden)
    sheet["A2"] = explained
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=answer)
    across = sum(c.width for c in columns if not c.hidden)
    sheet.row_dimensions[2].height = 16 * (1 + len(explained) // max(across, 40))
    for i, column in enumerate(columns, 1):
        cell = sheet.cell(_HEAD, i, column.title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3A5F")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(i)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
    last = _HEAD
    for last, row in enumerate(rows, _HEAD + 1):
        for i, value in enumerate(row, 1):
            if isinstance(value, str):
                # A workbook cannot hold control characters; a word is known again without them.
                value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell = sheet.cell(last, i, value if value != "" else None)
            if not isinstance(value, int | float):
                cell.number_format = "@"
                cell.data_type = "s" if isinstance(value, str) and value else "n"
        sheet.cell(last, answer).fill = PatternFill("solid", fgColor="FFF4D6")
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 2)
    listed = book.create_sheet(_CHOICES)
    for i, choice in enumerate(choices, 1):
        listed.cell(i, 1, choice).number_format = "@"
    listed.column_dimensions["A"].width = 60
    rule = DataValidation(
        type="list", formula1=f"{_CHOICES}!$A$1:$A${len(choices)}", allow_blank=True
    )
    # No alarm: a code that is typed alone is welcome.
    rule.showErrorMessage = False
    letter = get_column_letter(answer)
    rule.add(f"{letter}{_HEAD + 1}:{letter}{last + _SPARE}")
    sheet.add_data_validation(rule)
    book.save(path)


def kind_of(path: Path) -> str:
    """Which list a file is, by its first cell; empty where it is none."""
    suffix = path.suffix.casefold()
    if suffix in _WORKBOOKS:
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            book = CalamineWorkbook.from_path(path)
            if _CHOICES not in book.sheet_names:
                return ""
            rows = book.get_sheet_by_index(0).to_python(nrows=1)
        except (CalamineError, OSError, ValueError, IndexError):
            return ""
        first = str(rows[0][0]) if rows and rows[0] else ""
    elif suffix in _TEXTS:
        try:
            with path.open("rb") as stream:
                beginning = _decoded(stream.read(400))
        except OSError:
            return ""
        first = (
            beginning.lstrip('\ufeff" ').split("\n")[0].split('"')[0].rstrip(";,\t\r")
        )
    else:
        return ""
    return first[len(_MARK) :].strip() if first.startswith(_MARK) else ""


def read_list(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a list as they came back: the row of the sheet, and its cells as text.

    Raises
    ------
    SafelearnError
        If the file is no such list, or cannot be read.
    """
    if not kind_of(path):
        raise SafelearnError(
            t("The file is not one of the lists in review/."),
            where=str(path),
            remedy=t(
                "Do not change the first cell of the sheet: it says which list it is."
            ),
        )
    if path.suffix.casefold() in _TEXTS:
        text = _decoded(path.read_bytes()).lstrip("\ufeff")
        mark = max(";,\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    else:
        from safelearn.city.files.workbook_files import read_sheets

        rows = next(iter(read_sheets(path, name=path.name).values()))
    cells = [[cell.strip() for cell in row] for row in rows]
    return [(i, row) for i, row in enumerate(cells, 1) if i > _HEAD and row and row[0]]


def code_meant(
    text: str, codes: Mapping[str, str], words: Mapping[str, str]
) -> str | None:
    """What a person has chosen or typed: a code, or one of the other answers; None where it is neither.

    Parameters
    ----------
    codes : mapping of str to str
        Code -> name.
    words : mapping of str to str
        Answers that are no code, in English -> what they stand for.
    """
    for language in available():
        with use(language):
            for said, meaning in words.items():
                if text.casefold() in (t(said).casefold(), said.casefold()):
                    return meaning
    if text in words.values() or text in codes:
        return text
    for code, name in codes.items():
        if text == choice(code, name):
            return code
    # The name may have been shortened, or have changed since; the code before the dash has not.
    first = text.split(" - ")[0].strip()
    if first in codes:
        return first
    bare = [c for c in codes if c.lstrip("0") == first.lstrip("0")]
    if first.isdigit() and len(bare) == 1:
        return bare[0]
    named = [c for c, name in codes.items() if name.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else None


def choice(code: str, name: str) -> str:
    """A choice as it stands in the drop-down."""
    return f"{code} - {name}" if name and name != code else code


def _decoded(content: bytes) -> str:
    """Text as a spreadsheet program saves it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3:  # cut within a letter
            return content.decode("utf-8-sig", errors="replace")
        return content.decode("cp1252", errors="replace")
