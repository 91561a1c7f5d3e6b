"""A task is mended after it was graded: marks change in the open, and can be explained."""

from __future__ import annotations

import json

import pytest

from safelearn.course import key
from safelearn.course.grading import runs
from safelearn.course.grading.appeal import appeal
from safelearn.course.grading.batch import grade
from safelearn.course.grading.regrade import Change, log, regrade
from safelearn.course.variants import variant
from safelearn.errors import SafelearnError
from safelearn.execution import submission

pytestmark = [pytest.mark.needs("bwrap"), pytest.mark.filterwarnings("ignore")]


def give(classroom, student, task, points):
    """A person marks, as in formgrader."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{classroom.course / 'gradebook.db'}") as book:
        grade = book.find_grade(task, "assignment", classroom.NAME, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def test_a_mended_task_changes_marks_in_the_open(classroom, tiny, monkeypatch):
    monkeypatch.setattr(runs, "code", lambda: "this version")
    course, name = classroom.course, classroom.NAME
    with pytest.raises(SafelearnError, match="Nobody has marks"):
        regrade(course, name)
    with pytest.raises(SafelearnError, match="not graded"):
        appeal(course, name, "ana")
    grade(course, name)
    give(classroom, "ana", "m98-t2", 2.5)
    give(classroom, "dan", "m98-t1", 1.5)
    assert regrade(course, name).changes == ()

    # The author finds that it was meant for 100 people.
    source = tiny / "assignment.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("rate = 1000 *", "rate = 100 *"), encoding="utf-8")
    key.assignment_of.cache_clear()
    ran = []
    shut_in = submission.shut_in
    monkeypatch.setattr(
        submission, "shut_in", lambda *a, **k: ran.append(1) or shut_in(*a, **k)
    )
    before = classroom.grades("m98-t1")
    shown = regrade(course, name)
    assert shown.changes == (
        Change("ana", "m98-t1", 2, 1),
        Change("ben", "m98-t1", 1, 2),
        Change("dan", "m98-t1", 2, 1, by_hand=1.5),
    )
    assert (shown.written, shown.looked_at) == (False, 4)
    assert classroom.grades("m98-t1") == before and log(course, name) == []

    done = regrade(course, name, reason="The rate was meant for 100 people.")
    assert done.written and done.changes == shown.changes
    # Nothing ran again: what was handed in is as it was.
    assert ran == []
    assert classroom.grades("m98-t1") == {
        "ana": (1, None, False),
        "ben": (2, None, False),
        "chi": (0, None, False),
        "dan": (1, 1.5, True),  # a person looks again at what they gave
    }
    assert classroom.grades("m98-t2")["ana"] == (None, 2.5, False)
    (entry,) = log(course, name, "ben")
    assert entry["reason"] == "The rate was meant for 100 people."
    assert len(entry["changes"]) == 3 and log(course, name, "chi") == []
    assert regrade(course, name).changes == ()

    sheet = appeal(course, name, "ana")
    shops = variant(name, "ana").tables["shops"]
    thefts, people = shops["n"].sum(), shops["people"].sum()
    assert f"| `thefts` | {thefts} | {thefts} | the same to 0 decimals | 100%" in sheet
    assert f"{1000 * thefts / people:.6g} | {100 * thefts / people:.6g}" in sheet
    assert "1 of 2 points." in sheet and "2.5 of 3 points, given by a person" in sheet
    assert "The rate was meant for 100 people." in sheet
    assert "Graded with safelearn" in sheet
    assert "m98-t2" not in appeal(course, name, "ana", tasks=("m98-t1",))
    with pytest.raises(SafelearnError, match="no task m98-t9"):
        appeal(course, name, "ana", tasks=("m98-t9",))


def test_tasks_changed_after_they_were_handed_out_are_not_graded(classroom, tiny):
    from safelearn.course import modules

    described = tiny / "module.toml"
    text = described.read_text(encoding="utf-8")
    described.write_text(text.replace("points = 2", "points = 4"), encoding="utf-8")
    modules._read_once.cache_clear()
    with pytest.raises(SafelearnError, match="after they were handed out") as refused:
        grade(classroom.course, classroom.NAME)
    assert "m98-t1" in refused.value.where
    assert "safelearn course new" in refused.value.remedy
    modules._read_once.cache_clear()


def test_the_runs_are_for_the_instructor_alone(classroom, monkeypatch):
    from safelearn.course.classroom.api import nbgrader_of
    from safelearn.course.grading import checker
    from safelearn.course.modules import find_module

    api = nbgrader_of(classroom.course)
    desk = checker.Judge(config=api.config).desk(
        classroom.course, find_module(classroom.NAME)
    )
    monkeypatch.setattr(desk.__class__, "_key", lambda *_: key.key_for("m98", "ana"))
    kept = desk.key("ana")
    folder = classroom.course / runs.FOLDER
    assert folder.stat().st_mode & 0o077 == 0
    (file,) = folder.rglob("key-*.json")
    assert json.loads(file.read_text(encoding="utf-8"))["right"] == kept.right
