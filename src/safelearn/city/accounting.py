"""Where did every row go? In: the reasons against each row. Out: rows read = rows used + rows set aside.

A row is set aside only if no measure can use it, and under its first reason in a fixed order, so that each
row is counted once. A row without a place, an age or a known offence is used: it counts wherever it can.
What is set aside goes to `review/`, with file, line, reason and remedy, for a person to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.identities import come_again
from safelearn.errors import SafelearnError
from safelearn.language import mark, t, tn

#: Reason -> what it means and what to do, in the order in which reasons are asked.
REASONS: dict[str, tuple[str, str]] = {
    mark("broken row"): (
        mark(
            "The row has more cells than the header, so its cells cannot be told apart."
        ),
        mark("Put text that holds a separator in quotation marks."),
    ),
    mark("note below the table"): (
        mark("The row is a note, a source or a footnote, and no record."),
        mark("Nothing."),
    ),
    mark("repeated header"): (
        mark("The row repeats the names of the columns, and is no record."),
        mark("Nothing."),
    ),
    mark("no readable date"): (
        mark("The row has no date that can be read, so it belongs to no period."),
        mark("Fill in the date, or describe its format in a profile."),
    ),
    mark("no offence and no weight"): (
        mark("The row has neither an offence nor a number of events."),
        mark("Fill in the offence or the number of events."),
    ),
    mark("not an event"): (
        mark(
            "The source does not count the row as an event: it adds to another one, or is no offence."
        ),
        mark(
            "Nothing; if such rows are to count, take them out of [[leave_out]] in a profile of your own."
        ),
    ),
    mark("no number"): (
        mark("The row has no number in any of its periods: it may be a heading."),
        mark("Nothing, if it is a heading; else fill in its numbers."),
    ),
    mark("another place"): (
        mark("The row belongs to another city, which it names."),
        mark("Nothing: the file covers more than this city."),
    ),
    mark("counted elsewhere"): (
        mark(
            "The row adds up other rows of the file, or one of them holds it: its events stand there."
        ),
        mark("Nothing: nobody is counted twice."),
    ),
    mark("repeated identifier"): (
        mark("The row repeats another one to the letter, identifier included."),
        mark("Nothing, unless each row is a victim: then say so in a profile."),
    ),
    mark("already imported"): (
        mark("The same row, with the same identifier, came with an earlier file."),
        mark("Nothing: it is counted once."),
    ),
    mark("no consent"): (
        mark("The person did not agree to the interview."),
        mark("Nothing: the answers stay out, and should be deleted from the export."),
    ),
    mark("not approved"): (
        mark("The office that collected it has rejected this form."),
        mark("Correct it and approve it where it was collected, then export it again."),
    ),
    mark("total row"): (
        mark("The row adds up other rows, whose parts are counted already."),
        mark("Nothing: nobody is counted twice."),
    ),
    mark("unknown area"): (
        mark("The row's area is not in the table of areas."),
        mark("Correct the code, or import the areas of the same year as this file."),
    ),
    mark("breaks the contract"): (
        mark(
            "The row lacks a value that its table needs, or holds one that it does not allow."
        ),
        mark("Correct the value named and import the file again."),
    ),
    mark("repeated row"): (
        mark("The row has the same key as an earlier one."),
        mark("Keep one of the two rows."),
    ),
}


#: So many lines are listed of each reason; more than that nobody mends by hand.
LISTED = 10_000


@dataclass(frozen=True)
class Accounting:
    """The account of one file.

    Attributes
    ----------
    rows_read, rows_used : int
    set_aside : dict of str to int
        Rows by reason, only reasons that occur, in the order of `REASONS`.
    reasons : Series of category
        The reason of each row, NA where it is used; its index is the row in the file (0 = first record).
    """

    rows_read: int
    rows_used: int
    set_aside: dict[str, int]
    reasons: pd.Series

    @property
    def used(self) -> np.ndarray:
        """Whether each row is used."""
        return self.reasons.isna().to_numpy()


class Account:
    """An account that is kept while a file is read piece by piece."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []
        self._records: list[np.ndarray] = []

    def add(self, origin: np.ndarray, against: Mapping[str, np.ndarray]) -> np.ndarray:
        """Account for the next rows, and return which of them are used.

        Parameters
        ----------
        origin : array of int
            The record of the file that each row comes from, in order. A record of which several rows come
            is used if any of them is.
        against : mapping of str to array of bool
            Reason -> the rows it speaks against. A row may have several; its first, in the order of
            `REASONS`, is the one it is set aside under.

        Raises
        ------
        ValueError
            If a reason is not one of `REASONS`, or an array has not an entry for each row: an account that
            could be wrong is a bug, not a message.
        """
        first = _first_reasons(len(origin), against)
        begins = np.flatnonzero(np.diff(origin, prepend=-1))
        # What is used has -1, which is less than any reason.
        records = np.minimum.reduceat(first, begins) if len(begins) else first
        self._parts.append(records)
        # The records of a file that memory holds fit into 32 bits many times over.
        self._records.append(np.asarray(origin)[begins].astype(np.uint32))
        return first < 0

    @property
    def records(self) -> np.ndarray:
        """The record of the file of each entry of the account: some may have been left out of it before."""
        return np.concatenate([np.zeros(0, dtype=np.uint32), *self._records])

    def close(self) -> Accounting:
        """The account of all rows."""
        first = np.concatenate([np.zeros(0, dtype=np.int8), *self._parts])
        order = list(REASONS)
        counts = np.bincount(first[first >= 0], minlength=len(order))
        aside = {order[i]: int(k) for i, k in enumerate(counts) if k}
        return Accounting(
            rows_read=len(first),
            rows_used=len(first) - sum(aside.values()),
            set_aside=aside,
            reasons=pd.Series(pd.Categorical.from_codes(first, categories=order)),
        )


