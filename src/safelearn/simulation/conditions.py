"""What each neighbourhood is like: how many people, how deprived, how busy, how settled.

A geography goes in, one row a neighbourhood comes out. Inequality is a field over the map, poor on the
hills and behind the port, rich on the southern shore, so that neighbours resemble each other as they do in
a real city; drawn area by area it would be noise, and every smoothing method would be judged on a city that
cannot exist.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.drawing import DISTRICTS, ZONES
from safelearn.simulation.geography import Geography
from safelearn.simulation.names import names
from safelearn.simulation.streams import stream

#: Where deprivation rises (+) or falls (-): strength, place and reach in kilometres.
DEPRIVATION = [
    (0.95, 10.8, 5.0, 2.0), (0.6, 11.3, 2.8, 1.9), (0.55, 11.3, 9.9, 1.9),
    (0.4, 8.2, 12.2, 1.7), (0.5, 2.6, 11.5, 1.4), (0.3, 5.0, 8.0, 0.9),
    (-0.85, 3.0, 5.6, 1.5), (-0.45, 6.9, 6.2, 1.3), (-0.35, 5.2, 2.2, 1.7),
]  # fmt: skip
#: Where people go by day and by night, whoever lives there.
BUSY = [(1.0, 4.6, 8.4, 1.1), (0.55, 7.0, 8.1, 1.0), (0.35, 3.0, 6.0, 0.9)]
NIGHTLIFE = [(1.0, 3.9, 8.5, 0.7), (0.8, 2.6, 11.2, 0.8), (0.6, 2.4, 6.2, 0.7)]
#: Harbour and factory ground: few live there.
EMPTY = {"El Varadero": 0.3, "Los Astilleros": 0.08, "Fábrica de Hielo": 0.4}


def describe(
    geography: Geography, seed: int, *, population: int, own_names: bool = False
) -> pd.DataFrame:
    """One row a neighbourhood.

    Parameters
    ----------
    population : int
        Residents of the whole city (met to within rounding).
    own_names : bool
        Draw names and moods of the seed's own instead of those of the bundled city.

    Returns
    -------
    DataFrame
        ``area_id, area_name, parent, settlement, zone, x, y, hectares, deprivation`` (mean 0, standard
        deviation 1 over residents), ``busy, nightlife`` (0 to 1), ``residents``.
    """
    rng = stream(seed, "conditions")
    zones = geography.zone
    district = np.array([ZONES[z].district for z in zones])
    number = pd.Series(district).groupby(district).cumcount() + 1
    middle = shapely.get_coordinates(shapely.centroid(geography.areas)) / 1000
    frame = pd.DataFrame(
        {
            "area_id": [
                f"{d + 1:02d}{n:02d}" for d, n in zip(district, number, strict=True)
            ],
            "area_name": names(zones, rng if own_names else None),
            "parent": [DISTRICTS[d][1] for d in district],
            "zone": zones,
            "x": middle[:, 0] * 1000,
            "y": middle[:, 1] * 1000,
            "hectares": shapely.area(geography.areas) / 10_000,
        }
    )
    frame = frame.astype({"zone": "str"})
    poor = field(middle, DEPRIVATION) + rng.normal(0, 0.09, len(frame))
    density = np.array([ZONES[z].density for z in zones]) * rng.lognormal(
        0, 0.22, len(zones)
    )
    residents = density * frame["hectares"].to_numpy()
    residents *= frame["area_name"].map(EMPTY).fillna(1.0).to_numpy()
    frame["residents"] = _shared_out(population, residents)
    weight = frame["residents"] / frame["residents"].sum()
    poor = poor - (weight * poor).sum()
    frame["deprivation"] = poor / np.sqrt((weight * poor**2).sum())
    frame["busy"] = field(middle, BUSY).clip(0, 1)
    frame["nightlife"] = field(middle, NIGHTLIFE).clip(0, 1)
    frame["settlement"] = _settlement(frame)
    return frame


def field(at: np.ndarray, bumps: list[tuple[float, float, float, float]]) -> np.ndarray:
    """The sum of some smooth hills at points given in kilometres."""
    out = np.zeros(len(at))
    for height, x, y, reach in bumps:
        away = (at[:, 0] - x) ** 2 + (at[:, 1] - y) ** 2
        out += height * np.exp(-away / (2 * reach**2))
    return out


def _shared_out(total: int, weight: np.ndarray) -> np.ndarray:
    exact = total * weight / weight.sum()
    whole = np.floor(exact).astype(int)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - whole.sum()]] += 1
    return whole


def _settlement(frame: pd.DataFrame) -> np.ndarray:
    """Two informal settlements: the poorest hillside, and the poorest ground of another zone."""
    out = np.full(len(frame), "formal", dtype=object)
    poorest = frame["deprivation"].sort_values(ascending=False, kind="stable").index
    first = poorest[0]
    second = next(
        (i for i in poorest if frame.loc[i, "zone"] != frame.loc[first, "zone"]), first
    )
    out[[first, second]] = "informal"
    return out
