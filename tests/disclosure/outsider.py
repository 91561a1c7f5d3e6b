"""An attacker written apart from the library: what integer programmes can say about hidden cells.

Used by the tests of suppression. It knows every shown number, which cells are hidden, and the rule, and finds
the smallest and largest value that each hidden cell may have in all tables together.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import LinearConstraint, milp


class Outsider:
    """All tables as unknowns and equations."""

    def __init__(self):
        self.lower, self.upper, self.rows = [], [], []
        self.names = {}

    def unknown(self, name, *, shown=None, floor=0):
        if name in self.names:
            k = self.names[name]
        else:
            k = self.names[name] = len(self.lower)
            self.lower.append(0)
            self.upper.append(10_000)
        if shown is not None:
            self.lower[k] = self.upper[k] = int(shown)
        else:
            self.lower[k] = max(self.lower[k], floor)
        return k

    def sums_to(self, parts, whole):
        self.rows.append((list(parts), whole))

    def interval(self, name):
        k = self.names[name]
        found = []
        for sign in (1, -1):
            objective = np.zeros(len(self.lower))
            objective[k] = sign
            matrix = np.zeros((len(self.rows), len(self.lower)))
            for r, (parts, whole) in enumerate(self.rows):
                matrix[r, parts] = 1
                matrix[r, whole] = -1
            result = milp(
                objective,
                constraints=LinearConstraint(matrix, 0, 0) if self.rows else None,
                integrality=np.ones(len(self.lower)),
                bounds=(self.lower, self.upper),
            )
            assert result.success, "the published tables contradict each other"
            found.append(round(result.x[k]))
        return tuple(found)


def read_table(outsider, name, x, hidden, known=None):
    """A table with its totals, as `hide` leaves it. Where zeros are hidden too, a cell may be zero.

    `known` (rows + 1, columns + 1) is what the reader has from elsewhere, whatever is hidden here.
    """
    wide = np.zeros((x.shape[0] + 1, x.shape[1] + 1), dtype=bool)
    known = wide if known is None else known
    rows, columns = x.shape
    cells = np.empty(x.shape, dtype=int)
    floor = 0 if hidden.total else 1
    for i in range(rows):
        for j in range(columns):
            shown = None if hidden.cells[i, j] and not known[i, j] else x[i, j]
            least = 0 if hidden.open_rows[i] or hidden.open_columns[j] else floor
            cells[i, j] = outsider.unknown((name, i, j), shown=shown, floor=least)
    line_of_rows, line_of_columns = [], []
    for i in range(rows):
        shown = None if hidden.row_totals[i] and not known[i, -1] else x[i].sum()
        line_of_rows.append(
            outsider.unknown((name, i, "all"), shown=shown, floor=floor)
        )
        outsider.sums_to(cells[i], line_of_rows[-1])
    for j in range(columns):
        lost = hidden.column_totals[j] and not known[-1, j]
        shown = None if lost else x[:, j].sum()
        line_of_columns.append(
            outsider.unknown((name, "all", j), shown=shown, floor=floor)
        )
        outsider.sums_to(cells[:, j], line_of_columns[-1])
    total = outsider.unknown(
        (name, "all", "all"), shown=None if hidden.total else x.sum(), floor=floor
    )
    outsider.sums_to(line_of_rows, total)
    outsider.sums_to(line_of_columns, total)
