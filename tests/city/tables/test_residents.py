"""Residents by area, from long tables and wide ones, matched by code and never by likeness."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.formats import Source
from safelearn.city.places.reading import KnownAreas
from safelearn.city.tables.residents import looks_like_population, read_population
from safelearn.errors import SafelearnError

AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])


def read(columns, areas=AREAS):
    source = Source(frame=pd.DataFrame(columns, dtype="str"), kind="text", name="p.csv")
    return read_population(source, areas, year=2023)


def rows(reading):
    columns = ["area_id", "sex", "age_group", "population", "year"]
    return [tuple(r) for r in reading.frame[columns].itertuples(index=False)]


def test_a_plain_list_of_totals():
    reading = read(
        {
            "codigo": ["01", "02"],
            "barrio": ["Alto", "Bajo"],
            "población": ["1.200", "3.450"],
        }
    )
    assert rows(reading) == [
        ("01", "all", "all", 1200.0, 2023),
        ("02", "all", "all", 3450.0, 2023),
    ]
    assert any("2023" in note for note in reading.notes)


def test_a_long_table_with_words_for_sex_and_age():
    reading = read(
        {
            "area_id": ["01", "01", "01"],
            "Sexo": ["Hombres", "Mujeres", "Total"],
            "grupo_edad": ["15 a 19", "85 y más", "Total"],
            "population": ["10", "20", "30"],
            "año": ["2020", "2020", "2020"],
        }
    )
    assert rows(reading) == [
        ("01", "male", "15-19", 10.0, 2020),
        ("01", "female", "85+", 20.0, 2020),
        ("01", "all", "all", 30.0, 2020),
    ]


def test_a_wide_table_becomes_a_long_one_and_accounts_for_its_own_rows():
    reading = read(
        {
            "area_id": ["01", "02"],
            "0-14": ["5", "6"],
            "15-64": ["7", "x"],
            "65+": ["1", "2"],
        }
    )
    assert reading.accounting.rows_read == 2
    assert reading.accounting.set_aside == {"breaks the contract": 1}
    assert {r[0] for r in rows(reading)} == {"01"} and len(rows(reading)) == 3


def test_a_code_of_other_boundaries_is_set_aside_and_not_joined_by_its_name():
    reading = read(
        {"gss_code": ["01", "99"], "ward": ["Alto", "Bajo"], "population": ["10", "20"]}
    )
    assert reading.accounting.set_aside == {"unknown area": 1}
    assert [r[0] for r in rows(reading)] == ["01"]
    assert reading.strange_names == ("bajo",)


def test_names_are_used_only_where_there_are_no_codes():
    reading = read({"barrio": ["ALTO", "Bajo"], "population": ["10", "20"]})
    assert [r[0] for r in rows(reading)] == ["01", "02"]


def test_a_file_of_another_place_is_an_error():
    with pytest.raises(SafelearnError, match="belongs to an area"):
        read({"code": ["77", "78"], "population": ["1", "2"]})


def test_before_there_are_areas_a_file_of_which_little_can_be_used_is_refused():
    none = KnownAreas([], [])
    reading = read({"barrio": ["Alto", "Bajo"], "population": ["1", "2"]}, none)
    assert rows(reading)[0][:2] == ("Alto", "all")
    assert "no areas yet" in reading.notes[0]
    with pytest.raises(SafelearnError, match="few of its rows"):
        read({"grupo": ["Total"], "population": ["54321"]}, none)
    words = ["Alto", "Bajo", "Norte"]
    with pytest.raises(SafelearnError, match="few of its rows"):
        read({"barrio": words, "population": ["1", "many", "?"]}, none)


def test_the_same_group_twice_is_set_aside_once():
    reading = read({"area_id": ["01", "01"], "population": ["10", "11"]})
    assert reading.accounting.set_aside == {"repeated row": 1}


def test_more_bad_rows_than_are_named_are_all_set_aside():
    bad = 2500
    reading = read(
        {"area_id": ["01"] + ["02"] * bad, "population": ["5"] + ["none"] * bad}
    )
    assert reading.accounting.rows_used == 1
    assert sum(reading.accounting.set_aside.values()) == bad


def test_people_without_dates_look_like_population():
    assert looks_like_population(["gss_code", "ward", "population"])
    assert not looks_like_population(["date", "offence"])
