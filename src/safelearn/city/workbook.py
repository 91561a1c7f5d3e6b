"""A city's whole evidence as one workbook that an office can fill in.

In go the settings of a new city; out comes ``city.xlsx`` with a sheet of settings and a blank sheet for each
table, with drop-downs, examples and explanations in the reader's language. `read_settings` and `read_sheets`
take the filled workbook back.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from safelearn.city.contracts import contract, table_names
from safelearn.city.imports.recording_sheet import offence_choices
from safelearn.city.imports.workbook_reading import (
    LISTS,
    RECORDING_CHANGES,
    SETTINGS,
    SOURCES,
    read_settings,
    read_sheets,
)
from safelearn.city.settings_guide import GUIDES
from safelearn.city.writing import whole
from safelearn.language import available, is_right_to_left, t

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from safelearn.city.settings import Settings

__all__ = ["read_settings", "read_sheets", "write_workbook"]

#: Rows of a sheet that have drop-downs: more than anybody types, and quick to open.
_ROWS = 5000
_CONTINENTS = (  # noqa: SIM905 (one word a line would read worse)
    "Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific UTC"
).split()
_DARK, _PALE = "1F3A5F", "E7ECF2"
#: A day before any city's: a workbook made twice from the same settings is the same, byte for byte.
_LONG_AGO = datetime(2000, 1, 1)


def write_workbook(path: Path, settings: Settings) -> None:
    """Write the workbook of a city, whole or not at all.

    Parameters
    ----------
    path : Path
        The file, an ``.xlsx``.
    settings : Settings
        Values that the sheet of settings begins with.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = _Lists()
    _settings_sheet(book, settings, lists)
    for section in (RECORDING_CHANGES, "tables"):
        _section_sheet(book, section, settings, lists)
    for name in table_names():
        _table_sheet(book, name, lists)
    lists.write(book)
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = is_right_to_left()
    book.properties.creator = "safelearn"
    book.properties.created = book.properties.modified = _LONG_AGO
    with whole(path) as part:
        part.write_bytes(same_bytes(book))


