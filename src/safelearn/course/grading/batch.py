"""Grade what was handed in: run the submissions side by side, then let nbgrader write one mark after the other.

A course and an assignment go in. A bad submission never stops the others. The marks stand in nbgrader's gradebook;
manual tasks, feedback and exports are its own. What was graded and has not changed is not graded again, so a batch
that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.classroom.api import last_words, nbgrader_of, quiet
from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.roster import read_roster
from safelearn.course.grading.gradebook import marked, marks_of, still_read
from safelearn.course.grading.once import once
from safelearn.course.grading.records import Record, read_record, write_record
from safelearn.course.grading.runs import Desk
from safelearn.course.modules import MORE, Module, find_module
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import NOTEBOOK as MOST
from safelearn.execution.handed_in import require_plain
from safelearn.execution.sandbox import walls
from safelearn.language import listing, t


def open_ahead(course: Path, assignment: str) -> None:
    """Begin to open the sandbox in which `grade` will run the notebooks, while this process imports nbgrader.

    Raises
    ------
    SafelearnError
        If the folder is no course, or the assignment is none.
    """
    course = course_folder(course)
    if "safelearn.course.grading.checker" in sys.modules:
        return  # there is nothing to import meanwhile
    # An exam has a sandbox of its own, which is opened once it is known that it may be graded.
    if not find_module(assignment).exam:
        more = os.environ.get(MORE, "")
        walls.open_ahead([Path(more)] if more else [], outside=[course])


def grade(
    course: Path,
    assignment: str,
    *,
    students: Iterable[str] = (),
    sandboxed: bool = True,
    again: bool = False,
    jobs: int = 0,
    on_student: Callable[[int, int, str], None] | None = None,
) -> list[Record]:
    """Grade the submissions of an assignment.

    Parameters
    ----------
    course : Path
        An nbgrader course made by `new_course`.
    assignment : str
        Such as ``05_rates``.
    students : iterable of str, optional
        Only these; else everybody who handed in.
    sandboxed : bool
        False to run trainees' code as whoever grades, with their files and their network.
    again : bool
        Run and grade also what was graded before and has not changed.
    jobs : int
        Notebooks that run at once; 0 for as many as there are processors.
    on_student : callable, optional
        Called as ``on_student(done, total, student)`` before each and once at the end.

    Returns
    -------
    list of Record
        One a submission: graded, or set aside with a reason and a remedy.

    Raises
    ------
    SafelearnError
        If the folder is no course of safelearn's, nobody handed in, the author's own code does not run, or
        this machine has no sandbox.
    """
    course = course_folder(course)
    module = find_module(assignment)
    wanted = handed_in(course, module, students)
    with quiet(), once():
        api = nbgrader_of(course)
        desk = desk_of(api, course, module, sandboxed=sandboxed, again=again)
        stamps = {student: _stamp(desk, student) for student in wanted}
        known = set() if again else marked(course, module)
        records = {}
        for student in wanted:
            old = read_record(course, module.name, student)
            if student in known and old and old.stamp == stamps[student]:
                records[student] = old
        todo = [student for student in wanted if student not in records]
        with side_by_side(desk, todo, jobs) as outcome_of:
            for student in todo:
                if on_student:
                    on_student(len(records), len(wanted), student)
                found = outcome_of(student) if desk.worker else None
                records[student] = mark_one(api, desk, student, found, stamps[student])
    if on_student:
        on_student(len(wanted), len(wanted), "")
    return [records[student] for student in wanted]


@contextmanager
def side_by_side(
    desk: Desk, students: Iterable[str], jobs: int = 0
) -> Iterator[Callable[[str], Record]]:
    """Run these submissions in processes of their own; the block asks for one after the other.

    Without a sandbox a submission runs when it is asked for.

    Raises
    ------
    SafelearnError
        If this machine has no sandbox: before anything is run.
    """
    from safelearn.course.grading.checker import assess_file

    def run(student: str) -> Record:
        return assess_file(
            desk, student, notebook_of(desk.course, desk.module, student)
        )

    if not desk.worker:
        yield run
        return
    desk.worker()
    pool = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
    try:
        running = {student: pool.submit(run, student) for student in students}
        yield lambda student: running[student].result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def mark_one(
    api: Any, desk: Desk, student: str, found: Record | None, stamp: str = ""
) -> Record:
    """Let nbgrader write one submission's marks; what it runs was run before, if `found` says so."""
    from safelearn.course.grading.checker import set_aside

    course, assignment = desk.course, desk.module.name
    if found is None:
        try:
            require_plain(notebook_of(course, desk.module, student).parent)
        except SafelearnError as error:
            found = set_aside(assignment, student, error)
    if found is not None and found.set_aside:
        write_record(course, found)
        return found
    before = read_record(course, assignment, student)
    digest = _digest(notebook_of(course, desk.module, student))
    same = before is not None and before.submission == digest
    marks = marks_of(course, desk.module, student).get(student, {}) if same else {}
    outcome: dict[str, Any] = {}
    for pause in (0.5, 2, 0):
        outcome = api.autograde(assignment, student, create=True, force=True)
        if outcome["success"] or "database is locked" not in str(outcome.get("error")):
            break
        time.sleep(pause)  # formgrader is writing
    if last_words(outcome).startswith("KeyboardInterrupt"):
        raise KeyboardInterrupt  # which nbgrader took for a failed notebook
    record = read_record(course, assignment, student) or Record(assignment, student)
    if outcome["success"]:
        record.submission = digest
        if same:
            still_read(course, desk.module, student, marks)
        # Only now: a record with a stamp has its marks in the gradebook.
        record.stamp = stamp or _stamp(desk, student)
        record.graded_at = datetime.now(UTC).isoformat(timespec="seconds")
        desk.forget(student)
    elif not record.set_aside:
        record.set_aside = t("nbgrader could not grade this submission.")
        record.remedy = last_words(outcome)
        record.tasks = []
    write_record(course, record)
    return record


