"""Can an outsider work out what we hid?

All approved tables of a release go in, with an earlier release and totals known from elsewhere; breaches come
out: hidden counts about which a reader can say more than that they are small. The reader adds and subtracts
across all tables at once, turns rates, intervals, smoothed rates, shares and map colours back into counts, and
compares with what was published before. A release with a breach is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.disclosure.approval import Approved
from safelearn.disclosure.clues import Clue, clues_of
from safelearn.disclosure.equations import (
    Contradiction,
    Equations,
    Name,
    counted,
    equations_of,
    key_columns,
)
from safelearn.language import listing, mark, number, t

SUMS = mark("sums and differences of the published tables")
TOGETHER = mark("all of these together")
ELSEWHERE = mark("a total known from elsewhere")
EARLIER = mark("an earlier release")
SINCE = mark("the difference since an earlier release")

#: What readers are told matters though the count itself is shown nowhere.
_TOLD = (SUMS, EARLIER, ELSEWHERE)

#: Counts of a universe that others publish: ``{universe: {(("offence", "0101"),): 53, (): 1000}}``.
KnownTotals = Mapping[str, Mapping[tuple[tuple[str, str], ...], int]]


@dataclass(frozen=True)
class Breach:
    """A hidden count that can be narrowed down.

    Attributes
    ----------
    table : str
        Name of the table it is hidden in.
    cell : tuple of (key, value)
    how : str
        What gives it away, a marked sentence part.
    interval : (int, int)
        Smallest and largest value it can have.
    """

    table: str
    cell: tuple[tuple[str, str], ...]
    how: str
    interval: tuple[int, int]

    @property
    def sentence(self) -> str:
        """The breach in a sentence, for the person who must mend it."""
        low, high = self.interval
        values = {
            "table": self.table,
            "cell": listing([f"{k} {v}" for k, v in self.cell]) or t("the total"),
            "how": t(self.how),
        }
        if low == high:
            return t(
                "In the table `{table}`, the hidden count of {cell} is known to be {n} from {how}.",
                n=number(low),
                **values,
            )
        return t(
            "In the table `{table}`, the hidden count of {cell} is known to be from {low} to {high} from {how}.",
            low=number(low),
            high=number(high),
            **values,
        )


def attack(
    tables: Iterable[Approved] | Mapping[str, Approved],
    *,
    previous: Mapping[str, pd.DataFrame] | None = None,
    known_totals: KnownTotals | None = None,
    told: Mapping[str, Iterable[Clue]] | None = None,
    truth: Mapping[str, pd.Series] | None = None,
) -> list[Breach]:
    """Try to undo the hiding, knowing only what is published.

    Parameters
    ----------
    tables : iterable or mapping of Approved
        Everything that is to be published.
    previous : mapping of str to DataFrame, optional
        Tables of an earlier release by name, as read from its CSV files (hidden cells hold words or nothing).
    known_totals : mapping, optional
        Counts that others publish, by universe and cell.
    told : mapping of str to Clues, optional
        What readers have already, by where from (`EARLIER`, `ELSEWHERE`). A hidden count that was told exactly is
        lost, and no breach; but what follows from it for others is.
    truth : mapping of str to Series, optional
        The real counts of a table, by its rows. A reader does not have them; with them the attack also finds
        small counts whose lower bound gives something away.

    Returns
    -------
    list of Breach
        In the order of tables and rows; each cell once, with the first attack that got it.

    Raises
    ------
    SafelearnError
        If tables of one universe do not add up.
    """
    tables = list(tables.values()) if isinstance(tables, Mapping) else list(tables)
    elsewhere = [
        (universe, "n", tuple(sorted(cut)))
        for universe, totals in (known_totals or {}).items()
        for cut in totals
    ]
    known, hidden = equations_of(tables, elsewhere)
    lost = {
        clue.parts[0]
        for clues in (told or {}).values()
        for clue in clues
        if len(clue.parts) == 1 and clue.low == clue.high
    }
    hidden = {name: limit for name, limit in hidden.items() if name not in lost}
    small = _small(tables, truth or {}, hidden)
    found: dict[Name, tuple[str, tuple[int, int]]] = {}
    _record(found, SUMS, known.ranges(hidden, small))
    every: list[Clue] = []
    gathered = _clues(tables, previous or {}, known_totals or {})
    for how, clues in (told or {}).items():
        gathered.setdefault(how, []).extend(clues)
    for how, clues in gathered.items():
        useful = [
            c for c in clues if how in _TOLD or any(part in hidden for part in c.parts)
        ]
        if useful:
            every += useful
            _record(found, how, _with(known, useful, hidden, small))
    if every:
        _record(found, TOGETHER, _with(known, every, hidden, small))
    return [*_located(tables, found), *_since(tables, previous or {})]


def _with(
    known: Equations, clues: list[Clue], hidden: dict[Name, int], small: set[Name]
) -> dict[Name, tuple[int, int]]:
    """What a reader knows who has the clues as well; nothing if they contradict the tables."""
    more = known.copy()
    for clue in clues:
        if len(clue.parts) == 1:
            name = clue.parts[0]
        else:
            name = ("clue", str(len(more.lower)), ())
            more.adds_up(
                [more.unknown(p) for p in clue.parts],
                more.unknown(name),
                all_of_it=True,
            )
        more.at_least(name, clue.low)
        more.at_most(name, clue.high)
    if any(low > high for low, high in zip(more.lower, more.upper, strict=True)):
        return {}
    try:
        return more.ranges(hidden, small)
    except Contradiction:
        return {}


def _record(
    found: dict[Name, tuple[str, tuple[int, int]]],
    how: str,
    ranges: dict[Name, tuple[int, int]],
) -> None:
    for name, interval in ranges.items():
        found.setdefault(name, (how, interval))


def _clues(
    tables: list[Approved],
    previous: Mapping[str, pd.DataFrame],
    known_totals: KnownTotals,
) -> dict[str, list[Clue]]:
    gathered: dict[str, list[Clue]] = {}
    for table in tables:
        for how, clues in clues_of(table).items():
            gathered.setdefault(how, []).extend(clues)
    gathered[ELSEWHERE] = [
        Clue(((universe, "n", tuple(sorted(cut))),), value, value)
        for universe, totals in known_totals.items()
        for cut, value in totals.items()
    ]
    gathered[EARLIER] = [
        Clue((name,), before, before)
        for table in tables
        for name, now, _, before in _both(table, previous)
        if now is None
    ]
    return gathered


def _since(
    tables: list[Approved], previous: Mapping[str, pd.DataFrame]
) -> list[Breach]:
    """Few events that were added to, or taken from, a cell that both releases show."""
    return [
        Breach(table.name, name[2], SINCE, (abs(now - before),) * 2)
        for table in tables
        for name, now, limit, before in _both(table, previous)
        if now is not None and 1 <= abs(now - before) < limit
    ]


def _both(
    table: Approved, previous: Mapping[str, pd.DataFrame]
) -> list[tuple[Name, int | None, int, int]]:
    """Cells that the earlier release showed: name, value now, threshold, value then."""
    old = previous.get(table.name)
    keys = key_columns(table)
    if old is None or not {*keys, "n"} <= set(old) or "n" not in table.counts:
        return []
    counts = pd.to_numeric(old["n"], errors="coerce")
    cells = old[keys].astype("str").itertuples(index=False, name=None)
    before = {
        tuple(sorted(zip(keys, cell, strict=True))): round(n)
        for cell, n in zip(cells, counts, strict=True)
        if not np.isnan(n)
    }
    return [
        (name, now, limit, before[name[2]])
        for name, now, limit in counted(table, "n")
        if name[2] in before
    ]


def _small(
    tables: list[Approved], truth: Mapping[str, pd.Series], hidden: dict[Name, int]
) -> set[Name]:
    found = set()
    for table in tables:
        if table.name not in truth:
            continue
        for (name, value, limit), true in zip(
            counted(table, "n"), truth[table.name], strict=True
        ):
            if value is None and 1 <= true < limit and name in hidden:
                found.add(name)
    return found


def _located(
    tables: list[Approved], found: dict[Name, tuple[str, tuple[int, int]]]
) -> list[Breach]:
    breaches, told = [], set()
    for table in tables:
        for count in table.counts:
            for name, value, _ in counted(table, count):
                if value is None and name in found and name not in told:
                    told.add(name)
                    how, interval = found[name]
                    breaches.append(Breach(table.name, name[2], how, interval))
    return breaches
