"""Which changes in recording did somebody mark in the workbook? In: the rows of its sheet. Out: settings.

An analyst marks a day from which an offence is recorded in another way without ever opening ``city.toml``: the day in
one cell, the offence from a list, a few words. What a spreadsheet does to such cells (a code that lost its zero, a
day that became a number) is put right where it can mean one thing only, and asked about otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.guidelines import offences
from safelearn.language import t

SHEET = "recording_changes"
#: The first day that a spreadsheet counts from, and numbers of days that are dates of our time.
_ZERO, _SERIALS = date(1899, 12, 30), range(18_000, 80_000)


def offence_choices() -> list[tuple[str, str]]:
    """What the drop-down of offences shows, and the code behind it: sections and divisions of the classification."""
    return [
        (f"{code} {offences.name(code)}", code)
        for code in offences.codes()
        if len(code) <= 4
    ]


def read_changes(
    rows: Iterable[tuple[int, Mapping[str, Any]]], *, file: str = ""
) -> list[dict[str, Any]]:
    """The changes of the filled rows.

    Parameters
    ----------
    rows : iterable of (int, mapping)
        Number of the row on the sheet, and its cells by column.
    file : str
        The workbook, for messages.

    Raises
    ------
    SafelearnError
        If a day or an offence cannot be read, or the words are missing; it names the row.
    """
    found = []
    for number, row in rows:
        cells = {k: v for k, v in row.items() if v not in (None, "")}
        if not cells:
            continue
        where = t(
            "{file}, sheet {sheet}, row {row}", file=file, sheet=SHEET, row=number
        )
        change = {"date": _day(cells.get("date"), where)}
        if "offence" in cells:
            change["offence"] = _code(cells["offence"], where)
        note = str(cells.get("note", "")).strip()
        if not note:
            raise SafelearnError(
                t("The row does not say what changed."),
                where=where,
                remedy=t(
                    "Write it into the column `note`: readers of the report see it."
                ),
            )
        found.append({**change, "note": note})
    return found


def _day(value: Any, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return _ZERO + timedelta(days=int(value))
    text = str(value or "").strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    parts = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    if parts:
        first, second, year = (int(p) for p in parts.groups())
        days = {
            (d, m) for d, m in ((first, second), (second, first)) if m <= 12 and d <= 31
        }
        if len(days) == 1:
            day, month = days.pop()
            try:
                return date(year, month, day)
            except ValueError:
                pass
    raise SafelearnError(
        t("The day “{text}” cannot be read for certain.", text=text)
        if text
        else t("The row has no day."),
        where=where,
        remedy=t("Write it year first, such as 2023-07-01."),
    )


def _code(value: Any, where: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    known = set(offences.codes())
    digits = re.match(r"\d+", text)
    if digits:
        code = digits[0]
        # A spreadsheet that took the code for a number has cut its zero off.
        cut = code not in known and f"0{code}" in known
        code = f"0{code}" if cut else code
        if code in known:
            return code
    else:
        named = {offences.name(c).casefold(): c for c in offences.codes()}
        if text.casefold() in named:
            return named[text.casefold()]
    raise SafelearnError(
        t("“{text}” is no offence of the international classification.", text=text),
        where=where,
        remedy=t("Choose one from the list in the cell, or leave it empty for all."),
    )
