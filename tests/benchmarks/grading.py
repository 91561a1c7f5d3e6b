"""A class is graded: ours in the sandbox, and stock `nbgrader autograde`, on the same notebooks.

Stock runs all of them as one trainee, since it knows no variants, and gives 0 to every automatic task; both hand the
written ones to a person. What is compared is the time until every submission stands in the gradebook. For a class of
300 stock grades 40, and what these take after start-up is scaled.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MODULE = "05_rates"
CLASS, LARGE, MEASURED = 20, 300, 40
#: Whose data stock runs on: drawn twice until they show the lesson, in the class 2.3 times on average.
ONE = "trainee003"
#: How much slower the last hundred may be than the first, and how much more memory they may take.
FLAT = 0.8


def grade_20_ours(folder: Path):
    course = _course(folder / "ours")
    command = ["-m", "safelearn", "course", "grade", str(course), MODULE]
    seconds, graded = _timed(command, course), _graded(course)
    again = _grade(_course(folder / "parts"))
    memory, bound = again.memory(0, CLASS), again.start + again.running
    return seconds, graded, memory, {"parts": again.parts, "bound": bound}


def grade_20_peer(folder: Path):
    course = _stock(folder / "peer")
    return _timed(["-m", "nbgrader", "autograde", MODULE], course), _graded(course)


def grade_20_work_ours(folder: Path):
    """After start-up: everything is imported, and the sandbox is open."""
    course = _course(folder / "work-ours")
    found = _grade(course)
    more = {"parts": found.parts, "bound": found.running}
    return found.work, _graded(course), found.memory(0, CLASS), more


def grade_20_work_peer(folder: Path):
    course = _stock(folder / "work-peer")
    return _grade_by_stock(course, CLASS)[1], _graded(course)


def grade_300_ours(folder: Path):
    """All of it; and whether the last hundred cost what the first did."""
    course = _course(folder / "large-ours", LARGE)
    found = _grade(course)
    third = LARGE // 3
    first, last = found.seconds(0, third), found.seconds(LARGE - third, LARGE)
    early, late = found.memory(0, third), found.memory(LARGE - third, LARGE)
    rows = [
        ("linear", last, first, "seconds for the last hundred of 300, and the first"),
        ("memory", late, early, "megabytes while the last hundred of 300 ran, and the first; of all processes"),
    ]  # fmt: skip
    more = {"parts": found.parts, "rows": [(*row, FLAT) for row in rows]}
    more["bound"] = found.start + found.running
    seconds = found.start + found.work
    return seconds, _graded(course), found.memory(0, LARGE), more


def grade_300_peer(folder: Path):
    course = _stock(folder / "large-peer", MEASURED)
    start, work = _grade_by_stock(course, MEASURED)
    seconds = start + work * LARGE / MEASURED
    return seconds, _graded(course) * LARGE // MEASURED


class _Watch:
    """When each submission was begun, what all processes held then, and where the time went."""

    def __init__(self) -> None:
        self.begun: list[float] = []
        self.held: list[float] = []
        self.start = self.work = 0.0
        self.sums: Counter[str] = Counter()
        self._lock = threading.Lock()

    def step(self, done: int, total: int, student: str) -> None:
        from safelearn.execution.sandbox.jail import memory_of

        self.begun.append(time.perf_counter())
        often = max(1, total // 30)
        if done % often == 0:
            self.held.append(memory_of(os.getpid()) / 2**20)
        else:
            self.held.append(self.held[-1])

    def seconds(self, first: int, last: int) -> float:
        return self.begun[last] - self.begun[first]

    def memory(self, first: int, last: int) -> float:
        return max(self.held[first : last + 1])

    @contextlib.contextmanager
    def timing(self, owner: type, name: str, part: str) -> Iterator[None]:
        """Add up what one method takes, in whichever thread."""
        method = getattr(owner, name)

        def timed(*arguments, **named):
            start = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                with self._lock:
                    self.sums[part] += time.perf_counter() - start

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, method)

    @property
    def running(self) -> float:
        """Seconds in which the processors can draw all data and run all solutions, mistakes and submissions."""
        # What a key takes holds the drawing before it.
        return (self.sums["key"] + self.sums["run"]) / (os.cpu_count() or 1)

    @property
    def parts(self) -> dict[str, float]:
        """Seconds of start-up, and of each submission while as many ran as there are processors."""
        each = {
            part: total / (len(self.begun) - 1) for part, total in self.sums.items()
        }
        each["key"] -= each["draw"]
        rounded = {part: round(seconds, 4) for part, seconds in each.items()}
        return {"start-up": round(self.start, 4), **rounded}


def _grade(course: Path) -> _Watch:
    found = _Watch()
    start = time.perf_counter()
    from safelearn.course.grading.batch import grade, open_ahead

    open_ahead(course, MODULE)
    from nbgrader.apps import NbGraderAPI

    from safelearn.course.grading import checker
    from safelearn.course.grading.runs import Desk
    from safelearn.execution.warm.client import Worker

    checker.sandbox(course.resolve())
    found.start = time.perf_counter() - start
    with (
        found.timing(Worker, "fork", "draw"),
        found.timing(Desk, "_key", "key"),
        found.timing(Desk, "_run", "run"),
        found.timing(NbGraderAPI, "autograde", "nbgrader"),
    ):
        start = time.perf_counter()
        grade(course, MODULE, on_student=found.step)
        found.work = time.perf_counter() - start
    return found


def _grade_by_stock(course: Path, submissions: int) -> tuple[float, float]:
    """Seconds of start-up, and of the rest."""
    start = time.perf_counter()
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    os.environ["SAFELEARN_TRAINEE"] = ONE
    config = Config()
    config.CourseDirectory.root = str(course)
    api = NbGraderAPI(config=config)
    ready = time.perf_counter()
    for number in range(submissions):
        api.autograde(MODULE, f"trainee{number:03d}", create=True, force=True)
    return ready - start, time.perf_counter() - ready


def _course(folder: Path, submissions: int = CLASS) -> Path:
    """Made anew in a process of its own: the author's solution, and in every fifth a typical mistake."""
    code = f"import grading; grading.make({str(folder)!r}, {submissions})"
    here = Path(__file__).parent
    subprocess.run([sys.executable, "-c", code], cwd=here, check=True)
    return folder


def make(where: str, submissions: int) -> None:
    import shutil

    import nbformat

    from safelearn.course.authoring.build import instructor_notebook
    from safelearn.course.classroom.new import new_course
    from safelearn.course.modules import find_module
    from safelearn.course.source import read_assignment

    folder = Path(where)
    shutil.rmtree(folder, ignore_errors=True)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stderr(io.StringIO()):
        new_course(folder, [MODULE])
    assignment = read_assignment(find_module(MODULE).folder)
    solved = {cell.id: cell.source for cell in instructor_notebook(assignment).cells}
    given = folder / "release" / MODULE / "assignment.ipynb"
    for number in range(submissions):
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


def _stock(folder: Path, submissions: int = CLASS) -> Path:
    course = _course(folder, submissions)
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
