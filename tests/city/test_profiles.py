"""A file is recognised by some of its columns, and read as the profile says."""

from __future__ import annotations

import pytest

from safelearn.city.headers import normalise
from safelearn.city.profiles import (
    FIELDS,
    all_profiles,
    match_profile,
    parse_profile,
    profile_named,
)
from safelearn.errors import SafelearnError

POLICE = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
]
VANCOUVER = [
    "TYPE",
    "YEAR",
    "MONTH",
    "DAY",
    "HOUR",
    "MINUTE",
    "HUNDRED_BLOCK",
    "NEIGHBOURHOOD",
    "X",
    "Y",
]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (POLICE, "police-uk"),
        (["month", "longitude", "latitude", "location", "lsoa_code"], "police-uk"),
        (["fecha_hecho", "longitud", "latitud", "sexo", "edad", "modalidad"], "medata"),
        (["Fecha Hecho ", "MODALIDAD", "Sexo"], "medata"),
        (VANCOUVER, "vancouver"),
        (["incident_key", "boro", "occur_date", "murder"], "nypd-shootings"),
        (["month", "longitude", "latitude"], "generic"),
        (["date", "offence"], "generic"),
    ],
)
def test_a_subset_of_the_columns_is_enough(columns, name):
    assert match_profile(columns)[0].name == name


def test_what_is_assumed_is_said():
    _, said = match_profile(["month", "longitude", "latitude", "location", "lsoa_code"])
    assert said[0].startswith(
        "Read as data.police.uk street: month only, points snapped."
    )


def test_a_citys_own_profile_wins_over_the_built_in_one(tmp_path):
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "ours.toml").write_text(
        'name = "ours"\n[columns]\nfrom_date = ["Datum der Tat"]\narea_name = ["Stadtteil"]\n',
        encoding="utf-8",
    )
    profile, _ = match_profile(["Datum der Tat", "Stadtteil", "Sonstiges"], tmp_path)
    assert profile.name == "ours" and profile.own
    assert profile.assign(["Datum der Tat", "Stadtteil"]) == {
        "from_date": "Datum der Tat",
        "area_name": "Stadtteil",
    }


def test_each_column_is_taken_once():
    assigned = profile_named("generic").assign(["date", "type", "barrio", "sexo"])
    assert len(set(assigned.values())) == len(assigned)


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.name)
def test_a_built_in_profile_knows_only_fields_that_exist(profile):
    assert set(profile.columns) <= set(FIELDS)
    for group in profile.must:
        assert set(group) & set(profile.signature)
    for variants in profile.columns.values():
        assert all(v == normalise(v) for v in variants)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "cannot be read"),
        ('name = "x"\n[columns]\nwhen = ["a"]\n', "no setting when"),
        ("[columns]\nfrom = ['a']\n", "has no name"),
    ],
)
def test_a_faulty_profile_is_named(text, sentence):
    with pytest.raises(SafelearnError, match=sentence):
        parse_profile(text, where="ours.toml")


def test_an_unknown_profile_names_the_known_ones():
    with pytest.raises(SafelearnError, match="no profile called chicago") as raised:
        profile_named("chicago")
    assert "medata" in raised.value.remedy
