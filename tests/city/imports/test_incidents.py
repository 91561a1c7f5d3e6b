"""Rows become canonical incidents, and a row is set aside only if no measure can use it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from safelearn.city import contracts
from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.guess import guess_columns
from safelearn.city.columns.profiles import match_profile, parse_profile, profile_named
from safelearn.city.files.formats import Source
from safelearn.city.imports.incidents import read_incidents
from safelearn.city.places.reading import KnownAreas

AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])


def read(columns, profile=None, **options):
    source = Source(frame=pd.DataFrame(columns, dtype="str"), kind="text", name="a.csv")
    profile = profile or match_profile(source.frame.columns)[0]
    crosswalk = read_crosswalk(profile.crosswalk)
    fields = profile.assign(source.frame.columns)
    if profile.name == "generic":
        fields, _ = guess_columns(source.frame, profile, crosswalk)
    return read_incidents(
        source,
        profile,
        fields,
        crosswalk,
        AREAS,
        zone=ZoneInfo("America/Lima"),
        **options,
    )


def test_the_rows_have_the_contracts_columns_and_keep_it():
    read_rows = read(
        {
            "date": ["2024-03-01 10:00"],
            "offence": ["theft"],
            "area_id": ["01"],
            "sex": ["F"],
        }
    )
    assert list(read_rows.frame.columns) == list(contracts.columns("incidents"))
    assert (
        contracts.validate(read_rows.frame, "incidents", known={"areas": {"01", "02"}})
        == []
    )


def test_a_row_without_a_place_or_an_offence_is_used():
    rows = read(
        {
            "date": ["2024-03-01"] * 3,
            "offence": ["theft", "", "Zzz"],
            "area_id": ["01", "", "01"],
        }
    )
    assert rows.accounting.set_aside == {}
    assert rows.frame["offence"].isna().tolist() == [False, True, True]
    assert rows.frame["offence_label"].tolist() == ["theft", "not stated", "Zzz"]
    assert rows.strange_offences.to_numpy().tolist() == [["Zzz", 1]]


def test_identical_rows_without_an_identifier_are_different_events():
    rows = read(
        {"date": ["2024-03-01"] * 3, "offence": ["theft"] * 3, "area_id": ["01"] * 3}
    )
    assert rows.accounting.rows_used == 3


def test_a_repeated_identifier_with_the_same_content_is_one_event():
    table = {
        "incident_id": ["A", "A", "A"],
        "date": ["2024-03-01"] * 3,
        "offence": ["theft", "theft", "homicide"],
    }
    rows = read({**table, "area_id": ["01"] * 3})
    assert rows.accounting.set_aside == {"repeated identifier": 1}
    assert rows.frame["offence_label"].tolist() == ["theft", "homicide"]


def test_a_repeated_identifier_is_another_victim_where_a_row_is_a_victim():
    text = 'name = "v"\n[columns]\nincident_id = ["k"]\nfrom_date = ["d"]\n[rows]\none_row = "victim"\n'
    victims = parse_profile(text, where="v")
    rows = read({"k": ["A", "A"], "d": ["2024-03-01"] * 2}, profile=victims)
    assert rows.accounting.rows_used == 2


def test_rows_that_are_weights_keep_them():
    rows = read(
        {
            "fecha_hecho": ["2024-03-01"] * 3,
            "delito": ["hurto", "hurto", ""],
            "cantidad": ["3", "", "no"],
        }
    )
    assert rows.frame["count"].tolist() == [3, 1]
    assert rows.accounting.set_aside == {"no offence and no weight": 1}


def test_medellins_offence_is_assumed_only_from_the_means_of_homicide():
    row = {"fecha_hecho": ["2024-03-01T12:00:00Z"], "sexo": ["Mujer"], "edad": ["30"]}
    assert read({**row, "modalidad": ["Arma de fuego"]}).frame["offence"].tolist() == [
        "0101"
    ]
    assert read({**row, "modalidad": ["Cosquilleo"]}).frame[
        "offence_label"
    ].tolist() == ["not stated"]
    assert read({**row, "modalidad": ["Cosquilleo"]}, offence="Hurto a persona").frame[
        "offence"
    ].tolist() == ["0502"]


def test_masked_rows_lose_hour_and_point_and_keep_their_area():
    areas = ["Alto", "Alto"]
    table = {
        "TYPE": ["Homicide", "Mischief"],
        "YEAR": ["2020"] * 2,
        "MONTH": ["7"] * 2,
        "DAY": ["27"] * 2,
        "HOUR": ["0", "9"],
        "MINUTE": ["0", "0"],
        "HUNDRED_BLOCK": ["OFFSET TO PROTECT PRIVACY", "10XX ALBERNI ST"],
        "NEIGHBOURHOOD": areas,
        "X": ["0.0", "491059.4824"],
        "Y": ["0.0", "5459122.4178"],
    }
    rows = read(table).frame
    assert rows["time_precision"].tolist() == ["day", "minute"]
    assert rows["longitude"].isna().tolist() == [True, False]
    assert rows["area_id"].tolist() == ["01", "01"]
    assert rows["place_precision"].tolist() == ["area", "snapped"]


def test_an_address_becomes_a_key_and_never_stays_an_address():
    rows = read(
        {
            "date": ["2024-03-01"] * 3,
            "offence": ["theft"] * 3,
            "address": ["Calle 1", "CALLE  1", ""],
        }
    )
    keys = rows.frame["place_key"]
    assert keys[0] == keys[1] and pd.isna(keys[2])
    assert (
        not rows.frame.astype("str")
        .apply(lambda c: c.str.contains("calle", case=False))
        .any()
        .any()
    )


def test_a_source_that_mixes_offences_is_said():
    rows = read(
        {
            "month": ["2022-01"],
            "longitude": ["-2.4"],
            "latitude": ["53.7"],
            "crime type": ["Violence and sexual offences"],
        },
        profile=profile_named("police-uk"),
    )
    assert any("02 and 03" in note for note in rows.notes)


@pytest.mark.parametrize("language", ["qps"])
def test_every_assumption_is_translated(language):
    from safelearn.language import use

    with use(language):
        notes = read({"date": ["2024-03-01"], "offence": [""], "age": ["-1"]}).notes
    assert notes and all(note.startswith("⟦") for note in notes)
