"""Does a text rank, blame, or send the police?

Titles of figures, findings and prose of the course go in; sentences that call an area the worst, that blame
young people or places, or that turn a map into patrols, stops, evictions or premiums come out, each with what
to write instead. A sentence that warns against such use is left alone. The lists are in `wording.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from safelearn.language import t

LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Problem:
    """A sentence that should not be published.

    Attributes
    ----------
    kind : {"ranking", "deficit", "enforcement"}
    where : str
        The sentence as it stands.
    words : str
        The words in it that were found.
    line : int
        Line of the text, from 1.
    sentence, remedy : str
        What is wrong with it, and what to do.
    """

    kind: str
    where: str
    words: str
    line: int
    sentence: str
    remedy: str


def check(text: str, *, quoted: bool = True) -> list[Problem]:
    """Sentences that rank areas, blame people or places, or recommend enforcement.

    Parameters
    ----------
    text : str
        A title, or prose in plain text or Markdown. Code in backticks and fences is not read.
    quoted : bool
        Whether words in double quotation marks are read: a lesson quotes the sentences it warns against.

    Returns
    -------
    list of Problem
        In the order of the text, at most one of each kind a sentence.

    Examples
    --------
    >>> [p.kind for p in check("The worst neighbourhoods of the city. Robbery fell by a fifth.")]
    ['ranking']
    >>> check("This map is not a ranking of areas and is not for sending patrols.")
    []
    """
    found = []
    for line, sentence in _sentences(text, quoted):
        for kind, patterns in _patterns().items():
            hit = next((m for p in patterns if (m := p.search(sentence))), None)
            if hit and not any(p.search(sentence) for p in _exceptions()[kind]):
                found.append(_problem(kind, sentence, hit.group(0), line))
    return found


def _sentences(text: str, quoted: bool) -> Iterator[tuple[int, str]]:
    """Sentences with the line they start on; code and addresses are blanked, line breaks do not end one."""
    text = re.sub(
        r"```.*?(```|\Z)", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL
    )
    text = re.sub(r"`[^`\n]*`|https?://\S+", lambda m: " " * len(m[0]), text)
    if not quoted:
        text = re.sub(
            r"“[^”]*”|«[^»]*»|\"[^\"\n]*\"", lambda m: re.sub(r"[^\n]", "…", m[0]), text
        )
    for found in re.finditer(
        r"(?:[^.!?\n]|\.(?=\w)|\n(?!\s*(?:\n|[-*#>|]|\d+\.)))+[.!?]*", text
    ):
        sentence = " ".join(found[0].split()).lstrip("#*->| ")
        if sentence:
            blank = len(found[0]) - len(found[0].lstrip())
            yield text.count("\n", 0, found.start() + blank) + 1, sentence


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    return {
        kind: [
            re.compile(p, re.IGNORECASE)
            for language in LANGUAGES
            for p in lists[language]
        ]
        for kind, lists in _lists().items()
        if kind != "unless"
    }


@lru_cache(maxsize=1)
def _exceptions() -> dict[str, list[re.Pattern[str]]]:
    unless = _lists()["unless"]
    return {
        kind: [re.compile(p, re.IGNORECASE) for p in lists]
        for kind, lists in unless.items()
    }


def _problem(kind: str, sentence: str, words: str, line: int) -> Problem:
    said = {
        "ranking": t("This ranks areas by how bad they are: “{words}”.", words=words),
        "deficit": t("This blames people or a place: “{words}”.", words=words),
        "enforcement": t(
            "This turns a figure into enforcement against people: “{words}”.",
            words=words,
        ),
    }
    instead = {
        "ranking": t(
            "Name no worst area: give the figure with its interval, areas in code order, and what helps there."
        ),
        "deficit": t(
            "Say what happens to people and which conditions make it likelier, and name what is strong."
        ),
        "enforcement": t(
            "Say what prevention, lighting, services or support could do, and with whom."
        ),
    }
    return Problem(kind, sentence, words, line, said[kind], instead[kind])
