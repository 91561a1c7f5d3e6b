"""Which area does a code or a name mean? In: the areas of a city and words as published. Out: positions in their
list.

A code means an area only if it is that area's; a name only if it is exactly that of one area, whatever its
case, accents and punctuation. What is merely alike is for a person to confirm, in `review/areas.xlsx`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safelearn.city.headers import normalise

if TYPE_CHECKING:
    import geopandas


@dataclass(frozen=True)
class KnownAreas:
    """The areas that rows can lie in, in the order of their codes.

    `strict`: a file of which no row lies in any of them is an error. Where areas are new and the incidents
    were there before, it is not: the incidents stay, not located.
    """

    codes: list[str]
    names: list[str]
    boundaries: geopandas.GeoDataFrame | None = None
    confirmed: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True

    def by_code(self) -> dict[str, int]:
        """Code -> position."""
        return {code: i for i, code in enumerate(self.codes)}

    def by_name(self) -> dict[str, int]:
        """Normalised name -> position; a name that two areas share is no one's."""
        found: dict[str, int] = {}
        shared = set()
        for i, name in enumerate(self.names):
            key = normalise(name)
            shared |= {key} & found.keys()
            found[key] = i
        return {k: i for k, i in found.items() if k and k not in shared}


@dataclass(frozen=True)
class Labels:
    """What the words in one column mean.

    Attributes
    ----------
    kind : {"code", "name"}
    known : mapping of str to int
        Word -> position of the area: as published for codes, normalised for names.
    bare : bool
        Whether codes are compared without their leading zeros.
    """

    kind: str
    known: Mapping[str, int]
    bare: bool = False

    def positions(self, words: Iterable[str]) -> list[int]:
        """The area of each word, -1 where it means none."""
        if self.kind == "name":
            return [self.known.get(normalise(w), -1) for w in words]
        if self.bare:
            return [
                self.known.get(w.lstrip("0"), -1) if w.isdigit() else -1 for w in words
            ]
        return [self.known.get(w, -1) for w in words]


def settle_labels(words: Sequence[str], areas: KnownAreas, *, codes: bool) -> Labels:
    """Decide whether a column holds codes, codes that lost their zeros, or names.

    Parameters
    ----------
    words : sequence of str
        The different words of the column.
    codes : bool
        Whether the column is called one of codes. It may hold names all the same.
    """
    known = areas.by_code()
    if codes:
        if known.keys() & set(words):
            return Labels("code", known)
        # Spreadsheets eat leading zeros; a code without them is taken only where it is plain whose it was.
        bare = {c.lstrip("0"): i for c, i in known.items() if c.isdigit()}
        if len(bare) == len(known):
            without = Labels("code", bare, bare=True)
            if any(p >= 0 for p in without.positions(words)):
                return without
    confirmed = {normalise(k): known.get(v, -1) for k, v in areas.confirmed.items()}
    names = Labels("name", {**areas.by_name(), **confirmed})
    if codes and not any(p >= 0 for p in names.positions(words)):
        return Labels("code", known)
    return names
