"""Shapefiles come loose or zipped, without a projection, and in an encoding that nobody named."""

from __future__ import annotations

import json
import zipfile

import geopandas
import pytest
from shapely import box

from safelearn.city.files.formats import read_source
from safelearn.city.files.shapefiles import in_one_file, parts_of
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.errors import SafelearnError

NAMES = ["Peñón", "Álamo"]


@pytest.fixture
def shp(tmp_path):
    """Areas as a shapefile whose letters are in `encoding`, without some of its files."""

    def make(encoding="utf-8", without=(), crs=4326, names=NAMES):
        folder = tmp_path / "map"
        folder.mkdir(exist_ok=True)
        shapes = [box(-75, 6, -74.9, 6.1), box(-74.9, 6, -74.8, 6.1)]
        frame = geopandas.GeoDataFrame(
            {"area_id": ["01", "02"], "area_name": names}, geometry=shapes, crs=crs
        )
        frame.to_file(folder / "barrios.shp", encoding=encoding)
        dbf = folder / "barrios.dbf"
        data = bytearray(dbf.read_bytes())
        if ".cpg" in without:
            data[29] = 0
            dbf.write_bytes(bytes(data))
        for suffix in without:
            (folder / f"barrios{suffix}").unlink(missing_ok=True)
        return folder / "barrios.shp"

    return make


def test_a_loose_shapefile_is_read_with_its_codes(shp):
    source = read_source(shp())
    assert source.frame["area_id"].tolist() == ["01", "02"]
    assert source.frame["area_name"].tolist() == NAMES


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
)
def test_names_are_right_whether_or_not_the_file_says_its_encoding(shp, encoding, said):
    assert read_source(shp(encoding)).frame["area_name"].tolist() == NAMES
    source = read_source(shp(encoding, without=(".cpg",)))
    assert source.frame["area_name"].tolist() == NAMES
    assert said in source.notes[0]


def test_a_person_may_name_the_encoding(shp):
    path = shp("cp1250", without=(".cpg",), names=["Łódź", "Żabno"])
    names = read_source(path, encoding="cp1250").frame["area_name"]
    assert names.tolist() == ["Łódź", "Żabno"]


@pytest.mark.parametrize("missing", [".dbf", ".shx"])
def test_a_shapefile_without_its_other_files_names_them(shp, missing):
    path = shp(without=(missing,))
    with pytest.raises(SafelearnError, match=f"barrios{missing}"):
        read_source(path)


def test_a_zip_may_hold_the_shapefile_in_a_folder(shp, tmp_path):
    path = shp("cp1252", without=(".cpg",))
    packed = tmp_path / "map.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in parts_of(path):
            archive.write(part, f"capas/2023/{part.name}")
    source = read_source(packed)
    assert source.frame["area_name"].tolist() == NAMES


def test_a_zip_without_the_names_of_its_shapes_is_refused(shp, tmp_path):
    path = shp()
    packed = tmp_path / "map.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "barrios.shp")
    with pytest.raises(SafelearnError, match=r"barrios\.dbf"):
        read_source(packed)


def test_a_loose_shapefile_is_kept_with_all_its_files(shp, tmp_path):
    folder = new_city(tmp_path / "villa", name="Villa").folder
    result = import_file(folder, shp(), table="areas")
    assert result.rows_used == 2
    with zipfile.ZipFile(folder / "source" / "barrios.zip") as archive:
        assert sorted(archive.namelist()) == [
            f"barrios{suffix}" for suffix in (".cpg", ".dbf", ".prj", ".shp", ".shx")
        ]
    (record,) = json.loads((folder / "source" / "imports.json").read_text("utf-8"))
    assert record["table"] == "areas"
    assert import_file(folder, shp(), table="areas").unchanged


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_shapefile_without_projection_asks_for_it(shp, tmp_path):
    folder = new_city(tmp_path / "villa", name="Villa").folder
    path = shp(without=(".prj",), crs=None)
    with pytest.raises(SafelearnError, match="no coordinate system") as raised:
        import_file(folder, path, table="areas")
    assert "--crs" in raised.value.remedy
    assert import_file(folder, path, table="areas", crs="EPSG:4326").rows_used == 2


def test_the_same_files_make_the_same_zip(shp):
    path = shp()
    with in_one_file(path) as packed:
        first = packed.read_bytes()
    with in_one_file(path) as packed:
        assert packed.read_bytes() == first
