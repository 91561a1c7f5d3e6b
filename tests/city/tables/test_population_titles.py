"""Titles of columns of residents, as offices write them: understood whole or not at all."""

from __future__ import annotations

import pytest

from safelearn.city.tables.population_titles import age_group, read_titles


def said(*titles):
    return {
        t: (m.of, m.sex, m.age, m.year, m.kind) for t, m in read_titles(titles).items()
    }


def groups(*titles):
    return {t: (m.sex, m.age) for t, m in read_titles(titles).items()}


def test_m_is_a_man_beside_f_and_a_woman_beside_h():
    assert groups("F15_19", "M15_19") == {
        "F15_19": ("female", "15-19"),
        "M15_19": ("male", "15-19"),
    }
    assert groups("H 0-4", "M 0-4") == {
        "H 0-4": ("male", "0-4"),
        "M 0-4": ("female", "0-4"),
    }


def test_a_letter_that_nothing_explains_is_not_guessed():
    assert groups("M 0-4", "M 5-9") == {}


@pytest.mark.parametrize(
    ("title", "age"),
    [
        ("0-4", "0-4"),
        ("80+", "80+"),
        ("De 15 a 19 años", "15-19"),
        ("15 to 19 years", "15-19"),
        ("85 y más", "85+"),
        ("100 and over", "100+"),
        ("Under 5", "0-4"),
        ("Menores de 1 año", "0-0"),
        ("P_18YMAS", "18+"),
        ("65 anos ou mais", "65+"),
        ("≥ 65", "65+"),
    ],
)
def test_ages_in_four_languages(title, age):
    assert groups(title) == {title: ("all", age)}


def test_the_titles_of_a_mexican_census():
    assert groups("P_0A2", "P_0A2_F", "P_60YMAS_M", "POBTOT", "POBFEM") == {
        "P_0A2": ("all", "0-2"),
        "P_0A2_F": ("female", "0-2"),
        "P_60YMAS_M": ("male", "60+"),
        "POBTOT": ("all", "all"),
        "POBFEM": ("female", "all"),
    }


def test_years_censuses_projections_households_and_dwellings():
    assert said("Censo 2018", "Proyección 2023", "Hogares 2018", "Viviendas") == {
        "Censo 2018": ("people", "all", "all", 2018, "census"),
        "Proyección 2023": ("people", "all", "all", 2023, "projection"),
        "Hogares 2018": ("households", "all", "all", 2018, ""),
        "Viviendas": ("dwellings", "all", "all", None, ""),
    }


@pytest.mark.parametrize(
    "title",
    ["% 0-14", "Densidad 2018", "Variación 2018-2020", "edad", "sexo", "año", "Ward 4", "Route 15-19", "km2"],
)  # fmt: skip
def test_what_is_no_number_of_people_is_left_alone(title):
    assert read_titles([title]) == {}


def test_cells_that_name_an_age_group():
    assert [
        age_group(v) for v in ("15 a 19", "Total", "Todas las edades", "7", "?")
    ] == [
        "15-19",
        "all",
        "all",
        "7-7",
        None,
    ]
