"""What holds across the modules of a course is looked at across all of them."""

from __future__ import annotations

import pytest

from safelearn.course.authoring.rules import breaches
from safelearn.course.modules import find_module, folders, read_module


@pytest.mark.clause("draft:25(h)", "draft:25(o).4", "draft:25(n)")
def test_the_course_keeps_its_rules():
    assert breaches([read_module(folder) for folder in folders()]) == []


@pytest.fixture
def module(tiny):
    """Change the tiny module, and hear what is said of it."""
    path = tiny / "module.toml"
    named = path.read_text(encoding="utf-8").replace(
        'title = "The rate"',
        'title = "The rate"\nmethod = "rate"\ntrap = "mean of rates"',
    )
    path.write_text(named, encoding="utf-8")

    def told(name="", old="", new=""):
        if name:
            file = tiny / name
            text = file.read_text(encoding="utf-8")
            assert old in text
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
        own = [read_module(tiny)]
        return [said for said in breaches(own) if "path of" not in said]

    return told


def test_a_module_that_keeps_the_rules_hears_nothing(module):
    assert module() == []


def test_one_method_against_one_trap_is_one_task(module, tiny):
    module()
    twice = [read_module(tiny), read_module(tiny)]
    said = [s for s in breaches(twice) if "teaches what" in s]
    assert said == ["m98-t1 teaches what m98-t1 teaches: rate against “mean of rates”."]


def test_a_task_without_a_trap_is_found(module):
    assert any(
        "no trap" in s for s in module("module.toml", 'trap = "mean of rates"', "")
    )


def test_a_task_on_violence_needs_a_way_out(module):
    said = module("assignment.py", "# How many thefts", "# How many assaults")
    assert any("m98-t1" in s and "assaults" in s for s in said)


def test_words_that_rank_or_blame_are_found_in_lesson_and_assignment(module):
    said = module(
        "lesson.py",
        "# # A lesson",
        "# # A lesson\n#\n# These are the worst neighbourhoods.",
    )
    assert any("lesson.py" in s for s in said)
    said = module(
        "assignment.py", "# Say it in", "# Name the most dangerous area. Say it in"
    )
    assert any("assignment.py" in s for s in said)


def test_a_path_that_stops_short_of_what_the_role_needs_is_named(monkeypatch):
    from safelearn.course.authoring import rules

    listed = {
        **rules.course(),
        "paths": {p: ["05_rates"] for p in rules.course()["paths"]},
    }
    monkeypatch.setattr(rules, "course", lambda: listed)
    said = breaches([find_module("05_rates")])
    assert any("path of finance" in s and "C10 3" in s for s in said)


def test_a_path_with_a_module_whose_ground_is_missing_is_named(monkeypatch):
    from safelearn.course.authoring import rules

    listed = rules.course()
    paths = {**listed["paths"], "planner": ["00_start", "06_maps"]}
    monkeypatch.setattr(rules, "course", lambda: {**listed, "paths": paths})
    said = breaches([find_module(name) for name in ("00_start", "06_maps")])
    assert (
        "The path of planner has 06_maps without m04 and m05, which it needs." in said
    )
