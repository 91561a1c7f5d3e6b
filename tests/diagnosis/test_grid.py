"""Square cells over a city: every located event is in one, nothing outside is."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.city.folder import City
from safelearn.diagnosis.grid import city_grid, fitting_size, in_metres
from safelearn.errors import Refused, SafelearnError
from safelearn.resources import datasets


@pytest.fixture(scope="module")
def town():
    return City.open(datasets() / "puerto-sereno")


def test_every_located_event_is_in_a_cell(town):
    rows = town.incidents()
    rows = rows[(rows["place_precision"] == "exact") & rows["area_id"].notna()]
    grid = city_grid(town.boundaries())
    x, y = in_metres(rows["longitude"], rows["latitude"], grid.crs)
    assert grid.count(x, y).sum() == len(rows)
    assert (grid.count(x, y)[~grid.inside] == 0).all()


def test_the_cells_hold_the_city_s_ground(town):
    outlines = town.boundaries()
    grid = city_grid(outlines, 500)
    ground = outlines.to_crs(grid.crs).area.sum() / 1e6
    assert grid.square_kilometres == pytest.approx(ground, rel=1e-3)
    assert grid.ground.max() == 1 and 0 < grid.ground[grid.inside].min() < 1


def test_a_metre_is_a_metre(town):
    from pyproj import Geod

    outlines = town.boundaries()
    crs = city_grid(outlines).crs
    west, south, east, north = outlines.total_bounds
    x, y = in_metres([west, east], [south, north], crs)
    _, _, truth = Geod(ellps="WGS84").inv(west, south, east, north)
    assert np.hypot(*np.diff([x, y]).ravel()) == pytest.approx(truth, rel=1e-4)


def test_points_without_coordinates_and_outside_have_no_cell(town):
    grid = city_grid(town.boundaries())
    cells = grid.cells([np.nan, 1e6, grid.west + 1], [0, 0, grid.south + 1])
    assert cells.tolist() == [-1, -1, -1]


def test_a_cell_s_outline_is_where_its_points_are(town):
    grid = city_grid(town.boundaries())
    cell = int(np.flatnonzero(grid.inside)[100])
    west, south, east, north = grid.boxes([cell])[0].bounds
    assert grid.cells([(west + east) / 2], [(south + north) / 2]).tolist() == [cell]
    assert east - west == north - south == grid.size


def test_a_region_gets_larger_cells(town):
    outlines = town.boundaries()
    assert fitting_size(outlines) == 250
    assert fitting_size(outlines, 10) == 80


def test_a_city_without_shapes_has_no_grid(town):
    outlines = town.boundaries()
    outlines["geometry"] = None
    with pytest.raises(Refused, match="no grid"):
        city_grid(outlines)
    with pytest.raises(SafelearnError, match="such as 250"):
        city_grid(town.boundaries(), 0)
