"""A batch that is killed goes on where it was: no mark is lost, none is there twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from safelearn.course.grading import checker, runs
from safelearn.course.grading.batch import grade
from safelearn.course.grading.records import read_record
from safelearn.course.grading.runs import FOLDER
from safelearn.course.key import key_for
from safelearn.execution.warm.client import Prepared

pytestmark = [pytest.mark.needs("bwrap"), pytest.mark.filterwarnings("ignore")]
#: Graded in another process, which is killed while the mark of the third is being written.
KILLED = """
import os, signal, sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
from nbgrader.preprocessors import SaveAutoGrades
from safelearn.course.grading import runs
from safelearn.course.grading.batch import grade

runs.code = lambda: "this version"
written = SaveAutoGrades._add_score

def killed(self, cell, resources):
    if self.student_id == "chi":
        os.kill(os.getpid(), signal.SIGKILL)
    written(self, cell, resources)

SaveAutoGrades._add_score = killed
grade(Path(sys.argv[1]), sys.argv[2])
"""


def rows(course):
    """How many submissions and marks the gradebook has."""
    from nbgrader.api import Grade, Gradebook, SubmittedAssignment

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return tuple(
            book.db.query(kind).count() for kind in (SubmittedAssignment, Grade)
        )


def test_a_killed_batch_goes_on_where_it_was(classroom, monkeypatch):
    # As where safelearn is installed: nobody edits it between two batches.
    monkeypatch.setattr(runs, "code", lambda: "this version")
    course, name = classroom.course, classroom.NAME
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(course), name],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert read_record(course, name, "ben").stamp
    assert not read_record(course, name, "chi").stamp
    seen = []
    records = grade(course, name, on_student=lambda done, total, who: seen.append(who))
    assert [record.points for record in records] == [2, 1, 0, 2]
    assert seen == ["chi", "dan", ""]
    points = {who: found[0] for who, found in classroom.grades("m98-t1").items()}
    assert points == {"ana": 2, "ben": 1, "chi": 0, "dan": 2}
    # Two tasks and the cell at the end.
    assert rows(course) == (4, 3 * 4)

    # The key was computed in the sandbox, from the source that cannot be seen there.
    (kept,) = (course / FOLDER / name / "ana").glob("key-*.json")
    ours = key_for("m98", "ana")
    assert json.loads(kept.read_text(encoding="utf-8")) == json.loads(
        json.dumps(vars(ours))
    )

    # From here on everything is there: no notebook runs again, unless that is asked for.
    ran = []

    def run(*_, **__):
        ran.append(1)
        raise OSError("no more")

    monkeypatch.setattr(Prepared, "run", run)
    assert grade(course, name) == records and not ran
    stamp = course / "submitted" / "ana" / name / "timestamp.txt"
    stamp.write_text("2026-11-23 12:00:00 UTC", encoding="utf-8")
    (ana,) = grade(course, name, students=["ana"])
    assert not ran and ana.points == 2 and ana.stamp != records[0].stamp
    (ana,) = grade(course, name, students=["ana"], again=True)
    assert ran and "no more" in ana.set_aside


def test_a_notebook_that_never_began_is_no_0(classroom, monkeypatch):
    from safelearn.execution.warm.jobs import Done

    class Broken:
        def fork(self, first):
            return None

        def run(self, *_, **__):
            return Done(ended="died", reason="its Python ended (status 71)")

    monkeypatch.setattr(checker, "sandbox", lambda course: Broken())
    records = grade(classroom.course, classroom.NAME)
    assert all("could not be run" in record.set_aside for record in records)
    assert classroom.grades("m98-t1") == {}
