"""A trainee's notebook runs to its end, whatever its cells do, and each cell's lines are kept apart."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_notebook

from safelearn.execution.submission import execute

WRITE = "import os\ndef say(x):\n    open(os.environ['FILE'], 'a').write(x + '\\n')\n"


def run(tmp_path, *cells, seconds=20):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in (WRITE, *cells)])
    lines = tmp_path / "lines"
    found = execute(
        notebook, lines, environment={"FILE": str(lines)}, cwd=tmp_path, seconds=seconds
    )
    return notebook, found


def test_a_failing_cell_stops_only_itself(tmp_path):
    notebook, found = run(tmp_path, "say('one')", "1 / 0", "say('two')\nsay('three')")
    assert found.written == {1: ["one"], 3: ["two", "three"]}
    assert notebook.cells[2].outputs[0].ename == "ZeroDivisionError"
    assert found.stopped_at is None


def test_a_cell_that_never_ends_is_interrupted_and_the_next_one_runs(tmp_path):
    _, found = run(tmp_path, "while True: pass", "say('after')", seconds=3)
    assert found.written == {2: ["after"]}


def test_a_python_that_dies_leaves_what_was_written_before(tmp_path):
    _, found = run(tmp_path, "say('one')", "os._exit(1)", "say('never')")
    assert found.written == {1: ["one"]}
    assert found.stopped_at == 2


def test_lines_count_for_the_cell_that_wrote_them_even_if_the_file_is_replaced(
    tmp_path,
):
    swap = (
        "there = os.environ['FILE']\n"
        "open(there + '2', 'w').write('forged\\n')\n"
        "os.replace(there + '2', there)"
    )
    _, found = run(tmp_path, "say('one')", swap, "say('lost')")
    assert "forged" not in str(found.written)
