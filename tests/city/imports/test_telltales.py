"""How the text was written is seen in the text, and plain text raises nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.imports.telltales import spaced_headers, telltales


def marked(name, field, *cells):
    frame = pd.DataFrame({"column": pd.Series(cells, dtype="str")})
    found = telltales(frame, {field: "column"})
    return found[name].tolist() if name in found else [False] * len(cells)


@pytest.mark.parametrize(
    "stamp",
    [
        "2019-03-01T21:15:00Z",
        "2019-03-01 21:15:00Z",
        "2019-03-01T21:15:00.000Z",
        "2019-03-01T21:15:00-05:00",
        "2019-03-01T21:15+0100",
    ],
)
def test_a_stamp_that_says_its_own_zone(stamp):
    assert marked("zone_letter", "from", stamp) == [True]


@pytest.mark.parametrize("stamp", ["2019-03-01T21:15:00", "2019-03-01", "01-03-2019"])
def test_a_stamp_that_says_no_zone(stamp):
    assert marked("zone_letter", "from", stamp) == [False]


def test_days_as_a_spreadsheet_counts_them():
    # 45292 is 1 January 2024; 20240101 and 2024 are dates of people.
    assert marked("serial_dates", "from", "45292", "45292.75", "20240101", "2024") == [
        True,
        True,
        False,
        False,
    ]


def test_seconds_and_milliseconds_as_a_computer_counts_them():
    # 1388552400000 ms is midnight of 1 January 2014 in Toronto.
    cells = ("1388552400000", "1388552400", "201401010000", "20140101")
    assert marked("epoch_dates", "from", *cells) == [True, True, False, False]


def test_words_that_say_that_a_cell_is_empty():
    cells = ("NA", " null ", "(null)", "#N/A", "NaN", "", "Nadia", "NONE")
    assert marked("words_for_missing", "area_name", *cells) == [True] * 5 + [False] * 3


def test_a_decimal_comma_in_a_coordinate_and_none_in_a_date():
    assert marked("decimal_commas", "longitude", "-75,5698", "-75.5698") == [
        True,
        False,
    ]
    assert marked("decimal_commas", "from", "45292,75") == [False]


def test_a_point_at_zero_and_zero_is_seen_and_one_on_the_equator_is_not():
    frame = pd.DataFrame(
        {"lon": ["0", "0.000", "0,0", "36.8"], "lat": ["0", "-0.0", "0", "0"]},
        dtype="str",
    )
    found = telltales(frame, {"longitude": "lon", "latitude": "lat"})
    assert found["zero_coordinates"].tolist() == [True, True, True, False]


@pytest.mark.parametrize("word", ["MedellÃ\xadn", "JosÃ©", "donâ€™t", "Bogot\ufffd"])
def test_letters_that_a_wrong_encoding_has_broken(word):
    assert marked("broken_letters", "area_name", word) == [True]


@pytest.mark.parametrize("word", ["Medellín", "São Paulo", "Ãgueda", "Århus", "Łódź"])
def test_letters_that_are_as_they_should_be(word):
    assert marked("broken_letters", "area_name", word) == [False]


def test_headers_with_spaces_at_their_ends_or_a_star_before_them():
    names = ["AREA ", "FECHA ", "*AGRUPA_EDAD_PERSONA", "AREA NAME", "Date", "%"]
    assert spaced_headers(names) == 3


def test_plain_text_shows_no_trap():
    frame = pd.DataFrame(
        {
            "date": ["2024-01-01 10:00", "2024-01-02 23:10"],
            "offence": ["Robbery", "Homicídio"],
            "x": ["-75.1", "-75.2"],
            "y": ["6.1", "6.2"],
        },
        dtype="str",
    )
    columns = {"from": "date", "offence_label": "offence", "x": "x", "y": "y"}
    assert telltales(frame, columns) == {}
