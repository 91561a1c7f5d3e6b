"""A file of a whole country holds other cities, and a table made to be read holds its own sums."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.profiles import parse_profile
from safelearn.city.files.formats import Chunk, Source
from safelearn.city.imports.incidents import read_incidents
from safelearn.city.places.elsewhere import same_city, settle_elsewhere
from safelearn.city.places.reading import KnownAreas

NO_AREAS = KnownAreas([], [])
NATIONAL = parse_profile(
    'name = "ours"\n[jurisdiction]\ncolumn = ["municipio"]\n', where="ours"
)
SUMS = parse_profile(
    """
    name = "ours"
    [[counted_elsewhere]]
    column = ["station"]
    same_as = ["province"]
    [[counted_elsewhere]]
    column = ["crime"]
    words = ["carjacking"]
    beside = ["all robbery"]
    """,
    where="ours",
)


def text(**columns):
    return pd.DataFrame(columns, dtype="str")


@pytest.mark.parametrize(
    ("word", "city"),
    [
        ("BOGOTÁ D.C. (CT)", "Bogotá"),
        ("S.PAULO", "São Paulo"),
        ("S.PAULO           ", "Sao Paulo"),
        ("City of Cape Town District", "Cape Town"),
        ("MEDELLÍN (CT)", "Medellin"),
        ("Ciudad de México", "México"),
    ],
)
def test_a_city_is_known_under_its_official_name(word, city):
    assert same_city(word, city)


@pytest.mark.parametrize(
    ("word", "city"),
    [
        ("San José", "San Juan"),
        ("Cali", "Medellín"),
        ("", "Cali"),
        ("S.PAULO", "Paulo"),
    ],
)
def test_another_city_is_not_taken_for_it(word, city):
    assert not same_city(word, city)


def test_rows_of_other_municipalities_are_not_the_citys():
    frame = text(municipio=["BOGOTÁ D.C. (CT)", "SOACHA", "", "CALI (CT)"])
    settled = settle_elsewhere(frame, NATIONAL, city="Bogotá", areas=NO_AREAS)
    assert list(settled.read(frame)["another place"]) == [False, True, False, True]
    assert "more than this city" in settled.notes[0]


def test_a_municipality_that_only_later_pieces_name_is_another_place_too():
    sample = text(municipio=["BOGOTÁ D.C. (CT)", "SOACHA"])
    settled = settle_elsewhere(sample, NATIONAL, city="Bogotá", areas=NO_AREAS)
    assert list(settled.read(text(municipio=["LETICIA"]))["another place"]) == [True]


def test_a_neighbourhood_with_the_name_of_a_municipality_does_not_bring_it_in():
    frame = text(municipio=["MEDELLÍN (CT)", "BELLO"])
    areas = KnownAreas(["01", "02"], ["Bello", "Popular"])
    settled = settle_elsewhere(frame, NATIONAL, city="Medellín", areas=areas)
    assert list(settled.read(frame)["another place"]) == [False, True]


def test_where_the_column_names_the_areas_those_of_others_are_left_out():
    frame = text(municipio=["Akasia", "Alberton", "Sandton"])
    areas = KnownAreas(["1", "2"], ["Akasia", "Alberton"])
    settled = settle_elsewhere(frame, NATIONAL, city="Ekurhuleni", areas=areas)
    assert list(settled.read(frame)["another place"]) == [False, False, True]


def test_areas_that_are_municipalities_are_known_under_their_official_names():
    frame = text(municipio=["MEDELLÍN (CT)", "BELLO", "CALI (CT)"])
    areas = KnownAreas(["05001", "05088"], ["Medellín", "Bello"])
    settled = settle_elsewhere(frame, NATIONAL, city="Antioquia", areas=areas)
    assert list(settled.read(frame)["another place"]) == [False, False, True]


def test_a_file_of_this_city_alone_is_not_spoken_of():
    frame = text(municipio=["CALI (CT)"] * 3)
    settled = settle_elsewhere(frame, NATIONAL, city="Cali", areas=NO_AREAS)
    assert not settled.read(frame)["another place"].any() and settled.notes == ()


def test_a_city_that_no_row_names_keeps_every_row_and_is_told():
    frame = text(municipio=["SOACHA", "CALI (CT)"])
    settled = settle_elsewhere(frame, NATIONAL, city="Villa", areas=NO_AREAS)
    assert settled.read(frame) == {}
    assert settled.notes[0].startswith("No row names Villa in the column municipio")


def test_a_province_among_its_stations_does_not_count_twice():
    frame = text(station=["Gauteng", "Akasia"], province=["GAUTENG", "Gauteng"])
    settled = settle_elsewhere(frame, SUMS, city="Tshwane", areas=NO_AREAS)
    assert list(settled.read(frame)["counted elsewhere"]) == [True, False]


def test_a_part_counts_where_the_whole_is_missing_and_only_there():
    whole = text(crime=["All robbery", "Carjacking"])
    part = text(crime=["Murder", "Carjacking"])
    with_whole = settle_elsewhere(whole, SUMS, city="T", areas=NO_AREAS)
    without = settle_elsewhere(part, SUMS, city="T", areas=NO_AREAS)
    assert list(with_whole.read(whole)["counted elsewhere"]) == [False, True]
    assert without.read(part) == {}


def test_a_piece_without_any_row_of_the_city_is_accounted_for():
    frame = text(
        municipio=["CALI (CT)", "SOACHA", "CALI (CT)"],
        fecha=["2023-01-01"] * 3,
        delito=["Homicidio"] * 3,
    )

    def read(_rows):
        for i in range(3):
            yield Chunk.of(frame.iloc[[i]].reset_index(drop=True), i)

    source = Source(name="f", columns=list(frame.columns), read=read)
    settled = settle_elsewhere(frame, NATIONAL, city="Cali", areas=NO_AREAS)
    found = read_incidents(
        source,
        NATIONAL,
        {"from_date": "fecha", "offence_label": "delito"},
        read_crosswalk("generic"),
        NO_AREAS,
        zone=ZoneInfo("America/Bogota"),
        elsewhere=settled,
    )
    assert found.accounting.set_aside == {"another place": 1}
    assert found.accounting.rows_read == 3 and list(found.origin) == [0, 2]
