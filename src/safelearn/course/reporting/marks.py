"""What was earned, task by task, from nbgrader's gradebook and the records of the checker.

A course's folder goes in; out come two tidy tables, of tasks and of submissions. The points are nbgrader's, those
given by hand among them; the record adds which slip was recognised and why a submission was set aside. Of a pair
everybody has the marks of what was handed in together. Whoever withdrew is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.classroom.api import FILE, grades, opened
from safelearn.course.classroom.folder import (
    assignments_of,
    course_folder,
    handed_in_at,
)
from safelearn.course.classroom.roster import Person, Roster, read_roster
from safelearn.course.exams.receipts import received
from safelearn.course.grading.records import FOLDER
from safelearn.course.modules import Module, find_module

if TYPE_CHECKING:
    import pandas as pd

#: The state of a task: marked; to be read by a person; not graded, for a reason; not graded yet; not there.
MARKED, WAITING, ASIDE = "marked", "waiting", "set aside"
UNGRADED, ABSENT = "not graded yet", "not handed in"


@dataclass(frozen=True)
class Marks:
    """The marks of a class.

    Attributes
    ----------
    people : tuple of Person
        In the order of ids; whoever handed in without being in the list is there too.
    modules : tuple of Module
        Of the course's assignments, in their order.
    tasks : DataFrame
        One row a person and task: ``student, assignment, task, competency, level, points, most, state, mistakes,
        exam``. ``points`` is missing unless the state is ``marked``; an alternative is no row of its own.
    submissions : DataFrame
        One row a person and assignment: ``student, assignment, handed_in_by, handed_in`` (UTC), ``late``,
        ``points, penalty, most, waiting`` (tasks), ``set_aside, remedy, note, sandboxed``.
    """

    people: tuple[Person, ...]
    modules: tuple[Module, ...]
    tasks: pd.DataFrame
    submissions: pd.DataFrame
    roster: Roster

    @property
    def invented(self) -> bool:
        """Whether a rehearsal made anybody in it."""
        return any(person.invented for person in self.people)


def read_marks(course: Path) -> Marks:
    """The marks of a course.

    Raises
    ------
    SafelearnError
        If the folder is no course of safelearn's.
    """
    import pandas as pd

    course = course_folder(course)
    roster = read_roster(course)
    book = _book(course)
    records = _records(course)
    modules = tuple(find_module(name) for name in assignments_of(course))
    listed = {p.id: p for p in roster.present()}
    left = {p.id for p in roster.people.values() if p.withdrawn}
    handed = {(p.parent.name, p.name) for p in course.glob("submitted/*/*")}
    for who in {key[0] for key in (*book.times, *records, *handed)} - left:
        listed.setdefault(who, Person(who))
    people = tuple(person for _, person in sorted(listed.items()))
    tasks, submissions = [], []
    for person in people:
        for module in modules:
            # An exam is sat alone, whoever works together otherwise.
            by = person.id if module.exam else roster.hands_in(person.id)
            key = (by, module.name)
            rows = _tasks(module, key, book, records.get(key), key in handed)
            tasks += [{"student": person.id} | row for row in rows]
            submissions.append(
                {"student": person.id}
                | _submission(course, module, key, rows, book, records.get(key))
                | {"late": _late(course, roster, module, by)}
            )
    return Marks(
        people,
        modules,
        pd.DataFrame(tasks, columns=_TASKS),
        pd.DataFrame(submissions, columns=_SUBMISSIONS),
        roster,
    )


_TASKS = [
    "student", "assignment", "task", "competency", "level", "points", "most", "state", "mistakes", "exam",
]  # fmt: skip
_SUBMISSIONS = [
    "student", "assignment", "handed_in_by", "handed_in", "late", "points", "penalty", "most", "waiting",
    "set_aside", "remedy", "note", "sandboxed",
]  # fmt: skip


@dataclass(frozen=True)
class _Book:
    """What nbgrader's gradebook says: points (None: not marked) by task, penalties and times by submission."""

    points: dict[tuple[str, str, str], float | None]
    penalties: dict[tuple[str, str], float]
    times: dict[tuple[str, str], datetime | None]


