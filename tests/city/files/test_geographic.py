"""Maps: outlines come with a place on Earth and without holes that nobody drew."""

from __future__ import annotations

import geopandas
import pytest
from shapely import MultiPolygon, Point, Polygon, box

from safelearn.city.files.formats import read_source
from safelearn.city.files.geographic import in_wgs84, points, repaired
from safelearn.errors import SafelearnError


def test_codes_with_zeros_in_front_survive_a_map(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"code": ["01", "02"], "n": [5, 6]},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
        crs=4326,
    )
    frame.to_file(tmp_path / "a.gpkg")
    source = read_source(tmp_path / "a.gpkg")
    assert source.frame["code"].tolist() == ["01", "02"]
    assert source.frame["n"].tolist() == ["5", "6"]


def test_outlines_without_a_coordinate_system_need_one(tmp_path):
    shapes = geopandas.GeoSeries([box(491000, 5459000, 492000, 5460000)])
    with pytest.raises(SafelearnError, match="no coordinate system") as raised:
        in_wgs84(shapes, crs=None, where="a.gpkg")
    assert "--crs" in raised.value.remedy
    moved = in_wgs84(shapes, crs="EPSG:32610", where="a.gpkg")
    assert moved.total_bounds == pytest.approx(
        [-123.12, 49.28, -123.11, 49.29], abs=0.02
    )


def test_a_wrong_coordinate_system_is_noticed_because_it_leaves_the_earth():
    metres = geopandas.GeoSeries([box(491000, 5459000, 492000, 5460000)], crs=4326)
    with pytest.raises(SafelearnError, match="do not lie on Earth"):
        in_wgs84(metres, crs=None, where="a")
    with pytest.raises(SafelearnError, match="no coordinate system called EPSG:1"):
        in_wgs84(metres, crs="EPSG:1", where="a")


def test_a_shell_inside_a_shell_stays_ground_and_becomes_no_hole():
    nested = MultiPolygon([box(0, 0, 10, 10), box(4, 4, 5, 5)])
    mended, said = repaired(geopandas.GeoSeries([nested]), ["San Cristóbal"], where="a")
    assert mended.iloc[0].covers(Point(4.5, 4.5))
    assert mended.iloc[0].area == pytest.approx(100)
    assert said == ("The outline of San Cristóbal crossed itself and was repaired.",)


@pytest.mark.parametrize("shape", [None, Polygon(), Point(1, 1)])
def test_a_missing_outline_is_an_error_that_names_the_area(shape):
    shapes = geopandas.GeoSeries([box(0, 0, 1, 1), shape])
    with pytest.raises(SafelearnError, match="Belén"):
        repaired(shapes, ["Popular", "Belén"], where="a")


def test_points_are_told_from_outlines():
    assert points(geopandas.GeoSeries([box(0, 0, 1, 1)])) is None
    found = points(geopandas.GeoSeries([Point(1, 2), None]))
    assert found["x"].tolist()[0] == 1 and found["y"].isna().tolist() == [False, True]
