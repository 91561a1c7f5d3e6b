"""Does a filled-in table keep its contract? In: a sheet or CSV of any table. Out: its rows, wrong ones aside.

Columns are known by the contract's names and titles, in any spelling and in four languages; cells by the contract's
words and labels, with numbers and dates as the place writes them. A row that lacks a needed value, or holds one that
is not allowed, is set aside with the column and the reason, and each column says once how many it cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import account, must_use_something
from safelearn.city.columns.private_columns import (
    columns_of_people,
    said_of_contacts,
    said_of_people,
    without_contacts,
)
from safelearn.city.files.formats import Source
from safelearn.city.imports.reading import Reading
from safelearn.city.places.area_cells import as_codes
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.cells import read_cells
from safelearn.city.tables.contract_words import match_columns, nearest_titles
from safelearn.city.tables.validation import FIRST_ROW, ROW, Problem
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn


def read_plain(
    source: Source,
    table: str,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Read a file whose columns are (nearly) those of the contract.

    Parameters
    ----------
    known : mapping
        Codes that other tables have, as for `contracts.canonical`.
    areas : KnownAreas, optional
        The city's, so that areas may be called by their names.

    Raises
    ------
    SafelearnError
        If a needed column is missing, or no row can be used.
    """
    frame = source.frame.map(str.strip)
    matched = {k: v[0] for k, v in match_columns(frame.columns, table).items()}
    read, notes = in_the_contracts_words(frame, table, matched, areas)
    unused = [str(c) for c in frame.columns if c not in matched.values()]
    people = columns_of_people(frame[unused])
    rest = [c for c in unused if c not in people]
    if rest:
        notes.append(t("Not used: {columns}.", columns=listing(rest)))
    notes += said_of_people(people)
    must_have(read, table, rest, source.name)
    return read_frame(
        read.where(read != ""), table, known, where=source.name, notes=tuple(notes)
    )


def in_the_contracts_words(
    frame: pd.DataFrame,
    table: str,
    matched: Mapping[str, str],
    areas: KnownAreas | None,
) -> tuple[pd.DataFrame, list[str]]:
    """The matched columns of a file with their cells in the contract's words, and what was assumed.

    Parameters
    ----------
    frame : DataFrame of str
    matched : mapping of str to str
        Field -> title of the column that holds it.
    """
    notes: list[str] = []
    read: dict[str, pd.Series] = {}
    for field in contracts.contract(table)["fields"]:
        name = field["name"]
        if name not in matched:
            continue
        cells = frame[matched[name]].rename(matched[name])
        if name == "area_id" and table != "areas":
            cells, said = as_codes(cells, areas)
        else:
            cells, said = read_cells(cells, field)
        if _is_text(field):
            cells, n = without_contacts(cells)
            said = (*said, said_of_contacts(n, matched[name])) if n else said
        notes += said
        read[name] = cells
    renamed = [f"{c} → {f}" for f, c in matched.items() if c != f and f in read]
    if renamed:
        notes.insert(0, t("Columns were read so: {pairs}.", pairs=", ".join(renamed)))
    result = pd.DataFrame(read, index=frame.index)
    return _with_codes(result, table, notes), notes


def _is_text(field: Mapping[str, Any]) -> bool:
    """Whether a column holds words of somebody, and not a code or a choice."""
    return (
        field["type"] == "string"
        and "categories" not in field
        and not field["name"].endswith("_id")
        and "pattern" not in field.get("constraints", {})
    )


def _with_codes(read: pd.DataFrame, table: str, notes: list[str]) -> pd.DataFrame:
    """Rows with a code of their own, made from what they say, where the file has no column of codes."""
    key = contracts.contract(table).get("primaryKey", [])
    if len(key) != 1 or key[0] in read or key[0] == "area_id" or read.empty:
        return read
    cells = read.astype("str").agg("\x1f".join, axis=1)
    codes = cells.map(lambda c: hashlib.sha256(c.encode()).hexdigest()[:10])
    # Two rows alike are two people or things: only a code of their own could say that they are one.
    times = codes.groupby(codes).cumcount()
    codes = codes.where(times == 0, codes + "-" + (times + 1).astype("str"))
    notes.append(
        t(
            "The file has no column {column}: each row got a code, made from what it says.",
            column=key[0],
        )
    )
    return read.assign(**{key[0]: codes})


