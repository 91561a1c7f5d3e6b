"""Cities to draw: a plain grid, and one whose dense core lies in a wide fringe."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture
def grid():
    """Square areas of about 1.1 km, `count` of them, eight to a row."""

    def make(count, west=-77.0, south=-12.0, size=0.01):
        import geopandas as gpd
        from shapely import box

        squares = [
            box(
                west + size * (k % 8),
                south + size * (k // 8),
                west + size * (k % 8 + 1),
                south + size * (k // 8 + 1),
            )
            for k in range(count)
        ]
        names = {
            "area_id": [f"{k + 1:02d}" for k in range(count)],
            "area_name": [f"Area {k + 1}" for k in range(count)],
        }
        return gpd.GeoDataFrame(names, geometry=squares, crs=4326)

    return make


@pytest.fixture
def rates(released):
    """Rates for areas; some without population, some unstable, some hidden."""

    def make(area_id, rate=None, none=(), unstable=(), hidden=()):
        count = len(area_id)
        rate = np.asarray(np.linspace(2, 90, count) if rate is None else rate, float)
        rate[list(none)] = np.nan
        frame = {
            "area_id": list(area_id),
            "area_name": [f"Area {a}" for a in area_id],
            "n": np.full(count, 40),
            "rate": rate * 1.1,
            "eb": rate,
            "eb_lower": rate * 0.8,
            "eb_upper": rate * 1.3,
            "mark": ["unstable" if k in unstable else "" for k in range(count)],
        }
        gone = [k in hidden for k in range(count)]
        return released(frame, ["area_id", "area_name"], gone)

    return make
