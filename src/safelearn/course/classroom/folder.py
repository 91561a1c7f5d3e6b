"""A course as a folder: whether it is one, and which assignments it has."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from safelearn.course.modules import know
from safelearn.errors import SafelearnError
from safelearn.language import t

#: Which exams a course has, and where they are kept.
EXAMS = "exams.json"


def course_folder(course: Path) -> Path:
    """The course's folder, whole and checked.

    Raises
    ------
    SafelearnError
        If safelearn has not made it.
    """
    course = Path(course).resolve()
    config = course / "nbgrader_config.py"
    if not config.is_file() or "safelearn" not in config.read_text(encoding="utf-8"):
        raise SafelearnError(
            t("This folder is not a course that safelearn has made."),
            where=str(course),
            remedy=t("Make one with `safelearn course new FOLDER`."),
        )
    know_exams(course)
    return course


def know_exams(course: Path) -> None:
    """Let this process find the course's exams, whose tasks lie in private folders."""
    path = Path(course) / EXAMS
    if path.is_file():
        for row in json.loads(path.read_text(encoding="utf-8")):
            know(Path(row["folder"]))


def assignments_of(course: Path) -> list[str]:
    """The assignments that the instructor's notebooks stand for, in the order of their names."""
    return sorted(path.parent.name for path in course.glob("source/*/assignment.ipynb"))


def course_of(db_url: str) -> Path:
    """The course of a gradebook, by the address that nbgrader gives; its exams are known from then on."""
    course = Path(db_url.removeprefix("sqlite:///")).parent
    know_exams(course)
    return course


def handed_in_at(submission: Path) -> datetime | None:
    """When, by the file that stands beside what was handed in; None if there is none that can be read."""
    path = submission / "timestamp.txt"
    if not path.is_file():
        return None
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(path.read_text(encoding="utf-8").strip()).replace(tzinfo=UTC)
    except ValueError:
        return None
