"""Who has a school, a health centre, a stop or a park within a walk?

Outlines of areas with their residents, and the points of services, go in; out comes the share of residents within so
many metres, for the city and by area (draft:26(f)(i).4, draft:26(f)(i).6; SDG 11.2.1 and the access part of 11.7.1).
Residents are spread evenly over their area, because nothing finer is known, and distance is a straight line, which is
shorter than any walk. Confidential places (shelters) are taken out before anything else happens.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.city.areas import AreaRaster
from safelearn.errors import Refused
from safelearn.language import t

NEEDS = frozenset({"boundaries", "population"})

#: Metres of a walk of five and of ten minutes, and to a stop of low capacity (SDG 11.2.1).
WALKS, STOP_WALK = (400, 800), 500
#: Metres between two points on which residents are put, and how many points a city gets at most.
SPACING, MOST_POINTS = 50.0, 200_000
#: Of the Earth, in metres: the mean of the IUGG.
_RADIUS = 6_371_008.8
#: Never measured, whatever a list says of them.
CONFIDENTIAL_TYPES = frozenset({"shelter"})


def spread_residents(
    boundaries, population: pd.DataFrame, spacing: float = SPACING
) -> pd.DataFrame:
    """Points on a grid over each area, among which its residents are shared out evenly.

    Parameters
    ----------
    boundaries : GeoDataFrame
        ``area_id`` and polygons in degrees (WGS 84).
    population : DataFrame
        ``area_id, population``.
    spacing : float
        Metres between points; wider where a city would get more than 200,000 of them.

    Returns
    -------
    DataFrame
        ``area_id, longitude, latitude, residents``. An area too small for the grid has one point inside it; areas
        without a shape or without residents have none.
    """
    import shapely

    known = boundaries[boundaries.geometry.notna() & ~boundaries.geometry.is_empty]
    shapes = np.asarray(known.geometry.values, dtype=object)
    west, south, east, north = shapely.total_bounds(shapes)
    metre = np.degrees(1 / _RADIUS)
    squeeze = np.cos(np.radians((south + north) / 2))
    ground = (east - west) * (north - south) * squeeze / metre**2
    step = max(spacing, float(np.sqrt(ground / MOST_POINTS))) * metre
    x = np.arange(west + step / squeeze / 2, east, step / squeeze)
    y = np.arange(south + step / 2, north, step)
    grid_x, grid_y = (axis.ravel() for axis in np.meshgrid(x, y))
    inside = AreaRaster(shapes, cells=2**16).locate(grid_x, grid_y)
    kept = inside >= 0
    area, lon, lat = inside[kept], grid_x[kept], grid_y[kept]
    small = np.setdiff1d(np.arange(len(shapes)), area)
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes[small]))
    area = np.concatenate([area, small])
    lon, lat = np.concatenate([lon, spots[:, 0]]), np.concatenate([lat, spots[:, 1]])
    codes = known["area_id"].to_numpy(dtype=object)
    people = population.groupby("area_id")["population"].sum()
    here = people.reindex(codes).fillna(0.0).to_numpy(dtype=float)
    points = np.bincount(area, minlength=len(shapes))
    frame = pd.DataFrame(
        {
            "area_id": codes[area],
            "longitude": lon,
            "latitude": lat,
            "residents": here[area] / points[area],
        }
    )
    frame = frame[frame["residents"] > 0]
    return frame.sort_values("area_id", kind="stable", ignore_index=True)


def public_points(places: pd.DataFrame) -> pd.DataFrame:
    """The places of a list (services, assets, spaces) that have a point and may be spoken of.

    Confidential places, shelters, and places whose people did not consent to be on a public list are left out.
    """
    kept = places["longitude"].notna() & places["latitude"].notna()
    if "confidential" in places:
        kept &= ~(places["confidential"] == "yes").fillna(False)
    if "consent" in places:
        kept &= ~(places["consent"] == "no").fillna(False)
    return places[kept & ~places["type"].isin(CONFIDENTIAL_TYPES)]


def nearest(
    residents: pd.DataFrame, longitude: ArrayLike, latitude: ArrayLike
) -> NDArray[np.float64]:
    """Metres from each point of `residents` to the nearest of some places, in a straight line.

    Notes
    -----
    A KD-tree of points on a sphere; chords are turned into great-circle distances, so no projection is needed. A
    sphere for the ellipsoid costs at most half a per cent.
    """
    from scipy.spatial import KDTree

    tree = KDTree(_on_sphere(longitude, latitude))
    chord, _ = tree.query(_on_sphere(residents["longitude"], residents["latitude"]))
    return 2 * _RADIUS * np.arcsin(np.clip(chord / 2, 0, 1))


def within_walk(
    residents: pd.DataFrame,
    places: pd.DataFrame,
    metres: float,
    *,
    by_area: bool = False,
) -> pd.DataFrame:
    """The share of residents within `metres` of the nearest place.

    Parameters
    ----------
    residents : DataFrame
        From `spread_residents`.
    places : DataFrame
        ``longitude, latitude, type``, as a list of the city has them.
    metres : float
        The walk.
    by_area : bool
        Split by area.

    Returns
    -------
    DataFrame
        ``value`` (share), ``lower, upper`` (its limits, wherever in their areas people live), ``residents``, and
        ``area_id`` if asked.

    Raises
    ------
    Refused
        If no place has a public point, or no area has residents.

    Notes
    -----
    The list is taken as complete, so there is no sampling error; what is uncertain is where in an area people
    live. The lower limit counts areas that lie wholly within the walk, the upper one areas that any part of lies in
    it: the truth is between them, whatever the spread, and the figure itself is what an even spread gives.
    """
    points = public_points(places)
    if points.empty:
        raise Refused(
            t("No place of this kind has a point that may be used."),
            remedy=t("Fill in longitude and latitude of the services, shelters apart."),
        )
    if residents.empty:
        raise Refused(
            t("No area has both an outline and residents."),
            remedy=t("Import boundaries and residents with the same codes."),
        )
    away = nearest(residents, points["longitude"], points["latitude"])
    near = away <= metres
    people = residents["residents"].to_numpy()
    found = (
        residents.assign(near=people * near, all=near, any=near)
        .groupby("area_id", sort=True)
        .agg({"residents": "sum", "near": "sum", "all": "min", "any": "max"})
    )
    total = found["residents"]
    if by_area:
        return pd.DataFrame(
            {
                "area_id": found.index,
                "value": (found["near"] / total).clip(0, 1).to_numpy(),
                "lower": found["all"].astype(float).to_numpy(),
                "upper": found["any"].astype(float).to_numpy(),
                "residents": total.to_numpy(),
            }
        )
    row = {
        "value": found["near"].sum() / total.sum(),
        "lower": (total * found["all"]).sum() / total.sum(),
        "upper": (total * found["any"]).sum() / total.sum(),
        "residents": total.sum(),
    }
    return pd.DataFrame([row])


def _on_sphere(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.float64]:
    east, north = (
        np.radians(np.asarray(longitude, float)),
        np.radians(np.asarray(latitude, float)),
    )
    flat = np.cos(north)
    return np.column_stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)])
