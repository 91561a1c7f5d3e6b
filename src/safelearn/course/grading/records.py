"""What became of each submission: points, the slips that were recognised, or why it was set aside.

One small JSON file a submission, beside nbgrader's gradebook, which keeps the marks. No answer stands in it
and nothing of the trainee's text: it is what an instructor looks at to see what the course should teach again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FOLDER = "records"


@dataclass
class TaskRecord:
    """One automatic task: points of `most`, names of mistakes, and what the trainee reads."""

    task: str
    points: float
    most: float
    mistakes: list[str]
    sentence: str
    messages: list[str]


@dataclass
class Record:
    """One submission.

    Attributes
    ----------
    data : str
        Fingerprint of the trainee's data.
    set_aside, remedy : str
        Why it was not graded, and what to do; empty if it was.
    note : str
        What an instructor should know of the run.
    sandboxed : bool
        Whether the trainee's code was fenced off while it ran.
    repaired : list of str
        What was mended before it could be graded.
    waiting, unanswered : list of str
        Written tasks that wait for a person, and those in which nothing was written.
    version : str
        Of safelearn, with a fingerprint of the module's source.
    submission : str
        Fingerprint of the notebook that was handed in.
    graded_at : str
        When the marks were in nbgrader's gradebook; empty while they are not.
    stamp : str
        Fingerprint of all that the marks depend on. While it holds, nothing has to be graded again.
    """

    assignment: str
    student: str
    data: str = ""
    set_aside: str = ""
    remedy: str = ""
    note: str = ""
    sandboxed: bool = False
    repaired: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    version: str = ""
    submission: str = ""
    graded_at: str = ""
    stamp: str = ""
    tasks: list[TaskRecord] = field(default_factory=list)

    @property
    def points(self) -> float:
        """Points of the automatic tasks."""
        return round(sum(task.points for task in self.tasks), 2)

    @property
    def most(self) -> float:
        """Points there were to get in the automatic tasks."""
        return sum(task.most for task in self.tasks)


def write_record(course: Path, record: Record) -> Path:
    """Write a record into the course's folder."""
    path = record_path(course, record.assignment, record.student)
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
    put(path, text)
    return path


def read_record(course: Path, assignment: str, student: str) -> Record | None:
    """Read it again, or None if the submission was never graded."""
    path = record_path(course, assignment, student)
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    tasks = [TaskRecord(**task) for task in data.pop("tasks")]
    return Record(**data, tasks=tasks)


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all, whatever ends this process meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


def record_path(course: Path, assignment: str, student: str) -> Path:
    """Where the record of a submission lies."""
    return Path(course) / FOLDER / assignment / f"{student}.json"
