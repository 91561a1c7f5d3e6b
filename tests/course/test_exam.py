"""An exam whose tasks and seed are private: what a trainee has of it, until when, and what both sides can prove."""

from __future__ import annotations

import base64
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from safelearn.cli import main
from safelearn.course import key, modules, purge, variants
from safelearn.course.classroom import roster as the
from safelearn.course.exams import (
    frozen,
    packets,
    questions,
    receipts,
    register,
    sitting,
)
from safelearn.course.exams.seed import (
    Seed,
    make_seed,
    open_to_others,
    read_seed,
    require_private,
)
from safelearn.course.exams.words import on_late_work
from safelearn.course.forms import Hint
from safelearn.course.grading.batch import grade
from safelearn.course.grading.records import put
from safelearn.course.reporting.marks import read_marks
from safelearn.errors import SafelearnError
from safelearn.execution.sandbox.command import bubblewrap

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "x01_final"
SOURCE = Path(__file__).with_name("exam") / NAME
LINE = "safelearn-receipt:"


@pytest.fixture(autouse=True)
def unknown(monkeypatch):
    """No test finds the exam of another."""
    monkeypatch.setattr(modules, "_private", {})
    for cached in (variants.variant, key.assignment_of, key.key_for):
        cached.cache_clear()


@pytest.fixture(scope="module")
def template(a_copy):
    """A course with an exam that began yesterday, in Lima, for ana, ben and chi."""
    private = a_copy.parent / "private"
    shutil.copytree(SOURCE, private / NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(modules, "_private", {})
        sitting.new_exam(
            a_copy,
            private / NAME,
            private / "seed.txt",
            opens="2026-01-10 09:00",
            closes="2026-01-10 12:00",
            zone="America/Lima",
        )
        people = [the.Person(who) for who in ("ana", "ben", "chi")]
        the.change_roster(a_copy, lambda roster: the.add(roster, people))
        packets.hand_out(a_copy, NAME)
    return a_copy


def exam_of(course):
    return register.exam_of(course, NAME)


def again(course, **changes):
    """Make the exam once more, with something changed."""
    old = exam_of(course)
    told = {
        "folder": Path(old.folder),
        "seed_file": Path(old.seed_file),
        "opens": "2026-01-10 09:00",
        "closes": "2026-01-10 12:00",
    } | changes
    return sitting.new_exam(course, told.pop("folder"), told.pop("seed_file"), **told)


def opened(course, who, into):
    code = packets.codes(course, NAME)[who]
    made = packets.open_packet(course / "handout" / NAME / f"{who}.exam", code, into)
    modules._private.clear()  # a trainee's machine knows of no private folder
    return made


def hand_in(course, who, *, at=None, answer="rate = 1"):
    notebook = nbformat.v4.new_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell(answer, id="x01-t1-answer"))
    path = course / "submitted" / who / NAME / "assignment.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    if at:
        path.with_name("timestamp.txt").write_text(f"{at:%Y-%m-%d %H:%M:%S} UTC")
    return path


# What a trainee has before and after the exam begins.


def test_the_data_of_an_exam_do_not_follow_from_an_id(course):
    modules.know(Path(exam_of(course).folder))
    for who in ("ana", "ben"):
        with pytest.raises(Hint, match="not drawn from an id"):
            variants.variant(NAME, who)
    seed = exam_of(course).seed()
    ana, ben = (variants.variant(NAME, who, seed.secret(who)) for who in ("ana", "ben"))
    assert ana.fingerprint != ben.fingerprint
    # With one's own secret, or none, nobody draws the data of somebody else.
    tried = [variants.variant(NAME, "ben", s) for s in (seed.secret("ana"), variants.TRIAL)]  # fmt: skip
    assert ben.fingerprint not in {one.fingerprint for one in tried}


def test_all_that_comes_of_a_seed_differs_by_purpose_trainee_exam_and_seed():
    one, other = Seed(b"s" * 32, "course/x01"), Seed(b"s" * 32, "course/x02")
    third = Seed(b"t" * 32, "course/x01")
    found = [
        seed.derived(purpose, who)
        for seed in (one, other, third)
        for purpose in ("data", "code", "receipts")
        for who in ("", "ana", "ben")
    ]
    assert len(set(found)) == len(found)
    # Five groups of four: a hundred bits.
    assert len(one.code("ana").replace("-", "")) * 5 == 100


