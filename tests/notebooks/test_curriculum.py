"""Every module of the curriculum: built as written, true in what it says, and marked as it promises."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import sys

import jupytext
import pytest

from safelearn import resources
from safelearn.course.authoring.build import instructor_notebook, require_built
from safelearn.course.authoring.prove import prove
from safelearn.course.key import assignment_of, key_for
from safelearn.course.modules import course, read_module
from safelearn.execution.submission import execute
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
def test_the_lesson_says_nothing_that_its_data_do_not(folder, monkeypatch):
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr("warnings.showwarning", _fail)
    space: dict = {}
    text = (folder / "lesson.py").read_text(encoding="utf-8")
    claims = 0
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        if cell.cell_type != "code":
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(cell.source, f"<{folder.name}>", "exec"), space)
        claims += "claim" in cell.metadata.get("tags", [])
    sys.modules.pop("pictures", None)
    assert claims, "a lesson claims something about its numbers"


@modules
def test_the_module_marks_as_it_says_for_a_trainee(folder):
    # `make proof` tries it for many, and mutants.
    proof = prove(folder.name, ["ana"], mutants_on=())
    assert proof.holds, "\n".join(proof.failures)


@modules
def test_in_a_clean_kernel_the_solution_gives_the_key_without_a_warning(
    folder, tmp_path
):
    module = read_module(folder)
    notebook = instructor_notebook(assignment_of(module.id))
    lines = tmp_path / "answers.jsonl"
    who = {"SAFELEARN_TRAINEE": "ana", "JUPYTERHUB_USER": "ana"}
    run = execute(
        notebook,
        lines,
        environment={**who, "SAFELEARN_ANSWERS": str(lines)},
        cwd=tmp_path,
        seconds=120,
    )
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error", output.evalue
            assert output.get("name") != "stderr", output.text
    entries = [json.loads(found[-1]) for found in run.written.values()]
    given = {entry["task"]: entry["answers"] for entry in entries}
    assert given == key_for(module.id, "ana").right


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


def _fail(message, *_, **__):
    raise AssertionError(f"A lesson warns: {message}")
