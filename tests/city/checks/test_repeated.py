"""Rows that share an identifier: victims, offences, copies, or other events."""

from __future__ import annotations

import pandas as pd

from safelearn.city.checks.repeated import repeat_problems, repeats
from safelearn.city.checks.shares import slices


def table(*rows):
    """Rows of (identifier, day, offence, sex, age, count)."""
    frame = pd.DataFrame(
        rows, columns=["incident_id", "day", "offence_label", "sex", "age", "count"]
    )
    return pd.DataFrame(
        {
            "incident_id": frame["incident_id"].astype("str"),
            "occurred_from": pd.to_datetime(frame["day"]),
            "offence_label": frame["offence_label"].astype("category"),
            "offence": frame["offence_label"],
            "victim_sex": frame["sex"].astype("category"),
            "victim_age": frame["age"].astype("Int16"),
            "area_id": "01",
            "longitude": 1.0,
            "latitude": 2.0,
            "count": frame["count"],
        }
    )


SHOOTING = [
    ("a", "2020-01-01", "shooting", "male", 20, 1),
    ("a", "2020-01-01", "shooting", "male", 31, 1),
    ("b", "2020-01-02", "shooting", "male", 20, 1),
    ("b", "2020-01-02", "shooting", "male", 20, 1),
    ("c", "2020-01-03", "assault", "female", 40, 1),
    ("c", "2020-01-03", "robbery", "female", 40, 1),
    ("d", "2020-01-04", "theft", "male", 50, 1),
    (None, "2020-01-05", "theft", "male", 50, 1),
    (None, "2020-01-05", "theft", "male", 50, 1),
]


def problems(rows):
    return {p.code: p for p in repeat_problems(rows, slices(rows))}


def test_victims_offences_and_rows_that_are_alike_are_told_apart():
    found = repeats(table(*SHOOTING))
    assert (found.rows, found.events) == (6, 3)
    assert (found.victims, found.offences, found.alike) == (1, 1, 1)
    assert (found.apart, found.otherwise) == (0, 0)


def test_rows_without_an_identifier_are_different_events():
    assert not repeats(table(*SHOOTING[6:])).rows
    assert problems(table(*SHOOTING[6:])) == {}


def test_a_row_known_to_be_a_woman_and_one_of_unknown_sex_differ():
    rows = table(
        ("a", "2020-01-01", "x", "female", 20, 1),
        ("a", "2020-01-01", "x", None, 20, 1),
    )
    assert repeats(rows).victims == 1


def test_several_rows_an_event_are_said_with_the_share_by_offence_and_year():
    problem = problems(table(*SHOOTING))["several rows an event"]
    assert problem.n == 6 and problem.severity == "note"
    # 9 rows, 6 of them for 3 events: a third fewer events than rows.
    assert "33%" in problem.sentence.replace("\u00a0", "")
    assert problem.by_offence == {"shooting": 1.0, "assault": 1.0, "robbery": 1.0}
    assert problem.by_year == {"2020": round(6 / 9, 4)}


def test_a_number_that_starts_anew_each_year_is_not_one_event():
    rows = table(
        *[
            (str(i), f"{y}-03-01", "x", "male", 20, 1)
            for i in range(9)
            for y in (2020, 2021)
        ]
    )
    found = problems(rows)
    assert set(found) == {"identifiers used again"}
    assert found["identifiers used again"].severity == "warning"
    assert "identifier" in found["identifiers used again"].fails


def test_rows_that_stand_for_several_events_are_said():
    rows = table(
        ("a", "2020-01-01", "x", None, None, 7), ("b", "2020-01-01", "y", None, None, 1)
    )
    problem = problems(rows)["rows are weights"]
    assert problem.n == 1 and "8 events" in problem.sentence
    assert problem.by_offence == {"x": 1.0}
