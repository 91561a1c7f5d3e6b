"""What do all published tables say together about a cell that is hidden?

Approved tables go in; unknowns (one for each cell and each total), bounds and sums come out, and the range of
values that every hidden cell may have. Tables of one `universe` count the same events, so their sums agree: an
offence's total by area is its total by month. Anything else a reader finds out is added as a bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from safelearn.disclosure.approval import Approved
from safelearn.disclosure.slices import ALL, NO_AREA, NOT_LOCATED, thresholds
from safelearn.errors import SafelearnError
from safelearn.language import t

#: A cell or total: the universe, the count column, and the sorted (key, value) pairs it is cut by.
Name = tuple[str, str, tuple[tuple[str, object], ...]]
#: No count is larger; without a bound a hidden total would be unlimited.
MOST = 1e9


class Contradiction(SafelearnError):
    """Tables of one universe that do not add up."""


@dataclass
class Equations:
    """Unknowns with bounds, and sums between them."""

    names: dict[Name, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    sums: list[tuple[list[int], int, bool]] = field(default_factory=list)

    def unknown(self, name: Name) -> int:
        """The number of an unknown, new ones being free from 0 up."""
        if name not in self.names:
            self.names[name] = len(self.lower)
            self.lower.append(0.0)
            self.upper.append(MOST)
        return self.names[name]

    def at_least(self, name: Name, value: float) -> None:
        """A reader knows a smallest value."""
        k = self.unknown(name)
        self.lower[k] = max(self.lower[k], value)

    def at_most(self, name: Name, value: float) -> None:
        """A reader knows a largest value."""
        k = self.unknown(name)
        self.upper[k] = min(self.upper[k], value)

    def adds_up(self, parts: Iterable[int], whole: int, *, all_of_it: bool) -> None:
        """The parts are the whole, or only some of it."""
        self.sums.append((list(parts), whole, all_of_it))

    def copy(self) -> Equations:
        """A second reader who starts with the same knowledge."""
        return Equations(dict(self.names), [*self.lower], [*self.upper], [*self.sums])

    def ranges(
        self, wanted: dict[Name, int], small: set[Name] | None = None
    ) -> dict[Name, tuple[int, int]]:
        """Ranges of the unknowns that a reader can narrow down to less than "it is small".

        Parameters
        ----------
        wanted : dict
            Hidden cells and their thresholds.
        small : set, optional
            Those that are known to be small in truth: for them a lower bound above 1 counts as well.

        Returns
        -------
        dict
            Only cells that are narrowed down: exactly known and not zero, or known to be somebody, small and
            more than that, or in `small` and not all of 1 to threshold - 1 possible.

        Raises
        ------
        Contradiction
            If the tables do not add up.

        Notes
        -----
        Each programme raises (or lowers) all cells still in doubt at once, up to what they must reach, so that
        a handful of linear programmes settle thousands of cells; what is left is looked at one by one. Two-way
        tables have whole-number corners, so the ranges are exact for them; for more tables together a range
        may be wider than the true one.
        """
        if not wanted:
            return {}
        search = _Search(self, wanted)
        search.settle(+1)
        search.settle(-1)
        # What cannot be as low as 1 may be a large count: then it must be able to show as one.
        search.goal = np.where(search.lowest > 1 + 1e-6, search.goal + 1, search.goal)
        search.settle(+1)
        # What cannot be as large as a small count may be nobody at all.
        search.depth = np.where(search.highest < search.goal - 1e-6, 0.0, search.depth)
        search.settle(-1)
        return search.narrow(small or set())


class _Search:
    """Lowest and highest values seen so far, and the programmes that widen them."""

    def __init__(self, equations: Equations, wanted: dict[Name, int]):
        self.lower = np.array(equations.lower)
        self.upper = np.array(equations.upper)
        self.cells = [equations.names[name] for name in wanted]
        self.wanted = wanted
        self.goal = np.array(list(wanted.values()), dtype=float) - 1
        self.depth = np.ones(len(self.cells))
        self.equal, self.part = _sparse(equations)
        self.lowest = np.full(len(self.cells), np.inf)
        self.highest = np.full(len(self.cells), -np.inf)

    def solve(self, objective: np.ndarray, helpers: tuple | None = None) -> None:
        """Find the corner where `objective` is least, and widen what was seen.

        With `helpers` (rows, right sides, upper bounds) the objective is over further unknowns.
        """
        from scipy.optimize import linprog
        from scipy.sparse import csr_array as csr
        from scipy.sparse import hstack, vstack

        n, equal, part = len(self.lower), self.equal, self.part
        bounds = np.column_stack([self.lower, self.upper])
        right = np.zeros(part.shape[0])
        if helpers is not None:
            rows, limit, most = helpers
            m = len(most)
            objective = np.concatenate([np.zeros(n), objective])
            bounds = np.vstack([bounds, np.column_stack([np.zeros(m), most])])
            equal = hstack([equal, csr((equal.shape[0], m))]).tocsr()
            part = vstack([hstack([part, csr((part.shape[0], m))]), rows]).tocsr()
            right = np.concatenate([right, limit])
        found = linprog(
            objective,
            A_ub=part if part.shape[0] else None,
            b_ub=right if part.shape[0] else None,
            A_eq=equal if equal.shape[0] else None,
            b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
            bounds=bounds,
            method="highs",
        )
        if found.status != 0:
            raise Contradiction(
                t("The tables to be published contradict each other."),
                remedy=t(
                    "Make them from the same counts; give tables of other events another universe."
                ),
            )
        seen = found.x[self.cells]
        self.lowest = np.minimum(self.lowest, seen)
        self.highest = np.maximum(self.highest, seen)

    def doubtful(self, direction: int) -> np.ndarray:
        """Cells not yet seen as high, or as low, as they must be able to be."""
        if direction > 0:
            return np.flatnonzero(self.highest < self.goal - 1e-6)
        return np.flatnonzero(self.lowest > self.depth + 1e-6)

    def settle(self, direction: int) -> None:
        """Move all doubtful cells at once towards what they must reach, until no programme helps."""
        from scipy.sparse import csr_array as csr

        n = len(self.lower)
        while True:
            doubtful = self.doubtful(direction)
            m = len(doubtful)
            if m == 0:
                return
            each, x = np.arange(m), np.array(self.cells)[doubtful]
            # Up: y <= x and y <= goal, with y as large as can be. Down: z >= x - depth, with z as small.
            sign = np.full(m, float(direction))
            entries = np.concatenate([-sign, sign])
            at = (np.tile(each, 2), np.concatenate([x, n + each]))
            rows = csr((entries, at), shape=(m, n + m))
            limit = np.zeros(m) if direction > 0 else self.depth[doubtful]
            most = self.goal[doubtful] if direction > 0 else np.full(m, MOST)
            self.solve(-sign, (rows, limit, most))
            if len(self.doubtful(direction)) == m:
                return

    def narrow(self, small: set[Name]) -> dict[Name, tuple[int, int]]:
        """One by one, the cells that were not settled."""
        found = {}
        n = len(self.lower)
        for k, (name, limit) in enumerate(self.wanted.items()):
            low, high = self.lowest[k] <= 1 + 1e-6, self.highest[k] >= limit - 1 - 1e-6
            large = self.highest[k] >= limit - 1e-6 and name not in small
            if high and (low or large) and self.highest[k] - self.lowest[k] > 1e-6:
                continue
            # Who may be nobody at all is protected, and a zero could have been shown.
            if self.lowest[k] < 1e-6 and name not in small:
                continue
            for sign in (1.0, -1.0):
                objective = np.zeros(n)
                objective[self.cells[k]] = sign
                self.solve(objective)
            low = int(np.ceil(self.lowest[k] - 1e-6))
            high = int(np.floor(self.highest[k] + 1e-6))
            below = low > 0 and (high < limit - 1 or (low > 1 and high < limit))
            known = low >= high > 0
            if known or below or (name in small and (low > 1 or high < limit - 1)):
                found[name] = (low, high)
        return found


def equations_of(
    tables: Iterable[Approved], totals: Iterable[Name] = ()
) -> tuple[Equations, dict[Name, int]]:
    """Everything the tables show, and their hidden counts with the thresholds.

    Parameters
    ----------
    tables : iterable of Approved
    totals : iterable of names
        Totals that matter though no table shows them.

    Returns
    -------
    Equations, dict
        The dict has an entry for each hidden count.
    """
    known, hidden = Equations(), {}
    cells: dict[tuple[str, str, tuple[str, ...]], dict[Name, int]] = {}
    may_be_zero: set[Name] = set()
    for table in tables:
        for count in table.counts:
            found = counted(table, count)
            may_be_zero |= _silent(found)
            for name, value, limit in found:
                keys = tuple(key for key, _ in name[2])
                cells.setdefault((name[0], count, keys), {})[name] = known.unknown(name)
                if value is None:
                    hidden[name] = max(limit, hidden.get(name, 0))
                else:
                    known.at_least(name, value)
                    known.at_most(name, value)
    for name in set(hidden) - may_be_zero:
        known.at_least(name, 1)
    _add_sums(known, cells, {(u, tuple(k for k, _ in cut)) for u, _, cut in totals})
    return known, hidden


def counted(table: Approved, count: str) -> list[tuple[Name, int | None, int]]:
    """Name, value (None if hidden) and threshold of each cell of a count column."""
    keys = key_columns(table)
    frame = table.frame
    values = pd.to_numeric(frame[count], errors="coerce").to_numpy(
        dtype=float, na_value=np.nan
    )
    covered = table.hidden[count].to_numpy()
    limits = thresholds(frame[list(table.keys)], table.least, table.sensitive_least)
    universe = table.universe or f"only {table.name}"
    found = []
    for row, value, gone, limit in zip(
        frame[keys].itertuples(index=False, name=None),
        values,
        covered,
        limits,
        strict=True,
    ):
        cut = tuple(
            sorted((k, str(v)) for k, v in zip(keys, row, strict=True) if str(v) != ALL)
        )
        if gone:
            found.append(((universe, count, cut), None, int(limit)))
        elif np.isfinite(value) and abs(value - round(value)) < 1e-9:
            found.append(((universe, count, cut), round(value), int(limit)))
    return found


def key_columns(table: Approved) -> list[str]:
    """Keys that cut the counts: not names beside codes, nor the district of an area."""
    keys = [k for k in table.keys if not k.endswith(("_name", "_label"))]
    if "area_id" in keys:
        keys = [k for k in keys if k not in ("parent", "settlement")]
    return keys


def _silent(found: list[tuple[Name, int | None, int]]) -> set[Name]:
    """Cells that may be zeros: in lines that show no count above zero, or a table that shows nothing."""
    silent: set[Name] = set()
    cuts = {tuple(key for key, _ in name[2]) for name, _, _ in found}
    for keys in cuts:
        cells = [(n, v) for n, v, _ in found if tuple(key for key, _ in n[2]) == keys]
        for size in range(len(keys)):
            for line in combinations(keys, size):
                at = [tuple(v for k, v in n[2] if k in line) for n, _ in cells]
                talking = {
                    place
                    for place, (_, value) in zip(at, cells, strict=True)
                    if (value if line else value is not None)
                }
                silent |= {
                    n
                    for place, (n, _) in zip(at, cells, strict=True)
                    if place not in talking
                }
    return silent


def _add_sums(
    known: Equations,
    cells: dict[tuple[str, str, tuple[str, ...]], dict[Name, int]],
    totals: set[tuple[str, tuple[str, ...]]],
) -> None:
    for (universe, count, keys), found in cells.items():
        others = [
            set(k) for u, c, k in cells if (u, c) == (universe, count) and k != keys
        ]
        others += [set(k) for u, k in totals if u == universe and set(k) <= set(keys)]
        lines = {tuple(sorted(set(keys) & other)) for other in others} - {keys}
        # The grand total ties every table of the universe, even where it is not shown.
        lines |= {()} if keys else set()
        for line in lines:
            parts: dict[Name, list[int]] = {}
            for name, k in found.items():
                cut = tuple((key, value) for key, value in name[2] if key in line)
                parts.setdefault((universe, count, cut), []).append(k)
            complete = _complete(keys, line, found)
            for whole, members in parts.items():
                known.adds_up(members, known.unknown(whole), all_of_it=complete)


def _complete(
    keys: tuple[str, ...], line: tuple[str, ...], found: dict[Name, int]
) -> bool:
    """Whether the cells make up the whole: a table by area does with the events that have no area."""
    if "area_id" not in keys or "area_id" in line:
        return True
    places = {value for name in found for key, value in name[2] if key == "area_id"}
    return NOT_LOCATED in places or bool(places & set(NO_AREA))


def _sparse(equations: Equations) -> tuple:
    from scipy.sparse import csr_array as csr

    n = len(equations.lower)
    made = []
    for all_of_it in (True, False):
        chosen = [(p, w) for p, w, full in equations.sums if full is all_of_it]
        data, rows, columns = [], [], []
        for r, (parts, whole) in enumerate(chosen):
            rows += [r] * (len(parts) + 1)
            columns += [*parts, whole]
            data += [1.0] * len(parts) + [-1.0]
        made.append(csr((data, (rows, columns)), shape=(len(chosen), n)))
    return tuple(made)
