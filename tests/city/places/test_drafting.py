"""A city that has not listed its areas begins with those that its files name."""

from __future__ import annotations

import pandas as pd

from safelearn.city.places import drafting
from safelearn.city.places.matching import NONE_OF_THEM, confirmation_key


def frame(**columns):
    return pd.DataFrame({k: v * 20 for k, v in columns.items()}, dtype="str")


def draft_areas(rows, columns, *more):
    """The areas, from a file read in pieces."""
    return drafting.draft_areas([rows.iloc[::2], rows.iloc[1::2]], columns, *more)


def draft_names(*more, **rows):
    """The names of the areas drafted from so many rows of each spelling."""
    words = [name.replace("_", " ") for name, n in rows.items() for _ in range(n)]
    table = pd.DataFrame({"name": words}, dtype="str")
    return list(draft_areas(table, {"area_name": "name"}, *more)["area_name"])


def test_codes_and_their_names():
    rows = frame(code=["01", "02", ""], name=["Alto", "Bajo", "Nowhere"])
    drafted = draft_areas(rows, {"area_id": "code", "area_name": "name"})
    assert drafted[["area_id", "area_name"]].to_numpy().tolist() == [
        ["01", "Alto"],
        ["02", "Bajo"],
    ]


def test_names_alone_give_codes_that_can_be_read():
    drafted = draft_areas(
        frame(name=["Peñón Alto", "PEÑON  ALTO", "Bajo"]), {"area_name": "name"}
    )
    assert drafted["area_id"].tolist() == ["bajo", "penon-alto"]


def test_addresses_are_no_areas():
    rows = pd.DataFrame({"name": [f"Street {i}" for i in range(100)]}, dtype="str")
    assert draft_areas(rows, {"area_name": "name"}) is None
    assert draft_areas(rows, {}) is None


def test_a_second_file_adds_its_areas():
    first = draft_areas(frame(name=["Alto"]), {"area_name": "name"})
    both = draft_areas(frame(name=["Bajo"]), {"area_name": "name"}, first)
    assert both["area_name"].tolist() == ["Alto", "Bajo"]


def test_one_area_written_in_five_ways_is_one_area_under_its_commonest_spelling():
    rows = {"San_José": 9, "SAN_JOSE": 3, "Bº_San_José": 5, "S._José": 2, "Robledo": 40}
    assert draft_names(**rows) == ["Robledo", "San José"]


def test_a_rare_spelling_like_a_common_one_waits_for_a_person():
    rows = {"Manrique_Oriental": 40, "Manrrique_Oriental": 2, "Castilla": 40}
    assert draft_names(**rows) == ["Castilla", "Manrique Oriental"]


def test_two_names_that_are_alike_and_both_common_are_two_areas():
    assert draft_names(Villa_Nueva=30, Villa_Nueve=25) == ["Villa Nueva", "Villa Nueve"]


def test_names_that_differ_in_a_number_or_direction_are_as_many_areas():
    rows = {"Soacha_Norte": 90, "Soacha_Sur": 2, "Fase_1": 90, "Fase_2": 2}
    assert draft_names(**rows) == ["Fase 1", "Fase 2", "Soacha Norte", "Soacha Sur"]


def test_a_name_that_a_person_says_is_none_of_the_others_is_an_area():
    rows = {"Villa_Nueva": 90, "Villa_Nueve": 2}
    assert draft_names(**rows) == ["Villa Nueva"]
    told = {confirmation_key("Villa Nueve"): NONE_OF_THEM}
    assert draft_names(None, told, **rows) == ["Villa Nueva", "Villa Nueve"]


def test_words_for_not_known_are_no_areas():
    assert draft_names(Alto=20, Sin_dato=30, NO_REPORTA=9) == ["Alto"]


def test_two_areas_of_one_name_in_two_districts_are_two_areas():
    rows = frame(name=["Centro", "Centro", "Alto"], district=["Norte", "Sur", "Sur"])
    drafted = draft_areas(rows, {"area_name": "name", "area_parent": "district"})
    assert drafted[["area_id", "parent"]].to_numpy().tolist() == [
        ["alto", "Sur"],
        ["centro-norte", "Norte"],
        ["centro-sur", "Sur"],
    ]


def test_a_slip_in_the_district_makes_no_second_area():
    rows = frame(name=["Centro"] * 19 + ["Centro"], district=["Norte"] * 19 + ["Sur"])
    drafted = draft_areas(rows, {"area_name": "name", "area_parent": "district"})
    assert drafted["area_id"].tolist() == ["centro"]


def test_areas_are_drafted_from_a_list_of_residents_and_incidents_are_placed_in_them(
    tmp_path,
):
    from safelearn.city.folder import City
    from safelearn.city.importing import import_file
    from safelearn.city.scaffold import new_city

    city = new_city(tmp_path / "city").folder
    people = tmp_path / "people.csv"
    people.write_text(
        "Ward,Residents\nSt. Mary's,1200\nThorn Park,900\nMarket,700\n", "utf-8"
    )
    events = tmp_path / "events.csv"
    rows = ["Saint Marys", "Thornpark", "MARKET", "St Mary's", "thorn park"]
    lines = [f"2024-0{i % 9 + 1}-11,Theft,{rows[i % 5]}" for i in range(60)]
    events.write_text("\n".join(["date,offence,Ward", *lines]) + "\n", "utf-8")
    import_file(city, people)
    import_file(city, events)
    opened = City.open(city)
    assert opened.table("areas")["area_id"].tolist() == [
        "market",
        "st-marys",
        "thorn-park",
    ]
    assert opened.incidents()["area_id"].value_counts().to_dict() == {
        "st-marys": 24,
        "thorn-park": 24,
        "market": 12,
    }
    assert set(opened.table("population")["area_id"]) == {
        "market",
        "st-marys",
        "thorn-park",
    }
