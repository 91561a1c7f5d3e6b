"""What nbgrader does once in a batch is what it would have done each time."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator

from safelearn.course.classroom.api import opened
from safelearn.course.grading.once import once

CELL = {
    "grade": True,
    "solution": False,
    "locked": True,
    "task": False,
    "grade_id": "m98-t1",
    "points": 2,
    "schema_version": 3,
    "cell_type": "code",
}
WRONG = {"points": -1, "grade_id": "two words!", "locked": "yes", "points ": 3}


@pytest.mark.parametrize("name", [None, *WRONG])
def test_metadata_of_a_cell_are_right_or_wrong_as_ever_and_in_the_same_words(name):
    notebook = new_notebook(cells=[new_code_cell(metadata={"nbgrader": dict(CELL)})])
    if name:
        notebook.cells[0].metadata.nbgrader[name] = WRONG[name]

    def said():
        try:
            MetadataValidator().validate_nb(copy.deepcopy(notebook))
        except jsonschema.ValidationError as error:
            return error.message
        return ""

    stock = said()
    with once():
        assert said() == stock
    assert bool(stock) is bool(name)


@pytest.mark.filterwarnings("ignore")
def test_each_gradebook_has_its_tables_and_all_is_as_before_in_the_end(tmp_path):
    import nbgrader.api
    from nbgrader.nbgraderformat import common

    before = nbgrader.api.create_engine, common.jsonschema
    with once():
        for _ in range(2):
            for name in ("a", "b"):
                (tmp_path / name).mkdir(exist_ok=True)
                with opened(tmp_path / name) as book:
                    book.update_or_create_student(f"ana-{name}")
        for name in ("a", "b"):
            with opened(tmp_path / name) as book:
                assert [student.id for student in book.students] == [f"ana-{name}"]
    assert (nbgrader.api.create_engine, common.jsonschema) == before
    assert "create_all" not in vars(nbgrader.api.Base.metadata)
    with opened(tmp_path) as book:
        assert book.students == []
