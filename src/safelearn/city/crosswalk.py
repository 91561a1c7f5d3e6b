"""Which offence is meant by the words a file uses? In: labels as published. Out: ICCS codes.

Only whole labels match, compared without case, accents and punctuation: a word inside a longer label turns
"attempted homicide" into homicide. What does not match stays unclassified, counts in every total, and is
listed for a person together with the nearest known label.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from safelearn.city.headers import normalise
from safelearn.city.profile import DETAIL
from safelearn.errors import SafelearnError
from safelearn.language import t


@dataclass(frozen=True)
class Crosswalk:
    """Labels and the ICCS codes they stand for.

    Attributes
    ----------
    codes : mapping of str to str
        Normalised label -> code.
    mixed : mapping of str to tuple of str
        Labels that a source uses for several sections at once -> the sections in them.
    """

    name: str
    codes: Mapping[str, str]
    mixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def code(self, label: str) -> str | None:
        """The code of one label, or None.

        A label that carries a detail ("THEFT › RETAIL THEFT") has the code of the whole, if there is one, else
        that of the offence.
        """
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

    def nearest(self, label: str, *, least: float = 70.0) -> tuple[str, str] | None:
        """The known label most like this one, and its code; never used without a person's yes."""
        from rapidfuzz import fuzz, process

        found = process.extractOne(
            normalise(label),
            list(self.codes),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=least,
        )
        return (found[0], self.codes[found[0]]) if found else None


def read_crosswalk(name: str, folder: Path | None = None) -> Crosswalk:
    """A crosswalk by name: the city's own in ``crosswalks/NAME.toml`` of its folder, else a built-in one.

    The generic words stand behind every crosswalk, so that a source's own file names only what differs.

    Raises
    ------
    SafelearnError
        If there is none of that name, or the city's own cannot be read.
    """
    own = folder / "crosswalks" / f"{name}.toml" if folder else None
    if own and own.is_file():
        return _parse(name, own.read_text(encoding="utf-8"), str(own))
    return _builtin(name)


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


def _parse(name: str, text: str, where: str) -> Crosswalk:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SafelearnError(
            t("The crosswalk cannot be read: {why}.", why=error), where=where
        ) from error
    codes = {normalise(k): str(v) for k, v in table.get("codes", {}).items()}
    mixed = {normalise(k): tuple(v) for k, v in table.get("mixed", {}).items()}
    if name != "generic":
        codes = {**_builtin("generic").codes, **codes}
    return Crosswalk(name, codes, mixed)
