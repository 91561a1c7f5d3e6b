"""Run a trainee's notebook to its end, whatever its cells do, and see what each cell was given in.

A notebook and an environment go in; its cells come back with their outputs, together with the lines that each
cell wrote into the file of answers while it ran. **Nothing is fenced off here**: the code runs as the person
who grades, with their files and their network. Whoever uses this must say so in the record.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safelearn.execution.kernel import kernel_manager, last_line, quiet

#: Said in every record of a run, so that nobody takes it for more than it is.
SANDBOXED = False


@dataclass
class Run:
    """What became of a notebook.

    Attributes
    ----------
    written : dict of int to list of str
        By position of the cell, the lines it added to the file of answers, in order.
    stopped_at : int or None
        The cell at which the kernel died, or None if every cell was reached.
    reason : str
        What the kernel said when it died.
    """

    written: dict[int, list[str]] = field(default_factory=dict)
    stopped_at: int | None = None
    reason: str = ""


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
            if found := lines.read().splitlines():
                result.written[cell_index] = found

        client = NotebookClient(
            notebook,
            timeout=seconds,
            startup_timeout=120,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "TimeoutError",
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
