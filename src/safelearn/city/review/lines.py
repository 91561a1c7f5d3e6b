"""Which lines of a file should a person look at? In: lines with their reason or problem. Out: lists in ``review/``.

`set_aside.csv` holds every row set aside (file, line, reason, remedy); `problems.csv` the first lines of each problem
of a file (file, line, problem). They are never published, and no cell of a row stands in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from safelearn.city.imports.history import Change

SET_ASIDE = "review/set_aside.csv"
PROBLEMS = "review/problems.csv"


def write_line_lists(
    change: Change,
    aside: Sequence[pd.DataFrame],
    shown: Sequence[pd.DataFrame],
    *,
    forget: Iterable[str] = (),
) -> None:
    """Add rows set aside, and examples of problems, in place of those of the files in `forget`."""
    for place, lists in ((SET_ASIDE, aside), (PROBLEMS, shown)):
        rows = pd.concat(lists, ignore_index=True) if lists else pd.DataFrame()
        write_lines(change, place, rows, forget=forget)


def write_lines(
    change: Change, place: str, rows: pd.DataFrame, *, forget: Iterable[str] = ()
) -> None:
    """Add rows to a list of lines of ``review/``, in place of those of the files in `forget`."""
    path = change.current(place)
    kept = []
    if path.is_file():
        before = pd.read_csv(
            path, dtype="str", keep_default_na=False, encoding="utf-8-sig"
        )
        kept.append(before[~before["file"].isin(list(forget))])
    kept = [k for k in (*kept, rows.astype("str")) if len(k)]
    if not kept:
        if path.is_file():
            change.remove(place)
        return
    # A byte-order mark, because spreadsheets take a CSV without one for another encoding.
    pd.concat(kept, ignore_index=True).to_csv(
        change.stage(place), index=False, encoding="utf-8-sig", lineterminator="\n"
    )