class _Lists:
    """The hidden sheet behind the drop-downs: for each list what is shown, and the word of the contract."""

    def __init__(self) -> None:
        self._columns: dict[tuple[tuple[str, str], ...], int] = {}

    def reference(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Where a list of (shown, word) stands, as a formula of a drop-down."""
        from openpyxl.utils import get_column_letter

        column = self._columns.setdefault(tuple(pairs), len(self._columns) * 2 + 1)
        letter = get_column_letter(column)
        return f"{LISTS}!${letter}$1:${letter}${len(pairs)}"

    def write(self, book: Workbook) -> None:
        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for pairs, column in self._columns.items():
            for row, (shown, word) in enumerate(pairs, 1):
                sheet.cell(row, column, shown).number_format = "@"
                sheet.cell(row, column + 1, word).number_format = "@"


def _settings_sheet(book: Workbook, settings: Settings, lists: _Lists) -> None:
    sheet = book.create_sheet(SETTINGS)
    _header(
        sheet,
        [t("Setting"), t("Your value"), t("Example"), t("What it means")],
        widths=(32, 34, 34, 90),
    )
    zones = [z for z in available_timezones() if z.partition("/")[0] in _CONTINENTS]
    yes_no = [(t("Yes"), "true"), (t("No"), "false")]
    choices = {
        "synthetic": yes_no,
        "language": [(code, code) for code in available()],
        "timezone": [(zone, zone) for zone in sorted(zones)],
    }
    rows: list[tuple[str, Any, str, str]] = []
    # Only what somebody chose stands there: a default, read back, would undo a later choice in city.toml.
    chosen = settings.model_dump(exclude_defaults=True)
    for one in GUIDES:
        room, _, key = one.name.rpartition(".")
        if room in ("recording_changes", "tables"):
            continue
        value = chosen.get(room, {}).get(key) if room else chosen.get(key)
        example = one.example.strip('"')
        if key == "synthetic":
            example, value = t("No"), t("Yes") if value else None
        if key == "timezone" and value == "UTC":
            value = None
        if key == "period":
            first, last = value or (None, None)
            dates = example.strip("[]").split(", ")
            rows.append(("period.from", first, dates[0], one.words))
            rows.append(("period.to", last, dates[1], one.words))
            continue
        rows.append((one.name, value, example, one.words))
    for number, (key, value, example, words) in enumerate(rows, 2):
        for column, content in enumerate((key, value, example, t(words)), 1):
            cell = sheet.cell(number, column, content or None)
            _wrap(cell)
            cell.number_format = "@"
        answer = sheet.cell(number, 2)
        answer.number_format = _kind_of(key)
        _fill(answer, _PALE)
        lines = -(-len(t(words)) // 85)
        sheet.row_dimensions[number].height = 16 * lines
        if key in choices:
            # Another language than those translated so far still writes its own numbers and dates.
            strict = key != "language"
            _drop_down(sheet, f"B{number}", lists.reference(choices[key]), strict)


def _section_sheet(
    book: Workbook, section: str, settings: Settings, lists: _Lists
) -> None:
    """Settings of which there can be several, one row each: changes in recording, sources of tables."""
    guides = [one for one in GUIDES if one.name.startswith(section + ".")]
    keys = [one.name.rpartition(".")[2] for one in guides]
    given = settings.model_dump()[section]
    if section == "tables":
        names = [(name, name) for name in table_names()]
        keys = ["table", *keys]
        rows = [{"table": name} | about for name, about in given.items()]
    else:
        rows = list(given)
    sheet = book.create_sheet(SOURCES if section == "tables" else section)
    _header(sheet, keys, widths=(24, 34, 34, 60))
    if section == "tables":
        _drop_down(sheet, f"A2:A{_ROWS}", lists.reference(names))
        _explain(sheet.cell(1, 1), t("The name of the sheet."), "incidents")
    else:
        column = _letter(keys.index("offence") + 1)
        choices = lists.reference(offence_choices())
        # Deeper codes may be typed too.
        _drop_down(sheet, f"{column}2:{column}{_ROWS}", choices, strict=False)
    for one in guides:
        column = keys.index(one.name.rpartition(".")[2]) + 1
        example = one.example.strip('"')
        _explain(sheet.cell(1, column), t(one.words), example)
        kind = _kind_of(keys[column - 1])
        sheet.column_dimensions[_letter(column)].number_format = kind
    for number, row in enumerate(rows, 2):
        for column, key in enumerate(keys, 1):
            cell = sheet.cell(number, column, row[key] or None)
            cell.number_format = _kind_of(key)


def _table_sheet(book: Workbook, name: str, lists: _Lists) -> None:
    about = contract(name)
    sheet = book.create_sheet(name)
    fields = about["fields"]
    _header(sheet, [field["name"] for field in fields])
    for column, field in enumerate(fields, 1):
        limits = field.get("constraints", {})
        letter = _letter(column)
        cell = sheet.cell(1, column)
        if not limits.get("required"):
            _title(cell, _PALE, "000000")
        sheet.column_dimensions[letter].width = max(14, len(field["name"]) + 4)
        whole = {"string": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
        sheet.column_dimensions[letter].number_format = whole.get(
            field["type"], "General"
        )
        must = t("Must be filled in.") if limits.get("required") else ""
        words = [f"{t(field['title'])}.", t(field["description"]), must]
        pairs = [(t(c["label"]), c["value"]) for c in field.get("categories", [])]
        example = field["example"]
        if pairs:
            _drop_down(sheet, f"{letter}2:{letter}{_ROWS}", lists.reference(pairs))
            example = next(shown for shown, word in pairs if word == example)
        _explain(cell, " ".join(w for w in words if w), example)


def _header(
    sheet: Worksheet, titles: Sequence[str], widths: Sequence[int] = ()
) -> None:
    for column, title in enumerate(titles, 1):
        _title(sheet.cell(1, column, title), _DARK, "FFFFFF")
    for column, width in enumerate(widths[: len(titles)], 1):
        sheet.column_dimensions[_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _title(cell: Any, ground: str, ink: str) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name="Calibri", size=11, bold=True, color=ink)
    _fill(cell, ground)


def _fill(cell: Any, ground: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=ground)


def _wrap(cell: Any) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _explain(cell: Any, words: str, example: Any) -> None:
    from openpyxl.comments import Comment

    text = f"{words}\n{t('Example: {example}', example=example)}"
    cell.comment = Comment(
        text, "safelearn", height=40 + 20 * (len(text) // 40), width=320
    )


def _drop_down(
    sheet: Worksheet, cells: str, reference: str, strict: bool = True
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=reference, allow_blank=True)
    rule.errorTitle = t("Not in the list")
    rule.error = t("Please choose one of the values in the list.")
    rule.showErrorMessage = strict
    sheet.add_data_validation(rule)
    rule.add(cells)


def _kind_of(setting: str) -> str:
    """The format of a cell, so that a day or number typed by local custom is understood as one."""
    if setting.startswith("period.") or setting in ("retention", "date"):
        return "yyyy-mm-dd"
    return "General" if "threshold" in setting or setting == "cycle" else "@"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def same_bytes(book: Workbook) -> bytes:
    """A workbook without the hour of saving, which the library writes into the file and into the archive."""
    saved, out = io.BytesIO(), io.BytesIO()
    book.save(saved)
    stamp = _LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "docProps/core.xml":
                pattern = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                content = re.sub(pattern, rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
    return out.getvalue()
