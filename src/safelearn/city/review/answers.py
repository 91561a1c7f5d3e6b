"""Use what a person has confirmed: `safelearn city import DIR review/areas.xlsx`.

The answers are kept in the city's own review workbook, the files that they concern are read again, and what
changed is said. Undoing it brings the former answers and tables back.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from safelearn.city.imports.ledger import Ledger
from safelearn.city.review.lists import take
from safelearn.language import t, tn

TABLE = "review"


def import_review(
    ledger: Ledger, path: Path, *, file: str, checksum: str, source: str
) -> list[dict[str, Any]]:
    """Take the answers of a review workbook and read again what they concern.

    Returns
    -------
    list of dict
        One record, for the list of imports: rows read are those of the list, rows used those with an answer.

    Raises
    ------
    SafelearnError
        If an answer is none of the choices.
    """
    before = {
        column: ledger.incidents.filled(column) for column in ("area_id", "offence")
    }
    taken = take(ledger.staged, path, ledger.context().areas)
    notes = [
        tn(
            "{n} word is confirmed; {all} are listed.",
            "{n} words are confirmed; {all} are listed.",
            taken.confirmed,
            all=taken.rows,
        )
    ]
    own = "area_id" if taken.kind == "areas" else "offence"
    if ledger.replay("incidents"):
        for column, n in before.items():
            more = ledger.incidents.filled(column) - n
            # What was answered in the other workbook is used on this occasion too.
            if more or column == own:
                notes.append(_said(column, more))
    if taken.kind == "areas" and ledger.replay("population"):
        notes.append(t("The population was matched with the areas again."))
    record = {
        "id": ledger.number,
        "file": file,
        "source": source,
        "sha256": checksum,
        "table": TABLE,
        "profile": "",
        "options": {},
        "imported_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "rows_read": taken.rows,
        "rows_used": taken.rows,
        "set_aside": {},
        "assumptions": notes,
    }
    ledger.records.append(record)
    return [record]


def _said(column: str, more: int) -> str:
    if column == "area_id":
        if more < 0:
            return tn(
                "{n} row that had an area has none any more.",
                "{n} rows that had an area have none any more.",
                -more,
            )
        return tn("{n} row now has an area.", "{n} rows now have an area.", more)
    if more < 0:
        return tn(
            "{n} row that had a classification has none any more.",
            "{n} rows that had a classification have none any more.",
            -more,
        )
    return tn(
        "{n} row now has a code of the international classification.",
        "{n} rows now have a code of the international classification.",
        more,
    )
