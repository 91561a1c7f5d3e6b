"""Which documents are there, and what does each say of itself?

A document is a text file: a header between two lines of ``+++`` (TOML) and a body in Markdown with placeholders. One
file is one document, in English; a translation lies under the same name in a folder with the language's code.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from safelearn.city.contracts import table_names
from safelearn.errors import SafelearnError
from safelearn.guidelines.clauses import clause
from safelearn.language import current, listing, t
from safelearn.resources import templates

_HEADER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
_TEXTS = ("title", "purpose", "filled_by")
_FLAGS = ("legal", "easy_to_read")
#: What no document may show: answers and events of single people, and words that somebody said.
NEVER = frozenset({"incidents", "survey", "quotes", "audits"})
#: Of these, what a document may calculate totals from.
COUNTED = frozenset({"ballots"})


@dataclass(frozen=True)
class Document:
    """A document as it stands in its file.

    Attributes
    ----------
    name : str
        The name of the file without its ending.
    title, purpose, filled_by : str
        What it is called, what it is for, and which office fills it in.
    clauses : tuple of str
        The clauses of the Guidelines that it serves.
    fills : dict
        Table -> what in the document is filled from it; empty for a blank form.
    legal : bool
        A text for a lawyer to check before it is adopted.
    easy_to_read : bool
        A text for residents: how easy it is to read is measured when it is filled.
    body : str
        Markdown with placeholders.
    language : str
        The language it is written in.
    path : Path
    """

    name: str
    title: str
    purpose: str
    filled_by: str
    clauses: tuple[str, ...]
    body: str
    language: str
    path: Path
    fills: dict[str, str] = field(default_factory=dict)
    legal: bool = False
    easy_to_read: bool = False

    @property
    def form_only(self) -> bool:
        """Nothing in it is filled from a table: a blank form."""
        return not self.fills


def folder() -> Path:
    """Where the documents lie."""
    return templates() / "documents"


def names() -> tuple[str, ...]:
    """The names of all documents, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder().glob("*.md")))


def documents() -> tuple[Document, ...]:
    """All documents, in the language in use where they are translated."""
    return tuple(document(name) for name in names())


def document(name: str) -> Document:
    """The document of this name, or the one in a file of the city's own.

    Parameters
    ----------
    name : str
        A name of `names`, or the path of a copy that the city changed (it ends in ``.md``).

    Raises
    ------
    SafelearnError
        If there is none, or if its header is wrong; the error names what.
    """
    if name.endswith(".md"):
        path = Path(name)
        if path.is_file():
            return read(path, "en")
        name = path.stem
    if name not in names():
        near = get_close_matches(name, names(), n=1)
        raise SafelearnError(
            t("There is no document called {name}.", name=name),
            remedy=t("Did you mean `{name}`?", name=near[0])
            if near
            else t("The documents are: {names}.", names=listing(list(names()))),
        )
    translated = folder() / current() / f"{name}.md"
    if translated.is_file():
        return read(translated, current())
    return read(folder() / f"{name}.md", "en")


def read(path: Path, language: str) -> Document:
    """A document from its file.

    Raises
    ------
    SafelearnError
        If it has no header, or one that misses something or names what does not exist.
    """
    found = _HEADER.match(path.read_text(encoding="utf-8"))
    try:
        head = tomllib.loads(found[1]) if found else {}
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, str(error)) from error
    for key in (*_TEXTS, "clauses"):
        if not head.get(key):
            raise _wrong(path, key)
    for key in head:
        if key not in (*_TEXTS, *_FLAGS, "clauses", "fills"):
            raise _wrong(path, key)
    for one in head["clauses"]:
        clause(one)
    for table in head.get("fills", {}):
        if table not in table_names() or table in NEVER - COUNTED:
            raise _wrong(path, f"fills.{table}")
    return Document(
        name=path.stem,
        body=found[2].strip() + "\n",
        language=language,
        path=path,
        **{key: head[key] for key in _TEXTS},
        **{key: head.get(key, False) for key in _FLAGS},
        clauses=tuple(head["clauses"]),
        fills=dict(head.get("fills", {})),
    )


def _wrong(path: Path, what: str) -> SafelearnError:
    return SafelearnError(
        t("The header of this document is wrong or not complete: {what}", what=what),
        where=str(path),
        remedy=t(
            "Copy the document again with `safelearn template copy` and change only the text below its header."
        ),
    )
