"""When a class is over, what is anybody's goes, and what is nobody's stays."""

from __future__ import annotations

import json

import pytest

from safelearn.cli import main
from safelearn.course.classroom import roster as the
from safelearn.course.grading.records import Record, write_record
from safelearn.course.grading.regrade import LOG, log

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"


@pytest.fixture(scope="module")
def template(a_copy):
    from nbgrader.api import Gradebook

    course = a_copy
    people = [the.Person(who) for who in ("ana", "ben")]
    the.change_roster(course, lambda roster: the.add(roster, people))
    the.change_roster(course, lambda roster: the.pair(roster, ["ana", "ben"]))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for who in ("ana", "ben"):
            book.add_submission(NAME, who)
    for who in ("ana", "ben"):
        write_record(course, Record(NAME, who))
        path = course / "runs" / NAME / f"{who}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(who)
        for kind in ("submitted", "autograded", "feedback"):
            path = course / kind / who / NAME / "assignment.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(who)
    changes = [{"student": who, "task": "m98-t1"} for who in ("ana", "ben")]
    entry = {"assignment": NAME, "reason": "mended", "changes": changes}
    (course / "records" / LOG).write_text(json.dumps(entry) + "\n")
    (course / "report").mkdir()
    (course / "report" / "report.html").write_text("ana, ben")
    (course / "report" / "cohort.csv").write_text("competency\n")
    (course / "notes.txt").write_text("mine")
    for who in ("ana", "ben"):
        path = (
            course / "earlier" / NAME / who / "2026-01-01 120000" / "assignment.ipynb"
        )
        path.parent.mkdir(parents=True)
        path.write_text(who)
        path = course / "collected" / NAME / f"{who}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(who)
    (course / "moodle").mkdir()
    (course / "moodle" / f"{NAME}-grades.csv").write_text("ana, ben")
    return course


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["course", "purge", *map(str, arguments)])
    return ended.value.code


def files(course):
    return {p.relative_to(course).as_posix() for p in course.rglob("*") if p.is_file()}


def test_nothing_is_deleted_before_somebody_says_yes(course, capsys):
    before = files(course)
    assert run(course) == 2
    assert files(course) == before
    said = capsys.readouterr().out
    assert "submitted" in said and "notes.txt" in said and "add --yes" in said


def test_after_a_purge_nothing_of_anybody_is_left(course):
    assert run(course, "--yes") == 0
    left = files(course)
    assert {"nbgrader_config.py", "notes.txt", "report/cohort.csv"} <= left
    assert f"source/{NAME}/assignment.ipynb" in left
    assert f"release/{NAME}/assignment.ipynb" in left
    gone = (
        "submitted",
        "autograded",
        "feedback",
        "records",
        "gradebook",
        "roster",
        "runs",
        "earlier",
        "collected",
        "moodle",
    )
    assert not any(name.startswith(gone) for name in left)
    assert "report/report.html" not in left


def test_one_trainee_goes_and_the_others_keep_everything(course):
    from nbgrader.api import Gradebook

    assert run(course, "--student", "ana", "--yes") == 0
    left = files(course)
    assert not any("ana" in name for name in left)
    assert f"submitted/ben/{NAME}/assignment.ipynb" in left
    kinds = ("records", "runs", "collected")
    assert {f"{kind}/{NAME}/ben.json" for kind in kinds} <= left
    assert not {"report/report.html", f"moodle/{NAME}-grades.csv"} & left
    assert any(name.startswith(f"earlier/{NAME}/ben/") for name in left)
    (entry,) = log(course, NAME)
    assert [change["student"] for change in entry["changes"]] == ["ben"]
    roster = the.read_roster(course)
    assert set(roster.people) == {"ben"} and roster.pairs == []
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assert [s.id for s in book.students] == ["ben"]
        assert len(book.assignment_submissions(NAME)) == 1
    assert run(course, "--student", "ana", "--yes") == 2
