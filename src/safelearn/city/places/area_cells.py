"""Which area does a cell mean? In: cells of a table and the city's areas. Out: the area of each, or none.

Codes come first, also those whose leading zeros a spreadsheet ate; a name means an area only as
`KnownAreas.find` says, never by likeness.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import KnownAreas, confirmation_key
from safelearn.language import t, tn

#: Words in a column of areas that mean no area in particular.
_EVERYWHERE = frozenset(
    (
        "toda la ciudad", "todo el municipio", "whole city", "all", "all areas", "todos", "todas", "total", "general",
        "cidade toda", "toute la ville", "ciudad", "city wide", "citywide",
    )
)  # fmt: skip


def by_code(cells: pd.Series, areas: KnownAreas) -> tuple[np.ndarray, bool]:
    """The position of each row's area by its code (-1: none), and whether the codes had lost their zeros."""
    known = areas.by_code()
    at = {}
    for word in cells.unique():
        given = areas.confirmed.get(confirmation_key(word, kind="code"), "")
        at[word] = known.get(word, known.get(given, -1))
    bare = {c.lstrip("0"): i for c, i in known.items() if c.isdigit()}
    # Only where no code is whole, and no two codes are the same without their zeros.
    if not any(p >= 0 for p in at.values()) and len(bare) == len(known):
        short = {w: bare.get(re.sub(r"\.0$", "", w).lstrip("0"), -1) for w in at if w}
        if any(p >= 0 for p in short.values()):
            return cells.map({**at, **short}).to_numpy(int), True
    return cells.map(at).to_numpy(int), False


def by_name(
    cells: pd.Series, areas: KnownAreas, parents: pd.Series | None = None
) -> np.ndarray:
    """The position of each row's area by its name, beside the district in the same row."""
    beside = pd.Series("", index=cells.index) if parents is None else parents
    districts = {p for p in beside.unique() if areas.names_of.district(p)}
    beside = beside.where(beside.isin(districts), "")
    pairs = list(zip(cells, beside, strict=True))
    found = {
        (name, parent): areas.find(name, parent if parent != name else "").position
        for name, parent in set(pairs)
    }
    return np.array([found[pair] for pair in pairs], dtype=int)


def as_codes(
    cells: pd.Series, areas: KnownAreas | None
) -> tuple[pd.Series, tuple[str, ...]]:
    """Cells with codes or names of areas as codes; what means no area stays as published."""
    cells = cells.where(~cells.map(normalise).isin(_EVERYWHERE), "")
    if areas is None or not areas.codes:
        return cells, ()
    found, bare = by_code(cells, areas)
    positions = found.copy()
    notes = []
    named = positions < 0
    named &= (cells != "").to_numpy()
    if named.any():
        positions[named] = by_name(cells[named], areas)
        if (positions[named] >= 0).any():
            notes.append(
                tn(
                    "{n} area was known by its name.",
                    "{n} areas were known by their names.",
                    cells[named][positions[named] >= 0].nunique(),
                )
            )
    if bare:
        notes.append(t("The codes of the areas had lost their leading zeros."))
    codes = np.array([*areas.codes, ""], dtype=object)
    ids = pd.Series(codes[positions], index=cells.index, dtype="str")
    return ids.where(positions >= 0, cells), tuple(notes)
