"""Every module of the curriculum: built as written, and whole in what it names.

That its lesson runs and tells the truth of its data, and that it marks as it promises, `make proof` tries.
"""

from __future__ import annotations

import ast
import json
import re

import jupytext
import pytest

from safelearn import resources
from safelearn.course.authoring.build import require_built
from safelearn.course.key import assignment_of
from safelearn.course.modules import course, read_module
from safelearn.guidelines.clauses import clauses
from safelearn.guidelines.competencies import competencies, roles

MODULES = sorted(p.parent for p in resources.curriculum().glob("*/module.toml"))
modules = pytest.mark.parametrize("folder", MODULES, ids=lambda p: p.name)


@modules
def test_the_built_notebooks_are_what_their_sources_say(folder):
    require_built(folder)


@modules
def test_the_built_notebooks_hold_no_output_and_no_solution(folder):
    for path in folder.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert not any(cell.get("outputs") for cell in notebook["cells"])
        assert "### BEGIN SOLUTION" not in path.read_text(encoding="utf-8")
    text = (folder / "assignment.ipynb").read_text(encoding="utf-8")
    for mistakes in assignment_of(folder.name).mistakes.values():
        for mistake in mistakes:
            assert mistake.message not in text and mistake.name not in text


@modules
def test_no_number_of_the_data_is_typed_into_a_lessons_prose(folder):
    # A percentage or a decimal in prose is wrong after the next build of the data, unless it is an example.
    text = (folder / "lesson.py").read_text(encoding="utf-8")
    cells = jupytext.reads(text, fmt="py:percent").cells
    prose = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    assert not re.findall(r"\d+\.\d{2,}", prose)


@modules
def test_pictures_are_described_for_those_who_cannot_see_them(folder):
    if not (folder / "pictures.py").is_file():
        return
    tree = ast.parse((folder / "pictures.py").read_text(encoding="utf-8"))
    drawn = [f for f in tree.body if isinstance(f, ast.FunctionDef)]
    for function in (f for f in drawn if not f.name.startswith("_")):
        calls = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
        shows = [c for c in calls if getattr(c.func, "id", "") == "show"]
        assert shows and all(len(call.args) == 2 for call in shows), function.name


def test_the_course_lists_every_module_and_a_path_for_every_role():
    listed = course()
    assert listed["modules"] == [folder.name for folder in MODULES]
    assert set(listed["paths"]) == {role.id for role in roles()}
    for path in listed["paths"].values():
        assert set(path) <= set(listed["modules"])


@modules
def test_a_module_cites_clauses_and_competencies_that_exist(folder):
    module = read_module(folder)
    known = {clause.id for clause in clauses()}
    names = {competency.id for competency in competencies()}
    for task in module.tasks.values():
        assert set(task.clauses) <= known and task.competency in names
        assert 1 <= task.level <= 4
