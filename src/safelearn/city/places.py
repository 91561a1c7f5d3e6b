"""Where did each event happen? In: coordinates, codes and names as published. Out: point, area, precision.

Coordinates decide where there are any and the city has boundaries; else the code of the area; else its name,
if it is exactly that of one area. Nothing is joined by likeness: near misses go to `review/areas.xlsx` for a
person. A row without a place stays, and counts in every total as not located.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.coordinates import read_coordinates, zeros
from safelearn.city.headers import normalise
from safelearn.city.profiles import Profile
from safelearn.city.victims import as_category
from safelearn.errors import SafelearnError
from safelearn.language import number, percent, t, tn

if TYPE_CHECKING:
    import geopandas

PRECISIONS = ("exact", "snapped", "area", "none")
#: A name that is no area's means one area if its rows with a point say so: so many, so nearly all.
_WITNESSES, _AGREE = 50, 0.95


@dataclass(frozen=True)
class Places:
    """Where rows are.

    Attributes
    ----------
    longitude, latitude : ndarray of float
        WGS84; NaN where there is no point.
    area : ndarray of int32
        Position in the areas' codes; -1 where not located.
    precision : Categorical
        exact, snapped, area or none.
    strange : DataFrame
        Names and codes that are no area: value, rows, kind ("code" or "name").
    notes : tuple of str
    figures : dict of str to int
        ``zero_coordinates``, ``outside`` (points in no area), ``swapped``: rows, where there are any.
    """

    longitude: np.ndarray
    latitude: np.ndarray
    area: np.ndarray
    precision: pd.Categorical
    strange: pd.DataFrame
    notes: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownAreas:
    """The areas that rows can lie in, in the order of their codes.

    `strict`: a file of which no row lies in any of them is an error. Where areas are new and the incidents
    were there before, it is not: the incidents stay, not located.
    """

    codes: list[str]
    names: list[str]
    boundaries: geopandas.GeoDataFrame | None = None
    confirmed: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True

    def by_code(self) -> dict[str, int]:
        """Code -> position."""
        return {code: i for i, code in enumerate(self.codes)}

    def by_name(self) -> dict[str, int]:
        """Normalised name -> position; a name that two areas share is no one's."""
        found: dict[str, int] = {}
        shared = set()
        for i, name in enumerate(self.names):
            key = normalise(name)
            shared |= {key} & found.keys()
            found[key] = i
        return {k: i for k, i in found.items() if k and k not in shared}


def place_rows(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    areas: KnownAreas,
    *,
    crs: str | None = None,
    masked: np.ndarray | None = None,
    where: str = "",
) -> Places:
    """Find the point and the area of each row.

    Raises
    ------
    SafelearnError
        As `read_coordinates`, and if rows have places but not one of them lies in an area of the city.
    """
    x, y, said = read_coordinates(
        frame, columns, profile, crs=crs, masked=masked, where=where
    )
    notes = list(said)
    figures = {"zero_coordinates": zeros(frame, columns)}
    pointed = ~np.isnan(x)
    inside = np.full(len(frame), -1, dtype=np.int32)
    if areas.boundaries is not None and pointed.any():
        before = x
        x, y, inside = _by_point(x, y, areas, notes)
        figures["outside"] = int((pointed & (inside < 0)).sum())
        figures["swapped"] = 0 if x is before else int(pointed.sum())
    area = inside.copy()
    # A point outside every area is known not to be in one, whatever the code beside it says.
    open_rows = ~pointed if areas.boundaries is not None else np.ones(len(frame), bool)
    strange = []
    for kind in ("area_id", "area_name"):
        if areas.codes and kind in columns and (open_rows & (area < 0)).any():
            labels = as_category(frame[columns[kind]]).rename(columns[kind])
            strange.append(
                _by_label(labels, kind, areas, area, open_rows, inside, notes)
            )
            # A code that is not the city's own is never overruled by a name: the borders may differ.
            open_rows = open_rows & labels.isna().to_numpy()
    snapped = profile.place_precision == "snapped"
    precision = np.where(pointed, 1 if snapped else 0, np.where(area >= 0, 2, 3))
    if areas.strict and areas.codes and not (area >= 0).any():
        named = any(
            (frame[columns[k]].str.strip() != "").any()
            for k in ("area_id", "area_name")
            if k in columns
        )
        if named or (pointed.any() and areas.boundaries is not None):
            raise _nowhere(where)
    found = [s for s in strange if len(s)]
    return Places(
        x,
        y,
        area,
        pd.Categorical.from_codes(precision, categories=list(PRECISIONS)),
        pd.concat(found, ignore_index=True) if found else _no_strange(),
        tuple(notes),
        {name: n for name, n in figures.items() if n},
    )


