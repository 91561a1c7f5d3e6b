"""Columns that no profile knows are found by name, in several languages, or by what is in them."""

from __future__ import annotations

import pandas as pd

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.guess import guess_columns
from safelearn.city.columns.profiles import profile_named
from safelearn.city.places.matching import KnownAreas


def guess(columns, n=30):
    frame = pd.DataFrame({k: (v * n)[:n] for k, v in columns.items()}, dtype="str")
    return guess_columns(frame, profile_named("generic"), read_crosswalk("generic"))


def test_mexican_names():
    found, _ = guess(
        {
            "fecha_hecho": ["2023-01-02"],
            "hora_hecho": ["21:30"],
            "delito": ["HOMICIDIO DOLOSO"],
            "sexo": ["Femenino"],
            "edad": ["31"],
            "colonia_hecho": ["CENTRO"],
            "latitud": ["19.43"],
            "longitud": ["-99.13"],
        }
    )
    assert found == {
        "from_date": "fecha_hecho",
        "from_time": "hora_hecho",
        "offence_label": "delito",
        "victim_sex": "sexo",
        "victim_age": "edad",
        "area_name": "colonia_hecho",
        "latitude": "latitud",
        "longitude": "longitud",
    }


def test_the_date_of_the_event_stands_above_the_date_of_the_report():
    found, _ = guess({"report date": ["2023-01-09"], "occurrence date": ["2023-01-02"]})
    assert found["from_date"] == "occurrence date"


def test_values_speak_where_names_do_not():
    found, said = guess(
        {
            "k1": ["2023-01-02 10:00", "2023-02-03 11:00"],
            "k2": ["robbery", "theft"],
            "k3": ["F", "M"],
            "k4": ["-122.41942", "-122.41001"],
            "k5": ["37.77493", "37.78001"],
        }
    )
    assert found == {
        "from": "k1",
        "offence_label": "k2",
        "victim_sex": "k3",
        "longitude": "k4",
        "latitude": "k5",
    }
    assert all("from its values" in line for line in said)


def test_a_column_called_count_that_is_text_is_no_weight():
    assert "count" not in guess({"date": ["2023-01-02"], "total": ["yes"]})[0]


def test_a_running_number_is_no_weight():
    frame = {"date": ["2023-01-02"] * 60, "n": [str(i) for i in range(60)]}
    assert "count" not in guess(frame, 60)[0]


def test_a_month_beside_a_year_is_a_part_of_the_date():
    found, _ = guess({"year": ["2023"], "month": ["4"], "offence": ["theft"]})
    assert (found["year"], found["month"]) == (
        "year",
        "month",
    ) and "from_date" not in found


def test_each_guess_and_what_was_left_out_is_said():
    _, said = guess({"date": ["2023-01-02"], "shoe size": ["42"]})
    assert said == ("Column date: taken for the date.", "Not used: shoe size.")


def test_a_month_by_name_beside_a_year_is_a_part_of_a_date():
    found, _ = guess({"year": ["2023"], "month": ["January", "May"]})
    assert found["year"] == "year" and found["month"] == "month"
    assert "from_date" not in found


def test_a_month_that_says_its_year_is_a_date():
    found, _ = guess({"month": ["2023-01", "2023-02"]})
    assert found == {"from_date": "month"}


def test_financial_years_and_quarters_are_when_it_happened():
    found, _ = guess({"year": ["2011/12", "2012/13"], "quarter": ["Q1", "Q2"]})
    assert found == {"year": "year", "quarter": "quarter"}


def test_a_year_that_is_no_year_is_not_taken():
    assert "year" not in guess({"date": ["2023-01-02"], "year": ["first", "second"]})[0]


def test_the_areas_of_the_city_are_known_under_any_name_of_a_column():
    areas = KnownAreas(["01", "02"], ["San José", "La Loma"])
    rows = {
        "fecha": ["2024-03-01", "2024-03-02", "2024-03-03"],
        "lugar": ["SAN JOSE", "La Loma", "la loma"],
        "novedad": ["pelea", "robo de moto", "riña"],
    }
    frame = pd.DataFrame(rows, dtype="str")
    known = (profile_named("generic"), read_crosswalk("generic"))
    assert guess_columns(frame, *known, areas)[0]["area_name"] == "lugar"
    assert guess_columns(frame, *known)[0]["place_type"] == "lugar"
    of_one = frame.assign(lugar=["calle 1", "La Loma", "parque"])
    assert "area_name" not in guess_columns(of_one, *known, areas)[0]


def test_a_day_may_be_a_whole_date_or_a_part_of_one():
    assert guess({"Día": ["2024-04-01", "2024-04-02"]})[0] == {"from_date": "Día"}
    parts = {"anio": ["2024"], "mes": ["4"], "dia": ["1"]}
    assert guess(parts)[0]["day"] == "dia"


def test_a_month_with_its_year_is_a_date():
    assert guess({"Mes": ["Enero 2024", "Febrero 2024"]})[0] == {"from_date": "Mes"}
    assert guess({"Mes": ["Enero", "Febrero"], "Año": ["2024"]})[0]["month"] == "Mes"


def test_a_small_table_beside_the_list_counts_nothing():
    beside = ["10", "12", "9", *[""] * 27]
    dates = ["2024-01-03", "2024-01-09", "2024-01-15"]
    assert "count" not in guess({"Fecha": dates, "Total": beside})[0]
    assert guess({"Fecha": dates, "Total": ["10", "12", "9"]})[0]["count"] == "Total"
