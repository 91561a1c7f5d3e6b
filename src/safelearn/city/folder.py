"""The folder that holds a city's evidence.

In goes a path, out comes a `City`: its settings, its tables with their canonical types, its boundaries and
the record of its imports. Nothing is written here, and nothing heavy is loaded before it is asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city import contracts
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from safelearn.city.settings import Settings

_BOUNDARIES = "areas.geojson"
_OF_COUNTRY = "population of the country"


@dataclass(frozen=True)
class City:
    """A city, as its folder tells it. Open one with `City.open`.

    Attributes
    ----------
    folder : Path
        Where it lies.
    settings : Settings
        What ``city.toml`` says, with what it inherits.
    """

    folder: Path
    settings: Settings
    _read: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, path: str | Path) -> City:
        """Open the folder of a city.

        Raises
        ------
        SafelearnError
            If there is no such folder, if its settings are missing or wrong, or if an import was cut short while
            it wrote its tables.
        """
        from safelearn.city.imports.history import must_be_whole
        from safelearn.city.settings import FILE, read_settings

        folder = Path(path)
        if folder.name == FILE and folder.is_file():
            folder = folder.parent
        if not folder.is_dir():
            raise SafelearnError(
                t("{path} is a file, not the folder of a city.", path=folder)
                if folder.exists()
                else t("There is no folder called {path}.", path=folder),
                remedy=t(
                    "Check the path, or make a city folder with `safelearn city new`."
                ),
            )
        must_be_whole(folder)
        return cls(folder, read_settings(folder))

    @property
    def slug(self) -> str:
        """The name of the folder."""
        return self.folder.resolve().name

    def has(self, name: str) -> bool:
        """Whether the city has a table, its own or, of the population, its country's."""
        if self.has_own(name):
            return True
        return name == "population" and self._population_of_country() is not None

    def has_own(self, name: str) -> bool:
        """Whether a table stands in the city's own folder."""
        file = self.folder / contracts.file_name(name)
        if name == "areas" and (self.folder / _BOUNDARIES).is_file():
            return True
        return file.is_file()

    def table(self, name: str) -> pd.DataFrame | None:
        """A table with its canonical columns and types, or None if the city does not have it yet.

        The frame is the caller's own: changing it changes nothing in the city.

        Raises
        ------
        SafelearnError
            If the file breaks its contract, and for ``areas``, which every city must have, if it is missing.
        """
        if name not in self._read:
            self._read[name] = self._load(name)
        frame = self._read[name]
        return None if frame is None else frame.copy(deep=False)

    def incidents(self) -> pd.DataFrame | None:
        """The incidents, one row an event or victim, or None."""
        return self.table("incidents")

    def boundaries(self) -> gpd.GeoDataFrame | None:
        """The areas that have a boundary, or None if the city has no boundaries.

        Returns
        -------
        GeoDataFrame
            area_id, area_name, parent, geometry (WGS 84), in the order of their codes.
        """
        path = self.folder / _BOUNDARIES
        if not path.is_file():
            return None
        if _BOUNDARIES not in self._read:
            self._read[_BOUNDARIES] = self._shapes(path)
        return self._read[_BOUNDARIES].copy()

    def imports(self) -> list[dict[str, Any]]:
        """One record an import, the oldest first."""
        from safelearn.city.imports.history import records

        return records(self.folder)

    def _load(self, name: str) -> pd.DataFrame | None:
        file = self.folder / contracts.file_name(name)
        if file.is_file():
            return contracts.read_table(file, name)
        if name == "population":
            return self._population_of_country()
        if name != "areas":
            return None
        if not self.has("areas"):
            raise SafelearnError(
                t("The city has no areas yet, and every table needs them."),
                where=str(file),
                remedy=t(
                    "Import a list of the areas, or their boundaries, with `safelearn city import`."
                ),
            )
        return self._areas_from_boundaries(self.folder / _BOUNDARIES)

    def _population_of_country(self) -> pd.DataFrame | None:
        """The residents of the city's areas as its country counts them; None where it has no country."""
        from safelearn.city.country import population_of_country

        if not self.settings.inherits or not self.has_own("areas"):
            return None
        if _OF_COUNTRY not in self._read:
            areas = self.table("areas")
            codes = set() if areas is None else set(areas["area_id"])
            self._read[_OF_COUNTRY] = population_of_country(self.folder, codes)
        return self._read[_OF_COUNTRY]

    def _areas_from_boundaries(self, path: Path) -> pd.DataFrame:
        import pandas as pd

        try:
            shapes = json.loads(path.read_text(encoding="utf-8"))["features"]
            rows = pd.DataFrame([shape["properties"] or {} for shape in shapes])
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(path) from error
        known = [c for c in contracts.columns("areas") if c in rows]
        frame, problems = contracts.canonical(rows[known], "areas")
        if problems:
            from safelearn.city.tables.validation import summary

            raise summary(problems, path)
        return frame

    def _shapes(self, path: Path) -> gpd.GeoDataFrame:
        import geopandas as gpd

        try:
            shapes = gpd.read_file(path)
        except Exception as error:  # the readers below geopandas raise many kinds
            raise _unreadable(path) from error
        if "area_id" not in shapes:
            raise SafelearnError(
                t("The boundaries have no property called `area_id`."),
                where=str(path),
                remedy=t("Import the boundaries again with `safelearn city import`."),
            )
        shapes = shapes[shapes.geometry.notna()]
        shapes["area_id"] = shapes["area_id"].astype("str")
        areas = self.table("areas")
        strange = sorted(set(shapes["area_id"]) - set(areas["area_id"]))
        if strange:
            raise SafelearnError(
                t(
                    "The boundaries hold an area `{area}` that the table of areas does not have.",
                    area=strange[0],
                ),
                where=str(path),
                remedy=t("Import the boundaries again with `safelearn city import`."),
            )
        joined = shapes[["area_id", "geometry"]].merge(
            areas[["area_id", "area_name", "parent"]], on="area_id"
        )
        ordered = joined[["area_id", "area_name", "parent", "geometry"]]
        return ordered.sort_values("area_id", ignore_index=True)


def _unreadable(path: Path) -> SafelearnError:
    return SafelearnError(
        t("The boundaries cannot be read."),
        where=str(path),
        remedy=t("Import the boundaries again with `safelearn city import`."),
    )
