"""What the people who work for a safer city should be able to do, and how far each role should reach.

The framework answers clause draft:25(h): ten competencies at four levels, each tied to the clauses it serves,
and the least that seven roles need. It is this library's own proposal; the course grades by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from safelearn.guidelines.clauses import clauses_under
from safelearn.guidelines.reading import read, unknown
from safelearn.language import t


@dataclass(frozen=True)
class Level:
    """One of the four levels of mastery, 1 the lowest."""

    number: int
    english: str
    english_meaning: str

    @property
    def name(self) -> str:
        return t(self.english)

    @property
    def meaning(self) -> str:
        return t(self.english_meaning)


@dataclass(frozen=True)
class Competency:
    """One competency: its clauses, and what a person does at each of the four levels."""

    id: str
    english: str
    clauses: tuple[str, ...]
    english_levels: tuple[str, str, str, str]

    @property
    def name(self) -> str:
        return t(self.english)

    def at(self, level: int) -> str:
        """What a person does at `level` (1 to 4)."""
        if level not in range(1, 5):
            raise unknown(
                t("There is no level {level}: levels go from 1 to 4.", level=level),
                str(level),
                [],
            )
        return t(self.english_levels[level - 1])


@dataclass(frozen=True)
class Role:
    """A role in a city's team, and the least level it needs in each competency."""

    id: str
    english: str
    minimum: Mapping[str, int]

    @property
    def name(self) -> str:
        return t(self.english)


@cache
def competencies() -> tuple[Competency, ...]:
    """The ten competencies, C1 to C10; their clauses are written out to the last number."""
    return tuple(
        Competency(
            id=row["id"],
            english=row["name"],
            clauses=tuple(
                c.id for prefix in row["clauses"] for c in clauses_under(prefix)
            ),
            english_levels=tuple(row["levels"]),
        )
        for row in read("competencies")["competency"]
    )


@cache
def levels() -> tuple[Level, ...]:
    """The four levels."""
    return tuple(
        Level(row["number"], row["name"], row["meaning"])
        for row in read("competencies")["level"]
    )


@cache
def roles() -> tuple[Role, ...]:
    """The seven roles."""
    return tuple(
        Role(row["id"], row["name"], MappingProxyType(dict(row["minimum"])))
        for row in read("competencies")["role"]
    )


def competency(competency_id: str) -> Competency:
    """The competency of this id, such as ``C5``; an unknown one is an error that names the nearest."""
    known = {c.id: c for c in competencies()}
    if competency_id not in known:
        what = t("There is no competency {id}.", id=competency_id)
        raise unknown(what, competency_id, list(known))
    return known[competency_id]


def role(role_id: str) -> Role:
    """The role of this id, such as ``police_analyst``; an unknown one is an error that names the nearest."""
    known = {r.id: r for r in roles()}
    if role_id not in known:
        raise unknown(t("There is no role {id}.", id=role_id), role_id, list(known))
    return known[role_id]
