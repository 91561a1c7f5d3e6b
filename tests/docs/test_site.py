"""The site builds from the checkout alone, the same each time, and no link leads nowhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def build(out: Path, executed: Path) -> str:
    command = [sys.executable, str(ROOT / "docs" / "build.py"), "--out", str(out)]
    done = subprocess.run(
        [*command, "--executed", str(executed)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def executed(tmp_path_factory) -> Path:
    """Lessons as the proof would leave them: with one output that can be told again."""
    folder = tmp_path_factory.mktemp("executed")
    for lesson in (ROOT / "curriculum").glob("*/lesson.ipynb"):
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        code = next(c for c in notebook["cells"] if c["cell_type"] == "code")
        text = ["what the lesson printed <1>\n"]
        code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
        (folder / lesson.parent.name).mkdir()
        target = folder / lesson.parent.name / "lesson.ipynb"
        target.write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory, executed) -> Path:
    out = tmp_path_factory.mktemp("site")
    build(out, executed)
    return out


def test_every_page_of_the_docs_and_every_lesson_is_there(site):
    for path in [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]:
        assert (site / f"{path.stem.lower()}.html").is_file()
    for lesson in (ROOT / "curriculum").glob("*/lesson.ipynb"):
        html = (site / f"lesson-{lesson.parent.name}.html").read_text(encoding="utf-8")
        assert "what the lesson printed &lt;1&gt;" in html


def test_a_lesson_that_was_not_executed_says_so(tmp_path):
    build(tmp_path / "site", tmp_path / "nothing")
    for page in (tmp_path / "site").glob("lesson-*.html"):
        assert "it was not executed" in page.read_text(encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(site, executed, tmp_path):
    build(tmp_path / "again", executed)
    names = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    assert names
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (site / name).read_bytes()


def test_pages_fetch_nothing_from_elsewhere(site):
    for page in site.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.search(
            r"<(script|iframe|img|link)[^>]+(src|href)=\"https?:", html
        )
        assert "<script" not in html or "lesson-" in page.name
    assert "url(" not in (site / "site.css").read_text(encoding="utf-8")


def test_no_machine_path_is_on_any_page(site):
    for page in site.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert str(ROOT) not in html
        assert str(Path.home()) + "/" not in html


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from build import broken_links
    finally:
        sys.path.remove(str(ROOT / "docs"))
    (tmp_path / "a.html").write_text(
        '<h2 id="x">x</h2><a href="b.html">b</a><a href="#y">y</a>'
        '<img src="https://host.example/a.png"><a href="#x">fine</a>',
        encoding="utf-8",
    )
    assert broken_links(tmp_path) == [
        "a.html links to b.html, which is not there",
        "a.html links to #y: there is no such section",
        "a.html fetches https://host.example/a.png",
    ]
