"""Does something that is about to leave hold a person?

Tables, texts, pages and manifests go in; what looks like a name, a telephone, a number plate, an exact birth date, an
e-mail address, a number of an identity paper, card or bank account, a free text, a machine path or a user name comes
out, with the place it stands in and never its value. Public outputs with any of these are refused: there is no setting
that lets them through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pandas as pd

from safelearn.city.columns.personal import VALUES, column_kind, value_kind
from safelearn.disclosure.identity_numbers import KINDS, find
from safelearn.errors import SafelearnError
from safelearn.language import t

#: Columns of what people wrote in their own words, as whole names or parts of them.
_FREE_TEXT = re.compile(
    r"(?:^|_)(?:free_?text|comments?|remarks?|narratives?|verbatim|observa(?:tions?|ciones|ç(?:ões|ao)|coes)"
    r"|comentarios?|comentários?|relatos?|narraciones|texto_libre|texto_livre|commentaires?|remarques?)(?:$|_)"
)
#: No name of a thing is as long; an account in somebody's own words is.
LONGEST = 280
#: A number that is one of its column's identifiers: columns of codes are only suspect if most values check.
_CODES = re.compile(r"_id$|^offence$|code|^uprn$")
_MOST = 0.9


@dataclass(frozen=True)
class Problem:
    """Something about a person in a public output."""

    kind: str
    where: str
    sentence: str
    remedy: str


def check(frame: pd.DataFrame) -> list[Problem]:
    """What in a table looks like personal data.

    Parameters
    ----------
    frame : DataFrame
        A table that is about to be published.

    Returns
    -------
    list of Problem
        In the order of the columns; empty if nothing was found. Values are never repeated in it.

    Examples
    --------
    >>> [p.kind for p in check(pd.DataFrame({"area_id": ["1"], "victim_name": ["x"]}))]
    ['name']
    >>> [p.kind for p in check(pd.DataFrame({"note": ["paid with 4111 1111 1111 1111"]}))]
    ['number']
    """
    found = []
    for column in frame:
        kind = _kind_of(frame[column], str(column))
        if kind is not None:
            found.append(_problem(kind, str(column)))
    return found


def check_text(text: str) -> list[Problem]:
    """What in a text (a note, a caption, a manifest) looks like personal data or a machine's path."""
    kinds = [
        kind for kind, pattern in VALUES if kind != "plate" and pattern.search(text)
    ]
    if find(text):
        kinds.append("number")
    return [_problem(kind, "") for kind in kinds]


def check_page(page: str, *, contacts: Iterable[str] = ()) -> list[Problem]:
    """What in a page of HTML looks like personal data: its prose, tables, captions, titles and alternative texts.

    Parameters
    ----------
    page : str
        The page; letters and pictures in it are not read, nor are scripts.
    contacts : iterable of str
        Addresses of offices, which may stand there.
    """
    reader = _Words()
    reader.feed(page)
    reader.close()
    # A sign between two texts: the numbers of neighbouring cells are no telephone.
    text = "\n·\n".join(reader.words)
    for contact in contacts:
        text = text.replace(contact, "") if contact else text
    return check_text(text)


def refuse_personal(content: Any, where: str, *, contacts: Iterable[str] = ()) -> None:
    """Refuse a text, or a structure of texts such as a manifest, that holds something about a person.

    Parameters
    ----------
    content : str, mapping, list or anything else
        Keys and texts of it are read, numbers are not.
    where : str
        What it is, for the message.
    contacts : iterable of str
        Addresses of offices, which may stand there.

    Raises
    ------
    SafelearnError
        With the first problem; the value is not repeated.
    """
    known = {contact for contact in contacts if contact}
    for place, text in _texts(content, ""):
        for contact in known:
            text = text.replace(contact, "")
        for problem in check_text(text):
            spot = f"{where}: {place}" if place else where
            raise SafelearnError(problem.sentence, where=spot, remedy=problem.remedy)


def _texts(content: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, str):
        yield place, content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            inside = f"{place}.{key}" if place else str(key)
            yield from _texts(value, inside)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value, place)


def _kind_of(values: pd.Series, column: str) -> str | None:
    kind = column_kind(column)
    if kind is not None:
        return kind
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower()
    if _FREE_TEXT.search(re.sub(r"[\s.-]+", "_", snake)):
        return "text"
    if pd.api.types.is_numeric_dtype(values):
        return _number_kind(values)
    kind = value_kind(values, column)
    if kind is not None:
        return kind
    distinct = [str(v) for v in values.dropna().unique()]
    if any(len(v) > LONGEST for v in distinct):
        return "text"
    marked = [bool(find(v)) for v in distinct]
    if _CODES.search(column):
        return "number" if _nearly_all(marked) else None
    return "number" if any(marked) else None


def _number_kind(values: pd.Series) -> str | None:
    """A column of long whole numbers of which nearly all have a right check digit of one kind."""
    if pd.api.types.is_bool_dtype(values):
        return None
    held = values.dropna()
    if not len(held) or held.abs().min() < 1e8 or (held % 1 != 0).any():
        return None
    texts = [str(int(v)) for v in held.unique()]
    for kind in KINDS:
        # A number that lost the zeros in front still is one.
        whole = [text.zfill(11) if kind.name == "CPF" else text for text in texts]
        right = [bool(kind.pattern.fullmatch(v)) and kind.right(v) for v in whole]
        if _nearly_all(right):
            return "number"
    return None


def _nearly_all(marked: list[bool]) -> bool:
    return len(marked) >= 3 and sum(marked) >= _MOST * len(marked)


class _Words(HTMLParser):
    """The words of a page that a reader, or a screen reader, meets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        for name, value in attrs:
            if name in ("alt", "title", "aria-label", "content", "summary") and value:
                self.words.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(data.strip())


def _problem(kind: str, where: str) -> Problem:
    sentences = {
        "name": t("A column looks like it names people."),
        "record": t("A column identifies single records."),
        "point": t("A column holds exact points."),
        "birth": t("A column looks like exact dates of birth."),
        "text": t("A column holds what people wrote in their own words."),
        "path": t("A value looks like a path on somebody's machine."),
        "email": t("A value looks like an e-mail address."),
        "phone": t("A value looks like a telephone number."),
        "plate": t("A value looks like a number plate."),
        "number": t(
            "A value looks like somebody's number of identity, card or account."
        ),
    }
    remedies = {
        "point": t(
            "Show areas or a grid; for exchange inside an administration, move them: `disclosure.masking.mask`."
        ),
        "birth": t("Show five-year age groups."),
        "path": t("Write the file's name without its folders."),
        "text": t("Code the answers into themes and show how many gave each."),
    }
    remedy = remedies.get(kind, t("Leave it out: nobody outside needs it."))
    return Problem(kind, where, sentences[kind], remedy)
