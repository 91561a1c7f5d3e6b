"""A course as a folder: whether it is one, and which assignments it has."""

from __future__ import annotations

from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t


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
    return course


def assignments_of(course: Path) -> list[str]:
    """The assignments that the instructor's notebooks stand for, in the order of their names."""
    return sorted(path.parent.name for path in course.glob("source/*/assignment.ipynb"))
