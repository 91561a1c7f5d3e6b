"""The data card of a table: what it is, how far it goes, and what nobody should do with it."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.city.checks.cards import card
from safelearn.city.checks.needs import Met
from safelearn.city.checks.problems import Problem
from safelearn.city.settings import TableNote

ROWS = pd.DataFrame(
    {
        "time_precision": ["minute", "minute", "minute", "day"],
        "area_id": ["01", "01", "02", None],
        "place_precision": ["exact", "exact", "area", "none"],
        "victim_sex": ["female", None, None, None],
        "count": 1,
    }
)
ACCOUNT = {
    "rows_read": 5,
    "rows_used": 4,
    "set_aside": {"no readable date": 1},
    "profile": "generic",
    "events": 4,
    "period": "2023-01 to 2023-12",
}
RECORDS = [
    {"assumptions": ["Read as one.", "Local time."]},
    {"assumptions": ["Local time."]},
]


def the_card(**options):
    given = {
        "note": TableNote(source="City police", licence="CC BY 4.0"),
        "records": RECORDS,
        "problems": [Problem("midnight", "note", "incidents", 1, "One midnight.")],
        "met": {
            "time:month": Met(True, "All have a month."),
            "place:exact": Met(False, "The points were moved."),
        },
    }
    return card("incidents", ROWS, ACCOUNT, **{**given, **options})


def test_shares_of_what_is_not_known_and_how_exact_it_is_are_those_of_the_rows():
    made = the_card()
    assert made.missing == {"area_id": 0.25, "victim_sex": 0.75}
    assert made.precision == {
        "time": {"minute": 0.75, "day": 0.25},
        "place": {"exact": 0.5, "area": 0.25, "none": 0.25},
    }


@pytest.mark.clause("draft:25(d).6")
def test_a_card_says_what_the_table_carries_and_what_it_does_not():
    made = the_card()
    assert "The month of each event." in made.may
    assert "The points were moved." in made.may_not
    assert "patrols" in made.may_not[0], "first of all what nobody should do with it"


def test_each_assumption_is_said_once():
    assert the_card().assumptions == ("Read as one.", "Local time.")


def lines(made):
    return {head: " ".join(said) for head, said in made.lines()}


def test_a_card_reads_as_sentences():
    said = lines(the_card())
    assert said["Source"] == "City police" and said["Licence"] == "CC BY 4.0"
    assert "5 read (2 files), 4 used, 1 set aside (no readable date: 1)" in said["Rows"]
    assert "75% of the rows have an area, 75% an hour" in said["Rows"]
    assert said["Not known"].startswith("Victim's sex 75%")
    assert said["Problems"] == "One midnight."


def test_what_no_row_knows_is_listed_once_and_without_shares():
    made = the_card().__class__("incidents", "Incidents", missing={"victim_sex": 1.0})
    assert lines(made)["Not known"] == "of no row: Victim's sex"


def test_a_source_that_nobody_stated_is_asked_for():
    assert "not stated" in lines(the_card(note=None))["Source"]


def test_a_card_is_plain_data_for_a_program():
    said = json.loads(json.dumps(the_card().to_json()))
    assert said["missing"] == {"area_id": 0.25, "victim_sex": 0.75}
    assert said["files"] == 2


@pytest.mark.parametrize("table", ["areas", "population", "survey", "quotes"])
def test_every_table_says_what_it_must_not_be_used_for(table):
    account = {"rows_read": 0, "rows_used": 0, "set_aside": {}}
    made = card(table, None, account)
    assert made.may and made.may_not
