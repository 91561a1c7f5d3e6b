"""What must go when a class is over, and what may stay? The work and the marks of one trainee, or of all.

A course's folder goes in; what trainees handed in, their marks, feedback, records, names and the reports about
them are gone afterwards. What stays belongs to nobody: the instructor's notebooks, the released ones, the settings,
and the figures of a class that protect persons. It cannot be taken back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safelearn.course.classroom.api import FILE, opened
from safelearn.course.classroom.folder import EXAMS, course_folder
from safelearn.course.classroom.roster import FILE as ROSTER
from safelearn.course.classroom.roster import change_roster, read_roster, unpair
from safelearn.course.credentials import FOLDER as CREDENTIALS
from safelearn.course.credentials import PEOPLE
from safelearn.course.exams.packets import ENDING
from safelearn.course.grading.records import FOLDER
from safelearn.course.moodle.hand_back import FOLDER as MOODLE
from safelearn.course.moodle.take_in import EARLIER
from safelearn.course.moodle.take_in import FOLDERS as COLLECTED
from safelearn.course.reporting.report import COHORT
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t

#: Folders of nbgrader in which each trainee has one of their own.
_OF_TRAINEES = ("submitted", "autograded", "feedback")
#: Folders with the whole class in each file.
_OF_THE_CLASS = ("report", MOODLE)
#: What the course itself is made of, and stays.
_STAYS = frozenset({"source", "release", "nbgrader_config.py", EXAMS})


@dataclass(frozen=True)
class Purge:
    """What a purge deletes.

    Attributes
    ----------
    course : Path
        The course's folder.
    student : str
        Whose; empty for everybody's.
    paths : tuple of Path
        Files and folders, relative to the course.
    marks : bool
        Whether the gradebook or the list of the class holds something of it.
    left : tuple of str
        Files in the course's folder of which it is not known what they hold; they are not touched.
    """

    course: Path
    student: str
    paths: tuple[Path, ...]
    marks: bool
    left: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to delete."""
        return not (self.paths or self.marks)

    def sentences(self) -> list[str]:
        """What would go, for the instructor."""
        if self.empty:
            return [t("There is nothing to delete.")]
        told = [
            t(
                "To delete: {names}.",
                names=listing([str(path).replace("\\", "/") for path in self.paths]),
            )
        ] if self.paths else []  # fmt: skip
        if self.student and self.marks:
            told.append(
                t(
                    "Also the marks in the gradebook and the line in the list of the class."
                )
            )
        if self.student:
            told.append(
                t(
                    "The reports on the class and what was written for Moodle are deleted too, because they hold this "
                    "trainee: make them anew."
                )
            )
        else:
            told.append(
                t(
                    "What stays: the notebooks of the course, its settings, and {file}.",
                    file=COHORT,
                )
            )
        if self.left:
            told.append(
                t(
                    "Not known and not touched, look at them yourself: {names}.",
                    names=listing(list(self.left)),
                )
            )
        return told


def planned(course: Path, student: str = "") -> Purge:
    """What `purge` would delete.

    Raises
    ------
    SafelearnError
        If the folder is no course, or nothing of this trainee is there.
    """
    course = course_folder(course)
    if not student:
        paths = tuple(sorted(_everybody(course)))
        gone = (
            {path.parts[0] for path in paths} | _STAYS | {*_OF_THE_CLASS, CREDENTIALS}
        )
        left = sorted(p.name for p in course.iterdir() if p.name not in gone)
        return Purge(course, "", paths, False, tuple(left))
    paths = tuple(sorted(_of_one(course, student)))
    listed = student in read_roster(course).people
    marked = _in_gradebook(course, student)
    if not (paths or listed or marked):
        raise SafelearnError(
            t("There is nothing of {id} in this course.", id=student),
            remedy=t("See `safelearn course roster list` for the ids."),
        )
    return Purge(course, student, paths, listed or marked)


def purge(plan: Purge) -> int:
    """Delete what was planned; gives the number of files."""
    n = 0
    _forget_reasons(plan)
    for path in plan.paths:
        found = plan.course / path
        n += sum(p.is_file() for p in found.rglob("*")) if found.is_dir() else 1
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)
    if plan.student and plan.marks:
        _forget(plan.course, plan.student)
    return n


