"""What became of each submission: points, the slips that were recognised, or why it was set aside.

One small JSON file a submission, beside nbgrader's gradebook, which keeps the marks. No answer stands in it
and nothing of the trainee's text: it is what an instructor looks at to see what the course should teach again.
"""

from __future__ import annotations

import json
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
    """

    assignment: str
    student: str
    data: str = ""
    set_aside: str = ""
    remedy: str = ""
    note: str = ""
    sandboxed: bool = False
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
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def read_record(course: Path, assignment: str, student: str) -> Record | None:
    """Read it again, or None if the submission was never graded."""
    path = record_path(course, assignment, student)
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    tasks = [TaskRecord(**task) for task in data.pop("tasks")]
    return Record(**data, tasks=tasks)


def record_path(course: Path, assignment: str, student: str) -> Path:
    """Where the record of a submission lies."""
    return Path(course) / FOLDER / assignment / f"{student}.json"
