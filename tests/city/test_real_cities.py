"""Published open data of three cities, end to end: what is known of each must come out."""

from __future__ import annotations

import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.quality import check, missingness_by_offence, needs_met
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings


def a_city(folder, zone):
    new_city(folder, name=folder.name)
    update_settings(folder, {"timezone": zone})
    return folder


@pytest.mark.needs("realdata/medellin")
def test_medellin_end_to_end(tmp_path, realdata):
    folder = a_city(tmp_path / "medellin", "America/Bogota")
    import_file(folder, realdata / "medellin" / "medellin_comunas.gpkg")
    result = import_file(folder, realdata / "medellin" / "medellin_homicides.csv")
    assert result.profile == "medata"
    assert (result.rows_read, result.rows_used, result.set_aside) == (9360, 9360, {})
    rows = City.open(folder).incidents()
    assert rows["victim_sex"].value_counts().to_dict() == {
        "male": 8656,
        "female": 704,
        "other": 0,
    }
    assert rows["longitude"].isna().sum() == 81 and len(rows) == 9360
    assert rows["victim_age"].isna().sum() == 1
    assert result.located == rows["area_id"].notna().sum() == 9277
    assert set(rows["area_id"].dropna()) <= set(
        City.open(folder).table("areas")["area_id"]
    )
    assert 18 <= rows["occurred_from"].dt.hour.value_counts().idxmax() <= 22
    assert set(rows["offence"]) == {"0101"}
    found = {p.code: p for p in check(City.open(folder)).problems}
    assert found["impossible ages"].n == 1 and "time zone" not in found


@pytest.mark.needs("realdata/medellin")
def test_medellin_read_as_local_time_is_noticed(tmp_path, realdata):
    folder = a_city(tmp_path / "medellin", "America/Bogota")
    file = realdata / "medellin" / "medellin_homicides.csv"
    result = import_file(folder, file, zone="local")
    assert (
        City.open(folder).incidents()["occurred_from"].dt.hour.value_counts().idxmax()
        == 2
    )
    assert "time zone" in {p.code for p in result.problems}


@pytest.mark.needs("realdata/lancashire")
def test_lancashire_end_to_end(tmp_path, realdata):
    folder = a_city(tmp_path / "lancashire", "Europe/London")
    data = realdata / "lancashire"
    import_file(folder, data / "lancashire_wards.gpkg")
    result = import_file(folder, data / "lancashire_asb.tab")
    assert result.profile == "police-uk"
    # Identical rows without an identifier are different events.
    assert (result.rows_read, result.rows_used) == (56434, 56434)
    people = import_file(folder, data / "lancashire_ward_pop.xlsx")
    assert (people.rows_read, people.rows_used) == (285, 245)
    assert people.set_aside == {"unknown area": 40}
    city = City.open(folder)
    population = city.table("population")
    assert population["area_id"].nunique() == 245 and len(city.table("areas")) == 271
    checked = check(city)
    vintage = next(p for p in checked.problems if p.code == "boundary vintage")
    assert vintage.n == 26 and "7 areas share their names" in vintage.sentence
    assert {"month only", "snapped points"} <= {p.code for p in checked.problems}
    assert checked.tables["incidents"]["timed"] == 0 and checked.fit == 1


@pytest.mark.needs("realdata/lancashire")
def test_lancashire_cannot_carry_near_repeats(tmp_path, realdata):
    folder = a_city(tmp_path / "lancashire", "Europe/London")
    import_file(folder, realdata / "lancashire" / "lancashire_asb.tab")
    met = needs_met(City.open(folder))
    assert not met["time:day"].met and not met["place:exact"].met
    assert "17,848 points" in met["place:exact"].reason
    assert met["time:month"].met and met["place:area"].met


@pytest.mark.needs("realdata/vancouver")
def test_vancouver_straight_from_the_zip(tmp_path, realdata):
    folder = a_city(tmp_path / "vancouver", "America/Vancouver")
    import_file(folder, realdata / "vancouver" / "vancouver_neighbourhoods.geojson")
    result = import_file(folder, realdata / "vancouver" / "vancouver_crimes_2020.zip")
    assert (result.rows_read, result.rows_used, result.events) == (37512, 37512, 37512)
    rows = City.open(folder).incidents()
    missing = missingness_by_offence(rows).set_index("offence")
    masked = missing[missing["no_coordinates"] == missing["n"]]["n"].to_dict()
    assert masked == {"Offence Against a Person": 3731, "Homicide": 19}
    assert missing["n"].sum() == 37512 and missing.loc["Homicide", "not_timed"] == 19
    violent = rows[rows["offence_label"].isin(masked)]
    assert len(violent) == 3750 and set(violent["place_precision"]) <= {"area", "none"}
    problem = next(
        p for p in check(City.open(folder)).problems if p.code == "masked offences"
    )
    assert problem.n == 3750