def test_the_course_releases_nothing_of_the_exam(course):
    seen = b"".join(
        path.read_bytes() for path in (course / "release").rglob("*") if path.is_file()
    )
    assert b"m98" in seen and b"x01" not in seen
    sealed = (course / "handout" / NAME / "ana.exam").read_bytes()
    head, _, body = sealed.partition(b"\n")
    assert set(json.loads(head)) == {"format", "exam", "trainee", "opens", "zone"}
    assert not any(word in body for word in (b"shops", b"thefts", b"assignment"))


def test_only_ones_own_code_opens_a_sealed_file(course, tmp_path):
    codes = packets.codes(course, NAME)
    file = course / "handout" / NAME / "ana.exam"
    for code in (codes["ben"], "", "AAAA-AAAA-AAAA-AAAA-AAAA", codes["ana"][:-1]):
        with pytest.raises(SafelearnError, match="does not open"):
            packets.open_packet(file, code, tmp_path / "ana")
    typed = codes["ana"].lower().replace("-", " ")
    folder = packets.open_packet(file, typed, tmp_path / "ana").folder
    assert folder == tmp_path / "ana" / NAME
    with pytest.raises(SafelearnError, match="opened here already"):
        packets.open_packet(file, codes["ana"], tmp_path / "ana")


def test_what_the_exchange_brought_is_opened_where_it_lies(course, tmp_path):
    code = packets.codes(course, NAME)["ana"]
    for into in (tmp_path / "a", tmp_path / "b" / NAME):
        place = into if into.name == NAME else into / NAME
        shutil.copytree(course / "handout" / NAME, place)
        folder = packets.open_packet(place / "ana.exam", code, into).folder
        assert folder.resolve() == place.resolve()
        assert (place / "assignment.ipynb").is_file()
    # Broken off before its end, it is opened again, and what was written meanwhile stays.
    (place / "exam.json").unlink()
    (place / "assignment.ipynb").write_text("mine", encoding="utf-8")
    packets.open_packet(place / "ana.exam", code, place)
    assert (place / "assignment.ipynb").read_text("utf-8") == "mine"


def test_a_trainee_gets_no_solution_no_trap_no_generator_and_nobody_elses_data(
    course, tmp_path
):
    folder = opened(course, "ana", tmp_path).folder
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert files == {"assignment.ipynb", "module.toml", "exam.json", "data/shops.feather"}  # fmt: skip
    given = ("assignment.ipynb", "module.toml", "exam.json")
    text = "".join((folder / name).read_text("utf-8") for name in given)
    for secret in ("SOLUTION", ".sum()", "mean of the rates", "trap", "crude rate", "ben", "moved away"):  # fmt: skip
        assert secret not in text
    assert modules.read_module(folder).points == 4


def test_the_opened_folder_gives_the_data_on_which_the_grader_computes_the_key(
    course, tmp_path, monkeypatch
):
    seed = exam_of(course).seed()
    monkeypatch.chdir(opened(course, "ana", tmp_path).folder)
    own = variants.my_city("x01")
    assert own.trainee == "ana"
    modules.know(Path(exam_of(course).folder))
    found = key.key_for("x01", "ana", seed.secret("ana"))
    assert own.fingerprint == found.fingerprint
    shops = own.shops
    assert found.right["x01-t1"]["thefts"] == shops["n"].sum()
    assert found.right["x01-t2"]["share"] == pytest.approx(100 * shops["n"].max() / shops["n"].sum())  # fmt: skip


def test_tables_come_out_of_a_sealed_file_as_they_were_drawn():
    frame = pd.DataFrame(
        {
            "who": pd.Series(["ana", None, "chi"], dtype=object),
            "when": pd.to_datetime(["2025-01-01 10:00"] * 3).astype("datetime64[s]"),
            "kind": pd.Categorical(["a", "b", "a"]),
            "age": pd.array([1, None, 3], dtype="Int16"),
            "name": pd.Series(["x", None, "z"], dtype="str"),
        }
    )
    data = io.BytesIO(frozen.frozen(frame, "people"))
    found = frozen.thawed(data, frozen.objects_of(frame))
    pd.testing.assert_frame_equal(found, frame)
    assert found["who"][1] is None
    for odd in (frame.set_index("who"), frame.assign(odd=[{1}, [2], object()])):
        with pytest.raises(SafelearnError, match="cannot be handed out"):
            frozen.frozen(odd, "people")
    with pytest.raises(SafelearnError, match="cannot be handed out"):
        frozen.frozen(frame, "../people")


