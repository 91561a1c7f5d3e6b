"""What two numbers does each row give for its place? In: columns of coordinates as published. Out: x and y.

They may be written with decimal commas, with the marks of thousands that a spreadsheet put in, or in degrees,
minutes and seconds; 0/0 and whatever the source writes for "no place" become missing. Projected coordinates
become degrees. Whether the point is one of the city is not asked here: see `points`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.columns.profiles import Profile
from safelearn.city.columns.victims import NOT_KNOWN
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import Numerals, settle_numerals
from safelearn.language import t, tn

_DEGREES = ("EPSG:4326", "4326", "WGS84")
#: 6°14'39.5"N, N 6 14 39, -75 34 05: degrees, minutes, seconds and a hemisphere.
_SEXAGESIMAL = (
    r"^\s*(?P<before>[NSEWO])?\s*(?P<sign>[-+])?\s*(?P<d>\d{1,3})\s*(?:[°ºd:]|\s)\s*"
    r"(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:['\u2032\u2019m:]|\s|$)\s*"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|\u2033|\u201d|''|s)?)?\s*(?P<after>[NSEWO])?\s*$"
)
#: -75.569.854: a decimal that a spreadsheet took for a whole number.
_MARKED = r"^\s*([-+]?\d{1,3})[.,](\d{3}(?:[.,]\d{3})+)\s*$"
#: Where nearly all coordinates of so many rows have so few decimals, they are rounded.
_ENOUGH, _NEARLY_ALL, _FEW_DECIMALS = 50, 0.99, 3
_LOOKED_AT = 20_000


@dataclass(frozen=True)
class CoordinateReader:
    """How the coordinates of one file are read.

    Attributes
    ----------
    pair : tuple of str
        The columns of x and y; empty where the file has none.
    system : str
        Their coordinate system; empty for degrees.
    not_a_place : tuple of pairs
        Coordinates that stand for "no place".
    decimals : int or None
        The decimals that degrees have at most, where they are rounded.
    """

    pair: tuple[str, ...] = ()
    system: str = ""
    not_a_place: tuple[tuple[float, float], ...] = ()
    numerals: tuple[Numerals, ...] = ()
    transformer: Any = None
    decimals: int | None = None
    notes: tuple[str, ...] = field(default=())

    def numbers(
        self, frame: pd.DataFrame, masked: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
        """The two numbers of each row as the file has them, NaN where it gives none, and counts of what was met."""
        n = len(frame)
        if not self.pair:
            return np.full(n, np.nan), np.full(n, np.nan), {}
        x, y = (self._read(frame[c], i) for i, c in enumerate(self.pair))
        zero = (x == 0) & (y == 0)
        figures = {
            "unreadable_coordinates": _unreadable(frame, self.pair, np.isnan(x + y)),
            "zero_coordinates": int(zero.sum()),
        }
        nowhere = np.zeros(n, dtype=bool)
        for px, py in self.not_a_place:
            nowhere |= (x == px) & (y == py)
        figures["no_place"] = int(nowhere.sum())
        none = zero | nowhere | np.isnan(x) | np.isnan(y)
        if masked is not None:
            none |= masked
        x[none] = y[none] = np.nan
        return x, y, figures

    def degrees(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Longitude and latitude (WGS84) of these numbers, as they are where they are degrees already."""
        if self.transformer is None:
            return x, y
        east, north = self.transformer.transform(x, y)
        east, north = (np.where(np.isfinite(v), v, np.nan) for v in (east, north))
        lost = np.isnan(east) | np.isnan(north)
        east[lost] = north[lost] = np.nan
        return east, north

    def say(self, figures: Mapping[str, int]) -> list[str]:
        """What was met in all rows, in sentences."""
        said = []
        places = ", ".join(f"{px:g}/{py:g}" for px, py in self.not_a_place)
        for name, place in (("zero_coordinates", "0/0"), ("no_place", places)):
            if figures.get(name, 0):
                said.append(
                    tn(
                        "{n} row has the coordinates {place}, which mean that it has none.",
                        "{n} rows have the coordinates {place}, which mean that they have none.",
                        figures[name],
                        place=place,
                    )
                )
        return said

    def _read(self, text: pd.Series, i: int) -> np.ndarray:
        if self.system:
            return self.numerals[i].read(text)
        values = Numerals().read(text)
        open_ = np.isnan(values) | (np.abs(values) > 180)
        open_[open_] = (text[open_].str.strip() != "").to_numpy()
        if open_.any():
            values[open_] = _odd_degrees(text[open_], values[open_])
        return values


