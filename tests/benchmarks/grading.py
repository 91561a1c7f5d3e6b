"""A class of twenty is graded: ours in the sandbox, and stock `nbgrader autograde`, on the same notebooks.

Stock runs all of them as one trainee, since it knows no variants, and gives 0 to every automatic task; both hand the
written ones to a person. What is compared is the time until every submission stands in the gradebook.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path

MODULE = "05_rates"
CLASS = 20
#: Whose data stock runs on.
ONE = "trainee000"


def grade_20_ours(folder: Path):
    course = _course(folder / "ours")
    command = ["-m", "safelearn", "course", "grade", str(course), MODULE]
    return _timed(command, course), _graded(course)


def grade_20_peer(folder: Path):
    course = _stock(folder / "peer")
    return _timed(["-m", "nbgrader", "autograde", MODULE], course), _graded(course)


def grade_20_work_ours(folder: Path):
    """After start-up: everything is imported, and the sandbox is open."""
    from safelearn.course.grading import batch as grading
    from safelearn.course.grading import checker

    course = _course(folder / "work-ours")
    checker.sandbox(course)
    start = time.perf_counter()
    grading.grade(course, MODULE)
    return time.perf_counter() - start, _graded(course)


def grade_20_work_peer(folder: Path):
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    course = _stock(folder / "work-peer")
    os.environ["SAFELEARN_TRAINEE"] = ONE
    config = Config()
    config.CourseDirectory.root = str(course)
    api = NbGraderAPI(config=config)
    start = time.perf_counter()
    for number in range(CLASS):
        api.autograde(MODULE, f"trainee{number:03d}", create=True, force=True)
    return time.perf_counter() - start, _graded(course)


def _course(folder: Path) -> Path:
    """Made anew, with twenty notebooks: the author's solution, and in every fifth a typical mistake."""
    import shutil

    import nbformat

    from safelearn.course.authoring.build import instructor_notebook
    from safelearn.course.classroom.new import new_course
    from safelearn.course.modules import find_module
    from safelearn.course.source import read_assignment

    shutil.rmtree(folder, ignore_errors=True)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stderr(io.StringIO()):
        new_course(folder, [MODULE])
    assignment = read_assignment(find_module(MODULE).folder)
    solved = {cell.id: cell.source for cell in instructor_notebook(assignment).cells}
    given = folder / "release" / MODULE / "assignment.ipynb"
    for number in range(CLASS):
        notebook = nbformat.read(given, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.nbgrader.solution:
                task = cell.id.removesuffix("-answer")
                slips = assignment.mistakes.get(task)
                cell.source = (
                    slips[0].code if slips and number % 5 == 4 else solved[cell.id]
                )
                if cell.metadata.nbgrader.grade:
                    cell.source = "An answer in words."
        name = f"trainee{number:03d}"
        path = folder / "submitted" / name / MODULE / given.name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    return folder


def _stock(folder: Path) -> Path:
    course = _course(folder)
    (course / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    return course


def _timed(command: list[str], course: Path) -> float:
    folder = str(Path(sys.executable).parent)
    path = os.pathsep.join([folder, os.environ.get("PATH", "")])
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=course,
        env={**os.environ, "PATH": path, "SAFELEARN_TRAINEE": ONE},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return time.perf_counter() - start


def _graded(course: Path) -> int:
    """Submissions of which every task is marked or waits for a person."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return sum(
            all(
                grade.auto_score is not None or grade.needs_manual_grade
                for grade in submission.notebooks[0].grades
            )
            for submission in book.assignment_submissions(MODULE)
        )
