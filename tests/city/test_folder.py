"""Opening a city: what it gives, and what a person is told when something is missing."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.errors import SafelearnError

AREAS = "area_id,area_name,parent,settlement\n002,Beta,East,formal\n001,Alpha,East,\n"


def square(code, x, **properties):
    ring = [[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]
    return {
        "type": "Feature",
        "properties": {"area_id": code} | properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "villa"
    folder.mkdir()
    text = 'name = "Villa"\ntimezone = "America/Lima"\n'
    (folder / "city.toml").write_text(text, encoding="utf-8")
    (folder / "areas.csv").write_text(AREAS, encoding="utf-8")
    return folder


def draw(folder, *features):
    shapes = {"type": "FeatureCollection", "features": list(features)}
    (folder / "areas.geojson").write_text(json.dumps(shapes), encoding="utf-8")


def test_a_city_gives_its_tables_and_none_for_those_it_lacks(folder):
    city = City.open(folder)
    assert city.slug == "villa" and city.settings.name == "Villa"
    assert city.has("areas") and not city.has("survey")
    assert city.table("areas")["area_id"].tolist() == ["002", "001"]
    assert city.table("survey") is None and city.incidents() is None
    assert city.boundaries() is None and city.imports() == []


def test_what_a_caller_does_to_a_table_does_not_change_the_city(folder):
    city = City.open(folder)
    areas = city.table("areas")
    areas["area_name"] = "changed"
    areas["new"] = 1
    assert city.table("areas")["area_name"].tolist() == ["Beta", "Alpha"]
    assert "new" not in city.table("areas")


def test_boundaries_come_in_the_order_of_their_codes_with_zeros_in_front(folder):
    draw(folder, square("002", 1), square("001", 0))
    shapes = City.open(folder).boundaries()
    assert shapes.columns.tolist() == ["area_id", "area_name", "parent", "geometry"]
    assert shapes["area_id"].tolist() == ["001", "002"]
    assert shapes["area_name"].tolist() == ["Alpha", "Beta"]
    assert shapes.crs.to_epsg() == 4326
    assert shapes.geometry.iloc[0].bounds == (0, 0, 1, 1)


def test_boundaries_alone_are_enough_to_know_the_areas(folder):
    (folder / "areas.csv").unlink()
    draw(folder, square("07", 0, area_name="Uno"), square("08", 1, area_name="Dos"))
    city = City.open(folder)
    assert city.has("areas")
    assert city.table("areas")["area_name"].tolist() == ["Uno", "Dos"]
    assert city.boundaries()["area_id"].tolist() == ["07", "08"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: draw(f, square("999", 0)), "`999`"),
        (
            lambda f: draw(f, square("001", 0) | {"properties": {"id": "1"}}),
            "`area_id`",
        ),
        (
            lambda f: (f / "areas.geojson").write_text("{", encoding="utf-8"),
            "cannot be",
        ),
    ],
)
def test_boundaries_that_do_not_fit_are_named(folder, spoil, said):
    spoil(folder)
    with pytest.raises(SafelearnError, match=said) as error:
        City.open(folder).boundaries()
    assert "areas.geojson" in error.value.where


def test_a_folder_that_is_not_there_is_one_clear_sentence(tmp_path):
    with pytest.raises(SafelearnError, match="no folder called"):
        City.open(tmp_path / "nowhere")


def test_a_file_in_the_place_of_a_folder_is_named(folder):
    with pytest.raises(SafelearnError, match="is a file"):
        City.open(folder / "areas.csv")


def test_the_settings_file_opens_its_city(folder):
    assert City.open(folder / "city.toml").slug == "villa"


def test_a_city_without_areas_says_how_to_get_them(folder):
    (folder / "areas.csv").unlink()
    with pytest.raises(SafelearnError, match="no areas yet") as error:
        City.open(folder).table("areas")
    assert "safelearn city import" in error.value.remedy


def test_a_wrong_cell_is_named_with_its_row(folder):
    text = "area_id,sex,age_group,population,year\n001,all,all,many,2024\n"
    (folder / "population.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match="many") as error:
        City.open(folder).table("population")
    assert "population.csv, row 2, column population" in error.value.where


def test_the_record_of_imports_is_read_and_a_damaged_one_named(folder):
    (folder / "source").mkdir()
    record = folder / "source" / "imports.json"
    record.write_text('[{"file": "a.csv"}]', encoding="utf-8")
    assert City.open(folder).imports() == [{"file": "a.csv"}]
    record.write_text("[{", encoding="utf-8")
    with pytest.raises(SafelearnError, match="damaged"):
        City.open(folder).imports()


def test_a_missing_value_stays_missing_and_a_dash_stays_text(folder):
    text = AREAS.replace("Alpha", "-")
    (folder / "areas.csv").write_text(text, encoding="utf-8")
    areas = City.open(folder).table("areas")
    assert areas["area_name"].tolist() == ["Beta", "-"]
    assert pd.isna(areas["settlement"].iloc[1])


def test_the_city_module_loads_nothing_heavy():
    heavy = (
        "pandas",
        "numpy",
        "pydantic",
        "geopandas",
        "shapely",
        "tomlkit",
        "openpyxl",
    )
    code = f"import sys; from safelearn import City; print([m for m in {heavy} if m in sys.modules])"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, text=True).stdout.strip() == "[]"
