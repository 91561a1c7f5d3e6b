"""What happens to notebooks on their way to whoever grades, and what of it can be mended for certain."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

from safelearn.course.authoring import build
from safelearn.course.grading.preflight import preflight
from safelearn.course.source import TEXT_STUB, read_assignment
from safelearn.errors import SafelearnError

ANSWER = 'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()'
ESSAY = "So many for 1,000 people."


@pytest.fixture
def given(tiny):
    return build.unsolved_notebook(read_assignment(tiny))


@pytest.fixture
def solved(given):
    notebook = copy.deepcopy(given)
    cells(notebook)["m98-t1-answer"].source = ANSWER
    cells(notebook)["m98-t2"].source = ESSAY
    return notebook


def cells(notebook):
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }


def at(notebook, name):
    return [
        c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells
    ].index(name)


@pytest.fixture
def looked(tmp_path):
    def look(notebook):
        path = tmp_path / "assignment.ipynb"
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            path.write_text(json.dumps(notebook), encoding="utf-8")
        before = path.read_bytes()
        checked = preflight(path, "m98")
        assert path.read_bytes() == before
        nbformat.validate(checked.notebook)
        return checked

    return look


def whole(checked, given):
    """Every cell of the module is there once, in its order, as the author made it."""
    names = list(cells(given))
    assert [
        c.metadata.nbgrader.grade_id
        for c in checked.notebook.cells
        if "nbgrader" in c.metadata
    ] == names
    for name, cell in cells(checked.notebook).items():
        assert cell.metadata == cells(given)[name].metadata
        assert cell.cell_type == cells(given)[name].cell_type
        if cell.metadata.nbgrader.locked:
            assert cell.source == cells(given)[name].source
    return cells(checked.notebook)


def test_a_notebook_as_it_was_handed_out_needs_nothing(solved, looked):
    checked = looked(solved)
    assert checked.repaired == ()
    assert checked.notebook.cells == solved.cells


def test_a_deleted_check_comes_back_behind_all_that_was_written_for_it(
    given, solved, looked
):
    solved.cells.insert(
        at(solved, "m98-t1"), nbformat.v4.new_code_cell("rate = rate * 1")
    )
    del solved.cells[at(solved, "m98-t1")]
    checked = looked(solved)
    whole(checked, given)
    assert checked.notebook.cells[at(checked.notebook, "m98-t1") - 1].source == (
        "rate = rate * 1"
    )
    assert "m98-t1" in checked.repaired[0]


def test_an_answer_written_in_a_cell_of_ones_own_is_the_answer(given, solved, looked):
    for name in ("m98-t1-answer", "m98-t2"):
        own = solved.cells[at(solved, name)]
        own.metadata, own["id"] = nbformat.NotebookNode(), f"mine-{name}"
    found = whole(looked(solved), given)
    assert found["m98-t1-answer"].source == ANSWER and found["m98-t2"].source == ESSAY


def test_a_deleted_answer_counts_as_not_given(given, solved, looked):
    for name in ("m98-t1-answer", "m98-t2"):
        del solved.cells[at(solved, name)]
    found = whole(looked(solved), given)
    assert found["m98-t1-answer"].source == cells(given)["m98-t1-answer"].source
    assert found["m98-t2"].source == TEXT_STUB


def test_a_split_answer_runs_in_its_order_and_a_split_text_is_read_as_one(
    given, solved, looked
):
    first, second = ANSWER.split("\n")
    for name, parts in (
        ("m98-t1-answer", (first, second)),
        ("m98-t2", ESSAY.split(" ", 1)),
    ):
        place = at(solved, name)
        again = copy.deepcopy(solved.cells[place])
        solved.cells[place].source, again.source = parts
        solved.cells.insert(place + 1, again)
    checked = looked(solved)
    found = whole(checked, given)
    code = [c.source for c in checked.notebook.cells if c.cell_type == "code"]
    assert code[code.index(first) + 1] == second
    assert found["m98-t2"].source == "So\n\nmany for 1,000 people."
    assert len(checked.repaired) == 2


def test_a_copied_check_counts_once_and_sees_the_newest_answer(given, solved, looked):
    place = at(solved, "m98-t1")
    again = [copy.deepcopy(solved.cells[i]) for i in (place - 1, place)]
    again[0].source = "rate = 7"
    solved.cells[place + 1 : place + 1] = again
    checked = looked(solved)
    whole(checked, given)
    assert at(checked.notebook, "m98-t1") == place + 2


def test_a_check_copied_far_below_does_not_count(given, solved, looked):
    place = at(solved, "m98-t1")
    solved.cells.append(copy.deepcopy(solved.cells[place]))
    checked = looked(solved)
    whole(checked, given)
    assert at(checked.notebook, "m98-t1") == place


def test_a_check_moved_above_its_answer_comes_behind_it(given, solved, looked):
    solved.cells.insert(1, solved.cells.pop(at(solved, "m98-t1")))
    whole(looked(solved), given)


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_retyped_cells_are_what_they_were(given, solved, looked, kind):
    for name in ("m98-t1-answer", "m98-t1", "m98-t2"):
        cell = cells(solved)[name]
        cell.cell_type = kind
        cell.pop("outputs", None), cell.pop("execution_count", None)
    assert whole(looked(solved), given)["m98-t1-answer"].source == ANSWER


def test_marks_that_a_program_dropped_are_found_by_id_or_by_text(given, solved, looked):
    for cell in solved.cells:
        cell.metadata = nbformat.NotebookNode()
    found = whole(looked(solved), given)
    assert found["m98-t1-answer"].source == ANSWER
    for cell in solved.cells:
        del cell["id"]
    solved.nbformat_minor = 4
    found = whole(looked(solved), given)
    assert found["m98-t1-answer"].source == ANSWER and found["m98-t2"].source == ESSAY


def test_points_and_locked_text_are_the_authors(given, solved, looked):
    check = cells(solved)["m98-t1"]
    check.source, check.metadata.nbgrader.points = "thefts", 100
    checked = looked(solved)
    assert whole(checked, given)["m98-t1"].metadata.nbgrader.points == 2
    assert "m98-t1" in checked.repaired[0]


def test_an_old_format_is_converted(given, solved, looked):
    old = nbformat.convert(copy.deepcopy(solved), 3)
    found = whole(looked(old), given)
    assert found["m98-t1-answer"].source == ANSWER and found["m98-t2"].source == ESSAY


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("So many", "Señor, so many").encode("cp1252"),
        lambda text: text.encode() + b"\x00" * 512,
        lambda text: (text + text[-20:]).encode(),
    ],
)
def test_a_file_whose_meaning_is_certain_is_read(given, solved, looked, damage):
    checked = looked(damage(json.dumps(solved, ensure_ascii=False)))
    assert ESSAY[3:] in whole(checked, given)["m98-t2"].source


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"{", "its end is missing"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"PK\x03\x04....", "zip archive"),
        (b'{\n<<<<<<< HEAD\n "a": 1\n=======\n>>>>>>> b\n}', "merge"),
        (b"[1, 2]", "damaged"),
        (b'{"cells": [], "nbformat": 4}', "no cells"),
        (b'{"cells": [{"cell_type": "code", "source": 7}]}', "damaged"),
        (b"[" * 200_000, "damaged"),
    ],
)
def test_anything_else_is_named_with_a_remedy(looked, data, said):
    with pytest.raises(SafelearnError, match=said) as refused:
        looked(data)
    assert refused.value.remedy


def test_broken_cells_do_not_lose_the_others(given, solved, looked):
    content = json.loads(json.dumps(solved))
    content["cells"][4]["outputs"] = [{"output_type": "nonsense"}, 7]
    del content["cells"][1]["outputs"], content["cells"][1]["metadata"]
    content["cells"].insert(2, "text")
    found = whole(looked(content), given)
    assert found["m98-t1-answer"].source == ANSWER


def test_a_notebook_of_another_module_or_of_none_is_named(given, looked):
    other = copy.deepcopy(given)
    for cell in other.cells:
        cell.metadata.nbgrader.grade_id = f"x{cell.metadata.nbgrader.grade_id}"
    with pytest.raises(SafelearnError, match="another module"):
        looked(other)
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    with pytest.raises(SafelearnError, match="lost the marks"):
        looked(empty)


def test_a_link_is_not_followed(tmp_path, tiny):
    (tmp_path / "secret").write_text("{}", encoding="utf-8")
    (tmp_path / "assignment.ipynb").symlink_to(tmp_path / "secret")
    with pytest.raises(SafelearnError, match="link"):
        preflight(tmp_path / "assignment.ipynb", "m98")
