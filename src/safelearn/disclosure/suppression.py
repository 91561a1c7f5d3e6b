"""Which counts can a city publish, in all of its tables together?

Tidy counts go in, one table or several that count the same events; the same tables come out with the
counts to hide missing, and with the totals that may stand beside them. Tables that share a column share its
totals: a city's offences by area and by month add up to the same totals by offence. So these totals are
settled first, and an offence whose total is hidden is hidden whole, zeros included, in each table. What
remains is protected table by table, and the tables are safe together as they are alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.disclosure.hiding import (
    Hidden,
    Unprotected,
    audit,
    hide,
    limits_of_totals,
    primary,
    solve,
)
from safelearn.disclosure.matrices import (
    GROUP,
    Axis,
    Cut,
    Matrix,
    axis_of,
    contracted,
    matrix,
    totals_frame,
)
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

__all__ = ["Hidden", "Protected", "Unprotected", "audit", "hide", "protect"]


@dataclass(frozen=True)
class Protected:
    """Counts that may be published.

    Attributes
    ----------
    tables : dict of DataFrame
        As given, `n` missing where it is hidden, with two more columns: `hidden`, and `small`, true where the
        count is small itself. `small` is for tests and the manifest's numbers: it must not be published.
    totals : dict of DataFrame
        For each key, its categories with `n` and `hidden`: the totals that may stand beside the tables.
    total : int or None
        All events, None if even that is hidden.
    """

    tables: dict[str, pd.DataFrame]
    totals: dict[str, pd.DataFrame]
    total: int | None

    @property
    def cells(self) -> pd.DataFrame:
        """The table, where there is only one."""
        (only,) = self.tables.values()
        return only


def protect(
    counts: pd.DataFrame | Mapping[str, pd.DataFrame],
    *,
    rows: str | Sequence[str] | None = None,
    columns: str | Sequence[str] | None = None,
    axes: Mapping[str, tuple[Sequence[str], Sequence[str]]] | None = None,
    count: str = "n",
    least: int = 5,
    sensitive_least: int = 10,
    known: Iterable[Cut] = (),
) -> Protected:
    """Hide small counts and what would give them away, in tables published with their totals.

    Serves draft:26(f)(ii).10.

    Parameters
    ----------
    counts : DataFrame or mapping of str to DataFrame
        Keys and `count`, one row a cell; missing cells are zero. Several tables must count the same events.
    rows, columns : str or sequence of str, optional
        Keys of a single table. Its keys are all its columns but `count`, so this is only needed to say which
        of more than two belong together.
    axes : mapping of str to (rows, columns), optional
        The same for each of several tables with more than two keys, such as
        ``{"victims": (("sex", "age_group"), ("offence",))}``. A table must not be a sum of another's keys so
        joined (no table by sex and age beside that one).
    count : str
        Column of counts; it is called `n` in what is returned.
    least, sensitive_least : int
        Smallest count shown, and for sexual offences, domestic violence and victims under 18.
    known : iterable of cuts
        Cells and totals that readers have from an earlier release or from others, each as sorted pairs of key and
        value, such as ``(("offence", "0101"),)``. They cannot protect others; nothing can protect them.

    Returns
    -------
    Protected

    Raises
    ------
    SafelearnError
        If a key stands twice, counts are no whole numbers, or tables do not add up to the same totals.

    Notes
    -----
    Why the tables are safe together. A reader who may know all shared totals that are shown cannot use one
    table against another, since whatever differs inside a table leaves the shared totals as they are. Hidden
    shared totals belong to categories of which no cell is shown: these may be exchanged freely, in all tables
    at once, as long as their sum stays. So any value that `hide` leaves possible in a table is possible for
    all tables. Tests attack small systems jointly with integer programmes.

    Weighted tables (aoristic) are protected by the counts behind their cells: pass those counts.

    Examples
    --------
    >>> cells = pd.DataFrame({"area_id": list("aabb"), "offence": ["0401", "0501"] * 2, "n": [3, 20, 40, 50]})
    >>> protect(cells).cells["n"].tolist()
    [<NA>, <NA>, <NA>, <NA>]
    """
    if isinstance(counts, pd.DataFrame):
        given = None if rows is None else {"": (axis_of(rows), axis_of(columns or ()))}
        return protect(
            {"": counts},
            axes=given,
            count=count,
            least=least,
            sensitive_least=sensitive_least,
            known=known,
        )
    limits = (least, sensitive_least)
    tables = [
        matrix(name, frame, (axes or {}).get(name), count, limits, known)
        for name, frame in counts.items()
    ]
    used = [axis for table in tables for axis in (table.rows, table.columns) if axis]
    # A table by one key shows that key's totals, which is the same as sharing them.
    alone = {table.columns for table in tables if not table.rows}
    shared = {axis for axis in used if used.count(axis) > 1} | alone
    totals = _shared_totals(tables, shared)
    outcome = _settle(tables, totals)
    return _result(tables, totals, outcome)


def _settle(
    tables: list[Matrix], totals: dict[Axis, pd.DataFrame]
) -> tuple[dict[Axis, set], dict[str, Hidden]] | None:
    """Hidden categories of the shared axes, and what each table hides; None if nothing can be shown."""
    groups: dict[Axis, set] = {axis: set() for axis in totals}
    while True:
        for axis, frame in totals.items():
            closed = _close(
                frame["n"].to_numpy(),
                frame["limit"].to_numpy(),
                groups[axis],
                frame.index,
                frame["known"].to_numpy(dtype=bool),
            )
            if closed is None:
                return None
            groups[axis] = closed
        outcome: dict[str, Hidden] = {}
        more: dict[Axis, set] = {axis: set() for axis in totals}
        for table in tables:
            if not table.rows:
                continue
            small = contracted(table, groups)
            found = solve(
                small.x,
                small.limits,
                shared_rows=table.rows in totals,
                shared_columns=table.columns in totals,
                known=small.known,
            )
            if found is None:
                return None
            outcome[table.name] = found
            for axis, lost, categories in (
                (table.rows, found.row_totals, small.row_categories),
                (table.columns, found.column_totals, small.column_categories),
            ):
                if axis in totals and lost.any():
                    more[axis] |= _lost(categories, lost, totals[axis], groups[axis])
        if not any(more.values()):
            return groups, outcome
        if any(None in lost for lost in more.values()):
            return None
        for axis, lost in more.items():
            groups[axis] |= lost


def _close(
    n: NDArray[np.int64],
    limit: NDArray[np.int64],
    group: set,
    categories: pd.Index,
    known: NDArray[np.bool_],
) -> set | None:
    """The categories whose total is hidden: the small ones, and the next smallest until their sum hides them.

    The sum of hidden totals can be worked out, and each of them is at least 1.
    """
    small = (n >= 1) & (n < limit) & ~known
    covered = small | (categories.isin(list(group)) & (n > 0))
    if not covered.any():
        return set()
    free = ~covered & ~known & (n > 0)
    order = [k for k in np.argsort(n, kind="stable") if free[k]]
    while True:
        members = int(covered.sum())
        enough = n[covered].sum() >= limit[covered].max() + members - 2
        if members >= 2 and enough:
            return {categories[k] for k in np.flatnonzero(covered)}
        if not order:
            return None
        covered[order.pop(0)] = True


def _lost(
    categories: list, lost: NDArray[np.bool_], totals: pd.DataFrame, group: set
) -> set:
    """Categories that a table needs hidden as well; None among them if there is none left to hide."""
    found = {
        c for c, gone in zip(categories, lost, strict=True) if gone and c is not GROUP
    }
    if not found:
        free = (totals["n"] > 0) & ~totals["known"]
        left = totals[free & ~totals.index.isin(list(group))]["n"]
        found = {left.idxmin() if len(left) else None}
    return found


def _result(
    tables: list[Matrix],
    totals: dict[Axis, pd.DataFrame],
    outcome: tuple[dict[Axis, set], dict[str, Hidden]] | None,
) -> Protected:
    groups, found = outcome if outcome is not None else ({}, {})
    frames, lines = {}, {}
    for table in tables:
        small = primary(table.x, table.limits)
        if outcome is None:
            covered = np.ones(table.x.shape, dtype=bool)
            row_totals, column_totals = covered[:, 0], covered[0, :]
        elif not table.rows:
            column_totals = np.array(
                [c in groups[table.columns] for c in table.column_categories]
            )
            row_totals, covered = np.zeros(1, dtype=bool), column_totals[None, :]
        else:
            covered, row_totals, column_totals = _spread(
                table, groups, found[table.name]
            )
        # What others have told already is not told here all the same.
        told = table.known & small
        covered = covered | told[:-1, :-1]
        row_totals = row_totals | told[:-1, -1]
        column_totals = column_totals | told[-1, :-1]
        hidden = covered[table.at]
        out = table.frame.copy()
        out["n"] = pd.array(out["n"], dtype="Int64")
        out.loc[hidden, "n"] = pd.NA
        out["hidden"] = hidden
        out["small"] = small[:-1, :-1][table.at]
        frames[table.name] = out
        for axis, categories, sums, lost in (
            (table.rows, table.row_categories, table.x.sum(axis=1), row_totals),
            (
                table.columns,
                table.column_categories,
                table.x.sum(axis=0),
                column_totals,
            ),
        ):
            if axis:
                lines[axis] = totals_frame(axis, categories, sums, lost)
    total = int(tables[0].x.sum()) if outcome is not None else None
    named = {"+".join(axis): frame for axis, frame in lines.items()}
    return Protected(frames, named, total)


def _spread(
    table: Matrix, groups: dict[Axis, set], found: Hidden
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """What the table hides, from what its contracted form hides."""
    small = contracted(table, groups)
    place = []
    inside = []
    for categories, kept, key in (
        (table.row_categories, small.row_categories, table.rows),
        (table.column_categories, small.column_categories, table.columns),
    ):
        at = {c: k for k, c in enumerate(kept)}
        group = groups.get(key, set())
        place.append(np.array([at[GROUP if c in group else c] for c in categories]))
        inside.append(np.array([c in group for c in categories], dtype=bool))
    grid = np.ix_(*place)
    covered = found.cells[grid]
    # Where a whole group of lines has no event, everybody can see that each of them has none.
    covered |= (inside[0][:, None] | inside[1][None, :]) & (small.x[grid] > 0)
    return (
        covered,
        found.row_totals[place[0]] | inside[0],
        found.column_totals[place[1]] | inside[1],
    )


def _shared_totals(tables: list[Matrix], shared: set[Axis]) -> dict[Axis, pd.DataFrame]:
    """Total and threshold of each category of each shared axis: the highest that a table asks for."""
    found: dict[Axis, pd.DataFrame] = {}
    if len({int(table.x.sum()) for table in tables}) > 1:
        raise SafelearnError(
            t(
                "The tables {names} do not count the same events.",
                names=listing([x.name for x in tables]),
            ),
            remedy=t(
                "Protect tables of different events apart, and publish no sum of both."
            ),
        )
    for table in tables:
        limits = limits_of_totals(table.x, table.limits)
        for axis, categories, n, limit, known in (
            (
                table.rows,
                table.row_categories,
                table.x.sum(axis=1),
                limits[:-1, -1],
                table.known[:-1, -1],
            ),
            (
                table.columns,
                table.column_categories,
                table.x.sum(axis=0),
                limits[-1, :-1],
                table.known[-1, :-1],
            ),
        ):
            if axis not in shared:
                continue
            own = pd.DataFrame(
                {"n": n, "limit": limit, "known": known.astype(np.int64)},
                index=pd.Index(categories, tupleize_cols=False),
            )
            before = found.get(axis)
            if before is None:
                found[axis] = own
                continue
            both = before.merge(
                own,
                how="outer",
                left_index=True,
                right_index=True,
                suffixes=("_before", ""),
            )
            both = both.fillna(0).astype(np.int64)
            if (both["n"] != both["n_before"]).any():
                raise SafelearnError(
                    t(
                        "Two tables have different totals by {key}.",
                        key=" + ".join(axis),
                    ),
                    where=table.name,
                    remedy=t(
                        "Protect tables of different events apart, and publish no sum of both."
                    ),
                )
            for column in ("limit", "known"):
                both[column] = both[[column, f"{column}_before"]].max(axis=1)
            found[axis] = both[["n", "limit", "known"]]
    return {axis: frame.astype({"known": bool}) for axis, frame in found.items()}
