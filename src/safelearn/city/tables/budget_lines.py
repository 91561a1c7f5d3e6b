"""Which rows of a budget are lines, what is each for, and what is its number? In: its rows. Out: those.

Chapters add up the lines that follow under longer codes; counted too, they would double the money.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.files.headers import normalise
from safelearn.city.tables.contract_words import meaning_of
from safelearn.language import listing, t, tn

_TOTAL = re.compile(
    r"^(?:gran |grand )?(?:sub ?)?(?:total|totales|totals|suma|sum|soma|ensemble)\b"
)


def rows_that_add_up(
    frame: pd.DataFrame,
    code: str | None,
    label: str | None,
    values: Mapping[str, np.ndarray],
    notes: list[str],
) -> np.ndarray:
    """Rows that add up others: those that say so, and chapters whose lines follow under longer codes."""
    result = np.zeros(len(frame), dtype=bool)
    for column in filter(None, (code, label)):
        result |= frame[column].map(normalise).str.contains(_TOTAL).to_numpy()
    if code is None:
        return result
    lines = _lines_of_chapters([_path(c) for c in frame[code]], result)
    doubtful = []
    for chapter, below in lines.items():
        adds_up = any(
            np.isclose(np.nansum(v[below]), v[chapter], atol=len(below))
            and v[chapter] != 0
            for v in values.values()
        )
        if adds_up:
            result[chapter] = True
        else:
            doubtful.append(str(frame[code].iloc[chapter]))
    if doubtful:
        notes.append(
            t(
                "The lines {codes} look like chapters of other lines but are not their sums: all were counted.",
                codes=listing(doubtful[:5]),
            )
        )
    return result


def _path(code: str) -> tuple[str, ...]:
    """A code's parts; zeros at its end stand for no part."""
    parts = [p for p in re.split(r"[.\-\s]+", code) if p]
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return tuple(parts)


def _lines_of_chapters(
    paths: list[tuple[str, ...]], aside: np.ndarray
) -> dict[int, list[int]]:
    """Chapter -> the rows right below it; chapters below a chapter add up their own lines."""
    first = {p: i for i, p in reversed(list(enumerate(paths))) if p and not aside[i]}
    found: dict[int, list[int]] = {}
    for row, path in enumerate(paths):
        if aside[row]:
            continue
        above = next(
            (path[:k] for k in range(len(path) - 1, 0, -1) if path[:k] in first), None
        )
        if above is not None:
            found.setdefault(first[above], []).append(row)
    return found


def put_purposes(
    read: pd.DataFrame,
    frame: pd.DataFrame,
    label: str | None,
    sums: np.ndarray,
    notes: list[str],
) -> None:
    """A purpose for each line: its own, or that of its label; "other" where neither is known."""
    field = next(
        f for f in contracts.contract("budget")["fields"] if f["name"] == "purpose"
    )
    allowed = set(field["constraints"]["enum"])
    given = read["purpose"] if "purpose" in read else pd.Series("", index=frame.index)
    known = given.isin(allowed)
    if label is not None:
        meant = meaning_of([v for v in frame[label].unique() if v], field)
        by_label = frame[label].map(meant)
        given = given.where(known | by_label.isna(), by_label)
        known = given.isin(allowed)
    strange = ~known & ~sums
    if strange.any():
        words = given[strange].where(
            given[strange] != "", frame[label][strange] if label else ""
        )
        shown = [w for w in dict.fromkeys(words) if w]
        notes.append(
            tn(
                "The purpose of {n} line is not known, and it counts under “other” ({labels}). Write it into a column "
                "called purpose: {allowed}.",
                "The purposes of {n} lines are not known, and they count under “other” ({labels}). Write them into a "
                "column called purpose: {allowed}.",
                int(strange.sum()),
                labels=", ".join([*shown[:5], *(["…"] if len(shown) > 5 else [])]),
                allowed=", ".join(field["constraints"]["enum"]),
            )
        )
    read["purpose"] = given.where(known, "other").astype("str")


def line_ids(
    rows: pd.DataFrame,
    frame: pd.DataFrame,
    at: np.ndarray,
    label: str | None,
    notes: list[str],
) -> pd.Series:
    """A number for every line; the file's own, told apart where several lines of a year share it."""
    given = rows["line_id"] if "line_id" in rows else pd.Series("", index=rows.index)
    if label is not None:
        named = frame[label].iloc[at].map(lambda v: normalise(v).replace(" ", "-"))
        given = given.where(given != "", named.to_numpy())
    given = given.where(given != "", "line")
    year = rows["year"] if "year" in rows else pd.Series("", index=rows.index)
    times = given.groupby([given, year]).cumcount()
    if (times > 0).any():
        notes.append(
            tn(
                "{n} line has the number of an earlier one; it was told apart by a figure behind it.",
                "{n} lines have the numbers of earlier ones; they were told apart by a figure behind them.",
                int((times > 0).sum()),
            )
        )
    return given.where(times == 0, given + "-" + (times + 1).astype("str")).astype(
        "str"
    )
