"""Which cells of one table must be hidden so that no small count can be worked out?

Counts with their totals go in; which of them to hide comes out. A count from 1 to the threshold less one is
hidden (zeros are mostly shown), then as few others as it takes until nobody who knows everything that is shown, and
the rule, learns more about a small count than that it is small: every value from 1 to the threshold less one
must still be possible for it. That is checked to the last cell, in whole numbers, before it is returned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.disclosure.network import COST_OF_TOTAL, Cell, Network, extended
from safelearn.errors import SafelearnError
from safelearn.language import t

#: A total that other tables show as well is lost last.
COST_OF_SHARED_TOTAL = 1e7


@dataclass(frozen=True)
class Hidden:
    """What to hide in a table of counts.

    Attributes
    ----------
    cells : ndarray of bool, shape (rows, columns)
    row_totals : ndarray of bool, shape (rows,)
    column_totals : ndarray of bool, shape (columns,)
    total : bool
    primary : ndarray of bool, shape (rows + 1, columns + 1)
        The small counts themselves, totals included. The rest is hidden to protect them.
    open_rows, open_columns : ndarray of bool, shape (rows,) and (columns,)
        Lines of nothing but small counts, of which zeros are hidden too (see the notes of `hide`).
    """

    cells: NDArray[np.bool_]
    row_totals: NDArray[np.bool_]
    column_totals: NDArray[np.bool_]
    total: bool
    primary: NDArray[np.bool_]
    open_rows: NDArray[np.bool_]
    open_columns: NDArray[np.bool_]


@dataclass(frozen=True)
class Unprotected:
    """A small count about which the shown figures say more than that it is small."""

    row: int
    column: int
    possible: tuple[int, int]
    wanted: tuple[int, int]


def hide(
    counts: ArrayLike,
    thresholds: ArrayLike = 5,
    *,
    row_totals: bool = True,
    column_totals: bool = True,
) -> Hidden:
    """Hide small counts and what would give them away, in a table published with its totals.

    Parameters
    ----------
    counts : array_like of int, shape (rows, columns)
        All counts, zeros included.
    thresholds : array_like of int
        Smallest count shown, for the table or for each cell.
    row_totals, column_totals : bool
        Whether these totals are published. The grand total always is, unless it is small itself.

    Returns
    -------
    Hidden

    Raises
    ------
    SafelearnError
        If counts are negative, missing or not whole.

    Notes
    -----
    A total is hidden below the lowest threshold of its cells that are not zero. Where all of these are small
    and few in sum (at most the largest threshold + their number - 2), their positions alone would tell too
    much: a shown total of five in five places, or a hidden one in four places, means one in each. In such a
    line zeros are hidden as well, but for those that anybody can work out; that keeps the total.

    See `Network` for the method. The attacker knows everything shown and that a hidden cell is at least 1
    where zeros are shown; not which hidden cells are the small ones.

    Examples
    --------
    >>> hide([[3, 20, 30], [40, 50, 60], [70, 80, 90]]).cells.astype(int)
    array([[1, 1, 0],
           [1, 1, 0],
           [0, 0, 0]])
    """
    x = whole_counts(counts)
    limits = np.broadcast_to(np.asarray(thresholds, dtype=np.int64), x.shape)
    found = solve(x, limits, row_totals=row_totals, column_totals=column_totals)
    if found is None:
        return _everything(x, limits)
    return found


def audit(
    counts: ArrayLike,
    thresholds: ArrayLike,
    hidden: Hidden,
    *,
    row_totals: bool = True,
    column_totals: bool = True,
) -> list[Unprotected]:
    """Small counts that a reader can narrow down; empty if the table is safe.

    Parameters
    ----------
    counts, thresholds, row_totals, column_totals
        As for `hide`.
    hidden : Hidden
        What is hidden, from `hide` or from anywhere else.

    Returns
    -------
    list of Unprotected
        Row ``rows`` stands for the column totals, column ``columns`` for the row totals.
    """
    x = whole_counts(counts)
    if hidden.total:
        # With the grand total hidden every cell is, zeros included: nothing is left to add or subtract.
        shown = ~hidden.cells
        return [
            Unprotected(int(i), int(j), (int(x[i, j]),) * 2, (0, 0))
            for i, j in np.argwhere(shown)
        ]
    limits = np.broadcast_to(np.asarray(thresholds, dtype=np.int64), x.shape)
    wide = limits_of_totals(x, limits)
    covered = np.block(
        [
            [hidden.cells, hidden.row_totals[:, None]],
            [hidden.column_totals[None, :], np.array([[hidden.total]])],
        ]
    )
    lines = (hidden.open_rows, hidden.open_columns)
    net = _network(extended(x), covered, lines, row_totals, column_totals)
    return _weak(net, primary(x, limits, row_totals, column_totals), wide)


def primary(
    x: NDArray[np.int64],
    limits: NDArray[np.int64],
    row_totals: bool = True,
    column_totals: bool = True,
) -> NDArray[np.bool_]:
    """The counts that are small themselves, totals included, shape (rows + 1, columns + 1)."""
    wide = extended(x)
    small = (wide >= 1) & (wide < limits_of_totals(x, limits))
    # Where even with zeros hidden a cell could not be as large as a small count may be, the total goes as well.
    largest = np.where(x > 0, limits, 0)
    rows, columns = open_lines(x, limits)
    small[:-1, -1] |= rows & (x.sum(axis=1) < largest.max(axis=1, initial=0) - 1)
    small[-1, :-1] |= columns & (x.sum(axis=0) < largest.max(axis=0, initial=0) - 1)
    if not row_totals:
        small[:-1, -1] = False
    if not column_totals:
        small[-1, :-1] = False
    return small


def open_lines(
    x: NDArray[np.int64], limits: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows and columns of several small counts and nothing else, whose positions would tell their values."""
    found = []
    for axis in (1, 0):
        cells = (x > 0).sum(axis=axis)
        small = ((x > 0) & (x < limits)).sum(axis=axis)
        largest = np.where(x > 0, limits, 0).max(axis=axis, initial=0)
        few = x.sum(axis=axis) <= largest + cells - 2
        found.append((cells > 1) & (small == cells) & few)
    return found[0], found[1]


