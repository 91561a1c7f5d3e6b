"""Areas are found in whatever a planning office calls its columns."""

from __future__ import annotations

import json

import geopandas
import pandas as pd
import pytest
from shapely import box

from safelearn.city.files.formats import Source
from safelearn.city.places.outlines import read_areas, write_outlines
from safelearn.errors import SafelearnError

SQUARES = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)]


def source(columns, shapes=None, crs="EPSG:4326"):
    frame = pd.DataFrame(columns, dtype="str")
    outlines = geopandas.GeoSeries(shapes, crs=crs) if shapes else None
    return Source(frame=frame, kind="geographic", name="a.gpkg", outlines=outlines)


@pytest.mark.parametrize(
    ("columns", "codes", "names"),
    [
        (
            {
                "OBJECTID": ["2881", "2882", "2883"],
                "COMUNA": ["16", "01", "07"],
                "SECTOR": ["6", "1", "2"],
                "NOMBRE": ["BELEN", "POPULAR", "ROBLEDO"],
                "SHAPE__Area": ["8813421.5", "3182020.1", "9450408.2"],
            },
            ["01", "07", "16"],
            ["POPULAR", "ROBLEDO", "BELEN"],
        ),
        (
            {
                "ward_code": ["E05001643", "E05001644", "E05001645"],
                "ward_name": ["Anchors", "Bispham", "Bispham"],
            },
            ["E05001643", "E05001644", "E05001645"],
            ["Anchors", "Bispham", "Bispham"],
        ),
        (
            {
                "name": ["Dunbar-Southlands", "Kerrisdale", "Killarney"],
                "mapid": ["DS", "KERR", "KIL"],
                "geo_point_2d": ["[49.2, -123.1]", "[49.3, -123.1]", "[49.4, -123.1]"],
            },
            ["DS", "KERR", "KIL"],
            ["Dunbar-Southlands", "Kerrisdale", "Killarney"],
        ),
    ],
)
def test_codes_and_names_are_told_apart(columns, codes, names):
    reading = read_areas(source(columns, SQUARES))
    assert reading.frame["area_id"].tolist() == codes
    assert reading.frame["area_name"].tolist() == names


def test_a_list_without_outlines_is_enough():
    reading = read_areas(
        source(
            {
                "area_id": ["01", "02"],
                "area_name": ["Alto", "Bajo"],
                "parent": ["Norte", "Sur"],
            }
        )
    )
    assert reading.outlines is None and reading.frame["parent"].tolist() == [
        "Norte",
        "Sur",
    ]


def test_an_area_in_two_pieces_is_one_area():
    reading = read_areas(
        source(
            {"area_id": ["01", "01", "02"], "area_name": ["Islas", "Islas", "Bajo"]},
            SQUARES,
        )
    )
    assert reading.frame["area_id"].tolist() == ["01", "02"]
    assert [s.area for s in reading.outlines.geometry] == pytest.approx([2, 1])
    assert reading.accounting.rows_used == 3


def test_columns_that_tell_nothing_apart_are_an_error():
    with pytest.raises(SafelearnError, match="No column tells one area from another"):
        read_areas(source({"population": ["1.5", "1.5", "1.7"]}, SQUARES))


def test_outlines_are_written_in_code_order_and_always_the_same():
    reading = read_areas(
        source({"area_id": ["03", "01", "02"], "area_name": ["c", "a", "b"]}, SQUARES)
    )
    text = write_outlines(reading.outlines, reading.frame)
    features = json.loads(text)["features"]
    assert [f["properties"]["area_id"] for f in features] == ["01", "02", "03"]
    assert text == write_outlines(reading.outlines.iloc[::-1], reading.frame)
