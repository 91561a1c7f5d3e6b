"""Every priority speaks of a topic that the register of demands knows."""

from __future__ import annotations

import pytest

from safelearn.city.contracts import contract
from safelearn.strategy.topics import OTHER, _patterns, topics, topics_of

KNOWN = next(f for f in contract("demands")["fields"] if f["name"] == "topic")[
    "constraints"
]["enum"]


def test_topics_are_those_of_the_register_of_demands():
    assert [*_patterns(), OTHER] == KNOWN


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Light on the way home", "lighting"),
        ("Alumbrado público en las escaleras", "lighting"),
        ("Éclairage des rues", "lighting"),
        ("Iluminação das ruas", "lighting"),
        ("One door for survivors", "domestic_violence"),
        ("More guards in the centre", "policing"),
        ("Repairs within a week", "public_space"),
        ("Safe stops and buses", "transport"),
        ("Stop the harassment", "harassment"),
        ("Talleres para jóvenes", "youth_opportunities"),
    ],
)
def test_an_option_is_read_by_its_words(text, topic):
    assert topic in topics(text)


def test_an_option_may_speak_of_two_things_and_an_unknown_one_of_another():
    assert topics_of({"a": "Fields and trainers for the young", "b": "More joy"}) == {
        "a": ("public_space", "youth_opportunities"),
        "b": (OTHER,),
    }
    assert "transport" not in topics("No stops without a reason")