def must_have(
    read: pd.DataFrame, table: str, unused: Iterable[str], where: str
) -> None:
    """Raise if columns that the table needs are missing, with the titles that may be meant."""
    lacking = [
        field
        for field in contracts.contract(table)["fields"]
        if field.get("constraints", {}).get("required") and field["name"] not in read
    ]
    if not lacking:
        return
    advice = []
    for field in lacking:
        near = nearest_titles(unused, field)
        advice.append(
            t(
                "{column}: {description} An example: {example}.",
                column=field["name"],
                description=t(field["description"]),
                example=field["example"],
            )
        )
        if near:
            advice.append(
                t(
                    "If {title} is that column, call it {column}.",
                    title=f"“{near[0]}”",
                    column=field["name"],
                )
            )
    raise SafelearnError(
        tn(
            "The table `{table}` needs a column called {columns}.",
            "The table `{table}` needs columns called {columns}.",
            len(lacking),
            table=table,
            columns=listing([f"`{field['name']}`" for field in lacking]),
        ),
        where=where,
        remedy="\n".join(advice),
    )


def read_frame(
    frame: pd.DataFrame,
    table: str,
    known: Mapping[str, Collection[str]],
    *,
    where: str,
    notes: tuple[str, ...] = (),
    against: Mapping[str, np.ndarray] | None = None,
) -> Reading:
    """Read rows that have the contract's columns already; see `read_plain`.

    Parameters
    ----------
    against : mapping of str to array of bool, optional
        Reason -> rows that are set aside whatever they hold.

    Raises
    ------
    SafelearnError
        If a needed column is missing, or no row can be used.
    """
    n = len(frame)
    reasons = {
        reason: np.zeros(n, dtype=bool)
        for reason in ("unknown area", "breaks the contract", "repeated row")
    } | {reason: rows.copy() for reason, rows in (against or {}).items()}
    details: dict[int, str] = {}
    by_column: dict[str, dict[int, Problem]] = {}
    left = np.flatnonzero(~np.logical_or.reduce(list(reasons.values())))
    while True:
        rows = frame.iloc[left].set_axis(pd.RangeIndex(len(left)) + FIRST_ROW)
        rows.index.name = ROW
        canonical, problems = contracts.canonical(rows, table, known=known)
        missing = [p for p in problems if p.code == "missing column"]
        if missing:
            raise SafelearnError(
                missing[0].sentence, where=where, remedy=missing[0].remedy
            )
        wrong = [p for p in problems if p.row is not None]
        # Only the first thousand of a kind are named at a time: go on until nothing is left to name.
        if not wrong or not len(left):
            break
        for problem in wrong:
            row = int(left[problem.row - FIRST_ROW])
            reasons[_reason(problem)][row] = True
            by_column.setdefault(problem.column, {}).setdefault(row, problem)
            said = f"{problem.column}: {problem.sentence} {problem.remedy}"
            details.setdefault(row, said.strip())
        bad = np.logical_or.reduce(list(reasons.values()))
        left = np.flatnonzero(~bad)
    accounting = account(n, reasons)
    must_use_something(accounting, where)
    costs = tuple(_cost(column, found) for column, found in by_column.items())
    return Reading(table, canonical, accounting, (*notes, *costs), details=details)


def _cost(column: str, found: Mapping[int, Problem]) -> str:
    """What one column set aside, in one sentence for all of its rows."""
    kinds = list(dict.fromkeys(p.sentence for p in found.values()))
    first = next(iter(found.values()))
    return tn(
        "Column {column}: {n} row is set aside. {why} {remedy}",
        "Column {column}: {n} rows are set aside. {why} {remedy}",
        len(found),
        column=column,
        why=" ".join(kinds[:3]),
        remedy=first.remedy,
    )


def _reason(problem: Problem) -> str:
    if problem.code == "reference" and problem.column == "area_id":
        return "unknown area"
    if problem.code == "unique":
        return "repeated row"
    return "breaks the contract"
