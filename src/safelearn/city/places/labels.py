"""What do the columns of codes, names and districts in a file mean? In: a sample of it and the city's areas.

Out: one `LabelReader` a column, and the area of each row. A column called one of codes may hold names, or the
codes of something else, such as police beats; that is seen from its words, and from the rows that have a point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from safelearn.city.columns.victims import NOT_KNOWN, as_category
from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import KnownAreas, Match
from safelearn.language import number, percent, t

#: A word means one area if its rows with a point say so: so many, so nearly all.
_WITNESSES, _AGREE = 50, 0.95
#: Codes of which fewer rows with a point lie in the area of that code are codes of something else.
_OWN = 0.5


@dataclass(frozen=True)
class LabelReader:
    """How one column is read.

    Attributes
    ----------
    column : str
    kind : {"code", "name"}
    areas : KnownAreas
    parent : str
        The column of the districts beside it; empty where there is none.
    bare : bool
        Whether codes are compared without their leading zeros.
    heard : mapping of str to int
        Normalised names that the rows with a point have settled.
    """

    column: str
    kind: str
    areas: KnownAreas
    parent: str = ""
    bare: bool = False
    heard: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def _codes(self) -> dict[str, int]:
        known = self.areas.by_code()
        given = {
            key.split("\t")[0]: known[code]
            for key, code in self.areas.confirmed.items()
            if key.endswith("\tcode") and code in known
        }
        if self.bare:
            known = {c.lstrip("0"): i for c, i in known.items() if c.isdigit()}
        return {**given, **known}

    def match(self, word: str, parent: str = "") -> Match:
        """The area that a word means, beside the district in the same row."""
        if self.kind == "code":
            key = word.lstrip("0") if self.bare and word.isdigit() else word
            return Match(self._codes.get(key, self._codes.get(word, -1)), "exact")
        found = self.areas.find(word, parent)
        if found.position < 0 and not found.how:
            return Match(self.heard.get(normalise(word), -1), "heard")
        return found


def settle_labels(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    areas: KnownAreas,
    inside: np.ndarray,
) -> tuple[tuple[LabelReader, ...], tuple[str, ...]]:
    """Decide how the columns of codes and names are read.

    Parameters
    ----------
    sample : DataFrame of str
    columns : mapping
        Field -> column: ``area_id``, ``area_name``, ``area_parent``, those that there are.
    inside : array of int
        The area in which the point of each row of the sample lies, -1 where it has none.

    Returns
    -------
    readers : tuple of LabelReader
        Codes before names.
    said : tuple of str
    """
    if not areas.codes:
        return (), ()
    readers: list[LabelReader] = []
    notes: list[str] = []
    parent = columns.get("area_parent", "")
    code = columns.get("area_id")
    if code:
        words = as_category(sample[code])
        reader = _settle_codes(code, list(words.cat.categories), areas)
        if reader is None and _are_districts(words, areas):
            parent = parent or code
        elif reader is None:
            notes.append(
                t(
                    "The column {column} holds codes of another kind than those of the city's areas: it was "
                    "not used to place rows.",
                    column=code,
                )
            )
        else:
            readers.append(reader)
    name = columns.get("area_name")
    if name:
        readers.append(LabelReader(name, "name", areas))
    if parent and not any(_means_something(sample, r) for r in readers):
        # The city's areas may be as large as what is called a district here.
        words = as_category(sample[parent])
        coarse = _settle_codes(parent, list(words.cat.categories), areas)
        if coarse is not None and _means_something(sample, coarse):
            readers, parent = [coarse], ""
    if parent and not _are_districts(as_category(sample[parent]), areas):
        parent = ""
    settled = []
    for reader in readers:
        words = as_category(sample[reader.column])
        if reader.kind == "code":
            share, n = _agreement(reader, words, inside)
            if n >= _WITNESSES and share < _OWN:
                notes.append(
                    t(
                        "The codes in the column {column} are not those of the city's areas: of the {n} rows "
                        "that also have a point, only {share} lie in the area of their code. They were not used.",
                        column=reader.column,
                        n=number(n),
                        share=percent(share),
                    )
                )
                continue
            settled.append(reader)
            continue
        heard, said = _by_witnesses(reader, words, inside)
        notes += said
        beside = parent if parent != reader.column else ""
        settled.append(LabelReader(reader.column, "name", areas, beside, heard=heard))
    return tuple(settled), tuple(notes)


def read_labels(
    frame: pd.DataFrame, reader: LabelReader, wanted: np.ndarray
) -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
    """The area of each row by one column.

    Parameters
    ----------
    wanted : array of bool
        Rows that have no area yet: only they are listed for a person.

    Returns
    -------
    area : ndarray of int32
        Position in the areas' codes; -1 where the column means none.
    strange : DataFrame
        See `places.Places`.
    filled : ndarray of bool
        Rows in which the column holds anything.
    """
    words = as_category(frame[reader.column])
    codes = words.cat.codes.to_numpy().astype(np.int64)
    names = list(words.cat.categories)
    unknown = np.array([normalise(w) in NOT_KNOWN for w in names] + [False])
    codes[unknown[codes]] = -1
    filled = codes >= 0
    beside = [""]
    if reader.parent:
        parents = as_category(frame[reader.parent])
        beside = [*parents.cat.categories, ""]
        second = parents.cat.codes.to_numpy().astype(np.int64)
        second[second < 0] = len(beside) - 1
        codes = np.where(filled, codes * len(beside) + second, -1)
    pairs, at = np.unique(codes, return_inverse=True)
    rows = np.bincount(at[wanted], minlength=len(pairs))
    positions = np.full(len(pairs), -1, dtype=np.int32)
    strange = []
    for i, pair in enumerate(pairs):
        if pair < 0:
            continue
        word, parent = names[pair // len(beside)], beside[pair % len(beside)]
        match = reader.match(word, parent)
        positions[i] = match.position
        if match.position >= 0 and match.how != "completed":
            continue
        kind = "completed" if match.how == "completed" else reader.kind
        area = reader.areas.codes[match.position] if match.position >= 0 else ""
        if rows[i]:
            strange.append((word, parent, kind, area, int(rows[i])))
    listed = pd.DataFrame(strange, columns=["value", "parent", "kind", "area", "rows"])
    return positions[at], listed, filled


def _settle_codes(
    column: str, words: Sequence[str], areas: KnownAreas
) -> LabelReader | None:
    """Codes, codes that lost their zeros, or names after all; None where they are codes of something else."""
    known = areas.by_code()
    reader = LabelReader(column, "code", areas)
    if any(reader.match(w).position >= 0 for w in words):
        return reader
    # Spreadsheets eat leading zeros; a code without them is taken only where it is plain whose it was.
    bare = {c.lstrip("0"): i for c, i in known.items() if c.isdigit()}
    if len(bare) == len(known):
        without = LabelReader(column, "code", areas, bare=True)
        if any(without.match(w).position >= 0 for w in words):
            return without
    named = LabelReader(column, "name", areas)
    if any(named.match(w).position >= 0 for w in words):
        return named
    shapes = {_shape(c) for c in known}
    return reader if not words or shapes & {_shape(w) for w in words} else None


def _means_something(sample: pd.DataFrame, reader: LabelReader) -> bool:
    """Whether any word of a column is an area's."""
    words = as_category(sample[reader.column]).cat.categories
    return any(reader.match(w).position >= 0 for w in words)


