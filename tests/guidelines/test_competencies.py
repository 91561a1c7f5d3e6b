"""Ten competencies at four levels, and roles that ask for a level which exists."""

from __future__ import annotations

import pytest

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.guidelines.clauses import clauses
from safelearn.guidelines.competencies import (
    competencies,
    competency,
    levels,
    role,
    roles,
)


@pytest.mark.clause("draft:25(h)")
def test_the_framework_tells_a_police_analyst_what_to_be_able_to_do():
    needed = role("police_analyst").minimum
    # The analyst leads in data care and in crime data, and practises rights and inclusion.
    assert needed == {"C4": 3, "C5": 3, "C1": 2}
    assert "uncertainty" in competency("C5").at(needed["C5"])
    assert "refuses an unsafe release" in competency("C4").at(needed["C4"])


def test_there_are_ten_competencies_at_four_levels():
    assert [c.id for c in competencies()] == [f"C{i}" for i in range(1, 11)]
    assert [level.number for level in levels()] == [1, 2, 3, 4]
    for c in competencies():
        assert len(c.english_levels) == len(set(c.english_levels)) == 4
        assert all(
            text[0].isupper() and text.endswith(".") for text in c.english_levels
        )


def test_every_competency_rests_on_clauses_that_exist():
    known = {c.id for c in clauses()}
    for c in competencies():
        assert c.clauses and set(c.clauses) <= known, c.id
        assert len(set(c.clauses)) == len(c.clauses), c.id


def test_seven_roles_ask_for_competencies_and_levels_that_exist():
    known = {c.id for c in competencies()}
    assert len({r.id for r in roles()}) == 7
    for r in roles():
        assert r.minimum and set(r.minimum) <= known, r.id
        assert set(r.minimum.values()) <= {1, 2, 3, 4}, r.id


def test_an_elected_member_is_at_least_aware_of_everything():
    needed = role("elected_member").minimum
    assert set(needed) == {c.id for c in competencies()}
    assert {c for c, level in needed.items() if level == 2} == {"C2", "C10"}


def test_names_and_levels_speak_the_readers_language():
    with language.use("qps"):
        assert competency("C1").name.startswith("⟦")
        assert competency("C1").at(1).startswith("⟦")
        assert role("planner").name.startswith("⟦")
        assert levels()[0].meaning.startswith("⟦")


def test_an_unknown_competency_role_or_level_is_an_error():
    with pytest.raises(SafelearnError):
        competency("C11")
    with pytest.raises(SafelearnError) as caught:
        role("police_analist")
    assert "police_analyst" in caught.value.remedy
    with pytest.raises(SafelearnError):
        competency("C1").at(5)
