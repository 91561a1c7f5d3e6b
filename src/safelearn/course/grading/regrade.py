"""After a task was mended: which marks change, and for what reason?

A course and an assignment go in, whose module may have been mended since it was graded. Out comes every mark that
would change. Only with a reason is anything written: the reason and the changes into ``records/regrades.jsonl``, then
the marks into nbgrader's gradebook. What a person has given stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safelearn.course.classroom.api import nbgrader_of, quiet
from safelearn.course.classroom.folder import course_folder
from safelearn.course.grading.batch import desk_of, handed_in, mark_one, side_by_side
from safelearn.course.grading.gradebook import marked, marks_of
from safelearn.course.grading.once import once
from safelearn.course.grading.records import FOLDER, Record
from safelearn.course.modules import find_module
from safelearn.errors import SafelearnError
from safelearn.language import t

LOG = "regrades.jsonl"


@dataclass(frozen=True)
class Change:
    """One mark that is not what it was.

    Attributes
    ----------
    before : float or None
        The automatic points in the gradebook; None if there were none.
    after : float
        What they are now.
    by_hand : float or None
        Points that a person has given instead: these count, before and after.
    """

    student: str
    task: str
    before: float | None
    after: float
    by_hand: float | None = None


@dataclass(frozen=True)
class Regrade:
    """What grading again changes.

    Attributes
    ----------
    changes : tuple of Change
        By student and task.
    looked_at : int
        Submissions that have marks.
    set_aside : tuple of Record
        Those that cannot be graded now; their marks stay.
    written : bool
        Whether the gradebook was changed.
    """

    changes: tuple[Change, ...]
    looked_at: int
    set_aside: tuple[Record, ...]
    written: bool


def regrade(
    course: Path,
    assignment: str,
    *,
    students: Iterable[str] = (),
    reason: str = "",
    sandboxed: bool = True,
    on_student: Callable[[int, int, str], None] | None = None,
) -> Regrade:
    """Show which marks change, and with a reason change them.

    Parameters
    ----------
    course : Path
        A course of safelearn's.
    assignment : str
        Such as ``05_rates``.
    students : iterable of str, optional
        Only these; else all that have marks.
    reason : str
        Why marks are changed; without it nothing is written.
    sandboxed : bool
        False to run trainees' code as whoever grades.
    on_student : callable, optional
        Called as ``on_student(done, total, student)``.

    Raises
    ------
    SafelearnError
        If the folder is no course, nobody has marks, or this machine has no sandbox.
    """
    course = course_folder(course)
    module = find_module(assignment)
    known = marked(course, module)
    wanted = [
        student for student in handed_in(course, module, students) if student in known
    ]
    if not wanted:
        raise SafelearnError(
            t("Nobody has marks in {assignment} yet.", assignment=module.name),
            where=str(course),
            remedy=t("Grade first, with `safelearn course grade`."),
        )
    with quiet(), once():
        api = nbgrader_of(course)
        desk = desk_of(api, course, module, sandboxed=sandboxed)
        marks = marks_of(course, module)
        total = len(wanted) * (2 if reason else 1)
        found: dict[str, Record] = {}
        with side_by_side(desk, wanted) as outcome_of:
            for student in wanted:
                if on_student:
                    on_student(len(found), total, student)
                found[student] = outcome_of(student)
        changes = tuple(
            change
            for student in wanted
            for change in _changes(found[student], marks[student])
        )
        if reason:
            _log(course, module.name, reason, changes)
            for done, student in enumerate(wanted, len(wanted)):
                if on_student:
                    on_student(done, total, student)
                if not found[student].set_aside:
                    mark_one(api, desk, student, found[student])
    if on_student:
        on_student(total, total, "")
    aside = tuple(record for record in found.values() if record.set_aside)
    return Regrade(changes, len(wanted), aside, bool(reason))


def log(course: Path, assignment: str, student: str = "") -> list[dict[str, Any]]:
    """Earlier regrades of an assignment, the oldest first; with `student` those that changed a mark of theirs."""
    path = Path(course) / FOLDER / LOG
    if not path.is_file():
        return []
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        entry
        for entry in entries
        if entry["assignment"] == assignment
        and (
            not student
            or any(change["student"] == student for change in entry["changes"])
        )
    ]


def _changes(record: Record, marks: dict[str, Any]) -> list[Change]:
    changes = []
    for task in record.tasks:
        mark = marks.get(task.task)
        before = mark.automatic if mark else None
        if before is None or abs(before - task.points) > 1e-9:
            by_hand = mark.by_hand if mark else None
            changes.append(
                Change(record.student, task.task, before, task.points, by_hand)
            )
    return changes


def _log(
    course: Path, assignment: str, reason: str, changes: tuple[Change, ...]
) -> None:
    """Before the marks are written: a reason without a change is better than a change without one."""
    entry = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "assignment": assignment,
        "reason": reason,
        "changes": [asdict(change) for change in changes],
    }
    path = course / FOLDER / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
