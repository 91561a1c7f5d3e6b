"""Whose residents does each row of a table count? In: its cells and the city's areas. Out: an area a row.

Areas are known by code, and by name only where the file has no codes: a ward that kept its name while its
borders moved would otherwise lend its residents to another ward's incidents. Rows that add others up (the
city, a district among its neighbourhoods) are found, so that nobody is counted twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.places.area_cells import by_code, by_name
from safelearn.city.places.matching import KnownAreas
from safelearn.errors import SafelearnError
from safelearn.language import t, tn

_CODE = {"code", "codigo", "cod", "gss", "id", "cvegeo", "clave", "ubigeo", "geocode", "kode"}  # fmt: skip
_ADDED_UP = (
    "total", "subtotal", "sub total", "totales", "totals", "gran total", "grand total", "suma", "sum", "soma",
    "ensemble", "insgesamt", "summe", "todos", "todas", "all areas", "whole city", "city total",
)  # fmt: skip


@dataclass(frozen=True)
class RowAreas:
    """The area of each row.

    Attributes
    ----------
    column : str
        The column that says so.
    ids : Series of str
        Codes; what names no area of the city stays as published, missing where the cell is empty.
    published : Series of str
        The cells, an empty one filled with the one above it where that is meant.
    known : ndarray of bool
        Rows that belong to an area of the city; all filled ones where the city has no areas yet.
    notes : tuple of str
    """

    column: str
    ids: pd.Series
    published: pd.Series
    known: np.ndarray
    notes: tuple[str, ...]


def area_of_rows(
    frame: pd.DataFrame, areas: KnownAreas, *, others: Collection[str], long: bool
) -> RowAreas:
    """Find the column of areas and the area of each row.

    Parameters
    ----------
    others : collection of str
        Columns that are known to hold something else: figures, sexes, ages, years.
    long : bool
        Whether an area can have several rows, so that an empty cell repeats the one above it.

    Raises
    ------
    SafelearnError
        If no column holds areas of the city.
    """
    rest = [c for c in frame.columns if c not in others]
    column, positions, kind, bare = _column(frame, rest, areas)
    cells = frame[column]
    notes = [
        t(
            "The city has no areas yet: residents were kept under what the column {column} says.",
            column=column,
        )
        if not areas.codes
        else t(
            "Areas were matched by their names in the column {column}.", column=column
        )
        if kind == "name"
        else t(
            "Areas were matched by their codes in the column {column}.", column=column
        )
    ]
    if bare:
        example = next(c for c, p in zip(cells, positions, strict=True) if p >= 0)
        whole = areas.codes[positions[list(cells).index(example)]]
        notes.append(
            t(
                "The codes had lost their leading zeros: {short} was read as {code}.",
                short=example,
                code=whole,
            )
        )
    blank = (cells == "").to_numpy()
    if long and blank.any() and not blank[0]:
        filled = ~blank
        above = np.maximum.accumulate(np.where(filled, np.arange(len(cells)), 0))
        cells, positions = cells.iloc[above].set_axis(cells.index), positions[above]
        notes.append(
            tn(
                "{n} row names no area: it was read with the area above it.",
                "{n} rows name no area: they were read with the area above them.",
                int(blank.sum()),
            )
        )
    known = positions >= 0
    codes = np.array([*areas.codes, ""], dtype=object)
    found = pd.Series(codes[positions], index=cells.index, dtype="str")
    ids = found.where(known, cells.where(cells != ""))
    if not areas.codes:
        known = ids.notna().to_numpy()
    return RowAreas(column, ids.astype("str"), cells, known, tuple(notes))


def _column(
    frame: pd.DataFrame, rest: list[str], areas: KnownAreas
) -> tuple[str, np.ndarray, str, bool]:
    """The column of areas, the position of each row's area, and whether names or bare codes were matched."""
    nothing = np.full(len(frame), -1)
    exact = next((c for c in rest if normalise(c) == "area id"), None)
    best: tuple[float, str, np.ndarray, str, bool] | None = None
    for column in [exact] if exact else rest:
        positions, bare = by_code(frame[column], areas)
        share = float((positions >= 0).mean()) - 0.001 * bare
        if share > (best[0] if best else 0):
            best = (share, column, positions, "code", bare)
    if best:
        return best[1:]
    if exact:
        return exact, nothing, "code", False
    likely = [
        c
        for c in rest
        if set(normalise(c).split()) & _CODE
        and frame[c].str.contains(r"\d").mean() > 0.9
    ]
    if likely:
        return likely[0], nothing, "code", False
    beside = max(
        rest,
        key=lambda c: np.mean([bool(areas.names_of.district(v)) for v in frame[c]]),
        default="",
    )
    shares = {
        c: by_name(frame[c], areas, frame[beside] if beside not in ("", c) else None)
        for c in rest
    }
    name = max(shares, key=lambda c: (shares[c] >= 0).mean(), default=None)
    if name is not None and (shares[name] >= 0).any():
        return name, shares[name], "name", False
    if not areas.codes and rest:
        letters = {c: frame[c].str.contains(r"[^\W\d_]").mean() for c in rest}
        return max(letters, key=lambda c: letters[c]), nothing, "code", False
    raise SafelearnError(
        t("No column holds the areas of this city."),
        where=", ".join(map(str, frame.columns[:12])),
        remedy=t("Name the column with the codes of the areas area_id."),
    )


def rows_that_add_up(
    frame: pd.DataFrame, at: RowAreas, people: np.ndarray
) -> np.ndarray:
    """Rows that are no area but the sum of others.

    Parameters
    ----------
    people : ndarray of float
        One figure a row that can be added up: the total, or the sum of its groups.

    Returns
    -------
    ndarray of bool

    Notes
    -----
    A row adds others up if it says so, or if its figure is the sum of the areas between it and the next row
    that is no area (above or below), or of all areas of the file.
    """
    text = frame[[c for c in frame.columns if frame[c].str.contains(r"[^\W\d_]").any()]]
    said = np.zeros(len(frame), dtype=bool)
    place_words = text.map(normalise)
    for column in place_words:
        words = place_words[column]
        is_sum = words.isin(_ADDED_UP)
        for start in ("total ", "subtotal ", "sub total "):
            is_sum |= words.str.startswith(start)
        # "Total" in a column of sexes or ages stands on the rows of every area.
        if column == at.column or not (is_sum.to_numpy() & at.known).any():
            said |= is_sum.to_numpy()
    strange = ~at.known
    if not strange.any() or strange.all():
        return said
    whole = np.nansum(people[at.known & ~said])
    sums = np.zeros(len(frame), dtype=bool)
    edges = np.flatnonzero(strange | said)
    for position, row in enumerate(edges):
        if np.isnan(people[row]) or people[row] <= 0 or said[row]:
            continue
        after = edges[position + 1] if position + 1 < len(edges) else len(frame)
        before = edges[position - 1] + 1 if position else 0
        for first, last in ((row + 1, after), (before, row)):
            block = people[first:last]
            if len(block) > 1 and abs(np.nansum(block) - people[row]) <= len(block) / 2:
                sums[row] = True
        if abs(whole - people[row]) <= len(frame) / 2 and at.known.sum() > 1:
            sums[row] = True
    return said | (sums & strange)
