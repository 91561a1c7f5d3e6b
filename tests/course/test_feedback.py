"""What a trainee reads afterwards: which answers are right, which slip it was, where to look, and never the key."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbgrader.utils import determine_grade

from safelearn.course.authoring.rules import breaches
from safelearn.course.classroom.api import nbgrader_of
from safelearn.course.grading import verdicts
from safelearn.course.key import Key
from safelearn.course.modules import find_module, read_module

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"
KEY = Key(
    "x" * 12,
    {"m98-t1": {"thefts": 7711.0, "rate": 83.7}},
    {
        "m98-t1": {
            "mean": {"thefts": 7711.0, "rate": 90.0},
            "sum": {"thefts": 7711.0, "rate": 90.0},
            "hundred": {"thefts": 7711.0, "rate": 8.4},
        }
    },
    {"m98-t1": {"mean": "You took <the mean>.", "sum": "You took the sum.", "hundred": "For 100."}},
)  # fmt: skip


def outputs(module, answers):
    given = {"m98-t1": answers} if answers else {}
    verdict = verdicts.judge(module, given, KEY)["m98-t1"]
    shown = verdicts.verdict_outputs(
        verdict, verdicts.found(module, given, KEY).get("m98-t1", [])
    )
    html = "".join(output.get("data", {}).get("text/html", "") for output in shown)
    return shown, re.sub(r"<[^>]+>", " ", html), html


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"thefts": 7711.0, "rate": 83.7}, 2), ({"thefts": 7711.0, "rate": 90.0}, 1),
        ({"thefts": 1.0, "rate": 1.0}, 0), ({"thefts": 7711.0, "rate": None}, 1), (None, 0),
    ],
)  # fmt: skip
def test_nbgrader_reads_the_points_and_the_trainee_no_key(tiny, answers, points):
    cell = nbformat.v4.new_code_cell("check('m98-t1')")
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 2}
    cell.outputs, said, _ = outputs(find_module(NAME), answers)
    assert determine_grade(cell) == (points, 2)
    whole = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    # Not even of an answer that was right: the next one to read the page may be a colleague.
    assert "7711" not in whole and "83.7" not in whole
    assert ("the part “1. Divide”" in said) is (points < 2)


def test_each_answer_is_told_apart_and_two_slips_are_either_or(tiny):
    _, said, html = outputs(find_module(NAME), {"thefts": 7711.0, "rate": 90.0})
    assert "thefts: right." in said and "rate: not right." in said
    assert "Either: You took &lt;the mean&gt;." in html and "Or: You took the sum." in said  # fmt: skip
    _, said, _ = outputs(find_module(NAME), {"thefts": 7711.0, "rate": 8.4})
    assert "For 100." in said and "Either" not in said
    _, said, _ = outputs(find_module(NAME), None)
    assert "run all cells" in said


def test_a_task_that_sends_to_a_part_that_was_renamed_does_not_build(tiny):
    assert not any("lesson has no part" in one for one in breaches([read_module(tiny)]))
    lesson = tiny / "lesson.py"
    lesson.write_text(lesson.read_text("utf-8").replace("1. Divide", "1. Share"))
    told = [one for one in breaches([read_module(tiny)]) if "has no part" in one]
    assert [one[:6] for one in told] == ["m98-t1", "m98-t2"] and "1. Divide" in told[0]


@pytest.fixture
def page(course):
    """The page that nbgrader makes of ana's notebook, who had the first task half right."""
    from nbgrader.api import Gradebook

    module = find_module(NAME)
    made = nbformat.read(course / "release" / NAME / "assignment.ipynb", as_version=4)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in made.cells}
    cells["m98-t1"].outputs, *_ = outputs(module, {"thefts": 7711.0, "rate": 90.0})
    cells["m98-t1-answer"].source = "thefts = shops['n'].sum()"
    cells["m98-t2"].source = "So many. <script>alert(1)</script>"
    # A cell of her own, of which nbgrader knows nothing.
    own = nbformat.v4.new_output("stream", text="aside")
    made.cells.append(nbformat.v4.new_code_cell("print('aside')", outputs=[own]))
    place = course / "autograded" / "ana" / NAME
    place.mkdir(parents=True)
    nbformat.write(made, place / "assignment.ipynb")
    (place / "timestamp.txt").write_text("2026-12-01 10:00:00 UTC")
    (place / "submission_secret.txt").write_text("secret")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.add_student("ana")
        for grade in book.add_submission(NAME, "ana").notebooks[0].grades:
            grade.auto_score = {"m98-t1": 1}.get(grade.cell.name, 0)
            grade.needs_manual_grade = grade.cell.name == "m98-t2"
        book.db.commit()
    outcome = nbgrader_of(course).generate_feedback(NAME, "ana")
    assert outcome["success"], outcome
    return (course / "feedback" / "ana" / NAME / "assignment.html").read_text("utf-8")


def test_the_page_has_each_task_with_what_was_asked_answered_and_found(page):
    text = re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S))  # fmt: skip
    asked, answered, found = (
        text.index(part)
        for part in ("How many thefts, and", "thefts = shops", "rate: not right")
    )
    assert asked < answered < found
    assert "Task 1. The rate 1 of 2 points" in text
    # A written answer that nobody has read is not shown as nothing.
    assert "Task 2. Say it to be read by a person" in text and "0 of 3" not in text
    assert "1 of 5 points so far. 1 task is still" in text
    assert "aside" in text
    assert "7711" not in page and "check(" not in text and "Test cell" not in text


def test_a_written_answer_that_a_person_has_read_says_where_to_look(course, page):
    from nbgrader.api import Gradebook

    assert page.count("1. Divide") == 1
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grade = book.find_grade("m98-t2", "assignment", NAME, "ana")
        grade.manual_score, grade.needs_manual_grade = 2, False
        book.find_comment("m98-t2", "assignment", NAME, "ana").manual_comment = "*Of whom?*"  # fmt: skip
        book.db.commit()
    assert nbgrader_of(course).generate_feedback(NAME, "ana", force=True)["success"]
    path = course / "feedback" / "ana" / NAME / "assignment.html"
    page = path.read_text("utf-8")
    assert page.count("1. Divide") == 2 and "<em>Of whom?</em>" in page
    assert "3 of 5 points (60%)" in page


def test_the_page_runs_nothing_and_fetches_nothing(page):
    assert "alert(1)" not in re.sub(r"&\w+;", "", page) or "<script>" not in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "<script" not in page


def test_nbgrader_releases_the_page(course, page, tmp_path):
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    api = nbgrader_of(course)
    api.config.Exchange.root = str(exchange)
    api.config.CourseDirectory.course_id = "course"
    outcome = api.release_feedback(NAME)
    assert outcome["success"], outcome
    (released,) = (exchange / "course" / "feedback").iterdir()
    assert released.read_text("utf-8") == page
