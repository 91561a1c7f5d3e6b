"""Once a year the same trainee does a few tasks again, on data that nobody has seen, and the credential says so."""

from __future__ import annotations

import json

import pytest

from safelearn.course import key, modules, variants
from safelearn.course.classroom import roster as the
from safelearn.course.classroom.new import CONFIG
from safelearn.course.credentials import badge, issuer, renewal, standing
from safelearn.course.reporting.marks import read_marks
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.filterwarnings("ignore")
MAPS = "2706_maps"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A renewal of two tasks from a course with two trainees, one of them on the path that is renewed."""
    from nbgrader.api import Gradebook

    root = tmp_path_factory.mktemp("renewal")
    old, out = root / "old", root / "new"
    old.mkdir()
    (old / "nbgrader_config.py").write_text(CONFIG.format(course_id="old"))
    people = [the.Person("ana", role="police_analyst"), the.Person("ben", role="planner")]  # fmt: skip
    the.change_roster(old, lambda roster: the.add(roster, people))
    issuer.make_issuer(
        old, "Town", revocations_at="https://t.example/1", keep=root / "k"
    )
    found = renewal.renew(
        old, out, 2027, "police_analyst", ["m06-t4"], revocations_at=""
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(modules.MORE, str(out / "modules"))
        with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
            submission = book.add_submission(MAPS, "ana")
            for grade in submission.notebooks[0].grades:
                grade.auto_score, grade.needs_manual_grade = grade.max_score, False
            book.db.commit()
    yield old, out, found
    for cached in (variants.variant, key.assignment_of, key.key_for):
        cached.cache_clear()


@pytest.fixture
def course(made, monkeypatch):
    monkeypatch.setenv(modules.MORE, str(made[1] / "modules"))
    return made[1]


def test_it_holds_the_chosen_task_alone_and_the_trainees_of_the_path(made, course):
    _, _, found = made
    assert found == renewal.Renewal(("m2706-t4",), 1)
    assert list(the.read_roster(course).people) == ["ana"]
    assignment = read_assignment(course / "modules" / MAPS)
    tasks = {cell.task for cell in assignment.cells if cell.role in ("answer", "check")}
    assert tasks == {"m2706-t4"} == set(assignment.module.tasks)
    text = "\n".join(cell.source for cell in assignment.cells)
    # A drawing of the answer to a task that is no longer asked for went with it; its data stayed.
    assert "m06" not in text and "draw_map" not in text and "city.list" in text
    assert "## Task 3" not in text and "## Task 4" in text


@pytest.mark.clause("draft:25(o).4")
def test_the_same_trainee_has_new_data_each_year(made, course):
    first, again = (
        variants.variant(name, "ana").fingerprint for name in ("m06", "m2706")
    )
    assert first != again


def test_trainees_get_no_solution(course):
    given = {p.relative_to(course).as_posix() for p in (course / "for-trainees").rglob("*") if p.is_file()}  # fmt: skip
    assert given == {
        f"for-trainees/{MAPS}/{name}"
        for name in ("assignment.ipynb", "module.toml", "variant.py")
    }
    for path in (course / "for-trainees", course / "release"):
        for file in path.rglob("*.ipynb"):
            assert "BEGIN SOLUTION" not in file.read_text(encoding="utf-8")


def test_the_credential_says_of_which_year_and_a_list_of_its_own_belongs_to_it(course):
    found = standing.standing(course, read_marks(course), "ana")
    assert found.year == 2027 and found.complete and not found.open
    assert badge.title(found) == "Renewed in 2027: Police analyst"
    assert "drawn anew for that year" in badge.description(found)
    # One address cannot be that of two lists: a place in one means nothing in the other.
    assert issuer.read_issuer(course).revocations_at == ""


def test_what_was_not_done_again_is_not_called_renewed(course):
    marks = read_marks(course)
    marks.tasks["points"] = 0.0
    found = standing.standing(course, marks, "ana")
    assert not found.complete and "in part" in badge.title(found)


@pytest.mark.parametrize(
    ("tasks", "role", "says"),
    [
        (["m13-t1"], "police_analyst", "not on the path"),
        (["m06-t4"], "mayor", "no role"),
        (["m06-t99"], "police_analyst", "no task"),
    ],
)
def test_what_cannot_be_renewed_is_named_and_leaves_nothing(made, tmp_path, tasks, role, says):  # fmt: skip
    with pytest.raises(SafelearnError, match=says):
        renewal.renew(made[0], tmp_path / "new", 2027, role, tasks)
    assert not (tmp_path / "new").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(SafelearnError, match="not empty"):
        renewal.renew(made[0], tmp_path / "mine", 2027, "police_analyst", ["m06-t4"])
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_a_task_that_needs_another_is_refused_before_anybody_meets_it(
    made, tmp_path, monkeypatch
):
    """As if the author of module 6 had let task 4 go on from task 3."""
    before = renewal._assignment

    def with_a_debt(module, kept):
        text = before(module, kept)
        return text.replace("### BEGIN SOLUTION", "### BEGIN SOLUTION\npainted", 1)

    monkeypatch.setattr(renewal, "_assignment", with_a_debt)
    with pytest.raises(SafelearnError, match="needs another that was left out"):
        renewal.renew(made[0], tmp_path / "new", 2028, "police_analyst", ["m06-t4"])
    assert not (tmp_path / "new").exists()
    assert json.loads((made[1] / standing.RENEWAL).read_text())["year"] == 2027
