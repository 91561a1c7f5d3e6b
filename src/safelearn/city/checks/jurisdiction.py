"""Does the list of areas hold the whole city, and do the data? In: areas, outlines, records, residents, places.

Out: problems. What no area covers is in no table of the report, and what sends no record looks safe: most often
that is the newest and poorest settlement. So gaps between areas, places and clusters of events outside all of
them, areas without any record and people without an area are each named: an assessment is to cover the whole
city (draft:25(d).0).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.checks.problems import Problem
from safelearn.language import listing, number, percent, t, tn

if TYPE_CHECKING:
    import geopandas

#: No record is odd where so many would be expected of the residents (chance alone: e to the minus ten).
_EXPECTED = 10.0
#: Kilometres of a degree of latitude.
_DEGREE = 111.2
#: Gaps narrower than this (km) are borders drawn twice; smaller than this (sq km, share of the city) they are no
#: settlement.
_SLIVER, _SMALL, _TINY = 0.03, 0.01, 2e-5
#: So many events outside all areas in one cell of about a kilometre are a place, not slips.
_CLUSTER, _CELL = 20, 0.01
_SHOWN = 6


def jurisdiction_problems(
    areas: pd.DataFrame,
    boundaries: geopandas.GeoDataFrame | None = None,
    incidents: pd.DataFrame | None = None,
    population: pd.DataFrame | None = None,
    places: Mapping[str, pd.DataFrame] | None = None,
    *,
    unknown: int = 0,
    calm: Collection[str] = (),
) -> list[Problem]:
    """What of the city is in no area, and what sends nothing.

    Parameters
    ----------
    areas, incidents, population : DataFrame
        Canonical tables, those that there are.
    boundaries : GeoDataFrame, optional
        Valid outlines, in longitude and latitude.
    places : mapping of str to DataFrame, optional
        Other tables whose rows have a longitude and latitude, such as public spaces.
    unknown : int
        Rows of the population that belong to no area.
    calm : collection of str
        Areas of which a file says that nothing happened there: a 0 is a record.
    """
    found = [
        *_without_records(areas, incidents, population, calm),
        *_people_elsewhere(areas, population, unknown),
    ]
    if boundaries is None or boundaries.empty:
        return found
    return [
        *found,
        *_gaps(boundaries),
        *_places_outside(boundaries, places or {}),
        *_clusters_outside(boundaries, incidents),
    ]


def _without_records(
    areas: pd.DataFrame,
    incidents: pd.DataFrame | None,
    population: pd.DataFrame | None,
    calm: Collection[str],
) -> list[Problem]:
    if incidents is None or incidents["area_id"].notna().sum() == 0:
        return []
    located = incidents[incidents["area_id"].notna()]
    recorded = {*located["area_id"].unique(), *calm}
    silent = areas[~areas["area_id"].isin(recorded)]
    silent = silent[silent["settlement"].fillna("") != "non_residential"]
    if silent.empty:
        return []
    expected = _expected(areas, float(located["count"].sum()), population)
    odd = silent[silent["area_id"].map(expected).fillna(0.0) >= _EXPECTED]
    n = len(silent)
    sentence = tn(
        "{n} area has no record at all: {names}.",
        "{n} areas have no record at all: {names}.",
        n,
        names=_names(silent["area_name"]),
    )
    if len(odd):
        sentence += " " + tn(
            "In {n} of them at least {least} would be expected.",
            "In {n} of them at least {least} each would be expected.",
            len(odd),
            least=number(_EXPECTED),
        )
    informal = int((silent["settlement"] == "informal").sum())
    if informal:
        sentence += " " + tn(
            "{n} of them is an informal settlement.",
            "{n} of them are informal settlements.",
            informal,
        )
    return [
        Problem(
            "areas without records",
            "warning" if len(odd) or informal else "note",
            "incidents",
            n,
            sentence,
            t(
                "Ask who records there and whether their file has come. Nobody recording is not nothing happening."
            ),
        )
    ]


def _expected(
    areas: pd.DataFrame, events: float, population: pd.DataFrame | None
) -> dict[str, float]:
    """Events that each area would have if all residents, or without them all areas, had their share."""
    codes = list(areas["area_id"])
    if population is None or population.empty:
        return dict.fromkeys(codes, events / len(codes))
    from safelearn.city.population import population_by

    people = population_by(population).set_index("area_id")["population"]
    total = float(people.sum())
    return {c: events * float(people.get(c, 0.0)) / total for c in codes if total}


def _people_elsewhere(
    areas: pd.DataFrame, population: pd.DataFrame | None, unknown: int
) -> list[Problem]:
    if population is None or not unknown:
        return []
    if not set(areas["area_id"]) <= set(population["area_id"]):
        return []  # codes of another year, which is said as a boundary vintage
    return [
        Problem(
            "people without areas",
            "note",
            "population",
            unknown,
            tn(
                "{n} row of the population belongs to no area of the list, though every area has its residents.",
                "{n} rows of the population belong to no area of the list, though every area has its residents.",
                unknown,
            ),
            t(
                "If they live in the city, the list of areas lacks some: import all areas. Otherwise nothing."
            ),
        )
    ]


def _gaps(boundaries: geopandas.GeoDataFrame) -> list[Problem]:
    """Holes that areas leave between them."""
    import shapely

    shapes = _in_kilometres(boundaries)
    city = shapely.union_all(shapes)
    # Borders drawn twice leave slivers, and a gap that such a sliver opens to the outside is a gap all the same.
    closed = city.buffer(_SLIVER, join_style="mitre").buffer(
        -_SLIVER, join_style="mitre"
    )
    holes = [
        shapely.Polygon(ring)
        for part in shapely.get_parts(closed)
        for ring in part.interiors
    ]
    least = max(_SMALL, _TINY * city.area)
    holes = sorted((h for h in holes if h.area >= least), key=lambda h: -h.area)
    if not holes:
        return []
    total = sum(h.area for h in holes)
    beside = boundaries[shapely.distance(shapes, holes[0]) < 2 * _SLIVER]
    return [
        Problem(
            "gaps between areas",
            "warning" if total > 0.01 * city.area else "note",
            "areas",
            len(holes),
            tn(
                "{n} gap between the areas, {size} square kilometres or {share} of the city, belongs to none; it "
                "touches {names}.",
                "{n} gaps between the areas, {size} square kilometres or {share} of the city, belong to none; the "
                "largest touches {names}.",
                len(holes),
                size=number(total, 2),
                share=percent(total / city.area, 1),
                names=_names(beside["area_name"]),
            ),
            t(
                "If people live there (a settlement nobody has mapped, an institution), add the area. If it is "
                "water or another municipality, nothing."
            ),
        )
    ]


def _places_outside(
    boundaries: geopandas.GeoDataFrame, places: Mapping[str, pd.DataFrame]
) -> list[Problem]:
    from safelearn.city.areas import locate

    found = []
    for table, frame in places.items():
        pointed = frame[frame["longitude"].notna() & frame["latitude"].notna()]
        if pointed.empty:
            continue
        inside = locate(
            pointed["longitude"].to_numpy(float),
            pointed["latitude"].to_numpy(float),
            boundaries,
        )
        n = int((inside < 0).sum())
        if not n:
            continue
        found.append(
            Problem(
                "places outside",
                "warning",
                table,
                n,
                tn(
                    "{n} of {all} places in the table {table} lies in no area.",
                    "{n} of {all} places in the table {table} lie in no area.",
                    n,
                    all=number(len(pointed)),
                    table=table,
                ),
                t(
                    "Look at them on a map: the areas may leave out a settlement, or the coordinates are wrong."
                ),
            )
        )
    return found


def _clusters_outside(
    boundaries: geopandas.GeoDataFrame, incidents: pd.DataFrame | None
) -> list[Problem]:
    """Many events close together outside all areas: a settlement that the map does not know."""
    if incidents is None:
        return []
    stray = (incidents["longitude"].notna() & incidents["area_id"].isna()).to_numpy()
    if stray.sum() < _CLUSTER:
        return []
    x, y = (incidents[c].to_numpy()[stray] for c in ("longitude", "latitude"))
    cells = np.floor(x / _CELL) + 1j * np.floor(y / _CELL)
    _, at, counts = np.unique(cells, return_inverse=True, return_counts=True)
    dense = np.flatnonzero(counts >= _CLUSTER)
    # One point is a default of the source and no settlement.
    spread = [i for i in dense if len(np.unique((x + 1j * y)[at == i])) >= _CLUSTER / 4]
    if not spread:
        return []
    most = max(spread, key=lambda i: counts[i])
    n = int(counts[spread].sum())
    name, far = _nearest(boundaries, x[at == most].mean(), y[at == most].mean())
    return [
        Problem(
            "settlements outside",
            "warning",
            "areas",
            n,
            t(
                "{n} events lie close together outside every area (places: {places}); the largest group is about "
                "{far} km from {name}.",
                n=number(n),
                places=number(len(spread)),
                far=number(far, 1),
                name=name,
            ),
            t(
                "Look there on a map. If people live there, it is part of the city: add the area and import again."
            ),
        )
    ]


def _nearest(
    boundaries: geopandas.GeoDataFrame, x: float, y: float
) -> tuple[str, float]:
    import shapely

    shapes = _in_kilometres(boundaries)
    middle = boundaries.total_bounds[1::2].mean()
    point = shapely.Point(x * _DEGREE * np.cos(np.radians(middle)), y * _DEGREE)
    far = shapely.distance(shapes, point)
    return str(boundaries["area_name"].iloc[int(far.argmin())]), float(far.min())


def _in_kilometres(boundaries: geopandas.GeoDataFrame) -> np.ndarray:
    """The outlines on a plane; for a city, a degree of longitude is the same everywhere."""
    import shapely

    middle = boundaries.total_bounds[1::2].mean()
    scale = np.array([_DEGREE * np.cos(np.radians(middle)), _DEGREE])
    return shapely.transform(boundaries.geometry.to_numpy(), lambda xy: xy * scale)


def _names(names: pd.Series) -> str:
    shown = [str(n) for n in names[:_SHOWN]]
    return listing(shown if len(names) <= _SHOWN else [*shown, "…"])
