"""Through nbgrader itself: release, hand in, grade, and the marks stand in its gradebook."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from safelearn.course import key, modules, variants
from safelearn.course.authoring import build
from safelearn.course.classroom.new import new_course
from safelearn.course.grading import checker
from safelearn.course.grading.batch import grade
from safelearn.course.grading.records import read_record
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError
from safelearn.execution.sandbox.walls import open_sandbox
from safelearn.execution.warm.client import Prepared

pytestmark = [pytest.mark.needs("bwrap"), pytest.mark.filterwarnings("ignore")]
NAME = "98_tiny"
SANDBOX = checker.sandbox


@pytest.fixture(scope="module")
def worker(template):
    """One sandbox for all: opening it takes some seconds, and each course would open its own."""
    with open_sandbox([template.parent / "more"], outside=[template]) as opened:
        yield opened


@pytest.fixture(autouse=True)
def shared(request, monkeypatch):
    if request.node.get_closest_marker("needs"):
        opened = request.getfixturevalue("worker")
        monkeypatch.setattr(checker, "sandbox", lambda course: opened)


@pytest.fixture
def course(template, tiny, tmp_path):
    shutil.copy(template / "gradebook.db", tmp_path / "empty.db")
    return shutil.copytree(template, tmp_path / "course")


def released(course):
    return nbformat.read(course / "release" / NAME / "assignment.ipynb", as_version=4)


def hand_in(course, student, edit=lambda cells: None):
    notebook = released(course)
    edit({cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells})
    path = course / "submitted" / student / NAME / "assignment.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    return path


def solved(cells):
    cells[
        "m98-t1-answer"
    ].source = 'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()'
    cells["m98-t2"].source = "So many for 1,000 people."


def slipped(cells):
    cells[
        "m98-t1-answer"
    ].source = 'thefts = shops["n"].sum()\nrate = 100 * thefts / shops["people"].sum()'


def marks(course):
    """Points of the automatic task by student, from nbgrader's own gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            submission.student.id: {
                grade.cell.name: grade.auto_score
                for grade in submission.notebooks[0].grades
            }
            for submission in book.assignment_submissions(NAME)
        }


