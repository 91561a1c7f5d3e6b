"""What stands in nbgrader's gradebook: the points of each task, and what a person has given or must still read.

A course and a module go in, `Mark` comes out. nbgrader itself writes the marks; here they are read, and a person's own
are kept from being asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safelearn.course.classroom.api import grades, opened
from safelearn.course.modules import Module


@dataclass(frozen=True)
class Mark:
    """What nbgrader's gradebook holds for a task of a submission; None where there is nothing."""

    automatic: float | None
    by_hand: float | None
    waits: bool


def marks_of(
    course: Path, module: Module, student: str = ""
) -> dict[str, dict[str, Mark]]:
    """By student and task, of all submissions that have marks, or of one."""
    from nbgrader.api import MissingEntry

    with opened(course) as book:
        try:
            found = (
                [book.find_submission(module.name, student)]
                if student
                else book.assignment_submissions(module.name)
            )
        except MissingEntry:
            return {}
        return {
            submission.student_id: {
                grade.cell.name: Mark(
                    grade.auto_score, grade.manual_score, grade.needs_manual_grade
                )
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in found
        }


def marked(course: Path, module: Module) -> set[str]:
    """Whose submissions have marks in the gradebook."""
    from nbgrader.api import MissingEntry

    with opened(course) as book:
        try:
            submissions = book.assignment_submissions(module.name)
        except MissingEntry:
            return set()
        return {submission.student_id for submission in submissions}


def waiting(course: Path, module: Module) -> dict[str, int]:
    """How many answers a person has still to read, by trainee; nobody stands there with none."""
    from nbgrader import api
    from sqlalchemy import func

    with opened(course) as book:
        found = (
            grades(book, api.Student.id, func.count(api.Grade.id))
            .filter(api.Assignment.name == module.name)
            .filter(api.BaseCell.name.in_(list(module.tasks)))
            .filter(api.Grade.needs_manual_grade)
            .group_by(api.Student.id)
        )
        return dict(found.all())


def still_read(
    course: Path, module: Module, student: str, before: dict[str, Mark]
) -> None:
    """What a person has marked need not be read again where neither it nor the automatic points changed."""
    with opened(course) as book:
        submission = book.find_submission(module.name, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                old = before.get(grade.cell.name)
                now = Mark(grade.auto_score, grade.manual_score, waits=False)
                if grade.manual_score is not None and old == now:
                    grade.needs_manual_grade = False
        book.db.commit()
