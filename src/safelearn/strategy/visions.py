"""Does the vision of the city hold rights equal?

The text of a vision goes in, with the answers of those who read it; for each right of a list comes out whether the text
has words for it and what the readers say, and which words of the text often take rights away. Words only help to find
the place: without a reader's answer no right counts as held (draft:25(a), draft:26(f)(ii).1).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from safelearn.errors import Refused
from safelearn.guidelines.reading import unknown
from safelearn.language import t
from safelearn.strategy.practices import plain

#: What a reader answers: the text protects the right, only names it, is silent, or limits it.
ANSWERS = ("protects", "names", "silent", "limits")


@dataclass(frozen=True)
class Right:
    """A right of the list.

    Attributes
    ----------
    id, name, question, source : str
        Name and question in English.
    words : tuple of str
        Beginnings of words that may name it.
    """

    id: str
    name: str
    question: str
    source: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Vision:
    """A vision that was read.

    Attributes
    ----------
    rights : DataFrame
        `right`, `name`, `question` (in the reader's language), `source`, `found` (words of the text, separated by
        commas), `answer` (one of `ANSWERS`, or empty) and `state`: "held", "named only", "silent", "limited", or
        "to be read".
    limits : tuple of str
        Words of the text that often take rights away.
    words : int
        How many words the text has.
    complete : bool
        Every right has been answered.
    holds : bool
        Complete, nothing is limited and nothing silent.
    """

    rights: pd.DataFrame
    limits: tuple[str, ...]
    words: int
    complete: bool
    holds: bool


@cache
def _list() -> Mapping[str, object]:
    path = Path(__file__).with_name("rights.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rights() -> tuple[Right, ...]:
    """The list of rights, in its order."""
    return tuple(
        Right(**row | {"words": tuple(row["words"])}) for row in _list()["right"]
    )


def split_answers(text: str) -> tuple[str, dict[str, str]]:
    """The vision and, from lines such as ``work: protects`` under it, what its readers answered.

    Examples
    --------
    >>> split_answers("Streets for all.\\n\\nmovement: protects\\nwork: silent")
    ('Streets for all.', {'movement': 'protects', 'work': 'silent'})
    """
    known = {right.id for right in rights()}
    kept, answers = [], {}
    for line in text.splitlines():
        right, colon, answer = line.partition(":")
        if colon and right.strip() in known:
            answers[right.strip()] = answer.strip()
        else:
            kept.append(line)
    return "\n".join(kept).strip(), answers


def check_vision(text: str, answers: Mapping[str, str] | None = None) -> Vision:
    """Read a vision against the list of rights (draft:26(f)(ii).1).

    Parameters
    ----------
    text : str
        The vision, in English, Spanish, French or Portuguese; in another language no word is found, and people answer
        all the same.
    answers : mapping of str to str
        Ids of rights to "protects", "names", "silent" or "limits", as readers agreed.

    Returns
    -------
    Vision

    Raises
    ------
    Refused
        If there is no text.
    SafelearnError
        If an answer is none of the four or belongs to no right.

    Examples
    --------
    >>> found = check_vision("Every street is open to everyone, by day and after dark.")
    >>> found.rights.set_index("right").loc["movement", "found"]
    'street'
    >>> found.holds
    False
    """
    said = plain(text)
    if not said:
        raise Refused(
            t("There is no vision to read yet."),
            remedy=t("Write it into the file vision.md in the city's folder."),
        )
    answers = dict(answers or {})
    known = [right.id for right in rights()]
    for right, answer in answers.items():
        for code, allowed in ((right, known), (answer, list(ANSWERS))):
            if code not in allowed:
                what = t(
                    "{code} is not one of the codes that can be asked for.", code=code
                )
                raise unknown(what, code, allowed)
    rows = []
    for right in rights():
        answer = answers.get(right.id, "")
        rows.append(
            {
                "right": right.id,
                "name": t(right.name),
                "question": t(right.question),
                "source": right.source,
                "found": ", ".join(_found(said, right.words)),
                "answer": answer,
                "state": _state(answer),
            }
        )
    frame = pd.DataFrame(rows)
    return Vision(
        frame,
        tuple(_found(said, _list()["limits"])),
        words=len(said.split()),
        complete=bool((frame["answer"] != "").all()),
        holds=bool(frame["state"].isin(["held", "named only"]).all()),
    )


def _state(answer: str) -> str:
    states = dict(
        zip(ANSWERS, ("held", "named only", "silent", "limited"), strict=True)
    )
    return states.get(answer, "to be read")


def _found(said: str, words: tuple[str, ...] | list[str]) -> list[str]:
    """The words of the text that begin like one of the list, as they stand in the text."""
    spaced = f" {said} "
    found = []
    for beginning in words:
        start = spaced.find(f" {plain(beginning)}")
        if start < 0:
            continue
        end = spaced.find(" ", start + 1 + len(plain(beginning)))
        word = spaced[start + 1 : end]
        if word not in found:
            found.append(word)
    return found
