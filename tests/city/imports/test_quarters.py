"""A new quarter adds to what is there: nothing counts twice that can be known again, and what changed is said."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.imports.parts import Parts, PartWriter
from safelearn.city.imports.quarters import add_incidents

NAMES = ["incident_id", "occurred_from", "offence_label"]


@pytest.fixture
def incidents(tmp_path):
    """Write incidents, given as (identifier, moment, label), in parts of two rows."""

    def write(*rows):
        frame = pd.DataFrame(rows, columns=NAMES)
        frame["incident_id"] = frame["incident_id"].astype("str")
        when = pd.to_datetime(frame["occurred_from"])
        frame["occurred_from"] = when.astype("datetime64[s]")
        frame["offence_label"] = frame["offence_label"].astype("category")
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.parquet"
        with PartWriter(path) as writer:
            for start in range(0, len(frame), 2):
                writer.add(frame.iloc[start : start + 2].reset_index(drop=True))
        return Parts(path)

    return write


@pytest.fixture
def joined(tmp_path):
    """Join two files; the rows of the result and what was said."""

    def join(before, new):
        with PartWriter(tmp_path / "joined.parquet") as writer:
            added = add_incidents(before, new, writer.add)
        frames = [frame[NAMES] for frame in Parts(writer.path).frames()]
        return pd.concat(frames, ignore_index=True), added

    return join


JANUARY = [("A", "2024-01-05", "theft"), ("B", "2024-01-09", "theft")]


def test_new_incidents_are_added_and_their_months_said(incidents, joined):
    rows, added = joined(
        incidents(*JANUARY),
        incidents(("C", "2024-02-01", "robbery"), ("D", "2024-03-01", "theft")),
    )
    assert rows["incident_id"].tolist() == ["A", "B", "C", "D"]
    assert rows["offence_label"].tolist() == ["theft", "theft", "robbery", "theft"]
    assert added.notes == ("2 rows are new (2024-02 to 2024-03).",)
    assert added.months == {"new": {"2024-02": 1, "2024-03": 1}}


def test_the_same_record_again_is_counted_once(incidents, joined):
    rows, added = joined(
        incidents(*JANUARY),
        incidents(("B", "2024-01-09", "theft"), ("C", "2024-02-01", "theft")),
    )
    assert len(rows) == 3
    assert added.already.tolist() == [True, False]
    assert any("was there already" in note for note in added.notes)


def test_a_revised_record_takes_the_place_of_the_earlier_one(incidents, joined):
    rows, added = joined(incidents(*JANUARY), incidents(("B", "2024-01-09", "robbery")))
    assert rows["offence_label"].tolist() == ["theft", "robbery"]
    assert added.revised == 1 and not added.already.any()
    assert added.notes == (
        "1 earlier row was revised by this file: the later one is taken.",
    )


def test_an_incident_with_one_victim_more_is_revised_as_a_whole(incidents, joined):
    victim = ("V", "2024-01-05", "homicide")
    two = incidents(victim, victim)
    assert joined(two, incidents(victim, victim))[1].already.tolist() == [True, True]
    rows, added = joined(two, incidents(victim, victim, victim))
    assert len(rows) == 3 and added.revised == 2


def test_earlier_records_that_no_longer_come_are_kept_and_said(incidents, joined):
    before = [(str(i), f"2024-01-{i:02d}", "theft") for i in range(1, 11)]
    later = [row for row in before if row[0] not in "37"]
    rows, added = joined(incidents(*before), incidents(*later))
    assert len(rows) == 10
    assert added.months["gone"] == {"2024-01": 2}
    assert any("2 earlier rows of 2024-01 to 2024-01" in n for n in added.notes)


def test_a_file_of_another_offence_makes_nothing_of_the_first_disappear(
    incidents, joined
):
    _, added = joined(
        incidents(*JANUARY, ("C", "2024-01-06", "robbery")),
        incidents(("C", "2024-01-06", "robbery"), ("D", "2024-01-07", "robbery")),
    )
    assert "gone" not in added.months


def test_without_identifiers_rows_alike_are_different_events(incidents, joined):
    nameless = (None, "2024-01-05", "theft")
    rows, added = joined(incidents(nameless), incidents(nameless))
    assert len(rows) == 2 and not added.already.any()
    assert any("is like one" in note for note in added.notes)
    assert any("overlaps in time" in note for note in added.notes)


def test_a_period_that_comes_again_without_identifiers_counts_once(incidents, joined):
    january = [
        (None, f"2024-01-{day:02d} {hour:02d}:10", "theft")
        for day in range(1, 16)
        for hour in (9, 21)
    ]
    january += january[:3]  # three rows are alike twice
    february = [(None, "2024-02-01 10:00", "theft"), january[0]]
    rows, added = joined(incidents(*january), incidents(*january, *february))
    assert len(rows) == len(january) + 2
    assert int(added.already.sum()) == len(january)
    assert any("Without identifiers" in note for note in added.notes)
