"""``safelearn template``: what a city copies, and what it fills."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from safelearn.cli.template import copy, fill
from safelearn.errors import SafelearnError
from safelearn.reports.documents.collection import names
from safelearn.resources import bundled_city


@pytest.fixture
def nowhere(tmp_path):
    """A city that has only just begun: a name, and no table."""
    folder = tmp_path / "northfield"
    folder.mkdir()
    text = 'format = 1\nname = "Northfield"\ntimezone = "UTC"\n'
    (folder / "city.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_name_all_documents_are_listed_with_their_clauses(capsys):
    fill()
    page = capsys.readouterr().out
    assert all(name in page for name in names())
    assert "draft:24(a)" in page and "mandates" in page


def test_a_document_of_a_city_that_has_only_begun_is_a_form_and_says_so(
    nowhere, tmp_path, capsys
):
    out = tmp_path / "terms.md"
    fill("focal-point-terms", nowhere, out)
    text = out.read_text(encoding="utf-8")
    assert "| City | Northfield |" in text and "==fill in: the office==" in text
    said = capsys.readouterr().out
    assert "blanks are left to fill in by hand" in said
    assert "mandates and skills" in said


@pytest.mark.needs("python:pypandoc")
def test_a_word_document_marks_its_blanks_and_keeps_its_tables(tmp_path):
    out = tmp_path / "terms.docx"
    fill("focal-point-terms", bundled_city("puerto-sereno"), out)
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
        header = archive.read("word/header1.xml").decode("utf-8")
    blanks = re.findall(r'<w:highlight w:val="yellow" ?/>', body)
    words = re.sub(r"<[^>]+>", " ", body)
    assert len(blanks) >= 10 and "==" not in words
    assert "Municipal by-law 12 of 2020" in words and body.count("<w:tbl>") >= 4
    assert "Invented city" in header


def test_instruments_and_notebooks_are_copied_and_nothing_is_written_over(
    tmp_path, capsys
):
    copy("stakeholders", tmp_path / "forms")
    assert {"stakeholders.toml", "stakeholders.xlsx"} <= {
        path.name for path in (tmp_path / "forms").iterdir()
    }
    copy("diagnosis", tmp_path)
    assert (tmp_path / "diagnosis.ipynb").is_file()
    with pytest.raises(SafelearnError, match="already"):
        copy("diagnosis", tmp_path)
    copy()
    assert "harm-register" in capsys.readouterr().out
    with pytest.raises(SafelearnError, match="no template"):
        copy("nothing", tmp_path)


def test_what_cannot_be_written_is_refused_before_the_city_is_asked(nowhere, tmp_path):
    with pytest.raises(SafelearnError, match=r"\.odt"):
        fill("harm-register", nowhere, tmp_path / "harms.odt")
    with pytest.raises(SafelearnError, match="Which city"):
        fill("harm-register")
