"""Workbooks (xlsx, xls, ods and what passes for them) as tables of text: which sheet holds the table?

The sheet whose columns a profile knows, else the one with most cells; several sheets with the same columns are
one table, a sheet for each year, say. What was not read is named, so that a person can ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.files.sheets import Sheet, SheetTable, find_names, table_on
from safelearn.city.files.sources import Source
from safelearn.city.files.workbook_files import open_sheets, parts_of
from safelearn.city.tables.kobo_sheets import is_repeat
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t, tn

Known = Callable[[Sequence[str]], bool]


def read_workbook(
    content: Path | bytes,
    *,
    name: str,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
    known: Known | None = None,
) -> Source:
    """Read the table of a workbook as text; see `formats.read_source`.

    Parameters
    ----------
    known : callable, optional
        Whether these names of columns are those of a file that a profile describes.
    """
    sheets = open_sheets(content, name=name)
    if sheet is not None:
        chosen, said = [_called(sheets, sheet, name)], ()
    else:
        chosen, said = _choose(sheets, name, known)
    where = name
    if len(sheets) > 1:
        where = f"{name}: {listing([s.name for s in chosen])}"
    tables = [table_on(s, where=f"{name}: {s.name}") for s in chosen]
    _must_be_computed(content, chosen, tables, name)
    tables, more = _without_collection(chosen, tables)
    frame = pd.concat([table.frame for table in tables], ignore_index=True).fillna("")
    lines = np.concatenate([table.lines for table in tables])
    every = [n for table in tables for n in table.notes]
    source = Source(
        frame=frame,
        kind="workbook",
        name=where,
        notes=(*notes, *said, *more, *dict.fromkeys(every)),
        line_numbers=lambda wanted: lines[wanted],
        titles=(*tables[0].titles, *(s.name for s in chosen[:1])),
    )
    source.figures["spaces_in_headers"] = tables[0].spaced
    return source


@dataclass(frozen=True)
class _Candidate:
    sheet: Sheet
    names: tuple[str, ...]
    cells: int
    rows: int


def _choose(
    sheets: list[Sheet], name: str, known: Known | None
) -> tuple[list[Sheet], tuple[str, ...]]:
    """The sheets that are the table, one or several with the same columns, and what to say of the others."""
    if len(sheets) == 1 and any(any(row) for row in sheets[0].rows()):
        return sheets, ()
    filled = [c for c in map(_candidate, sheets) if c.rows]
    if not filled:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    shown = [c for c in filled if not c.sheet.hidden] or filled
    able = [c for c in shown if len(c.names) > 1] or shown
    # Groups repeated within a questionnaire's forms stand on sheets of their own, often longer than the forms'.
    able = [c for c in able if not is_repeat(c.names)] or able
    told = [c for c in able if known and c.names and known(c.names)]
    groups: dict[object, list[_Candidate]] = {}
    for candidate in told or able:
        key = tuple(map(normalise, candidate.names)) or candidate.sheet.name
        groups.setdefault(key, []).append(candidate)
    best = max(groups.values(), key=lambda group: sum(c.cells for c in group))
    chosen = [c.sheet for c in best]
    read = listing([s.name for s in chosen])
    others = [c.sheet.name for c in shown if c.sheet not in chosen]
    hidden = [c.sheet.name for c in filled if c not in shown]
    said: list[str] = []
    if len(chosen) > 1:
        said.append(
            t(
                "Read the sheets {names} one below the other: they have the same columns.",
                names=read,
            )
        )
    if others and len(chosen) > 1:
        said.append(t("Not read: {others}.", others=listing(others)))
    elif others and told:
        said.append(
            t(
                "Read the sheet {sheet}, whose columns are known; not read: {others}.",
                sheet=read,
                others=listing(others),
            )
        )
    elif others:
        said.append(
            t(
                "Read the sheet {sheet}, the largest of {n}; not read: {others}.",
                sheet=read,
                n=number(len(shown)),
                others=listing(others),
            )
        )
    if hidden:
        said.append(
            tn(
                "{n} hidden sheet was not read: {names}.",
                "{n} hidden sheets were not read: {names}.",
                len(hidden),
                names=listing(hidden),
            )
        )
    return chosen, tuple(said)


def _candidate(sheet: Sheet) -> _Candidate:
    rows = cells = 0
    for row in sheet.rows():
        filled = sum(cell not in ("", None) for cell in row)
        cells += filled
        rows += bool(filled)
    try:
        names = find_names(sheet.head(), where="")[1] if rows else []
    except SafelearnError:
        names = []
    return _Candidate(sheet, tuple(names), cells, rows)


def _called(sheets: list[Sheet], wanted: str, name: str) -> Sheet:
    for sheet in sheets:
        if normalise(sheet.name) == normalise(wanted):
            return sheet
    raise SafelearnError(
        t("The workbook has no sheet called {sheet}.", sheet=wanted),
        where=name,
        remedy=t("Its sheets are: {names}.", names=listing([s.name for s in sheets])),
    )


def _without_collection(
    sheets: list[Sheet], tables: list[SheetTable]
) -> tuple[list[SheetTable], tuple[str, ...]]:
    """Leave out a sheet that holds the rows of all the others once more."""
    rows = [len(table.frame) for table in tables]
    for i, table in enumerate(tables):
        if len(tables) < 2 or 2 * rows[i] != sum(rows):
            continue
        others = [table.frame for k, table in enumerate(tables) if k != i]
        columns = list(table.frame.columns)
        whole = table.frame.sort_values(columns).to_numpy()
        rest = pd.concat(others).reindex(columns=columns).sort_values(columns)
        if (whole == rest.to_numpy()).all():
            return [table for k, table in enumerate(tables) if k != i], (
                t(
                    "The sheet {sheet} repeats the rows of the others and was left out.",
                    sheet=sheets[i].name,
                ),
            )
    return tables, ()


def _must_be_computed(
    content: Path | bytes, sheets: list[Sheet], tables: list[SheetTable], name: str
) -> None:
    """Refuse formulas that no program has computed: their cells would be read as empty."""
    parts, _ = parts_of(content)
    if parts is None:
        return
    for sheet, table in zip(sheets, tables, strict=True):
        empty = parts.empty_formulas(sheet.name)
        if empty:
            on_rows = set((table.lines - 1).tolist())
            empty = [cell for cell in empty if cell[0] in on_rows]
        if empty:
            row, _ = empty[0]
            raise SafelearnError(
                tn(
                    "{n} cell holds a formula that has never been computed, so that its value is missing.",
                    "{n} cells hold formulas that have never been computed, so that their values are missing.",
                    len(empty),
                ),
                where=t(
                    "{file}, line {line}",
                    file=f"{name}: {sheet.name}",
                    line=number(row + 1),
                ),
                remedy=t(
                    "Open it in a spreadsheet program, save it there, and import it again."
                ),
            )