def test_nobody_works_in_the_folder_of_somebody_else(course, tmp_path, monkeypatch):
    monkeypatch.chdir(opened(course, "ana", tmp_path).folder)
    monkeypatch.setenv("JUPYTERHUB_USER", "ben")
    with pytest.raises(Hint, match="data of ana"):
        variants.my_city("x01")


def test_a_file_that_somebody_else_sealed_writes_nothing_outside_its_folder(tmp_path):
    about = {"exam": "../evil", "trainee": "ana", "opens": "", "zone": ""}
    parts = {"exam.json": json.dumps(about).encode(), "../out.txt": b"x"}
    file = tmp_path / "in" / "ana.exam"
    file.parent.mkdir()
    file.write_bytes(packets._sealed(about, parts, "AAAA"))
    with pytest.raises(SafelearnError):
        packets.open_packet(file, "AAAA", tmp_path / "in")
    parts["exam.json"] = json.dumps({**about, "exam": NAME}).encode()
    file.write_bytes(packets._sealed(about, parts, "AAAA"))
    packets.open_packet(file, "AAAA", tmp_path / "in")
    assert not list(tmp_path.rglob("out.txt"))


def test_no_sandbox_shows_an_exam_that_was_not_asked_for(course):
    private = Path(exam_of(course).folder)
    shown = " ".join(bubblewrap([private.parent]))
    assert NAME not in shown
    shown = " ".join(bubblewrap([private]))
    assert f"{NAME}/variant.py" in shown
    assert f"{NAME}/assignment.py" not in shown and "questions.toml" not in shown


# Making one.


def test_nothing_of_an_exam_lies_in_a_repository(course, tmp_path):
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    place = shutil.copytree(SOURCE, tmp_path / "repo" / "deep" / NAME)
    with pytest.raises(SafelearnError, match="repository"):
        again(course, folder=place)
    with pytest.raises(SafelearnError, match="repository"):
        again(course, seed_file=tmp_path / "repo" / "seed.txt")
    with pytest.raises(SafelearnError, match="repository"):
        require_private(SOURCE)


def test_a_seed_that_could_be_guessed_or_another_one_is_refused(course, tmp_path):
    for text in ("2026", "a" * 64):
        (tmp_path / "weak.txt").write_text(text)
        with pytest.raises(SafelearnError, match="guessed"):
            read_seed(tmp_path / "weak.txt", "x")
    make_seed(tmp_path / "other.txt")
    assert (tmp_path / "other.txt").stat().st_mode & 0o077 == 0
    with pytest.raises(SafelearnError, match="another seed"):
        again(course, seed_file=tmp_path / "other.txt")
    with pytest.raises(SafelearnError, match="another seed"):
        again(course, seed_file=tmp_path / "new.txt")
    assert not (tmp_path / "new.txt").exists()


def test_an_exam_whose_making_was_broken_off_has_no_window_yet(course):
    the.change_roster(course, lambda roster: roster.deadlines.pop(NAME))
    with pytest.raises(SafelearnError, match="not made to its end"):
        sitting.standings(course, NAME)
    again(course)
    assert len(sitting.standings(course, NAME)) == 3


def test_what_is_no_exam_or_closes_before_it_opens_is_refused(course, tmp_path, tiny):
    with pytest.raises(SafelearnError, match="no exam"):
        again(course, folder=tiny)
    with pytest.raises(SafelearnError, match="close before it opens"):
        again(course, closes="2026-01-10 09:00")
    folder = shutil.copytree(SOURCE, tmp_path / "x02_other")
    with pytest.raises(SafelearnError, match="must be called x01"):
        again(course, folder=folder)


