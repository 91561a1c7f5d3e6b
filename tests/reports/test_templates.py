"""Notebook templates are what their text says, and papermill can list what they take."""

from __future__ import annotations

from papermill import inspect_notebook

from safelearn.reports.templates import build_templates
from safelearn.resources import templates


def test_every_built_notebook_is_what_its_source_says():
    built = build_templates()
    assert {p.name for p in built} == {
        p.name for p in (templates() / "notebooks").glob("*.ipynb")
    }
    for path, text in built.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run make build"


def test_every_parameter_has_a_type_and_a_meaning():
    for path in build_templates():
        parameters = inspect_notebook(str(path))
        assert "city" in parameters
        for name, parameter in parameters.items():
            assert parameter["inferred_type_name"] != "None", name
            assert len(parameter["help"]) > 10, name


def test_the_diagnosis_can_be_told_where_to_write_for_whom_and_in_which_language():
    found = inspect_notebook(str(templates() / "notebooks" / "diagnosis.ipynb"))
    assert {"city", "out", "language", "audience"} <= set(found)
