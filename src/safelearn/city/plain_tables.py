"""Does a filled-in table keep its contract? In: a sheet or CSV of any table. Out: its rows, wrong ones aside.

Columns are matched by name; a row that lacks a needed value, or holds one that is not allowed, is set aside
with the sentence that says which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import account, must_use_something
from safelearn.city.formats import Source
from safelearn.city.headers import normalise
from safelearn.city.reading import Reading
from safelearn.city.validation import FIRST_ROW, ROW, Problem
from safelearn.errors import SafelearnError
from safelearn.language import listing, t


def read_plain(
    source: Source, table: str, known: Mapping[str, Collection[str]]
) -> Reading:
    """Read a file whose columns are (nearly) those of the contract.

    Parameters
    ----------
    known : mapping
        Codes that other tables have, as for `contracts.canonical`.
    """
    names = {normalise(c): c for c in contracts.columns(table)}
    renamed = {
        c: names[normalise(c)] for c in source.frame.columns if normalise(c) in names
    }
    unused = [str(c) for c in source.frame.columns if c not in renamed]
    notes = (t("Not used: {columns}.", columns=listing(unused)),) if unused else ()
    frame = source.frame[list(renamed)].rename(columns=renamed)
    return read_frame(
        frame.where(frame != ""), table, known, where=source.name, notes=notes
    )


def read_frame(
    frame: pd.DataFrame,
    table: str,
    known: Mapping[str, Collection[str]],
    *,
    where: str,
    notes: tuple[str, ...] = (),
) -> Reading:
    """Read rows that have the contract's columns already; see `read_plain`.

    Raises
    ------
    SafelearnError
        If a needed column is missing, or no row can be used.
    """
    n = len(frame)
    reasons = {
        reason: np.zeros(n, dtype=bool)
        for reason in ("unknown area", "breaks the contract", "repeated row")
    }
    details: dict[int, str] = {}
    left = np.arange(n)
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
            details.setdefault(row, problem.sentence)
        bad = np.logical_or.reduce(list(reasons.values()))
        left = np.flatnonzero(~bad)
    accounting = account(n, reasons)
    must_use_something(accounting, where)
    return Reading(table, canonical, accounting, notes, details=details)


def _reason(problem: Problem) -> str:
    if problem.code == "reference" and problem.column == "area_id":
        return "unknown area"
    if problem.code == "unique":
        return "repeated row"
    return "breaks the contract"
