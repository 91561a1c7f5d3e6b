"""Nobody is given a credential who did not ask for one, and nothing stands in it that was not done."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from safelearn.cli import main
from safelearn.course.classroom import roster as the
from safelearn.course.classroom.roster import Person
from safelearn.course.credentials import badge, certificate, consent, issuer, standing
from safelearn.course.reporting.marks import read_marks
from safelearn.guidelines.competencies import competencies

pytestmark = pytest.mark.filterwarnings("ignore")
NAME = "98_tiny"
#: Of 2 and of 3 points; None: nobody has read it yet.
CLASS = {"ana": (2, 3), "ben": (2, None), "chi": (0, 0), "dan": (2, 3), "eva": (2, 3)}


@pytest.fixture(scope="module")
def template(a_copy, tmp_path_factory):
    """A marked course with a key."""
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
    people = [Person(who, role="planner", invented=who == "eva") for who in CLASS]
    people.append(Person("fay", role="planner"))
    the.change_roster(course, lambda roster: the.add(roster, people))
    issuer.make_issuer(course, "Town of Nowhere", keep=a_copy.parent / "key.pem")
    return course


@pytest.fixture
def secret(a_copy):
    return a_copy.parent / "key.pem"


@pytest.fixture
def no_paper(monkeypatch):
    """The page has its own tests, and costs a second."""
    monkeypatch.setattr("safelearn.reports.formats.pdf.to_pdf", lambda *a, **k: b"%PDF")


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["course", "credential", *map(str, arguments)])
    return ended.value.code


def agree(course, *who):
    for student in who:
        consent.record(course, issuer.read_issuer(course), student, f"{student} Paz")


def issued(course, who):
    return sorted((course / "credentials" / "issued" / who).glob("*.jwt"))


def in_words(text):
    return " ".join(text.split())


def test_nothing_is_issued_to_who_was_not_asked_or_has_taken_it_back(
    course, secret, capsys, no_paper
):
    assert run("issue", course, "--part", "--secret", secret) == 2
    assert run("issue", course, "ana", "--part", "--secret", secret) == 1
    assert "ana has not agreed to a credential." in capsys.readouterr().err
    agree(course, "ana")
    assert run("consent", course, "ana", "--withdraw") == 0
    assert run("issue", course, "ana", "--part", "--secret", secret) == 1
    assert not (course / "credentials" / "issued").exists()


def test_a_consent_is_shown_before_it_is_written_down(course, capsys):
    assert run("consent", course, "ana", "--name", "Ana Paz") == 2
    said = in_words(capsys.readouterr().out)
    assert "It names me: Ana Paz." in said and "sent to nobody else" in said
    assert consent.read_consent(course, "ana") is None
    assert run("consent", course, "ana", "--name", "Ana Paz", "--agreed") == 0
    kept = consent.read_consent(course, "ana")
    assert kept.name == "Ana Paz" and "It names me: Ana Paz." in kept.agreed


def test_the_code_that_stands_for_a_name_is_given_once_and_not_kept(course, capsys):
    assert run("consent", course, "ana", "--code", "--agreed") == 0
    shown = capsys.readouterr().out
    (code,) = (
        line.rpartition(" ")[2] for line in shown.splitlines() if "The code of" in line
    )
    text = (course / "credentials" / "consents" / "ana.json").read_text()
    assert len(code) == 24 and code not in text and code.replace("-", "") not in text
    # A name and a code at once, or neither, is no answer.
    assert run("consent", course, "ana", "--agreed") == 2
    assert run("consent", course, "ana", "--code", "--name", "Ana", "--agreed") == 2


def test_an_id_is_no_way_to_another_file(course, secret, capsys):
    agree(course, "ana")
    for aim in ("../../roster", "../issuer", "/etc/passwd"):
        assert run("consent", course, aim, "--withdraw") == 2
        assert run("revoke", course, aim, "--reason", "x", "--secret", secret) == 2
        said = capsys.readouterr().err
        assert said.count("cannot be the id") == 2 or "is no credential" in said
    assert (course / "roster.json").is_file()
    assert (course / "credentials" / "issuer.json").is_file()


def test_what_a_person_has_still_to_read_holds_the_credential_back(
    course, secret, capsys, no_paper
):
    agree(course, "ben")
    assert run("issue", course, "ben", "--part", "--secret", secret) == 1
    said = in_words(capsys.readouterr().err)
    assert f"{NAME}: 1 task still waits for a person to read it (m98-t2)." in said
    (course / "submitted" / "fay" / NAME).mkdir(parents=True)
    agree(course, "fay")
    assert run("issue", course, "fay", "--part", "--secret", secret) == 1
    assert "not graded yet" in capsys.readouterr().err


def test_who_practised_nothing_gets_none_and_a_part_of_a_path_is_called_one(
    course, secret, capsys, no_paper
):
    agree(course, "ana", "chi")
    assert run("issue", course, "chi", "--part", "--secret", secret) == 1
    assert "chi has not practised any level yet." in capsys.readouterr().err
    assert run("issue", course, "ana", "--secret", secret) == 1
    said = capsys.readouterr().err
    assert "ana has not finished the path" in said and "05_rates" in said
    assert run("issue", course, "ana", "--part", "--secret", secret) == 0
    assert "A part of the course path for the role: Urban planner" in capsys.readouterr().out  # fmt: skip


def test_a_whole_path_is_one_where_each_module_was_done_and_no_level_lacks(
    course, secret, capsys, no_paper, monkeypatch
):
    agree(course, "ana")
    monkeypatch.setattr(standing, "still_to_practise", lambda *_: [])
    paths = {"paths": {"planner": [NAME, "05_rates"]}}
    monkeypatch.setattr(standing, "curriculum", lambda: paths)
    assert run("issue", course, "ana", "--secret", secret) == 1
    assert "Not handed in or not practised: 05_rates." in capsys.readouterr().err
    paths["paths"]["planner"] = [NAME]
    assert run("issue", course, "ana", "--secret", secret) == 0
    assert "The course path for the role: Urban planner" in capsys.readouterr().out


def test_a_command_that_was_cut_off_is_finished_and_nothing_is_issued_twice(
    course, secret, no_paper
):
    agree(course, "ana")
    assert run("issue", course, "ana", "--part", "--secret", secret) == 0
    (first,) = issued(course, "ana")
    text = first.read_bytes()
    places = (course / "credentials" / "places.json").read_text()
    # Killed after the record was written, and before the rest was.
    first.unlink()
    first.with_suffix(".pdf").unlink()
    assert run("issue", course, "ana", "--part", "--secret", secret) == 0
    assert issued(course, "ana") == [first] and first.read_bytes() == text
    assert first.with_suffix(".pdf").is_file()
    assert (course / "credentials" / "places.json").read_text() == places


def test_the_private_key_is_its_owners_alone_and_never_in_the_course(
    template, new_course, tmp_path, capsys
):
    mode = stat.S_IMODE((template.parent / "key.pem").stat().st_mode)
    assert os.name != "posix" or mode == 0o600
    public = (template / "credentials" / "issuer.json").read_text()
    assert '"d"' not in public and "PRIVATE" not in public
    # In the course's folder, a link away from it, or over another file: refused.
    inside = new_course / "credentials" / "key.pem"
    assert run("key", new_course, "--issuer", "X", "--keep", inside) == 2
    (tmp_path / "link").symlink_to(new_course)
    assert run("key", new_course, "--issuer", "X", "--keep", tmp_path / "link/k") == 2
    (tmp_path / "there.pem").write_text("mine")
    assert run("key", new_course, "--issuer", "X", "--keep", tmp_path / "there.pem") == 2  # fmt: skip
    assert (tmp_path / "there.pem").read_text() == "mine"
    assert not (new_course / "credentials").exists()
    assert run("key", template, "--issuer", "Y", "--keep", tmp_path / "new.pem") == 2
    assert "has a key already" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_a_private_key_that_others_can_read_is_not_used(course, tmp_path, secret, capsys):  # fmt: skip
    agree(course, "ana")
    (tmp_path / "open.pem").write_bytes(secret.read_bytes())
    (tmp_path / "open.pem").chmod(0o644)
    assert run("issue", course, "--part", "--secret", tmp_path / "open.pem") == 2
    assert "Others can read the private key" in capsys.readouterr().err


def test_a_purge_takes_consents_badges_and_reasons_and_leaves_what_others_check_with(
    course, secret, no_paper
):
    agree(course, "ana", "dan")
    assert run("issue", course, "--part", "--secret", secret) == 0
    assert run("revoke", course, "ana", "--reason", "ana copied", "--secret", secret) == 0  # fmt: skip
    with pytest.raises(SystemExit):
        main(["course", "purge", str(course), "--student", "ana", "--yes"])
    left = course / "credentials"
    everything = "".join(p.read_text() for p in left.rglob("*.json"))
    assert "ana" not in everything and "dan Paz" in everything
    # That it is revoked stays: whoever has it must not be able to use it again.
    assert len(json.loads((left / "places.json").read_text())["revoked"]) == 1
    with pytest.raises(SystemExit):
        main(["course", "purge", str(course), "--yes"])
    assert {p.name for p in left.iterdir()} == {
        "issuer.json",
        "places.json",
        "revocations.jwt",
    }


@pytest.mark.clause("draft:23(a)")
def test_what_was_practised_and_what_was_examined_are_told_apart(course):
    marks = read_marks(course)
    found = standing.standing(course, marks, "ana")
    assert (found.practised, found.examined) == ({"C5": 2}, {})
    exam = marks.tasks["task"] == "m98-t2"
    marks.tasks["exam"] = marks.tasks["exam"] | exam
    found = standing.standing(course, marks, "ana")
    assert (found.practised, found.examined) == ({"C5": 1}, {"C5": 2})
    made = credential_of(found, consent_of("Ana"))
    practised, examined = certificate.statements(made)
    assert [(s.competency, s.level, s.name.split(":")[0]) for s in (*practised, *examined)] == [
        ("C5", 1, "Practised"), ("C5", 2, "Examined"),
    ]  # fmt: skip
    assert "No exam" not in made["credentialSubject"]["achievement"]["criteria"]["narrative"]  # fmt: skip
    # Handed in after its end, it examined nothing; and it is not practice either.
    marks.submissions["late"] = timedelta(minutes=1)
    found = standing.standing(course, marks, "ana")
    assert (found.practised, found.examined) == ({"C5": 1}, {})


def consent_of(name):
    return consent.Consent("ana", name, "0" * 64, "ab", "2026-11-23", ())


def credential_of(found, agreed):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    by = issuer.Issuer("did:key:z6Mk", "Town of Nowhere", "", "", "2026-01-01")
    until = now + timedelta(days=365)
    return badge.credential(found, by, agreed, {}, now=now, until=until)


def everything(n_practised, n_examined, **changes):
    """A standing with so many competencies at the highest level, and the longest words."""
    ids = [c.id for c in competencies()]
    titles = tuple(
        f"A module with quite a long title {n}: what for?" for n in range(15)
    )
    return standing.Standing(
        **{
            "person": Person("ana", invented=changes.pop("invented", False)),
            "role": "social_development",
            "practised": dict.fromkeys(ids[:n_practised], 4),
            "examined": dict.fromkeys(ids[:n_examined], 4),
            "modules": titles,
            "lacking": (("C1", 3),),
            "missing": (),
            "open": (),
            "together": True,
        }
        | changes
    )


def test_nothing_of_the_class_stands_in_a_credential_but_what_was_agreed_to(course):
    found = standing.standing(course, read_marks(course), "ana")
    text = json.dumps(credential_of(found, consent_of("")))
    for private in ('"ana', "98_tiny", "m98", 'points":', str(course)):
        assert private not in text, private
    assert json.loads(text)["credentialSubject"]["identifier"][0]["hashed"] is True


@pytest.mark.needs("python:weasyprint", "python:pikepdf")
@pytest.mark.parametrize(
    ("practised", "examined"), [(certificate.MOST_LINES, 0), (10, 10)]
)
def test_the_certificate_is_one_page_with_the_credential_in_it(practised, examined):
    import io

    import pikepdf

    from safelearn.reports.formats.pdf import to_pdf

    found = everything(practised, examined, invented=True)
    made = credential_of(found, consent_of("María Fernanda Huamán de la Cruz y Gómez"))
    html = certificate.page(made)
    assert 'class="mark">Rehearsal' in html and "<script" not in html
    with pikepdf.open(io.BytesIO(to_pdf(html, attached={"credential.jwt": "a.b.c"}))) as pdf:  # fmt: skip
        assert len(pdf.pages) == 1
        (file,) = pdf.attachments.values()
        assert file.get_file().read_bytes() == b"a.b.c"
        assert str(pdf.Root.Lang) == "en"


def test_the_page_says_what_the_credential_says_and_a_name_cannot_change_it():
    named = consent_of("<b>Ana</b> & Co")
    html = certificate.page(credential_of(everything(1, 0), named))
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp; Co" in html and "<b>Ana" not in html
    assert "No exam is part of this credential." in html
    assert "Rehearsal" not in html.partition("</style>")[2]
    assert "Town of Nowhere" in html and "It does not measure a person." in html
