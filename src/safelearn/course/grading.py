"""Make an nbgrader course of the curriculum, and grade what is handed in.

A folder goes in. `new_course` fills it with the instructor's notebooks and a configuration that plugs in the
checker; `grade` drives nbgrader over the submissions of an assignment, one by one, so that a bad one never
stops the others. The marks stand in nbgrader's gradebook; manual tasks, feedback and exports are its own.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safelearn.course.build import NOTEBOOK, instructor_notebook, text_of
from safelearn.course.modules import find_module, folders
from safelearn.course.records import Record, read_record, write_record
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

CONFIG = '''"""Written by safelearn: nbgrader's own settings may be added below."""

from safelearn.course.checker import configure

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = {course_id!r}
configure(c)
'''


def new_course(
    course: Path, modules: Iterable[str] = (), *, course_id: str = ""
) -> list[str]:
    """Make `course` an nbgrader course with these modules, or with all that have an assignment.

    Existing settings and submissions are kept; the instructor's notebooks are written anew.

    Returns
    -------
    list of str
        The assignments, whose trainees' notebooks now stand in ``release/``.
    """
    course = Path(course).resolve()
    names = list(modules) or [
        f.name for f in folders() if (f / "assignment.py").is_file()
    ]
    assignments = [read_assignment(find_module(name).folder) for name in names]
    course.mkdir(parents=True, exist_ok=True)
    config = course / "nbgrader_config.py"
    if not config.is_file():
        text = CONFIG.format(course_id=course_id or course.name)
        config.write_text(text, encoding="utf-8", newline="\n")
    made = []
    for assignment in assignments:
        name = assignment.module.name
        path = course / "source" / name / f"{NOTEBOOK}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text_of(instructor_notebook(assignment))
        path.write_text(text, encoding="utf-8", newline="\n")
        with _quiet():
            outcome = _api(course).generate_assignment(name, force=True)
        if not outcome["success"]:
            raise SafelearnError(
                t("nbgrader could not make the trainees' notebook."),
                where=name,
                remedy=_last(outcome),
            )
        made.append(name)
    return made


def grade(
    course: Path,
    assignment: str,
    *,
    students: Iterable[str] = (),
    sandboxed: bool = True,
    on_student: Callable[[int, int, str], None] | None = None,
) -> list[Record]:
    """Grade the submissions of an assignment.

    Parameters
    ----------
    course : Path
        An nbgrader course made by `new_course`.
    assignment : str
        Such as ``05_rates``.
    students : iterable of str, optional
        Only these; else everybody who handed in.
    sandboxed : bool
        False to run trainees' code as whoever grades, with their files and their network.
    on_student : callable, optional
        Called as ``on_student(done, total, student)`` before each and once at the end.

    Returns
    -------
    list of Record
        One a submission: graded, or set aside with a reason and a remedy.

    Raises
    ------
    SafelearnError
        If the folder is no course of safelearn's, nobody handed in, the author's own code does not run, or
        this machine has no sandbox.
    """
    from safelearn.course.checker import preflight, sandbox
    from safelearn.course.key import assignment_of

    course = _course(course)
    module = find_module(assignment)
    assignment_of(module.id)
    handed_in = sorted(p.parent.name for p in course.glob(f"submitted/*/{module.name}"))
    wanted = sorted(students) or handed_in
    absent = [student for student in wanted if student not in handed_in]
    if absent or not wanted:
        raise SafelearnError(
            t(
                "{names} did not hand in {assignment}.",
                names=listing(absent),
                assignment=module.name,
            )
            if absent
            else t("Nobody has handed in {assignment} yet.", assignment=module.name),
            where=str(course / "submitted"),
            remedy=t(
                "Collect the submissions first, with `nbgrader collect` or by copying them there."
            ),
        )
    if sandboxed:
        sandbox(course)  # refuse before anything is graded
    with _quiet():
        api = _api(course)
    api.config.Judge.sandbox = sandboxed
    records = []
    for done, student in enumerate(wanted):
        if on_student:
            on_student(done, len(wanted), student)
        notebook = course / "submitted" / student / module.name / f"{NOTEBOOK}.ipynb"
        try:
            preflight(notebook, module.id)
        except SafelearnError as error:
            record = Record(
                module.name, student, set_aside=error.what, remedy=error.remedy
            )
            write_record(course, record)
        else:
            record = _graded(api, course, module.name, student)
        records.append(record)
    if on_student:
        on_student(len(wanted), len(wanted), "")
    return records


def _graded(api: Any, course: Path, assignment: str, student: str) -> Record:
    with _quiet():
        outcome = api.autograde(assignment, student, create=True, force=True)
    record = read_record(course, assignment, student) or Record(assignment, student)
    if not outcome["success"] and not record.set_aside:
        record.set_aside = t("nbgrader could not grade this submission.")
        record.remedy = _last(outcome)
        write_record(course, record)
    return record


def _course(course: Path) -> Path:
    course = Path(course).resolve()
    config = course / "nbgrader_config.py"
    if not config.is_file() or "safelearn" not in config.read_text(encoding="utf-8"):
        raise SafelearnError(
            t("This folder is not a course that safelearn has made."),
            where=str(course),
            remedy=t("Make one with `safelearn course new FOLDER`."),
        )
    return course


def _api(course: Path) -> Any:
    """nbgrader, configured by the course's own file, in this process (a command each would cost 6 s)."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config, PyFileConfigLoader

    from safelearn.course.checker import own_tools

    own_tools()
    config = Config()
    config.CourseDirectory.root = str(course)
    config.merge(
        PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    )
    return NbGraderAPI(config=config)


@contextmanager
def _quiet() -> Iterator[None]:
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


def _last(outcome: dict[str, Any]) -> str:
    text = (outcome.get("error") or outcome.get("log") or "").strip()
    return text.splitlines()[-1] if text else ""
