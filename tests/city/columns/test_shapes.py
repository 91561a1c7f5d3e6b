"""What values look like where names say nothing: words for codes, offences in an office's own words, counts."""

from __future__ import annotations

import pandas as pd

from safelearn.city.columns.shapes import (
    counts_by_shape,
    names_in_place_of_codes,
    offences_by_shape,
)


def counts_table(name: str) -> pd.DataFrame:
    """Four wards, twelve months and three kinds, each combination once."""
    rows = [
        (f"W{ward}", f"2024-{month:02d}", kind, str(ward * month % 7))
        for ward in range(1, 5)
        for month in range(1, 13)
        for kind in ("Theft", "Assault", "Arson")
    ]
    return pd.DataFrame(rows, columns=["Ward", "Month", "Head", name])


def test_a_ward_called_hillside_is_a_name_and_no_code():
    assert names_in_place_of_codes(pd.Series(["Hillside", "HILLSIDE", "Market"]))


def test_codes_with_digits_or_of_a_letter_or_two_stay_codes():
    assert not names_in_place_of_codes(pd.Series(["E01000001", "E01000002"]))
    assert not names_in_place_of_codes(pd.Series(["NW", "SE", "N"]))


def test_offences_in_an_offices_own_words_are_found_by_the_name_and_that_they_repeat():
    sample = pd.DataFrame(
        {
            "Type of event": ["Mugging", "Joy riding", "Mugging", "Squatting"] * 20,
            "Type of call": [f"text {i} that nobody repeats" for i in range(80)],
            "Officer": ["Ruiz", "Lam"] * 40,
        }
    )
    assert offences_by_shape(sample, list(sample)) == "Type of event"
    assert offences_by_shape(sample, ["Type of call", "Officer"]) is None


def test_cases_are_counted_whatever_their_column_is_called():
    for name in ("Cases", "Zahl"):
        table = counts_table(name)
        columns = {"area_id": "Ward", "from_date": "Month", "offence_label": "Head"}
        assert counts_by_shape(table, [name], columns) == name


def test_a_name_beside_its_code_does_not_hide_that_a_table_counts():
    table = counts_table("Cases")
    table.insert(1, "Ward name", table["Ward"].map(lambda w: f"Ward of {w}"))
    assert counts_by_shape(table, ["Cases"], {"area_id": "Ward"}) == "Cases"


def test_a_number_in_a_list_of_single_events_is_no_count():
    events = pd.DataFrame(
        {
            "Date": [f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(90)],
            "Ward": ["A", "B", "C"] * 30,
            "Kind": ["Theft", "Arson"] * 45,
            "Number of officers": [str(i % 4) for i in range(90)],
        }
    )
    assert counts_by_shape(events, ["Number of officers"], {}) is None
    numbered = counts_table("Cases")
    numbered["Case"] = [f"C{i}" for i in range(len(numbered))]
    assert counts_by_shape(numbered, ["Cases"], {"incident_id": "Case"}) is None
