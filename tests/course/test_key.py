"""The right answer is the author's solution, run on the trainee's own data."""

from __future__ import annotations

import pytest

from safelearn.course import variants
from safelearn.course.key import answers, assignment_of, key_for
from safelearn.errors import SafelearnError


def test_the_key_is_the_solution_on_these_data(tiny):
    shops = variants.variant("98_tiny", "ana").shops
    key = key_for("m98", "ana")
    assert key.right["m98-t1"]["thefts"] == shops["n"].sum()
    assert (
        key.right["m98-t1"]["rate"] == 1000 * shops["n"].sum() / shops["people"].sum()
    )
    assert key.fingerprint == variants.variant("98_tiny", "ana").fingerprint
    assert key.right != key_for("m98", "ben").right


def test_each_mistake_gives_its_own_answers_and_message(tiny):
    key = key_for("m98", "ana")
    right, wrong = key.right["m98-t1"], key.wrong["m98-t1"]
    assert wrong["per hundred"]["rate"] == pytest.approx(right["rate"] / 10)
    assert "It was asked for 1,000." in key.messages["m98-t1"]["per hundred"]


def test_the_untouched_notebook_answers_nothing(tiny):
    assert answers(assignment_of("m98"), "ana", unsolved=True) == {"m98-t1": {}}
    assert answers(assignment_of("m98"), "ana") == key_for("m98", "ana").right


def test_an_author_whose_solution_does_not_run_is_told(tiny):
    path = tiny / "assignment.py"
    text = path.read_text(encoding="utf-8").replace(
        'shops["n"].sum()', 'shops["m"].sum()', 1
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match="author's own code"):
        key_for("m98", "ana")
