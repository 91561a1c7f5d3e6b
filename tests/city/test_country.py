"""A country folder lends its cities settings, profiles, codes and residents; what a city has of its own wins."""

from __future__ import annotations

from datetime import date

import pytest

from safelearn.city.checks.deviations import deviations
from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.profiles import all_profiles, profile_named
from safelearn.city.country import boundary_changes, official_areas, successors
from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.quality import check
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.errors import SafelearnError

COUNTRY = """
name = "Andina"
country = "CO"
language = "es"
timezone = "America/Bogota"
unit = "barrio"

[disclosure]
threshold = 8
sensitive_threshold = 12

[[recording_changes]]
date = 2022-01-01
note = "New system of the national police"
"""
PROFILE = """
name = "national"
title = "National police"

[columns]
offence_label = ["tipo hecho"]
from = ["cuando"]
area_id = ["cod barrio"]
"""


@pytest.fixture
def country(tmp_path):
    folder = tmp_path / "andina"
    folder.mkdir()
    (folder / "country.toml").write_text(COUNTRY, encoding="utf-8")
    return folder


@pytest.fixture
def city(tmp_path, country):
    new_city(tmp_path / "villa", name="Villa", country=country)
    folder = tmp_path / "villa"
    put(folder / "areas.csv", "area_id,area_name\n01,Alto\n02,Bajo\n")
    return folder


