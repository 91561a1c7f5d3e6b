"""The checker that nbgrader runs in place of its own executor, so that its gradebook keeps the marks.

``nbgrader_config.py`` of a course calls `configure`. From then on ``nbgrader autograde``, formgrader's button
and `grading.grade` do the same: a submission is executed as the trainee who handed it in, what its locked
cells collected is compared with the author's solution on the same data, and the verdict becomes the output of
the grade cell, in the form that nbgrader reads as marks. A submission that was worked on somebody else's data
is set aside, with the reason in its record, and the batch goes on.

The submission runs in a sandbox, which is opened once for a batch. Only where the instructor has said so
(`Judge.sandbox = False`) it runs without, as whoever grades; each record says which.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import preprocessors as stock
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Integer

from safelearn.course.answers import COLLECT, MARK
from safelearn.course.comparison import recognise, score
from safelearn.course.key import Key, key_for
from safelearn.course.modules import MORE, Task, find_module
from safelearn.course.records import Record, TaskRecord, write_record
from safelearn.course.source import CODE_STUB, TEXT_STUB
from safelearn.errors import SafelearnError
from safelearn.execution import submission
from safelearn.execution.sandbox.walls import ANSWERS, open_sandbox
from safelearn.execution.warm.client import Worker
from safelearn.execution.warm.jobs import Limits
from safelearn.language import listing, number, t

#: Where the traces of the trainee's own run wait, between nbgrader's two passes, in the notebook's metadata.
_TRACES = "safelearn"


def configure(config: Any) -> None:
    """Plug the checker into an nbgrader course (called from its ``nbgrader_config.py``)."""
    own_tools()
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.Autograde.sanitize_preprocessors = [
        KeepTraces,
        stock.ClearOutput,
        stock.DeduplicateIds,
        stock.OverwriteKernelspec,
        stock.OverwriteCells,
        stock.CheckCellMetadata,
    ]
    config.Autograde.autograde_preprocessors = [
        Judge,
        stock.IgnorePattern,
        ClearMetadataPreprocessor,
        stock.LimitOutput,
        stock.SaveAutoGrades,
        stock.AssignLatePenalties,
        stock.CheckCellMetadata,
    ]
    # A deleted grade cell would otherwise leave its task waiting for a person for ever.
    config.OverwriteCells.add_missing_cells = True


def own_tools() -> None:
    """Let nbgrader find ``alembic``, which it calls by name, beside this Python."""
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ.get("PATH", "")])


class KeepTraces(NbGraderPreprocessor):
    """Before outputs are cleared, keep whose data the trainee's own run of `check` saw."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Gather the marks from the outputs into the notebook's metadata."""
        data = sorted({mark["data"] for mark in _marks(nb)})
        nb.metadata[_TRACES] = {"data": data}
        return nb, resources


class Judge(NbGraderPreprocessor):
    """Execute, compare, and write verdicts."""

    seconds = Integer(
        60, help="A cell that runs longer is interrupted, and the next one runs."
    ).tag(config=True)
    total_seconds = Integer(
        300, help="A notebook that runs longer is ended; what it handed in counts."
    ).tag(config=True)
    sandbox = Bool(
        True, help="Without it, trainees' code runs with your files and your network."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Give the notebook the outputs of its run, and grade cells the outputs of the verdict."""
        about = resources["nbgrader"]
        record = Record(about["assignment"], about["student"])
        folder = _course_of(about["db_url"])
        try:
            self._judge(nb, record, folder)
        except SafelearnError as error:
            record.set_aside, record.remedy = error.what, error.remedy
            self.log.error("%s: %s", record.student, error)
            raise
        finally:
            write_record(folder, record)
        return nb, resources

    def _judge(self, nb: NotebookNode, record: Record, course: Path) -> None:
        module = find_module(record.assignment)
        key = key_for(module.id, record.student)
        record.data = key.fingerprint
        seen = nb.metadata.pop(_TRACES, {}).get("data", [])
        if any(data != key.fingerprint for data in seen):
            raise SafelearnError(
                t("This notebook was worked on the data of another trainee."),
                where=record.student,
                remedy=t(
                    "Ask the trainee to start with `safelearn lab --trainee {student}`, run all cells, "
                    "look at every answer again, and hand in once more. "
                    "The same message comes if the versions of safelearn differ.",
                    student=record.student,
                ),
            )
        given = self._run(nb, record, course)
        for cell in nb.cells:
            task = module.tasks.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if task is None or not task.automatic or cell.cell_type != "code":
                continue
            verdict = _verdict(task, given.get(task.id), key)
            if other := module.alternative(task.id):
                verdict = _better(verdict, _verdict(other, given.get(other.id), key))
            if not task.instead_of:
                # The record does not say which of two tasks was chosen.
                record.tasks.append(verdict)
            cell.outputs = verdict_outputs(verdict)

    def _run(
        self, nb: NotebookNode, record: Record, course: Path
    ) -> dict[str, dict[str, Any]]:
        who = {
            "SAFELEARN_TRAINEE": record.student,
            "JUPYTERHUB_USER": record.student,
        }
        record.sandboxed = self.sandbox
        if self.sandbox:
            run = submission.shut_in(
                nb,
                sandbox(course),
                environment={**who, COLLECT: ANSWERS},
                limits=Limits(cell_seconds=self.seconds, seconds=self.total_seconds),
            )
        else:
            with tempfile.TemporaryDirectory(prefix="sl-") as folder:
                lines = Path(folder) / "answers.jsonl"
                run = submission.execute(
                    nb,
                    lines,
                    environment={**who, COLLECT: str(lines)},
                    cwd=Path(folder),
                    seconds=self.seconds,
                )
        record.note = _note(run)
        if record.note:
            self.log.warning("%s: %s", record.student, record.note)
        given = {}
        for index, cell in enumerate(nb.cells):
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            for line in run.written.get(index, []):
                # Only what the locked cell of a task collected counts, and of that the last.
                entry = _entry(line)
                if entry.get("task") == name and isinstance(entry.get("answers"), dict):
                    given[name] = entry["answers"]
        return given


