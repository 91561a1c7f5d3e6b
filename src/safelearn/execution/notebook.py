"""Execute a notebook from top to bottom, as a person would who opens it and runs all its cells.

In goes a notebook with a cell tagged ``parameters`` and the values for it; out comes the same notebook with
its outputs, written only when every cell has run. It runs in this Python and no other, which needs no network and
ignores the user's own start-up files: in a fork of a warm process, or in a kernel (see `engine`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.execution.engine import WarmEngine
from safelearn.execution.fork import WARM
from safelearn.execution.kernel import quiet
from safelearn.language import listing, number, t

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def run(
    source: Path,
    target: Path,
    parameters: dict[str, Any] | None = None,
    *,
    cwd: Path | None = None,
    on_cell: Callable[[int, int], None] | None = None,
) -> None:
    """Execute the notebook `source` and write it with its outputs to `target`.

    Parameters
    ----------
    source, target : Path
        Notebooks (``.ipynb``). `target` is replaced in one step, and only if no cell failed.
    parameters : dict, optional
        Values for the names in the cell tagged ``parameters``; a path is passed on as text.
    cwd : Path, optional
        The folder in which the cells run; by default the folder of `source`.
    on_cell : callable, optional
        Called as ``on_cell(done, total)`` after each code cell.

    Raises
    ------
    SafelearnError
        If a parameter is unknown, a cell fails or its Python dies. What the cell said stands in the error;
        the whole traceback is its cause.
    """
    WARM.start()  # it imports while this process does
    from papermill import execute_notebook
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    # An installation of which only the files were brought up to date does not know it yet.
    papermill_engines.register("safelearn", WarmEngine)
    source, target = Path(source).resolve(), Path(target).resolve()
    values = {
        name: str(value) if isinstance(value, os.PathLike) else value
        for name, value in (parameters or {}).items()
    }
    notebook = _read(source)
    _refuse_unknown(source, notebook, values)
    total = len(notebook.cells) + bool(values)

    def count(cell: Any, cell_index: int) -> None:
        if on_cell is not None:
            on_cell(cell_index + 1, total)

    with quiet():
        try:
            done = execute_notebook(
                notebook,
                None,
                values,
                engine_name="safelearn",
                kernel_name="python3",
                progress_bar=False,
                start_timeout=120,
                # What a cell prints is one output, however slowly it came: two runs show the same.
                coalesce_streams=True,
                resources={"metadata": {"path": str(cwd or source.parent)}},
                on_cell_complete=count,
            )
        except PapermillExecutionError as error:
            raise _failed(source, error) from error
        except RuntimeError as error:  # nbclient: the kernel died, or never answered
            raise SafelearnError(
                t("The notebook stopped: its Python ended before the last cell."),
                where=f"{source.name} {error}".strip(),
                remedy=t("It may have run out of memory. Close programs, try again."),
            ) from error
    # Machine paths have no place in a notebook that may be published.
    done.metadata.papermill.update(
        input_path=source.name, output_path=target.name, environment_variables={}
    )
    _write(done, target)


def _read(source: Path) -> Any:
    import nbformat

    try:
        with quiet():
            notebook = nbformat.read(source, as_version=4)
    except FileNotFoundError:
        raise SafelearnError(
            t("There is no such notebook."), where=str(source)
        ) from None
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise SafelearnError(
            t("This file is not a notebook, or it was damaged."),
            where=str(source),
            remedy=t("Take the original file again."),
        ) from error
    # Whatever kernel its last editor had, it runs in this Python.
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def _refuse_unknown(source: Path, notebook: Any, values: dict[str, Any]) -> None:
    if not values:
        return
    from papermill import inspect_notebook

    with quiet():
        known = sorted(inspect_notebook(notebook))
    unknown = [name for name in values if name not in known]
    if unknown:
        raise SafelearnError(
            t("The notebook has no parameter {name}.", name=unknown[0]),
            where=source.name,
            remedy=t("Its parameters are: {names}.", names=listing(known) or "–"),
        )


def _failed(source: Path, error: Any) -> SafelearnError:
    said = _COLOURS.sub("", str(error.evalue)).strip()
    if error.ename in ("SafelearnError", "Refused"):
        # The sentences of safelearn itself: they say what to do, so nothing is put around them.
        what, *rest = said.splitlines() or [""]
        where, remedy = [*[""] * (2 - len(rest)), *rest][-2:]
        return SafelearnError(what, where=where or source.name, remedy=remedy)
    first = next((x for x in error.source.splitlines() if x.strip()), "")
    return SafelearnError(
        t(
            "Cell {n} of the notebook failed: {kind}: {message}",
            n=number(error.exec_count or error.cell_index + 1),
            kind=error.ename,
            message=said,
        ),
        where=f"{source.name}: {first.strip()}",
        remedy=t("Run the command again with --debug to see where it happened."),
    )


def _write(notebook: Any, target: Path) -> None:
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        text = nbformat.writes(notebook) + "\n"
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