def test_a_question_that_cannot_be_filled_stops_the_exam_from_being_made(
    course, tmp_path
):
    folder = shutil.copytree(SOURCE, tmp_path / "p" / NAME)
    for ask in ("Why {height}?", "Why?", "{rate.__class__}"):
        text = f'[[questions]]\ntask = "t1"\nask = "{ask}"\n'
        (folder / "questions.toml").write_text(text, encoding="utf-8")
        with pytest.raises(SafelearnError, match="questions of the exam"):
            again(course, folder=folder)


# The window.


def test_an_exam_is_not_graded_before_it_begins_nor_outside_a_sandbox(course, tmp_path):
    hand_in(course, "ana")
    with pytest.raises(SafelearnError, match="in a sandbox or not at all"):
        grade(course, NAME, sandboxed=False)
    again(course, opens="2999-01-01 09:00", closes="2999-01-01 12:00")
    for do in (grade, receipts.issue, questions.questions):
        with pytest.raises(SafelearnError, match="has not begun"):
            do(course, NAME)


def test_extra_time_is_a_trainees_own_and_moves_with_the_window(course):
    found = sitting.extra_time(course, NAME, "chi", 45)
    assert f"{found.closes:%H:%M}" == "12:45" and found.extra == 45
    again(course, opens="2026-01-11 14:00", closes="2026-01-11 15:00")
    until = {s.trainee: f"{s.closes:%d. %H:%M}" for s in sitting.standings(course, NAME)}  # fmt: skip
    assert until == {"ana": "11. 15:00", "ben": "11. 15:00", "chi": "11. 15:45"}
    sitting.extra_time(course, NAME, "chi", 0)
    assert sitting.standings(course, NAME)[2].extra == 0


def test_extra_time_is_time_that_passes_when_clocks_are_put_back(course):
    again(course, opens="2026-10-25 01:00", closes="2026-10-25 01:30", zone="Europe/Madrid")  # fmt: skip
    plain, chi = (sitting.extra_time(course, NAME, "chi", n).closes for n in (0, 150))
    assert chi.astimezone(UTC) - plain.astimezone(UTC) == timedelta(minutes=150)


AT_NOON = datetime(2026, 1, 10, 17, tzinfo=UTC)  # in Lima


@pytest.mark.parametrize(
    ("handed", "seen", "state", "late"),
    [
        (-5, None, "no receipt yet", None),
        (None, None, "no receipt yet", None),
        (-5, -2, "in time", None),
        (None, -2, "in time", None),
        (7, 9, "late", 7),
        (7, None, "late", 7),
        # A clock that is wrong makes nobody late whose work was here, nor later than it was.
        (7, -2, "in time", None),
        (60, 9, "late", 9),
        (-5, 9, "seen only after the end", None),
        (None, 9, "seen only after the end", None),
    ],
)
def test_late_work_is_called_late_and_doubt_is_called_doubt(
    course, monkeypatch, handed, seen, state, late
):
    after = [n if n is None else AT_NOON + timedelta(minutes=n) for n in (handed, seen)]
    hand_in(course, "ana", at=after[0])
    monkeypatch.setattr(sitting, "received", lambda *_: after[1])
    found = sitting.standings(course, NAME)[0]
    assert found.state == state
    assert found.late == (late and timedelta(minutes=late))


def test_the_report_knows_of_late_work_and_an_exam_is_sat_alone(course):
    the.change_roster(course, lambda roster: the.pair(roster, ["ana", "ben"]))
    sitting.extra_time(course, NAME, "ben", 30)
    hand_in(course, "ana", at=AT_NOON + timedelta(minutes=10))
    of = read_marks(course).submissions.query("assignment == @NAME")
    of = of.set_index("student")
    # What ben was given more is not ana's, and what ana handed in is not ben's.
    assert of.loc["ana", "late"] == timedelta(minutes=10)
    assert of.loc["ben", "handed_in_by"] == "ben"


def test_who_hands_in_without_a_time_is_late_from_when_it_was_seen(course):
    hand_in(course, "ana")
    receipts.issue(course, NAME)
    of = read_marks(course).submissions.query("assignment == @NAME")
    assert of.set_index("student").loc["ana", "late"] > timedelta(0)


# Afterwards.


