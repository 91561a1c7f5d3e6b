"""Which exams has a course, and where does the instructor keep them?

``exams.json`` in the course's folder names, for each exam, the private folder with its tasks, the file with its seed
and the time at which it opens. When it closes, and for whom later, stands among the deadlines of the class. There is
nothing of a person in it, and no secret.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from safelearn.course.classroom.folder import EXAMS
from safelearn.course.classroom.roster import EVERYBODY, Roster, read_roster
from safelearn.course.exams.seed import Seed, read_seed
from safelearn.course.grading.records import put
from safelearn.course.modules import Module, find_module
from safelearn.errors import SafelearnError
from safelearn.language import listing, t


@dataclass(frozen=True)
class Exam:
    """One exam of a course.

    Attributes
    ----------
    name : str
        Of its folder, which is also the assignment's in nbgrader.
    folder, seed_file : str
        Where its tasks and its seed are.
    label : str
        The course and the exam, as the seed knows them, whatever the folder is called later.
    fingerprint : str
        Of the seed.
    receipts : str
        The public key by which receipts are verified.
    opens : str
        Local time of the course.
    """

    name: str
    folder: str
    seed_file: str
    label: str
    fingerprint: str
    receipts: str
    opens: str

    def seed(self) -> Seed:
        """The private seed.

        Raises
        ------
        SafelearnError
            If the file is gone, or another one.
        """
        found = read_seed(Path(self.seed_file), self.label)
        if found.fingerprint != self.fingerprint:
            raise SafelearnError(
                t("This is not the seed with which the exam was made."),
                where=self.seed_file,
                remedy=t("Put the old file back: with another one all data differ."),
            )
        return found


@dataclass(frozen=True)
class Window:
    """When somebody may work on an exam; aware times in the course's zone."""

    opens: datetime
    closes: datetime


def read_exams(course: Path) -> dict[str, Exam]:
    """The exams of a course by name."""
    path = Path(course) / EXAMS
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {row["name"]: Exam(**row) for row in rows}


def write_exam(course: Path, exam: Exam) -> None:
    """Keep an exam, in place of an earlier one of that name."""
    exams = {**read_exams(course), exam.name: exam}
    rows = [asdict(one) for _, one in sorted(exams.items())]
    put(Path(course) / EXAMS, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def exam_of(course: Path, name: str) -> Exam:
    """The exam of that name or id.

    Raises
    ------
    SafelearnError
        If the course has none.
    """
    exams = read_exams(course)
    for exam in exams.values():
        if name in (exam.name, exam.name.partition("_")[0]):
            return exam
    raise SafelearnError(
        t("The course has no exam called {name}.", name=name),
        where=str(course),
        remedy=t("Its exams are: {names}.", names=listing(list(exams)))
        if exams
        else t("Make one with `safelearn course exam new`."),
    )


def module_of(exam: Exam) -> Module:
    """Its tasks.

    Raises
    ------
    SafelearnError
        If the private folder is not there.
    """
    if not Path(exam.folder).is_dir():
        raise SafelearnError(
            t("The private folder of the exam {name} is not there.", name=exam.name),
            where=exam.folder,
            remedy=t(
                "Put it back where it was, or say where it is now with `safelearn course exam new`."
            ),
        )
    return find_module(exam.name)


def window(exam: Exam, roster: Roster, person: str = EVERYBODY) -> Window:
    """When this person, or everybody, may work on it.

    Raises
    ------
    SafelearnError
        If it never got an end, because making it was broken off.
    """
    closes = roster.deadline(exam.name, person)
    if closes is None:
        raise SafelearnError(
            t("The exam {name} was not made to its end.", name=exam.name),
            remedy=t("Run `safelearn course exam new` once more."),
        )
    opens = datetime.fromisoformat(exam.opens).replace(tzinfo=ZoneInfo(roster.zone))
    return Window(opens, closes)


def secret_of(course: Path, module: Module, trainee: str) -> str:
    """From which this trainee's data are drawn; empty if the module is no exam."""
    return exam_of(course, module.name).seed().secret(trainee) if module.exam else ""


def private_files(course: Path, name: str) -> list[Path]:
    """What no trainee's notebook may see."""
    exam = exam_of(course, name)
    return [Path(exam.seed_file), Path(exam.folder) / "assignment.py"]


def require_gradable(course: Path, module: Module, *, sandboxed: bool) -> None:
    """See that the exam has begun, and that notebooks run where they cannot read its seed.

    Raises
    ------
    SafelearnError
        If one of the two does not hold.
    """
    require_begun(course, module)
    if not sandboxed:
        raise SafelearnError(
            t("An exam is graded in a sandbox or not at all."),
            where=module.name,
            remedy=t(
                "Outside, a notebook could read the seed and the solutions. See `safelearn doctor --sandbox`."
            ),
        )


def require_begun(course: Path, module: Module) -> None:
    """See that an exam has opened: graded before, its text would go back with the notebooks.

    Raises
    ------
    SafelearnError
        If it has not.
    """
    roster = read_roster(course)
    opens = window(exam_of(course, module.name), roster).opens
    if datetime.now(UTC) < opens:
        raise SafelearnError(
            t("The exam {name} has not begun.", name=module.name),
            where=t(
                "It opens on {time} ({zone}).",
                time=f"{opens:%Y-%m-%d %H:%M}",
                zone=roster.zone,
            ),
            remedy=t(
                "To rehearse, make a course in another folder, with another seed and an earlier time."
            ),
        )
