"""Points find their area exactly as the polygons say, however coarse the raster that speeds it up."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate
from shapely.geometry import MultiPolygon, Point, Polygon, box

from safelearn.city.areas import AreaRaster, locate
from safelearn.errors import SafelearnError

WEST, EAST = box(0, 0, 1, 1), box(1, 0, 2, 1)


def by_polygons(x, y, shapes):
    """The rule, point by point, without a raster: the first area that covers the point."""
    found = []
    for a, b in zip(x, y, strict=True):
        hits = [
            i
            for i, shape in enumerate(shapes)
            if shape is not None
            and np.isfinite(a + b)
            and shapely.intersects(shape, Point(a, b))
        ]
        found.append(hits[0] if hits else -1)
    return np.array(found)


@st.composite
def city(draw):
    """Areas on a small lattice, with holes, islands, gaps and overlaps, and points that often touch borders."""
    lattice = st.integers(0, 12).map(lambda i: i / 4)
    corner = st.tuples(lattice, lattice)
    shapes = []
    for _ in range(draw(st.integers(1, 6))):
        hull = shapely.convex_hull(
            shapely.MultiPoint(draw(st.lists(corner, min_size=3, max_size=6)))
        )
        hole = Point(draw(corner)).buffer(draw(lattice) / 2, quad_segs=2)
        island = box(*draw(corner), 3, 3)
        shape = draw(
            st.sampled_from(
                [hull, hull - hole, hull | island, island - hull, None, Polygon()]
            )
        )
        if shape is not None and not isinstance(shape, Polygon | MultiPolygon):
            shape = island
        if shape is not None and shapely.area(shape) == 0 and not shape.is_empty:
            shape = box(0, 0, 1, 1)
        shapes.append(shape)
    angle = draw(st.sampled_from([0.0, 0.0, 17.0]))
    shift = draw(st.sampled_from([0.0, 1e6]))
    shapes = [
        s
        if s is None
        else shapely.transform(rotate(s, angle, (0, 0)), lambda v: v + shift)
        for s in shapes
    ]
    anywhere = st.floats(-1, 4)
    free = draw(st.lists(st.tuples(anywhere, anywhere), max_size=20))
    points = np.array([*draw(st.lists(corner, min_size=1, max_size=30)), *free])
    corners = shapely.get_coordinates([s for s in shapes if s is not None])
    middles = (corners[1:] + corners[:-1]) / 2
    points = np.concatenate([points + shift, corners, middles, [[np.nan, 1 + shift]]])
    return shapes, points


@settings(max_examples=150, deadline=None)
@given(city(), st.sampled_from([1, 40, 1_000, 30_000]))
def test_the_raster_answers_as_the_polygons_do(place, cells):
    shapes, points = place
    found = AreaRaster(shapes, cells=cells).locate(points[:, 0], points[:, 1])
    expected = by_polygons(points[:, 0], points[:, 1], shapes)
    np.testing.assert_array_equal(found, expected)


def test_a_point_on_a_shared_border_is_counted_once_in_the_first_area():
    assert locate([1.0, 1.0], [0.0, 0.5], [WEST, EAST]).tolist() == [0, 0]
    assert locate([1.0, 1.0], [0.0, 0.5], [EAST, WEST]).tolist() == [0, 0]


def test_where_areas_overlap_the_first_one_has_the_point():
    inner = box(0.25, 0.25, 0.75, 0.75)
    assert locate([0.5, 0.1], [0.5, 0.1], [inner, WEST]).tolist() == [0, 1]
    assert locate([0.5, 0.1], [0.5, 0.1], [WEST, inner]).tolist() == [0, 0]


def test_a_point_without_coordinates_or_outside_the_city_is_in_no_area():
    x = [np.nan, 0.5, np.inf, -0.001, 0.0]
    y = [0.5, np.nan, 0.5, 0.5, 0.0]
    assert locate(x, y, [WEST]).tolist() == [-1, -1, -1, -1, 0]


def test_a_lake_inside_an_area_is_not_in_it():
    lake = box(0.25, 0.25, 0.75, 0.75)
    assert locate([0.5, 0.25], [0.5, 0.5], [WEST - lake]).tolist() == [-1, 0]


def test_an_area_without_geometry_keeps_its_place_in_the_order():
    assert locate([1.5], [0.5], [None, Polygon(), WEST, EAST]).tolist() == [3]


def test_no_areas_and_no_points_are_no_error():
    assert locate([1.0], [1.0], []).tolist() == [-1]
    assert locate([1.0], [1.0], [None]).tolist() == [-1]
    assert locate([], [], [WEST]).tolist() == []


def test_a_street_as_a_boundary_is_named():
    with pytest.raises(SafelearnError, match=r"number 2 is a LineString"):
        locate([1.0], [1.0], [WEST, shapely.LineString([(0, 0), (1, 1)])])


def test_coordinates_of_two_lengths_are_refused():
    with pytest.raises(SafelearnError, match="one length"):
        locate([1.0], [1.0, 2.0], [WEST])


def test_many_chunks_give_the_answer_of_one(monkeypatch):
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-0.5, 2.5, (2, 1_000))
    whole = locate(x, y, [WEST, EAST])
    monkeypatch.setattr("safelearn.city.areas._CHUNK", 7)
    np.testing.assert_array_equal(locate(x, y, [WEST, EAST]), whole)


@pytest.mark.needs("realdata/medellin")
def test_medellin_has_9277_victims_inside_a_comuna_as_sjoin_says(realdata):
    import geopandas as gpd
    import pandas as pd

    folder = realdata / "medellin"
    areas = gpd.read_file(folder / "medellin_comunas.gpkg").to_crs(4326)
    rows = pd.read_csv(folder / "medellin_homicides.csv", sep=";", decimal=",")
    x, y = (pd.to_numeric(rows[c], errors="coerce") for c in ("longitud", "latitud"))
    found = locate(x, y, areas)
    assert (found >= 0).sum() == 9_277

    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=4326))
    joined = points.sjoin(areas, how="left", predicate="intersects")
    first = joined.groupby(level=0)["index_right"].min().fillna(-1)
    np.testing.assert_array_equal(found, first.to_numpy())


@pytest.mark.needs("realdata/lancashire")
def test_lancashire_wards_agree_with_sjoin_point_by_point(realdata):
    import geopandas as gpd
    import pandas as pd

    folder = realdata / "lancashire"
    wards = gpd.read_file(folder / "lancashire_wards.gpkg").to_crs(27700)
    rows = pd.read_csv(folder / "lancashire_asb.tab", sep="\t")
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"], crs=4326)
    ).to_crs(27700)
    found = locate(points.geometry.x, points.geometry.y, wards)
    joined = points.sjoin(wards, how="left", predicate="intersects")
    first = joined.groupby(level=0)["index_right"].min().fillna(-1)
    np.testing.assert_array_equal(found, first.to_numpy())
