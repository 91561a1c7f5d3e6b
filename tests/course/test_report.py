"""What an instructor reads of a class, from a gradebook that nbgrader itself has written."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import UTC, datetime

import nbformat
import pytest

from safelearn.cli import main
from safelearn.course import modules
from safelearn.course.classroom import roster as the
from safelearn.course.grading.records import Record, TaskRecord, write_record
from safelearn.course.reporting.cohort import cohort_figures
from safelearn.course.reporting.competencies import (
    Levels,
    levels,
    practised,
    still_to_practise,
)
from safelearn.course.reporting.exports import for_moodle, write_csv, write_workbook
from safelearn.course.reporting.items import items, mistakes
from safelearn.course.reporting.marks import read_marks
from safelearn.course.reporting.report import report
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"
#: Points of the automatic task (of 2) and of the written one (of 3; None: nobody has read it yet).
CLASS = {
    "t01": (2, 3), "t02": (2, 3), "t03": (2, 2), "t04": (2, 2), "t05": (1, 2), "t06": (1, 1),
    "t07": (1, 1), "t08": (1, 1), "t09": (0, 0), "t10": (0, 0), "t11": (0, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def template(a_copy):
    """A course in which eleven handed in, one was set aside, one only stands in the list."""
    from nbgrader.api import Gradebook

    course = a_copy
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for who, (auto, manual) in CLASS.items():
            book.add_student(who)
            submission = book.add_submission(NAME, who)
            for grade in submission.notebooks[0].grades:
                if grade.cell.name == "m98-t1":
                    grade.auto_score, grade.needs_manual_grade = auto, False
                elif grade.cell.name == "m98-t2" and manual is not None:
                    grade.manual_score, grade.needs_manual_grade = manual, False
            book.db.commit()
    for who, (auto, _) in CLASS.items():
        slips = ["per hundred"] if auto == 1 else []
        task = TaskRecord("m98-t1", auto, 2, slips, "", [])
        write_record(course, Record(NAME, who, data="x", sandboxed=True, tasks=[task]))
    write_record(course, Record(NAME, "zed", set_aside="It is damaged.", remedy="Ask."))
    people = [the.Person(who, "Tara", f"={who}", role="planner") for who in CLASS]
    people += [the.Person("zed"), the.Person("zoe")]
    the.change_roster(course, lambda roster: the.add(roster, people))
    return course


def states(marks, who):
    own = marks.tasks[marks.tasks["student"] == who]
    return dict(zip(own["task"], own["state"], strict=True))


def test_marks_are_the_gradebooks_and_every_task_has_a_state(course):
    marks = read_marks(course)
    assert [p.id for p in marks.people] == [*CLASS, "zed", "zoe"]
    assert states(marks, "t11") == {"m98-t1": "marked", "m98-t2": "waiting"}
    assert set(states(marks, "zed").values()) == {"set aside"}
    assert set(states(marks, "zoe").values()) == {"not handed in"}
    of = marks.submissions.set_index("student")
    assert of.loc["t03", "points"] == 4 and of.loc["t03", "most"] == 5
    assert of.loc["t11", "points"] == 0 and of.loc["t11", "waiting"] == 1
    assert of.loc["zoe", "points"] != of.loc["zoe", "points"]


def test_what_a_later_grading_set_aside_has_no_marks_left_from_before(course):
    write_record(course, Record(NAME, "t01", set_aside="Someone else's data."))
    assert set(states(read_marks(course), "t01").values()) == {"set aside"}


def test_work_that_nobody_has_graded_is_not_called_absent(course):
    for who in ("zoe", "ana"):
        (course / "submitted" / who / NAME).mkdir(parents=True)
    assert set(states(read_marks(course), "zoe").values()) == {"not graded yet"}
    page = (report(course).folder / "report.html").read_text(encoding="utf-8")
    # An id that is in no list may be misspelt, and then the data were drawn for another person.
    assert "without being in the list of the class: ana." in page
    assert f"Not all of this is graded: {NAME}." in page


def test_who_withdrew_is_nowhere_and_a_partner_has_the_marks_of_the_pair(course):
    def change(roster):
        the.withdraw(roster, "t02")
        the.pair(roster, ["t03", "zoe"])

    the.change_roster(course, change)
    marks = read_marks(course)
    assert "t02" not in {p.id for p in marks.people}
    assert "t02" not in set(marks.tasks["student"])
    of = marks.submissions.set_index("student")
    assert of.loc["zoe", "points"] == 4 and of.loc["zoe", "handed_in_by"] == "t03"


def test_lateness_counts_extensions_and_the_zone(course):
    def change(roster):
        the.set_zone(roster, "America/Lima")
        the.set_deadline(roster, [NAME], NAME, "2026-12-01 18:00")
        the.set_deadline(roster, [NAME], NAME, "2026-12-01 21:00", ["t02"])

    the.change_roster(course, change)
    for who in ("t01", "t02", "t03"):
        path = course / "submitted" / who / NAME / "timestamp.txt"
        path.parent.mkdir(parents=True)
        # In Lima it is seven in the evening; t03 handed in an hour and a minute before.
        path.write_text(f"2026-12-02 {'00:00' if who != 't03' else '22:59'}:00 UTC")
    (course / "submitted" / "t03" / NAME / "timestamp.txt").write_text(
        "2026-12-01 22:59:00 UTC"
    )
    of = read_marks(course).submissions.set_index("student")
    assert of.loc["t01", "late"].total_seconds() == 3600
    assert of.loc["t02", "late"] is None or of.loc["t02", "late"] != of.loc["t02", "late"]  # fmt: skip
    assert of["late"].notna().sum() == 1
    assert of.loc["t01", "handed_in"] == datetime(2026, 12, 2, tzinfo=UTC)


def test_a_level_is_practised_from_half_of_the_points_of_its_marked_tasks(course):
    reached = practised(read_marks(course)).set_index(["student", "level"])["state"]
    assert reached["t05", 1] == "practised" and reached["t05", 2] == "practised"
    assert reached["t06", 2] == "begun"  # 1 of 3
    assert reached["t11", 2] == "to be read"
    assert reached["zoe", 1] == reached["zed", 1] == "not yet"


def test_what_the_role_asks_for_is_compared_with_what_was_practised(course):
    reached = practised(read_marks(course))
    own = reached[reached["student"] == "t01"]
    assert own["state"].eq("practised").all()
    # A planner needs three competencies that this course does not teach, and C5 not at all.
    assert still_to_practise(own, "planner") == [("C3", 3), ("C6", 3), ("C8", 3)]
    # A police analyst needs C5 at level 3; t01 has practised level 2.
    assert ("C5", 3) in still_to_practise(own, "police_analyst")
    assert still_to_practise(own, "") == []


def test_public_tasks_practise_and_only_an_exam_examines(course, tiny):
    of_practice = levels(practised(read_marks(course)))
    assert of_practice["t01"] == Levels({"C5": 2}, {})
    described = tiny / "module.toml"
    text = described.read_text(encoding="utf-8")
    described.write_text(f"exam = true\n{text}", encoding="utf-8")
    modules._read_once.cache_clear()
    reached = practised(read_marks(course))
    assert levels(reached)["t01"] == Levels({}, {"C5": 2})
    # One point of three in the second task, one of two in the first.
    assert levels(reached)["t06"] == Levels({}, {"C5": 1})
    assert set(reached["state"]) == {"not yet"}
    # An exam takes no less than practice: what the role asks for is reached.
    assert still_to_practise(reached[reached["student"] == "t01"], "planner") == [
        ("C3", 3), ("C6", 3), ("C8", 3),
    ]  # fmt: skip
    page = (report(course).folder / "report.html").read_text(encoding="utf-8")
    assert "examined: 2 of 2 points in an exam" in page
    assert "examined, in private tasks" in page


def test_difficulty_and_discrimination_are_those_worked_out_by_hand(course):
    found = items(read_marks(course)).set_index("task")
    assert found.loc["m98-t1", "n"] == 11 and found.loc["m98-t2", "n"] == 10
    assert found.loc["m98-t1", "share"] == pytest.approx(12 / 22)
    assert found.loc["m98-t2", "share"] == pytest.approx(15 / 30)
    # Pearson of (2,2,2,2,1,1,1,1,0,0) and (3,3,2,2,2,1,1,1,0,0): 7 / sqrt(5.6 * 10.5), the same either way.
    for task in ("m98-t1", "m98-t2"):
        r = found.loc[task, "discrimination"]
        assert r == pytest.approx(7 / (5.6 * 10.5) ** 0.5)


def test_slips_are_counted_once_an_answer(course):
    (slip,) = mistakes(read_marks(course)).to_dict("records")
    assert slip == {"assignment": NAME, "task": "m98-t1", "mistake": "per hundred", "n": 4, "of": 11}  # fmt: skip


def test_moodle_gets_final_grades_only(course, tmp_path):
    grades, open_ = for_moodle(read_marks(course))
    of = grades.set_index("id")[NAME]
    assert of["t01"] == 5 and of["t09"] == 0
    assert of[["t11", "zed", "zoe"]].isna().all()
    assert open_ == 2  # one waits to be read, one is set aside; zoe handed in nothing


@pytest.mark.clause("draft:23(a)")
def test_figures_of_a_class_speak_of_no_small_group(course):
    marks = read_marks(course)
    figures = cohort_figures(marks)
    # Eight of eleven practised level 1, five level 2: the three who did not are too few to be told apart.
    assert list(figures["practised"]) == ["over 6", "5"]
    assert set(figures["trainees"]) == {11}

    def leave(roster):
        the.withdraw(roster, "t01")
        the.withdraw(roster, "t02")

    the.change_roster(course, leave)
    with pytest.raises(SafelearnError, match="from 10"):
        cohort_figures(read_marks(course))


def test_a_name_is_never_run_as_a_formula(course, tmp_path):
    from openpyxl import load_workbook

    grades, _ = for_moodle(read_marks(course))
    grades["Email address"] = "=1+1"
    write_csv(grades, tmp_path / "g.csv")
    write_workbook({"g": grades}, tmp_path / "g.xlsx")
    with (tmp_path / "g.csv").open(encoding="utf-8") as file:
        assert all(row["Email address"] == "'=1+1" for row in csv.DictReader(file))
    cell = load_workbook(tmp_path / "g.xlsx")["g"]["B2"]
    assert cell.data_type == "s" and cell.value == "'=1+1"


def test_the_page_names_everybody_in_the_order_of_ids_and_ranks_nobody(course, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["course", "report", str(course)])
    assert ended.value.code == 0
    folder = course / "report"
    page = (folder / "report.html").read_text(encoding="utf-8")
    order = re.findall(r'<details class="trainee[^>]*><summary>([^<]*)', page)
    assert [re.sub(r".*\((.*)\).*", r"\1", name).strip() for name in order] == [*CLASS, "zed", "zoe"]  # fmt: skip
    assert "It is damaged." in page and "per hundred" in page
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", page.split("</style>", 1)[1])
    assert not re.search(r"\b(rank|best|worst|top|average)\b", page.split("<main")[1], re.I)  # fmt: skip
    said = capsys.readouterr().out
    assert "2 grades are not final" in said and "cohort.csv" in said
    for name in ("tasks", "submissions", "items", "mistakes", "competencies", "moodle"):
        assert (folder / f"{name}.csv").stat().st_size, name
    assert (folder / "marks.xlsx").is_file()
    text = (folder / "cohort.csv").read_text(encoding="utf-8")
    assert not any(who in text for who in CLASS)


def test_an_empty_class_is_told_what_to_do(new_course, tiny, tmp_path):
    empty = shutil.copytree(new_course, tmp_path / "empty")
    with pytest.raises(SafelearnError, match="nobody"):
        report(empty)


def hand_in(course, student, code, text):
    notebook = nbformat.read(
        course / "release" / NAME / "assignment.ipynb", as_version=4
    )
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id == "m98-t1-answer":
            cell.source = code
        if cell.metadata.nbgrader.grade_id == "m98-t2":
            cell.source = text
    path = course / "submitted" / student / NAME / "assignment.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


OWN = (
    "so few streets hold so much of what was stolen that the mean over streets hides nearly everything {0} "
    "counted and {0} ever will count in a year like this one {0} {0}"
)
ROUNDABOUT = """
total = 0
for street, row in shops.set_index("street").iterrows():
    total = total + int(row["n"]) if row["people"] > 0 else total
thefts = total
rate = round(1000 * total / sum(list(shops["people"])), 4)
"""


def test_only_what_hardly_anybody_else_wrote_is_a_flag(course):
    plain = 'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()'
    for i, who in enumerate(["t01", "t02", "t03", "t04", "t05"]):
        hand_in(course, who, plain, f"Number {i} wrote this alone and nobody else did.")
    renamed = ROUNDABOUT.replace("total", "s").replace("street,", "which,")
    hand_in(course, "t06", ROUNDABOUT, OWN.format("one"))
    hand_in(course, "t07", renamed + "# mine", OWN.format("one"))
    from safelearn.course.modules import find_module
    from safelearn.course.reporting.similarity import look_alikes

    module = find_module(NAME)
    (found,) = look_alikes(course, module, [*CLASS], [])
    assert (found.first, found.second) == ("t06", "t07")
    assert look_alikes(course, module, [*CLASS], [["t07", "t06"]]) == []
    assert look_alikes(course, module, ["t06", "t07"], []) == []
