"""Boundaries keep their shared borders, and a dense core is drawn large only where it must be."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from safelearn.errors import SafelearnError
from safelearn.views.maps import shapes


def wavy(count=400, jitter=0.0, seed=0):
    """Two neighbours with one long, detailed border, drawn apart by `jitter` degrees."""
    import geopandas as gpd

    rng = np.random.default_rng(seed)
    y = np.linspace(0, 0.2, count)
    x = 0.1 + 0.004 * np.sin(y * 300) + rng.normal(0, 1e-4, count)
    border = np.c_[x, y]
    left = shapely.Polygon([(0, 0), *border, (0, 0.2)])
    right = shapely.Polygon([*(border + jitter), (0.2, 0.2), (0.2, 0)])
    return gpd.GeoDataFrame(
        {"area_id": ["1", "2"], "area_name": ["A", "B"]},
        geometry=[left, right],
        crs=4326,
    )


@pytest.mark.parametrize("jitter", [0.0, 1e-6])
def test_neighbours_share_one_border_after_simplifying(jitter):
    boundaries = wavy(jitter=jitter)
    ready = shapes(boundaries)
    assert shapely.coverage_is_valid(ready.polygons)
    before = shapely.get_num_coordinates(boundaries.geometry.values).sum()
    assert shapely.get_num_coordinates(ready.polygons).sum() < 0.8 * before


def test_simplifying_moves_nothing_by_a_pixel():
    boundaries = wavy()
    ready = shapes(boundaries)
    whole = boundaries.to_crs(ready.crs).geometry.values
    pixel = (ready.bounds[3] - ready.bounds[1]) / 350
    for before, after in zip(whole, ready.polygons, strict=True):
        assert shapely.hausdorff_distance(before.boundary, after.boundary) < 1.5 * pixel


def test_areas_stand_in_code_order_whatever_the_file(grid):
    shuffled = grid(12).sample(frac=1, random_state=3)
    assert shapes(shuffled).area_id == sorted(grid(12)["area_id"])


def test_labels_stand_inside_their_areas(grid):
    ready = shapes(wavy())
    for spot, room, polygon in zip(ready.spot, ready.room, ready.polygons, strict=True):
        assert polygon.contains(shapely.Point(spot))
        assert polygon.boundary.distance(shapely.Point(spot)) == pytest.approx(
            room, rel=0.05
        )


def test_areas_of_one_size_have_no_core(grid):
    assert shapes(grid(60)).core is None


def test_a_dense_core_in_a_wide_fringe_is_found(grid):
    import geopandas as gpd
    import pandas as pd

    core = grid(16)
    fringe = grid(4, west=-77.4, south=-12.4, size=0.2)
    fringe["area_id"] = ["91", "92", "93", "94"]
    city = gpd.GeoDataFrame(pd.concat([core, fringe], ignore_index=True), crs=4326)
    ready = shapes(city)
    small = city[city["area_id"] < "90"].to_crs(ready.crs).total_bounds
    west, south, east, north = ready.core
    assert (
        west <= small[0]
        and south <= small[1]
        and east >= small[2]
        and north >= small[3]
    )
    assert east - west < 1.2 * (small[2] - small[0])


def test_a_broken_outline_is_mended(grid):
    boundaries = grid(2)
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    boundaries.loc[0, "geometry"] = shapely.affinity.translate(bow_tie, -77, -12)
    assert shapely.is_valid(shapes(boundaries).polygons).all()


def test_an_area_without_a_shape_is_left_out(grid):
    boundaries = grid(3)
    boundaries.loc[1, "geometry"] = None
    assert shapes(boundaries).area_id == ["01", "03"]


def test_no_shape_at_all_is_an_error_with_a_remedy(grid):
    boundaries = grid(2)
    boundaries["geometry"] = None
    with pytest.raises(SafelearnError, match="None of the areas has a shape") as caught:
        shapes(boundaries)
    assert "city import" in caught.value.remedy


def test_ready_shapes_are_not_made_again(grid):
    ready = shapes(grid(3))
    assert shapes(ready) is ready


@pytest.mark.needs("realdata/medellin")
def test_medellin_has_a_core_of_comunas(realdata):
    import geopandas as gpd

    city = gpd.read_file(realdata / "medellin" / "medellin_comunas.gpkg")
    city = city.rename(columns={"COMUNA": "area_id", "NOMBRE": "area_name"})
    ready = shapes(city)
    assert shapely.coverage_is_valid(ready.polygons)
    inside = shapely.within(shapely.points(ready.spot), shapely.box(*ready.core))
    urban = {code for code, there in zip(ready.area_id, inside, strict=True) if there}
    assert {f"{k:02d}" for k in range(1, 17)} <= urban


@pytest.mark.needs("realdata/lancashire")
def test_lancashire_is_drawn_whole(realdata):
    import geopandas as gpd

    county = gpd.read_file(realdata / "lancashire" / "lancashire_wards.gpkg")
    county = county.rename(columns={"ward_code": "area_id", "ward_name": "area_name"})
    ready = shapes(county)
    assert ready.core is None and len(ready.area_id) == 271
