"""Of the places that a file names side by side, the ones that are the city's areas are read."""

from __future__ import annotations

import pandas as pd

from safelearn.city.columns.profiles import profile_named
from safelearn.city.places.levels import choose_level
from safelearn.city.places.reading import KnownAreas

FRAME = pd.DataFrame(
    {
        "tipo": ["Robo"] * 4,
        "fecha": ["2022-01-01"] * 4,
        "franja": ["3"] * 4,
        "barrio": ["Boca", "Barracas", "Palermo", ""],
        "comuna": ["4", "4", "14", "14"],
    },
    dtype="str",
)
PROFILE = profile_named("buenos-aires")
COLUMNS = PROFILE.assign(FRAME.columns)


def choose(codes, names):
    return choose_level(FRAME, COLUMNS, PROFILE, KnownAreas(codes, names))


def test_a_city_of_comunas_is_read_by_comuna():
    chosen = choose(["4", "14"], ["Comuna 4", "Comuna 14"])
    assert chosen["area_id"] == "comuna" and "area_name" not in chosen


def test_a_city_of_barrios_is_read_by_barrio_with_the_comuna_as_its_district():
    chosen = choose(["b1", "b2", "b3"], ["Boca", "Barracas", "Palermo"])
    assert chosen["area_name"] == "barrio" and "area_id" not in chosen
    assert chosen["area_parent"] == "comuna"


def test_a_city_without_areas_drafts_the_finer_ones_and_not_their_districts_codes():
    chosen = choose([], [])
    assert chosen["area_name"] == "barrio" and "area_id" not in chosen


def test_where_nothing_matches_the_columns_stay_for_the_review():
    assert choose(["x"], ["Nowhere"]) == COLUMNS


def test_the_other_columns_are_not_touched():
    chosen = choose(["4"], ["Comuna 4"])
    assert chosen["offence_label"] == "tipo" and chosen["from_time"] == "franja"


def test_a_column_that_names_the_city_alone_places_nobody():
    frame = pd.DataFrame(
        {
            "municipio": ["MEDELLÍN (CT)"] * 2,
            "codigo_dane": ["05001"] * 2,
            "fecha": ["2023-01-01"] * 2,
        },
        dtype="str",
    )
    siedco = profile_named("siedco")
    chosen = choose_level(
        frame, siedco.assign(frame.columns), siedco, KnownAreas(["1"], ["Popular"])
    )
    assert chosen == {"from_date": "fecha"}


def test_a_column_that_was_guessed_by_its_values_stays_where_it_is_the_best():
    frame = pd.DataFrame(
        {"sitio": ["Popular", "Aranjuez"], "district": ["Popular", "x"]}, dtype="str"
    )
    areas = KnownAreas(["1", "2"], ["Popular", "Aranjuez"])
    chosen = choose_level(
        frame, {"area_name": "sitio"}, profile_named("generic"), areas
    )
    assert chosen["area_name"] == "sitio"
