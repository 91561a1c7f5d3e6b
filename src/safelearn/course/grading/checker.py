"""The checker that nbgrader runs in place of its own executor, so that its gradebook keeps the marks.

``nbgrader_config.py`` of a course calls `configure`. From then on ``nbgrader autograde``, formgrader's button
and `batch.grade` do the same: a submission is mended where its meaning is certain and executed as the trainee who
handed it in, what its locked cells collected is compared with the author's solution on the same data, and the verdict
becomes the output of the grade cell, in the form that nbgrader reads as marks. A submission that cannot be graded, or
was worked on somebody else's data, is set aside, with the reason in its record, and the batch goes on.

The submission runs in a sandbox, which is opened once for a batch. Only where the instructor has said so
(`Judge.sandbox = False`) it runs without, as whoever grades; each record says which.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade
from traitlets import Bool, Integer

import safelearn
from safelearn.course.answers import MARK
from safelearn.course.classroom.api import own_tools
from safelearn.course.classroom.folder import course_of
from safelearn.course.exams.register import private_files, require_gradable
from safelearn.course.grading import feedback
from safelearn.course.grading.late import Penalties
from safelearn.course.grading.preflight import preflight, read_notebook, reference
from safelearn.course.grading.records import Record, write_record
from safelearn.course.grading.repair import mend
from safelearn.course.grading.runs import Desk, source
from safelearn.course.grading.verdicts import found, judge, verdict_outputs
from safelearn.course.modules import MORE, Module, find_module
from safelearn.course.source import CODE_STUB, TEXT_STUB
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import require_plain
from safelearn.execution.harmless import Harmless, markdown
from safelearn.execution.sandbox.walls import open_sandbox
from safelearn.execution.warm.client import Worker
from safelearn.execution.warm.jobs import Limits
from safelearn.language import t

#: Where what was found on the way waits, between nbgrader's two passes, in the notebook's metadata.
_TRACES = "safelearn"


def configure(config: Any) -> None:
    """Plug the checker into an nbgrader course (called from its ``nbgrader_config.py``)."""
    own_tools()
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.Autograde.exporter_class = Reader
    config.Autograde.sanitize_preprocessors = [
        Mend,
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
        Penalties,
        stock.CheckCellMetadata,
    ]
    # Formgrader and feedback show what trainees wrote in the browser of whoever looks.
    config.HTMLExporter.preprocessors = [Harmless]
    config.HTMLExporter.filters = {"markdown2html": markdown}
    feedback.use(config)
    if os.name == "posix":  # nowhere else does nbgrader have an exchange
        config.ExchangeFactory.collect = "safelearn.course.classroom.collect.Collect"


class Reader(NotebookExporter):
    """Reads a submission in any encoding and format; the file stays as it was handed in."""

    # What comes out is looked at before it is written, and not after each step on the way.
    optimistic_validation = Bool(True)

    def from_filename(
        self, filename: str, resources: dict | None = None, **kw: Any
    ) -> tuple:
        """Convert the notebook in a file."""
        resources = {} if resources is None else resources
        path = Path(filename)
        with _noted(resources.get("nbgrader")):
            notebook, told = read_notebook(path)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        resources[_TRACES] = told
        return self.from_notebook_node(notebook, resources=resources, **kw)


class Mend(NbGraderPreprocessor):
    """Before outputs are cleared, keep whose data the trainee's own run saw; then mend what is certain."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Leave both in the notebook's metadata."""
        about = resources["nbgrader"]
        course = course_of(about["db_url"])
        data = whose(nb)
        with _noted(about):
            module = find_module(about["assignment"])
            told = mend(nb, reference(module, course), module)
        repaired = [*resources.get(_TRACES, []), *told]
        nb.metadata[_TRACES] = {"data": data, "repaired": repaired}
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
        course = course_of(about["db_url"])
        traces = nb.metadata.pop(_TRACES, {})
        record = Record(about["assignment"], about["student"])
        record.repaired = traces.get("repaired", [])
        try:
            desk = self.desk(course, find_module(record.assignment))
            assess(nb, record, desk, traces.get("data", []))
            if record.note:
                self.log.warning("%s: %s", record.student, record.note)
        except (
            Exception
        ) as error:  # whatever it is, it is this submission's and no other's
            record = set_aside(record.assignment, record.student, error)
            self.log.error("%s: %s", record.student, record.set_aside)
            raise
        finally:
            write_record(course, record)
        return nb, resources

    def desk(self, course: Path, module: Module, *, again: bool = False) -> Desk:
        """Where this judge runs submissions."""
        limits = Limits(cell_seconds=self.seconds, seconds=self.total_seconds)
        if module.exam:
            require_gradable(course, module, sandboxed=self.sandbox)
        # The tasks of an exam are in no other sandbox, from which an earlier submission could tell them.
        shown = (course, module.folder) if module.exam else (course,)
        worker = (lambda: sandbox(*shown)) if self.sandbox else None
        return Desk(course, module, limits, worker, again)


def assess(nb: NotebookNode, record: Record, desk: Desk, seen: list[str]) -> None:
    """Run a whole notebook, judge what it hands in, and put both into the notebook and the record.

    Parameters
    ----------
    seen : list of str
        Fingerprints of the data that the trainee's own run saw.

    Raises
    ------
    SafelearnError
        If it was worked on somebody else's data, or the author's own code does not run.
    """
    module = desk.module
    with desk.drawn(record.student):
        key = desk.key(record.student)
        record.data, record.sandboxed = key.fingerprint, desk.worker is not None
        record.version = f"{safelearn.__version__} {source(module)}"
        _require_own(seen, key.fingerprint, record.student, module)
        ran = desk.ran(nb, record.student, key)
    # A cell can name another trainee in the middle of the run.
    _require_own(ran.data, key.fingerprint, record.student, module)
    ran.show(nb)
    record.note = ran.note
    verdicts, answers = judge(module, ran.given, key), found(module, ran.given, key)
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        task = module.tasks.get(name)
        if name in verdicts and cell.cell_type == "code":
            cell.outputs = verdict_outputs(verdicts[name], answers.get(name, []))
            # The record does not say which of two tasks was chosen.
            if not task.instead_of:
                record.tasks.append(verdicts[name])
        elif task is not None and cell.metadata.nbgrader.get("solution"):
            empty = determine_grade(cell)[0] == 0
            (record.unanswered if empty else record.waiting).append(name)


def _require_own(seen: list[str], own: str, student: str, module: Module) -> None:
    if any(data != own for data in seen):
        if module.exam:
            raise SafelearnError(
                t("This notebook was worked on the data of another trainee."),
                where=student,
                remedy=t(
                    "Ask both how that came about. If it is so with everybody, the tasks or safelearn were changed "
                    "after the exam was handed out: put back what was there then."
                ),
            )
        raise SafelearnError(
            t("This notebook was worked on the data of another trainee."),
            where=student,
            remedy=t(
                "Ask the trainee to start with `safelearn lab --trainee {student}`, run all cells, "
                "look at every answer again, and hand in once more. "
                "The same message comes if the versions of safelearn differ.",
                student=student,
            ),
        )


def assess_file(
    desk: Desk, student: str, notebook: Path, record: Record | None = None
) -> Record:
    """What grading this file would put into its record. nbgrader is not asked, and nothing is written to it."""
    record = record or Record(desk.module.name, student)
    try:
        require_plain(notebook.parent)
        checked = preflight(notebook, desk.module.id, desk.course)
        record.repaired = list(checked.repaired)
        assess(checked.notebook, record, desk, whose(checked.notebook))
    except Exception as error:  # whatever it is, it is this submission's and no other's
        return set_aside(record.assignment, student, error)
    return record


def set_aside(assignment: str, student: str, error: Exception) -> Record:
    """The record of a submission that cannot be graded, with the reason and what to do."""
    record = Record(assignment, student)
    if isinstance(error, SafelearnError):
        record.set_aside, record.remedy = error.what, error.remedy
    else:
        record.set_aside = t(
            "Grading this submission failed: {error}", error=repr(error)
        )
        record.remedy = t("Look at the notebook by hand; the others are not concerned.")
    return record


@lru_cache(maxsize=1)
def sandbox(course: Path, exam: Path | None = None) -> Worker:
    """The sandbox of this process, opened when first asked for, from which `course` must not be seen.

    Parameters
    ----------
    exam : Path, optional
        The private folder of the exam whose submissions run in it.

    Raises
    ------
    SafelearnError
        If this machine has none that holds.
    """
    more = [Path(folder)] if (folder := os.environ.get(MORE, "")) else []
    hidden = [course]
    if exam is not None:
        more, hidden = [*more, exam], [course, *private_files(course, exam.name)]
    worker = open_sandbox(more, outside=hidden)
    atexit.register(worker.close)
    return worker


def whose(nb: NotebookNode) -> list[str]:
    """Fingerprints of the data that `check` saw when the trainee ran the notebook."""
    return sorted({mark["data"] for mark in _marks(nb)})


@contextmanager
def _noted(about: dict[str, str] | None) -> Iterator[None]:
    """Whatever stops a submission here stands in its record."""
    try:
        yield
    except Exception as error:
        if about:
            record = set_aside(about["assignment"], about["student"], error)
            write_record(course_of(about["db_url"]), record)
        raise


def _marks(nb: NotebookNode) -> Iterator[dict[str, str]]:
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            mark = output.get("metadata", {}).get(MARK)
            if isinstance(mark, dict) and isinstance(mark.get("data"), str):
                yield mark
