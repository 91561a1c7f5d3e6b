"""A file is put into the table that it fills, and the guess is said."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pandas as pd
import pytest
from shapely import Point, box

from safelearn.city.columns.table_guess import guess_table
from safelearn.city.files.formats import Source, read_source
from safelearn.errors import SafelearnError


def guess(columns, name="a.csv", shapes=None):
    frame = pd.DataFrame({c: ["1"] for c in columns}, dtype="str")
    outlines = geopandas.GeoSeries(shapes, crs=4326) if shapes else None
    return guess_table(
        Source(frame=frame, kind="text", name=name, outlines=outlines),
        Path("no-such-folder"),
    )


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (
            ["fecha_hecho", "longitud", "latitud", "sexo", "edad", "modalidad"],
            "incidents",
        ),
        (["month", "longitude", "latitude", "location", "lsoa_code"], "incidents"),
        (["date", "offence"], "incidents"),
        (["gss_code", "ward", "population"], "population"),
        (["area_id", "sex", "age_group", "population", "year"], "population"),
        (["codigo", "0-14", "15-64", "65+"], "population"),
        (["area_id", "area_name", "parent", "settlement"], "areas"),
        (["barrio"], "areas"),
    ],
)
def test_columns_tell_the_table(columns, table):
    name, said = guess(columns)
    assert name == table and table in said[0]


def test_outlines_are_areas_and_points_are_incidents():
    assert guess(["code"], shapes=[box(0, 0, 1, 1)])[0] == "areas"
    assert guess(["code"], shapes=[Point(0, 0)])[0] == "incidents"


def test_codes_and_names_are_what_the_file_is_called_and_never_initiatives():
    columns = ["codigo", "nombre"]
    assert guess(columns, name="areas.csv")[0] == "areas"
    assert guess(columns, name="barrios 2024.csv")[0] == "areas"
    with pytest.raises(SafelearnError, match="not plain which table"):
        guess(columns, name="lista.csv")
    assert guess(["codigo", "nombre"], name="initiatives.csv")[0] == "initiatives"


def test_the_files_own_name_helps():
    assert guess(["foo", "bar"], name="stakeholders.csv")[0] == "stakeholders"


@pytest.mark.parametrize(
    "columns",
    [
        # Bands of distance, and questions that both parts of a school answered: nobody lives in them.
        ["row", "0 to 1", "2 to 2", "3 to 3", "More than 3"],
        ["cds", "stype", "sch.wide", "both", "enroll"],
    ],
)
def test_a_title_or_two_that_may_be_an_age_make_no_residents(columns):
    with pytest.raises(SafelearnError, match="not plain which table"):
        guess(columns)


def test_counts_of_offences_are_no_codes_of_areas():
    frame = pd.DataFrame(
        [["San José", "12", "3", "15"], ["La Loma", "7", "1", "8"]],
        columns=["Barrio", "Hurto", "Homicidio", "Total"],
        dtype="str",
    )
    with pytest.raises(SafelearnError, match="is an offence") as raised:
        guess_table(Source(frame=frame, kind="text", name="a.csv"), Path("nowhere"))
    assert "one row for each count" in raised.value.remedy


def test_where_nothing_tells_the_person_is_asked():
    with pytest.raises(SafelearnError, match="not plain which table") as raised:
        guess(["foo", "bar"])
    assert "--table" in raised.value.remedy


def test_a_total_beside_each_name_may_be_of_anything_and_is_asked_about(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Ward,Total\nHill,1200\nMarket,900\n", "utf-8")
    with pytest.raises(SafelearnError, match="not plain which table"):
        guess_table(read_source(path), tmp_path)
