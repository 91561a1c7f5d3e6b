"""A second file adds to the first, and nothing is counted twice that can be known again."""

from __future__ import annotations

import pandas as pd

from safelearn.city.merging import merge


def incidents(*rows):
    frame = pd.DataFrame(
        rows, columns=["incident_id", "occurred_from", "offence_label"]
    )
    frame["incident_id"] = frame["incident_id"].astype("str")
    frame["occurred_from"] = pd.to_datetime(frame["occurred_from"]).astype(
        "datetime64[s]"
    )
    frame["offence_label"] = frame["offence_label"].astype("category")
    return frame


JANUARY = incidents(("A", "2024-01-05", "theft"), ("B", "2024-01-09", "theft"))


def test_new_incidents_are_added_and_categories_joined():
    merged = merge(JANUARY, incidents(("C", "2024-02-01", "robbery")), "incidents")
    assert merged.frame["incident_id"].tolist() == ["A", "B", "C"]
    assert list(merged.frame["offence_label"].cat.categories) == ["robbery", "theft"]
    assert merged.notes == ()


def test_the_same_record_again_is_counted_once():
    merged = merge(
        JANUARY,
        incidents(("B", "2024-01-09", "theft"), ("C", "2024-02-01", "theft")),
        "incidents",
    )
    assert len(merged.frame) == 3
    assert merged.already.tolist() == [True, False]
    assert "was there already" in merged.notes[0]


def test_a_revised_record_takes_the_place_of_the_earlier_one():
    merged = merge(JANUARY, incidents(("B", "2024-01-09", "robbery")), "incidents")
    assert merged.frame["offence_label"].tolist() == ["theft", "robbery"]
    assert merged.revised == 1 and not merged.already.any()
    assert "revised" in merged.notes[0]


def test_an_incident_with_one_victim_more_is_revised_as_a_whole():
    two = incidents(("V", "2024-01-05", "homicide"), ("V", "2024-01-05", "homicide"))
    three = pd.concat([two, two.head(1)], ignore_index=True)
    assert merge(two, two, "incidents").already.tolist() == [True, True]
    merged = merge(two, three, "incidents")
    assert len(merged.frame) == 3 and merged.revised == 2


def test_without_identifiers_rows_alike_are_different_events():
    nameless = incidents((None, "2024-01-05", "theft"))
    merged = merge(nameless, nameless, "incidents")
    assert len(merged.frame) == 2 and not merged.already.any()
    assert any("alike" in n or "like one" in n for n in merged.notes)
    assert any("overlaps in time" in n for n in merged.notes)


def test_other_tables_are_told_apart_by_their_key():
    before = pd.DataFrame(
        {"area_id": ["01", "02"], "area_name": ["Alto", "Bajo"]}, dtype="str"
    )
    new = pd.DataFrame(
        {"area_id": ["02", "03"], "area_name": ["El Bajo", "Centro"]}, dtype="str"
    )
    merged = merge(before, new, "areas")
    assert merged.frame["area_name"].tolist() == ["Alto", "El Bajo", "Centro"]
    assert merged.revised == 1
