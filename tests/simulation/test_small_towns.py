"""The three smaller cities: their files hold the traps that they promise, and import finds every one of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter

import openpyxl
import pytest

from safelearn import resources
from safelearn.city.folder import City
from safelearn.simulation import kharwell, northmoor, rio_manso

CITIES = {c.FOLDER: c for c in (rio_manso, kharwell, northmoor)}
each = pytest.mark.parametrize("name", CITIES)


def folder(name):
    return resources.datasets() / name


def facts(name):
    return json.loads((folder(name) / "truth.json").read_text("utf-8"))


def incidents_account(name):
    records = json.loads((folder(name) / "source/imports.json").read_text("utf-8"))
    return [r for r in records if r["table"] == "incidents"]


@each
def test_every_row_of_every_file_is_used_or_set_aside(name):
    for record in incidents_account(name):
        aside = sum(record["set_aside"].values())
        assert record["rows_read"] == record["rows_used"] + aside


@each
def test_nobody_lives_there(name):
    assert City.open(folder(name)).settings.synthetic is True
    assert "does not exist" in (folder(name) / "SOURCE.md").read_text("utf-8")


def test_rio_mansos_header_is_on_the_fourth_row_and_a_total_stands_at_the_foot():
    book = openpyxl.load_workbook(
        folder("rio-manso") / "source/denuncias_2022_2024.xlsx", read_only=True
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[3][:2] == ("N° denuncia", "Fecha del hecho")
    assert rows[-2][0].startswith("Total")
    assert rows[-1][0].startswith("Fuente")


def test_rio_mansos_total_and_note_are_not_taken_for_crimes():
    (record,) = incidents_account("rio-manso")
    told = facts("rio-manso")["police_file"]["rows"]
    assert record["rows_used"] == told
    assert sum(record["set_aside"].values()) == record["rows_read"] - told == 2


def test_rio_manso_has_no_point_and_no_map():
    city = City.open(folder("rio-manso"))
    assert city.incidents()["longitude"].isna().all()
    assert city.boundaries() is None


def test_rio_mansos_short_names_find_their_area_and_mistyped_ones_wait_for_a_person():
    city, mess = City.open(folder("rio-manso")), facts("rio-manso")["police_file"]
    without = int(city.incidents()["area_id"].isna().sum())
    assert mess["neighbourhoods shortened"] > 100
    hidden = mess["rows without a neighbourhood"]
    assert hidden < without <= hidden + mess["neighbourhoods mistyped"]


def test_codes_of_rio_mansos_areas_keep_their_zeros():
    assert City.open(folder("rio-manso")).table("areas")["area_id"].iloc[0] == "001"


def test_every_event_of_kharwell_is_counted_once_though_wards_have_totals():
    city, mess = City.open(folder("kharwell")), facts("kharwell")["police_file"]
    assert int(city.incidents()["count"].sum()) == mess["events"]
    (record,) = incidents_account("kharwell")
    assert sum(record["set_aside"].values()) == mess["totals rows"] == 24


def test_kharwells_counts_are_those_of_its_file():
    text = (folder("kharwell") / "source/crime_heads_2023_2025.csv").read_text("utf-8")
    rows = [r for r in csv.DictReader(io.StringIO(text)) if r["Month"]]
    expected = Counter()
    for row in rows:
        expected[row["Ward code"]] += int(row["Cases"])
    incidents = City.open(folder("kharwell")).incidents()
    found = incidents.groupby("area_id", observed=True)["count"].sum()
    assert found.to_dict() == dict(expected)


def test_kharwells_survey_is_small_and_stands_for_all_adults():
    survey = City.open(folder("kharwell")).table("survey")
    adults = facts("kharwell")["survey"]["adults"]
    assert 200 < len(survey) < 900
    assert survey["weight"].sum() == pytest.approx(adults, rel=0.02)


def test_northmoor_knows_months_only_and_many_events_share_a_point():
    incidents = City.open(folder("northmoor")).incidents()
    assert set(incidents["time_precision"]) == {"month"}
    pointed = incidents.dropna(subset=["longitude"])
    assert len(pointed[["longitude", "latitude"]].drop_duplicates()) < len(pointed) / 5


def test_northmoors_three_files_add_up_and_none_of_their_rows_is_lost():
    rows = 0
    for path in sorted((folder("northmoor") / "source").glob("*-street.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
            rows += sum(1 for _ in csv.DictReader(stream))
    assert rows == len(City.open(folder("northmoor")).incidents())
    assert rows == facts("northmoor")["police_file"]["rows"]