def _book(course: Path) -> _Book:
    if not (course / FILE).is_file():
        return _Book({}, {}, {})
    from nbgrader import api

    with opened(course) as book:
        # Joined by nbgrader's own models in two questions: an object a grade would cost seconds.
        submitted = (
            book.db.query(
                api.Student.id,
                api.Assignment.name,
                api.SubmittedAssignment.timestamp,
                api.SubmittedNotebook.late_submission_penalty,
            )
            .select_from(api.SubmittedAssignment)
            .join(api.SubmittedAssignment.student)
            .join(api.SubmittedAssignment.assignment)
            .outerjoin(api.SubmittedNotebook)
            .all()
        )
        graded = grades(
            book,
            api.Student.id,
            api.Assignment.name,
            api.BaseCell.name,
            api.Grade.auto_score,
            api.Grade.manual_score,
            api.Grade.extra_credit,
            api.Grade.needs_manual_grade,
        ).all()
    points = {}
    for student, assignment, task, auto, manual, extra, by_hand in graded:
        own = manual if manual is not None else auto
        waiting = own is None or bool(by_hand)
        points[student, assignment, task] = None if waiting else own + (extra or 0)
    return _Book(
        points,
        {(s, a): float(penalty or 0) for s, a, _, penalty in submitted},
        {(s, a): when for s, a, when, _ in submitted},
    )


def _records(course: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The records by id and assignment, whatever else a later version may write into them."""
    return {
        (path.stem, path.parent.name): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((course / FOLDER).glob("*/*.json"))
    }


def _tasks(
    module: Module,
    key: tuple[str, str],
    book: _Book,
    record: dict[str, Any] | None,
    there: bool,
) -> list[dict[str, Any]]:
    slips = {task["task"]: task["mistakes"] for task in (record or {}).get("tasks", ())}
    rows = []
    for task in module.tasks.values():
        if task.instead_of:
            continue
        points = None
        if (record or {}).get("set_aside"):
            # What an earlier grading gave is no longer what was handed in.
            state = ASIDE
        elif (*key, task.id) in book.points:
            points = book.points[*key, task.id]
            state = WAITING if points is None else MARKED
        else:
            state = WAITING if key in book.times else UNGRADED if there else ABSENT
        rows.append(
            {
                "assignment": module.name,
                "task": task.id,
                "competency": task.competency,
                "level": task.level,
                "points": points,
                "most": float(task.points),
                "state": state,
                "mistakes": tuple(slips.get(task.id, ())) if state == MARKED else (),
                "exam": module.exam,
            }
        )
    return rows


def _submission(
    course: Path,
    module: Module,
    key: tuple[str, str],
    rows: list[dict[str, Any]],
    book: _Book,
    record: dict[str, Any] | None,
) -> dict[str, Any]:
    said = record or {}
    marked = [row["points"] for row in rows if row["state"] == MARKED]
    penalty = book.penalties.get(key, 0.0)
    return {
        "assignment": module.name,
        "handed_in_by": key[0],
        "handed_in": handed_in_at(course / "submitted" / key[0] / key[1]),
        "points": max(sum(marked) - penalty, 0.0) if marked else None,
        "penalty": penalty,
        "most": float(module.points),
        "waiting": sum(row["state"] == WAITING for row in rows),
        "set_aside": said.get("set_aside", ""),
        "remedy": said.get("remedy", ""),
        "note": said.get("note", ""),
        "sandboxed": bool(said.get("sandboxed")),
    }


def _late(course: Path, roster: Roster, module: Module, who: str) -> timedelta | None:
    """By how much, or None if in time or not known. Of a pair, the later of two deadlines counts."""
    name = module.name
    # An exam's receipt says when it was seen: no work is later than that, and what has no other time has this one.
    times = (handed_in_at(course / "submitted" / who / name), received(course, name, who))  # fmt: skip
    when = min((time for time in times if time is not None), default=None)
    due = roster.due(module, who)
    return when - due if when and due and when > due else None
