"""From one text come the instructor's notebook and the trainee's, the same bytes each time."""

from __future__ import annotations

import pytest

from safelearn.course.authoring import build
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError


def by_id(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}


def test_the_instructors_notebook_has_what_nbgrader_wants(tiny):
    cells = by_id(build.instructor_notebook(read_assignment(tiny)))
    check, written = (
        cells["m98-t1"].metadata.nbgrader,
        cells["m98-t2"].metadata.nbgrader,
    )
    assert (check.grade, check.locked, check.points) == (True, True, 2)
    assert (written.grade, written.solution, written.points) == (True, True, 3)
    assert cells["m98-t1-answer"].metadata.nbgrader.solution
    assert "BEGIN SOLUTION" in cells["m98-t1-answer"].source
    assert cells["m98-t1"].metadata.tags == ["raises-exception"]


def test_a_prompt_says_points_competency_clauses_and_rubric(tiny):
    cells = by_id(build.instructor_notebook(read_assignment(tiny)))
    first, second = cells["m98-t1-prompt"].source, cells["m98-t2-prompt"].source
    assert first.startswith("## Task 1. The rate\n*2 points · competency C5, level 1")
    assert "Guidelines draft:18" in first
    assert "| It says of whom. | 2 |" in second


def test_the_unsolved_notebook_holds_no_solution_no_mistake_and_no_output(tiny):
    assignment = read_assignment(tiny)
    text = build.text_of(build.unsolved_notebook(assignment))
    for secret in ("SOLUTION", ".mean()", "Add up first", "So many thefts", "sum()"):
        assert secret not in text
    assert "three dots" in text and build.TEXT_STUB in text
    for cell in by_id(build.unsolved_notebook(assignment)).values():
        assert cell.metadata.deletable is False


def test_it_ends_with_what_is_still_missing(tiny):
    *_, prose, last = build.unsolved_notebook(read_assignment(tiny)).cells
    assert "Before you hand in" in prose.source
    assert 'summary("m98")' in last.source
    assert last.metadata.nbgrader.points == 0


def test_building_twice_gives_the_same_bytes_and_touches_nothing(tiny):
    assert build.build(tiny) == build.build(tiny)
    assert [path.name for path in build.write(tiny)] == [
        "assignment.ipynb",
        "lesson.ipynb",
    ]
    assert build.write(tiny) == []
    build.require_built(tiny)


def test_a_notebook_edited_by_hand_is_found(tiny):
    path, _ = build.write(tiny)
    path.write_text(
        path.read_text(encoding="utf-8").replace("1,000", "100"), encoding="utf-8"
    )
    with pytest.raises(SafelearnError, match="not what its source says"):
        build.require_built(tiny)


def test_claims_about_numbers_are_not_in_the_lesson(tiny):
    cells = build.lesson_notebook(tiny).cells
    assert [cell.source for cell in cells] == ["# A lesson", "## 1. Divide", "1 + 1"]
