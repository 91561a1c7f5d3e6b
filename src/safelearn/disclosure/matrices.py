"""How does a tidy table become rows and columns that can be protected, and back?

Counts by one or two keys (or by keys joined into two axes) go in; a matrix with a threshold for each cell
comes out. `contracted` adds up the lines whose totals are hidden everywhere, which every reader can do too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.disclosure.hiding import whole_counts
from safelearn.disclosure.slices import thresholds
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

Axis = tuple[str, ...]
#: A cell or a total: the sorted pairs of key and value that it is cut by.
Cut = tuple[tuple[str, str], ...]
#: Stands for the lines of one axis that are hidden whole.
GROUP = object()


@dataclass
class Matrix:
    """A table of counts by two axes; a table by one key has a single row that stands for everything.

    `at` gives the row and column of each row of `frame`; `limits` the smallest count that each cell may show.
    `known` (rows + 1, columns + 1) says which cells and totals readers have from elsewhere: these protect nothing.
    """

    name: str
    frame: pd.DataFrame
    rows: Axis
    columns: Axis
    row_categories: list
    column_categories: list
    at: tuple[NDArray[np.intp], NDArray[np.intp]]
    x: NDArray[np.int64]
    limits: NDArray[np.int64]
    known: NDArray[np.bool_]


def matrix(
    name: str,
    frame: pd.DataFrame,
    axes: tuple[Sequence[str], Sequence[str]] | None,
    count: str,
    least: tuple[int, int],
    known: Iterable[Cut] = (),
) -> Matrix:
    keys = [c for c in frame if c != count]
    if axes is None and len(keys) > 2:
        raise SafelearnError(
            t(
                "Say which keys of the table `{name}` make its rows and which its columns.",
                name=name,
            ),
            where=listing([str(k) for k in keys]),
        )
    if axes is None:
        axes = ((), keys) if len(keys) == 1 else ((keys[0],), (keys[1],))
    rows, columns = axis_of(axes[0]), axis_of(axes[1])
    if not columns:
        rows, columns = (), rows
    frame = frame.rename(columns={count: "n"}).reset_index(drop=True)
    frame = frame[[*(c if c != count else "n" for c in keys), "n"]]
    if frame.duplicated([*rows, *columns]).any():
        raise SafelearnError(
            t("The table `{name}` has several rows for one cell.", name=name),
            remedy=t("Add them up first."),
        )
    i, row_categories = _codes(frame, rows)
    j, column_categories = _codes(frame, columns)
    values = whole_counts(frame["n"].to_numpy(dtype=float, na_value=np.nan))[0]
    x = np.zeros((len(row_categories), len(column_categories)), dtype=np.int64)
    limits = np.full(x.shape, least[0], dtype=np.int64)
    x[i, j] = values
    limits[i, j] = thresholds(frame, *least)
    return Matrix(
        name,
        frame,
        rows,
        columns,
        row_categories,
        column_categories,
        (i, j),
        x,
        limits,
        _known(known, (rows, columns), (row_categories, column_categories)),
    )


def _known(
    cuts: Iterable[Cut], axes: tuple[Axis, Axis], categories: tuple[list, list]
) -> NDArray[np.bool_]:
    """Where the cells and totals stand that readers have from elsewhere."""
    places = [
        {tuple(str(v) for v in (c if isinstance(c, tuple) else (c,))): k
         for k, c in enumerate(found)}
        for found in categories
    ]  # fmt: skip
    found = np.zeros((len(categories[0]) + 1, len(categories[1]) + 1), dtype=bool)
    for cut in cuts:
        values = dict(cut)
        at = []
        for axis, place in zip(axes, places, strict=True):
            held = set(axis) & set(values)
            if not held:
                at.append(-1 if axis else 0)
            elif held == set(axis):
                at.append(place.get(tuple(values.pop(key) for key in axis)))
            else:
                at.append(None)
        if not values and None not in at and at != [-1, -1]:
            found[at[0], at[1]] = True
    if not axes[0]:
        # A table by one key: its cells are the totals of their columns.
        found[-1, :] |= found[0, :]
    return found


def _codes(frame: pd.DataFrame, axis: Axis) -> tuple[NDArray[np.intp], list]:
    if not axis:
        return np.zeros(len(frame), dtype=np.intp), [()]
    if len(axis) == 1:
        codes, values = pd.factorize(
            frame[axis[0]].astype(object), use_na_sentinel=False
        )
        return codes, list(values)
    index = pd.MultiIndex.from_frame(frame[list(axis)].astype(object))
    codes, values = pd.factorize(index)
    return codes, list(values)


def axis_of(names: str | Sequence[str]) -> Axis:
    return (names,) if isinstance(names, str) else tuple(names)


def contracted(table: Matrix, groups: dict[Axis, set]) -> Matrix:
    """The table with the hidden categories of each shared axis added up, which anybody can do."""
    x, limits, known = table.x, np.where(table.x > 0, table.limits, 0), table.known
    kept = []
    for axis, (key, categories) in enumerate(
        ((table.rows, table.row_categories), (table.columns, table.column_categories))
    ):
        inside = np.array([c in groups.get(key, ()) for c in categories], dtype=bool)
        names = [c for c, i in zip(categories, inside, strict=True) if not i]
        if inside.any():
            together = np.compress(inside, x, axis).sum(axis=axis, keepdims=True)
            highest = np.compress(inside, limits, axis).max(axis=axis, keepdims=True)
            x = np.concatenate([np.compress(~inside, x, axis), together], axis=axis)
            limits = np.concatenate(
                [np.compress(~inside, limits, axis), highest], axis=axis
            )
            # The totals come last; a sum is known if all of its parts are.
            lines = np.append(inside, False)
            both = np.compress(lines, known, axis).all(axis=axis, keepdims=True)
            rest = np.compress(~lines, known, axis)
            known = np.insert(rest, rest.shape[axis] - 1, both.squeeze(axis), axis)
            names.append(GROUP)
        kept.append(names)
    return Matrix(
        "", table.frame, table.rows, table.columns, *kept, table.at, x, limits, known
    )


def totals_frame(
    axis: Axis, categories: list, n: NDArray[np.int64], hidden: NDArray[np.bool_]
) -> pd.DataFrame:
    parts = [c if isinstance(c, tuple) else (c,) for c in categories]
    frame = pd.DataFrame(parts, columns=list(axis))
    frame["n"] = pd.array(n, dtype="Int64")
    frame.loc[hidden, "n"] = pd.NA
    frame["hidden"] = hidden
    return frame
