"""The site is laid out from the checkout alone, and what a page must not hold is found. `make docs` builds it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def building():
    """`docs/build.py`, as a module."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import build

        yield build
    finally:
        sys.path.remove(str(ROOT / "docs"))
        for name in ("build", "reference"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def source(building, tmp_path_factory) -> Path:
    """Laid out with one lesson as the proof leaves it, and the others as they were built."""
    folder = tmp_path_factory.mktemp("site")
    notebook = json.loads(
        (ROOT / "curriculum" / "05_rates" / "lesson.ipynb").read_text(encoding="utf-8")
    )
    code = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["42\n"]}]
    ran = folder / "executed" / "05_rates" / "lesson.ipynb"
    ran.parent.mkdir(parents=True)
    ran.write_text(json.dumps(notebook), encoding="utf-8")
    building.lay_out(folder / "source", folder / "executed")
    return folder / "source"


def test_every_page_of_the_docs_and_every_lesson_is_there_and_in_the_menu(source):
    menu = (source / "index.md").read_text(encoding="utf-8").splitlines()
    wanted = [
        f"docs/{p.stem}" for p in (ROOT / "docs").glob("*.md") if p.stem != "index"
    ]
    wanted += [p.stem for p in ROOT.glob("*.md")]
    wanted += [
        f"curriculum/{p.parent.name}/lesson"
        for p in (ROOT / "curriculum").glob("*/lesson.ipynb")
    ]
    wanted += ["reference/commands", "reference/clauses", "reference/functions"]
    for name in wanted:
        assert menu.count(name) == 1, name
        assert (source / f"{name}.md").is_file() or (source / f"{name}.ipynb").is_file()


def test_a_lesson_shows_the_run_of_the_proof_or_says_that_there_was_none(source):
    ran = (source / "curriculum" / "05_rates" / "lesson.ipynb").read_text("utf-8")
    assert "This is the lesson as it ran" in ran and "42" in ran
    other = (source / "curriculum" / "00_start" / "lesson.ipynb").read_text("utf-8")
    assert "it was not executed here" in other


def test_a_link_to_the_source_becomes_one_to_the_reference(building):
    text = "[`kappa`](../src/safelearn/diagnosis/agreement.py#cohen_kappa)"
    assert (
        building._linked(text, "docs/measures")
        == "{py:obj}`kappa <safelearn.diagnosis.agreement.cohen_kappa>`"
    )
    assert (
        building._linked("[all](../src/safelearn/cli)", "docs/course")
        == "[all](../reference/commands.md)"
    )


def test_the_clause_table_holds_every_clause(source):
    from safelearn.guidelines.clauses import clauses

    text = (source / "reference" / "clauses.md").read_text(encoding="utf-8")
    for clause in clauses():
        assert f"| {clause.id.removeprefix('draft:')} | " in text


def test_what_a_page_must_not_hold_is_found(building, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text(
        '<script src="https://host.example/a.js"></script><a href="https://fine.example/">x</a>'
        '<code class="xref py py-obj docutils literal"><span>gone</span></code>'
        '<a href="b.html"><code class="xref py py-obj docutils literal"><span>there</span></code></a>'
        f"<p>{ROOT}/src</p>",
        encoding="utf-8",
    )
    assert building.strays(tmp_path) == [
        "sub/a.html fetches https://host.example/a.js",
        "sub/a.html names gone, which is not there",
        "sub/a.html names a folder of this machine",
    ]