def account(n: int, against: Mapping[str, np.ndarray]) -> Accounting:
    """Account for `n` rows at once; see `Account.add`."""
    whole = Account()
    whole.add(np.arange(n), against)
    return whole.close()


def _first_reasons(n: int, against: Mapping[str, np.ndarray]) -> np.ndarray:
    """The position in `REASONS` of what speaks first against each row; -1 where nothing does."""
    strange = set(against) - set(REASONS)
    if strange:
        raise ValueError(f"unknown reasons: {sorted(strange)}")
    first = np.full(n, -1, dtype=np.int8)
    for position, reason in reversed(list(enumerate(REASONS))):
        rows = against.get(reason)
        if rows is None:
            continue
        rows = np.asarray(rows, dtype=bool)
        if rows.shape != (n,):
            raise ValueError(f"{reason}: {rows.shape} instead of {n} rows")
        first[rows] = position
    return first


def also_aside(accounting: Accounting, reason: str, rows: np.ndarray) -> Accounting:
    """The account after these used rows (positions in the file) are set aside as well."""
    against = {r: (accounting.reasons == r).to_numpy() for r in accounting.set_aside}
    more = np.zeros(accounting.rows_read, dtype=bool)
    more[rows] = True
    against[reason] = more | against.get(reason, np.zeros_like(more))
    return account(accounting.rows_read, against)


def already_aside(
    accounting: Accounting, already: np.ndarray, origin: np.ndarray | None
) -> Accounting:
    """The account after rows of the table turned out to be there already.

    Parameters
    ----------
    already : ndarray of bool
        One entry for each row that went into the table.
    origin : ndarray of int or None
        The entry of the account that each came from; None if they are the used ones, one for one. What gave
        several rows is set aside only if all of them were there.
    """
    if origin is None:
        used = np.flatnonzero(accounting.used)
        # A reader that makes several rows of one has said nothing of which came from where.
        again = used[already] if len(used) == len(already) else used[:0]
    else:
        rows = np.bincount(origin, minlength=accounting.rows_read)
        there = np.bincount(origin[already], minlength=accounting.rows_read)
        again = np.flatnonzero((there > 0) & (there == rows))
    return also_aside(accounting, "already imported", again)


