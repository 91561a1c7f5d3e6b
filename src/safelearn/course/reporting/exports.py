"""The marks of a class as files: tables for a spreadsheet, and grades that Moodle reads.

Tidy tables go in, csv and xlsx come out; the same marks give the same bytes. Column names are plain English,
for programs. Nothing here leaves the course's folder by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.reporting.marks import ABSENT, MARKED, Marks

if TYPE_CHECKING:
    import pandas as pd

#: A spreadsheet would take a text that begins so for a formula, and run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write one table; texts that a spreadsheet would run get an apostrophe in front."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        _flat(frame).to_csv(file, index=False, lineterminator="\n")


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write tables as the sheets of one workbook, heads in bold and in view."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from safelearn.city.workbook import same_bytes

    book = Workbook()
    book.remove(book.active)
    for name, frame in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(frame.columns))
        for row in _flat(frame).astype(object).itertuples(index=False):
            sheet.append([None if _missing(cell) else cell for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in sheet.columns:
            widest = max(len(str(cell.value or "")) for cell in column)
            letter = column[0].column_letter
            sheet.column_dimensions[letter].width = min(max(widest + 2, 8), 60)
        sheet.freeze_panes = "B2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(same_bytes(book))


def for_moodle(marks: Marks) -> tuple[pd.DataFrame, int]:
    """Grades as Moodle imports them, and how many were left empty because they are not final.

    Returns
    -------
    DataFrame
        One row a person: ``id``, ``Email address``, and a column of points for each assignment. A cell is empty
        where nothing was handed in, a person has still to mark, or the submission was set aside: Moodle then
        leaves what it has.
    int
        The cells that are empty although something was handed in.
    """
    import pandas as pd

    states = marks.tasks.groupby(["student", "assignment"])["state"].agg(set)
    points = marks.submissions.set_index(["student", "assignment"])["points"]
    rows, open_ = [], 0
    for person in marks.people:
        row: dict[str, Any] = {"id": person.id, "Email address": person.email}
        for module in marks.modules:
            state = states[person.id, module.name]
            final = state == {MARKED}
            row[module.name] = points[person.id, module.name] if final else None
            open_ += not final and state != {ABSENT}
        rows.append(row)
    names = ["id", "Email address", *(module.name for module in marks.modules)]
    return pd.DataFrame(rows, columns=names), open_


def named(marks: Marks, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with the trainees' names behind their ids."""
    names = {person.id: person.name for person in marks.people}
    out = frame.copy()
    out.insert(1, "name", out["student"].map(names))
    return out


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell a number or a text that stays a text."""
    import pandas as pd

    out = frame.copy()
    for column in out.columns:
        if not pd.api.types.is_numeric_dtype(out[column].dtype):
            out[column] = out[column].astype(object).map(_text)
    return out


def _text(value: Any) -> Any:
    from datetime import datetime, timedelta

    if isinstance(value, tuple):
        value = "; ".join(value)
    elif _missing(value):
        return ""
    elif isinstance(value, timedelta):
        return round(value.total_seconds() / 3600, 2)
    elif isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    elif isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _missing(value: Any) -> bool:
    import pandas as pd

    return not isinstance(value, tuple) and bool(pd.isna(value))