def test_an_exam_made_again_leaves_what_was_handed_out(course):
    place = course / "release" / NAME
    packets.hand_out(course, NAME, place)
    again(course, closes="2026-01-10 13:00")
    assert {path.name for path in place.iterdir()} == {"ana.exam", "ben.exam", "chi.exam"}  # fmt: skip


def test_a_purge_takes_what_is_sealed_and_what_was_asked(course):
    packets.hand_out(course, NAME, course / "release" / NAME)
    hand_in(course, "ana")
    receipts.issue(course, NAME)
    put(course / "questions" / NAME / "ana.md", "Why?")
    purge.purge(purge.planned(course, "ana"))
    left = [p for p in course.rglob("*") if p.stem == "ana" or p.name == "ana"]
    assert left == []
    assert (course / "release" / NAME / "ben.exam").is_file()
    purge.purge(purge.planned(course))
    assert not list(course.rglob("*.exam")) and (course / "exams.json").is_file()


def test_grading_says_who_was_late(course):
    for who, minutes in (("ana", -5), ("ben", 12)):
        hand_in(course, who, at=AT_NOON + timedelta(minutes=minutes))
    told = " ".join(on_late_work(course, "x01"))
    assert "ben: late by 12 minutes" in told and "ana" not in told
    assert "receipt" in told
    assert on_late_work(course, "98_tiny") == []


def test_what_other_users_can_read_is_told(tmp_path):
    make_seed(tmp_path / "seed.txt")
    assert not open_to_others(tmp_path / "seed.txt")
    # The system's folder of temporary files lets everybody pass, and pytest's own does not.
    assert open_to_others(Path("/etc/hostname")) or not Path("/etc/hostname").exists()


# Receipts.


@pytest.fixture
def received(course, tmp_path):
    """The folder of ana's, with what she handed in, and her receipt."""
    folder = opened(course, "ana", tmp_path / "home").folder
    path = hand_in(course, "ana", at=AT_NOON)
    shutil.copy(path, folder / "assignment.ipynb")
    receipts.issue(course, NAME)
    return folder, course / "receipts" / NAME / "ana.txt"


def test_both_sides_see_that_a_receipt_is_of_this_notebook(course, received):
    folder, receipt = received
    own = folder / "assignment.ipynb"
    for where in (None, course):
        told = receipts.verify(receipt, own, where)
        assert "genuine" in told[0] and "very file" in told[1]
    own.write_text(json.dumps(json.loads(own.read_text("utf-8"))), encoding="utf-8")
    assert "saved again" in receipts.verify(receipt, own, course)[1]
    own.write_text(own.read_text("utf-8").replace("rate = 1", "rate = 2"), "utf-8")
    with pytest.raises(SafelearnError, match="not of this notebook"):
        receipts.verify(receipt, own, course)


def test_a_second_receipt_of_the_same_file_is_the_first(course, received):
    _, receipt = received
    first = receipt.read_bytes()
    receipts.issue(course, NAME)
    assert receipt.read_bytes() == first
    hand_in(course, "ana", answer="rate = 2")
    receipts.issue(course, NAME)
    assert receipt.read_bytes() != first
    assert len(receipts.receipts_of(course, NAME, "ana")) == 2


def test_a_forged_receipt_is_not_genuine(course, received, tmp_path):
    folder, receipt = received
    line = receipt.read_text("utf-8").split(LINE)[1].strip()
    payload, signature = (base64.urlsafe_b64decode(part) for part in line.split("."))
    own = json.loads(payload)
    file, work = receipts.hashes(folder / "assignment.ipynb")
    assert own["file"] == file
    forger = Seed(b"everything public" * 2, own["label"])
    earlier = {**own, "received": "2026-01-10T15:00:00+00:00"}
    another = receipts.Receipt(own["label"], "ana", file, work, own["received"], "")
    changed = base64.urlsafe_b64encode(json.dumps(earlier, sort_keys=True).encode())
    attempts = {
        "an earlier time": f"{LINE}{changed.decode()}.{line.split('.')[1]}",
        "a key of one's own": receipts.text(another, forger),
        "another signature": f"{LINE}{line.split('.')[0]}.{base64.urlsafe_b64encode(bytes(64)).decode()}",
    }  # fmt: skip
    assert len(signature) == 64
    for what, text in attempts.items():
        (tmp_path / "forged.txt").write_text(text, encoding="utf-8")
        for where in (None, course):
            with pytest.raises(SafelearnError, match="not genuine"):
                receipts.verify(tmp_path / "forged.txt", folder / "assignment.ipynb", where)  # fmt: skip
        assert what
    # Nor does it help to put one's own key beside the notebook: the instructor asks the course.
    about = json.loads((folder / "exam.json").read_text("utf-8"))
    about["receipts"] = receipts.public_key(forger)
    (folder / "exam.json").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "forged.txt").write_text(attempts["a key of one's own"], "utf-8")
    with pytest.raises(SafelearnError, match="not genuine"):
        receipts.verify(tmp_path / "forged.txt", folder / "assignment.ipynb", course)


