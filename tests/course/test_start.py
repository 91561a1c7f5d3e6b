"""The start page shows what a trainee's notebooks show, and the next step."""

from __future__ import annotations

import nbformat
import pytest

from safelearn.course.authoring import build
from safelearn.course.modules import course, folders
from safelearn.course.progress import progress
from safelearn.course.start import PAGE, path_of, role_in, text
from safelearn.course.workspace import prepare
from safelearn.errors import SafelearnError

NAME = "98_tiny"
FORMED = nbformat.v4.new_output("stream", name="stdout", text="✓")
MARKED = {"output_type": "display_data", "data": {}, "metadata": {"safelearn": {}}}


@pytest.fixture
def mine(tiny, tmp_path):
    build.write(tiny)
    return prepare(tmp_path / "mine", role="finance").folder


def edit(mine, name, change):
    path = mine / NAME / name
    notebook = nbformat.read(path, as_version=4)
    change({cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)


def run_lesson(cells):
    for cell in cells.values():
        if cell.cell_type == "code":
            cell.execution_count = 1


def answer_all(cells):
    cells["m98-t1"].outputs = [nbformat.from_dict(MARKED)]
    cells["m98-t2"].source = "So many for 1,000 people."


def test_a_folder_that_nobody_has_touched_shows_nothing_done(mine):
    (found,) = progress(mine, [NAME])
    assert (found.ran, found.answered, found.tasks) == (0, 0, 2)
    assert not (found.begun or found.read or found.done)
    assert "○ | 98 · A module of two tasks" in text(mine, "finance")


def test_an_answer_counts_when_its_form_was_right(mine):
    def printed_by_hand(cells):
        cells["m98-t1"].outputs = [FORMED]

    edit(mine, "assignment.ipynb", printed_by_hand)
    assert progress(mine, [NAME])[0].answered == 0
    edit(mine, "assignment.ipynb", answer_all)
    (found,) = progress(mine, [NAME])
    assert found.answered == 2 and found.done and found.begun
    assert "✓ | 98 ·" in text(mine, "finance")


def test_the_next_step_goes_from_lesson_to_tasks_to_handing_in(mine, monkeypatch):
    from safelearn.course import start

    monkeypatch.setattr(start, "path_of", lambda role: [NAME])
    assert "read and run the lesson" in text(mine)
    edit(mine, "lesson.ipynb", run_lesson)
    assert (
        f"do the tasks of “A module of two tasks”: [assignment.ipynb]({NAME}/"
        in text(mine)
    )
    edit(mine, "assignment.ipynb", answer_all)
    assert "hand in what you have not handed in" in text(mine)


def test_a_damaged_notebook_is_said_and_how_to_go_on(mine, monkeypatch):
    from safelearn.course import start

    monkeypatch.setattr(start, "path_of", lambda role: [NAME])
    (mine / NAME / "assignment.ipynb").write_text('{"cells": [{', encoding="utf-8")
    page = text(mine)
    assert "damaged. Move its folder away" in page and "| [damaged](" in page


def test_the_role_of_the_last_time_is_kept_and_the_page_is_written_anew(mine):
    assert role_in(mine / PAGE) == "finance"
    (mine / PAGE).write_text(
        (mine / PAGE).read_text(encoding="utf-8").replace("98 ·", "99 ·"),
        encoding="utf-8",
    )
    prepare(mine)
    assert role_in(mine / PAGE) == "finance"
    assert "98 ·" in (mine / PAGE).read_text(encoding="utf-8")
    prepare(mine, role="planner")
    assert role_in(mine / PAGE) == "planner"
    (mine / PAGE).write_text("no notebook", encoding="utf-8")
    assert role_in(mine / PAGE) == ""


def test_a_path_keeps_the_order_of_the_course_and_an_instructors_own(tiny):
    assert path_of("") == [folder.name for folder in folders()]
    path = path_of("planner")
    assert path[-1] == NAME
    assert path[:-1] == [
        n for n in course()["modules"] if n in course()["paths"]["planner"]
    ]
    with pytest.raises(SafelearnError, match="planner"):
        path_of("planer")
