"""Write what a person changed in a table of the city, as an import is written.

In go new values for some cells of rows that are there, out comes what was written. The whole table as it then stands is
kept under ``source/`` and recorded with its checksum; either all files change or none, and `importing.undo` takes the
change back, byte for byte. No row is added and no column that the contract does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from safelearn.city import contracts
from safelearn.city.folder import City
from safelearn.city.imports.dispatch import Choices
from safelearn.city.imports.history import change, mend, sha256
from safelearn.city.imports.ledger import Ledger
from safelearn.city.tables.plain_tables import read_frame
from safelearn.errors import SafelearnError
from safelearn.language import listing, t


@dataclass(frozen=True)
class Edited:
    """What was written.

    Attributes
    ----------
    table : str
    cells : tuple of (row, column, before, after)
        The row by its key; values as they stand in the file, empty where there is none.
    """

    table: str
    cells: tuple[tuple[str, str, str, str], ...]


def state(city_folder: str | Path, table: str) -> str:
    """What tells one state of a table from another; empty if there is none."""
    path = Path(city_folder) / contracts.file_name(table)
    return sha256(path) if path.is_file() else ""


def edit(
    city_folder: str | Path,
    table: str,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    seen: str | None = None,
) -> Edited:
    """Change cells of a table that has one key column.

    Parameters
    ----------
    city_folder : path
    table : str
        Its rows are known by the key of its contract.
    changes : mapping of str to mapping of str to value
        Key of a row -> column -> new value; None empties a cell.
    seen : str, optional
        The `state` in which the person saw the table.

    Returns
    -------
    Edited

    Raises
    ------
    SafelearnError
        If a row or column is not there, a value breaks the contract, nothing would change, or the table is no
        longer as it was seen. The folder is then as before.
    """
    folder = Path(city_folder)
    mend(folder)
    city = City.open(folder)
    (key,) = contracts.contract(table)["primaryKey"]
    with change(folder) as staged:
        if seen is not None and state(folder, table) != seen:
            raise SafelearnError(
                t("The table `{table}` was changed by somebody else in the meantime.", table=table),
                where=str(folder),
                remedy=t("Open it again, look at it, and make your changes once more."),
            )  # fmt: skip
        ledger = Ledger(city, staged)
        before = ledger.table(table)
        if before is None:
            raise SafelearnError(
                t("The city has no table `{table}` of its own.", table=table),
                where=str(folder),
            )
        after = _changed(before, table, key, changes)
        name = f"edited-{table}.csv"
        received = staged.scratch(name)
        contracts.write_table(after, received, table)
        cells = _cells(before, after, key)
        if not cells:
            raise SafelearnError(t("Nothing was changed, so nothing is written."))
        checksum = sha256(received)
        named = received.with_name(name)
        received.replace(named)
        source = ledger.keep_source(named, checksum)
        reading = read_frame(
            after, table, ledger.context().codes, where=name,
            notes=(t("Changed by hand: {rows}.", rows=listing(list(dict.fromkeys(c[0] for c in cells)))),),
        )  # fmt: skip
        if reading.accounting.set_aside:
            raise SafelearnError(
                next(iter(reading.details.values()), t("A value does not fit.")),
                where=name,
            )
        ledger.add(
            reading,
            Choices(table=table),
            file=name,
            checksum=checksum,
            source=source,
            replace_old=True,
        )
        ledger.write()
        staged.commit(ledger.number)
    return Edited(table, cells)


def _changed(
    before: pd.DataFrame,
    table: str,
    key: str,
    changes: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    """The table with its new values, each checked against the contract."""
    allowed = set(contracts.columns(table)) - {key}
    codes = before[key].astype("str")
    after = before.astype("object").where(before.notna(), None)
    for row, values in changes.items():
        at = codes == row
        strange = sorted(set(values) - allowed)
        if not at.any() or strange:
            raise SafelearnError(
                t("The table `{table}` has no such cell.", table=table),
                where=f"{row}: {', '.join(strange)}" if strange else row,
            )
        for column, value in values.items():
            after.loc[at, column] = value
    canonical, problems = contracts.canonical(after, table)
    if problems:
        raise SafelearnError(
            problems[0].sentence,
            where=str(problems[0].column),
            remedy=problems[0].remedy,
        )
    return canonical


def _cells(
    before: pd.DataFrame, after: pd.DataFrame, key: str
) -> tuple[tuple[str, str, str, str], ...]:
    """Every cell that differs, as text."""
    found = []
    for column in after:
        old = _texts(before[column]) if column in before else [""] * len(after)
        for row, was, now in zip(after[key], old, _texts(after[column]), strict=True):
            if was != now:
                found.append((str(row), str(column), was, now))
    return tuple(found)


def _texts(column: pd.Series) -> list[str]:
    def text(value: Any) -> str:
        if pd.isna(value):
            return ""
        if isinstance(value, pd.Timestamp):
            return value.strftime("%Y-%m-%d")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    return [text(value) for value in column]
