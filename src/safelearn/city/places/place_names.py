"""Is one name of a place another one, written short? In: a name as somebody typed it. Out: what it can stand for.

"Bº Sta. Bárbara Nte." and "Barrio Santa Bárbara Norte" are one name. Which words are written short, in several
languages, stands in `place_names.toml`. A short word can mean several things, so a name has several readings;
whoever compares names must be content only with one answer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product

from safelearn.city.files.headers import normalise

#: Readings of one name that are followed; a name of many ambiguous words is no one's.
_READINGS = 64
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_DIRECTIONS = frozenset({"north", "south", "east", "west", "upper", "lower"})
#: "12 - Robledo", "7. Robledo", "Comuna 7 - Robledo", "(7) Robledo".
_NUMBERED = re.compile(
    r"\s*(?:[^\W\d_]+\s+)?\(?(\d{1,4})\s*[-\u2013\u2014.:)]+\s*(?=\D)"
)
_OF = frozenset({"de", "do", "da", "of", "van", "du"})


@dataclass(frozen=True)
class PlaceName:
    """What a name can stand for.

    Attributes
    ----------
    whole : frozenset of str
        Its readings, every short word completed.
    kind : str
        What it says it is, such as ``barrio``; empty where it does not say.
    bare : frozenset of str
        Its readings without that word; empty where nothing or only a number would be left.
    number : str
        A number before the name, as in "12 - Robledo".
    """

    whole: frozenset[str]
    kind: str
    bare: frozenset[str]
    number: str = ""


@lru_cache(maxsize=100_000)
def read_name(text: str) -> PlaceName:
    """Read the name of a place.

    Examples
    --------
    >>> read_name("Bº Sta. Bárbara Nte.").bare
    frozenset({'santa barbara north'})
    >>> read_name("12 - Robledo").number
    '12'
    """
    numbered = _NUMBERED.match(text)
    number = ""
    if numbered and normalise(text[numbered.end() :]):
        number, text = numbered[1], text[numbered.end() :]
    kinds, short = _words()
    words = normalise(text).split()
    kind, rest = "", words
    if len(words) > 1 and words[0] in kinds:
        kind, rest = kinds[words[0]], words[1:]
        if len(rest) > 1 and rest[0] in _OF:
            rest = rest[1:]
    elif len(words) > 1 and words[-1] in kinds and words[-1] != words[0]:
        kind, rest = kinds[words[-1]], words[:-1]
    bare = _readings(rest, short)
    if not kind:
        return PlaceName(bare, "", bare, number)
    whole = frozenset(f"{kind} {reading}" for reading in bare)
    only_number = all(reading.isdigit() for reading in bare)
    return PlaceName(whole, kind, frozenset() if only_number else bare, number)


def marks(reading: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers and the directions in a completed name: names that differ in one are never alike."""
    words = frozenset(reading.split())
    return frozenset(w for w in words if w.isdigit()), words & _DIRECTIONS


def _readings(words: list[str], short: dict[str, tuple[str, ...]]) -> frozenset[str]:
    last = len(words) - 1
    choices = []
    for i, word in enumerate(words):
        numeral = _arabic(word) if 0 < i == last or _after_part(words, i, short) else ""
        if numeral:
            choices.append((numeral,))
        elif len(word) == 1 and i not in (0, last):
            # "y", "e", "o" within a name are and, or, of; not east and west.
            choices.append(("san", word) if word == "s" else (word,))
        else:
            choices.append(
                short.get(word.lstrip("0") or word, (word.lstrip("0") or word,))
            )
    return frozenset(" ".join(words) for words in islice(product(*choices), _READINGS))


def _after_part(words: list[str], i: int, short: dict[str, tuple[str, ...]]) -> bool:
    parts = {
        "extension",
        "sector",
        "seccion",
        "section",
        "etapa",
        "phase",
        "ampliacion",
    }
    return i > 0 and bool(parts & set(short.get(words[i - 1], (words[i - 1],))))


def _arabic(word: str) -> str:
    """A Roman numeral up to 39 as digits; nothing where it is none."""
    if not re.fullmatch(r"x{0,3}(ix|iv|v?i{0,3})", word) or not word:
        return ""
    values = [_ROMAN[c] for c in word]
    later = [*values[1:], 0]
    return str(sum(-v if v < n else v for v, n in zip(values, later, strict=True)))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    text = (files("safelearn.city.places") / "place_names.toml").read_text(
        encoding="utf-8"
    )
    table = tomllib.loads(text)
    kinds = {word: kind for kind, words in table["kinds"].items() for word in words}
    short = {word: tuple(meant) for word, meant in table["short"].items()}
    return kinds, short
