"""Maps of several layers or folders: what is read is what the city needs, and the rest is named."""

from __future__ import annotations

import zipfile

import geopandas
import pytest
from shapely import Point, box

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError

PLACEMARK = (
    "<Placemark><name>{name}</name>{more}<Polygon><outerBoundaryIs><LinearRing><coordinates>"
    "0,0,0 1,0,0 1,1,0 0,0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
)


def kml(*placemarks, folder=None):
    inside = "".join(placemarks)
    if folder is not None:
        inside = "".join(
            f"<Folder><name>{name}</name>{text}</Folder>"
            for name, text in folder.items()
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>d</name>{inside}</Document></kml>"
    )


def areas(n, **columns):
    shapes = [box(i, 0, i + 1, 1) for i in range(n)]
    frame = {"cod": [f"0{i}" for i in range(n)], **columns}
    return geopandas.GeoDataFrame(frame, geometry=shapes, crs=4326)


@pytest.fixture
def gpkg(tmp_path):
    path = tmp_path / "city.gpkg"
    areas(1).to_file(path, layer="limite")
    areas(3).to_file(path, layer="barrios")
    points = geopandas.GeoDataFrame(
        {"x": range(9)}, geometry=[Point(0, 0)] * 9, crs=4326
    )
    points.to_file(path, layer="camaras")
    return path


def test_the_layer_with_most_polygons_is_read_and_the_others_named(gpkg):
    source = read_source(gpkg)
    assert source.frame["cod"].tolist() == ["00", "01", "02"]
    assert source.notes == (
        "Read the layer barrios with 3 features; not read: limite and camaras.",
    )


def test_a_layer_can_be_named(gpkg):
    assert len(read_source(gpkg, sheet="Límite").frame) == 1
    with pytest.raises(SafelearnError, match="no layer called zonas") as raised:
        read_source(gpkg, sheet="zonas")
    assert "barrios" in raised.value.remedy


def test_a_layer_whose_columns_a_profile_knows_comes_first(gpkg):
    source = read_source(gpkg, known=lambda names: "x" in names)
    assert len(source.frame) == 9


def test_a_kml_gives_names_and_extended_data_and_none_of_its_own_columns(tmp_path):
    data = "<ExtendedData><Data name='codigo'><value>001</value></Data></ExtendedData>"
    path = tmp_path / "a.kml"
    path.write_text(kml(PLACEMARK.format(name="Peñón", more=data)), encoding="utf-8")
    source = read_source(path)
    assert source.frame.iloc[0].to_dict() == {"Name": "Peñón", "codigo": "001"}


def test_a_kml_without_extended_data_has_its_attributes_in_the_description(tmp_path):
    table = (
        "<description><![CDATA[<html><table><tr><td colspan='2'>Barrio</td></tr>"
        "<tr><td>COD</td><td>{}</td></tr><tr><td>COMUNA</td><td>07</td></tr></table></html>]]></description>"
    )
    path = tmp_path / "a.kml"
    marks = [
        PLACEMARK.format(name=n, more=table.format(n[-2:])) for n in ("B01", "B02")
    ]
    path.write_text(kml(*marks), encoding="utf-8")
    frame = read_source(path).frame
    assert frame["COD"].tolist() == ["01", "02"]
    assert frame["COMUNA"].tolist() == ["07", "07"]
    lines = "<description>COD: 05&lt;br&gt;ZONA: Norte</description>"
    path.write_text(kml(PLACEMARK.format(name="B", more=lines)), encoding="utf-8")
    assert read_source(path).frame.iloc[0].to_dict() == {
        "Name": "B",
        "COD": "05",
        "ZONA": "Norte",
    }


def test_the_folders_of_a_kml_are_one_map(tmp_path):
    path = tmp_path / "a.kml"
    point = "<Placemark><name>CAI</name><Point><coordinates>0,0</coordinates></Point></Placemark>"
    folders = {
        "Norte": PLACEMARK.format(name="Alto", more=""),
        "Sur": PLACEMARK.format(name="Bajo", more=""),
        "Policía": point,
    }
    path.write_text(kml(folder=folders), encoding="utf-8")
    source = read_source(path)
    assert source.frame["Name"].tolist() == ["Alto", "Bajo"]
    assert source.frame["folder"].tolist() == ["Norte", "Sur"]
    assert "Norte, Sur, and Policía" in source.notes[0]


def test_a_kmz_is_the_kml_inside(tmp_path):
    path = tmp_path / "a.kmz"
    data = "<ExtendedData><Data name='codigo'><value>001</value></Data></ExtendedData>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", kml(PLACEMARK.format(name="Alto", more=data)))
        archive.writestr("images/logo.png", b"\x89PNG")
    source = read_source(path)
    assert source.frame["codigo"].tolist() == ["001"]
    assert source.outlines.crs == "EPSG:4326"


def test_a_flatgeobuf_is_read(tmp_path):
    areas(2).to_file(tmp_path / "a.fgb", driver="FlatGeobuf")
    assert sorted(read_source(tmp_path / "a.fgb").frame["cod"]) == ["00", "01"]
