"""Run a trainee's notebook to its end, whatever its cells do, and see what each cell handed in.

A notebook and an environment go in; its cells come back with their outputs, together with the lines that each
cell wrote into the file of answers while it ran. `shut_in` does it in a sandbox. In `execute` **nothing is fenced
off**: the code runs in a kernel as the person who grades, with their files and their network.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safelearn.execution.kernel import kernel_manager, last_line, quiet
from safelearn.execution.sandbox.walls import ANSWERS
from safelearn.execution.warm.client import Prepared, Worker
from safelearn.execution.warm.jobs import Limits
from safelearn.language import t

_LATE = "CellTimeout"


@dataclass
class Run:
    """What became of a notebook.

    Attributes
    ----------
    written : dict of int to list of str
        By position of the cell, the lines it added to the file of answers, in order.
    stopped_at : int or None
        The cell at which it ended, or None if every cell was reached.
    reason : str
        Why it ended there.
    late : tuple of int
        Cells that were interrupted because they took too long.
    """

    written: dict[int, list[str]] = field(default_factory=dict)
    stopped_at: int | None = None
    reason: str = ""
    late: tuple[int, ...] = ()


def shut_in(
    notebook: Any,
    worker: Worker | Prepared,
    *,
    environment: dict[str, str],
    limits: Limits,
) -> Run:
    """Run all cells of `notebook` in place, in a sandbox, going on past cells that fail.

    Parameters
    ----------
    notebook : NotebookNode
        Its code cells get their outputs; one that was never reached says so.
    worker : Worker or Prepared
        From `sandbox.walls.open_sandbox`, or a fork of it in which the trainee's data are drawn.
    environment : dict
        Variables that say who the trainee is, and that cells hand in to `ANSWERS`.
    limits : Limits
        What the notebook may take.
    """
    import nbformat

    cells = [
        (index, cell.source)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.source.strip()
    ]
    done = worker.run(
        cells,
        environment=environment,
        answers=ANSWERS,
        limits=limits,
    )
    for index, _ in cells:
        cell = notebook.cells[index]
        cell.execution_count = done.counts.get(index)
        shown = done.outputs.get(index, [_not_reached(done.reason)])
        cell.outputs = [nbformat.from_dict(output) for output in shown]
    run = Run({index: lines for index, lines in done.lines.items() if lines})
    run.late = done.late
    if done.ended != "well":
        run.stopped_at, run.reason = done.at, done.reason
        if run.stopped_at is None:
            run.stopped_at = cells[0][0] if cells else 0
    return run


def _not_reached(reason: str) -> dict[str, Any]:
    said = t("This cell did not run to its end: {reason}.", reason=reason)
    return {
        "output_type": "error",
        "ename": "NotRun",
        "evalue": said,
        "traceback": [said],
    }


def execute(
    notebook: Any,
    answers: Path,
    *,
    environment: dict[str, str],
    cwd: Path,
    seconds: int,
) -> Run:
    """Run all cells of `notebook` in place, going on past cells that fail.

    Parameters
    ----------
    notebook : NotebookNode
        Its code cells get their outputs.
    answers : Path
        A file to which cells may append lines.
    environment : dict
        Variables set for the kernel besides those of this process.
    cwd : Path
        The folder in which the cells run.
    seconds : int
        A cell that takes longer is interrupted, and the next one runs.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    answers.touch()
    result = Run()
    # The file is open all along: a cell that replaces it does not reach the lines that count.
    with (
        answers.open(encoding="utf-8", errors="replace") as lines,
        kernel_manager() as (manager, said),
        quiet(),
    ):
        reached = 0

        def begin(cell: Any, cell_index: int) -> None:
            nonlocal reached
            reached = cell_index
            lines.read()

        def done(cell: Any, cell_index: int, **_: Any) -> None:
            if any(o.get("ename") == _LATE for o in cell.get("outputs", ())):
                result.late += (cell_index,)
            if found := lines.read().splitlines():
                result.written[cell_index] = found

        client = NotebookClient(
            notebook,
            timeout=seconds,
            startup_timeout=120,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": _LATE,
                "evalue": f"longer than {seconds} s",
                "traceback": [f"This cell was stopped after {seconds} seconds."],
            },
            allow_errors=True,
            kernel_name="python3",
            kernel_manager_class=manager,
            resources={"metadata": {"path": str(cwd)}},
            on_cell_execute=begin,
            on_cell_executed=done,
        )
        try:
            client.execute(env={**os.environ, **environment})
        except DeadKernelError:
            result.stopped_at, result.reason = reached, last_line(said)
    return result
