"""A filled document as a file: Markdown for those who edit text, Word for everybody else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.documents.filling import Filled
from safelearn.reports.formats.word_page import WordPage

if TYPE_CHECKING:
    from bs4 import Tag

#: The Markdown that `filling` writes, to the letter: values of tables must not become anything else.
_FORMAT = (
    "markdown_strict-raw_html+pipe_tables+mark+all_symbols_escapable+hard_line_breaks"
)
#: Letters that a column to be written into is as wide as, and the most that one with words is reckoned as.
_BLANK, _LONG = 22, 48


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
    from safelearn.reports.documents.room import with_room
    from safelearn.reports.formats.docx import document

    return with_room(document(word_page(filled), contents=False))


def word_page(filled: Filled) -> WordPage:
    """The page that pandoc makes a Word document of: blanks on a coloured ground, tables as wide as their words."""
    from bs4 import BeautifulSoup

    from safelearn.reports.formats.docx import from_markdown
    from safelearn.reports.formats.word_page import lay_out_table

    page = BeautifulSoup(from_markdown(filled.markdown, _FORMAT), "html.parser")
    page.find("h1").decompose()
    for table in page.find_all("table"):
        shares = _room(table)
        if shares:
            table["data-shares"] = " ".join(f"{share:.3f}" for share in shares)
        lay_out_table(page, table)
        # What announces a table stays with it, and what follows keeps its distance.
        for beside, style in (
            (table.find_previous_sibling(), "Lead"),
            (table.find_next_sibling(), "After Table"),
        ):
            if beside is not None and beside.name == "p":
                beside.wrap(page.new_tag("div", attrs={"data-custom-style": style}))
    for head in page.find_all("h2"):
        head.name = "p"
        head.wrap(page.new_tag("div", attrs={"data-custom-style": "Brief Heading"}))
    for head in page.find_all("h3"):
        head.name = "h2"
    return WordPage(
        body=page.decode(),
        title=filled.title,
        subtitle=filled.city,
        publisher=filled.city,
        language=filled.language,
        right_to_left=False,
        stamp=filled.stamp,
        marking="",
        contents="",
    )


def _room(table: Tag) -> list[float]:
    """Shares of the width where a column is left to write in; empty where all columns hold words."""
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
    columns = list(zip(*rows, strict=True))
    letters, open_ = [], False
    for column in columns:
        head, *cells = [cell.get_text(" ").strip() for cell in column]
        marked = [cell for cell in column[1:] if cell.find("mark")]
        if not any(cells) or len(marked) == len(cells):
            open_ = True
            letters.append(max(_BLANK, len(head)))
        else:
            words = [len(word) + 3 for text in (head, *cells) for word in text.split()]
            longest = max(len(text) for text in (head, *cells))
            letters.append(max(min(longest, _LONG), *words))
    return [n / sum(letters) for n in letters] if open_ else []
