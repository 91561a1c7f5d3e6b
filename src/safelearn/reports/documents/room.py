"""Room to write by hand: a document that is filled in on paper needs lines as high as a hand.

In goes a Word document, out comes the same with high rows where a cell is empty, short tables whole on one page (a
signature is never alone on the next).
"""

from __future__ import annotations

import io
import re
import zipfile

from safelearn.reports.formats import reference

#: Height of a row with an empty cell, 7.5 mm in twentieths of a point.
HIGH = 425
#: Tables of at most so many rows stay on one page: any, and sheets of two columns.
SHORT, SHEET = 8, 16
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_STYLE = re.compile(r'(<w:pStyle w:val="\w+" ?/>)')
_EMPTY = re.compile(
    r"<w:tc><w:tcPr ?/><w:p>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?</w:p></w:tc>"
)


def with_room(document: bytes) -> bytes:
    """Make room to write in a Word document."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode("utf-8")
    text = _TABLE.sub(lambda found: _table(found[0]), text)
    parts["word/document.xml"] = text.encode("utf-8")
    return reference.zipped(parts)


def _table(text: str) -> str:
    rows = _ROW.findall(text)
    short = SHEET if text.count("<w:gridCol ") == 2 else SHORT
    for i, row in enumerate(rows):
        new = row
        if _EMPTY.search(row) and "<w:tblHeader" not in row:
            height = f'<w:cantSplit/><w:trHeight w:val="{HIGH}" w:hRule="atLeast"/>'
            new = new.replace("<w:cantSplit/>", height, 1)
        if len(rows) <= short and i < len(rows) - 1:
            new = _STYLE.sub(r"\1<w:keepNext/>", new)
        text = text.replace(row, new, 1)
    return text
