"""Real published files, brought in as a newcomer would, by commands alone: each number against an independent count."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter

import numpy as np
import pytest

from safelearn.city.folder import City
from safelearn.cli import main


@pytest.fixture
def run(capsys):
    """Type a command: its exit status and all that it printed, on one line."""

    def typed(*words):
        with pytest.raises(SystemExit) as ended:
            main([str(w) for w in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), " ".join((out + err).split())

    return typed


@pytest.fixture
def town(tmp_path, run):
    """The folder of a city about which nothing is known yet."""
    assert run("city", "new", tmp_path / "town")[0] == 0
    return tmp_path / "town"


def read_csv(path, **options):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, **options))


def features(path):
    import pyogrio

    return pyogrio.read_dataframe(path, read_geometry=False)


def records(folder):
    """The account of each import, which must add up to its rows."""
    found = json.loads((folder / "source" / "imports.json").read_text("utf-8"))
    for record in found:
        aside = sum(record["set_aside"].values())
        assert record["rows_read"] == record["rows_used"] + aside
    return {record["table"]: record for record in found}


@pytest.mark.needs("realdata/medellin")
def test_medellin_comes_out_the_same_in_either_order(realdata, town, run, tmp_path):
    deaths = realdata / "medellin" / "medellin_homicides.csv"
    comunas = realdata / "medellin" / "medellin_comunas.gpkg"
    rows = read_csv(deaths, delimiter=";")
    without = sum(r["longitud"] in ("", "NA") for r in rows)
    status, said = run("city", "import", town, deaths)
    assert status == 0
    assert f"{len(rows):,} rows read, {len(rows):,} used, 0 set aside" in said
    assert "write it in city.toml" in said and "1 age is impossible (-1)" in said
    status, said = run("city", "import", town, comunas)
    outside = int(City.open(town).incidents()["area_id"].isna().sum()) - without
    assert status == 0 and outside == 2
    assert f"areas: {len(features(comunas))} rows read" in said
    assert f"{len(rows) - without - outside:,} of {len(rows):,} rows have one" in said
    assert "decimal comma" in said and f"{len(rows) - without:,} rows" in said
    other = tmp_path / "other"
    run("city", "new", other)
    for file in (comunas, deaths):
        assert run("city", "import", other, file)[0] == 0
    assert City.open(other).incidents().equals(City.open(town).incidents())
    status, said = run("city", "check", town)
    assert status == 1 and "no population yet" in said


@pytest.mark.needs("realdata/lancashire")
def test_lancashire_from_the_wrong_end_and_back(realdata, town, run):
    import openpyxl

    folder = realdata / "lancashire"
    files = [
        folder / f"lancashire_{n}" for n in ("asb.tab", "ward_pop.xlsx", "wards.gpkg")
    ]
    asb, people, wards = files
    rows = read_csv(asb, delimiter="\t")
    codes = set(features(wards)["ward_code"])
    sheet = openpyxl.load_workbook(people, read_only=True).active
    residents = list(sheet.iter_rows(min_row=2, values_only=True))
    mine = [r for r in residents if r[0] in codes]

    status, said = run("city", "import", town, asb)
    assert status == 0 and f"{len(rows):,} rows read, {len(rows):,} used" in said
    points = {(r["longitude"], r["latitude"]) for r in rows}
    assert f"{len(rows):,} rows lie on {len(points):,} points" in said
    # The areas so far are only those that the incidents name: they are not to blame the file of residents for.
    status, said = run("city", "import", town, people)
    assert status == 2 and "import the areas, or their boundaries" in said
    assert run("city", "import", town, wards)[0] == 0
    status, said = run("city", "import", town, people)
    assert status == 0
    lost = len(residents) - len(mine)
    assert f"{len(residents)} rows read, {len(mine)} used, {lost} set aside" in said
    table = City.open(town).table("population")
    assert table["population"].sum() == sum(r[2] for r in mine)
    for file in (people, wards, asb):
        status, said = run("city", "undo", town)
        assert status == 0 and f"Took back the import of {file.name}" in said
    status, said = run("city", "undo", town)
    assert status == 2 and "no import to take back" in said
    for file in (wards, people, asb):
        assert run("city", "import", town, file)[0] == 0
    assert "nothing was done" in run("city", "import", town, asb)[1]
    status, said = run("city", "import", town, asb, "--replace")
    assert status == 0 and "lancashire_asb.tab was retired" in said
    incidents = City.open(town).incidents()
    assert len(incidents) == len(rows)
    # Each row of the file lies in a ward, and each of these is one of the list.
    assert incidents["area_id"].notna().all() and set(incidents["area_id"]) <= codes
    records(town)


@pytest.mark.needs("realdata/vancouver")
def test_vancouver_from_its_zip_before_its_areas(realdata, town, run, tmp_path):
    folder = realdata / "vancouver"
    zipped, areas = (
        folder / f"vancouver_{n}" for n in ("crimes_2020.zip", "neighbourhoods.geojson")
    )
    with zipfile.ZipFile(zipped) as packed:
        name = next(n for n in packed.namelist() if n.endswith(".csv"))
        with packed.open(name) as file:
            rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
    masked = sum(r["X"] not in ("", None) and float(r["X"]) == 0 for r in rows)
    midnight = sum(
        r["HOUR"] == r["MINUTE"] == "0" and float(r["X"] or 1) != 0 for r in rows
    )
    status, said = run("city", "import", town, zipped)
    assert status == 0 and f"{len(rows):,} rows read, {len(rows):,} used" in said
    assert f"{masked:,} rows have the coordinates 0/0" in said
    assert f"({midnight:,} rows) are exactly 00:00" in said
    named = sum(r["NEIGHBOURHOOD"] != "" for r in rows)
    assert f"{named:,} rows have an area" in said
    status, said = run("city", "import", town, areas)
    there = int(City.open(town).incidents()["area_id"].notna().sum())
    assert f"{there:,} of {len(rows):,} rows have one" in said
    assert "28 rows name places that may be areas" in said
    assert (town / "review" / "areas.xlsx").is_file()
    other = tmp_path / "other"
    run("city", "new", other)
    run("city", "import", other, areas)
    assert run("city", "import", other, zipped)[0] == 0
    assert int(City.open(other).incidents()["area_id"].notna().sum()) == there
    assert records(town)["incidents"]["figures"]["outside"] == 86


@pytest.mark.needs("realdata/nyc")
def test_new_yorks_victims_and_shootings(realdata, town, run):
    file = realdata / "nyc" / "nyc_shootings.csv"
    keys = Counter(r["incident_key"] for r in read_csv(file))
    status, said = run("city", "import", town, file)
    assert status == 0
    assert f"{keys.total()} rows read, {keys.total()} used" in said
    assert f"{len(keys)} events" in said
    several = [n for n in keys.values() if n > 1]
    assert (
        f"{sum(several)} rows have an identifier that comes back: {len(several)} events"
        in said
    )
    boroughs = {r["boro"] for r in read_csv(file)}
    assert len(City.open(town).table("areas")) == len(boroughs) == 5


@pytest.mark.needs("realdata/nearrepeat")
def test_a_file_without_a_header_gets_one_and_its_outputs_are_no_tables_of_a_city(
    realdata, town, run, tmp_path
):
    folder = realdata / "nearrepeat"
    for file in folder.iterdir():
        status, said = run("city", "import", town, file)
        assert status == 2, file.name
        expected = "names the columns" if "NR" not in file.name else "which table"
        assert expected in said
    arson = tmp_path / "arson.csv"
    bare = (folder / "chicago_arson.csv").read_text("utf-8")
    arson.write_text("x,y,date\n" + bare, "utf-8")
    status, said = run("city", "import", town, arson)
    assert status == 2 and "--crs" in said and "delete the two columns" in said
    status, said = run("city", "import", town, arson, "--crs", "EPSG:26971")
    assert status == 0 and "522 rows read, 522 used, 0 set aside" in said
    assert len(bare.split()) == 522
    rows = City.open(town).incidents()
    assert rows["longitude"].between(-88, -87.4).all()
    assert rows["latitude"].between(41.6, 42.1).all()


@pytest.mark.needs("realdata/aoristic")
def test_burglaries_found_hours_later_are_kept_as_spans_of_local_time(
    realdata, town, run
):
    file = realdata / "aoristic" / "dcburglaries.csv"
    told = (town / "city.toml").read_text("utf-8")
    (town / "city.toml").write_text(
        told.replace('timezone = "UTC"', 'timezone = "America/New_York"'), "utf-8"
    )
    assert run("city", "import", town, file)[0] == 2
    status, said = run("city", "import", town, file, "--crs", "EPSG:2248")
    rows = read_csv(file)
    assert status == 0 and f"{len(rows):,} rows read, {len(rows):,} used" in said
    # Nobody was at home: the hour in which it may have begun says nothing about the zone.
    assert "time zone is probably wrong" not in said
    incidents = City.open(town).incidents()
    ends = sum(r["EndDateTime"] not in ("", "NA") for r in rows)
    assert incidents["occurred_to"].notna().sum() == ends
    # 1451678400 is 20:00 in Greenwich on New Year's Day 2016, 15:00 in Washington.
    assert rows[0]["StartDateTime"] == "1451678400.0"
    assert incidents["occurred_from"].iloc[0] == np.datetime64("2016-01-01T15:00:00")
    table = realdata / "aoristic" / "dcburgsum.csv"
    assert run("city", "import", town, table)[0] == 2


@pytest.mark.needs("realdata/survey")
def test_a_sample_of_schools_is_no_survey_of_residents(realdata, town, run):
    for file in sorted((realdata / "survey").iterdir()):
        status, said = run("city", "import", town, file)
        assert status == 2 and "not plain which table" in said
        status, said = run("city", "import", town, file, "--table", "survey")
        assert status == 2 and "respondent_id" in said
    assert not (town / "source" / "imports.json").is_file() or not records(town)
    assert run("city", "check", town)[0] == 2
