"""A trainee's folder gets what is missing, and never loses what they have done."""

from __future__ import annotations

from safelearn.course.authoring import build
from safelearn.course.workspace import prepare, put_lessons


def test_lessons_and_assignments_appear_and_a_second_call_overwrites_nothing(
    tiny, tmp_path
):
    build.write(tiny)
    folder = tmp_path / "mine"
    space = prepare(folder)
    assert "98_tiny/assignment.ipynb" in space.made
    assert space.first == "start.ipynb" and (folder / space.first).is_file()
    lesson = folder / "98_tiny" / "lesson.ipynb"
    assert lesson.is_file()
    mine = folder / "98_tiny" / "assignment.ipynb"
    mine.write_text("my work", encoding="utf-8")
    lesson.unlink()
    again = prepare(folder)
    assert mine.read_text(encoding="utf-8") == "my work"
    assert again.made == ("98_tiny/lesson.ipynb",)


def test_no_solution_reaches_a_trainees_folder(tiny, tmp_path):
    build.write(tiny)
    prepare(tmp_path / "mine")
    names = {path.name for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    assert names <= {"start.ipynb", "lesson.ipynb", "assignment.ipynb", "pictures.py"}


def test_on_a_hub_only_lessons_are_put_there_because_assignments_are_handed_out(
    tiny, tmp_path
):
    build.write(tiny)
    made = put_lessons(tmp_path / "lessons")
    assert "98_tiny/lesson.ipynb" in made
    assert not list((tmp_path / "lessons").rglob("assignment.ipynb"))
    (tmp_path / "lessons" / "98_tiny" / "lesson.ipynb").write_text("mine", "utf-8")
    assert put_lessons(tmp_path / "lessons") == []
    kept = (tmp_path / "lessons" / "98_tiny" / "lesson.ipynb").read_text("utf-8")
    assert kept == "mine"
