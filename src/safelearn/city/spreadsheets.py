"""Workbooks (xlsx, xls, ods) read as text: which sheet, where its header is, and cells as a person sees them.

A workbook stores dates as day counts and codes as numbers. Here a date becomes ISO text, a whole number
loses its ``.0``, and a code that was kept as text keeps its leading zeros.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.double_headers import double_header
from safelearn.city.formats import Source
from safelearn.city.headers import clean_names, find_header, titles_above
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t


def read_workbook(
    content: Path | bytes,
    *,
    name: str,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
) -> Source:
    """Read one sheet of a workbook as text; see `formats.read_source`."""
    sheets = read_sheets(content, name=name)
    filled = {k: sum(any(row) for row in rows) for k, rows in sheets.items()}
    if sheet is not None and sheet not in sheets:
        raise SafelearnError(
            t("The workbook has no sheet called {sheet}.", sheet=sheet),
            where=name,
            remedy=t("Its sheets are: {names}.", names=listing(list(sheets))),
        )
    chosen = sheet or max(filled, key=lambda k: filled[k])
    if not filled[chosen]:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    others = [k for k, n in filled.items() if n and k != chosen]
    if others and sheet is None:
        notes = (
            *notes,
            t(
                "Read the sheet {sheet}, the longest of {n}; not read: {others}.",
                sheet=chosen,
                n=number(len(others) + 1),
                others=listing(others),
            ),
        )
    where = f"{name}: {chosen}" if len(sheets) > 1 else name
    return sheet_to_source(sheets[chosen], name=where, notes=notes, sheet=chosen)


def read_sheets(content: Path | bytes, *, name: str) -> dict[str, list[list[str]]]:
    """All sheets of a workbook, each as rows of text."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        opened = (
            CalamineWorkbook.from_path(content)
            if isinstance(content, Path)
            else CalamineWorkbook.from_filelike(io.BytesIO(content))
        )
        return {
            sheet: [
                [_text(cell) for cell in row]
                for row in opened.get_sheet_by_name(sheet).to_python(
                    skip_empty_area=False
                )
            ]
            for sheet in opened.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise SafelearnError(
            t("The workbook is damaged, locked or not a workbook at all."),
            where=name,
            remedy=t(
                "Open it in a spreadsheet program and save it again as .xlsx without a password."
            ),
        ) from error


def sheet_to_source(
    rows: list[list[str]],
    *,
    name: str,
    notes: tuple[str, ...] = (),
    sheet: str = "",
) -> Source:
    """The table on a sheet, below its titles; rows without any cell are no rows."""
    header, named = double_header(rows) or (None, [])
    if header is None:
        header = find_header(rows, where=name)
        named = rows[header]
    names = clean_names(named)
    kept = [(i, row) for i, row in enumerate(rows) if i > header and any(row)]
    if not kept:
        raise SafelearnError(
            t("The file names its columns but holds no record."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    width = len(names)
    cells = [row[:width] + [""] * (width - len(row)) for _, row in kept]
    frame = pd.DataFrame(cells, columns=names, dtype="str")
    nameless = [c for c in frame if c.startswith("column ") and (frame[c] == "").all()]
    line_of = np.array([i + 1 for i, _ in kept])
    return Source(
        frame=frame.drop(columns=nameless),
        kind="workbook",
        name=name,
        notes=notes,
        line_numbers=lambda wanted: line_of[wanted],
        titles=(*titles_above(rows[:header]), *([sheet] if sheet else [])),
    )


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds")
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return "" if cell is None else str(cell)
