"""Notebook templates are what their text says, and papermill can list what they take."""

from __future__ import annotations

import json
import shutil

import pytest
from papermill import inspect_notebook

from safelearn.errors import SafelearnError
from safelearn.language import use
from safelearn.reports.diagnose import diagnose
from safelearn.reports.evidence import gather
from safelearn.reports.templates import TEMPLATES, build_templates
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


def test_every_template_has_its_parts_and_its_notebook():
    from safelearn.reports.measuring import PARTS

    assert set(PARTS) == set(TEMPLATES)
    for name in TEMPLATES:
        assert (templates() / "notebooks" / f"{name}.ipynb").is_file()


def test_an_unknown_template_is_refused_with_the_list(tmp_path):
    with pytest.raises(SafelearnError) as caught:
        diagnose(tmp_path, template="weather")
    assert "weather" in caught.value.what
    for name in TEMPLATES:
        assert name in caught.value.remedy


@pytest.fixture(scope="module")
def folder_of_registers(tmp_path_factory, town):
    """Areas and the registers of who acts: no incidents, no population."""
    folder = tmp_path_factory.mktemp("registers") / "harbour"
    folder.mkdir()
    for name in ("areas.csv", "stakeholders.csv", "ties.csv", "interventions.csv"):
        shutil.copyfile(town / name, folder / name)
    text = 'format = 1\nname = "Harbour"\nlanguage = "en"\ntimezone = "UTC"\n'
    (folder / "city.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - {"diagnosis"}))
def test_a_report_of_its_own_needs_only_its_own_tables(folder_of_registers, name):
    with use("en"):
        found = gather(folder_of_registers, template=name)
    assert found.template == name
    assert found.period is None
    # What only the diagnosis shows is neither measured nor released.
    diagnosed = {"population_by_area", "counts_by_area", "perceptions", "need_by_area"}
    assert not diagnosed & set(found.tables)


def test_the_report_of_a_template_carries_its_name(folder_of_registers, tmp_path):
    made = diagnose(folder_of_registers, tmp_path / "out", template="stakeholders")
    assert made.report.name == "stakeholders.html"
    names = {path.name for path in made.folder.iterdir()}
    assert {"stakeholders.html", "stakeholders.ipynb", "manifest.json"} <= names
    assert not [name for name in names if name.startswith("diagnosis")]
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["template"] == "stakeholders"
    said = " ".join(made.sentences())
    assert "stakeholders.html" in said and "diagnosis" not in said
    # A report of another kind is not lost by a mistyped folder.
    with pytest.raises(SafelearnError) as caught:
        diagnose(folder_of_registers, made.folder, template="evaluation")
    assert "stakeholders" in caught.value.what