@pytest.mark.needs("realdata/vancouver")
def test_dropping_zero_coordinates_would_delete_every_violent_offence(
    tmp_path, realdata
):
    folder = a_city(tmp_path / "vancouver", "America/Vancouver")
    import_file(folder, realdata / "vancouver" / "vancouver_neighbourhoods.geojson")
    import_file(folder, realdata / "vancouver" / "vancouver_crimes_2020.zip")
    rows = City.open(folder).incidents()
    violent = rows["offence_label"].isin(["Homicide", "Offence Against a Person"])
    assert not rows[rows["longitude"].notna() & violent].size
    # The source still names the neighbourhood: Downtown is called Central Business District there, and the
    # rows with a point show it. Leaving them out would show Downtown as the one area without violence.
    downtown = rows[violent & (rows["area_id"] == "CBD")]
    assert len(downtown) == 1266


@pytest.mark.needs("realdata/nyc")
def test_two_victims_of_one_shooting_are_two_rows_and_one_event(tmp_path, realdata):
    folder = a_city(tmp_path / "nyc", "America/New_York")
    result = import_file(folder, realdata / "nyc" / "nyc_shootings.csv")
    assert result.rows_used == result.rows_read == 967
    assert result.events == City.open(folder).incidents()["incident_id"].nunique() < 967


def found_in(folder):
    return {p.code for p in check(City.open(folder)).problems if p.table == "incidents"}


@pytest.mark.needs("realdata/medellin")
def test_what_is_odd_about_medellin_and_nothing_else(tmp_path, realdata):
    folder = a_city(tmp_path / "medellin", "America/Bogota")
    import_file(folder, realdata / "medellin" / "medellin_comunas.gpkg")
    import_file(folder, realdata / "medellin" / "medellin_homicides.csv")
    # Three homicides fall into December 2009 once the stamps, true UTC, become local time.
    assert found_in(folder) == {
        "zone letter",
        "words for missing",
        "decimal commas",
        "impossible ages",
        "outside",
        "part month",
    }
    letter = next(
        p for p in check(City.open(folder)).problems if p.code == "zone letter"
    )
    assert (letter.n, letter.severity) == (9360, "note")


@pytest.mark.needs("realdata/lancashire")
def test_what_is_odd_about_lancashire_and_nothing_else(tmp_path, realdata):
    folder = a_city(tmp_path / "lancashire", "Europe/London")
    import_file(folder, realdata / "lancashire" / "lancashire_wards.gpkg")
    import_file(folder, realdata / "lancashire" / "lancashire_asb.tab")
    found = {p.code: p for p in check(City.open(folder)).problems}
    assert {"month only", "snapped points", "unclassified"} == {
        code for code, p in found.items() if p.table == "incidents"
    }
    assert (
        found["snapped points"].by_year == found["month only"].by_year == {"2022": 1.0}
    )


@pytest.mark.needs("realdata/vancouver")
def test_what_is_odd_about_vancouver_and_nothing_else(tmp_path, realdata):
    folder = a_city(tmp_path / "vancouver", "America/Vancouver")
    import_file(folder, realdata / "vancouver" / "vancouver_neighbourhoods.geojson")
    import_file(folder, realdata / "vancouver" / "vancouver_crimes_2020.zip")
    assert found_in(folder) == {
        "masked offences",
        "zero coordinates",
        "snapped points",
        "midnight",
        "outside",
    }
    found = {p.code: p for p in check(City.open(folder)).problems}
    # 3,731 offences against a person and 19 homicides, all of them: 10.0 % of 37,512 rows.
    both = {"Offence Against a Person": 1.0, "Homicide": 1.0}
    assert found["masked offences"].by_offence == both
    assert found["zero coordinates"].by_offence == both
    assert found["masked offences"].by_year == {"2020": 0.1}


@pytest.mark.needs("realdata/nyc")
def test_what_is_odd_about_new_yorks_shootings_and_nothing_else(tmp_path, realdata):
    folder = a_city(tmp_path / "nyc", "America/New_York")
    import_file(folder, realdata / "nyc" / "nyc_shootings.csv")
    found = {p.code: p for p in check(City.open(folder)).problems}
    assert {"several rows an event", "copies"} == {
        code for code, p in found.items() if p.table == "incidents"
    }
    rows = City.open(folder).incidents()
    repeated = rows["incident_id"].duplicated(keep=False)
    assert found["several rows an event"].n == repeated.sum()
