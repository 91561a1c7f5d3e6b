"""Every clause of the draft is there once, says what it asks, and has a product or a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.guidelines.clauses import clause, clauses, clauses_under


def test_all_118_clauses_are_there_by_part():
    first_reading = Counter(c.part for c in clauses() if not c.added)
    assert first_reading == {
        "principles": 21,
        "organisation": 12,
        "method": 24,
        "approach": 42,
        "cooperation": 4,
    }
    assert sum(c.added for c in clauses()) == 15
    assert len({c.id for c in clauses()}) == len(clauses()) == 118


def test_no_clause_claims_a_place_in_the_adopted_edition_that_nobody_has_read():
    assert all(c.id.startswith("draft:") for c in clauses())
    assert {c.adopted_ref for c in clauses()} == {""}


def test_every_clause_has_a_product_or_a_plan_and_people_it_is_for():
    for c in clauses():
        assert c.served_by or c.plan, c.id
        assert c.users and set(c.users) <= {"trainee", "instructor", "city"}, c.id


def test_texts_are_whole_sentences():
    for c in clauses():
        for text in filter(None, (c.text, c.plan)):
            assert text[0].isupper() and text.endswith("."), (c.id, text)
            assert len(text.split()) >= 5, (c.id, text)


def test_plans_name_no_issue_of_ours():
    for c in clauses():
        assert "#" not in c.plan and "issue" not in c.plan.lower(), c.id


def test_a_clause_speaks_the_readers_language():
    with language.use("qps"):
        assert clause("draft:25(d).2").paraphrase.startswith("⟦")
        to_come = replace(clause("draft:25(o).4"), plan="A page will be added.")
        assert to_come.planned.startswith("⟦")
    assert clause("draft:25(d).2").paraphrase == clause("draft:25(d).2").text


def test_a_clause_holds_what_lies_under_it_and_nothing_beside_it():
    women_and_others = [c.id for c in clauses_under("draft:26(c)")]
    assert "draft:26(c).1" in women_and_others and "draft:26(c).5b" in women_and_others
    assert not [i for i in women_and_others if not i.startswith("draft:26(c)")]
    assert [c.id for c in clauses_under("draft:26(f)(ii).1")] == ["draft:26(f)(ii).1"]
    assert [c.id for c in clauses_under("draft:30")] == ["draft:30", "draft:30b"]


@pytest.mark.parametrize("ask", [clause, clauses_under])
def test_a_mistyped_clause_is_answered_with_the_nearest(ask):
    with pytest.raises(SafelearnError) as caught:
        ask("draft:25d.2")
    assert "draft:25(d).2" in caught.value.remedy
