"""What a module asks is read from its module.toml, and a module that cannot work is refused."""

from __future__ import annotations

import pytest

from safelearn.course.modules import find_module, find_task, folders, read_module
from safelearn.errors import SafelearnError


def test_a_module_is_found_by_id_number_and_folder(tiny):
    names = {find_module(name).id for name in ("m98", "98", "98_tiny")}
    assert names == {"m98"}
    assert [folder.name for folder in folders()][-1] == "98_tiny"


def test_a_task_takes_from_the_module_what_it_does_not_say(tiny):
    task = find_task("m98-t1")
    assert (task.competency, task.clauses, task.points) == ("C5", ("draft:18",), 2)
    assert task.automatic and not find_task("m98-t2").automatic


def test_unknown_names_are_answered_with_the_known_ones(tiny):
    with pytest.raises(SafelearnError, match="98_tiny"):
        find_module("m77")
    with pytest.raises(SafelearnError, match="m98-t1"):
        find_task("m98-t9")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["It is short.", 1]', '["It is short.", 2]', "does not add up"),
        ('kind = "number"', 'kind = "figure"', "unknown kind"),
        ('title = "The rate"', "", "title"),
        ("[tasks.t1]", "[tasks.t1", "module.toml"),
    ],
)
def test_a_module_that_cannot_work_is_refused_with_the_reason(tiny, old, new, said):
    path = tiny / "module.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8"
    )
    with pytest.raises(SafelearnError) as caught:
        read_module(tiny)
    assert said in str(caught.value)


def test_a_task_whose_answers_tell_nobody_apart_is_refused(tiny):
    path = tiny / "module.toml"
    text = path.read_text(encoding="utf-8")
    for answer in ("thefts", "rate"):
        line = next(x for x in text.splitlines() if x.startswith(f"answers.{answer}"))
        text = text.replace(
            line, f'answers.{answer} = {{ kind = "choice", options = ["A"] }}'
        )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match="same answers"):
        read_module(tiny)


def test_a_folder_without_a_module_says_so(tmp_path):
    with pytest.raises(SafelearnError, match="no module"):
        read_module(tmp_path)


INSTEAD = """
[tasks.t3]
title = "The rate of the others"
level = 1
points = 2
instead_of = "t1"
answers.others = { kind = "number", unit = "thefts", min = 0, digits = 0 }
"""


def test_a_task_that_may_be_done_instead_adds_no_points(tiny):
    path = tiny / "module.toml"
    path.write_text(path.read_text(encoding="utf-8") + INSTEAD, encoding="utf-8")
    module = read_module(tiny)
    assert module.points == 5
    assert module.alternative("m98-t1") is module.tasks["m98-t3"]
    assert module.alternative("m98-t2") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"t1"', '"t9"', "must name an automatic task"),
        ('"t1"', '"t2"', "must name an automatic task"),
        ('"t1"', '"t3"', "must name an automatic task"),
        ("points = 2", "points = 1", "as many points"),
    ],
)
def test_an_unfair_alternative_is_refused(tiny, old, new, said):
    path = tiny / "module.toml"
    text = path.read_text(encoding="utf-8") + INSTEAD.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match=said):
        read_module(tiny)


def test_two_alternatives_to_one_task_are_refused(tiny):
    path = tiny / "module.toml"
    more = INSTEAD + INSTEAD.replace("t3", "t4")
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(SafelearnError, match="one alternative for each"):
        read_module(tiny)
