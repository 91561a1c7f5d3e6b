"""The report as a Word document: what a person who edits it, or hears it read aloud, finds in it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from safelearn.errors import SafelearnError
from safelearn.reports.formats import reference
from safelearn.reports.formats.docx import to_docx

pytestmark = [
    pytest.mark.needs("python:pypandoc"),
    pytest.mark.needs("python:resvg_py"),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def document(html) -> bytes:
    return to_docx(html)


@pytest.fixture(scope="module")
def parts(document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def body(parts) -> ElementTree.Element:
    return ElementTree.fromstring(parts["word/document.xml"])


def style_of(paragraph: ElementTree.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val") if found is not None else ""


def words(element: ElementTree.Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def test_every_part_is_well_formed(parts):
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)


def test_the_sections_of_the_page_are_headings_of_the_document(body, html):
    sections = re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', html)
    heads = [words(p) for p in body.iter(f"{W}p") if style_of(p) == "Heading1"]
    assert heads == sections
    assert [words(p) for p in body.iter(f"{W}p") if style_of(p) == "Title"] == [
        "Safety diagnosis: Northmoor, 2025"
    ]


def test_contents_link_to_headings_that_are_there(body):
    entries = [p for p in body.iter(f"{W}p") if style_of(p) == "toc1"]
    targets = {
        link.get(f"{W}anchor") for p in entries for link in p.iter(f"{W}hyperlink")
    }
    marks = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    assert len(entries) >= 8
    assert targets <= marks


def test_every_figure_is_a_png_that_says_what_it_shows(body, parts, html):
    pictures = [n for n in parts if n.startswith("word/media/")]
    said = [e.get("descr") for e in body.iter() if e.tag.endswith("}docPr")]
    assert len(said) == len(re.findall(r'<figure class="fig"', html))
    assert all(text and len(text) > 10 for text in said)
    assert pictures and all(parts[n].startswith(b"\x89PNG") for n in pictures)


def test_tables_are_tables_whose_heads_come_again_on_the_next_page(body):
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) >= 8
    heads = [t for t in tables if t.find(f".//{W}tblHeader") is not None]
    assert len(heads) == len(tables)
    shown = " ".join(words(t) for t in tables)
    assert "recorded offences" in shown and "95% interval" in shown


def test_each_paragraph_has_a_style_that_the_document_knows(body, parts):
    known = {
        s.get(f"{W}styleId")
        for s in ElementTree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    }
    used = {style_of(p) for p in body.iter(f"{W}p")} - {""}
    assert used <= known


def test_every_page_says_that_the_city_is_invented_and_which_page_it_is(parts):
    assert "Synthetic data. Do not cite." in parts["word/header1.xml"].decode()
    foot = parts["word/footer1.xml"].decode()
    assert "Safety diagnosis: Northmoor" in foot
    assert "PAGE" in foot and "NUMPAGES" in foot
    assert "[" not in re.sub(r"<[^>]+>", "", foot)


def test_it_says_its_title_and_language_and_names_nobody(parts):
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>Safety diagnosis: Northmoor, 2025</dc:title>" in core
    assert "<dc:creator>Northmoor</dc:creator>" in core
    assert "<dc:language>en</dc:language>" in core
    assert "lastModifiedBy" not in core


def test_the_same_page_gives_the_same_bytes(document, html):
    assert to_docx(html) == document


def test_the_styles_that_are_committed_are_those_that_are_written_here():
    assert reference.reference_path().read_bytes() == reference.reference_docx()


def test_without_pandoc_the_sentence_names_it(html, monkeypatch):
    import pypandoc

    def gone():
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", gone)
    with pytest.raises(SafelearnError) as caught:
        to_docx(html)
    assert "pandoc" in caught.value.what
    assert "safelearn[report]" in caught.value.remedy
