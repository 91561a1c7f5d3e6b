"""Which topics does a priority speak of? So that every priority can be followed by an indicator (draft:25(g)).

The words of an option on a ballot go in, in any of four languages; the topics of the register of demands come out.
Words are listed in `topics.toml`, so that a city can see why its option was read as it was.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: What an option is about if no word of it is known.
OTHER = "other"


def topics(text: str) -> tuple[str, ...]:
    """The topics of one option, in the order of the vocabulary; ``("other",)`` if none is recognised.

    Examples
    --------
    >>> topics("Light on the way home")
    ('lighting',)
    >>> topics("Paradas y buses seguros para las mujeres")
    ('transport',)
    """
    found = tuple(
        topic for topic, pattern in _patterns().items() if pattern.search(text)
    )
    return found or (OTHER,)


def topics_of(options: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The topics of each option: code to topics."""
    return {code: topics(text) for code, text in options.items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    content = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return {
        topic: re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE)
        for topic, words in content.items()
    }
