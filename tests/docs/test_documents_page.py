"""The page on documents lists each of them as its header does."""

from __future__ import annotations

import re
from pathlib import Path

from safelearn.reports.documents.collection import documents

PAGE = Path(__file__).resolve().parents[2] / "docs" / "documents.md"


def test_the_page_names_each_document_with_its_tables_and_clauses():
    page = PAGE.read_text(encoding="utf-8")
    lines = re.findall(
        r"^\| `([a-z-]+)` \| .+? \| (.+?) \| (.+?) \|$", page, re.MULTILINE
    )
    listed = {
        name: (tables, tuple(clauses.split(", "))) for name, tables, clauses in lines
    }
    assert len(listed) == len(lines)
    assert listed == {
        one.name: (
            ", ".join(one.fills) or "–",
            tuple(clause.removeprefix("draft:") for clause in one.clauses),
        )
        for one in documents()
    }
