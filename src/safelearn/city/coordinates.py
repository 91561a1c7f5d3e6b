"""Which point does each row give? In: columns of coordinates as published. Out: longitude and latitude (WGS84).

Projected coordinates are brought to degrees; 0/0, masked and impossible ones become missing, and are said: a
point in the sea off Africa is no place of the city.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city.numerals import as_floats
from safelearn.city.profiles import Profile
from safelearn.errors import SafelearnError
from safelearn.language import t, tn


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


def zeros(frame: pd.DataFrame, columns: Mapping[str, str]) -> int:
    """Rows whose coordinates are 0/0, in whichever columns they stand."""
    for pair in (("longitude", "latitude"), ("x", "y")):
        if set(pair) <= set(columns):
            x, y = (as_floats(frame[columns[k]]) for k in pair)
            return int(((x == 0) & (y == 0)).sum())
    return 0


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
