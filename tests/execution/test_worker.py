"""A warm worker runs a notebook as a kernel does, many at once, and outlives whatever a job does."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from safelearn.execution.submission import execute
from safelearn.execution.warm.client import Prepared, Worker
from safelearn.execution.warm.jobs import Limits

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="fork and pidfd are Linux's"
)
FEW = (
    *("numpy", "pandas", "matplotlib.pyplot", "matplotlib_inline.backend_inline"),
    *("IPython", "ipykernel.jsonutil"),
)


@pytest.fixture(scope="module")
def worker():
    with Worker(preload=FEW) as opened:
        yield opened


@pytest.fixture
def run(worker, tmp_path):
    def given(*cells, limits=None, name="answers"):
        where = str(tmp_path / name)
        return worker.run(
            list(enumerate(cells)),
            environment={"WHERE": where},
            answers=where,
            limits=limits or Limits(cell_seconds=20, seconds=60),
            cwd=str(tmp_path),
        )

    return given


AS_A_KERNEL = {
    "print": "print('a', end='')\nprint('b')\nimport sys\nprint('c', file=sys.stderr)\nprint('d')",
    "value": "1 + 1",
    "quiet": "1 + 1;",
    "table": "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "display": "from IPython.display import display, HTML\ndisplay(3)\ndisplay(HTML('<b>x</b>'))\n4",
    "error": "def f():\n    return 1 / 0\nf()",
    "syntax": "x = = 1",
    "exit": "raise SystemExit(3)",
    "cleared": "from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)",
    "magic": "%%time\nx = 1",
    "await": "import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0, 7)",
    "warning": "import warnings\nwarnings.warn('careful')",
    "under": "_",
}


@pytest.fixture(scope="module")
def both(worker, tmp_path_factory):
    """The same cells in a kernel and in the worker."""
    folder = tmp_path_factory.mktemp("both")
    notebook = new_notebook(cells=[new_code_cell(c) for c in AS_A_KERNEL.values()])
    execute(notebook, folder / "a", environment={}, cwd=folder, seconds=30)
    cells = list(enumerate(AS_A_KERNEL.values()))
    here = str(folder / "b")
    done = worker.run(
        cells, environment={}, answers=here, limits=Limits(), cwd=here[:-1]
    )
    return dict(zip(AS_A_KERNEL, range(99), strict=False)), notebook, done


@pytest.mark.parametrize("name", [name for name in AS_A_KERNEL if name != "magic"])
def test_a_cell_shows_what_it_shows_in_a_kernel(both, name):
    places, notebook, done = both
    cell = notebook.cells[places[name]]
    assert done.counts[places[name]] == cell.execution_count
    ours = [nbformat.from_dict(output) for output in done.outputs[places[name]]]
    assert plain(ours) == plain(cell.outputs)
    for stream in ("stdout", "stderr"):
        assert printed(ours, stream) == printed(cell.outputs, stream)


def plain(outputs):
    """Errors and shown values, without the colours of a traceback."""
    return [
        (o.ename, o.evalue)
        if o.output_type == "error"
        else (o.output_type, dict(o.data), o.get("execution_count"))
        for o in outputs
        if o.output_type != "stream"
    ]


def printed(outputs, name):
    """All of a stream: a kernel may give it in more pieces. A warning begins with the file's name."""
    text = "".join(o.text for o in outputs if o.get("name") == name)
    return text.rsplit(": ", 1)[-1]


def test_a_figure_is_a_picture_where_it_was_drawn(run):
    done = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "plt.gcf().number")
    (shown,) = done.outputs[0]
    assert shown["output_type"] == "display_data"
    assert shown["data"]["image/png"].startswith("iVBOR")
    assert done.ended == "well"


def test_a_map_is_a_frame(run):
    (shown,) = run("import folium\nfolium.Map([0, 0])").outputs[0]
    assert "<iframe" in shown["data"]["text/html"]


def test_a_late_cell_is_stopped_and_the_next_one_runs(run):
    limits = Limits(cell_seconds=1, seconds=30)
    done = run("x = 1\nwhile True: pass", "print(x)", limits=limits)
    assert (done.late, done.ended) == ((0,), "well")
    assert done.outputs[0][-1]["ename"] == "CellTimeout"
    assert done.outputs[1][0]["text"] == "1\n"


def test_a_notebook_has_a_time_of_its_own(run):
    cell = "import time\ntime.sleep(0.8)"
    done = run(*[cell] * 9, limits=Limits(cell_seconds=5, seconds=2))
    assert (done.ended, done.reason) == ("stopped", "the time was over")
    assert 1 <= len(done.outputs) < 9


def test_one_that_dies_keeps_what_it_had_said(run):
    done = run("print(1)", "import os\nos._exit(5)", "print(3)")
    assert (done.ended, done.at) == ("died", 1)
    assert "status 5" in done.reason
    assert list(done.outputs) == [0]


def test_what_a_cell_hands_in_is_its_own(run):
    say = "import os\nopen(os.environ['WHERE'], 'a').write('{}\\n')"
    done = run(say.format("one"), "1", say.format("two") + "\n" + say.format("three"))
    assert done.lines == {0: ["one"], 1: [], 2: ["two", "three"]}


