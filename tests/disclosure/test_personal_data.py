"""Public outputs hold no person, no exact point and no path of a machine."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.disclosure.personal_data import check, check_text


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("victim_name", "name"),
        ("VictimName", "name"),
        ("Nombre de la víctima", "name"),
        ("apellidos", "name"),
        ("telefono", "name"),
        ("licence_plate", "name"),
        ("officer id", "name"),
        ("date_of_birth", "birth"),
        ("fecha_nacimiento", "birth"),
        ("longitude", "point"),
        ("incident_id", "record"),
    ],
)
def test_columns_about_people_are_found_by_name(column, kind):
    assert [p.kind for p in check(pd.DataFrame({column: [1]}))] == [kind]


@pytest.mark.parametrize(
    "column",
    [
        "area_id",
        "area_name",
        "offence_name",
        "n",
        "births",
        "birth_rate",
        "population",
        "month",
        "mobile_patrols",
        "name",
        "age_group",
        "phones_per_household",
    ],
)
def test_columns_about_areas_and_counts_are_left_alone(column):
    assert check(pd.DataFrame({column: [1]})) == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("/home/ana/city/incidents.csv", "path"),
        (r"C:\Users\ana\city.xlsx", "path"),
        ("read from /home/x/data/x", "path"),
        ("ana@example.org", "email"),
        ("+57 300 123 4567", "phone"),
        ("(604) 444-5555", "phone"),
        ("ABC 123", "plate"),
        ("born 1990-04-12, date of birth on file", "birth"),
    ],
)
def test_values_about_people_and_machines_are_found(value, kind):
    assert [p.kind for p in check(pd.DataFrame({"note": ["x", value]}))] == [kind]


@pytest.mark.parametrize(
    "value",
    [
        "2024-05",
        "2024-05-01",
        "0401",
        "05001",
        "1,234",
        "12–34",
        "Robbery",
        "546 to 643",
        "rate/100,000",
        "and/or",
        "North / South",
        "1234567",
    ],
)
def test_figures_codes_and_months_are_left_alone(value):
    assert check(pd.DataFrame({"note": [value]})) == []


def test_a_problem_never_repeats_the_value_it_found():
    (problem,) = check(pd.DataFrame({"note": ["ana@example.org"]}))
    assert "ana" not in problem.sentence + problem.where + problem.remedy


def test_a_note_with_a_path_is_found():
    assert [p.kind for p in check_text("Source: /home/ana/city.csv")] == ["path"]
    assert check_text("Source: police records, 2024.") == []