def put(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes_of(problems):
    return {p.code: p for p in problems}


# -- settings ----------------------------------------------------------------------------------


def test_a_new_city_takes_over_what_its_country_settles(city):
    settings = City.open(city).settings
    assert (settings.name, settings.timezone, settings.unit) == ("Villa", "America/Bogota", "barrio")  # fmt: skip
    assert settings.disclosure.threshold == 8
    assert settings.recording_changes[0].note == "New system of the national police"


def test_a_city_that_changes_nothing_deviates_in_nothing(city):
    assert deviations(City.open(city)) == ()


def test_a_setting_of_the_citys_own_wins_and_is_listed_with_both_values(city):
    update_settings(city, {"unit": "colonia"})
    opened = City.open(city)
    assert opened.settings.unit == "colonia"
    (found,) = deviations(opened)
    assert (found.what, found.city, found.country) == ("unit", "colonia", "barrio")
    problem = codes_of(check(opened).problems)["deviates from country"]
    assert "unit (colonia, not barrio)" in problem.sentence and problem.severity == "note"  # fmt: skip


def test_a_threshold_below_the_countrys_is_a_warning(city):
    update_settings(city, {"disclosure": {"threshold": 5}})
    problem = codes_of(check(City.open(city)).problems)["deviates from country"]
    assert problem.severity == "warning" and "(5, not 8)" in problem.sentence


def test_a_folder_without_settings_is_no_country(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SafelearnError, match="no country folder"):
        new_city(tmp_path / "villa", country=tmp_path / "empty")
    assert not (tmp_path / "villa").exists()


# -- profiles and crosswalks -------------------------------------------------------------------


def test_a_profile_of_the_country_reads_the_citys_files(city, country):
    put(country / "profiles" / "national.toml", PROFILE)
    assert "national" in {p.name for p in all_profiles(city)}


def test_a_profile_of_the_city_comes_before_its_countrys_of_that_name(city, country):
    put(country / "profiles" / "national.toml", PROFILE)
    put(city / "profiles" / "national.toml", PROFILE.replace("National police", "Ours"))
    assert profile_named("national", city).title == "Ours"
    assert "the profile national" in {d.what for d in deviations(City.open(city))}


def test_a_label_that_the_city_reads_otherwise_is_listed_and_the_rest_is_inherited(city, country):  # fmt: skip
    put(country / "crosswalks" / "national.toml", '[codes]\n"riña" = "0201"\n"hurto agravado" = "0502"\n')  # fmt: skip
    put(city / "crosswalks" / "national.toml", '[codes]\n"riña" = "02011"\n')
    crosswalk = read_crosswalk("national", city)
    assert crosswalk.code("Riña") == "02011"
    assert crosswalk.code("Hurto agravado") == "0502"
    (found,) = deviations(City.open(city))
    assert ("rina" in found.what, found.city, found.country) == (True, "02011", "0201")


# -- residents ---------------------------------------------------------------------------------


def test_a_city_without_a_population_has_that_of_its_country_for_its_own_areas(city, country):  # fmt: skip
    put(
        country / "population.csv",
        "area_id,sex,age_group,population,year\n01,all,all,100,2023\n02,all,all,50,2023\n99,all,all,7,2023\n",
    )
    opened = City.open(city)
    assert list(opened.table("population")["population"]) == [100, 50]
    found = codes_of(check(opened).problems)
    assert "population of the country" in found and "no population" not in found


def test_a_population_of_the_citys_own_wins_and_its_differences_are_listed(city, country, tmp_path):  # fmt: skip
    rows = "area_id,sex,age_group,population,year\n01,all,all,{},2023\n02,all,all,50,2023\n"  # fmt: skip
    put(country / "population.csv", rows.format(100))
    import_file(city, put(tmp_path / "own.csv", rows.format(120)))
    opened = City.open(city)
    assert list(opened.table("population")["population"]) == [120, 50]
    (found,) = deviations(opened)
    assert (found.city, found.country) == ("120", "100")


# -- official codes ----------------------------------------------------------------------------


def test_codes_that_the_country_does_not_know_or_has_retired_are_named(city, country):
    put(
        country / "areas-official.csv",
        "code,name,parent,valid_from,valid_to\n01,Alto,V,2000-01-01,2020-12-31\n05,Otro,V,,\n",
    )
    update_settings(city, {"period": [date(2022, 1, 1), date(2023, 12, 31)]})
    found = codes_of(check(City.open(city)).problems)
    assert "02" in found["unofficial codes"].sentence
    assert "01" in found["retired codes"].sentence


def test_a_name_that_differs_from_the_official_one_is_a_deviation(city, country):
    put(country / "areas-official.csv", "code,name\n01,El Alto\n02,BAJO\n")
    (found,) = deviations(City.open(city))
    assert (found.city, found.country) == ("Alto", "El Alto")


def test_a_list_of_codes_without_its_columns_says_which_it_needs(city, country):
    put(country / "areas-official.csv", "codigo,nombre\n01,Alto\n")
    with pytest.raises(SafelearnError, match="`code`"):
        official_areas(city)
    assert codes_of(check(City.open(city)).problems)["unreadable"].severity == "error"


# -- boundaries --------------------------------------------------------------------------------

HEAD = "old_code,new_code,share,date\n"
MERGED = "old_code,new_code,share,date\n11,01,1,2019-01-01\n12,01,1,2019-01-01\n"
DIVIDED = "old_code,new_code,share,date\n13,01,0.6,2019-01-01\n13,02,0.4,2019-01-01\n"


def test_merged_and_renamed_areas_are_carried_over(city, country):
    put(country / "boundary-changes.csv", MERGED + "22,02,1,2015-01-01\n")
    assert successors(city, {"01", "02"}).exact == {"11": "01", "12": "01", "22": "02"}


def test_changes_follow_each_other(city, country):
    put(country / "boundary-changes.csv", MERGED + "31,11,1,2010-01-01\n32,11,1,2010-01-01\n")  # fmt: skip
    found = successors(city, {"01", "02"})
    assert found.exact == dict.fromkeys(("11", "12", "31", "32"), "01")
    assert found.complete("01", frozenset({"31", "32", "12"}))
    assert not found.complete("01", frozenset({"31", "12"}))


def test_a_divided_area_is_never_carried_over_and_that_is_said(city, country):
    put(country / "boundary-changes.csv", DIVIDED)
    found = successors(city, {"01", "02"})
    assert found.exact == {} and len(found.divided) == 2
    problem = codes_of(check(City.open(city)).problems)["boundaries divided"]
    assert "2019-01-01" in problem.sentence and problem.severity == "warning"


def test_an_area_that_took_over_a_part_of_another_has_no_earlier_counts(city, country):
    put(country / "boundary-changes.csv", MERGED + "13,01,0.4,2019-01-01\n13,02,0.6,2019-01-01\n")  # fmt: skip
    assert successors(city, {"01", "02"}).exact == {}


def test_an_area_that_absorbed_another_and_kept_its_code_is_a_merger(city, country):
    put(
        country / "boundary-changes.csv",
        HEAD + "01,01,1,2019-01-01\n12,01,1,2019-01-01\n",
    )
    found = successors(city, {"01", "02"})
    assert found.exact == {"12": "01"}
    assert not found.complete("01", frozenset({"12"}))


def test_a_city_that_still_has_the_old_areas_keeps_them(city, country):
    put(country / "boundary-changes.csv", MERGED)
    assert successors(city, {"01", "11", "12"}).exact == {}


def test_events_of_merged_areas_count_in_the_area_of_today(city, country, tmp_path):
    put(country / "boundary-changes.csv", MERGED)
    rows = "A,2018-03-01,11,Robbery\nB,2018-04-01,12,Robbery\nC,2020-01-01,02,Theft\n"
    rows = "incident_id,date,area_id,offence\n" + rows
    import_file(city, put(tmp_path / "crimes.csv", rows))
    placed = City.open(city).incidents().set_index("incident_id")["area_id"]
    assert placed.to_dict() == {"A": "01", "B": "01", "C": "02"}


def test_residents_of_merged_areas_are_added_up_and_of_half_a_merger_left_out(city, country, tmp_path):  # fmt: skip
    put(country / "boundary-changes.csv", MERGED)
    rows = "code,population,year\n11,60,2017\n12,40,2017\n11,61,2018\n01,105,2020\n02,50,2020\n"  # fmt: skip
    result = import_file(city, put(tmp_path / "population.csv", rows))
    people = City.open(city).table("population")
    found = people.set_index(["area_id", "year"])["population"].to_dict()
    assert found == {("01", 2017): 100, ("01", 2020): 105, ("02", 2020): 50}
    assert result.set_aside == {"unknown area": 1}
    assert any("11 (2018)" in note for note in result.assumptions)


def test_parts_of_more_than_the_whole_are_refused(city, country):
    put(
        country / "boundary-changes.csv",
        HEAD + "13,01,0.6,2019-01-01\n13,02,0.6,2019-01-01\n",
    )
    with pytest.raises(SafelearnError, match="more than the whole"):
        boundary_changes(city)
