"""The sheets of a workbook in any of its formats. In: a file. Out: its sheets, or why there are none.

Values are read by calamine, fast and from xlsx, xlsb, xls and ods alike; what it does not show is read from the
file's own parts. A damaged file must not stop the program that reads it, in whatever way it is damaged.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safelearn.city.files.marked_up import html_sheets, looks_marked_up, xml_sheets
from safelearn.city.files.old_containers import is_sound
from safelearn.city.files.sheets import Sheet, as_text
from safelearn.city.files.xlsx_parts import BROKEN, XlsxParts, ods_merges
from safelearn.errors import SafelearnError
from safelearn.language import t

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def open_sheets(content: Path | bytes, *, name: str) -> list[Sheet]:
    """All sheets of a workbook, whatever its name says it is.

    Raises
    ------
    SafelearnError
        If it is damaged, locked, or no workbook.
    """
    head = _head(content)
    kind = looks_marked_up(head)
    if kind:
        data = content.read_bytes() if isinstance(content, Path) else content
        read = html_sheets if kind == "html" else xml_sheets
        return read(data, name=name)
    if head[:4] == _OLE:
        data = content.read_bytes() if isinstance(content, Path) else content
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked(name)
        if not is_sound(data):
            raise _damaged(name)
    try:
        with _silent():
            return _calamine_sheets(content, name)
    except BaseException as error:
        # Where the library itself gives up, it raises what no `except Exception` catches.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from error


@contextmanager
def _silent() -> Iterator[None]:
    """The library writes about its own failures to the screen before it raises them: nobody can read that."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    if sys.stderr:
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def read_sheets(content: Path | bytes, *, name: str) -> dict[str, list[list[str]]]:
    """All sheets of a small workbook, each as rows of text."""
    return {
        sheet.name: [[as_text(cell) for cell in row] for row in sheet.rows()]
        for sheet in open_sheets(content, name=name)
    }


def _calamine_sheets(content: Path | bytes, name: str) -> list[Sheet]:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    parts, ods = parts_of(content)
    try:
        # By its path, it would be taken for what its name says.
        data = content.read_bytes() if isinstance(content, Path) else content
        opened = CalamineWorkbook.from_filelike(io.BytesIO(data))
        result = []
        for about in opened.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if parts and (stray := parts.stray(about.name)):
                raise _stray(name, about.name, stray)
            sheet = opened.get_sheet_by_name(about.name)
            left = sheet.start[1] if sheet.start else 0
            merged = sheet.merged_cell_ranges or ods.get(about.name, ())
            if merged and isinstance(merged[0][0], tuple):
                merged = [(*first, *last) for first, last in merged]
            padded = parts.padded(about.name) if parts else {}
            result.append(
                Sheet(
                    about.name,
                    sheet.iter_rows,
                    tuple((a, b - left, c, d - left) for a, b, c, d in merged),
                    {column - left: digits for column, digits in padded.items()},
                    about.visible != SheetVisibleEnum.Visible,
                )
            )
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, *BROKEN) as error:
        raise _damaged(name) from error
    return result


def parts_of(
    content: Path | bytes,
) -> tuple[XlsxParts | None, dict[str, tuple[tuple[int, int, int, int], ...]]]:
    """What only the file itself says; nothing, where it is no archive or a damaged one."""
    if _head(content)[:4] != _ZIP:
        return None, {}
    try:
        with zipfile.ZipFile(
            content if isinstance(content, Path) else io.BytesIO(content)
        ) as archive:
            names = archive.namelist()
        if "content.xml" in names:
            return None, ods_merges(content)
        return (XlsxParts(content) if "xl/workbook.xml" in names else None), {}
    except BROKEN:
        return None, {}


def _head(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[:4096]
    with content.open("rb") as stream:
        return stream.read(4096)


def _damaged(name: str) -> SafelearnError:
    return SafelearnError(
        t("The workbook is damaged, locked or not a workbook at all."),
        where=name,
        remedy=t(
            "Open it in a spreadsheet program and save it again as .xlsx without a password."
        ),
    )


def _locked(name: str) -> SafelearnError:
    return SafelearnError(
        t("The workbook is locked with a password."),
        where=name,
        remedy=t("Open it with the password and save it without one."),
    )


def _stray(name: str, sheet: str, cell: str) -> SafelearnError:
    return SafelearnError(
        t(
            "A cell far from the table makes the sheet too large to read: {cell}.",
            cell=cell,
        ),
        where=f"{name}: {sheet}",
        remedy=t("Delete that row or column, save the workbook and import it again."),
    )
