"""Which area does a code or a name mean? In: the areas of a city and words as published. Out: positions in their
list.

A code means an area only if it is that area's. A name means one if it is exactly that area's (whatever its case,
accents and punctuation) or an official alias of it, if a person has confirmed it, or if it is written short and
no other area can be meant. Two areas of one name are told apart by the district beside it, or not at all. What
is merely alike is for a person to confirm, in `review/areas.xlsx`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from safelearn.city.files.headers import normalise
from safelearn.city.places.place_names import marks, read_name

if TYPE_CHECKING:
    import geopandas

#: What a person confirms of a name that is no area of the city.
NONE_OF_THEM = "-"
#: Names less alike than this (of 100) are no suggestion.
LIKENESS = 72.0


class Match(NamedTuple):
    """The area that a name means (-1: none), and how it is known."""

    position: int
    how: str = ""


class Suggestion(NamedTuple):
    """An area whose name is like another, and how much, of 100."""

    position: int
    score: float


_NO_MATCH = Match(-1)
#: "San José (Norte)": an area, and the district that tells it from its namesakes.
_DISTRICT_BEHIND = re.compile(r"\s*(\S.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*")


@dataclass(frozen=True)
class KnownAreas:
    """The areas that rows can lie in, in the order of their codes.

    Attributes
    ----------
    codes, names : list of str
    boundaries : GeoDataFrame or None
    confirmed : mapping of str to str
        What a person has confirmed: `confirmation_key` -> code, or `NONE_OF_THEM`.
    strict : bool
        Whether a file of which no row lies in any of them is an error. Where areas are new and the incidents
        were there before, it is not: the incidents stay, not located.
    parents, aliases : sequence of str
        Of each area, its district, and its other official names, separated by semicolons; empty if unknown.
    """

    codes: list[str]
    names: list[str]
    boundaries: geopandas.GeoDataFrame | None = None
    confirmed: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True
    parents: Sequence[str] = ()
    aliases: Sequence[str] = ()

    def by_code(self) -> dict[str, int]:
        """Code -> position."""
        return {code: i for i, code in enumerate(self.codes)}

    def by_name(self) -> dict[str, int]:
        """Normalised name or alias -> position; a name that two areas share is no one's."""
        exact = self.names_of.exact
        return {k: next(iter(p)) for k, p in exact.items() if len(p) == 1}

    @cached_property
    def names_of(self) -> NameIndex:
        """Every name of every area, in the ways in which names are compared."""
        index = NameIndex(self.confirmed)
        blank = [""] * len(self.codes)
        for area in zip(
            self.codes,
            self.names,
            self.parents or blank,
            self.aliases or blank,
            strict=True,
        ):
            index.add(*area)
        return index

    def find(self, name: str, parent: str = "") -> Match:
        """The area that a name means, beside the district that stands in the same row."""
        return self.names_of.find(name, parent)

    def like(self, name: str, parent: str = "") -> list[Suggestion]:
        """The areas whose names are most like this one, the likeliest first, two at most.

        Where any of them lies in the district beside the name, only those that do.
        """
        return self.names_of.like(name, parent)


def confirmation_key(value: str, parent: str = "", kind: str = "name") -> str:
    """By what a name, a code or a name within addresses is known again in what a person has confirmed."""
    key = normalise(value) if kind != "code" else value.strip()
    return "\t".join(
        (key, normalise(parent), kind if kind in ("code", "address") else "")
    )


