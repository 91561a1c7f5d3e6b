"""How far can a hidden count be from the truth, for somebody who sees everything else?

A table of counts with its row totals, column totals and grand total goes in as a network: rows and columns
are nodes, cells and totals are arcs, and a count that is one higher must be made up for by others that go
round a loop. So the range of values a hidden cell may have follows from flows round the loops of hidden
cells, which is exact in whole numbers. The cheapest loop to close is also the choice of what else to hide.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: More than any count can move.
PLENTY = np.int64(2**40)

Cell = tuple[int, int]
#: An arc of a loop: whether it runs from row to column, the row, the column.
Step = tuple[bool, int, int]
#: Losing a total costs more than losing any cell.
COST_OF_TOTAL = 1e3


def extended(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The table with its totals: a last column of row totals, a last row of column totals."""
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


@dataclass
class Network:
    """A table with its totals as a network of hidden and shown cells.

    Attributes
    ----------
    values : ndarray of int, shape (rows + 1, columns + 1)
        The `extended` table.
    hidden : ndarray of bool, same shape
        What the reader does not see.
    floor : ndarray of int, same shape
        The smallest value the reader knows a hidden cell to have: 1, or 0 where zeros are hidden too.
    cost : ndarray of float, same shape
        What hiding a cell loses; infinite where it must stay shown (zeros).

    Notes
    -----
    Cox, L. H. (1995), Network models for complementary cell suppression, JASA 90:1453; the shortest loop for
    one cell at a time as in Castro, J. (2007), INFORMS Journal on Computing 19:621.
    """

    values: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    floor: NDArray[np.int64]
    cost: NDArray[np.float64]
    _sign: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # A total stands on the other side of the equation than what it adds up.
        self._sign = np.ones(self.values.shape, dtype=np.int64)
        self._sign[-1, :] *= -1
        self._sign[:, -1] *= -1

    def reach(self, cell: Cell, direction: int, need: int) -> int:
        """How far a hidden cell can move up (+1) or down (-1), looked for up to `need`."""
        if need <= 0:
            return 0
        flow = _Flow(self, cell, direction, self.hidden)
        return need - flow.push(need, free=True)

    def protect(self, cell: Cell, direction: int, need: int) -> list[Cell] | None:
        """Hide the cheapest cells that let `cell` move by `need`.

        Returns
        -------
        list of cells that were hidden for it, or None if no choice of cells does it.
        """
        if need <= 0:
            return []
        flow = _Flow(self, cell, direction, self.hidden | np.isfinite(self.cost))
        left = flow.push(need, free=True)
        left = flow.push(left, free=False)
        if left:
            return None
        added = [(i, j) for i, j in flow.used() if not self.hidden[i, j]]
        for i, j in added:
            self.hidden[i, j] = True
        return added


class _Flow:
    """Flow through hidden (free) and shown (costly) cells that makes up for moving one cell.

    Nodes are the rows (left) and the columns (right) of the extended table. Raising a cell runs from its row
    to its column, lowering it runs back; for totals it is the other way round.
    """

    def __init__(
        self, net: Network, cell: Cell, direction: int, usable: NDArray[np.bool_]
    ):
        room = np.where(usable, net.values - net.floor, 0).clip(0)
        up = np.where(usable, PLENTY, 0)
        plus = net._sign > 0
        self.right = np.where(plus, up, room)  # capacity from row to column
        self.left = np.where(plus, room, up)  # capacity from column to row
        self.right[cell] = self.left[cell] = 0
        self.price = np.where(net.hidden, 0.0, net.cost)
        self.start_right, self.left_before = self.right.copy(), self.left.copy()
        # Moving the cell along an arc must be made up for on the way back.
        self.backwards = direction * net._sign[cell] > 0
        self.cell = cell

    def push(self, need: int, *, free: bool) -> int:
        """Send up to `need` units and return what is left."""
        while need > 0:
            path = self._cheapest(need, free)
            if path is None:
                return need
            amount = min([need, *(self._capacity(step) for step in path)])
            for to_right, i, j in path:
                forth, back = (
                    (self.right, self.left) if to_right else (self.left, self.right)
                )
                forth[i, j] -= amount
                back[i, j] += amount
                # What the flow uses is hidden from now on, so further flow there costs nothing.
                self.price[i, j] = 0.0
            need -= amount
        return need

    def _cheapest(self, need: int, free: bool) -> list[Step] | None:
        """A loop that carries as much as can be, but rather several small ones than one through a total."""
        dear = None
        for least in range(need, 0, -1):
            path = self._path(least, free)
            if path is None:
                continue
            if sum(self.price[i, j] for _, i, j in path) < COST_OF_TOTAL:
                return path
            dear = dear or path
        return dear

    def used(self) -> list[Cell]:
        """Cells that the flow changed."""
        changed = (self.right != self.start_right) | (self.left != self.left_before)
        return [(int(i), int(j)) for i, j in np.argwhere(changed)]

    def _capacity(self, step: Step) -> int:
        to_right, i, j = step
        return int((self.right if to_right else self.left)[i, j])

    def _path(self, least: int, free: bool) -> list[Step] | None:
        """Cheapest path between the cell's ends over arcs that carry `least`, by Bellman-Ford sweeps."""
        usable_right, usable_left = self.right >= least, self.left >= least
        if free:
            usable_right = usable_right & (self.price == 0)
            usable_left = usable_left & (self.price == 0)
        price_right = np.where(usable_right, self.price, np.inf)
        price_left = np.where(usable_left, self.price, np.inf)
        rows, columns = self.price.shape
        far_left, far_right = np.full(rows, np.inf), np.full(columns, np.inf)
        from_left = np.full(columns, -1)
        from_right = np.full(rows, -1)
        i0, j0 = self.cell
        if self.backwards:
            far_right[j0] = 0.0
        else:
            far_left[i0] = 0.0
        every_row, every_column = np.arange(rows), np.arange(columns)
        for _ in range(rows + columns):
            through = far_left[:, None] + price_right
            best = through.argmin(axis=0)
            distance = through[best, every_column]
            nearer = distance < far_right
            far_right[nearer], from_left[nearer] = distance[nearer], best[nearer]
            through = far_right[None, :] + price_left
            best = through.argmin(axis=1)
            distance = through[every_row, best]
            closer = distance < far_left
            far_left[closer], from_right[closer] = distance[closer], best[closer]
            reached = far_left[i0] if self.backwards else far_right[j0]
            if not closer.any() or (free and np.isfinite(reached)):
                break
        if not np.isfinite(far_left[i0] if self.backwards else far_right[j0]):
            return None
        path: list[Step] = []
        on_left, node = (True, i0) if self.backwards else (False, j0)
        while (on_left, node) != ((False, j0) if self.backwards else (True, i0)):
            if on_left:
                j = int(from_right[node])
                path.append((False, node, j))
            else:
                i = int(from_left[node])
                path.append((True, i, node))
            node, on_left = path[-1][2 if on_left else 1], not on_left
        return path