# Questions.


GIVEN = {"x01-t1": {"thefts": 120.0, "rate": 7.28}, "x01-t2": {"share": 40.0}}
CODE = {"x01-t1": ['thefts = shops["n"].sum()'], "x01-t2": ["share = 100 * most / n"]}


def asked(who="ana", given=GIVEN, code=CODE, seed=b"s" * 32):
    module = modules.read_module(SOURCE)
    templates = questions.read_templates(module)
    return questions.chosen(templates, module, given, code, Seed(seed, "c/x01"), who)


def test_questions_are_of_ones_own_answers_and_code_and_always_the_same():
    for who in ("ana", "ben", "chi", "dan"):
        found = asked(who)
        assert found == asked(who) and len(found) == 2
        text = " ".join(found)
        # One asks of an answer, one of a line, and not both in the same task.
        assert ("7.3 thefts" in text) != ("40.0 per cent" in text)
        assert ("shops" in text) != ("most / n" in text)
        assert ("The rate" in text) and ("The largest share" in text)
    seeds = {tuple(asked(seed=bytes([n]) * 32)) for n in range(12)}
    assert len(seeds) == 2  # nobody who has not the seed knows which


def test_who_handed_in_little_is_asked_what_there_is():
    assert asked(given={}, code={}) == []
    assert len(asked(given={}, code={"x01-t1": ["a = f(1)"]})) == 1
    one = asked(given={"x01-t1": {"rate": 1.0, "thefts": 3.0}}, code={})
    assert len(one) == 1 and "1.0 thefts" in one[0]


def test_what_a_trainee_wrote_is_shown_as_text():
    line = "rate = f('</code><script>alert(1)</script>`') # \u202e[x](http://y)"
    text = " ".join(asked(code={"x01-t1": [line], "x01-t2": [line]}))
    assert "<" not in text and "\u202e" not in text
    # What Markdown could take for a link stands between the marks of code.
    assert text.count("`") == 2
    long = " ".join(asked(code={name: ["x = f('" + "a" * 5000] for name in CODE}))
    assert len(long) < 700


def test_an_answer_of_any_kind_stops_no_sheet():
    for odd in ("x", None, [1, 2], {"a": 1}, float("inf"), True):
        found = asked(given={"x01-t1": {"rate": odd, "thefts": odd}}, code={})
        assert len(found) == 1 and "moved away" in found[0]


def test_only_lines_that_do_something_are_asked_about():
    cell = nbformat.v4.new_code_cell(
        "# a comment\nthefts = ...\nimport os\nx = 1\nrate = 1000 * x\nfor (\n",
        metadata={"nbgrader": {"grade_id": "x01-t1-answer"}},
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert questions.code_of(notebook) == {"x01-t1": ["rate = 1000 * x"]}


def test_the_commands_say_who_stands_where(course, capsys):
    hand_in(course, "ana", at=AT_NOON + timedelta(minutes=7))
    for words in (["status"], ["codes"], ["receipt"]):
        with pytest.raises(SystemExit) as end:
            main(["course", "exam", *words, str(course), "x01"])
        assert end.value.code == 0
    said = capsys.readouterr().out
    assert "from 2026-01-10 09:00 to 2026-01-10 12:00 (America/Lima)" in said
    assert "late by 7 minutes" in said
    assert packets.codes(course, NAME)["ben"] in said