def _by_point(
    x: np.ndarray, y: np.ndarray, areas: KnownAreas, notes: list[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    from safelearn.city.areas import locate

    shapes = areas.boundaries
    assert shapes is not None
    inside = _in_code_order(locate(x, y, shapes), areas)
    pointed = ~np.isnan(x)
    if (inside >= 0).sum() < 0.05 * pointed.sum():
        swapped = _in_code_order(locate(y, x, shapes), areas)
        if (swapped >= 0).sum() > 0.8 * pointed.sum():
            notes.append(
                t(
                    "Longitude and latitude stand in each other's columns: they were swapped."
                )
            )
            x, y, inside = y, x, swapped
    outside = int((pointed & (inside < 0)).sum())
    if outside:
        notes.append(
            tn(
                "{n} row has a point outside every area: it counts as not located.",
                "{n} rows have points outside every area: they count as not located.",
                outside,
            )
        )
    return x, y, inside


def _in_code_order(position: np.ndarray, areas: KnownAreas) -> np.ndarray:
    """From positions in the boundaries to positions in the list of codes."""
    assert areas.boundaries is not None
    by_code = areas.by_code()
    order = [by_code[code] for code in areas.boundaries["area_id"]] + [-1]
    return np.array(order, dtype=np.int32)[position]


def _by_label(
    labels: pd.Series,
    kind: str,
    areas: KnownAreas,
    area: np.ndarray,
    open_rows: np.ndarray,
    inside: np.ndarray,
    notes: list[str],
) -> pd.DataFrame:
    """Fill in areas by code or by name (in place); what names no area comes back."""
    codes = labels.cat.codes.to_numpy()
    words = list(labels.cat.categories)
    positions = _by_code(words, areas) if kind == "area_id" else [-1] * len(words)
    if not any(p >= 0 for p in positions):
        # A column called "ward" may hold names and not codes.
        positions = _by_name(words, areas)
        kind = "area_name" if any(p >= 0 for p in positions) else kind
    if kind == "area_name":
        positions = _by_witnesses(words, codes, positions, inside, areas, notes)
    lookup = np.array([*positions, -1], dtype=np.int32)
    fill = open_rows & (area < 0)
    area[fill] = lookup[codes[fill]]
    placed = int((fill & (area >= 0)).sum())
    if placed and kind == "area_name":
        notes.append(
            tn(
                "{n} row was counted in the area that its column {column} names.",
                "{n} rows were counted in the area that their column {column} names.",
                placed,
                column=str(labels.name),
            )
        )
    left = open_rows & (area < 0) & (codes >= 0)
    rows = np.bincount(codes[left], minlength=len(words))
    named = [(w, int(n)) for w, n in zip(words, rows, strict=True) if n]
    return pd.DataFrame(
        {
            "value": pd.Series([w for w, _ in named], dtype="str"),
            "rows": pd.Series([n for _, n in named], dtype="int64"),
            "kind": "code" if kind == "area_id" else "name",
        }
    )


def _by_code(words: list[str], areas: KnownAreas) -> list[int]:
    known = areas.by_code()
    positions = [known.get(w, -1) for w in words]
    if any(p >= 0 for p in positions):
        return positions
    # Spreadsheets eat leading zeros; a code without them is taken only where it is plain whose it was.
    bare = {c.lstrip("0"): i for c, i in known.items() if c.isdigit()}
    if len(bare) < len(known):
        return positions
    return [bare.get(w.lstrip("0"), -1) if w.isdigit() else -1 for w in words]


def _by_name(words: list[str], areas: KnownAreas) -> list[int]:
    known = areas.by_name()
    by_code = areas.by_code()
    confirmed = {normalise(k): by_code.get(v, -1) for k, v in areas.confirmed.items()}
    keys = [normalise(w) for w in words]
    return [confirmed.get(k, known.get(k, -1)) for k in keys]


def _by_witnesses(
    words: list[str],
    codes: np.ndarray,
    positions: list[int],
    inside: np.ndarray,
    areas: KnownAreas,
    notes: list[str],
) -> list[int]:
    """Names that are no area's, settled by the rows of that name that have a point.

    Where a source masks the points of violent offences but names their neighbourhood, and calls one area by
    another name than the map does, leaving them out would show that area as free of violence. The other
    rows of that name are witnesses: if nearly all lie in one area, the name means it.
    """
    settled = list(positions)
    for i, word in enumerate(words):
        if settled[i] >= 0:
            continue
        seen = inside[(codes == i) & (inside >= 0)]
        pointed = int(((codes == i) & (inside >= 0)).sum())
        if pointed < _WITNESSES:
            continue
        counts = np.bincount(seen)
        best = int(counts.argmax())
        if counts[best] < _AGREE * pointed:
            continue
        settled[i] = best
        notes.append(
            t(
                "Rows of {name} without a point count in {area}: of the {n} with one, {share} lie there.",
                name=word,
                area=areas.names[best],
                share=percent(counts[best] / pointed),
                n=number(pointed),
            )
        )
    return settled


def _nowhere(where: str) -> SafelearnError:
    return SafelearnError(
        t("No row of the file lies in an area of this city."),
        where=where,
        remedy=t(
            "Check that it is the right city, name the coordinate system with --crs, and compare "
            "the codes or names of areas with those of the table of areas."
        ),
    )


def _no_strange() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "value": pd.Series(dtype="str"),
            "rows": pd.Series(dtype="int64"),
            "kind": pd.Series(dtype="str"),
        }
    )
