"""A class in Moodle hands in by a zip and gets its feedback by a zip, and nothing is guessed or lost on the way."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import nbformat
import pytest

from safelearn.cli import main
from safelearn.course.classroom import roster as the
from safelearn.course.grading.records import Record, TaskRecord, write_record
from safelearn.course.moodle import hand_back as hand_back_module
from safelearn.course.moodle import notebooks
from safelearn.course.moodle.hand_back import hand_back
from safelearn.course.moodle.names import place_of, plain
from safelearn.course.moodle.take_in import take_in
from safelearn.course.moodle.worksheet import moment, read_worksheet
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"
HEAD = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)


@pytest.fixture(scope="module")
def template(a_copy):
    people = [
        the.Person("ana", "Ana", "Paz", "ana@example.org"),
        the.Person("ben", "Ben", "O'Neill", "ben@example.org"),
        the.Person("chi", "Chi", "Lee"),
        the.Person("chi2", "Chi", "Lee"),
        the.Person("dan", "Dân", "Jean-Luc"),
        the.Person("eva", "Eva", "Sol", withdrawn=True),
    ]

    def enrol(roster):
        the.set_zone(roster, "America/Lima")
        the.add(roster, people)
        the.withdraw(roster, "eva")

    the.change_roster(a_copy, enrol)
    return a_copy


@pytest.fixture
def notebook(course):
    """What everybody hands in; a word makes it another."""
    given = course / "release" / NAME / "assignment.ipynb"

    def made(word=""):
        read = nbformat.read(given, as_version=4)
        read.cells[0].source += word
        return nbformat.writes(read).encode()

    return made


@pytest.fixture
def packed(tmp_path):
    """Put files into a zip."""

    def pack(files, name="all.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for entry, data in files:
                zipped.writestr(entry, data)
        return path

    return pack


@pytest.fixture
def worksheet(tmp_path):
    def write(rows, name="grades.csv", head=HEAD):
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return write


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["course", "moodle", *map(str, arguments)])
    return ended.value.code


def here(course, who):
    return course / "submitted" / who / NAME


def states(found):
    return {entry.file: (entry.trainee, entry.state) for entry in found.entries}


@pytest.mark.parametrize(
    ("path", "name", "number", "file"),
    [
        ("Ana Paz_12_assignsubmission_file_/a.ipynb", "Ana Paz", "12", "a.ipynb"),
        ("Ana Paz_12_assignsubmission_file/a/b.ipynb", "Ana Paz", "12", "a/b.ipynb"),
        ("Ana Paz_12_assignsubmission_file_a.ipynb", "Ana Paz", "12", "a.ipynb"),
        ("all/G1-Ana Paz_12_assignsubmission_file_/a", "G1-Ana Paz", "12", "a"),
        # A trainee may call a file as Moodle calls another's folder.
        ("Ana_12_assignsubmission_file_Ben_99_assignsubmission_file_.ipynb", "Ana", "12",
         "Ben_99_assignsubmission_file_.ipynb"),
        ("Ana_12_assignsubmission_file_/Ben_99_assignsubmission_file_/a.ipynb", "Ana", "12",
         "Ben_99_assignsubmission_file_/a.ipynb"),
    ],
)  # fmt: skip
def test_moodles_names_say_whose_a_file_is(path, name, number, file):
    place = place_of(path)
    assert (place.name, place.number, place.file) == (name, number, file)
    assert path.split("/", path.count("/"))[0].startswith(place.folder) or "all/" in path  # fmt: skip


def test_a_name_is_compared_as_moodle_writes_it():
    assert plain("Ben O'Neill") == plain("Ben ONeill") == plain("BEN  O’Neill")
    assert plain("José Núñez") == plain("Jose\u0301 Nun\u0303ez")


@pytest.mark.parametrize(
    "said",
    [
        "Tuesday, 1 December 2026, 6:05 PM", "martes, 1 de diciembre de 2026, 18:05",
        "mardi 1 décembre 2026, 18:05", "terça-feira, 1 dez. 2026, 18:05", "1 Dec 2026, 18.05",
    ],
)  # fmt: skip
def test_moodles_times_are_read_in_four_languages(said):
    # Lima is five hours behind, all year.
    assert f"{moment(said, 'America/Lima'):%Y-%m-%d %H:%M}" == "2026-12-01 23:05"


@pytest.mark.parametrize("said", ["-", "", "yesterday", "31 February 2026, 10:00"])
def test_no_time_is_made_up(said):
    assert moment(said, "UTC") is None


def test_who_is_known_by_name_is_taken_and_the_others_are_named(
    course, packed, notebook
):
    archive = packed(
        [
            ("Ana Paz_12_assignsubmission_file_/assignment (1).ipynb", notebook()),
            ("Ana Paz_12_assignsubmission_file_/plan.png", b"x"),
            ("Ana Paz_12_assignsubmission_onlinetext_/onlinetext.html", b"<p>hi"),
            ("Ben ONeill_13_assignsubmission_file_/answer.ipynb.txt", notebook("b")),
            ("Chi Lee_14_assignsubmission_file_/assignment.ipynb", notebook("c")),
            ("Zoe Zed_15_assignsubmission_file_/assignment.ipynb", notebook("z")),
            ("Eva Sol_16_assignsubmission_file_/assignment.ipynb", notebook("e")),
            ("Jean-Luc Dân_17_assignsubmission_file_/assignment.ipynb", notebook("d")),
            ("__MACOSX/._x", b"x"),
            ("assignment.ipynb", notebook("?")),
            ("../../evil_1_assignsubmission_file_/assignment.ipynb", notebook("!")),
        ]
    )
    found = take_in(course, NAME, archive)
    taken = {e.trainee for e in found.entries if e.state == "taken"}
    assert taken == {"ana", "ben", "dan"}
    assert len(found.entries) == 11
    open_ = {e.file.split("_")[0].split("/")[-1] for e in found.entries if e.state == "not taken"}  # fmt: skip
    assert open_ == {"Chi Lee", "Zoe Zed", "Eva Sol", "assignment.ipynb", "evil"}
    assert all(e.remedy for e in found.entries if e.state == "not taken")
    assert (here(course, "ben") / "assignment.ipynb").read_bytes() == notebook("b")
    assert found.absent == ("chi", "chi2") and found.untimed == ("ana", "ben", "dan")
    assert sorted(p.name for p in (course / "submitted").iterdir()) == ["ana", "ben", "dan"]  # fmt: skip


def test_the_worksheet_tells_two_of_one_name_apart_and_when_they_handed_in(
    course, packed, notebook, worksheet
):
    the.change_roster(course, lambda r: the.add(r, [the.Person("chi2", email="chi2@example.org")]))  # fmt: skip
    archive = packed(
        [
            ("Chi Lee_14_assignsubmission_file_/a.ipynb", notebook("1")),
            ("Chi Lee_15_assignsubmission_file_/a.ipynb", notebook("2")),
        ]
    )
    sheet = worksheet(
        [
            'Participant 14,Chi Lee,chi2@example.org,Submitted,,5.00,Yes,"Tuesday, 1 December 2026, 6:05 PM",-,',
            "Participant 15,Chi Lee,chi@example.org,Submitted,,5.00,Yes,-,-,",
        ]
    )
    found = take_in(course, NAME, archive, worksheet=sheet)
    of = states(found)
    assert of["Chi Lee_14_assignsubmission_file_/a.ipynb"] == ("chi2", "taken")
    # The address of the other is in no line of the class, and by name it could still be either.
    assert of["Chi Lee_15_assignsubmission_file_/a.ipynb"] == ("", "not taken")
    assert (here(course, "chi2") / "timestamp.txt").read_text() == "2026-12-01 23:05:00 UTC"  # fmt: skip
    found = take_in(course, NAME, archive, worksheet=sheet, who=["15=chi"])
    assert states(found)["Chi Lee_15_assignsubmission_file_/a.ipynb"] == ("chi", "taken")  # fmt: skip
    assert found.untimed == ("chi",) and found.zone == "America/Lima"


def test_an_address_that_differs_is_no_match_by_name(
    course, packed, notebook, worksheet
):
    archive = packed([("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook())])
    sheet = worksheet(["Participant 12,Ana Paz,other@example.org,,,5.00,Yes,-,-,"])
    (entry,) = take_in(course, NAME, archive, worksheet=sheet).entries
    assert entry.state == "not taken" and "other@example.org" in entry.said


def test_two_participants_are_never_one_trainee(course, packed, notebook):
    archive = packed(
        [
            ("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook("1")),
            ("Paz Ana_19_assignsubmission_file_/a.ipynb", notebook("2")),
        ]
    )
    found = take_in(course, NAME, archive)
    assert {e.state for e in found.entries} == {"not taken"}
    assert not (course / "submitted").exists()


def test_a_group_in_front_of_every_name_is_seen(course, packed, notebook):
    archive = packed(
        [
            ("Group A-Ana Paz_12_assignsubmission_file_/a.ipynb", notebook("1")),
            ("Group A-Dân Jean-Luc_13_assignsubmission_file_/a.ipynb", notebook("2")),
        ]
    )
    assert {e.trainee for e in take_in(course, NAME, archive).entries} == {"ana", "dan"}


def test_a_later_one_counts_and_the_earlier_is_kept(
    course, packed, notebook, worksheet
):
    def sheet(time):
        return worksheet([f'Participant 12,Ana Paz,ana@example.org,,,5.00,Yes,"{time}",-,'])  # fmt: skip

    def again(word, time):
        archive = packed([("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook(word))])  # fmt: skip
        (entry,) = take_in(course, NAME, archive, worksheet=sheet(time)).entries
        return entry.state

    assert again("1", "1 December 2026, 10:00 AM") == "taken"
    assert again("1", "1 December 2026, 10:00 AM") == "there already"
    assert again("2", "2 December 2026, 10:00 AM") == "taken"
    # A zip of yesterday, taken in once more.
    assert again("1", "1 December 2026, 10:00 AM") == "there already"
    assert (here(course, "ana") / "assignment.ipynb").read_bytes() == notebook("2")
    (kept,) = (course / "earlier" / NAME / "ana").iterdir()
    assert kept.name == "2026-12-01 150000"
    assert (kept / "assignment.ipynb").read_bytes() == notebook("1")


def test_of_a_pair_the_first_ones_counts_whoever_uploads(course, packed, notebook):
    the.change_roster(course, lambda roster: the.pair(roster, ["ana", "ben"]))
    only_ben = packed([("Ben ONeill_13_assignsubmission_file_/a.ipynb", notebook("b"))])
    take_in(course, NAME, only_ben)
    assert (here(course, "ana") / "assignment.ipynb").read_bytes() == notebook("b")
    both = packed(
        [
            ("Ben ONeill_13_assignsubmission_file_/a.ipynb", notebook("b")),
            ("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook("a")),
        ]
    )
    found = take_in(course, NAME, both)
    assert (here(course, "ana") / "assignment.ipynb").read_bytes() == notebook("a")
    (bens,) = (e for e in found.entries if e.trainee == "ben")
    assert bens.state == "not needed" and "not the same" in bens.said
    folders = json.loads((course / "collected" / NAME / "ana.json").read_text())
    assert set(folders) == {"ana", "ben"}


def test_a_zip_in_the_zip_is_opened_once_and_never_two_are_guessed(
    course, packed, notebook, tmp_path
):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("work/assignment.ipynb", notebook("a"))
        zipped.writestr("work/data.csv", "x")
    other = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]))  # fmt: skip
    archive = packed(
        [
            ("Ana Paz_12_assignsubmission_file_/work.zip", inner.getvalue()),
            ("Ben ONeill_13_assignsubmission_file_/a.ipynb", notebook("1")),
            ("Ben ONeill_13_assignsubmission_file_/b.ipynb", notebook("2")),
            ("Dân Jean-Luc_14_assignsubmission_file_/a.ipynb", notebook("3")),
            ("Dân Jean-Luc_14_assignsubmission_file_/mine.ipynb", other),
        ]
    )
    of = states(take_in(course, NAME, archive))
    assert (here(course, "ana") / "assignment.ipynb").read_bytes() == notebook("a")
    assert of["Ben ONeill_13_assignsubmission_file_/a.ipynb"] == ("ben", "not taken")
    assert of["Dân Jean-Luc_14_assignsubmission_file_/mine.ipynb"] == ("dan", "not needed")  # fmt: skip
    assert (here(course, "dan") / "assignment.ipynb").read_bytes() == notebook("3")


def test_what_is_too_large_damaged_or_a_link_is_named_and_stops_nobody(
    course, packed, notebook, monkeypatch
):
    monkeypatch.setattr(notebooks, "NOTEBOOK", 1 << 20)
    link = zipfile.ZipInfo("Dân Jean-Luc_14_assignsubmission_file_/a.ipynb")
    link.external_attr = 0o120777 << 16
    archive = packed(
        [
            ("Ana Paz_12_assignsubmission_file_/a.ipynb", b"0" * (2 << 20)),
            ("Ana Paz_12_assignsubmission_file_/b.csv", b"0"),
            ("Ben ONeill_13_assignsubmission_file_/a.zip", b"PK\x03\x04broken"),
            (link, "/etc/passwd"),
            ("Chi Lee_15_assignsubmission_file_/a.ipynb", notebook()),
        ]
    )
    found = take_in(course, NAME, archive, who=["15=chi"])
    of = {
        entry.file.split("_")[0]: entry.state
        for entry in found.entries
        if not entry.file.endswith(".csv")
    }
    assert of.pop("Chi Lee") == "taken"
    assert of == dict.fromkeys(["Ana Paz", "Ben ONeill", "Dân Jean-Luc"], "not taken")
    assert len(found.entries) == 5


def test_a_file_that_is_no_zip_and_a_course_without_a_class_are_refused(
    course, tmp_path, packed
):
    (tmp_path / "x.zip").write_text("no")
    assert run("in", course, NAME, tmp_path / "x.zip") == 2
    assert run("in", course, "05_rates", packed([])) == 2
    (course / "roster.json").unlink()
    with pytest.raises(SafelearnError, match="no list of the class"):
        take_in(course, NAME, packed([]))


def test_a_sheet_without_known_columns_is_refused_by_name(worksheet):
    with pytest.raises(SafelearnError) as error:
        read_worksheet(worksheet(["1,2"], head="Kennung,Bewertung"))
    assert "Kennung" in error.value.where and "English" in error.value.remedy


@pytest.fixture
def marked(course, packed, notebook, worksheet):
    """Ana's is marked, ben's waits for a person, chi's was set aside."""
    from nbgrader.api import Gradebook

    archive = packed(
        [
            ("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook("a")),
            ("Ben ONeill_13_assignsubmission_file_/a.ipynb", notebook("b")),
            ("Chi Lee_15_assignsubmission_file_/a.ipynb", notebook("c")),
        ]
    )
    take_in(course, NAME, archive, who=["15=chi"])
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for who, by_hand in (("ana", 2.5), ("ben", None)):
            submission = book.add_submission(NAME, who)
            for grade in submission.notebooks[0].grades:
                grade.auto_score, grade.needs_manual_grade = 2, False
                if grade.cell.name == "m98-t2":
                    grade.auto_score, grade.manual_score = None, by_hand
                    grade.needs_manual_grade = by_hand is None
        book.db.commit()
    for who in ("ana", "ben"):
        task = TaskRecord("m98-t1", 2, 2, [], "", [])
        write_record(course, Record(NAME, who, tasks=[task]))
        place = course / "autograded" / who / NAME
        place.mkdir(parents=True)
        (place / "assignment.ipynb").write_bytes(
            (course / "source" / NAME / "assignment.ipynb").read_bytes()
        )
    write_record(course, Record(NAME, "chi", set_aside="Damaged.", remedy="Ask."))
    return worksheet(
        [
            'Participant 12,Ana Paz,ana@example.org,Submitted,,100.00,Yes,"1 December 2026, 6:05 PM",-,"a, ""b"""',
            "Participant 13,Ben O'Neill,ben@example.org,Submitted,,100.00,Yes,-,-,",
            "Participant 15,Chi Lee,chi@example.org,Submitted,,100.00,Yes,-,-,",
            "Participant 99,Not Here,no@example.org,No submission,,100.00,Yes,-,-,",
        ]
    )


def test_only_what_is_marked_goes_back_and_moodle_knows_whose_it_is(course, marked):
    found = hand_back(course, NAME, worksheet=marked)
    said = {back.trainee: (back.points, back.why_not) for back in found.trainees}
    # 4.5 of 5 points, where Moodle counts to a hundred.
    assert said["ana"] == (90.0, "")
    assert said["ben"][0] is None and "read" in said["ben"][1]
    assert said["chi"][0] is None and "set aside" in said["chi"][1]
    with zipfile.ZipFile(*found.feedback) as zipped:
        (name,) = zipped.namelist()
        page = zipped.read(name).decode()
    # Moodle splits this by its underscores: name, number, kind and name of what made the folder.
    assert name.split("/")[0].split("_", 4)[1:4] == ["12", "assignsubmission", "file"]
    assert "How many thefts" in page
    was, now = (list(csv.reader(p.open(encoding="utf-8-sig"))) for p in (marked, found.grades))  # fmt: skip
    assert now[1][4] == "90.00" and was[1][:4] == now[1][:4] and was[1][5:] == now[1][5:]  # fmt: skip
    assert now[0] == was[0] and now[2:] == was[2:] and found.rows_left == 3


def test_the_same_marks_give_the_same_bytes_and_old_ones_go(course, marked):
    (first,) = (path.read_bytes() for path in hand_back(course, NAME).feedback)
    assert [p.read_bytes() for p in hand_back(course, NAME).feedback] == [first]
    write_record(course, Record(NAME, "ana", set_aside="Not theirs.", remedy="Ask."))
    assert hand_back(course, NAME).feedback == ()
    assert [*(course / "moodle").iterdir()] == []


def test_the_commands_say_what_became_of_everything(
    course, packed, notebook, marked, capsys
):
    archive = packed([("Zoe Zed_9_assignsubmission_file_/a.ipynb", notebook())])
    assert run("in", course, NAME, archive) == 1
    said = capsys.readouterr().out
    assert "NOT TAKEN" in said and "Zoe Zed" in said and "--who 9=" in said
    assert run("out", course, NAME, "--worksheet", marked) == 0
    said = capsys.readouterr().out
    assert "Upload multiple feedback files" in said and "90.00" in said
    assert run("in", course, NAME, archive, "--json") == 1
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert entry["state"] == "not taken"


def test_a_zip_that_is_too_large_for_many_moodles_comes_in_parts(
    course, marked, monkeypatch
):
    the.change_roster(course, lambda roster: the.pair(roster, ["ana", "dan"]))
    folders = course / "collected" / NAME / "ana.json"
    both = json.loads(folders.read_text()) | {"dan": "Dan_14_assignsubmission_file"}
    folders.write_text(json.dumps(both))
    (whole,) = hand_back(course, NAME).feedback
    monkeypatch.setattr(hand_back_module, "PART", 1)
    parts = hand_back(course, NAME).feedback
    assert parts[0] == whole and len(parts) == 2
    names = [name for path in parts for name in zipfile.ZipFile(path).namelist()]
    assert [name.split("_")[1] for name in names] == ["12", "14"]


def test_a_trainee_cannot_have_the_page_or_the_grade_put_into_anothers_folder(
    course, marked
):
    forged = {"ana": "Ben ONeill_13_assignsubmission_file_"}
    for name in ("moodle.json", "collected.json", "ana.json"):
        (here(course, "ana") / name).write_text(json.dumps(forged))
    found = hand_back(course, NAME, worksheet=marked)
    with zipfile.ZipFile(*found.feedback) as zipped:
        assert [name.split("_")[1] for name in zipped.namelist()] == ["12"]


def test_a_name_cannot_hide_what_stands_before_it(course, packed, notebook, capsys):
    archive = packed(
        [("\x1b[2JZoe_9_assignsubmission_file_/\u202ea.ipynb", notebook())]
    )
    assert run("in", course, NAME, archive) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\u202e" not in said


def test_what_was_broken_off_is_finished_by_the_same_command(course, packed, notebook):
    archive = packed([("Ana Paz_12_assignsubmission_file_/a.ipynb", notebook("1"))])
    half = here(course, "ana").with_name(f".{NAME}.new")
    half.mkdir(parents=True)
    (half / "assignment.ipynb").write_text("{")
    take_in(course, NAME, archive)
    assert (here(course, "ana") / "assignment.ipynb").read_bytes() == notebook("1")
    assert not half.exists()


def test_nothing_came_through_moodle(course):
    assert run("out", course, NAME) == 2
