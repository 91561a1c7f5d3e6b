"""Which offence is meant by the words a file uses? In: labels as published. Out: ICCS codes.

Only whole labels match, compared without case, accents and punctuation: a word inside a longer label turns
"attempted homicide" into homicide. What does not match stays unclassified, counts in every total, and is
listed for a person together with the nearest known label. Records in one classification are what a breakdown of
police records rests on (draft:25(d).1).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from safelearn.city.columns.profile import DETAIL
from safelearn.city.files.headers import normalise
from safelearn.city.inheritance import folders_above
from safelearn.errors import SafelearnError
from safelearn.language import t

#: What a person says of a label that is no offence.
EXCLUDED = "exclude"
#: Labels less alike than this (of 100) are no suggestion.
_LIKENESS = 70.0


class Suggestion(NamedTuple):
    """An offence whose name is like a label, and how much, of 100."""

    code: str
    score: float


#: The label of an offence that a file does not name. Data, so it is not translated.
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Crosswalk:
    """Labels and the ICCS codes they stand for.

    Attributes
    ----------
    codes : mapping of str to str
        Normalised label -> code.
    mixed : mapping of str to tuple of str
        Labels that a source uses for several sections at once -> the sections in them.
    closed, excluded : frozenset of str
        Normalised labels that a person has said to have no code, and those of them that are no offence at all.
    """

    name: str
    codes: Mapping[str, str]
    mixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def code(self, label: str) -> str | None:
        """The code of one label, or None.

        A label that carries a detail ("THEFT › RETAIL THEFT") has the code of the whole, if there is one, else
        that of the offence.
        """
        if normalise(label) in self.closed:
            return None
        whole = self.codes.get(normalise(label))
        if whole is None and DETAIL in label:
            return self.codes.get(normalise(label.split(DETAIL)[0]))
        return whole

    def sections(self, label: str) -> tuple[str, ...]:
        """The sections that a label holds, where it holds several; empty where it does not."""
        if DETAIL in label and normalise(label) not in self.codes:
            label = label.split(DETAIL)[0]
        return self.mixed.get(normalise(label), ())

    def classify(self, labels: pd.Series) -> pd.Series:
        """ICCS code of each label, as an ordered-by-code category; NA where it is not known.

        Parameters
        ----------
        labels : Series of category
            Labels as published.
        """
        kinds = labels.cat.categories
        known = {kind: self.code(kind) for kind in kinds}
        codes = sorted({code for code in known.values() if code})
        position = {code: i for i, code in enumerate(codes)}
        lookup = [position.get(known[kind] or "", -1) for kind in kinds] + [-1]
        taken = pd.array(lookup)[labels.cat.codes.to_numpy()]
        return pd.Series(
            pd.Categorical.from_codes(
                taken, categories=pd.Index(codes, dtype="str"), ordered=False
            ),
            index=labels.index,
        )

    def unknown(self, labels: Iterable[str]) -> list[str]:
        """The labels that have no code."""
        return sorted({label for label in labels if self.code(label) is None})

    def confirm(self, answers: Mapping[str, str]) -> Crosswalk:
        """The crosswalk with what a person has said of labels (see `review.confirmed_offences`) before its own."""
        codes = {k: v for k, v in self.codes.items() if k not in answers}
        codes |= {k: v for k, v in answers.items() if v not in (EXCLUDED, "-")}
        closed = {k for k, v in answers.items() if v in (EXCLUDED, "-")}
        excluded = {k for k, v in answers.items() if v == EXCLUDED}
        return replace(
            self,
            codes=codes,
            closed=self.closed | closed,
            excluded=self.excluded | excluded,
        )

    def suggest(self, label: str) -> list[Suggestion]:
        """The offences most like a label, two at most; never used without a person's yes.

        It is compared with all known labels and with the names of the classification.
        """
        from rapidfuzz import fuzz, process

        from safelearn.guidelines import offences

        known = {normalise(offences.name(c)): c for c in offences.codes()} | self.codes
        words = list(known)
        best: dict[str, float] = {}
        # A word within the label tells less than the label as a whole.
        for scorer, weight in (
            (fuzz.token_sort_ratio, 1.0),
            (fuzz.token_set_ratio, 0.9),
        ):
            found = process.extract(
                normalise(label), words, scorer=scorer, limit=5, score_cutoff=_LIKENESS
            )
            for word, score, _ in found:
                code = known[word]
                best[code] = max(best.get(code, 0.0), round(weight * score, 1))
        order = sorted(best, key=lambda code: (-best[code], code))
        return [Suggestion(code, best[code]) for code in order[:2]]


def read_crosswalk(name: str, folder: Path | None = None) -> Crosswalk:
    """A crosswalk by name: the city's own in ``crosswalks/NAME.toml`` of its folder, its country's, or a built-in one.

    The generic words stand behind every crosswalk, so that a source's own file names only what differs.

    Raises
    ------
    SafelearnError
        If there is none of that name, or the city's own cannot be read.
    """
    found: Crosswalk | None = None
    for place in reversed((folder, *folders_above(folder))) if folder else ():
        path = place / "crosswalks" / f"{name}.toml"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            found = _parse(name, text, str(path), below=found)
    return found or _builtin(name)


@lru_cache(maxsize=16)
def _builtin(name: str) -> Crosswalk:
    inside = files("safelearn.city") / "crosswalks" / f"{name}.toml"
    try:
        return _parse(name, inside.read_text(encoding="utf-8"), name)
    except FileNotFoundError as error:
        raise SafelearnError(
            t("There is no offence crosswalk called {name}.", name=name),
            remedy=t(
                "Put it in the city's folder as crosswalks/{name}.toml.", name=name
            ),
        ) from error


def _parse(
    name: str, text: str, where: str, *, below: Crosswalk | None = None
) -> Crosswalk:
    """A crosswalk from its text, over the generic words or over that of the country."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SafelearnError(
            t("The crosswalk cannot be read: {why}.", why=error), where=where
        ) from error
    codes = {normalise(k): str(v) for k, v in table.get("codes", {}).items()}
    mixed = {normalise(k): tuple(v) for k, v in table.get("mixed", {}).items()}
    if below is not None:
        codes, mixed = {**below.codes, **codes}, {**below.mixed, **mixed}
    elif name != "generic":
        codes = {**_builtin("generic").codes, **codes}
    return Crosswalk(name, codes, mixed)
