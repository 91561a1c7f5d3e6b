"""A course as a folder: whether it is one, which assignments it has, and nbgrader's database in it.

A folder goes in, nbgrader's own `Gradebook` comes out. Nothing here gives or changes a mark.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import t

FILE = "gradebook.db"


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


@contextmanager
def opened(course: Path) -> Iterator[Any]:
    """The gradebook, closed again at the end of the block; made if there is none yet."""
    from nbgrader.api import Gradebook

    # nbgrader calls `alembic` by name when it makes a gradebook.
    tools, found = str(Path(sys.executable).parent), os.environ.get("PATH", "")
    if tools not in found.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([tools, found])
    with warnings.catch_warnings():
        # Its own use of its database warns, of nothing.
        warnings.simplefilter("ignore")
        with Gradebook(f"sqlite:///{Path(course) / FILE}") as book:
            yield book
