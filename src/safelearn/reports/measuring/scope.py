"""What every measuring part of a report is given: the city's tables, the months it speaks of, and the way out.

A part reads rows from here, measures, and lets out what disclosure control releases; no row goes further. A measure
that the data cannot carry is refused in a sentence, which the report and the manifest show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from safelearn.city.cube import CountCube
    from safelearn.city.folder import City
    from safelearn.city.settings import Settings
    from safelearn.errors import Refused
    from safelearn.reports.period import Period
    from safelearn.reports.release import Release


@dataclass(frozen=True)
class Scope:
    """The evidence before it is measured.

    Attributes
    ----------
    city : City
    release : Release
        The only way out: ``release.tables``, ``release.results`` and ``release.sentences``.
    able : frozenset of str
        Measures of `reports.sections` that the data can carry.
    period : Period or None
        None without incidents.
    cube : CountCube or None
        Counts of all incidents; None without incidents.
    refused : dict of str to Refused
        Measures that turned out to be refused, by name.
    options : dict
        What the parameters of a template say to its own parts.
    """

    city: City
    release: Release
    able: frozenset[str]
    period: Period | None = None
    cube: CountCube | None = None
    refused: dict[str, Refused] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.city.settings

    def table(self, name: str) -> pd.DataFrame | None:
        """A table of the city, or None."""
        return self.city.table(name)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The lowest administrative units."""
        return self.city.table("areas")

    @cached_property
    def incidents(self) -> pd.DataFrame | None:
        """The canonical rows."""
        return self.city.incidents()

    @cached_property
    def boundaries(self) -> GeoDataFrame | None:
        """The areas' outlines in degrees."""
        return self.city.boundaries()

    @cached_property
    def outlines(self) -> GeoDataFrame | None:
        """The same in metres."""
        from safelearn.diagnosis.grid import local_crs

        if self.boundaries is None:
            return None
        return self.boundaries.to_crs(local_crs(self.boundaries))
