"""Make a folder an nbgrader course: the instructor's notebooks, and settings that plug in the checker."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from safelearn.course.authoring.build import NOTEBOOK, instructor_notebook, text_of
from safelearn.course.classroom.api import last_words, nbgrader_of, quiet
from safelearn.course.modules import find_module, folders
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError
from safelearn.language import t

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
        with quiet():
            outcome = nbgrader_of(course).generate_assignment(name, force=True)
        if not outcome["success"]:
            raise SafelearnError(
                t("nbgrader could not make the trainees' notebook."),
                where=name,
                remedy=last_words(outcome),
            )
        made.append(name)
    return made
