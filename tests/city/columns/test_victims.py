"""Who the victims were, in every language, and what counts as not known."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.columns.victims import (
    age_notes,
    as_category,
    read_age,
    read_coded,
    read_sex,
    read_yes_no,
)


def texts(*values):
    return pd.Series(values, dtype="str", name="column")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("Mujer", "Hombre"), ["female", "male"]),
        (("F", "M"), ["female", "male"]),
        (("H", "M"), ["male", "female"]),
        (("FEMENINO", "masculino", "No binario"), ["female", "male", "other"]),
        (("weiblich", "männlich"), ["female", "male"]),
        (("femme", "homme", "Non-Binary"), ["female", "male", "other"]),
    ],
)
def test_the_column_as_a_whole_decides_what_m_means(written, meant):
    assert read_sex(texts(*written)).tolist() == meant


def test_sex_that_is_not_stated_is_missing():
    assert read_sex(texts("F", "", "NULL", "U", "sin dato")).isna().tolist() == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_impossible_ages_are_not_known_and_said():
    written = texts("34", "-1", "0", "1022", "", "25.0", "18-24")
    ages, impossible = read_age(written)
    assert ages.isna().tolist() == [False, True, False, True, True, False, True]
    assert ages.dropna().tolist() == [34, 0, 25]
    assert impossible.tolist() == [False, True, False, True, False, False, False]
    assert age_notes(2, "-1") == (
        "2 ages are impossible (such as -1): they count as not known.",
    )


def test_labels_lose_blanks_and_ways_to_say_nothing():
    kinds = as_category(texts(" Robo", "Robo ", "NULL", "", "Hurto"))
    assert list(kinds.cat.categories) == ["Hurto", "Robo"]
    assert kinds.isna().sum() == 2


def test_a_weapon_nobody_knows_counts_as_other_and_is_said():
    codes, said = read_coded(
        texts("Arma de fuego", "Catapulta", ""),
        "mechanism",
        {"arma de fuego": "firearm"},
    )
    assert codes.tolist()[:2] == ["firearm", "other"] and codes.isna().tolist() == [
        False,
        False,
        True,
    ]
    assert "1 word" in said[0]


def test_a_word_of_many_rows_is_named_and_one_of_few_is_not_for_it_may_tell_who_somebody_is():
    words = ["Catapulta"] * 12 + ["su cuñado Pedro"]
    _, (said,) = read_coded(texts(*words), "mechanism", {})
    assert "Catapulta" in said and "Pedro" not in said
    _, (said,) = read_coded(texts("su cuñado Pedro"), "mechanism", {})
    assert "Pedro" not in said


def test_yes_and_no():
    assert read_yes_no(texts("Sí", "N", "TRUE", "")).tolist() == [
        "yes",
        "no",
        "yes",
        "unknown",
    ]
