"""What a city's data can and cannot say, graded 0, 1 or 2."""

from __future__ import annotations

import json
from datetime import date

import pytest

from safelearn.city.contracts import NEEDS
from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.quality import check, missingness_by_offence, needs_met
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.resources import bundled_city


@pytest.fixture
def folder(tmp_path):
    new_city(tmp_path / "villa", name="Villa")
    return tmp_path / "villa"


def put(folder, name, text):
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return import_file(folder, path)


def incidents(folder, day):
    lines = [
        f"{h}-{i},2024-03-{i % 28 + 1:02d} {h:02d}:{i % 59 + 1:02d},01,robbery,F,{20 + i}"
        for h, n in enumerate(day)
        for i in range(n)
    ]
    put(
        folder,
        "crimes.csv",
        "\n".join(["incident_id,date,area_id,offence,sex,age", *lines]) + "\n",
    )


def test_an_empty_city_is_unusable(folder):
    checked = check(City.open(folder))
    assert checked.fit == 2
    assert {p.code for p in checked.problems} >= {"no areas", "no evidence"}


def test_a_city_with_all_it_needs_is_fit(folder, day):
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    put(folder, "population.csv", "area_id,population,year\n01,1000,2024\n")
    incidents(folder, day)
    checked = check(City.open(folder))
    assert [
        p for p in checked.problems if p.severity != "note"
    ] == [] and checked.fit == 0


def test_a_city_without_population_is_usable_with_problems(folder, day):
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    incidents(folder, day)
    checked = check(City.open(folder))
    assert checked.fit == 1 and "no population" in {p.code for p in checked.problems}


def test_the_json_has_the_shape_that_programs_rely_on(folder, day):
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    incidents(folder, day)
    said = json.loads(json.dumps(check(City.open(folder)).to_json()))
    assert said["city"] == "Villa" and said["fit"] == 1
    part = said["tables"]["incidents"]
    keys = {
        "rows_read",
        "rows_used",
        "set_aside",
        "events",
        "located",
        "timed",
        "problems",
        "profile",
    }
    assert keys <= set(part)
    assert (
        part["rows_read"]
        == part["rows_used"] + sum(part["set_aside"].values())
        == sum(day)
    )
    assert part["timed"] == part["located"] == part["events"] == sum(day)
    assert part["profile"] == "generic"


def test_a_table_spoilt_by_hand_is_named_and_the_rest_is_still_checked(folder, day):
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    incidents(folder, day)
    (folder / "population.csv").write_text(
        "area_id,population\n01,many\n", encoding="utf-8"
    )
    checked = check(City.open(folder))
    broken = next(p for p in checked.problems if p.code == "unreadable")
    assert broken.table == "population" and checked.fit == 2
    assert checked.tables["incidents"]["rows_used"] == sum(day)


def test_data_kept_too_long_are_a_problem(folder):
    update_settings(folder, {"retention": date(2001, 1, 1)})
    assert "retention" in {p.code for p in check(City.open(folder)).problems}


def test_every_need_is_answered_with_a_sentence(folder, day):
    assert list(needs_met(City.open(folder))) == list(NEEDS)
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    incidents(folder, day)
    met = needs_met(City.open(folder))
    assert list(met) == list(NEEDS) and all(
        m.reason.endswith(".") for m in met.values()
    )
    yes = {need for need, m in met.items() if m.met}
    assert yes == {
        "time:month",
        "time:day",
        "time:hour",
        "place:area",
        "victim:sex",
        "victim:age",
        "offence",
        "identifier",
    }


def test_the_bundled_city_is_usable():
    city = City.open(bundled_city("puerto-sereno"))
    assert check(city).fit < 2
    assert needs_met(city)["population:sex_age"].met


def test_what_is_missing_is_shown_by_offence(folder):
    put(folder, "areas.csv", "area_id,area_name\n01,Alto\n")
    rows = (
        "date,area_id,offence,sex,age\n"
        "2024-03-01 10:00,01,theft,F,20\n"
        "2024-03-01,,theft,,\n"
        "2024-03-02 11:00,,homicide,M,\n"
    )
    put(folder, "a.csv", rows)
    missing = missingness_by_offence(City.open(folder).incidents())
    assert missing.to_numpy().tolist() == [
        ["theft", 2, 1, 2, 1, 1, 1],
        ["homicide", 1, 1, 1, 0, 0, 1],
    ]
