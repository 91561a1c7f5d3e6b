"""One file, read into one table of a city: the rows, the account, and what a person should look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.accounting import Accounting
from safelearn.city.imports.parts import Parts

if TYPE_CHECKING:
    import geopandas


@dataclass(frozen=True)
class Reading:
    """What a reader of a table made of a file.

    Attributes
    ----------
    table : str
    frame : DataFrame or None
        Rows in the table's canonical columns; None for incidents that were written as they were read.
    accounting : Accounting
    notes : tuple of str
        Assumptions, in sentences.
    profile : str
        How the file was read; empty for tables that need no profile.
    outlines : GeoDataFrame or None
        area_id, geometry (EPSG:4326), for areas.
    details : mapping of int to str
        Row of the file -> what exactly is wrong with it, for rows set aside.
    figures : mapping of str to int
        Counts worth keeping in the record, such as impossible ages.
    figures_by : mapping
        Where the rows of those figures lie, see `tallies`.
    examples : mapping of str to list of int
        Name of a figure -> the first entries of the account that show it.
    strange_places, strange_offences : DataFrame or None
        value, rows (and kind): what a person may confirm in `review/`.
    strange_names : tuple of str
        Names on population rows whose codes no area has.
    drafted : DataFrame or None
        Areas drafted from the codes or names in a file of incidents, for a city that has none.
    lines : callable
        Entry of the account -> the line of the file.
    parts : Parts or None
        Incidents, as they were written.
    origin : ndarray of int or None
        The entry of the account that each row comes from; None if they are the used ones, one for one.
    """

    table: str
    frame: pd.DataFrame | None
    accounting: Accounting
    notes: tuple[str, ...] = ()
    profile: str = ""
    outlines: geopandas.GeoDataFrame | None = None
    details: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)
    figures_by: Mapping[str, Any] = field(default_factory=dict)
    examples: Mapping[str, list[int]] = field(default_factory=dict)
    strange_places: pd.DataFrame | None = None
    strange_offences: pd.DataFrame | None = None
    strange_names: tuple[str, ...] = ()
    drafted: pd.DataFrame | None = None
    lines: Callable[[np.ndarray], np.ndarray] | None = None
    parts: Parts | None = None
    origin: np.ndarray | None = None
