"""What did the office write into its workbook?

In goes a ``city.xlsx``, as saved by any spreadsheet program; out come its settings and, for each sheet with
rows, a frame in the words of the contracts: labels chosen from a drop-down become codes, dates become
year-month-day, a decimal comma becomes a point, and each row keeps the number that it has on the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.contracts import contract, table_names
from safelearn.city.imports.recording_sheet import SHEET as RECORDING_CHANGES
from safelearn.city.imports.recording_sheet import read_changes
from safelearn.city.tables.validation import ROW
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import pandas as pd

#: Names of the sheets that are no tables.
SETTINGS, LISTS = "settings", "lists"
SOURCES = "sources"


def read_settings(path: Path) -> dict[str, Any]:
    """The settings of a workbook, as `settings.update_settings` takes them; only what is filled in.

    Raises
    ------
    SafelearnError
        If the file is no workbook, or a change in recording cannot be read.
    """
    sheets = _sheets(path)
    words = _words(sheets.get(LISTS, []))
    found: dict[str, Any] = {}
    for row in sheets.get(SETTINGS, [])[1:]:
        key, value = [*row, None, None][:2]
        if value is None or not isinstance(key, str):
            continue
        if key == "synthetic":
            value = _yes(value, words)
        elif key.startswith("period.") or key == "retention":
            value = _day(value)
        elif "threshold" in key or key == "cycle":
            value = int(value) if str(value).isdigit() else value
        else:
            value = str(value).strip()
        room, _, name = key.rpartition(".")
        if room:
            found.setdefault(room, {})[name] = value
        else:
            found[name] = value
    period = found.pop("period", {})
    if "from" in period and "to" in period:
        found["period"] = [period["from"], period["to"]]
    cells = sheets.get(RECORDING_CHANGES, [])
    numbered = enumerate(_rows(cells, blank=True), 2)
    changes = read_changes(numbered, file=path.name)
    if changes:
        found["recording_changes"] = changes
    sources = [_filled(row) for row in _rows(sheets.get(SOURCES, []))]
    tables = {str(row.pop("table")): row for row in sources if "table" in row}
    if tables:
        found["tables"] = tables
    return found


def read_sheets(path: Path) -> dict[str, pd.DataFrame]:
    """The filled sheets of a workbook.

    Returns
    -------
    dict of DataFrame
        By table. All values are text or missing, ready for `contracts.canonical`; the index, called ``row``,
        holds the rows' numbers on the sheet. Tables without a filled row are left out.

    Raises
    ------
    SafelearnError
        If the file is no workbook.
    """
    import pandas as pd

    sheets = _sheets(path)
    words = _words(sheets.get(LISTS, []))
    found: dict[str, pd.DataFrame] = {}
    for name in table_names():
        cells = sheets.get(name, [])
        if not cells:
            continue
        header = [str(c).strip() if c is not None else "" for c in cells[0]]
        fields = {field["name"]: field for field in contract(name)["fields"]}
        rows, numbers = [], []
        for number, row in enumerate(cells[1:], 2):
            values = {
                column: _value(value, fields.get(column), words)
                for column, value in zip(header, row, strict=False)
                if column
            }
            if any(value is not None for value in values.values()):
                rows.append(values)
                numbers.append(number)
        if rows:
            index = pd.Index(numbers, name=ROW)
            columns = [c for c in header if c]
            found[name] = pd.DataFrame(rows, index=index, columns=columns, dtype="str")
    return found


def _sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise SafelearnError(
            t("The workbook cannot be read."),
            where=str(path),
            remedy=t("Save it as an Excel workbook (.xlsx) and try again."),
        ) from error
    try:
        return {s.title.lower(): list(s.iter_rows(values_only=True)) for s in book}
    finally:
        book.close()


def _words(lists: list[tuple[Any, ...]]) -> dict[str, set[str]]:
    """What the drop-downs showed, and the words of the contracts behind it."""
    words: dict[str, set[str]] = {}
    for row in lists:
        for shown, word in zip(row[::2], row[1::2], strict=False):
            if shown is not None and word is not None:
                words.setdefault(_plain(str(shown)), set()).add(str(word))
    return words


def _value(
    value: Any, field: dict[str, Any] | None, words: dict[str, set[str]]
) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        whole = field is not None and field["type"] == "datetime"
        value = value if whole or not midnight else value.date()
        return value.isoformat()
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if field is None:
        return text
    if "categories" in field:
        return _word(text, field, words)
    if field["type"] in ("integer", "number") and isinstance(value, str):
        return _number(text)
    return text


def _word(text: str, field: dict[str, Any], words: dict[str, set[str]]) -> str:
    """The contract's word for what was chosen or typed; what is neither stays, and is found wrong later."""
    allowed = field["constraints"]["enum"]
    said = _plain(text)
    for category in field["categories"]:
        names = (category["value"], category["label"], t(category["label"]))
        if said in {_plain(name) for name in names}:
            return category["value"]
    behind = [word for word in allowed if word in words.get(said, ())]
    return behind[0] if len(behind) == 1 else text


def _number(text: str) -> str:
    """A number typed as text, with a point for its decimals.

    "1,234" and "1.234" are a thousand in one country and a little over one in the next. Nobody should
    guess: they stay unreadable, and the reader is asked.
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
        return f"{text} ?"
    mark, other = (",", ".") if bare.rfind(",") > bare.rfind(".") else (".", ",")
    bare = bare.replace(other, "").replace(mark, ".")
    return bare if re.fullmatch(r"-?\d+(\.\d+)?", bare) else text


def _rows(
    cells: list[tuple[Any, ...]], *, blank: bool = False
) -> Iterator[dict[str, Any]]:
    if not cells:
        return
    header = [str(c).strip() for c in cells[0]]
    for row in cells[1:]:
        if blank or any(value is not None for value in row):
            yield dict(zip(header, row, strict=False))


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, date) else str(value).strip()
        for key, value in row.items()
        if value is not None
    }


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        return date.fromisoformat(value.strip())
    return value


def _yes(value: Any, words: dict[str, set[str]]) -> Any:
    if isinstance(value, bool):
        return value
    said = _plain(str(value))
    known = words.get(said, set()) | {said}
    if known & {"true", "yes"}:
        return True
    return False if known & {"false", "no"} else value


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())