def said(n: int) -> str:
    """What a purge has done, in words."""
    return t(
        "Deleted: {n} files. Copies elsewhere, such as those of an exchange, of a JupyterHub, in backups and in "
        "Moodle, are yours to delete.",
        n=number(n),
    )


def _everybody(course: Path) -> Iterator[Path]:
    """What is known to hold people."""
    yield from _sealed(course)
    known = {*_OF_TRAINEES, EARLIER, COLLECTED, FOLDER, FILE, ROSTER}
    people = set(read_roster(course).people)
    people |= {p.name for kind in _OF_TRAINEES for p in (course / kind).glob("*")}
    yield from _on_the_class(course)
    for path in course.iterdir():
        if path.name in _STAYS or path.name in _OF_THE_CLASS:
            continue
        if path.name == CREDENTIALS:
            yield from (
                Path(CREDENTIALS) / kind for kind in PEOPLE if (path / kind).exists()
            )
        # nbgrader keeps copies of its database beside it when it renews it.
        elif (
            path.name in known
            or path.name.startswith((f"{FILE}.", f"{ROSTER}."))
            or (path.is_dir() and any(_named_after(path, who) for who in people))
        ):
            yield Path(path.name)


def _of_one(course: Path, student: str) -> Iterator[Path]:
    yield from _sealed(course, student)
    yield from _on_the_class(course)
    for path in course.iterdir():
        if path.is_dir() and path.name not in _STAYS and path.name not in _OF_THE_CLASS:
            yield from (p.relative_to(course) for p in _named_after(path, student))


def _sealed(course: Path, student: str = "") -> Iterator[Path]:
    """Exams that lie sealed in ``release/``, for nbgrader's exchange: one trainee's, or all."""
    for path in (course / "release").glob(f"*/*{ENDING}"):
        if student in ("", path.stem):
            yield path.relative_to(course)


def _on_the_class(course: Path) -> Iterator[Path]:
    """What holds the whole class; the figures that protect persons stay."""
    for name in _OF_THE_CLASS:
        for path in (course / name).glob("*"):
            if path.name != COHORT:
                yield path.relative_to(course)


def _named_after(folder: Path, student: str) -> list[Path]:
    """Folders and files of one trainee: their id, or their id and the ending of a file, one or two floors down."""
    return [
        path
        for pattern in ("*", "*/*")
        for path in folder.glob(pattern)
        if path.name == student or (path.is_file() and path.stem == student)
    ]


def _forget_reasons(plan: Purge) -> None:
    """Take out why these trainees' credentials were revoked, while it is still known which are theirs."""
    from safelearn.course.credentials.issue import issued_to
    from safelearn.course.credentials.revocations import forget_reasons

    issued = (plan.course / CREDENTIALS / "issued").glob("*")
    whose = [plan.student] if plan.student else [path.name for path in issued]
    ids = {one["id"] for who in whose for one in issued_to(plan.course, who)}
    forget_reasons(plan.course, ids)


def _in_gradebook(course: Path, student: str) -> bool:
    if not (course / FILE).is_file():
        return False
    with opened(course) as book:
        return any(s.id == student for s in book.students)


def _forget(course: Path, student: str) -> None:
    def leave(roster):
        if student in roster.people:
            unpair(roster, student)
            del roster.people[student]
        for deadlines in roster.deadlines.values():
            deadlines.pop(student, None)

    change_roster(course, leave)
    _out_of_log(course, student)
    if _in_gradebook(course, student):
        with opened(course) as book:
            book.remove_student(student)


def _out_of_log(course: Path, student: str) -> None:
    """Take the changes of one trainee's marks out of the log of regrades; its reasons stay."""
    from safelearn.course.grading.records import put
    from safelearn.course.grading.regrade import LOG

    path = course / FOLDER / LOG
    if not path.is_file():
        return
    lines = []
    for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        entry["changes"] = [c for c in entry["changes"] if c["student"] != student]
        lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
    put(path, "".join(lines))
