"""What does a new file of incidents add to those there are? In: both, on disk. Out: both, once, and what changed.

Offices send a file each quarter, and most send all that they have each time. A record that comes again as it was
is counted once; one that comes again with other content has been revised, and the later is taken; one that no
longer comes is kept, and said. Rows without an identifier cannot be known again one by one: they count once only
where the new file repeats a whole period as it was. Both sides are read part by part; a number a row is in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from safelearn.city.identities import distinct, positions
from safelearn.city.imports.parts import Parts
from safelearn.language import t, tn

Write = Callable[[pd.DataFrame], object]
#: A file without identifiers repeats a period if so many rows, and such a share of those there were, come again.
_ENOUGH, _SHARE = 20, 0.9
_NEW, _REVISED, _ALREADY, _GONE = "new", "revised", "already", "gone"


@dataclass(frozen=True)
class Added:
    """What a new file of incidents did.

    Attributes
    ----------
    already : ndarray of bool
        Rows of the new file that were there to the letter.
    revised : int
        Earlier rows that gave way to later ones.
    notes : tuple of str
    months : dict of str to dict
        ``new``, ``revised``, ``already`` or ``gone`` (earlier rows that no longer come) -> month -> rows.
    """

    already: np.ndarray
    revised: int
    notes: tuple[str, ...]
    months: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """Which rows can be known again.

    All rows of an identifier belong together: an incident with three victims is the same only if all three are.

    Attributes
    ----------
    ours, theirs : ndarray of int32
        For each earlier and each new row, the position of its identifier among those of both files; -1 where the
        other file does not have it, -2 where the row has none.
    changed : ndarray of bool
        For each identifier of both files, whether it came otherwise than it was; one more entry, for the others.
    """

    ours: np.ndarray
    theirs: np.ndarray
    changed: np.ndarray


def add_incidents(before: Parts, new: Parts, write: Write) -> Added:
    """Join the incidents of a new file with those there are.

    Parameters
    ----------
    before, new : Parts
    write : callable
        Takes the rows of the joined table in order: the earlier ones that stay, then the new ones.
    """
    known = _know(before, new)
    lost = known.changed[np.maximum(known.ours, -1)]
    revised = known.changed[np.maximum(known.theirs, -1)]
    already = (known.theirs >= 0) & ~revised
    scope = _Scope.of(new)
    again, alike, overlap = _nameless(before, new, known, scope)
    already |= again
    months: dict[str, Counter[str]] = {}
    for rows, frame in _frames(before):
        _count(months, _GONE, frame, scope.holds(frame) & (known.ours[rows] == -1))
        write(frame[~lost[rows]])
    for rows, frame in _frames(new):
        _count(months, _ALREADY, frame, already[rows])
        _count(months, _REVISED, frame, revised[rows])
        _count(months, _NEW, frame, ~already[rows] & ~revised[rows])
        write(frame[~already[rows]])
    common = len(known.changed) - 1
    # Where most of what was there does not come again, the file is another part of the table, not a later state.
    if _total(months, _GONE) > common:
        months.pop(_GONE, None)
    notes = _said(months, int(already.sum()), int(lost.sum()), scope)
    if again.any():
        notes.append(
            t("Without identifiers, they are known by all that they say of a period.")
        )
    elif not common:
        notes += _look_alike(overlap, alike, scope)
    counted = {kind: dict(sorted(found.items())) for kind, found in months.items()}
    return Added(already, int(lost.sum()), tuple(notes), counted)


@dataclass(frozen=True)
class _Scope:
    """What a file is about: its period and its offences."""

    begins: pd.Timestamp
    ends: pd.Timestamp
    labels: frozenset[str]

    @classmethod
    def of(cls, parts: Parts) -> _Scope:
        begins, ends = pd.Timestamp.max, pd.Timestamp.min
        labels: set[str] = set()
        for frame in parts.frames(["occurred_from", "offence_label"]):
            begins = min(begins, frame["occurred_from"].min())
            ends = max(ends, frame["occurred_from"].max())
            labels |= set(frame["offence_label"].dropna().unique())
        return cls(begins, ends, frozenset(labels))

    def during(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows in the period."""
        return frame["occurred_from"].between(self.begins, self.ends).to_numpy()

    def holds(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows that a later state of the same file would hold."""
        named = frame["offence_label"].isin(list(self.labels)).to_numpy()
        return self.during(frame) & (named | frame["offence_label"].isna().to_numpy())


def _know(before: Parts, new: Parts) -> _Known:
    ours, theirs = before.identities(), new.identities()
    coming = distinct(theirs)
    common = coming[(positions(coming, distinct(ours)) >= 0) & (coming > 0)]
    del coming
    at = []
    for ids in (ours, theirs):
        found = positions(ids, common)
        found[ids == 0] = -2
        at.append(found)
    del ours, theirs
    changed = np.zeros(len(common) + 1, dtype=bool)
    if len(common):
        (a, n), (b, m) = (
            _sums(p, x, len(common)) for p, x in ((before, at[0]), (new, at[1]))
        )
        changed[:-1] = (a != b) | (n != m)
    return _Known(at[0], at[1], changed)


def _sums(parts: Parts, at: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each common identifier, what its rows say, as a number that their order does not change; how many."""
    total = np.zeros(n, dtype=np.uint64)
    rows_of = np.zeros(n, dtype=np.int32)
    for rows, frame in _frames(parts):
        mine = at[rows] >= 0
        np.add.at(total, at[rows][mine], _hashes(frame[mine]))
        np.add.at(rows_of, at[rows][mine], 1)
    return total, rows_of


def _nameless(
    before: Parts, new: Parts, known: _Known, scope: _Scope
) -> tuple[np.ndarray, int, int]:
    """Rows without identifier that repeat earlier ones, as part of a period that comes again as it was.

    Also how many rows of the file are like earlier ones, and how many earlier rows lie in its period.
    """
    again = np.zeros(len(known.theirs), dtype=bool)
    when = before.frames(["occurred_from"])
    overlap = sum(int(scope.during(frame).sum()) for frame in when)
    if not (known.ours == -2).any() or not (known.theirs == -2).any():
        return again, 0, overlap
    there = [
        _hashes(frame[scope.during(frame) & (known.ours[rows] == -2)])
        for rows, frame in _frames(before)
    ]
    earlier, times = np.unique(np.concatenate(there), return_counts=True)
    if not len(earlier):
        return again, 0, overlap
    nameless = np.flatnonzero(known.theirs == -2)
    parts = [_hashes(frame[known.theirs[rows] == -2]) for rows, frame in _frames(new)]
    coming = np.concatenate(parts)
    order = np.argsort(coming, kind="stable")
    coming = coming[order]
    # The third of three rows that are alike is new if there were two.
    rank = np.arange(len(coming)) - np.searchsorted(coming, coming)
    at = np.minimum(np.searchsorted(earlier, coming), len(earlier) - 1)
    alike = earlier[at] == coming
    repeats = alike & (rank < times[at])
    enough = max(_ENOUGH, _SHARE * int(times.sum()))
    if repeats.sum() >= enough:
        again[nameless[order[repeats]]] = True
    return again, int(alike.sum()), overlap


def _frames(parts: Parts) -> Iterator[tuple[slice, pd.DataFrame]]:
    at = 0
    for frame in parts.frames():
        yield slice(at, at + len(frame)), frame
        at += len(frame)


def _hashes(frame: pd.DataFrame) -> np.ndarray:
    if frame.empty:
        return np.zeros(0, dtype=np.uint64)
    return pd.util.hash_pandas_object(frame, index=False).to_numpy()


def _count(
    months: dict[str, Counter[str]], kind: str, frame: pd.DataFrame, rows: np.ndarray
) -> None:
    if rows.any():
        when = frame["occurred_from"].to_numpy()[rows].astype("datetime64[M]")
        found, times = np.unique(when, return_counts=True)
        mine = months.setdefault(kind, Counter())
        mine.update(dict(zip(found.astype(str), times.tolist(), strict=True)))


def _total(months: dict[str, Counter[str]], kind: str) -> int:
    return sum(months.get(kind, Counter()).values())


def _said(
    months: dict[str, Counter[str]], already: int, revised: int, scope: _Scope
) -> list[str]:
    notes = []
    new, gone = months.get(_NEW), _total(months, _GONE)
    if new:
        notes.append(
            tn(
                "{n} row is new ({first}).",
                "{n} rows are new ({first} to {last}).",
                _total(months, _NEW),
                first=min(new),
                last=max(new),
            )
        )
    if already:
        notes.append(
            tn(
                "{n} row was there already and is counted once.",
                "{n} rows were there already and are counted once.",
                already,
            )
        )
    if revised:
        notes.append(
            tn(
                "{n} earlier row was revised by this file: the later one is taken.",
                "{n} earlier rows were revised by this file: the later ones are taken.",
                revised,
            )
        )
    if gone:
        notes.append(
            tn(
                "{n} earlier row of {first} to {last} does not come again in this file: it was kept. Ask the source "
                "whether it was withdrawn.",
                "{n} earlier rows of {first} to {last} do not come again in this file: they were kept. Ask the "
                "source whether they were withdrawn.",
                gone,
                first=f"{scope.begins:%Y-%m}",
                last=f"{scope.ends:%Y-%m}",
            )
        )
    return notes


def _look_alike(overlap: int, alike: int, scope: _Scope) -> list[str]:
    notes = []
    if overlap:
        notes.append(
            t(
                "The file overlaps in time with what was there ({first} to {last}).",
                first=f"{scope.begins:%Y-%m}",
                last=f"{scope.ends:%Y-%m}",
            )
        )
    if alike:
        notes.append(
            tn(
                "{n} row is like one that was there; without identifiers both count. If this file takes the place of "
                "an earlier one, take it back with `safelearn city undo` and import it with --replace.",
                "{n} rows are like ones that were there; without identifiers all count. If this file takes the place "
                "of an earlier one, take it back with `safelearn city undo` and import it with --replace.",
                alike,
            )
        )
    return notes
