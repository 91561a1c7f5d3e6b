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

from safelearn.city.headers import normalise
from safelearn.city.numerals import as_floats
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
    """

    longitude: np.ndarray
    latitude: np.ndarray
    area: np.ndarray
    precision: pd.Categorical
    strange: pd.DataFrame
    notes: tuple[str, ...] = ()


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


def read_coordinates(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    crs: str | None,
    masked: np.ndarray | None,
    where: str,
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Longitude and latitude (WGS84) of each row, NaN where the source gives no point.

    Raises
    ------
    SafelearnError
        If the coordinates are not degrees and nobody says what they are, or `crs` is unknown.
    """
    pair = ("longitude", "latitude")
    if not set(pair) <= set(columns):
        pair = ("x", "y")
    n = len(frame)
    if not set(pair) <= set(columns):
        return np.full(n, np.nan), np.full(n, np.nan), ()
    x, y = (as_floats(frame[columns[k]]) for k in pair)
    notes: list[str] = []
    for px, py in ((0.0, 0.0), *profile.not_a_place):
        nowhere = (x == px) & (y == py)
        if nowhere.any():
            place = f"{px:g}/{py:g}"
            if not any(place in note for note in notes):
                notes.append(
                    tn(
                        "{n} row has the coordinates {place}, which mean that it has none.",
                        "{n} rows have the coordinates {place}, which mean that they have none.",
                        int(nowhere.sum()),
                        place=place,
                    )
                )
            x[nowhere] = y[nowhere] = np.nan
    if masked is not None:
        x[masked] = y[masked] = np.nan
    half = np.isnan(x) | np.isnan(y)
    x[half] = y[half] = np.nan
    system = crs or profile.crs
    if system and system.upper() not in ("EPSG:4326", "4326", "WGS84"):
        x, y = _to_wgs84(x, y, system, where)
        if not crs:
            notes.append(t("Coordinates were read as {crs}.", crs=system))
    known = ~np.isnan(x)
    wild = known & ((np.abs(x) > 180) | (np.abs(y) > 90))
    if known.any() and wild.sum() > 0.5 * known.sum():
        raise SafelearnError(
            t(
                "The coordinates are not degrees, and nothing says which system they are in."
            ),
            where=t(
                "{file}, columns {x} and {y}",
                file=where,
                x=columns[pair[0]],
                y=columns[pair[1]],
            ),
            remedy=t(
                "Ask who made the file and name it, as in --crs EPSG:27700 (British National Grid)."
            ),
        )
    if wild.any():
        notes.append(
            tn(
                "{n} row has coordinates that are nowhere on Earth: they are not used.",
                "{n} rows have coordinates that are nowhere on Earth: they are not used.",
                int(wild.sum()),
            )
        )
        x[wild] = y[wild] = np.nan
    return x, y, tuple(notes)


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
    pointed = ~np.isnan(x)
    inside = np.full(len(frame), -1, dtype=np.int32)
    if areas.boundaries is not None and pointed.any():
        x, y, inside = _by_point(x, y, areas, notes)
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


def _to_wgs84(
    x: np.ndarray, y: np.ndarray, crs: str, where: str
) -> tuple[np.ndarray, np.ndarray]:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    from safelearn.city.geographic import WGS84, unknown_crs

    name = f"EPSG:{crs}" if crs.isdigit() else crs
    try:
        change = Transformer.from_crs(name, WGS84, always_xy=True)
    except CRSError as error:
        raise unknown_crs(crs, where) from error
    known = ~np.isnan(x)
    longitude, latitude = np.full(len(x), np.nan), np.full(len(x), np.nan)
    longitude[known], latitude[known] = change.transform(x[known], y[known])
    lost = ~np.isfinite(longitude) | ~np.isfinite(latitude)
    longitude[lost] = latitude[lost] = np.nan
    return longitude, latitude


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
