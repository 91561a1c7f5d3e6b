"""A notebook runs from top to bottom, offline, or it says which cell failed and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.execution.notebook import run


@pytest.fixture
def notebook(tmp_path):
    def write(*cells, name="source.ipynb"):
        made = [
            new_markdown_cell("A lesson."),
            new_code_cell("n = 1", metadata={"tags": ["parameters"]}),
            *[new_code_cell(cell) for cell in cells],
        ]
        path = tmp_path / name
        nbformat.write(new_notebook(cells=made), path)
        return path

    return write


def outputs(path):
    made = nbformat.read(path, as_version=4)
    return "".join(
        output.get("text", "")
        for cell in made.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )


def test_parameters_reach_the_cells_and_each_code_cell_is_counted(notebook, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    source = notebook("import os, sys\nprint(n, os.getcwd(), sys.executable)")
    seen = []
    target = tmp_path / "out" / "done.ipynb"
    run(source, target, {"n": 7}, cwd=folder, on_cell=lambda *x: seen.append(x))
    assert outputs(target).split() == ["7", str(folder), sys.executable]
    # The markdown cell is cell 1; the injected values make one cell more.
    assert seen == [(2, 4), (3, 4), (4, 4)]


def test_an_executed_notebook_names_no_folder_of_this_machine(notebook, tmp_path):
    target = tmp_path / "done.ipynb"
    run(notebook("print(n)"), target, {"n": 2})
    assert str(tmp_path) not in target.read_text(encoding="utf-8")
    kept = json.loads(target.read_text(encoding="utf-8"))["metadata"]["papermill"]
    assert kept["parameters"] == {"n": 2}


def test_a_failing_cell_is_named_and_leaves_the_last_good_notebook(notebook, tmp_path):
    target = tmp_path / "done.ipynb"
    target.write_text("the one from yesterday", encoding="utf-8")
    with pytest.raises(SafelearnError) as caught:
        run(notebook("population = {}\npopulation['Harbour']"), target)
    assert "KeyError: 'Harbour'" in caught.value.what
    assert caught.value.where == "source.ipynb: population = {}"
    assert target.read_text(encoding="utf-8") == "the one from yesterday"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["done.ipynb", "source.ipynb"]


def test_an_error_of_safelearn_inside_a_notebook_keeps_its_own_sentences(
    notebook, tmp_path
):
    cell = (
        "from safelearn.errors import SafelearnError\n"
        "raise SafelearnError('No area matched.', where='areas.csv', remedy='Look.')"
    )
    with pytest.raises(SafelearnError) as caught:
        run(notebook(cell), tmp_path / "done.ipynb")
    error = caught.value
    assert (error.what, error.where, error.remedy) == (
        "No area matched.",
        "areas.csv",
        "Look.",
    )


def test_a_kernel_that_dies_is_reported_and_not_waited_for(notebook, tmp_path):
    with pytest.raises(SafelearnError, match="ended before the last cell"):
        run(notebook("import os\nos._exit(3)"), tmp_path / "done.ipynb")
    assert not (tmp_path / "done.ipynb").exists()


def test_a_mistyped_parameter_is_refused_with_the_names_there_are(notebook, tmp_path):
    with pytest.raises(SafelearnError, match="no parameter cty") as caught:
        run(notebook("print(n)"), tmp_path / "done.ipynb", {"cty": "x"})
    assert "n" in caught.value.remedy


def test_a_damaged_or_missing_notebook_is_a_sentence(tmp_path):
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    for name in ("bad.ipynb", "absent.ipynb"):
        with pytest.raises(SafelearnError, match="notebook"):
            run(tmp_path / name, tmp_path / "done.ipynb")


def test_another_environments_kernel_of_the_same_name_is_not_taken(
    notebook, tmp_path, monkeypatch
):
    kernel = tmp_path / "data" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["no-such-python"], "display_name": "x", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    run(notebook("print(n)"), tmp_path / "done.ipynb")
    assert outputs(tmp_path / "done.ipynb") == "1\n"


def test_messages_are_translated(notebook, tmp_path):
    with language.use("qps"), pytest.raises(SafelearnError, match="⟦"):
        run(notebook("print(n)"), tmp_path / "done.ipynb", {"cty": "x"})


@pytest.mark.needs("unshare")
def test_a_notebook_runs_where_not_even_the_loopback_address_exists(notebook, tmp_path):
    source, target = notebook("print('no network')"), tmp_path / "done.ipynb"
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("this machine does not let a user make a network namespace")
    code = (
        "from pathlib import Path; from safelearn.execution.notebook import run; "
        f"run(Path({str(source)!r}), Path({str(target)!r}))"
    )
    subprocess.run(["unshare", "-rn", sys.executable, "-c", code], check=True)
    assert outputs(target) == "no network\n"


def test_what_a_cell_prints_slowly_is_one_output(notebook, tmp_path):
    source = notebook(
        "import time\nfor i in range(3):\n    print(i, flush=True)\n    time.sleep(0.4)"
    )
    target = tmp_path / "done.ipynb"
    run(source, target)
    shown = nbformat.read(target, as_version=4).cells[-1].outputs
    assert [output.text for output in shown] == ["0\n1\n2\n"]
