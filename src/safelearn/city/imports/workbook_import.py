"""Import what an office has filled in: the settings and every sheet of ``city.xlsx`` that has a row.

The sheets of a later state of the workbook take the place of those of an earlier one, because a workbook is
kept and corrected, not added to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from safelearn.city.folder import City
from safelearn.city.imports.dispatch import Choices
from safelearn.city.imports.ledger import WORKBOOK, Ledger
from safelearn.city.settings import FILE, update_settings
from safelearn.errors import SafelearnError
from safelearn.language import t

_SHEET = "settings"


def is_city_workbook(path: Path) -> bool:
    """Whether a file is a ``city.xlsx``: a workbook with a sheet of settings."""
    if path.suffix.casefold() not in (".xlsx", ".xlsm"):
        return False
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        names = CalamineWorkbook.from_path(path).sheet_names
    except (CalamineError, OSError, ValueError):
        return False
    return _SHEET in {name.casefold() for name in names}


def import_workbook(
    ledger: Ledger,
    path: Path,
    *,
    file: str,
    checksum: str,
    source: str,
    replace_old: bool,
) -> list[dict[str, Any]]:
    """Add the settings and the filled sheets of a workbook.

    Raises
    ------
    SafelearnError
        If a setting is wrong, a sheet lacks a column, or nothing is filled in.
    """
    from safelearn.city.contracts import table_names
    from safelearn.city.imports import workbook_reading
    from safelearn.city.tables.plain_tables import read_frame

    settings = workbook_reading.read_settings(path)
    if "recording_changes" not in settings and _marked_before(ledger):
        settings["recording_changes"] = []
    changed = _stage_settings(ledger, settings)
    sheets = workbook_reading.read_sheets(path)
    if not sheets and not settings:
        raise SafelearnError(
            t("The workbook is empty: no setting and no sheet is filled in."),
            where=file,
            remedy=t("Fill in at least one sheet, save it and import it again."),
        )
    records = []
    for table in sorted(sheets, key=table_names().index):
        frame = sheets[table]
        rows = frame.index.to_numpy()
        codes = ledger.context().codes if table != "areas" else {}
        reading = read_frame(
            frame.reset_index(drop=True), table, codes, where=f"{file}: {table}"
        )
        reading = _with_rows(reading, rows)
        earlier = [r for r in ledger.records if r["table"] == table]
        again = bool(earlier) and all(r["profile"] == WORKBOOK for r in earlier)
        records.append(
            ledger.add(
                reading,
                Choices(table),
                file=file,
                checksum=checksum,
                source=source,
                replace_old=replace_old or again,
            )
        )
    if changed and records:
        records[0]["assumptions"].insert(
            0, t("The settings were taken from the workbook.")
        )
    if not records:
        records.append(_settings_only(ledger, file, checksum, source))
    return records


def _marked_before(ledger: Ledger) -> bool:
    """Whether an earlier state of the workbook marked changes in recording: empty now, they are taken back."""
    from safelearn.city.imports import workbook_reading

    earlier = [
        ledger.city.folder / r["source"]
        for r in ledger.records
        if r["profile"] == WORKBOOK
    ]
    if not earlier or not earlier[-1].is_file():
        return False
    return "recording_changes" in workbook_reading.read_settings(earlier[-1])


def _with_rows(reading: Any, rows: Any) -> Any:
    from dataclasses import replace

    return replace(reading, profile=WORKBOOK, lines=lambda wanted: rows[wanted])


def _stage_settings(ledger: Ledger, settings: dict[str, Any]) -> bool:
    """Let the settings change together with the tables: written here, put back, and staged."""
    if not settings:
        return False
    path = ledger.city.folder / FILE
    before = path.read_bytes()
    try:
        update_settings(ledger.city.folder, settings)
        after = path.read_bytes()
        ledger.city = City.open(ledger.city.folder)
    finally:
        path.write_bytes(before)
    if after == before:
        return False
    ledger.staged.stage(FILE).write_bytes(after)
    return True


def _settings_only(
    ledger: Ledger, file: str, checksum: str, source: str
) -> dict[str, Any]:

    record = {
        "id": ledger.number,
        "file": file,
        "source": source,
        "sha256": checksum,
        "table": "settings",
        "profile": WORKBOOK,
        "options": {},
        "imported_at": pd.Timestamp.now("UTC").isoformat(timespec="seconds"),
        "rows_read": 0,
        "rows_used": 0,
        "set_aside": {},
        "assumptions": [t("The settings were taken from the workbook.")],
    }
    ledger.records.append(record)
    return record
