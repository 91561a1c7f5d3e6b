"""On a fork of a warm process a notebook shows what it shows in a kernel; what needs a kernel gets one."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from importlib.metadata import entry_points

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from safelearn.errors import SafelearnError
from safelearn.execution import fork
from safelearn.execution.engine import WarmEngine
from safelearn.execution.fork import Warm
from safelearn.execution.notebook import run

CELLS = [
    "import os, sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)",
    "os.system('echo past Python');",
    "import pandas as pd\npd.DataFrame({'area': ['Harbour'], 'n': [3]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('Thefts')",
    "from IPython.display import HTML, clear_output, display\n"
    "shown = display('first', display_id='a')\ndisplay(HTML('<b>rates</b>'))",
    "shown.update('second')\nprint('gone')\nclear_output()\nprint('stays')",
    "import asyncio\nawait asyncio.sleep(0)\n_",
    "os.environ['PLACE'] = 'Harbour'\n!echo $PLACE",
    "float('nan'), b'\\xff', '\\udc80'",
]


@pytest.fixture
def made(tmp_path):
    def write(*cells):
        path = tmp_path / "source.ipynb"
        cells = [new_code_cell(cell) for cell in cells]
        nbformat.write(new_notebook(cells=cells), path)
        return path

    return write


def executed(source, name):
    target = source.with_name(name)
    run(source, target)
    return nbformat.read(target, as_version=4)


def shown(notebook):
    return [(cell.execution_count, cell.outputs) for cell in notebook.cells]


def test_a_fork_shows_what_a_kernel_shows(made, monkeypatch):
    source = made(*CELLS)
    # With it in their environment kernels do not catch what is written past Python.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    warm = executed(source, "warm.ipynb")
    monkeypatch.setattr(Warm, "possible", False)
    monkeypatch.setattr(fork, "WARM", Warm())
    plain = executed(source, "plain.ipynb")
    assert shown(warm) == shown(plain)
    assert warm.metadata.language_info == plain.metadata.language_info


def test_a_notebook_with_a_widget_runs_in_a_kernel_from_its_first_cell(made):
    source = made(
        "n = 1",
        "from ipywidgets import IntSlider\nn += 1\nIntSlider(7)",
        "print(n, get_ipython().kernel is not None)",
    )
    notebook = executed(source, "done.ipynb")
    assert notebook.cells[-1].outputs[0].text == "2 True\n"
    assert "IntSliderModel" in str(notebook.metadata.widgets)


def test_what_lies_beside_the_notebook_can_be_imported(made, tmp_path):
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "pictures.py").write_text("shown = 3", encoding="utf-8")
    source = made("import pictures\nprint(pictures.shown)")
    run(source, tmp_path / "done.ipynb", cwd=tmp_path / "beside")
    done = nbformat.read(tmp_path / "done.ipynb", as_version=4)
    assert done.cells[0].outputs[0].text == "3\n"


def test_notebooks_start_from_the_same_state_and_with_the_variables_of_now(
    made, monkeypatch
):
    source = made(
        "import os\nprint('left' in globals(), os.environ['PLACE'])\nleft = 1"
    )
    for place in ("Harbour", "Hill"):
        monkeypatch.setenv("PLACE", place)
        said = executed(source, "done.ipynb").cells[0].outputs[0].text
        assert said == f"False {place}\n"


def test_what_a_dying_cell_said_is_in_the_error(made, tmp_path):
    source = made("import os\nos.write(2, b'out of memory\\n')\nos._exit(1)")
    with pytest.raises(SafelearnError, match="ended before the last") as caught:
        run(source, tmp_path / "done.ipynb")
    assert "out of memory" in caught.value.where


def test_papermill_finds_the_engine_by_its_name():
    (found,) = entry_points(group="papermill.engine", name="safelearn")
    assert found.load() is WarmEngine


def test_a_warm_process_that_was_ended_is_started_again(made):
    source = made("import os\nprint(os.getppid())")
    first = executed(source, "done.ipynb").cells[0].outputs[0].text
    os.kill(int(first), signal.SIGKILL)
    with suppress(ChildProcessError):  # unless its end was noticed already
        os.waitid(os.P_PID, int(first), os.WEXITED | os.WNOWAIT)
    second = executed(source, "done.ipynb").cells[0].outputs[0].text
    assert second not in (first, f"{os.getpid()}\n")
