"""A solution is changed by rule, and a change that the marks do not notice is found."""

from __future__ import annotations

import pytest

from safelearn.course.authoring.mutants import mutants
from safelearn.course.authoring.prove import prove
from safelearn.course.authoring.survivors import survivors
from safelearn.course.key import alternatives, assignment_of, key_for

WHO = ("ana", "ben", "chi")


@pytest.mark.parametrize(
    ("code", "kind", "changed"),
    [
        ("n = (a > b).sum()", "comparison", "n = (a < b).sum()"),
        ("n = (a >= 3).sum()", "border", "n = (a > 3).sum()"),
        ("n = a + b", "arithmetic", "n = a - b"),
        ("n = a[x & y]", "logic", "n = a[x | y]"),
        ("n = -a", "sign", "n = a"),
        ("n = f(a, 100000)", "number", "n = f(a, 10000)"),
        ("n = a['x'] / b['y']", "column", "n = a['y'] / b['y']"),
        ("n = a[a['x'] == 'k']", "filter left out", "n = a"),
        ("n = f(a, b)", "arguments exchanged", "n = f(b, a)"),
        ("n = f(a, per=1000)", "argument left out", "n = f(a)"),
        ("n = a.max()", "summary", "n = a.min()"),
        ("n = f('2024-01')", "date", "n = f('2023-01')"),
        ("n = f(weighted=True)", "switch", "n = f(weighted=False)"),
        ("a = 1\na = a * b", "step left out", "a = 1"),
        ("n = f(['x', 'y'])", "entry left out", "n = f(['x'])"),
    ],
)
def test_each_rule_makes_its_change(code, kind, changed):
    made = [(mutant.kind, mutant.code) for mutant in mutants(code, {})]
    assert (kind, changed) in made


def test_a_choice_becomes_another_letter_and_a_ranking_another_order():
    forms = {
        "verdict": {"kind": "choice", "options": ["A", "B", "C"]},
        "order": {"kind": "ranking"},
    }
    made = [m.code for m in mutants("verdict = 'C'\norder = ['x', 'y', 'z']", forms)]
    assert "verdict = 'A'\norder = ['x', 'y', 'z']" in made
    assert "verdict = 'C'\norder = ['y', 'x', 'z']" in made


def test_no_mutant_is_the_solution_or_another_mutant_and_loops_are_left_alone():
    code = "while a < 9:\n    a = a + 1\nn = a + b + 0"
    made = [mutant.code for mutant in mutants(code, {})]
    assert len(set(made)) == len(made) and code not in made
    assert all(text.startswith("while a < 9:\n    a = a + 1\n") for text in made)


def test_every_mutant_of_a_sound_task_is_told_from_its_solution(tiny):
    (task,) = survivors("m98", WHO)
    assert task.tried == task.killed >= 5 and task.survivors == ()


def test_a_change_that_no_answer_shows_is_counted_and_fails_the_module(tiny):
    path = tiny / "assignment.py"
    text = path.read_text(encoding="utf-8")
    idle = 'thefts = shops["n"][shops["people"] > 0].sum()\nrate'
    changed = text.replace('thefts = shops["n"].sum()\nrate', idle, 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    proof = prove("m98", WHO)
    kinds = {entry.rpartition(": ")[2] for entry in proof.equivalent}
    assert "filter left out" in kinds and proof.killed < proof.mutants
    assert any("earn full marks" in failure for failure in proof.failures)


def test_code_that_changes_a_table_in_place_harms_no_other(tiny):
    code = """shops["n"] = shops["n"] + 1
thefts = shops["n"].sum() - len(shops)
rate = 1000 * thefts / shops["people"].sum()"""
    found = alternatives(assignment_of("m98"), "ana", {"m98-t1": [code, code, "1 / 0"]})
    right = key_for("m98", "ana").right["m98-t1"]
    assert found == {"m98-t1": [right, right, {}]}
