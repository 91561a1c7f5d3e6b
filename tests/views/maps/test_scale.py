"""A kilometre on the map is a kilometre on the ground, and north is up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from safelearn.views.maps import shapes
from safelearn.views.maps.scale import round_length


@pytest.mark.parametrize("south", [-41.0, 0.0, 6.2, 54.0])
def test_a_metre_is_a_metre_in_any_city(grid, south):
    ready = shapes(grid(64, west=-75.6, south=south, size=0.02))
    back = Transformer.from_crs(ready.crs, 4326, always_xy=True)
    west, low, east, north = ready.bounds
    geod = Geod(ellps="WGS84")
    for (x0, y0), (x1, y1) in (
        ((west, low), (west + 10_000, low)),
        ((west, north), (west, north - 10_000)),
        ((east, north), (east - 10_000, north)),
    ):
        ends = [*back.transform(x0, y0), *back.transform(x1, y1)]
        assert geod.inv(*ends)[2] == pytest.approx(10_000, rel=2e-3)


def test_north_is_up(grid):
    ready = shapes(grid(64, size=0.02))
    back = Transformer.from_crs(ready.crs, 4326, always_xy=True)
    middle = (ready.bounds[0] + ready.bounds[2]) / 2
    lower, upper = (
        back.transform(middle, y) for y in (ready.bounds[1], ready.bounds[3])
    )
    assert abs(lower[0] - upper[0]) < 1e-3 and upper[1] > lower[1]


@given(st.floats(1, 1e6))
def test_the_bar_is_a_round_length_that_fits(most):
    length = round_length(most)
    assert most / 2.51 <= length <= most * 1.001
    assert f"{length:e}"[0] in "125" and float(f"{length:.0e}") == pytest.approx(length)


def test_the_bar_never_lies_on_the_city(grid, rates, draw):
    from safelearn.views import maps

    figure = draw(maps.pair(rates(grid(64)["area_id"]), grid(64), unit="x"), False)
    bottom = min(
        p.get_path().get_extents().y0
        for p in figure.axes[0].patches
        if p.get_hatch() is None
    )
    bar = next(line for line in figure.axes[0].lines if line.get_lw() == 2)
    assert np.all(bar.get_ydata() < bottom)