def test_nothing_of_one_job_is_in_the_next(run):
    run(
        "import pandas as pd\npd.read_csv = None\nleft = 1\nimport numpy as np\nnp.random.rand()"
    )
    done = run(
        "import pandas as pd, numpy as np\npd.read_csv is None, 'left' in globals(), np.random.rand()"
    )
    again = run("import numpy as np\nnp.random.rand()")
    text = done.outputs[0][0]["data"]["text/plain"]
    assert text.startswith("(False, False")
    assert again.outputs[0][0]["data"]["text/plain"].strip("np.float64()") in text


def test_jobs_run_side_by_side_and_each_gets_its_own(run):
    def one(n):
        code = f"import os\nopen(os.environ['WHERE'], 'a').write('{n}\\n')\nprint({n})"
        return run(code, "1 / 0", name=f"answers{n}")

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(12)))
    assert [done.lines[0] for done in found] == [[str(n)] for n in range(12)]
    assert [done.outputs[0][0]["text"] for done in found] == [
        f"{n}\n" for n in range(12)
    ]
    assert {done.ended for done in found} == {"well"}


def test_a_worker_that_is_killed_costs_no_job_its_result(worker, run):
    first = worker._process.pid
    started = worker._starts

    def kill():
        os.kill(first, signal.SIGKILL)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(run, "import time\ntime.sleep(2)\nprint('done')")
        other = pool.submit(run, "import time\ntime.sleep(2)\nprint('too')", name="b")
        kill()
        assert slow.result().outputs[0][0]["text"] == "done\n"
        assert other.result().outputs[0][0]["text"] == "too\n"
    assert worker._starts == started + 1
    assert worker._process.pid != first


#: What is called first here: it leaves a mark on each call, and a seed that is not the one to begin with.
FIRST = """
import os
import numpy as np

def draw(name):
    with open(os.environ["MARKS"], "a") as file:
        file.write(name)
    drawn.append(name + str(np.random.rand()))

def fail(name):
    draw(name)
    raise ValueError(name)

def hang(name):
    draw(name)
    while True:
        pass

drawn = []
"""


@pytest.fixture(scope="module")
def drawing(tmp_path_factory):
    """A worker that can import the module above."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "first_of_all.py").write_text(FIRST, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        with Worker(preload=FEW) as opened:
            yield opened


@pytest.fixture
def prepared(drawing, tmp_path):
    """Run cells in a place where a function of that module was called first."""
    places = []

    def place(function="draw", seconds=30):
        where = {"MARKS": str(tmp_path / "marks"), "WHERE": str(tmp_path / "answers")}
        made = Prepared(
            lambda: drawing,
            "first_of_all",
            function,
            ["ana"],
            environment=where,
            seconds=seconds,
        )
        places.append(made)

        def run(*cells):
            return made.run(
                list(enumerate(cells)),
                environment={},
                answers=where["WHERE"],
                limits=Limits(cell_seconds=20, seconds=60),
                cwd=str(tmp_path),
            )

        return made, run

    yield place
    for made in places:
        made.__exit__()


SEEN = "import first_of_all\nprint(len(first_of_all.drawn))"
RANDOM = "import numpy as np\nprint(np.random.rand())"


def said(done, cell=0):
    return done.outputs[cell][0]["text"]


def test_what_comes_first_is_done_once_for_all_jobs_and_none_sees_another(
    prepared, tmp_path
):
    _, run = prepared()
    assert not (tmp_path / "marks").exists()
    first = run("import first_of_all\nfirst_of_all.drawn.append('key')", SEEN, RANDOM)
    second = run(SEEN, "print('left' in globals())", RANDOM)
    assert (said(first, 1), said(second), said(second, 1)) == ("2\n", "1\n", "False\n")
    assert (tmp_path / "marks").read_text(encoding="utf-8") == "ana"
    # Whatever was drawn, every notebook begins with the same random numbers.
    assert said(first, 2) == said(second, 2)
    assert second.counts == {0: 1, 1: 2, 2: 3}


def test_what_fails_or_hangs_at_first_is_left_to_the_cells(prepared, tmp_path):
    for function, seconds in (("fail", 30), ("hang", 0.5)):
        _, run = prepared(function, seconds)
        done = run("print('ran')")
        assert (done.ended, said(done)) == ("well", "ran\n")
    assert (tmp_path / "marks").read_text(encoding="utf-8") == "anaana"


def test_a_place_that_is_killed_costs_no_job_its_result(prepared):
    _, run = prepared()
    # Its parent's parent: the runner, the supervisor, and the place from which they were forked.
    status = "open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1]"
    found = said(run(f"import os\nprint({status})"))
    os.kill(int(found), signal.SIGKILL)
    assert said(run("print('done')")) == "done\n"


def test_a_place_ends_when_nobody_needs_it(prepared):
    made, run = prepared()
    status = "open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1]"
    found = said(run(f"import os\nprint({status})")).strip()
    made.__exit__()
    until = time.monotonic() + 20
    there = Path("/proc", found)
    while there.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not there.exists()


def test_a_worker_that_does_not_start_says_why():
    from safelearn.errors import SafelearnError

    with pytest.raises(SafelearnError, match="did not start") as caught:
        Worker(preload=("no_such_module",)).start()
    assert "no_such_module" in caught.value.where
    with pytest.raises(SafelearnError, match="did not start"):
        Worker(command=("/no/such/python",)).start()