def solve(
    x: NDArray[np.int64],
    limits: NDArray[np.int64],
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    shared_rows: bool = False,
    shared_columns: bool = False,
    known: NDArray[np.bool_] | None = None,
) -> Hidden | None:
    """As `hide`, for a table whose totals other tables may show as well.

    Parameters
    ----------
    shared_rows, shared_columns : bool
        Totals that other tables show as well: hidden only if nothing else helps, and then the caller must
        hide them everywhere.
    known : ndarray of bool, shape (rows + 1, columns + 1), optional
        Counts and totals that readers have from elsewhere: an earlier release, a national table. They protect
        nothing, and nothing protects them; they stay shown unless they are small.

    Returns
    -------
    Hidden, or None if the table cannot be protected while its grand total is shown.
    """
    wide = extended(x)
    every = primary(x, limits, row_totals, column_totals)
    known = np.zeros(wide.shape, dtype=bool) if known is None else known
    small = every & ~known
    limit = limits_of_totals(x, limits)
    lines = open_lines(x, limits)
    if small[-1, -1]:
        return None
    covered = small.copy()
    covered[:-1, :-1] |= lines[0][:, None] | lines[1][None, :]
    net = _network(wide, covered & ~known, lines, row_totals, column_totals)
    net.hidden &= ~known
    net.cost[known] = np.inf
    if shared_rows:
        net.cost[:-1, -1] *= COST_OF_SHARED_TOTAL
    if shared_columns:
        net.cost[-1, :-1] *= COST_OF_SHARED_TOTAL
    for cell, direction, need in _needs(net, small, limit):
        if net.protect(cell, direction, need) is None:
            return None
    for i, j in np.argwhere(net.hidden & (wide == 0)):
        if not net.reach((int(i), int(j)), 1, 1):
            net.hidden[i, j] = False
    if _weak(net, small, limit):  # pragma: no cover - a defect, never to be published
        raise SafelearnError(t("A table could not be protected, so it is not shown."))
    return _as_hidden(net.hidden | (every & known), every, lines)


def whole_counts(counts: ArrayLike) -> NDArray[np.int64]:
    """Counts as whole numbers, shape (rows, columns)."""
    x = np.atleast_2d(np.asarray(counts))
    if x.dtype == object or x.dtype.kind == "f":
        given = x.astype(float)
        x = np.nan_to_num(given, nan=-1.0).round()
        if not np.allclose(x, given, equal_nan=False):
            x = np.full(x.shape, -1.0)
    x = x.astype(np.int64)
    if x.ndim != 2 or (x < 0).any():
        raise SafelearnError(
            t("Only whole counts can be protected, none of them missing or negative."),
            remedy=t("Weighted tables are protected by the counts behind them."),
        )
    return x