def handed_in(course: Path, module: Module, students: Iterable[str] = ()) -> list[str]:
    """Who handed in, in order; or these, if all of them did.

    Raises
    ------
    SafelearnError
        If nobody did, or one of these did not.
    """
    there = sorted(p.parent.name for p in course.glob(f"submitted/*/{module.name}"))
    wanted = sorted(set(students)) or there
    absent = [student for student in wanted if student not in there]
    if absent or not wanted:
        raise SafelearnError(
            t(
                "{names} did not hand in {assignment}.",
                names=listing(absent),
                assignment=module.name,
            )
            if absent
            else t("Nobody has handed in {assignment} yet.", assignment=module.name),
            where=str(course / "submitted"),
            remedy=t(
                "Collect the submissions first, with `nbgrader collect` or by copying them there."
            ),
        )
    return wanted


def notebook_of(course: Path, module: Module, student: str) -> Path:
    """Where a trainee's notebook lies when it was handed in."""
    return course / "submitted" / student / module.name / f"{NOTEBOOK}.ipynb"


def desk_of(
    api: Any, course: Path, module: Module, *, sandboxed: bool, again: bool = False
) -> Desk:
    """Where the submissions run, by the settings of the course.

    Raises
    ------
    SafelearnError
        If the module has no solutions here, or was changed since it was handed out.
    """
    from safelearn.course.grading.checker import Judge
    from safelearn.course.key import assignment_of

    assignment_of(module.id)
    _require_released(course, module)
    api.config.Judge.sandbox = sandboxed
    return Judge(config=api.config).desk(course, module, again=again)


def _require_released(course: Path, module: Module) -> None:
    """See that every task, with its points, is in the notebook that was handed out."""
    from safelearn.course.authoring.build import points_of
    from safelearn.course.grading.preflight import reference

    cells = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in reference(module, course).cells
    }
    changed = [
        task.id
        for task in module.tasks.values()
        if cells.get(task.id, {}).get("points") != points_of(task)
    ]
    if changed:
        raise SafelearnError(
            t("Tasks or their points were changed after they were handed out."),
            where=listing(changed),
            remedy=t(
                "Run `safelearn course new {course} {assignment}` once more, then grade.",
                course=course,
                assignment=module.name,
            ),
        )


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for path in files:
        # One that says it is huge is not read to find out what it is.
        plain = path.is_file() and path.stat().st_size <= MOST
        digest.update(path.read_bytes() if plain else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def _stamp(desk: Desk, student: str) -> str:
    """Fingerprint of all that a submission's marks depend on."""
    from safelearn.course.grading.runs import code, source

    own = notebook_of(desk.course, desk.module, student)
    given = desk.course / "release" / desk.module.name / own.name
    files = _digest(own, own.with_name("timestamp.txt"), given)
    due = read_roster(desk.course).due(desk.module, student)
    about = [source(desk.module), code(), asdict(desk.limits), desk.worker is None, due]
    return hashlib.sha256(repr([files, *about]).encode()).hexdigest()[:24]
