"""Which rows of a file are not this city's to count? In: a file of a whole country, or one with sums between its rows.

National files hold every municipality: rows of the others would swell each total of this city, as not located.
Published tables also hold sums of their rows, and parts of them, which would count twice. Both are known by a
word in the row itself, so that a file read in pieces gives what it gives as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from safelearn.city.columns.profile import CountedElsewhere, Profile, by_squeezed, find
from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import KnownAreas
from safelearn.language import t

#: Words around a city's name that do not tell it from another.
_AROUND = frozenset(
    (  # noqa: SIM905
        "city of ciudad cidade de da do del la the municipality municipio metro metropolitan district distrito "
        "ct d c dc capital"
    ).split()
)
_SAINTS = frozenset({"san", "santa", "santo", "sao", "saint", "st"})


@dataclass(frozen=True)
class CityRows:
    """Which rows belong to the city, by one column.

    Attributes
    ----------
    column : str
    areas : KnownAreas or None
        The city's, where the column names them and not the city. Never both: a neighbourhood of one
        municipality may well have the name of another.
    """

    column: str
    city: str
    aliases: tuple[tuple[str, ...], ...]
    areas: KnownAreas | None = None

    def elsewhere(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows that name another municipality; a row that names none may be the city's."""
        codes, kinds = pd.factorize(frame[self.column])
        other = [bool(k.strip()) and not self.belongs(k) for k in kinds]
        return np.array(other, dtype=bool)[codes]

    def share(self, sample: pd.DataFrame) -> float:
        """Of the rows that say where they belong, the share that belong to the city."""
        kinds = sample[self.column].value_counts()
        ours = sum(n for k, n in kinds.items() if k.strip() and self.belongs(k))
        return ours / max(sum(n for k, n in kinds.items() if k.strip()), 1)

    def belongs(self, word: str) -> bool:
        """Whether this is the city's name, or the name or code of one of its areas."""
        if self.areas is None:
            return same_city(word, self.city, self.aliases)
        if word.strip().lstrip("0") in self._codes:
            return True
        return tuple(_parts(word)) in self._names or self.areas.find(word).position >= 0

    @cached_property
    def _codes(self) -> set[str]:
        assert self.areas is not None
        return {code.lstrip("0") for code in self.areas.codes} - {""}

    @cached_property
    def _names(self) -> set[tuple[str, ...]]:
        assert self.areas is not None
        return {tuple(_parts(name)) for name in self.areas.names} - {()}


@dataclass(frozen=True)
class Elsewhere:
    """What of a file is counted elsewhere, settled once.

    Attributes
    ----------
    notes : tuple of str
    """

    city: CityRows | None = None
    outside: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    sums: tuple[tuple[str, CountedElsewhere], ...] = ()
    notes: tuple[str, ...] = ()

    def read(self, frame: pd.DataFrame) -> dict[str, np.ndarray]:
        """Reason -> the rows it speaks against, where the profile asks for it.

        Parameters
        ----------
        frame : DataFrame of str
            As published or as prepared.
        """
        against = {}
        if self.city is not None:
            against["another place"] = self.city.elsewhere(frame)
        for column in self.outside:
            codes, kinds = pd.factorize(frame[column])
            hit = np.array([normalise(k) in self.words for k in kinds], bool)[codes]
            against["another place"] = hit | against.get("another place", hit)
        if self.sums:
            hit = np.zeros(len(frame), dtype=bool)
            for column, rule in self.sums:
                hit |= _counted_twice(frame, column, rule)
            against["counted elsewhere"] = hit
        return against

    def ours(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that this city counts."""
        against = self.read(frame)
        if not against:
            return frame
        return frame[~np.logical_or.reduce(list(against.values()))]


def settle_elsewhere(
    sample: pd.DataFrame, profile: Profile, *, city: str, areas: KnownAreas
) -> Elsewhere:
    """Decide which rows of a file are not this city's to count.

    Parameters
    ----------
    sample : DataFrame of str
        The file, or so many rows that they show all its words.
    city : str
        Its name, as in city.toml.
    """
    published = by_squeezed(sample.columns)
    notes: list[str] = []
    found: CityRows | None = None
    present = [
        published[name]
        for name in dict.fromkeys(n.replace(" ", "") for n in profile.city_column)
        if name in published
    ]
    # A source that says in words what lies outside does not name its city elsewhere.
    words = profile.city_elsewhere
    for known in () if words else (None, areas):
        ways = [CityRows(c, city, profile.city_aliases, known) for c in present]
        shares = [rows.share(sample) for rows in ways]
        if not any(shares):
            continue
        # Of the columns that name cities, the first is where it happened; of those that name areas, the best.
        at = (
            shares.index(max(shares))
            if known
            else next(i for i, s in enumerate(shares) if s)
        )
        found = ways[at]
        if shares[at] < 1:
            notes.append(
                t(
                    "The file covers more than this city: only rows whose column {column} names it count.",
                    column=found.column,
                )
            )
        break
    if present and found is None and not words:
        notes.append(
            t(
                "No row names {city} in the column {column}, so all rows were kept: if the file covers "
                "other cities too, write the city's name in city.toml as the file does.",
                city=city,
                column=present[0],
            )
        )
    sums = []
    for rule in profile.counted_elsewhere:
        column = find(published, rule.column)
        if column and (not rule.beside or _has(sample[column], rule.beside)):
            sums.append((column, rule))
    outside = tuple(present) if words else ()
    return Elsewhere(found, outside, words, tuple(sums), tuple(notes))


def same_city(word: str, city: str, aliases: Sequence[Collection[str]] = ()) -> bool:
    """Whether two names mean one city: ``"BOGOTÁ D.C. (CT)"`` and Bogotá, ``"S.PAULO"`` and São Paulo."""
    a, b = _parts(word), _parts(city)
    if not a or not b:
        return False
    if len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True)):
        return True
    plain = {normalise(word), normalise(city)}
    return any(plain <= {normalise(n) for n in names} for names in aliases)


def _parts(name: str) -> list[str]:
    return [w for w in normalise(name).split() if w not in _AROUND]


def _same(a: str, b: str) -> bool:
    return a == b or (a == "s" and b in _SAINTS) or (b == "s" and a in _SAINTS)


def _has(text: pd.Series, words: Collection[str]) -> bool:
    return any(normalise(kind) in words for kind in text.unique())


def _counted_twice(
    frame: pd.DataFrame, column: str, rule: CountedElsewhere
) -> np.ndarray:
    codes, kinds = pd.factorize(frame[column])
    words = [normalise(k) for k in kinds]
    hit = np.array([w in rule.words for w in words], dtype=bool)[codes]
    other = find(by_squeezed(frame.columns), rule.same_as)
    if other:
        keys, names = pd.factorize(frame[other])
        said = np.array([normalise(k) for k in names], dtype=object)[keys]
        mine = np.array(words, dtype=object)[codes]
        hit |= (mine == said) & (mine != "")
    return hit
