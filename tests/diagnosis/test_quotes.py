"""A quote leaves with consent, and only if it gives nobody away."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.contracts import contract
from safelearn.diagnosis.codebook import CODEBOOK
from safelearn.diagnosis.quotes import names_a_person, quote_bank


def said(*quotes, consent="publish", group="women", theme="lighting", second=None):
    """A table of quotes, alike but for their words."""
    return pd.DataFrame(
        {
            "quote_id": [f"Q{i}" for i in range(len(quotes))],
            "area_id": "0101",
            "collected_on": "2025-03-01",
            "group": group,
            "quote": quotes,
            "theme": theme,
            "theme_second": second,
            "tone": "fear",
            "place_type": "street",
            "setting": "focus_group",
            "consent": consent,
        }
    )


@pytest.mark.clause("draft:26(c).6", "draft:25(d).4")
def test_only_what_people_let_be_published_is_shown_and_the_rest_is_counted():
    quotes = pd.concat(
        [
            said("I count the lamps."),
            said("They know my shift.", "I moved my stall.", consent="internal"),
            said("Do not write this.", consent="none"),
        ]
    )
    bank = quote_bank(quotes)
    assert bank.shown["quote"].tolist() == ["I count the lamps."]
    assert bank.withheld == {"consent": 3, "person": 0, "place": 0}


def test_no_area_day_or_number_stands_beside_a_quote():
    bank = quote_bank(said("I count the lamps."))
    assert not {"area_id", "collected_on", "quote_id"} & set(bank.shown)
    assert bank.shown["place_type"].tolist() == ["street"]


@pytest.mark.parametrize(
    "words",
    [
        "I told Rosa Quispe and nobody else.",
        "Then Mr. Alvarez closed the door.",
        "Sergeant Pinto sent me home.",
        "A man called Efrain follows me.",
        "Call me on +51 987 654 321, any evening.",
        "Write to stall12@mail.example about it.",
        "It was, as always, Ana da Silva who paid.",
    ],
)
def test_a_quote_with_a_name_or_a_telephone_is_withheld_and_said(words):
    bank = quote_bank(said(words, "The stairs are dark."))
    assert bank.shown["quote"].tolist() == ["The stairs are dark."]
    assert bank.withheld["person"] == 1


@pytest.mark.parametrize(
    "words",
    [
        "Invented: On the late bus I sit behind the driver.",
        "Nobody sleeps by the bay. In summer least of all.",
        "Without papers you do not call anybody, and I know why.",
        "In 2019 I could still walk home at 22:30.",
        "Give us the field on Tuesdays.",
    ],
)
def test_ordinary_words_are_not_taken_for_a_name(words):
    assert not names_a_person(words)


def test_a_quote_that_names_a_neighbourhood_stays_here():
    bank = quote_bank(
        said("Nobody walks in las lomas.", "Nobody walks there."),
        places=["Las Lomas", "Sur"],
    )
    assert bank.shown["quote"].tolist() == ["Nobody walks there."]
    assert bank.withheld["place"] == 1


def test_themes_are_counted_among_the_quotes_that_are_shown():
    quotes = pd.concat(
        [
            said("One.", "Two."),
            said("Three.", theme="transport"),
            said("Four.", group="youth"),
            said("Five.", group="youth", consent="internal"),
        ]
    )
    found = quote_bank(quotes).themes.set_index(["theme", "group"])["quotes"]
    assert found.to_dict() == {
        ("lighting", "women"): 2,
        ("transport", "women"): 1,
        ("lighting", "youth"): 1,
    }


def test_the_two_coders_are_compared_over_every_quote_that_may_be_used():
    # 6 + 4 coded alike, 2 not; the last was not to be used. Chance: (8 x 6 + 4 x 6) / 144 = 0.5.
    quotes = pd.concat(
        [
            said(*"abcdef", second="lighting"),
            said(*"gh", second="transport", consent="internal"),
            said(*"ijkl", theme="transport", second="transport"),
            said("m", theme="drugs", second="transport", consent="none"),
        ]
    )
    found = quote_bank(quotes).agreement
    assert found.n == 12
    assert found.agreed == pytest.approx(10 / 12)
    assert found.kappa == pytest.approx((10 / 12 - 0.5) / 0.5)


def test_with_one_coder_the_bank_says_why_there_is_no_agreement():
    bank = quote_bank(said("One.", "Two."))
    assert bank.agreement is None
    assert "Two judges" in bank.not_compared
    assert quote_bank(said("One.").drop(columns="theme_second")).agreement is None


def test_every_theme_of_the_contract_has_a_definition():
    fields = {f["name"]: f for f in contract("quotes")["fields"]}
    for column in ("theme", "theme_second"):
        assert fields[column]["constraints"]["enum"] == list(CODEBOOK)
    assert all(words.endswith(".") for words in CODEBOOK.values())


def test_the_bundled_city_withholds_what_was_not_consented_to():
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    city = City.open(bundled_city("puerto-sereno"))
    bank = quote_bank(city.table("quotes"), city.table("areas")["area_name"])
    # Of its 28 quotes 7 are for internal use and 2 not to be used.
    assert bank.withheld == {"consent": 9, "person": 0, "place": 0}
    assert len(bank.shown) == 19
    assert bank.shown["quote"].str.startswith("Invented:").all()
    assert 0.2 < bank.agreement.kappa < 0.8
