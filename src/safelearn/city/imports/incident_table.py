"""The incidents of a city as an import will leave them. In: what is there and what is read. Out: one file, staged.

They may be more than fit in memory, so they stay on disk while files are added, replaced, or placed in new areas.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.folder import City
from safelearn.city.imports.history import Change
from safelearn.city.imports.parts import Parts, PartWriter
from safelearn.city.imports.quarters import Added, add_incidents
from safelearn.city.places.reading import KnownAreas
from safelearn.errors import SafelearnError
from safelearn.language import t

NAME = "incidents"


class IncidentTable:
    """The table of incidents under a change.

    Attributes
    ----------
    parts : Parts or None
        As it will be.
    changed : bool
    """

    def __init__(self, city: City, staged: Change) -> None:
        self._staged = staged
        self._made = 0
        self.changed = False
        path = city.folder / contracts.file_name(NAME)
        self.parts = _opened(path) if path.is_file() else None

    def scratch(self) -> Path:
        """Where to write incidents that are read."""
        self._made += 1
        return self._staged.scratch(f"{NAME}-{self._made}.parquet")

    def clear(self) -> None:
        """Begin anew."""
        self.parts, self.changed = None, True

    def written(self, frame: pd.DataFrame) -> Parts:
        """Incidents that are in memory, as parts."""
        with PartWriter(self.scratch()) as writer:
            writer.add(frame)
        return Parts(writer.path)

    def add(self, new: Parts) -> Added | None:
        """Join a file's incidents with those there are; what changed, or None if they are the first."""
        self.changed = True
        if self.parts is None or not len(self.parts):
            self.parts = new
            return None
        with PartWriter(self.scratch()) as writer:
            added = add_incidents(self.parts, new, writer.add)
        self.parts = Parts(writer.path)
        return added

    def place_anew(self, areas: KnownAreas) -> None:
        """Place incidents whose files are gone by their points; without one, by the code they had."""
        assert self.parts is not None
        with PartWriter(self.scratch()) as writer:
            for frame in self.parts.frames():
                writer.add(_placed(frame, areas))
        self.parts, self.changed = Parts(writer.path), True

    def filled(self, column: str) -> int:
        """Rows that have a value in a column."""
        if self.parts is None:
            return 0
        return sum(int(f[column].notna().sum()) for f in self.parts.frames([column]))

    def stage(self) -> None:
        """Let the table take its place with the change."""
        if self.changed and self.parts is not None:
            self.parts.path.replace(self._staged.stage(contracts.file_name(NAME)))
            self.parts = Parts(self._staged.current(contracts.file_name(NAME)))


def _opened(path: Path) -> Parts:
    try:
        return Parts(path)
    except (OSError, ValueError) as error:
        raise SafelearnError(
            t("The file is damaged and cannot be read."),
            where=str(path),
            remedy=t("Import the file again with `safelearn city import`."),
        ) from error


def _placed(incidents: pd.DataFrame, areas: KnownAreas) -> pd.DataFrame:
    from safelearn.city.areas import locate

    position = {code: i for i, code in enumerate(areas.codes)}
    had = incidents["area_id"].astype("object").map(position).fillna(-1).to_numpy(int)
    pointed = incidents["longitude"].notna().to_numpy()
    if areas.boundaries is not None:
        inside = locate(incidents["longitude"], incidents["latitude"], areas.boundaries)
        order = [position[c] for c in areas.boundaries["area_id"]] + [-1]
        had = np.where(pointed, np.array(order)[inside], had)
    categories = pd.Index(areas.codes, dtype="str")
    return incidents.assign(area_id=pd.Categorical.from_codes(had, categories))
