"""Which point does each row give? In: columns of coordinates as published. Out: longitude and latitude (WGS84).

Projected coordinates are brought to degrees; 0/0, masked and impossible ones become missing, and are said: a
point in the sea off Africa is no place of the city. What holds for the file as a whole (its columns, its
coordinate system) is settled once, on a sample; rows are then read one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.numerals import as_floats
from safelearn.city.profiles import Profile
from safelearn.errors import SafelearnError
from safelearn.language import t, tn

_DEGREES = ("EPSG:4326", "4326", "WGS84")


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
    notes : tuple of str
    """

    pair: tuple[str, ...]
    system: str = ""
    not_a_place: tuple[tuple[float, float], ...] = ()
    notes: tuple[str, ...] = ()
    transformer: Any = None

    def read(
        self, frame: pd.DataFrame, masked: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
        """Longitude and latitude of each row, NaN where it gives no point, and what was met, counted."""
        n = len(frame)
        if not self.pair:
            return np.full(n, np.nan), np.full(n, np.nan), {}
        x, y = (as_floats(frame[column]) for column in self.pair)
        zero = (x == 0) & (y == 0)
        figures = {"zero_coordinates": int(zero.sum())}
        x[zero] = np.nan
        nowhere = np.zeros(n, dtype=bool)
        for px, py in self.not_a_place:
            nowhere |= (x == px) & (y == py)
        figures["no_place"] = int(nowhere.sum())
        x[nowhere] = np.nan
        if masked is not None:
            x[masked] = np.nan
        half = np.isnan(x) | np.isnan(y)
        x[half] = y[half] = np.nan
        if self.transformer is not None:
            x, y = self.transformer.transform(x, y)
            x, y = (np.where(np.isfinite(v), v, np.nan) for v in (x, y))
        wild = (np.abs(x) > 180) | (np.abs(y) > 90)
        figures["off_the_earth"] = int(wild.sum())
        x[wild] = y[wild] = np.nan
        return x, y, figures

    def say(self, figures: Mapping[str, int]) -> list[str]:
        """What was met in all rows, in sentences."""
        said = []
        for n, places in (
            (figures.get("zero_coordinates", 0), "0/0"),
            (
                figures.get("no_place", 0),
                ", ".join(f"{px:g}/{py:g}" for px, py in self.not_a_place),
            ),
        ):
            if n:
                said.append(
                    tn(
                        "{n} row has the coordinates {place}, which mean that it has none.",
                        "{n} rows have the coordinates {place}, which mean that they have none.",
                        n,
                        place=places,
                    )
                )
        wild = figures.get("off_the_earth", 0)
        if wild:
            said.append(
                tn(
                    "{n} row has coordinates that are nowhere on Earth: they are not used.",
                    "{n} rows have coordinates that are nowhere on Earth: they are not used.",
                    wild,
                )
            )
        return said


def settle_coordinates(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    *,
    crs: str | None = None,
    masked: np.ndarray | None = None,
    where: str = "",
) -> CoordinateReader:
    """Decide how the coordinates of a file are read.

    Raises
    ------
    SafelearnError
        If the coordinates are not degrees and nobody says what they are, or `crs` is unknown.
    """
    names = ("longitude", "latitude")
    if not set(names) <= set(columns):
        names = ("x", "y")
    if not set(names) <= set(columns):
        return CoordinateReader(())
    pair = tuple(columns[k] for k in names)
    system = crs or profile.crs
    if system.upper() in _DEGREES or (not crs and _are_degrees(sample, names, pair)):
        system = ""
    notes = []
    if system and not crs:
        notes.append(t("Coordinates were read as {crs}.", crs=system))
    transformer = _to_wgs84(system, where) if system else None
    nowhere = tuple(p for p in profile.not_a_place if p != (0.0, 0.0))
    reader = CoordinateReader(pair, system, nowhere, tuple(notes), transformer)
    x, _, figures = reader.read(sample, masked)
    known = int((~np.isnan(x)).sum())
    if figures["off_the_earth"] > known:
        raise SafelearnError(
            t(
                "The coordinates are not degrees, and nothing says which system they are in."
            ),
            where=t("{file}, columns {x} and {y}", file=where, x=pair[0], y=pair[1]),
            remedy=t(
                "Ask who made the file and name it, as in --crs EPSG:27700 (British National Grid)."
            ),
        )
    return reader


def _are_degrees(
    sample: pd.DataFrame, names: tuple[str, ...], pair: tuple[str, ...]
) -> bool:
    """Whether longitude and latitude are what they are called, beside x and y in the profile's system."""
    if names[0] != "longitude":
        return False
    x, y = (as_floats(sample[c]) for c in pair)
    known = ~np.isnan(x) & ~np.isnan(y)
    within = (np.abs(x[known]) <= 180) & (np.abs(y[known]) <= 90)
    return bool(within.mean() > 0.5) if known.any() else True


def _to_wgs84(crs: str, where: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    from safelearn.city.geographic import WGS84, unknown_crs

    name = f"EPSG:{crs}" if crs.isdigit() else crs
    try:
        return Transformer.from_crs(name, WGS84, always_xy=True)
    except CRSError as error:
        raise unknown_crs(crs, where) from error
