"""nbgrader in this process: configured by a course's own file, its gradebook opened, its log kept from the screen.

Nothing here gives or changes a mark.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FILE = "gradebook.db"


def nbgrader_of(course: Path) -> Any:
    """nbgrader, configured by the course's own file, in this process (a command each would cost 6 s)."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config, PyFileConfigLoader

    own_tools()
    config = Config()
    config.CourseDirectory.root = str(course)
    config.merge(
        PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    )
    return NbGraderAPI(config=config)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep nbgrader's log and warnings from the screen; what went wrong is in its outcome."""
    logger = logging.getLogger("traitlets")
    heard = logger.propagate
    try:
        logger.propagate = False
        with warnings.catch_warnings():
            # Its own use of its database warns three times a submission, of nothing.
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.propagate = heard


@contextmanager
def opened(course: Path) -> Iterator[Any]:
    """The gradebook, closed again at the end of the block; made if there is none yet."""
    from nbgrader.api import Gradebook

    own_tools()
    with warnings.catch_warnings():
        # Its own use of its database warns, of nothing.
        warnings.simplefilter("ignore")
        with Gradebook(f"sqlite:///{Path(course) / FILE}") as book:
            yield book


def grades(book: Any, *columns: Any) -> Any:
    """A query of these columns for every grade, joined with its cell, submission, assignment and student."""
    from nbgrader import api

    submitted = api.SubmittedNotebook, api.SubmittedAssignment
    return (
        book.db.query(*columns)
        .select_from(api.Grade)
        .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        .join(submitted[0], api.Grade.notebook_id == submitted[0].id)
        .join(submitted[1], submitted[0].assignment_id == submitted[1].id)
        .join(api.SubmittedAssignment.student)
        .join(api.SubmittedAssignment.assignment)
    )


def own_tools() -> None:
    """Let nbgrader find ``alembic``, which it calls by name, beside this Python."""
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ.get("PATH", "")])


def last_words(outcome: dict[str, Any]) -> str:
    """The last line of what nbgrader said of a step."""
    text = (outcome.get("error") or outcome.get("log") or "").strip()
    return text.splitlines()[-1] if text else ""
