"""A class is corrected without touching anybody's data or marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from safelearn.cli import main
from safelearn.course import variants
from safelearn.course.classroom import roster as the
from safelearn.course.classroom.roster_files import people_in
from safelearn.course.modules import find_module
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["course", "roster", *map(str, arguments)])
    return ended.value.code


def in_gradebook(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        students = {s.id: (s.first_name, s.last_name) for s in book.students}
        return students, book.find_assignment(NAME).duedate


@pytest.mark.parametrize(
    "head",
    [
        "First name,Last name,ID number,Email address,Groups",
        "Nombre,Apellido(s),Número de ID,Dirección de correo,Grupos",
        "Prénom,Nom,Numéro d'identification,Adresse de courriel,Groupes",
        "Nome,Sobrenome,Número de identificação,Endereço de email,Grupos",
    ],
)
def test_moodles_list_of_participants_is_read_in_four_languages(tmp_path, head):
    path = tmp_path / "list.csv"
    rows = "Ana,Paz,007,ana@example.org,A\nBen,Ruiz,,ben@example.org,\n"
    path.write_text(f"{head}\n{rows}", encoding="utf-8-sig")
    ana, ben = people_in(path)
    # A leading zero is part of the id; without a number the address tells who it is.
    assert (ana.id, ana.name, ana.email) == ("007", "Ana Paz", "ana@example.org")
    assert (ben.id, ben.name) == ("ben@example.org", "Ben Ruiz")


def test_an_excel_list_is_read(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["id", "first name", "path"], ["ana", "Ana", "planner"], ["b7", "Ben", None]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    people = people_in(tmp_path / "list.xlsx")
    assert [(p.id, p.first_name, p.role) for p in people] == [
        ("ana", "Ana", "planner"),
        ("b7", "Ben", ""),
    ]


def test_every_line_that_cannot_be_used_is_named(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\nana,A\n../x,B\nAna,C\n", encoding="utf-8")
    with pytest.raises(SafelearnError) as error:
        people_in(path)
    assert "line 3" in error.value.remedy and "line 4" in error.value.remedy
    path.write_text("name,town\nA,B\nC,D\n", encoding="utf-8")
    with pytest.raises(SafelearnError, match="who is who"):
        people_in(path)


def test_the_gradebook_follows_and_nobody_is_deleted_from_it(course, capsys):
    assert run("add", course, "ana", "ben", "--path", "planner") == 0
    before = variants.variant(NAME, "ana").fingerprint
    assert run("rename", course, "ana", "--first", "Ana", "--last", "Paz") == 0
    assert run("withdraw", course, "ben") == 0
    students, _ = in_gradebook(course)
    assert students == {"ana": ("Ana", "Paz"), "ben": (None, None)}
    assert variants.variant(NAME, "ana").fingerprint == before
    assert [p.id for p in the.read_roster(course).present()] == ["ana"]
    assert run("add", course, "ben") == 0
    assert [p.id for p in the.read_roster(course).present()] == ["ana", "ben"]
    assert run("list", course) == 0
    assert "Ana Paz" in capsys.readouterr().out


def test_a_deadline_is_meant_in_the_courses_zone(course, capsys):
    run("add", course, "ana", "ben")
    assert (
        run("deadline", course, NAME, "2026-12-01 18:00", "--zone", "America/Lima") == 0
    )
    _, due = in_gradebook(course)
    assert due == datetime(2026, 12, 1, 23, 0)  # Lima is five hours behind, all year
    assert run("deadline", course, NAME, "2026-12-03", "--student", "ana") == 0
    roster = the.read_roster(course)
    own = roster.deadline(NAME, "ana")
    assert own.astimezone(UTC) == datetime(2026, 12, 4, 4, 59, tzinfo=UTC)
    assert roster.deadline(NAME, "ben").hour == 18
    assert run("deadline", course, NAME, "soon") == 2
    assert run("deadline", course, "07_none", "2026-12-01") == 2
    assert run("deadline", course, NAME, "2026-12-01", "--student", "zoe") == 2
    assert the.read_roster(course) == roster


def test_an_extension_reaches_the_gradebook_once_something_was_handed_in(course):
    from nbgrader.api import Gradebook

    run("add", course, "ana", "ben")
    run("deadline", course, NAME, "2026-12-01 18:00")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for who in ("ana", "ben"):
            book.add_submission(NAME, who, timestamp=datetime(2026, 12, 2))
    run("deadline", course, NAME, "2026-12-02 18:00", "--student", "ana")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        late = {
            who: book.find_submission(NAME, who).total_seconds_late
            for who in ("ana", "ben")
        }
    assert late == {"ana": 0, "ben": 6 * 3600}


def test_a_deadline_may_be_in_the_hour_that_the_clock_has_twice_or_never(tiny):
    module = find_module(NAME)
    deadlines = {NAME: {"": "2026-10-25T02:30", "ana": "2026-03-29T02:30"}}
    roster = the.Roster("Europe/Madrid", {}, [], deadlines)
    # Put back at 3:00 summer time: half past two comes at 0:30 UTC, and again at 1:30.
    assert roster.due(module, "ben") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    # Put forward at 2:00: there is no half past two, and the next that is shown is half past three.
    assert roster.due(module, "ana") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert f"{roster.deadline(NAME, 'ana'):%H:%M}" == "03:30"


def test_an_extension_over_the_night_the_clock_changes_is_as_long_as_it_says(course):
    from nbgrader.api import Gradebook

    run("add", course, "ana")
    run("deadline", course, NAME, "2026-10-24 18:00", "--zone", "Europe/Madrid")
    run("deadline", course, NAME, "2026-10-25 18:00", "--student", "ana")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        # 18:00 winter time: an hour more than a day after 18:00 summer time.
        book.add_submission(NAME, "ana", timestamp=datetime(2026, 10, 25, 17, 0))
    run("rename", course, "ana", "--first", "Ana")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        found = book.find_submission(NAME, "ana")
        assert found.total_seconds_late == 0 and found.extension == timedelta(hours=25)


@pytest.mark.parametrize("extended", ["ana", "ben"])
def test_an_extension_given_before_counts_at_the_first_grading(course, extended):
    from nbformat.v4 import new_notebook
    from nbgrader.api import Gradebook
    from traitlets.config import Config

    from safelearn.course.grading.late import Penalties

    run("add", course, "ana", "ben", "chi")
    run("pair", course, "ana", "ben")
    run("deadline", course, NAME, "2026-12-01 18:00")
    run("deadline", course, NAME, "2026-12-02 18:00", "--student", extended)
    db = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(db) as book:
        for who in ("ana", "chi"):
            handed = book.add_submission(NAME, who, timestamp=datetime(2026, 12, 2))
            for grade in handed.notebooks[0].grades:
                grade.auto_score = 1
        book.db.commit()
    config = Config({"LateSubmissionPlugin": {"penalty_method": "zero"}})
    for who in ("ana", "chi"):
        about = {"assignment": NAME, "student": who, "notebook": "assignment", "db_url": db}  # fmt: skip
        Penalties(config=config).preprocess(new_notebook(), {"nbgrader": about})
    with Gradebook(db) as book:
        lost = {
            who: book.find_submission(NAME, who).notebooks[0].late_submission_penalty
            for who in ("ana", "chi")
        }
    # Of a pair the later of two deadlines holds, whoever's it is.
    assert not lost["ana"] and lost["chi"] > 0


def test_pairs_hand_in_under_the_first_ones_id(course):
    run("add", course, "ana", "ben", "chi")
    assert run("pair", course, "ana", "ben") == 0
    roster = the.read_roster(course)
    assert (roster.hands_in("ben"), roster.hands_in("chi")) == ("ana", "chi")
    assert run("pair", course, "ben", "chi") == 0
    assert the.read_roster(course).pairs == [["ben", "chi"]]
    assert run("pair", course, "ben", "--apart") == 0
    assert the.read_roster(course).pairs == []
    assert run("pair", course, "ana", "zoe") == 2


def test_two_ids_that_would_share_a_folder_are_refused(course):
    run("add", course, "ana")
    assert run("add", course, "Ana") == 2


def test_a_course_is_made_with_its_class(tiny, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("id,first name\nana,Ana\nben,Ben\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["course", "new", str(tmp_path / "c"), NAME, "--roster", str(path)])
    assert ended.value.code == 0 and "2 trainees" in capsys.readouterr().out
    assert set(in_gradebook(tmp_path / "c")[0]) == {"ana", "ben"}
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    # What formgrader shows, from the folder alone.
    config = Config()
    config.CourseDirectory.root = str(tmp_path / "c")
    shown = NbGraderAPI(config=config)
    assert [s["first_name"] for s in shown.get_students()] == ["Ana", "Ben"]
    (assignment,) = shown.get_assignments()
    assert (assignment["name"], assignment["status"]) == (NAME, "draft")
