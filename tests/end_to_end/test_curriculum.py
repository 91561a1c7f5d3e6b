"""Each module as an instructor runs it, in a kernel of its own."""

from __future__ import annotations

import json

import pytest

from safelearn import resources
from safelearn.course.authoring.build import instructor_notebook
from safelearn.course.key import assignment_of, key_for
from safelearn.course.modules import read_module
from safelearn.execution.submission import execute

MODULES = sorted(p.parent for p in resources.curriculum().glob("*/module.toml"))
modules = pytest.mark.parametrize("folder", MODULES, ids=lambda p: p.name)


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
