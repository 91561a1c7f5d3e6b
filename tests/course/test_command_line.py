"""``safelearn course``: what an instructor types, and what comes back."""

from __future__ import annotations

import json

import pytest

from safelearn.cli import main


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code


def test_build_writes_once_and_check_finds_what_was_edited(tiny, capsys):
    assert run("course", "build", "98_tiny") == 0
    assert "assignment.ipynb" in capsys.readouterr().out
    assert run("course", "build", "--check", "98_tiny") == 0
    (tiny / "assignment.ipynb").write_text("{}", encoding="utf-8")
    assert run("course", "build", "--check", "98_tiny") == 2
    assert "safelearn course build" in capsys.readouterr().err


def test_prove_prints_a_table_for_people_and_json_for_programs(tiny, capsys):
    assert run("course", "prove", "98_tiny") == 0
    assert "98_tiny" in capsys.readouterr().out
    assert run("course", "prove", "98_tiny", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["modules"]
    assert {"module", "tasks", "manual", "points", "mistakes", "minutes"} <= set(row)


def test_a_module_that_does_not_hold_ends_with_1_and_says_why(tiny, capsys):
    path = tiny / "assignment.py"
    text = path.read_text(encoding="utf-8").replace("rate = 100 *", "rate = 1000 *")
    path.write_text(text, encoding="utf-8")
    assert run("course", "prove", "98_tiny") == 1
    assert "loses nothing" in capsys.readouterr().out


def test_check_says_whether_a_notebook_can_be_graded(tiny, tmp_path, capsys):
    run("course", "build", "98_tiny")
    notebook = tiny / "assignment.ipynb"
    assert run("course", "check", str(notebook)) == 0
    bad = tmp_path / "bad.ipynb"
    bad.write_text("{", encoding="utf-8")
    assert run("course", "check", str(bad), "--module", "m98") == 2
    assert "damaged" in capsys.readouterr().err


def test_check_says_what_is_mended_and_writes_it_into_a_new_file(
    tiny, tmp_path, capsys
):
    run("course", "build", "98_tiny")
    content = json.loads((tiny / "assignment.ipynb").read_text(encoding="utf-8"))
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "m98-t1"]
    broken, mended = tmp_path / "broken.ipynb", tmp_path / "mended.ipynb"
    broken.write_text(json.dumps(content), encoding="utf-8")
    asked = ("course", "check", str(broken), "--module", "m98")
    assert run(*asked, "--out", str(mended)) == 0
    assert "put back: m98-t1" in capsys.readouterr().out
    ids = [cell["id"] for cell in json.loads(mended.read_text("utf-8"))["cells"]]
    assert "m98-t1" in ids
    assert run(*asked, "--out", str(mended)) == 2
    assert "there already" in capsys.readouterr().err


def test_grading_ends_with_1_if_somebody_was_set_aside(tiny, tmp_path, capsys):
    course = tmp_path / "course"
    assert run("course", "new", str(course), "98_tiny") == 0
    handed = course / "submitted" / "ana" / "98_tiny" / "assignment.ipynb"
    handed.parent.mkdir(parents=True)
    handed.write_text("{", encoding="utf-8")
    assert run("course", "grade", str(course), "98_tiny") == 1
    said = capsys.readouterr().out
    assert "SET ASIDE" in said and "ana: The file is damaged" in said
    assert run("course", "grade", str(course), "98_tiny", "--json") == 1
    (record,) = json.loads(capsys.readouterr().out)["submissions"]
    assert record["set_aside"] and record["remedy"]


def test_nothing_that_needs_an_instructor_hides_behind_full_marks(capsys):
    from safelearn.cli.course_grade import _show
    from safelearn.course.grading.records import Record, TaskRecord

    full = TaskRecord("m98-t1", 2, 2, [], "", [])
    _show(
        [
            Record("98_tiny", "ana", sandboxed=True, tasks=[full], note="Cell 9 took too long."),
            Record("98_tiny", "ben", sandboxed=True, tasks=[full], unanswered=["m98-t2"]),
            Record("98_tiny", "chi", set_aside="It is cut off.", remedy="Ask for it again."),
            Record("98_tiny", "dan", sandboxed=False, tasks=[full], repaired=["A cell was put back."]),
        ],
        {"ana": 1},
    )  # fmt: skip
    said = " ".join(capsys.readouterr().out.split())
    assert "ana 2 of 2 1 LIMIT" in said and "ana: Cell 9 took too long." in said
    assert "ben 2 of 2 1" in said
    assert "SET ASIDE" in said and "chi: It is cut off. Ask for it again." in said
    assert "dan: A cell was put back." in said
    assert "3 submissions are graded. 1 is set aside. 1 written answer waits" in said
    assert "without a sandbox" in said
