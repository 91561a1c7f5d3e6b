"""A filled document as a file: Markdown for those who edit text, Word for everybody else."""

from __future__ import annotations

import re
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.documents.filling import Filled
from safelearn.reports.formats.word_page import WordPage

#: The Markdown that `filling` writes, to the letter: values of tables must not become anything else.
_FORMAT = (
    "markdown_strict-raw_html+pipe_tables+mark+all_symbols_escapable+hard_line_breaks"
)
_STRIPES = "---"


def write(filled: Filled, path: Path) -> Path:
    """Write a filled document; the ending of the path says in which format.

    Raises
    ------
    SafelearnError
        If the ending is neither ``.docx`` nor ``.md``, or if pandoc is missing.
    """
    ways = {".docx": to_docx, ".md": lambda f: f.markdown.encode("utf-8")}
    if path.suffix not in ways:
        raise SafelearnError(
            t(
                "A document is written as .docx or .md, not as {ending}.",
                ending=path.suffix,
            ),
            where=str(path),
        )
    content = ways[path.suffix](filled)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def to_docx(filled: Filled) -> bytes:
    """A filled document for a word processor, in the look of the report."""
    from safelearn.reports.formats.docx import document

    return document(word_page(filled), contents=False)


def word_page(filled: Filled) -> WordPage:
    """The page that pandoc makes a Word document of: blanks on a coloured ground, tables as wide as their words."""
    from bs4 import BeautifulSoup

    from safelearn.reports.formats.docx import from_markdown
    from safelearn.reports.formats.word_page import lay_out_table

    page = BeautifulSoup(from_markdown(filled.markdown, _FORMAT), "html.parser")
    page.find("h1").decompose()
    for table in page.find_all("table"):
        lay_out_table(page, table)
    for level in (2, 3, 4):
        for head in page.find_all(f"h{level}"):
            head.name = f"h{level - 1}"
    return WordPage(
        body=re.sub(r"<hr ?/?>", "", page.decode()),
        title=filled.title,
        subtitle=filled.city,
        publisher=filled.city,
        language=filled.language,
        right_to_left=False,
        stamp=filled.stamp,
        marking="",
        contents="",
    )
