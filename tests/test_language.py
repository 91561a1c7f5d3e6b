"""Words and numbers as the reader's language writes them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from safelearn import language


def test_values_are_filled_into_a_whole_sentence():
    assert language.t("Rows read: {n}", n="12") == "Rows read: 12"


def test_the_number_decides_the_form():
    assert language.tn("{n} row", "{n} rows", 1) == "1 row"
    assert language.tn("{n} row", "{n} rows", 1200) == "1,200 rows"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234, 0, "1,234"),
        (-3.25, 1, "−3.2"),
        (None, 0, "–"),
        (float("nan"), 2, "–"),
        (0, 1, "0.0"),
    ],
)
def test_numbers_have_a_true_minus_and_no_blank(value, digits, text):
    assert language.number(value, digits) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.5, "50%"),
        (0.034, "3.4%"),
        (0.0949, "9.5%"),
        (0.095, "10%"),
        (0.0, "0%"),
        (1.0, "100%"),
    ],
)
def test_percentages_carry_a_decimal_only_where_it_tells_something(share, text):
    assert language.percent(share) == text


def test_a_change_carries_its_sign():
    assert language.percent(0.2, sign=True) == "+20%"
    assert language.percent(-0.2, sign=True) == "−20%"
    assert language.percent(0.0, sign=True) == "0%"


def test_an_interval_with_a_negative_end_is_written_in_words():
    assert language.span("12", "15") == "12–15"
    assert language.span("−3", "4") == "−3 to 4"


def test_other_languages_write_numbers_their_own_way():
    with language.use("es"):
        assert language.number(12345.6, 1) == "12.345,6"
    with language.use("de"):
        assert language.percent(0.12) == "12\u00a0%"
        assert language.months("wide")[2] == "März"


def test_in_arabic_a_signed_number_keeps_its_order():
    with language.use("ar"):
        assert language.is_right_to_left()
        assert language.percent(0.2, sign=True).startswith("\u2066")


def test_the_language_ends_with_its_block():
    with language.use("es"):
        assert language.current() == "es"
    assert language.current() == "en"


def test_the_pseudo_language_keeps_values_tags_and_code():
    with language.use(language.PSEUDO):
        text = language.t("Use `city.toml` in <b>{folder}</b>", folder="my-city")
    assert "`city.toml`" in text
    assert "<b>my-city</b>" in text
    assert text.startswith("⟦Û")


def test_dates_are_written_as_people_do():
    assert language.day(date(2026, 11, 22)) == "22 November 2026"


def test_the_first_letter_follows_a_colon_small_unless_it_is_an_abbreviation():
    assert language.lower_first("Four areas") == "four areas"
    assert language.lower_first("ICCS codes") == "ICCS codes"


def test_what_was_said_in_one_language_is_stored_and_said_in_another(monkeypatch):
    spanish = {
        "{n} rows of {file}.": "{n} filas de {file}.",
        "{lower} to {upper}": "de {lower} a {upper}",
        "Kept.": "Guardado.",
    }

    class Catalogue:
        def gettext(self, message):
            return spanish.get(message, message)

        def ngettext(self, one, many, n):
            return spanish.get(one if n == 1 else many, many)

    plain = language._catalogue
    monkeypatch.setattr(
        language,
        "_catalogue",
        lambda name: Catalogue() if name == "es" else plain(name),
    )
    said = [
        language.tn("{n} row of {file}.", "{n} rows of {file}.", 12345, file="a.csv"),
        language.t("Kept."),
        language.between(language.number(-3, 1), language.number(4.5, 1)),
        language.percent(0.034),
        language.listing(["a", "b"]),
        language.day(date(2026, 11, 22)),
        "as it stands in the file",
    ]
    stored = json.loads(json.dumps([language.recipe(s) for s in said]))
    assert [language.again(s) for s in stored] == said
    with language.use("es"):
        assert [language.again(s) for s in stored] == [
            "12.345 filas de a.csv.",
            "Guardado.",
            "de −3,0 a 4,5",
            "3,4\u00a0%",
            "a y b",
            "22 de noviembre de 2026",
            "as it stands in the file",
        ]
