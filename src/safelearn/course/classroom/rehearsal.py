"""A class that does not exist: twenty invented submissions with which to try a course before anybody comes.

A course's folder goes in, and for each assignment there is work handed in: right, wrong in known ways, empty,
broken in every way that real notebooks break, and late. The report says that the class is invented, and
`purge` takes it away. The author's own solution stands in the right ones, so the folder is not for trainees.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from safelearn.course.answers import MARK
from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.roster import (
    EVERYBODY,
    Person,
    Roster,
    add,
    change_roster,
)
from safelearn.course.modules import find_module
from safelearn.course.source import SOLUTION, Assignment, read_assignment
from safelearn.errors import SafelearnError
from safelearn.guidelines.competencies import roles
from safelearn.language import mark, t

TRAINEES = 20
#: The deadline was yesterday; work came three days before it, or so much after.
_LATE = timedelta(hours=5)

Change = Callable[[Any, "_Work"], None]


@dataclass(frozen=True)
class _Work:
    """What there is to make a submission of."""

    assignment: Assignment
    number: int

    def solution(self, task: str) -> str:
        """The author's answer, without the lines that mark it."""
        cells = self.assignment.cells
        source = next(
            c.source
            for c in cells
            if c.task == task and c.role in ("answer", "written")
        )
        found = SOLUTION.search(source)
        text = found[0] if found else source
        return "\n".join(line for line in text.splitlines() if "### " not in line)


def rehearse(course: Path, names: Iterable[str]) -> dict[str, str]:
    """Fill a course with invented submissions of these assignments.

    Returns
    -------
    dict
        By the id of each invented trainee, what was done with the work, in words.

    Raises
    ------
    SafelearnError
        If somebody has already handed in: invented work must not stand among real work.
    """
    import nbformat

    course = course_folder(course)
    if any((course / "submitted").glob("*/*")):
        raise SafelearnError(
            t(
                "Somebody has handed in already, and invented work must not mix with it."
            ),
            where=str(course / "submitted"),
            remedy=t("Rehearse in a new folder."),
        )
    plan = [
        (f"rehearsal{n:02d}", kind) for n, kind in enumerate(_PLAN[:TRAINEES], start=1)
    ]
    path = cycle(role.id for role in roles())
    people = [
        Person(who, t("Invented"), f"{n:02d}", role=next(path), invented=True)
        for n, (who, _) in enumerate(plan, start=1)
    ]
    due = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    due -= timedelta(days=1)

    def enrol(roster: Roster) -> None:
        add(roster, people)
        local = due.astimezone(ZoneInfo(roster.zone)).replace(tzinfo=None)
        for name in names:
            roster.deadlines[name] = {EVERYBODY: local.isoformat(timespec="minutes")}

    names = list(names)
    change_roster(course, enrol)
    for name in names:
        assignment = read_assignment(find_module(name).folder)
        released = nbformat.read(
            course / "release" / name / f"{NOTEBOOK}.ipynb", as_version=4
        )
        for n, (who, kind) in enumerate(plan):
            notebook = copy.deepcopy(released)
            _KINDS[kind](notebook, _Work(assignment, n))
            folder = course / "submitted" / who / name
            folder.mkdir(parents=True)
            text = json.dumps(notebook, ensure_ascii=False, indent=1)
            if kind == "damaged":
                text = text[: len(text) // 2]
            handed = due + _LATE if kind == "late" else due - timedelta(days=3)
            (folder / f"{NOTEBOOK}.ipynb").write_text(text, encoding="utf-8")
            (folder / "timestamp.txt").write_text(
                f"{handed:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8"
            )
    return {who: t(_WORDS[kind]) for who, kind in plan}


def _right(notebook: Any, work: _Work) -> None:
    for cell in _answers(notebook):
        cell.source = work.solution(_task(cell))


def _wrong(notebook: Any, work: _Work) -> None:
    """The first task and every second wrong in a declared way, another for each trainee; the others right."""
    for n, cell in enumerate(_answers(notebook)):
        slips = work.assignment.mistakes.get(_task(cell), [])
        if slips and (n == 0 or (n + work.number) % 2):
            cell.source = slips[(work.number + n) % len(slips)].code
        else:
            cell.source = work.solution(_task(cell))


def _half(notebook: Any, work: _Work) -> None:
    cells = _answers(notebook)
    for cell in cells[: len(cells) // 2 or 1]:
        cell.source = work.solution(_task(cell))


def _nothing(notebook: Any, work: _Work) -> None:
    """The notebook as it was handed out."""


def _endless(notebook: Any, work: _Work) -> None:
    _right(notebook, work)
    notebook.cells.append(_plain_cell("import time\n\nwhile True:\n    time.sleep(1)"))


def _fails(notebook: Any, work: _Work) -> None:
    _right(notebook, work)
    cell = next(c for c in _answers(notebook) if c.cell_type == "code")
    cell.source = "this is not python"


def _twice(notebook: Any, work: _Work) -> None:
    _right(notebook, work)
    cell = next(c for c in _answers(notebook) if c.cell_type == "code")
    notebook.cells.insert(notebook.cells.index(cell) + 1, copy.deepcopy(cell))


def _deleted(notebook: Any, work: _Work) -> None:
    _right(notebook, work)
    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    notebook.cells.remove(graded[0])


def _stripped(notebook: Any, work: _Work) -> None:
    _right(notebook, work)
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)


def _not_theirs(notebook: Any, work: _Work) -> None:
    import nbformat

    _right(notebook, work)
    checks = (c for c in notebook.cells if c.source.startswith("check("))
    if (cell := next(checks, None)) is not None:
        about = {"task": _task(cell), "data": "0" * 12}
        shown = nbformat.v4.new_output(
            "display_data", {"text/plain": "✓"}, metadata={MARK: about}
        )
        cell.outputs = [shown]


def _plain_cell(source: str) -> Any:
    import nbformat

    return nbformat.v4.new_code_cell(source)


def _answers(notebook: Any) -> list[Any]:
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]


def _task(cell: Any) -> str:
    return cell.metadata.nbgrader.grade_id.removesuffix("-answer")


_KINDS: dict[str, Change] = {
    "right": _right, "wrong": _wrong, "half": _half, "nothing": _nothing, "late": _right, "damaged": _right,
    "endless": _endless, "fails": _fails, "twice": _twice, "deleted": _deleted, "stripped": _stripped,
    "not theirs": _not_theirs,
}  # fmt: skip
_WORDS = {
    "right": mark("all right"),
    "wrong": mark("some answers wrong in a known way"),
    "half": mark("half of it done"),
    "nothing": mark("handed in as it was handed out"),
    "late": mark("all right, and five hours late"),
    "damaged": mark("the file is cut off"),
    "endless": mark("all right, and at the end a cell that never ends"),
    "fails": mark("one answer is no Python"),
    "twice": mark("an answer cell is there twice"),
    "deleted": mark("a graded cell was deleted"),
    "stripped": mark("the marks of its cells are gone"),
    "not theirs": mark("done on somebody else's data"),
}
_PLAN = [
    "right", "wrong", "wrong", "half", "right", "wrong", "late", "wrong", "nothing", "right", "wrong", "damaged",
    "endless", "wrong", "fails", "twice", "deleted", "stripped", "not theirs", "late",
]  # fmt: skip