def limits_of_totals(
    x: NDArray[np.int64], limits: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Thresholds of the extended table: a total takes the lowest of its cells that are not zero."""
    high = np.int64(2**31)
    used = np.where(x > 0, limits, high)
    wide = np.zeros((x.shape[0] + 1, x.shape[1] + 1), dtype=np.int64)
    wide[:-1, :-1] = limits
    wide[:-1, -1] = used.min(axis=1, initial=high)
    wide[-1, :-1] = used.min(axis=0, initial=high)
    wide[-1, -1] = used.min(initial=high)
    return np.where(wide == high, 1, wide)


def _network(
    wide: NDArray[np.int64],
    covered: NDArray[np.bool_],
    lines: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    row_totals: bool,
    column_totals: bool,
) -> Network:
    floor = np.ones(wide.shape, dtype=np.int64)
    floor[:-1, :-1] = ~(lines[0][:, None] | lines[1][None, :])
    # Small counts are the cheapest to lose: they were the least certain anyway.
    cost = np.where(wide > 0, 1.0 + np.log1p(wide), np.inf)
    cost[:-1, -1] *= COST_OF_TOTAL
    cost[-1, :-1] *= COST_OF_TOTAL
    cost[-1, -1] = np.inf
    covered = covered.copy()
    covered[-1, -1] = False
    for published, line in (
        (row_totals, np.s_[:-1, -1]),
        (column_totals, np.s_[-1, :-1]),
    ):
        if not published:
            covered[line] = True
    return Network(wide, covered, floor, cost)


def _needs(
    net: Network, small: NDArray[np.bool_], limit: NDArray[np.int64]
) -> list[tuple[Cell, int, int]]:
    """How far each small count must be able to move, the most demanding first."""
    x = net.values
    up = np.where(small, limit - 1 - x, 0).clip(0)
    down = np.where(small, x - 1, 0)
    # A total cannot be less than one for each of its cells that everybody sees not to be zero.
    seen = ((x > 0) & (net.floor > 0))[:-1, :-1]
    for line, axis in ((np.s_[:-1, -1], 1), (np.s_[-1, :-1], 0)):
        least = np.maximum(seen.sum(axis=axis), 1)
        down[line] = np.where(small[line], x[line] - least, 0)
    needs = []
    for direction, amounts in ((1, up), (-1, down)):
        for i, j in np.argwhere(amounts > 0):
            needs.append(((int(i), int(j)), direction, int(amounts[i, j])))
    return sorted(needs, key=lambda need: (-need[2], need[0], need[1]))


def _weak(
    net: Network, small: NDArray[np.bool_], limit: NDArray[np.int64]
) -> list[Unprotected]:
    found: dict[Cell, tuple[list[int], list[int]]] = {}
    for cell, direction, need in _needs(net, small, limit):
        reached = net.reach(cell, direction, need) if net.hidden[cell] else 0
        if reached < need:
            value = int(net.values[cell])
            possible, wanted = found.setdefault(cell, ([value] * 2, [value] * 2))
            side = int(direction > 0)
            possible[side] = value + direction * reached
            wanted[side] = value + direction * need
    return [
        Unprotected(*cell, (possible[0], possible[1]), (wanted[0], wanted[1]))
        for cell, (possible, wanted) in sorted(found.items())
    ]


def _as_hidden(
    covered: NDArray[np.bool_],
    small: NDArray[np.bool_],
    lines: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Hidden:
    return Hidden(
        cells=covered[:-1, :-1],
        row_totals=covered[:-1, -1],
        column_totals=covered[-1, :-1],
        total=bool(covered[-1, -1]),
        primary=small,
        open_rows=lines[0],
        open_columns=lines[1],
    )


def _everything(x: NDArray[np.int64], limits: NDArray[np.int64]) -> Hidden:
    """A table too small to show anything of: zeros would tell where its few events are."""
    covered = np.ones((x.shape[0] + 1, x.shape[1] + 1), dtype=bool)
    lines = (covered[:-1, 0], covered[0, :-1])
    return _as_hidden(covered, primary(x, limits), lines)
