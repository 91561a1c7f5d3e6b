"""Numbers of persons are told by their check digits: published examples pass, one digit off does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.disclosure.identity_numbers import find, verhoeff
from safelearn.disclosure.personal_data import check, check_page, check_text

#: Examples that the offices, standards or reference works themselves print.
PUBLISHED = {
    "payment card": ["4111 1111 1111 1111", "5555555555554444", "378282246310005"],
    "bank account (IBAN)": ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"],
    "CPF": ["529.982.247-25", "111.444.777-35"],
    "RUT": ["30.686.957-4", "12.345.678-5"],
    "DNI / NIE": ["12345678Z", "X1234567L"],
    "NHS number": ["943 476 5919"],
    "Aadhaar": ["9999 4105 7058"],
    "CURP": ["BOXW310820HNERXN09", "HEGG560427MVZRRL04"],
    "RFC": ["GODE561231GR8"],
    "CUIL / CUIT": ["20-05536168-2"],
    "cédula (EC)": ["171430710-3"],
    "cédula (UY)": ["1.234.567-2"],
    "cédula (DO)": ["001-1391820-5"],
    "ID (ZA)": ["7503305044089"],
    "SIN (CA)": ["046-454-286"],
    "NIR": ["2 95 10 99 126 111 93"],
    "codice fiscale": ["RSSMRA85T10A562S"],
}
EVERY = [(kind, number) for kind, numbers in PUBLISHED.items() for number in numbers]


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_published_examples_are_found_in_a_sentence(kind, number):
    assert kind in find(f"The victim ({number}) was seen.")
    assert "number" in {p.kind for p in check_text(f"Reported by {number}.")}


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_one_digit_off_is_no_longer_that_number(kind, number):
    at = max(k for k, c in enumerate(number) if c.isdigit())
    for other in "0123456789":
        if other != number[at]:
            assert kind not in find(f"{number[:at]}{other}{number[at + 1 :]}"), other


def test_the_published_example_of_verhoeff():
    assert verhoeff("2363") and not verhoeff("2364") and not verhoeff("2633")


@pytest.mark.parametrize("number", ["078-05-1120", "AB 12 34 56 C"])
def test_numbers_without_a_check_digit_are_told_by_their_shape(number):
    assert len(find(f"number {number}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "12,345,678 residents",
        "2021-01-01 to 2025-12-31",
        "546 to 643 per 100,000",
        "1.234.567,89",
        "from 12 345 678 to 23 456 789",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "version 20240512.1",
        "clause draft:26(f)(ii).10",
        "111.111.111-11",
        "000-00-0000",
        "EPSG:4326",
    ],
)
def test_figures_dates_and_checksums_are_nobody(text):
    assert find(text) == []


def test_a_column_of_numbers_with_right_check_digits_is_refused_whatever_its_title():
    held = [52998224725, 11144477735, 12345678909]
    assert [p.kind for p in check(pd.DataFrame({"key": held}))] == ["number"]
    assert [p.kind for p in check(pd.DataFrame({"area_id": map(str, held)}))] == [
        "number"
    ]


def test_long_codes_of_areas_are_not_taken_for_people():
    rng = np.random.default_rng(4)
    codes = rng.integers(10**14, 10**15, 500)
    frame = pd.DataFrame({"area_id": codes.astype(str), "block_code": codes})
    assert check(frame) == []


def test_counts_and_money_are_not_taken_for_people():
    frame = pd.DataFrame({"n": [1, 52998224725, 7], "amount": [1.5e9, 4.2e9, 5.5e8]})
    assert check(frame) == []


@pytest.mark.parametrize(
    "column", ["comments", "FreeText", "observaciones", "q9_comment"]
)
def test_free_text_never_leaves(column):
    assert [p.kind for p in check(pd.DataFrame({column: ["x"]}))] == ["text"]


def test_an_account_in_somebodys_own_words_is_known_by_its_length():
    told = "I was walking home when " + "it happened again and " * 15
    assert [p.kind for p in check(pd.DataFrame({"answer": ["yes", told]}))] == ["text"]


def test_a_page_is_read_with_its_alternative_texts_and_without_its_scripts():
    number = "4111 1111 1111 1111"
    assert check_page(f"<p>Paid with {number}</p>")
    assert check_page(f'<img src="x" alt="Card {number}">')
    assert not check_page(f"<script>var x = '{number}'</script><p>Nothing.</p>")


def test_the_address_of_an_office_may_stand_on_a_page_and_no_other():
    page = "<p>Complaints: Office for citizens, safety@city.example.</p>"
    assert [p.kind for p in check_page(page)] == ["email"]
    assert not check_page(page, contacts=["Office for citizens, safety@city.example"])
    two = page + "<p>ana@example.org</p>"
    assert check_page(two, contacts=["Office for citizens, safety@city.example"])


def test_the_numbers_of_neighbouring_cells_are_no_telephone():
    row = "<tr><td>0110</td><td>19</td><td>320</td><td>2.3</td></tr>"
    assert check_page(f"<table>{row}</table>") == []
    assert check_page("<p>Call 0110 555 123 42</p>")
