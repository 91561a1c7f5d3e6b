"""Every sentence on priorities, demands, need and conditions, printed for a reader and held to what it rests on."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.disclosure.wording import check
from safelearn.reports import context_findings
from safelearn.reports import priority_findings as say

A, B = frozenset({"a"}), frozenset({"b"})
SPREAD = pd.DataFrame(
    {"indicator": ["Bad housing", "Water"], "tenth": [0.04, 0.8], "ninety": [0.4, 0.9]}
)
SENTENCES = {
    "one group": say.first_choices([A]),
    "shared": say.first_choices([A | B, B]),
    "all apart": say.first_choices([A, B]),
    "none shared": say.first_choices([A, A, B]),
    "differ": say.agreement(True, 0.53, 5),
    "two differ": say.agreement(True, 0.8, 2),
    "alike": say.agreement(False, 0.4, 5),
    "no place": say.places_apart(0, 0, True),
    "no district apart": say.places_apart(0, 6, True),
    "no area apart": say.places_apart(0, 40, False),
    "districts apart": say.places_apart(5, 6, True),
    "areas apart": say.places_apart(12, 40, False),
    "answered": say.answered(0.7, 64.0),
    "most wait": say.answered(0.3, float("nan")),
    "nobody first": say.need(0, 12, 40),
    "one first": say.need(1, 0, 40),
    "some first": say.need(5, 3, 51),
    "one kind": say.kinds(1, 0),
    "kinds": say.kinds(4, 0),
    "kinds between": say.kinds(4, 7),
    "heard less": say.reach("less", 0.4, 0.7),
    "heard more": say.reach("more", 0.9, 0.7),
    "heard alike": say.reach("no clear difference", 0.6, 0.7),
    "conditions": context_findings.spread(SPREAD),
}


def test_sentences_can_be_read():
    for name, sentence in SENTENCES.items():
        print(f"{name:18} {sentence}")
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert not sentence.endswith("."), "titles end without a full stop"
        assert "{" not in sentence, "a value was not filled in"


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_ranks_or_blames(name):
    assert not check(SENTENCES[name])


def test_two_groups_with_one_first_choice_are_not_said_to_differ_altogether():
    assert "Every group" in SENTENCES["all apart"]
    assert "Every group" not in SENTENCES["none shared"]
    assert "may be the first choice of every group" in SENTENCES["shared"]


def test_a_difference_that_may_be_chance_is_called_none():
    assert "cannot be told apart from chance" in SENTENCES["alike"]
    assert "cannot be told apart" in SENTENCES["heard alike"]


def test_agreement_rises_in_words_as_in_number():
    said = [say.strength(w) for w in (0.05, 0.2, 0.4, 0.6, 0.8)]
    assert said[0] == "hardly any common order"
    assert said[-1] == "strong agreement"
    assert len(set(said)) == 5


def test_the_indicator_on_which_areas_differ_most_is_named():
    assert "bad housing is 4.0% or less" in SENTENCES["conditions"]
    assert "40% or more" in SENTENCES["conditions"]
