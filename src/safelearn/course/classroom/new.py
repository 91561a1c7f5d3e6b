"""Make a folder an nbgrader course: the instructor's notebooks, and settings that plug in the checker."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from safelearn.course.authoring.build import NOTEBOOK, instructor_notebook, text_of
from safelearn.course.classroom.api import last_words, nbgrader_of, quiet
from safelearn.course.modules import find_module, folders
from safelearn.course.source import Assignment, read_assignment
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Where nbgrader puts an exam's unsolved notebook for a moment: never among what is handed out.
_UNSEALED = ".unsealed"
CONFIG = '''"""Written by safelearn: nbgrader's own settings may be added below."""

from safelearn.course.grading.checker import configure

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
    assignments = [read_assignment(module.folder) for module in map(find_module, names)]
    exams = [one.module.name for one in assignments if one.module.exam]
    if exams and modules:
        raise SafelearnError(
            t("{names} is an exam.", names=listing(exams)),
            remedy=t("Put it into a course with `safelearn course exam new`."),
        )
    course.mkdir(parents=True, exist_ok=True)
    config = course / "nbgrader_config.py"
    if not config.is_file():
        text = CONFIG.format(course_id=course_id or course.name)
        config.write_text(text, encoding="utf-8", newline="\n")
    return [
        put_assignment(course, assignment)
        for assignment in assignments
        if not assignment.module.exam
    ]


def put_assignment(
    course: Path, assignment: Assignment, *, private: bool = False
) -> str:
    """Put an assignment into a course and give its name.

    Parameters
    ----------
    private : bool
        Leave nothing in ``release/``: what trainees get of an exam is sealed.
    """
    name = assignment.module.name
    path = course / "source" / name / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if private:
        path.parent.chmod(0o700)
    text = text_of(instructor_notebook(assignment))
    path.write_text(text, encoding="utf-8", newline="\n")
    with quiet():
        api = nbgrader_of(course)
        if private:
            api.coursedir.release_directory = _UNSEALED
        outcome = api.generate_assignment(name, force=True)
    if private:
        shutil.rmtree(course / _UNSEALED, ignore_errors=True)
    if not outcome["success"]:
        raise SafelearnError(
            t("nbgrader could not make the trainees' notebook."),
            where=name,
            remedy=last_words(outcome),
        )
    return name
