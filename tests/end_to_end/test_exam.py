"""An exam from the sealed file to the mark: honest work, somebody else's, and a notebook that searches."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from safelearn.course.classroom import roster as the
from safelearn.course.classroom.new import new_course
from safelearn.course.exams import packets, questions, sitting
from safelearn.course.exams.register import exam_of
from safelearn.course.grading import checker
from safelearn.course.grading.batch import grade
from safelearn.course.reporting.competencies import Levels, levels, practised
from safelearn.course.reporting.marks import read_marks

pytestmark = [pytest.mark.needs("bwrap"), pytest.mark.filterwarnings("ignore")]
NAME = "x01_final"
SOURCE = Path(__file__).parents[1] / "course" / "exam" / NAME
ANSWERS = {
    "x01-t1-answer": 'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()',
    "x01-t2-answer": 'share = 100 * shops["n"].max() / shops["n"].sum()',
}
#: Looks for the seed, the solutions, the questions and the other trainee's data, and prints what it finds.
SEARCH = """
import os
from pathlib import Path

from safelearn.course import key, variants
from safelearn.course.exams import register

found = [name for name in OUTSIDE if os.path.exists(name)]
for root, folders, files in os.walk("/"):
    if root.startswith(("/proc", "/usr", "/lib", "/sys", "/dev")) or "site-packages" in root:
        folders[:] = []
    secret = ("assignment.py", "questions.toml", "seed.txt", "exams.json")
    found += [f"{root}/{name}" for name in files if name in secret]
for what in (lambda: key.assignment_of("x01"), lambda: register.exam_of(Path(COURSE), "x01")):
    try:
        what()
        found.append("the key")
    except Exception:
        pass
with variants.as_trainee("ana", os.environ.get("SAFELEARN_EXAM", "")):
    found.append(variants.my_city("x01").fingerprint)
print("FOUND", found)
"""


@pytest.fixture(scope="module")
def sat(tmp_path_factory):
    """A course in which three sat the exam: ana, ben with what ana did, and eve, who searches."""
    root = tmp_path_factory.mktemp("exam")
    course, private = root / "course", root / "private"
    shutil.copytree(SOURCE, private / NAME)
    new_course(course, ["00_start"])
    sitting.new_exam(
        course,
        private / NAME,
        private / "seed.txt",
        opens="2026-01-10 09:00",
        closes="2999-01-10 12:00",
    )
    people = [the.Person(who) for who in ("ana", "ben", "eve")]
    the.change_roster(course, lambda roster: the.add(roster, people))
    packets.hand_out(course, NAME)
    for who in ("ana", "eve"):
        code = packets.codes(course, NAME)[who]
        sealed = course / "handout" / NAME / f"{who}.exam"
        folder = packets.open_packet(sealed, code, root / who).folder
        _work(folder / "assignment.ipynb", course, private if who == "eve" else None)
    for who, whose in (("ana", "ana"), ("ben", "ana"), ("eve", "eve")):
        place = course / "submitted" / who / NAME
        place.mkdir(parents=True)
        shutil.copy(root / whose / NAME / "assignment.ipynb", place)
    checker.sandbox.cache_clear()
    records = {record.student: record for record in grade(course, NAME)}
    yield course, records
    with contextlib.suppress(Exception):
        checker.sandbox(course, private / NAME).close()
    checker.sandbox.cache_clear()


def _work(path, course, private):
    """Do the exam in a kernel of the trainee's own, as JupyterLab would."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = ANSWERS.get(cell.id, cell.source)
        if private and cell.id == "x01-t2-answer":
            outside = [str(private), str(private / "seed.txt"), str(course)]
            search = f"OUTSIDE, COURSE = {outside!r}, {str(course)!r}\n{SEARCH}"
            cell.source = f"{search}\n{cell.source}"
    nbformat.write(notebook, path)
    if private:
        return
    run = [sys.executable, "-m", "jupyter", "execute", "--inplace", "--allow-errors"]
    subprocess.run([*run, path.name], cwd=path.parent, check=True, capture_output=True)


def test_honest_work_has_full_marks_and_somebody_elses_is_set_aside(sat):
    _, records = sat
    assert records["ana"].points == 4 and not records["ana"].set_aside
    assert records["ana"].sandboxed
    assert "data of another trainee" in records["ben"].set_aside


def test_an_exam_examines_and_practises_nothing(sat):
    course, _ = sat
    found = levels(practised(read_marks(course)))
    assert found["ana"] == Levels({}, {"C5": 2})
    assert found["ben"] == Levels({}, {})


def test_a_notebook_finds_neither_seed_nor_key_nor_anybody_elses_data(sat):
    course, records = sat
    assert records["eve"].points == 4
    path = course / "autograded" / "eve" / NAME / "assignment.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    said = "".join(
        output.get("text", "") for cell in cells for output in cell.get("outputs", ())
    )
    line = next(line for line in said.splitlines() if line.startswith("FOUND"))
    # With eve's own secret, ana's id gives data that are nobody's.
    found = json.loads(line.removeprefix("FOUND ").replace("'", '"'))
    assert len(found) == 1
    assert found[0] not in {record.data for record in records.values()}


def test_nbgrader_itself_gives_the_same_marks(sat):
    course, _ = sat
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "ana"]
    done = subprocess.run(
        [*command, "--force"], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    tasks = read_marks(course).tasks.query("student == 'ana' and assignment == @NAME")
    assert list(tasks["points"]) == [2, 2]

    command = [sys.executable, "-m", "nbgrader", "generate_feedback", NAME]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    page = (course / "feedback" / "ana" / NAME / "assignment.html").read_text("utf-8")
    assert "Final exam" in page and "moved away" not in page


def test_the_examiner_has_two_questions_and_the_trainee_never_sees_them(sat):
    course, _ = sat
    sheets = {sheet.trainee: sheet for sheet in questions.questions(course, NAME)}
    assert len(sheets["ana"].questions) == 2
    kept = [*(course / "autograded").rglob("*.ipynb"), *(course / "handout").rglob("*.exam")]  # fmt: skip
    for question in sheets["ana"].questions:
        assert not any(question[:40] in path.read_text("utf-8") for path in kept)
    assert exam_of(course, NAME).seed().secret("ana") not in sheets["ana"].text