def _shape(code: str) -> str:
    """The form of a code: the wards of another year look like those of this year, police beats do not."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", code))


def _are_districts(words: pd.Series, areas: KnownAreas) -> bool:
    """Whether most words of a column are districts of the city."""
    kinds = list(words.cat.categories)
    known = sum(bool(areas.names_of.district(w)) for w in kinds)
    return bool(kinds) and known >= 0.5 * len(kinds)


def _agreement(
    reader: LabelReader, words: pd.Series, inside: np.ndarray
) -> tuple[float, int]:
    """The share of rows with a code and a point that lie in the area of their code, and how many there are."""
    meant = [reader.match(w).position for w in words.cat.categories]
    by_code = np.array([*meant, -1])[words.cat.codes.to_numpy()]
    both = (by_code >= 0) & (inside >= 0)
    n = int(both.sum())
    return (float((by_code[both] == inside[both]).mean()) if n else 1.0), n


def _by_witnesses(
    reader: LabelReader, words: pd.Series, inside: np.ndarray
) -> tuple[dict[str, int], list[str]]:
    """Names that are no area's, settled by the rows of that name that have a point.

    Where a source masks the points of violent offences but names their neighbourhood, and calls one area by
    another name than the map does, leaving them out would show that area as free of violence. The other
    rows of that name are witnesses: if nearly all lie in one area, the name means it.
    """
    heard: dict[str, int] = {}
    notes = []
    codes = words.cat.codes.to_numpy()
    for i, name in enumerate(words.cat.categories):
        if reader.match(name).position >= 0:
            continue
        seen = inside[(codes == i) & (inside >= 0)]
        if len(seen) < _WITNESSES:
            continue
        counts = np.bincount(seen)
        best = int(counts.argmax())
        if counts[best] < _AGREE * len(seen):
            continue
        heard[normalise(name)] = best
        notes.append(
            t(
                "Rows of {name} without a point count in {area}: of the {n} with one, {share} lie there.",
                name=name,
                area=reader.areas.names[best],
                share=percent(counts[best] / len(seen)),
                n=number(len(seen)),
            )
        )
    return heard, notes
