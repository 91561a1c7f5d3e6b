"""The brief for the mayor: two pages, in sentences that the report carries, with what is not known beside what is."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from html import unescape

import pytest

from safelearn.language import use
from safelearn.reports.brief import brief
from safelearn.reports.conclusions import findings
from safelearn.reports.formats.docx import to_brief

CITIES = ["kharwell", "northmoor", "rio-manso"]


@pytest.fixture(scope="module")
def words(found):
    return brief(found)


@pytest.fixture(scope="module")
def document(words, html) -> bytes:
    return to_brief(words, html)


def test_what_is_known_are_findings_of_the_summary_with_how_sure_they_are(words, found):
    sure = {row.sentence: row for row in findings(found) if row.level > 0}
    assert 1 <= len(words["known"]) <= 4
    for row in words["known"]:
        assert row["sentence"] in sure
        assert row["sure"].endswith("evidence")
        assert row["why"]


def test_every_mark_that_occurs_is_explained(words):
    for mark in {row["sure"] for row in words["known"]}:
        assert any(line.startswith(mark) for line in words["meanings"])


def test_what_is_not_known_is_never_left_out(words):
    assert 1 <= len(words["unknown"]) <= 5
    assert "reported to the police" in words["unknown"][0]
    assert "change in harm" in words["unknown"][0]
    assert all(line.endswith(".") for line in words["unknown"])


def test_at_most_three_first_steps_each_with_who_decides(words):
    assert 1 <= len(words["actions"]) <= 3
    assert all(row["what"] and row["who"] and row["step"] for row in words["actions"])


def test_it_proposes_services_and_no_patrols(words):
    said = " ".join(row["step"] + row["what"] for row in words["actions"]).lower()
    for word in ("patrol", "arrest", "raid", "worst"):
        assert word not in said


def test_all_of_it_is_translated(found):
    with use("qps"):
        told = brief(found)
    shown = [told["title"], told["subtitle"], *told["words"].values(), *told["notes"]]
    assert all("⟦" in text for text in shown)


def plain(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    return unescape(" ".join(re.findall(r"<w:t[ >][^<]*", text)))


@pytest.mark.needs("python:pypandoc", "python:resvg_py")
def test_the_document_holds_its_sentences_and_one_picture_that_says_what_it_shows(
    document, words
):
    text = plain(document)
    for row in words["known"]:
        assert row["sentence"] in text
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        pictures = [n for n in archive.namelist() if n.startswith("word/media/")]
        xml = archive.read("word/document.xml").decode("utf-8")
    assert len(pictures) == 1
    assert len(re.search(r'descr="([^"]+)"', xml)[1]) > 10


def pages(document: bytes, folder) -> int:
    import pikepdf

    (folder / "brief.docx").write_bytes(document)
    command = ["soffice", "--headless", f"-env:UserInstallation={folder.as_uri()}/lo"]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "brief.docx")], check=True, capture_output=True
    )
    with pikepdf.open(folder / "brief.pdf") as pdf:
        return len(pdf.pages)


@pytest.mark.needs("soffice", "python:pikepdf", "python:pypandoc", "python:resvg_py")
def test_it_takes_two_pages_and_no_more(document, tmp_path):
    assert pages(document, tmp_path) == 2


@pytest.mark.needs("soffice", "python:pikepdf", "python:pypandoc", "python:resvg_py")
def test_a_brief_with_the_longest_sentences_still_takes_two_pages(
    words, html, tmp_path
):
    full = dict(words)
    full["known"] = [
        row | {"sentence": "A finding that needs many words to be said rightly. " * 2}
        for row in (words["known"] * 4)[:4]
    ]
    full["unknown"] = [
        "Something that nobody has measured, and why it was not. " * 3
    ] * 5
    full["actions"] = (words["actions"] * 3)[:3]
    assert pages(to_brief(full, html), tmp_path) == 2


@pytest.mark.parametrize("city", CITIES)
def test_poorer_cities_have_a_shorter_brief_that_names_what_nobody_collected(
    city, measured
):
    found = measured(city)
    told = brief(found)
    assert any("Nobody has collected" in line for line in told["unknown"])
    assert told["actions"]
