"""In which coordinate system are these numbers? In: numbers that are no degrees, and the city's outlines.

Out: the systems in use around the city under which the points fall into it. They are named to a person, who
chooses: some differ by a street's width, so none is ever applied unasked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from safelearn.language import listing, percent, t

if TYPE_CHECKING:
    import geopandas

_POINTS = 300
#: Points that must lie in the city for a system to be named, and how many systems are.
_SHARE, _NAMED = 0.5, 3
#: Systems that give the same points to so many degrees (about five metres) are one for this purpose.
_SAME = 5e-5


class Candidate(NamedTuple):
    """A coordinate system, and the share of the points that lie in the city under it."""

    code: str
    name: str
    share: float


def candidates(
    x: np.ndarray, y: np.ndarray, boundaries: geopandas.GeoDataFrame
) -> list[Candidate]:
    """The systems under which most points lie in the city, the likeliest first, three at most.

    Parameters
    ----------
    x, y : ndarray
        As the file has them, in either order.
    """
    from pyproj import Transformer
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType
    from pyproj.exceptions import ProjError

    from safelearn.city.areas import AreaRaster
    from safelearn.city.files.geographic import WGS84

    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(known):
        return []
    chosen = known[np.linspace(0, len(known) - 1, min(_POINTS, len(known))).astype(int)]
    x, y = x[chosen], y[chosen]
    west, south, east, north = boundaries.total_bounds
    raster = AreaRaster(boundaries, cells=2**14)
    around = query_crs_info(
        auth_name="EPSG",
        pj_types=[PJType.PROJECTED_CRS],
        area_of_interest=AreaOfInterest(west, south, east, north),
    )
    found: list[tuple[Candidate, Any]] = []
    for info in around:
        try:
            change = Transformer.from_crs(f"EPSG:{info.code}", WGS84, always_xy=True)
        except ProjError:
            continue
        for pair in ((x, y), (y, x)):
            lon, lat = change.transform(*pair)
            # Most systems put the points on another continent: the box is the quick test.
            near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
            if near.mean() < _SHARE:
                continue
            share = float((raster.locate(lon, lat) >= 0).mean())
            if share >= _SHARE:
                found.append((Candidate(f"EPSG:{info.code}", info.name, share), lon))
    found.sort(key=lambda f: (-round(f[0].share, 2), *_rank(f[0])))
    named: list[tuple[Candidate, Any]] = []
    for one, lon in found:
        if all(np.nanmax(np.abs(lon - other)) > _SAME for _, other in named):
            named.append((one, lon))
    return [one for one, _ in named[:_NAMED]]


def advice(found: list[Candidate]) -> str:
    """What to do, as a sentence, once the systems are known under which the points lie in the city."""
    if not found:
        return t(
            "Ask who made the file and name it, as in --crs EPSG:27700 (British National Grid). If the boundaries of "
            "the areas are there, import them first: they show which systems are possible. If nobody knows, delete "
            "the two columns in a copy of the file: its events then count without a point."
        )
    named = [
        t(
            "{code} ({name}): {share}",
            code=one.code,
            name=one.name,
            share=percent(one.share),
        )
        for one in found
    ]
    return t(
        "Under these systems most points lie in the city: {systems}. Ask who made the file which one it is, and "
        "name it, as in --crs {code}.",
        systems=listing(named),
        code=found[0].code,
    )


def _rank(one: Candidate) -> tuple[int, int]:
    """What is in common use before what is seldom met; then the shorter code."""
    common = (
        "WGS 84 / UTM",
        "WGS 84 / Pseudo-Mercator",
        "ETRS89",
        "SIRGAS 2000",
        "NAD83 /",
    )
    place = next((i for i, c in enumerate(common) if one.name.startswith(c)), 9)
    return place, int(one.code.split(":")[1])
