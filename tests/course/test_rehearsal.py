"""A rehearsal has every kind of work in it, and never stands among real work."""

from __future__ import annotations

import json
from datetime import timedelta

import nbformat
import pytest

from safelearn.cli import main
from safelearn.course import key
from safelearn.course.classroom.rehearsal import TRAINEES, rehearse
from safelearn.course.grading import checker
from safelearn.course.grading.batch import grade
from safelearn.course.reporting.marks import read_marks
from safelearn.course.reporting.report import report
from safelearn.errors import SafelearnError
from safelearn.execution.sandbox.walls import open_sandbox

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"


@pytest.fixture(scope="module")
def template(a_copy):
    rehearse(a_copy, [NAME])
    return a_copy


def submitted(course, n):
    return course / "submitted" / f"rehearsal{n:02d}" / NAME / "assignment.ipynb"


def test_twenty_hand_in_and_right_work_is_the_authors(course):
    assert len([*course.glob(f"submitted/*/{NAME}/assignment.ipynb")]) == TRAINEES
    right = nbformat.read(submitted(course, 1), as_version=4)
    cells = {c.metadata.nbgrader.grade_id: c.source for c in right.cells}
    assert "1000 * thefts" in cells["m98-t1-answer"]
    assert "SOLUTION" not in json.dumps(right)
    with pytest.raises(json.JSONDecodeError):
        json.loads(submitted(course, 12).read_text(encoding="utf-8"))


def test_the_wrong_are_wrong_and_not_all_in_one_way(course):
    cells = [
        {c.metadata.nbgrader.grade_id: c.source for c in nbformat.read(submitted(course, n), as_version=4).cells}
        for n in (2, 3)
    ]  # fmt: skip
    told = {found["m98-t1-answer"].splitlines()[-1] for found in cells}
    assert len(told) == 2 and all("1000 * thefts" not in line for line in told)


def test_the_late_are_late_and_everybody_is_invented(course):
    marks = read_marks(course)
    late = marks.submissions.dropna(subset="late").set_index("student")["late"]
    assert set(late.index) == {"rehearsal07", "rehearsal20"}
    assert set(late) == {timedelta(hours=5)}
    assert marks.invented


def test_invented_work_never_mixes_with_real_work(course):
    with pytest.raises(SafelearnError, match="already"):
        rehearse(course, [NAME])


def test_the_report_says_that_the_class_is_invented(course):
    made = report(course)
    page = (made.folder / "report.html").read_text(encoding="utf-8")
    assert "Invented class." in page
    assert made.no_cohort and not (made.folder / "cohort.csv").exists()


@pytest.mark.needs("bwrap")
def test_some_of_it_is_marked_and_the_broken_is_set_aside(course, monkeypatch):
    key.key_for.cache_clear()
    # Of the twenty, one that is right, one with a slip, one cut off, one on somebody else's data.
    some = {1, 2, 12, 19}
    with open_sandbox([course.parent / "more"], outside=[course]) as worker:
        monkeypatch.setattr(checker, "sandbox", lambda course: worker)
        grade(course, NAME, students=[f"rehearsal{n:02d}" for n in some])
    marks = read_marks(course)
    found = marks.tasks[marks.tasks["task"] == "m98-t1"].set_index("student")
    assert found.loc["rehearsal01", "points"] == 2
    assert found.loc["rehearsal02", "points"] < 2 and found.loc["rehearsal02", "mistakes"]  # fmt: skip
    assert list(found.loc[["rehearsal12", "rehearsal19"], "state"]) == ["set aside"] * 2


def test_new_with_rehearse_says_what_each_piece_is(tiny, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["course", "new", str(tmp_path / "c"), NAME, "--rehearse"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "the file is cut off" in said and "Nobody here exists" in said
