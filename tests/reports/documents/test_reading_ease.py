"""How easy a text for residents is to read."""

from __future__ import annotations

import pytest

from safelearn.errors import Refused
from safelearn.reports.documents.reading_ease import (
    FORMULAS,
    flesch,
    reading_ease,
    syllables,
    verdict,
)

EASY = (
    "We light the way to the bus. You can see who comes. The bus stops near you. Call us if a lamp is out. "
    * 5
)
#: Divided by the rules of each language's academy or a dictionary, not by the program.
DIVIDED = {
    "en": "vi-o-lence ar-e-a safe-ty po-lice ask-ed:1 want-ed plac-es homes:1 be-ing qui-et so-cial pe-ri-od cre-ate "
    "res-i-dent mon-ey ta-ble mea-sures i-de-a each:1 light-ing of-fic-es home-less crea-ture",
    "es": "se-gu-ri-dad ba-rrio po-li-cí-a ca-lle ciu-dad vio-len-cia le-er gue-rra pin-güi-no muy y a-ho-ra dí-as",
    "pt": "se-gu-ran-ça não ci-da-de ru-a vi-o-lên-cia mães á-gua po-lí-cia bair-ro quem a-ções quei-xa",
    "fr": "sé-cu-ri-té ville:1 rue quar-tier thé-âtre:2 femmes:1 é-cole:2 ha-bi-tants ré-u-nion po-lice:2 mai-son",
}


@pytest.mark.parametrize("language", DIVIDED)
def test_words_that_a_safety_office_uses_have_as_many_syllables_as_a_dictionary_says(
    language,
):
    for written in DIVIDED[language].split():
        word, _, told = written.partition(":")
        expected = int(told) if told else word.count("-") + 1
        assert syllables(word.replace("-", ""), language) == expected, word


def test_the_published_examples_of_flesch_are_reached_from_their_sentences():
    """116.145 and 37.5 are printed wherever the formula is explained, with the counts of these two sentences."""
    english = FORMULAS["en"]
    cat = [syllables(word, "en") for word in ["The", "cat", "sat", "on", "the", "mat"]]
    assert flesch(english, 6, 1, sum(cat)) == pytest.approx(116.145)
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature"
    counted = sum(syllables(word, "en") for word in platypus.split())
    assert counted == 24
    assert flesch(english, 13, 1, counted) == pytest.approx(37.455, abs=1e-3)
    assert flesch(english, 12, 1, 23) == pytest.approx(32.505, abs=1e-3)


def test_shorter_sentences_make_spanish_easier_as_the_copied_mistake_would_not():
    """With sentences per hundred words, as the formula is often copied, more sentences would be harder (Law 2011)."""
    spanish = FORMULAS["es"]
    long, short = flesch(spanish, 100, 4, 200), flesch(spanish, 100, 10, 200)
    assert short > long
    assert long == pytest.approx(206.84 - 0.60 * 200 - 1.02 * 25)


@pytest.mark.clause("draft:24(f)")
def test_a_plain_text_passes_and_the_language_of_offices_does_not():
    plain = reading_ease(EASY, "en")
    assert plain.words == 5 * 24 and plain.sentences == 5 * 4
    assert plain.plain and "Most adults" in verdict(EASY, "en")
    office = "Notwithstanding interinstitutional considerations regarding implementation modalities, beneficiaries may "
    office += (
        "participate in consultations concerning infrastructural prioritisation procedures "
        * 2
    )
    hard = verdict((office + ". ") * 5, "en")
    assert "too hard for many" in hard


def test_only_sentences_count_not_headings_tables_or_blanks():
    dressed = f"# A heading that is long\n\n| a | table |\n| --- | --- |\n\n{EASY}\n\n==fill in: everything else=="
    assert reading_ease(dressed, "en") == reading_ease(EASY, "en")


def test_points_of_a_list_are_sentences():
    points = "\n".join(["- Call us at any hour"] * 25)
    assert reading_ease(points, "en").sentences == 25


def test_a_language_without_a_formula_and_a_short_text_are_refused():
    with pytest.raises(Refused, match="no published formula"):
        reading_ease(EASY, "sw")
    with pytest.raises(Refused, match="fewer than 100 words"):
        reading_ease("Call us.", "en")
    assert "ten residents" in verdict(EASY, "sw")
