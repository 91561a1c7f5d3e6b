"""Doors stand on the fronts of their blocks."""

from __future__ import annotations

import numpy as np
import shapely

from safelearn.simulation.buildings import _along
from safelearn.simulation.geography import lay_out


def test_doors_stand_where_the_geometry_library_would_put_them():
    fronts = lay_out(0).fronts[:400]
    rng = np.random.default_rng(1)
    ring = rng.integers(0, len(fronts), 5000)
    share = np.concatenate([[0.0, 1.0, 1 - 1e-16], rng.random(4997)])
    at = shapely.line_interpolate_point(fronts[ring], share, normalized=True)
    expected = shapely.get_coordinates(at)
    assert np.abs(_along(fronts, ring, share) - expected).max() < 1e-9
