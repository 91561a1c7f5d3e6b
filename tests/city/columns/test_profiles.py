"""A file is recognised by some of its columns, and read as the profile says."""

from __future__ import annotations

import pytest

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.profile import DETAIL
from safelearn.city.columns.profiles import (
    FIELDS,
    all_profiles,
    match_profile,
    parse_profile,
    profile_named,
)
from safelearn.city.files.headers import normalise
from safelearn.errors import SafelearnError
from safelearn.guidelines.offences import codes

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
        (["CMPLNT_FR_DT", "OFNS_DESC", "Latitude", "Longitude"], "nypd-complaints"),
        (["Date", "Primary Type", "Community Area"], "chicago"),
        (["Date", "PrimaryType", "CommunityArea"], "chicago"),
        (["CASE#", "DATE  OF OCCURRENCE", " PRIMARY DESCRIPTION", "WARD"], "chicago"),
        (["date_of_occurrence", "_primary_decsription", "_iucr"], "chicago"),
        (["DATE OCC", "TIME OCC", "AREA ", "Crm Cd Desc"], "lapd"),
        (["Date Occurred", "Crime Code Description", "Area ID"], "lapd"),
        (["Incident Datetime", "Incident Category", "Latitude"], "sfpd"),
        (["IncidntNum", "Category", "Date", "Time", "PdDistrict", "X", "Y"], "sfpd"),
        (["EVENT_UNIQUE_ID", "OCC_DATE", "OFFENCE", "HOOD_158"], "toronto-mci"),
        (["OCC_DATE", "OCC_HOUR", "CSI_CATEGORY"], "toronto-mci"),
        (["occurrencedate", "MCI", "Hood_ID", "Neighbourhood"], "toronto-mci"),
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


def test_two_profiles_that_know_a_file_about_as_well_are_both_named():
    chosen, said = match_profile(
        ["DATE OCC", "Crm Cd Desc", "Date", "Primary Type", "Ward"]
    )
    assert chosen.name == "chicago"
    assert said[1] == (
        "It could also be Los Angeles crime data (LAPD), which knows 2 of its columns (this one: 3); if so, "
        "import it with --profile lapd."
    )


def test_a_file_that_one_profile_knows_best_names_no_other():
    assert len(match_profile(VANCOUVER)[1]) == 1


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
        ('name = "x"\n[tiem]\nzone = "UTC"\n', "no part tiem"),
        ('name = "x"\n[match]\nmust = "date"\n', r"must in \[match\] cannot be date"),
        ('name = "x"\n[rows]\none_row = "person"\n', "one_row in"),
        ('name = "x"\n[time]\nunknown_hours = ["noon"]\n', "noon is no time of day"),
        ('name = "x"\n[values.victim_sex]\n"D" = "firm"\n', "D cannot mean firm"),
        (
            'name = "x"\n[derive]\nfield = "domestic"\n',
            r"\[derive\] is written wrongly",
        ),
        ('name = "x"\n[place]\nnot_a_place = [0, 0]\n', "not_a_place in"),
        (
            'name = "x"\n[values.mechanism]\n"pistola" = "gun"\n',
            "pistola cannot mean gun",
        ),
    ],
)
def test_a_faulty_profile_is_named(text, sentence):
    with pytest.raises(SafelearnError, match=sentence):
        parse_profile(text, where="ours.toml")


def test_an_unknown_profile_names_the_known_ones():
    with pytest.raises(SafelearnError, match="no profile called atlantis") as raised:
        profile_named("atlantis")
    assert "medata" in raised.value.remedy


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.name)
def test_the_offences_of_a_built_in_profile_are_in_the_classification(profile):
    crosswalk = read_crosswalk(profile.crosswalk)
    known = set(codes())
    assert set(crosswalk.codes.values()) <= known
    assert {c for sections in crosswalk.mixed.values() for c in sections} <= known
    assert set(profile.leaves_out) <= known
    # What holds several kinds has a code of its own, too.
    assert all(crosswalk.code(label) for label in crosswalk.mixed)


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.name)
def test_a_detail_is_only_kept_where_it_changes_the_code(profile):
    crosswalk = read_crosswalk(profile.crosswalk)
    whole = {
        normalise(f"{label}{DETAIL}{detail}")
        for label in profile.offence_detail_of
        for detail in profile.offence_details
    }
    for detail in profile.offence_details:
        keys = {k for k in whole & set(crosswalk.codes) if k.endswith(f" {detail}")}
        assert keys, detail
