"""A module that does not mark as it says is found out."""

from __future__ import annotations

import pytest

from safelearn.course.prove import prove

WHO = ("ana", "ben", "chi")


def test_a_sound_module_is_proved(tiny):
    proof = prove("m98", WHO)
    assert proof.holds, proof.failures
    row = proof.row()
    assert {
        "module": "98_tiny",
        "tasks": 1,
        "manual": 1,
        "points": 5,
        "mistakes": 2,
    }.items() <= row.items()
    assert proof.pairs == 3


def edit(tiny, old, new):
    path = tiny / "assignment.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


MEAN = 'rate = (1000 * shops["n"] / shops["people"]).mean()'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rate = 100 * thefts", "rate = 1000 * thefts", "loses nothing"),
        (MEAN, 'rate = "many"', "stopped by the form"),
    ],
)
def test_what_does_not_hold_is_named(tiny, old, new, said):
    edit(tiny, old, new)
    failures = prove("m98", WHO).failures
    assert any(said in failure for failure in failures), failures


def test_an_untouched_notebook_that_earns_points_is_found(tiny):
    edit(tiny, "rate = ...\n", 'rate = ...\nthefts = shops["n"].sum()\n')
    assert any("untouched" in failure for failure in prove("m98", WHO).failures)


def test_two_mistakes_with_the_same_numbers_are_both_recognised(tiny):
    edit(tiny, MEAN, 'rate = 100 * thefts / shops["people"].sum()')
    assert prove("m98", WHO).holds


def test_trainees_who_share_their_answers_are_found(tiny):
    path = tiny / "variant.py"
    text = path.read_text(encoding="utf-8").replace(
        "default_rng(seed)", "default_rng(4)"
    )
    path.write_text(text.replace(">= 10", ">= 0"), encoding="utf-8")
    assert any("3 of 3 pairs" in failure for failure in prove("m98", WHO).failures)
