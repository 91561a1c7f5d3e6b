"""Answers of open-data interfaces are tables, and maps in JSON are maps."""

from __future__ import annotations

import json

import pytest

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError

RECORDS = [
    {"id": "007", "fecha": "2024-01-02", "lat": 4.6, "n": 3, "arma": None},
    {"id": "012", "fecha": "2024-01-03", "lat": 4.7, "n": 1, "arresto": True},
]
POINT = {"type": "Point", "coordinates": [-74.1, 4.6]}
FEATURE = {"type": "Feature", "properties": {"cod": "01", "n": 5}, "geometry": POINT}


def read(tmp_path, held, name="a.json"):
    path = tmp_path / name
    text = held if isinstance(held, str) else json.dumps(held, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return read_source(path)


@pytest.mark.parametrize(
    "held",
    [
        RECORDS,
        {"data": RECORDS},
        {"success": True, "result": {"records": RECORDS}},
        {"d": {"results": RECORDS}},
        "\n".join(json.dumps(r) for r in RECORDS),
    ],
)
def test_records_are_found_wherever_an_interface_puts_them(tmp_path, held):
    frame = read(tmp_path, held).frame
    assert frame["id"].tolist() == ["007", "012"]
    assert list(frame.columns) == ["id", "fecha", "lat", "n", "arma", "arresto"]
    assert frame["arresto"].tolist() == ["", "true"]
    assert frame["arma"].tolist() == ["", ""]


def test_numbers_stay_as_they_are_written(tmp_path):
    frame = read(
        tmp_path, '[{"x": -74.10, "y": 1e3}, {"x": 12345678901234567890}]'
    ).frame
    assert frame["x"].tolist() == ["-74.10", "12345678901234567890"]


def test_what_lies_inside_an_object_is_a_column_of_its_own(tmp_path):
    held = [{"a": {"b": 1, "c": {"d": "x"}}, "lugar": POINT, "tags": ["q", "r"]}]
    frame = read(tmp_path, held).frame
    assert frame.iloc[0].to_dict() == {
        "a.b": "1",
        "a.c.d": "x",
        "lugar.longitude": "-74.1",
        "lugar.latitude": "4.6",
        "tags": "q, r",
    }


def test_rows_of_a_portal_that_names_its_columns_apart(tmp_path):
    view = {"columns": [{"name": "Date"}, {"name": "Primary Type"}]}
    held = {
        "meta": {"view": view},
        "data": [["2024-01-02", "THEFT"], ["2024-01-03", None]],
    }
    frame = read(tmp_path, held).frame
    assert frame.to_numpy().tolist() == [["2024-01-02", "THEFT"], ["2024-01-03", ""]]
    frame = read(tmp_path, [["Date", "Type"], ["2024-01-02", "THEFT"]]).frame
    assert frame["Type"].tolist() == ["THEFT"]


def test_a_page_of_a_longer_answer_says_that_there_is_more(tmp_path):
    source = read(tmp_path, {"total": 5000, "records": RECORDS})
    assert "2 records, and there are more (5,000)" in " ".join(source.notes)
    assert not any(
        "more" in n for n in read(tmp_path, {"total": 2, "data": RECORDS}).notes
    )


@pytest.mark.parametrize(
    "held",
    [
        {"type": "FeatureCollection", "features": [FEATURE]},
        {"name": "x", "features": [FEATURE], "type": "FeatureCollection"},
        [FEATURE],
        FEATURE,
        json.dumps(FEATURE) + "\n" + json.dumps(FEATURE),
    ],
)
def test_features_are_a_map_in_a_collection_or_bare(tmp_path, held):
    source = read(tmp_path, held)
    assert source.kind == "geographic"
    assert source.outlines.x.tolist()[0] == -74.1
    assert source.frame["cod"].tolist()[0] == "01"


def test_features_of_an_arcgis_server_are_read_with_and_without_shapes(tmp_path):
    attributes = {"OBJECTID": 1, "HOOD": "001", "OCC_DATE": 1388552400000}
    shaped = {
        "geometryType": "esriGeometryPoint",
        "spatialReference": {"wkid": 4326},
        "fields": [
            {"name": "OBJECTID", "type": "esriFieldTypeOID"},
            {"name": "HOOD", "type": "esriFieldTypeString"},
        ],
        "features": [{"attributes": attributes, "geometry": {"x": -79.4, "y": 43.7}}],
    }
    source = read(tmp_path, shaped)
    assert source.outlines.y.tolist() == [43.7]
    plain = {"features": [{"attributes": attributes}], "exceededTransferLimit": True}
    source = read(tmp_path, plain)
    assert source.frame["OCC_DATE"].tolist() == ["1388552400000"]
    assert "there are more" in " ".join(source.notes)


def test_a_moment_in_a_map_keeps_its_zone(tmp_path):
    feature = {**FEATURE, "properties": {"at": "2024-01-02T03:00:00Z"}}
    source = read(tmp_path, {"type": "FeatureCollection", "features": [feature]})
    assert source.frame["at"].tolist() == ["2024-01-02T03:00:00Z"]


def test_features_without_any_shape_are_a_table(tmp_path):
    feature = {**FEATURE, "geometry": None}
    source = read(tmp_path, {"type": "FeatureCollection", "features": [feature]})
    assert source.outlines is None
    assert source.frame["cod"].tolist() == ["01"]


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ({"type": "GeometryCollection", "geometries": [POINT]}, "without any name"),
        (POINT, "without any name"),
        ({"type": "Topology", "objects": {}}, "TopoJSON"),
        ({"a": 1}, "neither a list of records"),
        ([1, 2], "neither a list of records"),
        ([], "holds no row"),
        ('[{"a": 1},\n{"a": ', "no JSON from this line"),
        ("<html><body>Please log in</body></html>", "web page without any table"),
    ],
)
def test_what_is_neither_table_nor_map_says_so(tmp_path, held, sentence):
    with pytest.raises(SafelearnError, match=sentence) as raised:
        read(tmp_path, held)
    assert raised.value.remedy


def test_records_in_latin_letters_are_read(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes('[{"barrio": "Peñón"}]'.encode("cp1252"))
    assert read_source(path).frame["barrio"].tolist() == ["Peñón"]
