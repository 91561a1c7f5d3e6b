"""Which indicators would show that a priority was met? (draft:25(g))

A topic, or the words of an option on a ballot, goes in; outcome indicators of the catalogue come out: what people live
through, not what an office does. `covered` checks a city's list of priorities and names those that no outcome
indicator stands for, or whose outcome nobody measures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from safelearn.guidelines.reading import read, unknown
from safelearn.language import t


@dataclass(frozen=True)
class Outcome:
    """What stands for one priority.

    Attributes
    ----------
    option : str
        The priority in the words of the ballot.
    topic : str
        Its topic; empty if none was recognised.
    indicators : tuple of str
        Its outcome indicators, those that are measured first.
    measured : tuple of str
        Of these, what is measured.
    """

    option: str
    topic: str
    indicators: tuple[str, ...]
    measured: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether at least one outcome indicator of it is measured."""
        return bool(self.measured)


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """Each topic's outcome indicators."""
    return {name: tuple(ids) for name, ids in read("outcomes")["topic"].items()}


@cache
def tables() -> dict[str, str]:
    """The table of the city's folder that gives each indicator."""
    return {
        indicator: table
        for table, ids in read("outcomes")["table"].items()
        for indicator in ids
    }


@cache
def later() -> frozenset[str]:
    """Indicators that this version does not compute for a city."""
    return frozenset(read("outcomes")["later"]["indicators"])


@cache
def by_area() -> frozenset[str]:
    """Indicators that compare areas: the whole city has no figure."""
    return frozenset(read("outcomes")["by_area"]["indicators"])


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Beginnings of words that name a topic."""
    return {name: tuple(words) for name, words in read("outcomes")["words"].items()}


def indicators_for(topic: str) -> tuple[str, ...]:
    """The outcome indicators of a topic.

    Examples
    --------
    >>> indicators_for("traffic")
    ('road_death_rate',)
    """
    if topic not in topics():
        what = t("There is no topic {name}.", name=topic)
        raise unknown(what, topic, list(topics()))
    return topics()[topic]


def topic_of(words: str) -> str:
    """The topic that an option on a ballot speaks of; empty if none is recognised.

    Examples
    --------
    >>> topic_of("Safe stops and buses"), topic_of("Alumbrado en las escaleras")
    ('transport', 'lighting')
    """
    plain = unicodedata.normalize("NFKD", words.lower())
    plain = " " + "".join(c for c in plain if not unicodedata.combining(c))
    found = [
        (len(beginning), topic)
        for topic, beginnings in _words().items()
        for beginning in beginnings
        if f" {beginning}" in plain
    ]
    return max(found)[1] if found else ""


def covered(
    options: Iterable[str],
    measured: Iterable[str],
    measures: pd.DataFrame | None = None,
    topic_by_option: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """What stands for each priority, and whether it is measured.

    Parameters
    ----------
    options : iterable of str
        The priorities, in the words of the ballot.
    measured : iterable of str
        Indicators that have a figure.
    measures : DataFrame, optional
        The table ``measures``: a measure with the name of an option says its topic.
    topic_by_option : mapping, optional
        What somebody has decided.
    """
    known = set(measured)
    named = dict(topic_by_option or {})
    if measures is not None:
        rows = measures.dropna(subset=["name", "topic"])
        named = dict(zip(rows["name"], rows["topic"], strict=True)) | named
    found = []
    for option in options:
        topic = named.get(option) or topic_of(option)
        ids = topics().get(topic, ())
        there = tuple(i for i in ids if i in known)
        absent = tuple(i for i in ids if i not in known)
        found.append(Outcome(option, topic, there + absent, there))
    return found


def without_outcome(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The priorities for which no outcome indicator is measured: the check of draft:25(g)."""
    return [outcome for outcome in outcomes if not outcome.complete]