def settle_coordinates(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    crs: str | None = None,
    where: str = "",
) -> CoordinateReader:
    """Decide how the coordinates of a file are read.

    Raises
    ------
    SafelearnError
        If `crs` is unknown.
    """
    names = ("longitude", "latitude")
    if not set(names) <= set(columns):
        names = ("x", "y")
    if not set(names) <= set(columns):
        return CoordinateReader()
    pair = tuple(columns[k] for k in names)
    system = crs or profile.crs
    if system.upper() in _DEGREES or (not crs and _are_degrees(sample, names, pair)):
        system = ""
    notes = []
    if system and not crs:
        notes.append(t("Coordinates were read as {crs}.", crs=system))
    numerals: tuple[Numerals, ...] = ()
    if system:
        numerals = tuple(settle_numerals(sample[c]) for c in pair)
        found = (n.note(c) for n, c in zip(numerals, pair, strict=True))
        notes += [note for note in found if note]
    return CoordinateReader(
        pair,
        system,
        tuple(p for p in profile.not_a_place if p != (0.0, 0.0)),
        numerals,
        _to_wgs84(system, where) if system else None,
        None if system else _decimals(sample, pair),
        tuple(notes),
    )


def _are_degrees(
    sample: pd.DataFrame, names: tuple[str, ...], pair: tuple[str, ...]
) -> bool:
    """Whether longitude and latitude are what they are called, and the profile's system is that of x and y."""
    if names[0] != "longitude":
        return False
    x, y = (settle_numerals(sample[c]).read(sample[c]) for c in pair)
    known = ~np.isnan(x) & ~np.isnan(y)
    within = (np.abs(x[known]) <= 180) & (np.abs(y[known]) <= 180)
    return bool(within.mean() > 0.5) if known.any() else True


def _unreadable(frame: pd.DataFrame, pair: tuple[str, ...], missing: np.ndarray) -> int:
    """Rows that have something in both columns, and no number in one of them."""
    rows = np.flatnonzero(missing)
    if not len(rows):
        return 0
    filled = np.ones(len(rows), dtype=bool)
    for column in pair:
        codes, kinds = pd.factorize(frame[column].iloc[rows])
        filled &= np.array([normalise(k) not in NOT_KNOWN for k in kinds])[codes]
    return int(filled.sum())


def _odd_degrees(text: pd.Series, values: np.ndarray) -> np.ndarray:
    """Degrees with minutes and seconds, or with marks of thousands; what is neither stays as it was."""
    marked = text.str.extract(_MARKED)
    whole = marked[1].str.replace(r"[.,]", "", regex=True)
    decimal = pd.to_numeric(marked[0].str.cat(whole, sep="."), errors="coerce")
    parts = text.str.upper().str.extract(_SEXAGESIMAL)
    number = {
        k: pd.to_numeric(parts[k].str.replace(",", ".", regex=False), errors="coerce")
        for k in ("d", "m", "s")
    }
    degrees = number["d"] + number["m"] / 60 + number["s"].fillna(0) / 3600
    side = parts["before"].fillna(parts["after"])
    # Spanish, Portuguese and French write O for the west.
    negative = side.isin(["S", "W", "O"]) | (parts["sign"] == "-")
    degrees = degrees.where(~negative, -degrees)
    return (
        decimal.fillna(degrees).fillna(pd.Series(values, index=text.index)).to_numpy()
    )


def _decimals(sample: pd.DataFrame, pair: tuple[str, ...]) -> int | None:
    """Up to how many decimals degrees are rounded; None where they are not, or there are few of them."""
    most = 0
    for column in pair:
        text = sample[column].str.strip()
        text = text[(text != "") & (text != "0")]
        if len(text) < _ENOUGH or text.nunique() < 5:
            return None
        text = text.iloc[:: max(len(text) // _LOOKED_AT, 1)]
        decimals = text.str.extract(r"[.,](\d+)$")[0].fillna("").str.len()
        if (decimals <= _FEW_DECIMALS).mean() < _NEARLY_ALL:
            return None
        most = max(most, int(decimals[decimals <= _FEW_DECIMALS].max()))
    return most


def _to_wgs84(crs: str, where: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    from safelearn.city.files.geographic import WGS84, unknown_crs

    name = f"EPSG:{crs}" if crs.isdigit() else crs
    try:
        return Transformer.from_crs(name, WGS84, always_xy=True)
    except CRSError as error:
        raise unknown_crs(crs, where) from error
