"""Which area does an address name? In: addresses and the city's areas. Out: areas, and nothing else of the address.

"Cra 80 # 30-12, Barrio Belén" names Belén, if that is an area of the city and no other is named. A street may be
called like an area, so this is used only where a profile says that the addresses of a source name their areas,
or for the names that a person has confirmed in `review/areas.xlsx`. There stands the name of the area and in how
many rows it occurs, never an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import NONE_OF_THEM, KnownAreas, confirmation_key

#: Names shorter than this are too often part of something else.
_LETTERS = 4


@dataclass(frozen=True)
class AddressReader:
    """How the areas within addresses are read.

    Attributes
    ----------
    column : str
    areas : KnownAreas
    trusted : bool
        Whether the profile says that the addresses name their areas.
    """

    column: str
    areas: KnownAreas
    trusted: bool = False

    @cached_property
    def _phrases(self) -> Mapping[tuple[str, ...], int]:
        """The words of each name that is one area's only -> its position."""
        return {
            tuple(name.split()): position
            for name, position in self.areas.by_name().items()
            if sum(c.isalpha() for c in name) >= _LETTERS
        }

    @cached_property
    def _longest(self) -> int:
        return max((len(phrase) for phrase in self._phrases), default=0)

    def named(self, address: str) -> int:
        """The area whose name is the longest in an address; -1 if there is none, or two as long."""
        words = normalise(address).split()
        for length in range(min(self._longest, len(words)), 0, -1):
            found = {
                self._phrases[phrase]
                for i in range(len(words) - length + 1)
                if (phrase := tuple(words[i : i + length])) in self._phrases
            }
            if found:
                return found.pop() if len(found) == 1 else -1
        return -1

    def meant(self, position: int) -> int:
        """The area that rows count in whose address names this one; -1 until that is confirmed."""
        key = confirmation_key(self.areas.names[position], kind="address")
        answer = self.areas.confirmed.get(key)
        if answer is None:
            return position if self.trusted else -1
        return -1 if answer == NONE_OF_THEM else self.areas.by_code().get(answer, -1)

    def read(
        self, frame: pd.DataFrame, wanted: np.ndarray
    ) -> tuple[np.ndarray, pd.DataFrame]:
        """The area of each of the rows wanted, and the names to be confirmed (see `places.Places.strange`)."""
        area = np.full(len(frame), -1, dtype=np.int32)
        rows = np.flatnonzero(wanted)
        codes, kinds = pd.factorize(frame[self.column].iloc[rows])
        named = np.array([*(self.named(kind) for kind in kinds), -1])[codes]
        strange = []
        for position in sorted(set(named.tolist()) - {-1}):
            here = rows[named == position]
            meant = self.meant(position)
            area[here] = meant
            if meant < 0:
                name, code = self.areas.names[position], self.areas.codes[position]
                strange.append((name, "", "address", code, len(here)))
        columns = ["value", "parent", "kind", "area", "rows"]
        return area, pd.DataFrame(strange, columns=columns)
