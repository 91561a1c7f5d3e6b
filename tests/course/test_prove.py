"""A module that does not mark as it says is found out."""

from __future__ import annotations

import pytest

from safelearn.course.authoring.prove import prove

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


SECOND = """
[tasks.t3]
title = "The rest"
level = 1
points = 1
answers.others = { kind = "number", unit = "thefts", min = -100000, digits = 0 }
"""
CELLS = """
# %% [markdown]
# ## Task 3
#
# How many people are there for whom no theft was counted?

# %%
others = ...
### BEGIN SOLUTION
others = shops["people"].sum() - shops["n"].sum()
### END SOLUTION

# %%
check("m98-t3", others=others)

# %% everybody tags=["mistake"]
# You counted everybody.
others = shops["people"].sum()

# %% the thefts tags=["mistake"]
# You counted the thefts.
others = shops["n"].sum()
"""


@pytest.fixture
def two(tiny):
    for name, more in (("module.toml", SECOND), ("assignment.py", CELLS)):
        path = tiny / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return tiny


def test_two_tasks_that_stand_alone_are_proved(two):
    assert prove("m98", WHO, mutants_on=()).holds


def test_a_task_that_uses_another_tasks_answer_is_found(two):
    alone = 'others = shops["people"].sum() - shops["n"].sum()'
    edit(two, alone, 'others = shops["people"].sum() - 10 * rate')
    failures = prove("m98", WHO, mutants_on=()).failures
    assert any("ana: the answers to m98-t3 change" in said for said in failures)


def test_a_mistake_that_harms_a_table_for_a_later_task_is_found(two):
    edit(two, MEAN, MEAN + '\nshops["people"] = 1')
    failures = prove("m98", WHO, mutants_on=()).failures
    assert any("the answers to m98-t3 change" in said for said in failures)