@lru_cache(maxsize=1)
def sandbox(course: Path) -> Worker:
    """The sandbox of this process, opened when first asked for, from which `course` must not be seen.

    Raises
    ------
    SafelearnError
        If this machine has none that holds.
    """
    more = os.environ.get(MORE, "")
    worker = open_sandbox([Path(more)] if more else [], outside=[course])
    atexit.register(worker.close)
    return worker


def _note(run: submission.Run) -> str:
    """What an instructor should know of a run, even where marks are full."""
    told = []
    if run.stopped_at is not None:
        told.append(
            t(
                "The run ended early, at cell {n}: {reason}",
                n=number(run.stopped_at + 1),
                reason=run.reason,
            )
        )
    told += [
        t("Cell {n} was stopped because it took too long.", n=number(cell + 1))
        for cell in run.late
    ]
    return " ".join(told)


def preflight(notebook: Path, module: str) -> None:
    """Refuse a submission that nbgrader could not grade, saying what is wrong with it.

    Raises
    ------
    SafelearnError
        If the file is not a notebook, a graded cell is missing, or one is there twice.
    """
    import nbformat

    try:
        nb = nbformat.read(notebook, as_version=4)
    except FileNotFoundError:
        raise SafelearnError(
            t("The notebook {name} was not handed in.", name=notebook.name),
            remedy=t("Ask for it; perhaps it was saved under another name."),
        ) from None
    except Exception as error:  # JSON and schema errors of many kinds
        raise SafelearnError(
            t("The file is damaged and is no notebook."),
            remedy=t("Ask the trainee to download it from JupyterLab once more."),
        ) from error
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    expected = [f"{task}" for task in find_module(module).tasks]
    double = sorted({name for name in names if name and names.count(name) > 1})
    missing = [name for name in expected if name not in names]
    if double:
        raise SafelearnError(
            t("A cell is there twice: {names}.", names=listing(double)),
            remedy=t("Ask the trainee to delete the copy, and to hand in once more."),
        )
    if len(missing) == len(expected):
        raise SafelearnError(
            t("The notebook has lost the marks by which its tasks are found."),
            remedy=t(
                "It was saved by a program that drops them. Ask the trainee to copy the answers into a fresh one."
            ),
        )


def verdict_outputs(verdict: TaskRecord) -> list[NotebookNode]:
    """The outputs that nbgrader reads as these marks, and the trainee as the reason.

    An error is 0, a number is a part, anything else is everything: nbgrader's own rule.
    """
    # A notebook breaks long lines of plain text inside a word.
    lines = [verdict.sentence, *verdict.messages]
    text = "\n".join(textwrap.fill(line, 84, subsequent_indent="  ") for line in lines)
    if verdict.points == 0:
        return [
            new_output(
                "error",
                ename=t("Not yet right"),
                evalue=verdict.sentence,
                traceback=[f"✗ {text}"],
            )
        ]
    shown = new_output("stream", name="stdout", text=text + "\n")
    if verdict.points == verdict.most:
        return [shown]
    part = new_output(
        "execute_result",
        data={"text/plain": f"{verdict.points:g}"},
        execution_count=None,
    )
    return [shown, part]


def _verdict(task: Task, given: dict[str, Any] | None, key: Key) -> TaskRecord:
    right = key.right[task.id]
    most = number(task.points, _digits(task.points))
    if not given:
        sentence = t("0 of {most} points: no answer of the right form.", most=most)
        return TaskRecord(task.id, 0.0, task.points, [], sentence, [])
    points = score(given, right, task)
    known = recognise(given, right, key.wrong.get(task.id, {}), task)
    if points == task.points:
        sentence = t("{most} of {most} points.", most=most)
        return TaskRecord(task.id, points, task.points, [], sentence, [])
    sentence = t(
        "{points} of {most} points.", points=number(points, _digits(points)), most=most
    )
    told = [key.messages[task.id][name] for name in known]
    if len(told) > 1:
        told = [t("One of these happened:"), *[f"– {message}" for message in told]]
    return TaskRecord(task.id, points, task.points, known, sentence, told)


def _better(verdict: TaskRecord, other: TaskRecord) -> TaskRecord:
    """Of a task and the one done instead of it, the better, as if it were the first."""
    return (
        replace(other, task=verdict.task) if other.points > verdict.points else verdict
    )


def _digits(points: float) -> int:
    return 0 if float(points).is_integer() else 2


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _marks(nb: NotebookNode) -> Iterator[dict[str, str]]:
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            mark = output.get("metadata", {}).get(MARK)
            if isinstance(mark, dict) and isinstance(mark.get("data"), str):
                yield mark


def _course_of(db_url: str) -> Path:
    return Path(db_url.removeprefix("sqlite:///")).parent