class NameIndex:
    """The names of areas, prepared for looking up and for comparing.

    Parameters
    ----------
    confirmed : mapping
        As `KnownAreas.confirmed`.
    """

    def __init__(self, confirmed: Mapping[str, str] | None = None) -> None:
        self.confirmed = confirmed or {}
        self.codes: dict[str, int] = {}
        self.parents: list[str] = []
        self.exact: dict[str, set[int]] = {}
        self._whole: dict[str, set[int]] = {}
        self._bare: dict[str, set[tuple[int, str]]] = {}
        self._joined: dict[str, set[int]] = {}
        self._spelt: list[tuple[str, int]] = []
        self._districts: dict[str, set[str]] = {}
        self._found: dict[tuple[str, str], Match] = {}

    def add(self, code: str, name: str, parent: str = "", aliases: str = "") -> None:
        """Add an area; it has the next position."""
        i = len(self.parents)
        self.codes[code] = i
        self.parents.append(normalise(parent))
        self._found.clear()
        for spelling in (name, *re.split(r"[;|]", aliases)):
            if not normalise(spelling):
                continue
            self.exact.setdefault(normalise(spelling), set()).add(i)
            self._joined.setdefault(_joined(spelling), set()).add(i)
            read = read_name(spelling)
            for key in read.whole:
                self._whole.setdefault(key, set()).add(i)
            for key in read.bare:
                self._bare.setdefault(key, set()).add((i, read.kind))
            self._spelt += [(key, i) for key in sorted(read.bare or read.whole)[:4]]
        if self.parents[i]:
            read = read_name(parent)
            # "Comuna 5" is often written as 5: of districts there are few, and no code is among them.
            numbers = {w.split()[-1] for w in read.whole if w.split()[-1].isdigit()}
            for key in {self.parents[i]} | read.whole | read.bare | numbers:
                self._districts.setdefault(key, set()).add(self.parents[i])

    def find(self, name: str, parent: str = "") -> Match:
        if (name, parent) not in self._found:
            self._found[name, parent] = self._find(name, parent)
        return self._found[name, parent]

    def district(self, text: str) -> set[str]:
        """The districts of the city that a text can mean, normalised."""
        read = read_name(text)
        keys = (normalise(text), *read.whole, *read.bare)
        return set().union(*(self._districts.get(k, set()) for k in keys))

    def _find(self, name: str, parent: str) -> Match:
        answers = [
            self.confirmed.get(confirmation_key(name, beside))
            for beside in dict.fromkeys((parent, ""))
        ]
        given = next((a for a in answers if a is not None), "")
        if given in self.codes:
            return Match(self.codes[given], "confirmed")
        exact = self.exact.get(normalise(name), set())
        if exact:
            return self._one(exact, parent, "exact")
        # "None of them" was said of the areas of that day: one of exactly this name may have come since.
        if given == NONE_OF_THEM:
            return Match(-1, "confirmed")
        beside = _DISTRICT_BEHIND.fullmatch(name)
        if beside and (district := self.district(beside[2])):
            if parent and not district & self.district(parent):
                return _NO_MATCH
            found = self._find(beside[1], beside[2])
            return Match(found.position, "completed") if found.position >= 0 else found
        read = read_name(name)
        whole = set().union(*(self._whole.get(k, set()) for k in read.whole))
        if not whole and not any(c.isdigit() for c in name):
            # "Thornpark" is Thorn Park; "Zone 12" may not be "Zone 1 2".
            whole = self._joined.get(_joined(name), set())
        if not whole:
            alike = set().union(*(self._bare.get(k, set()) for k in read.bare))
            # "Barrio Centro" and "Colonia Centro" are two places; "Centro" may be either.
            whole = {
                i for i, kind in alike if not (kind and read.kind) or kind == read.kind
            }
        found = self._one(whole, parent, "completed")
        if found.position >= 0 and read.number:
            code = {c.lstrip("0"): i for c, i in self.codes.items()}
            # "12 - Robledo" where 12 is another area's code: one of the two is wrong.
            if code.get(read.number.lstrip("0"), found.position) != found.position:
                return _NO_MATCH
        return found

    def _one(self, candidates: set[int], parent: str, how: str) -> Match:
        if parent:
            district = self.district(parent)
            candidates = {
                i
                for i in candidates
                if not self.parents[i] or self.parents[i] in district
            }
        return Match(next(iter(candidates)), how) if len(candidates) == 1 else _NO_MATCH

    def like(self, name: str, parent: str = "") -> list[Suggestion]:
        from rapidfuzz import fuzz, process

        read = read_name(name)
        best: dict[int, float] = {}
        spelt = [s for s, _ in self._spelt]
        for reading in sorted(read.bare or read.whole)[:8]:
            found = process.extract(
                reading,
                spelt,
                scorer=fuzz.token_sort_ratio,
                limit=8,
                score_cutoff=LIKENESS,
            )
            for other, score, at in found:
                # "Ward 4" is much like "Ward 5", and surely another place.
                if marks(reading) == marks(other):
                    position = self._spelt[at][1]
                    best[position] = max(best.get(position, 0.0), score)
        district = self.district(parent) if parent else set()
        near = {i for i in best if self.parents[i] in district}
        order = sorted(near or best, key=lambda i: (-best[i], i))
        return [Suggestion(i, round(best[i], 1)) for i in order[:2]]


def _joined(name: str) -> str:
    return normalise(name).replace(" ", "")
