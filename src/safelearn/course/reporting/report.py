"""The instructor's report on a class: what to do now, what to teach again, and what each trainee has practised.

A course's folder goes in, a folder with one page and the tables behind it comes out. Trainees stand in the order
of their ids and nobody is put in an order of achievement; the page is for whoever teaches the class, not for an
employer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safelearn.course.reporting.cohort import cohort_figures
from safelearn.course.reporting.competencies import practised
from safelearn.course.reporting.exports import (
    for_moodle,
    named,
    write_csv,
    write_workbook,
)
from safelearn.course.reporting.items import items, mistakes
from safelearn.course.reporting.marks import Marks, read_marks
from safelearn.course.reporting.sections import sections
from safelearn.course.reporting.similarity import Alike, look_alikes
from safelearn.errors import SafelearnError
from safelearn.language import current, day, is_right_to_left, number, t

PAGE, WORKBOOK, MOODLE, COHORT = "report.html", "marks.xlsx", "moodle.csv", "cohort.csv"


@dataclass(frozen=True)
class Made:
    """What a report holds.

    Attributes
    ----------
    folder : Path
        Where it lies.
    trainees : int
        Whom it covers.
    open_grades : int
        Grades that Moodle does not get yet, because they are not final.
    no_cohort : str
        Why there are no figures of the class to publish; empty if there are.
    """

    folder: Path
    trainees: int
    open_grades: int
    no_cohort: str


def report(
    course: Path,
    folder: Path | None = None,
    *,
    on_step: Callable[[int, int, str], None] | None = None,
) -> Made:
    """Write the report on a class.

    Parameters
    ----------
    course : Path
        An nbgrader course that safelearn has made.
    folder : Path, optional
        Where to; by default ``report`` in the course's folder.
    on_step : callable, optional
        Called as ``on_step(done, total, what)``.

    Raises
    ------
    SafelearnError
        If nobody is in the class and nobody has handed in.
    """
    step = on_step or (lambda done, total, what: None)
    step(0, 4, t("marks"))
    marks = read_marks(course)
    if not marks.people:
        raise SafelearnError(
            t("There is nobody to report on."),
            where=str(course),
            remedy=t("Add people with `safelearn course roster add`, or collect work."),
        )
    folder = Path(folder) if folder else Path(course) / "report"
    step(1, 4, t("competencies and tasks"))
    reached, hard, slips = practised(marks), items(marks), mistakes(marks)
    step(2, 4, t("what looks alike"))
    alike = _alike(course, marks)
    step(3, 4, t("the page"))
    folder.mkdir(parents=True, exist_ok=True)
    page = _page(Path(course).resolve().name, marks, sections(marks, reached, hard, slips, alike))  # fmt: skip
    (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
    tables = {
        "tasks": named(marks, marks.tasks),
        "submissions": named(marks, marks.submissions),
        "competencies": named(marks, reached),
        "items": hard,
        "mistakes": slips,
    }
    for name, frame in tables.items():
        write_csv(frame, folder / f"{name}.csv")
    write_workbook(tables, folder / WORKBOOK)
    grades, open_grades = for_moodle(marks)
    write_csv(grades, folder / MOODLE)
    why_not = _cohort(marks, folder / COHORT)
    step(4, 4, "")
    return Made(folder, len(marks.people), open_grades, why_not)


def _cohort(marks: Marks, path: Path) -> str:
    """Write the figures that may leave the class, or say why there are none."""
    path.unlink(missing_ok=True)
    if marks.invented:
        return t("The class is invented.")
    try:
        write_csv(cohort_figures(marks), path)
    except SafelearnError as error:
        return error.what
    return ""


def _alike(course: Path, marks: Marks) -> list[Alike]:
    handed = marks.submissions
    found = []
    for module in marks.modules:
        own = handed[handed["assignment"] == module.name]
        students = sorted(set(own["handed_in_by"]))
        found += look_alikes(course, module, students, marks.roster.pairs)
    return found


def _page(name: str, marks: Marks, parts: list[Any]) -> str:
    """The parts in the house's frame, by the template that city reports use."""
    import nbformat

    from safelearn.reports.render import FRONT, to_html

    make = nbformat.v4
    front = _front(name, marks)
    outputs = [
        make.new_output("display_data", {FRONT: front, "text/plain": front["title"]})
    ]
    outputs += [
        make.new_output("display_data", {"text/html": str(part)}) for part in parts
    ]
    notebook = make.new_notebook(cells=[make.new_code_cell("", outputs=outputs)])
    with tempfile.TemporaryDirectory(prefix="sl-") as folder:
        path = Path(folder) / "report.ipynb"
        nbformat.write(notebook, path)
        return to_html(path)


def _front(name: str, marks: Marks) -> dict[str, Any]:
    invented = marks.invented
    return {
        "lang": current().replace("_", "-"),
        "dir": "rtl" if is_right_to_left() else "ltr",
        "title": t("The class: {name}", name=name),
        "kicker": t("For whoever teaches it"),
        "subtitle": t(
            "What waits for you, what to teach again, and what each trainee has practised."
        ),
        "publisher": name,
        "facts": [
            [t("Trainees"), number(len(marks.people))],
            [t("Assignments"), number(len(marks.modules))],
            [t("Made on"), day(date.today())],
        ],
        "marking": t("Personal data: for the instructors of this class only"),
        "warning": t("Nobody in it exists, and no mark in it was earned.")
        if invented
        else "",
        "warning_tag": t("Invented class.") if invented else "",
        "warning_short": t("Invented class.") if invented else "",
        "words": {
            "skip": t("Skip to the report"),
            "contents": t("Contents"),
            "failed": t("This section could not be produced."),
        },
        "footer": t(
            "Marks are for teaching. They say how tasks of a course were answered, they do not measure people, "
            "and they are no basis for hiring, firing or comparing anybody."
        ),
    }