def also_read(accounting: Accounting, aside: Mapping[str, int]) -> Accounting:
    """The account with rows that were set aside while the file was opened: so many a reason, behind the others."""
    at = accounting.rows_read
    read = at + sum(aside.values())
    against: dict[str, np.ndarray] = {}
    for reason in {**accounting.set_aside, **aside}:
        against[reason] = np.zeros(read, dtype=bool)
        against[reason][:at] = accounting.reasons == reason
    for reason, n in aside.items():
        against[reason][at : at + n] = True
        at += n
    return account(read, against)


def table_account(records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The account of a table that rests on several imports: rows read, used, and set aside by reason.

    A row that a later file has revised was used when it came; here it is set aside as ``revised later``.
    """
    read = used = 0
    aside: dict[str, int] = {}
    for record in records:
        read += record["rows_read"]
        used += record["rows_used"]
        for reason, n in record["set_aside"].items():
            aside[reason] = aside.get(reason, 0) + n
        revised = record.get("revised", 0)
        used -= revised
        if revised:
            aside["revised later"] = aside.get("revised later", 0) + revised
    return {"rows_read": read, "rows_used": used, "set_aside": aside}


def count_events(incidents: pd.DataFrame) -> int:
    """Events in canonical incidents: the sum of the weights, one a number where an incident has several rows."""
    several = come_again(incidents["incident_id"])
    alone = int(incidents.loc[~several, "count"].sum())
    if not several.any():
        return alone
    counts = incidents.loc[several].groupby("incident_id", observed=True)["count"]
    return alone + int(counts.max().sum())


def unknown_areas(records: Iterable[Mapping[str, Any]]) -> int:
    """Rows set aside because no area of the city has their code."""
    return sum(r["set_aside"].get("unknown area", 0) for r in records)


def strange_names(records: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Names on those rows."""
    return frozenset(n for r in records for n in r.get("strange_names", ()))


def review_rows(
    accounting: Accounting,
    file: str,
    lines: Callable[[np.ndarray], np.ndarray] | None = None,
    details: Mapping[int, str] | None = None,
) -> pd.DataFrame:
    """The rows set aside, for a person: file, line, reason, remedy. No cell of the row itself is repeated.

    Parameters
    ----------
    lines : callable, optional
        Entries of the account -> their lines in the file; by default the header is line 1.
    details : mapping, optional
        Entry -> a sentence that says more than the reason does.

    Notes
    -----
    A file may repeat ten million rows that were there. Of each reason the first `LISTED` lines are written
    out, and a last row says how many more there are.
    """
    parts = []
    more = details or {}
    for reason, n in accounting.set_aside.items():
        what, remedy = (t(text) for text in REASONS[reason])
        rows = np.flatnonzero(accounting.reasons == reason)[:LISTED]
        found = lines(rows) if lines else rows + 2
        said = [" ".join(filter(None, (what, more.get(int(r), "")))) for r in rows]
        if n > LISTED:
            rest = tn(
                "{n} more row is like this and not listed.",
                "{n} more rows are like this and not listed.",
                n - LISTED,
            )
            found, said = [*found, ""], [*said, f"{what} {rest}"]
        part = {"file": file, "line": found, "reason": said, "remedy": remedy}
        parts.append(pd.DataFrame(part))
    if not parts:
        return pd.DataFrame(columns=["file", "line", "reason", "remedy"])
    listed = pd.concat(parts, ignore_index=True)
    return listed.sort_values("line", key=_number, kind="stable", ignore_index=True)


def _number(lines: pd.Series) -> pd.Series:
    return pd.to_numeric(lines, errors="coerce")


def must_use_something(accounting: Accounting, where: str) -> None:
    """Raise if every row is set aside: a file of which nothing can be used is not imported."""
    if accounting.rows_used or not accounting.rows_read:
        return
    reason = next(iter(accounting.set_aside))
    what, remedy = REASONS[reason]
    raise SafelearnError(
        t("No row of the file can be used. Most often: {why}", why=t(what)),
        where=where,
        remedy=t(remedy),
    )