def test_nbgrader_releases_the_notebook_that_build_makes(course, tiny):
    ours = build.unsolved_notebook(read_assignment(tiny))
    for theirs, mine in zip(released(course).cells, ours.cells, strict=True):
        assert (theirs.source, theirs.id, theirs.cell_type) == (
            mine.source,
            mine.id,
            mine.cell_type,
        )
        for added in ("checksum", "cell_type"):
            theirs.metadata.nbgrader.pop(added)
        assert theirs.metadata == mine.metadata
    text = (course / "release" / NAME / "assignment.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text and "Add up first" not in text
    assert [p.name for p in (course / "release" / NAME).iterdir()] == [
        "assignment.ipynb"
    ]


def test_the_marks_are_right_and_a_bad_notebook_stops_nobody(course):
    hand_in(course, "ana", solved)
    hand_in(course, "ben", slipped)
    hand_in(course, "chi")
    hand_in(course, "dan").write_text("{", encoding="utf-8")
    seen = []
    records = grade(course, NAME, on_student=lambda *step: seen.append(step[0]))
    ana, ben, chi, dan = records
    assert seen == [0, 1, 2, 3, 4]
    assert (ana.points, ben.points, chi.points) == (2, 1, 0)
    assert ben.tasks[0].mistakes == ["per hundred"]
    assert "damaged" in dan.set_aside and dan.remedy
    found = marks(course)
    assert {who: found[who]["m98-t1"] for who in found} == {
        "ana": 2,
        "ben": 1,
        "chi": 0,
    }
    # A written answer waits for a person; an untouched one is nbgrader's own 0.
    assert found["ana"]["m98-t2"] is None and found["chi"]["m98-t2"] == 0
    assert ana.sandboxed is True
    assert read_record(course, NAME, "ben") == ben
    graded = nbformat.read(
        course / "autograded" / "ben" / NAME / "assignment.ipynb", as_version=4
    )
    text = json.dumps(graded)
    assert "You divided for 100 people. It was asked for 1,000." in text.replace(
        "\\n  ", " "
    )
    # The grader's machine is nobody's business, and neither are the right answers.
    assert str(course.parent) not in text


def test_a_submission_worked_on_somebody_elses_data_is_set_aside(course, tiny):
    def as_ben(cells):
        solved(cells)
        mark = {"task": "m98-t1", "data": variants.variant(NAME, "ben").fingerprint}
        shown = nbformat.v4.new_output(
            "display_data", {"text/plain": "✓"}, metadata={"safelearn": mark}
        )
        cells["m98-t1"].outputs = [shown]

    hand_in(course, "ana", as_ben)
    (record,) = grade(course, NAME)
    assert "another trainee" in record.set_aside
    assert "safelearn lab --trainee ana" in record.remedy
    assert not (course / "autograded" / "ana" / NAME).exists()


def test_only_what_the_locked_cell_collects_counts(course):
    def forger(cells):
        solved(cells)
        cells["m98-t1-answer"].source += (
            "\nfrom safelearn import check\n"
            "for guess in range(9):\n    check('m98-t1', thefts=guess, rate=guess)\n"
            "rate = 1\n"
            "import json, os\n"
            "line = {'task': 'm98-t1', 'answers': {'thefts': 1.0, 'rate': 2.0}}\n"
            "open(os.environ['SAFELEARN_ANSWERS'], 'a').write(json.dumps(line) + '\\n')\n"
        )
        cells[
            "m98-t1"
        ].source = "check('m98-t1', thefts=0, rate=0)"  # nbgrader restores it

    hand_in(course, "ana", forger)
    (record,) = grade(course, NAME)
    assert record.points == 1


def test_a_notebook_that_kills_its_python_keeps_what_it_had_answered(course):
    def dies(cells):
        solved(cells)
        cells["m98-end-check"].source = "import os; os._exit(1)"

    path = hand_in(course, "ana", dies)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(-1, nbformat.v4.new_code_cell("import os; os._exit(1)"))
    nbformat.write(notebook, path)
    (record,) = grade(course, NAME)
    assert record.points == 2
    assert "ended early" in record.note


def mangle(path):
    """An answer copied, the check deleted, the essay split: what happens in a class."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(notebook.cells[3])
    essay = next(c for c in notebook.cells if c.metadata.nbgrader.grade_id == "m98-t2")
    again = nbformat.from_dict({**essay, "source": "And so on."})
    notebook.cells.insert(notebook.cells.index(essay) + 1, again)
    notebook.cells = [
        c for c in notebook.cells if c.metadata.nbgrader.grade_id != "m98-t1"
    ]
    path.write_text("\ufeff" + json.dumps(notebook), encoding="utf-8")


def test_what_is_certain_is_mended_in_a_copy_and_stands_in_the_record(course):
    path = hand_in(course, "ana", solved)
    mangle(path)
    before = path.read_bytes()
    (record,) = grade(course, NAME)
    assert not record.set_aside and record.points == 2
    assert len(record.repaired) == 4
    assert path.read_bytes() == before
    graded = nbformat.read(
        course / "autograded" / "ana" / NAME / "assignment.ipynb", as_version=4
    )
    assert "So many for 1,000 people.\n\nAnd so on." in [c.source for c in graded.cells]
    assert marks(course)["ana"]["m98-t1"] == 2


def test_every_task_ends_marked_waiting_or_unanswered(course):
    hand_in(course, "ana", solved)
    hand_in(course, "ben")
    ana, ben = grade(course, NAME)
    assert (ana.waiting, ana.unanswered) == (["m98-t2"], [])
    assert (ben.waiting, ben.unanswered) == ([], ["m98-t2"])
    assert [task.task for task in ben.tasks] == ["m98-t1"]


SEARCH = """
import gc
from safelearn.course import variants

def held(*parts):
    words = "".join(parts)
    return any(
        words in text
        for thing in gc.get_objects()
        for text in gc.get_referents(thing)
        if type(text) is str and text is not words
    )

print("drawn", variants.variant.cache_info().currsize)
gc.unfreeze()
print("own", held("A module of", " two tasks"))
print("key", held("Add up first", ", then divide"), held("mean of", " the rates"))
"""


def test_the_data_are_there_before_the_first_cell_and_the_key_is_not(course):
    def curious(cells):
        solved(cells)
        cells["m98-t1-answer"].source += SEARCH

    hand_in(course, "ana", curious)
    (record,) = grade(course, NAME)
    assert record.points == 2
    path = course / "autograded" / "ana" / NAME / "assignment.ipynb"
    shown = "".join(
        output.get("text", "")
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
    )
    # What is looked for can be found: the module's own words are, the key's are not.
    assert "drawn 1\nown True\nkey False False\n" in shown


def test_a_trainees_data_are_drawn_once(course, monkeypatch):
    hand_in(course, "ana", solved)
    jobs = []
    place = Prepared.run

    def run(self, cells, **how):
        done = place(self, [(98, TRIES), *cells, (99, TRIES)], **how)
        jobs.append(done.outputs[98][0]["text"] + done.outputs[99][0]["text"])
        return done

    monkeypatch.setattr(Prepared, "run", run)
    (record,) = grade(course, NAME)
    assert (record.points, record.note) == (2, "")
    # The key and the run: in each the data were there at first, and none were drawn until the end.
    assert jobs == ["1\n1\n"] * 2


#: How often data were drawn until now.
TRIES = """
from safelearn.course import variants
print(variants.variant.cache_info().misses)
"""


def test_nbgrader_alone_gives_the_same_marks_and_the_same_records(course, monkeypatch):
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config, PyFileConfigLoader

    for who, edit in (("ana", solved), ("ben", slipped), ("chi", lambda cells: None)):
        hand_in(course, who, edit)
    mangle(hand_in(course, "dan", solved))
    hand_in(course, "eve").write_text("<html>", encoding="utf-8")
    config = Config()
    config.CourseDirectory.root = str(course)
    config.merge(
        PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    )
    for who in ("ana", "ben", "chi", "dan", "eve"):
        outcome = NbGraderAPI(config=config).autograde(NAME, who, create=True)
        assert outcome["success"] is (who != "eve"), outcome
    by_nbgrader = marks(course)
    records = {who: read_record(course, NAME, who) for who in by_nbgrader}
    (course / "gradebook.db").unlink()
    shutil.copy(course.parent / "empty.db", course / "gradebook.db")
    ours = grade(course, NAME)
    by_nbgrader.pop("eve")
    assert marks(course) == by_nbgrader
    assert "web page" in records["eve"].set_aside
    for record in ours:
        record.stamp = record.graded_at = record.submission = ""
        assert record == records[record.student]


def test_stock_autograde_gives_nothing_and_says_why(course, monkeypatch):
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    # The stock executor runs the notebook as whoever grades, who here is Ana herself.
    monkeypatch.setenv("SAFELEARN_TRAINEE", "ana")
    hand_in(course, "ana", solved)
    config = Config()
    config.CourseDirectory.root = str(course)
    outcome = NbGraderAPI(config=config).autograde(NAME, "ana", create=True)
    assert outcome["success"], outcome["log"]
    assert marks(course)["ana"]["m98-t1"] == 0
    graded = nbformat.read(
        course / "autograded" / "ana" / NAME / "assignment.ipynb", as_version=4
    )
    (cell,) = [c for c in graded.cells if c.metadata.nbgrader.grade_id == "m98-t1"]
    (output,) = cell.outputs
    assert "not judged: 0 points" in output.evalue
    assert "safelearn course grade" in "".join(output.traceback)


def test_validate_says_that_it_looked_at_the_form_only(course, monkeypatch):
    from nbgrader.validator import Validator

    monkeypatch.setenv("SAFELEARN_TRAINEE", "ana")
    path = hand_in(course, "ana", solved)
    (told,) = Validator().validate(str(path))["failed"]
    assert "Form only, not judged. 1 of 1 tasks" in told["raw_error"]


def test_a_folder_that_is_no_course_and_a_student_who_did_not_hand_in(course, tmp_path):
    with pytest.raises(SafelearnError, match="not a course"):
        grade(tmp_path, NAME)
    with pytest.raises(SafelearnError, match="Nobody has handed in"):
        grade(course, NAME)
    hand_in(course, "ana")
    with pytest.raises(SafelearnError, match="zoe"):
        grade(course, NAME, students=["zoe"])


def test_making_a_course_again_keeps_settings_and_submissions(course, tiny):
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text(encoding="utf-8") + "c.Judge.seconds = 7\n", encoding="utf-8"
    )
    path = hand_in(course, "ana")
    shutil.rmtree(course / "release")
    key.assignment_of.cache_clear()
    new_course(course, [NAME])
    assert "seconds = 7" in config.read_text(encoding="utf-8")
    assert path.is_file() and (course / "release" / NAME).is_dir()


ALTERNATIVE = """
[tasks.t3]
title = "The largest street"
level = 1
points = 2
instead_of = "t1"
answers.largest = { kind = "number", unit = "people", min = 0, digits = 0 }
"""
CELLS = """
# %% [markdown]
# ## Task 3
#
# How many people live in the street with most of them?

# %%
largest = ...
### BEGIN SOLUTION
largest = shops["people"].max()
### END SOLUTION

# %%
check("m98-t3", largest=largest)

# %% the smallest tags=["mistake"]
# You took the smallest.
largest = shops["people"].min()

# %% all of them tags=["mistake"]
# You added all of them up.
largest = shops["people"].sum()
"""


@pytest.fixture
def with_a_choice(tiny, tmp_path, monkeypatch):
    """A course whose third task may be done instead of the first, with a sandbox that shows its module."""
    monkeypatch.setattr(checker, "sandbox", SANDBOX)
    for name, more in (("module.toml", ALTERNATIVE), ("assignment.py", CELLS)):
        path = tiny / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    key.assignment_of.cache_clear()
    modules._read_once.cache_clear()
    new_course(tmp_path / "choice", [NAME])
    yield tmp_path / "choice"
    modules._read_once.cache_clear()


def test_of_two_tasks_the_better_counts_once_and_nobody_sees_which(with_a_choice):
    def other(cells):
        cells["m98-t3-answer"].source = 'largest = shops["people"].max()'

    def both(cells):
        slipped(cells)
        other(cells)

    course = with_a_choice
    hand_in(course, "ana", other)
    hand_in(course, "ben", both)
    hand_in(course, "chi", slipped)
    assert [record.points for record in grade(course, NAME)] == [2, 2, 1]
    found = marks(course)
    assert [sum(filter(None, found[who].values())) for who in found] == [2, 2, 1]
    assert all(found[who]["m98-t3"] == 0 for who in found)
    shown = (course / "records" / NAME / "ana.json").read_text(encoding="utf-8")
    assert "m98-t3" not in shown and [
        (task.task, task.most) for task in read_record(course, NAME, "ana").tasks
    ] == [("m98-t1", 2)]


def test_the_prompts_say_that_there_is_a_choice(with_a_choice):
    cells = {
        c.metadata.nbgrader.grade_id: c.source for c in released(with_a_choice).cells
    }
    assert "Do this task or task 3" in cells["m98-t1-prompt"]
    assert "Do this task or task 1" in cells["m98-t3-prompt"]
    assert "Do this task" not in cells["m98-t2-prompt"]
