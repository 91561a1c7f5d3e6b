"""Where did each event happen? In: coordinates, codes and names as published. Out: point, area, precision.

Coordinates decide where there are any and the city has boundaries; else the code of the area; else its name.
Nothing is joined by likeness: near misses go to `review/areas.xlsx` for a person. A row without a place stays,
and counts in every total as not located.

How the columns of a file are read is settled once, on a sample that is spread over all of it; rows are then
read one by one, so that a file read in pieces gives the same as the file read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from safelearn.city.columns.profiles import Profile
from safelearn.city.places.addresses import AddressReader
from safelearn.city.places.coordinates import settle_coordinates
from safelearn.city.places.labels import LabelReader, read_labels, settle_labels
from safelearn.city.places.matching import KnownAreas
from safelearn.city.places.points import PointReader, explain_nowhere, settle_points
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

__all__ = [
    "KnownAreas",
    "PlaceReader",
    "Places",
    "gather_strange",
    "settle_places",
]

PRECISIONS = ("exact", "snapped", "area", "none")
#: Columns of `Places.strange`.
STRANGE = ("value", "parent", "kind", "area", "rows")
#: A column with more different words than this holds no names of areas, and nobody will look at them all.
_LISTED = 20_000


@dataclass(frozen=True)
class Places:
    """Where rows are.

    Attributes
    ----------
    longitude, latitude : ndarray of float
        WGS84; NaN where there is no point.
    area : ndarray of int32
        Position in the areas' codes; -1 where not located.
    precision : Categorical
        exact, snapped, area or none.
    strange : DataFrame
        What a person should look at, of rows without a point: value, parent (the district beside it), kind, area,
        rows. Kind is ``code`` or ``name`` of no area, ``completed``: a name written short that was taken for that
        of `area`, or ``address``: an area's name within addresses. `gather_strange` adds them up.
    figures : dict of str to int
        ``zero_coordinates``, ``outside`` (points in no area), ``swapped``, ...: rows, where there are any.
        They add up over the pieces of a file.
    """

    longitude: np.ndarray
    latitude: np.ndarray
    area: np.ndarray
    precision: pd.Categorical
    strange: pd.DataFrame
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PlaceReader:
    """How the places of one file are read.

    Attributes
    ----------
    notes : tuple of str
        What was settled for the file as a whole. What was met row by row is said by `say`, at the end.
    """

    areas: KnownAreas
    points: PointReader
    labels: tuple[LabelReader, ...] = ()
    addresses: AddressReader | None = None
    notes: tuple[str, ...] = ()

    def read(self, frame: pd.DataFrame, masked: np.ndarray | None = None) -> Places:
        """Find the point and the area of each row of a file, or of a piece of it.

        Parameters
        ----------
        frame : DataFrame of str
        masked : array of bool, optional
            Rows whose place the source hides.
        """
        x, y, area, coarse, figures = self.points.read(frame, masked)
        pointed = ~np.isnan(x)
        # A point outside every area is known not to be in one, whatever the code beside it says.
        outlined = self.points.raster is not None
        open_rows = ~pointed if outlined else np.ones(len(frame), bool)
        strange = []
        for reader in self.labels:
            fill = open_rows & (area < 0)
            found, more, filled = read_labels(frame, reader, fill)
            area[fill] = found[fill]
            strange.append(more)
            if reader.kind == "name":
                placed = int((fill & (area >= 0)).sum())
                figures["by_name"] = figures.get("by_name", 0) + placed
            # A code that is not the city's own is never overruled by a name: the borders may differ.
            open_rows &= ~filled
        if self.addresses is not None:
            fill = open_rows & (area < 0)
            found, more = self.addresses.read(frame, fill)
            area[fill] = found[fill]
            figures["by_address"] = int((fill & (area >= 0)).sum())
            strange.append(more)
        listed = gather_strange(strange)
        open_ = listed["kind"] != "completed"
        figures["to_confirm"] = int(listed.loc[open_, "rows"].sum())
        point = PRECISIONS.index("snapped" if self.points.snapped else "exact")
        precision = np.where(pointed & ~coarse, point, np.where(area >= 0, 2, 3))
        return Places(
            x,
            y,
            area,
            pd.Categorical.from_codes(precision, categories=list(PRECISIONS)),
            listed,
            {name: n for name, n in figures.items() if n},
        )

    def say(self, figures: Mapping[str, int]) -> tuple[str, ...]:
        """What was met in all rows of the file, in sentences.

        Parameters
        ----------
        figures : mapping
            Those of all its pieces, added up.
        """
        said = self.points.say(figures)
        named = [reader.column for reader in self.labels if reader.kind == "name"]
        if named and figures.get("by_name", 0):
            said.append(
                tn(
                    "{n} row names its area in the column {column}.",
                    "{n} rows name their area in the column {column}.",
                    figures["by_name"],
                    column=listing(named),
                )
            )
        if figures.get("by_address", 0):
            said.append(
                tn(
                    "{n} row names its area in its address.",
                    "{n} rows name their area in their addresses.",
                    figures["by_address"],
                )
            )
        if figures.get("to_confirm", 0):
            said.append(names_that_wait(figures["to_confirm"]))
        return tuple(said)


def settle_places(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    areas: KnownAreas,
    *,
    crs: str | None = None,
    masked: np.ndarray | None = None,
    where: str = "",
) -> PlaceReader:
    """Decide how the places of a file are read.

    Parameters
    ----------
    sample : DataFrame of str
        Rows from all over the file; all of them where there are not too many.
    columns : mapping
        Field -> column.
    crs : str, optional
        The coordinate system that a person named.
    masked : array of bool, optional
        Rows of the sample whose place the source hides.

    Raises
    ------
    SafelearnError
        If the coordinates are not degrees and nobody says what they are, `crs` is unknown, or rows have places
        but not one of them lies in an area of the city.
    """
    coordinates = settle_coordinates(sample, columns, profile, crs=crs, where=where)
    points, inside = settle_points(
        sample,
        coordinates,
        areas,
        snapped=profile.place_precision == "snapped",
        masked=masked,
        where=where,
    )
    labels, said = settle_labels(sample, columns, areas, inside)
    addresses = None
    if "address" in columns and areas.codes:
        trusted = profile.addresses_name_areas
        addresses = AddressReader(columns["address"], areas, trusted)
    reader = PlaceReader(areas, points, labels, addresses, (*points.notes, *said))
    if areas.strict and areas.codes:
        places = [columns[f] for f in ("area_id", "area_name") if f in columns]
        _must_lie_somewhere(reader, sample, places, masked, where)
    return reader


def gather_strange(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """What a person should look at, of several columns or pieces of a file, added up: the commonest first."""
    total: Counter[tuple[str, ...]] = Counter()
    for part in parts:
        for *key, n in part[list(STRANGE)].itertuples(index=False):
            total[tuple(key)] += int(n)
    order = sorted(total, key=lambda key: (-total[key], key))[:_LISTED]
    words = {
        name: pd.Series([key[i] for key in order], dtype="str")
        for i, name in enumerate(STRANGE[:-1])
    }
    rows = pd.Series([total[key] for key in order], dtype="int64")
    return pd.DataFrame({**words, "rows": rows})


def _must_lie_somewhere(
    reader: PlaceReader,
    sample: pd.DataFrame,
    columns: list[str],
    masked: np.ndarray | None,
    where: str,
) -> None:
    """Raise if rows of the sample have places, and not one of them lies in an area of the city."""
    places = reader.read(sample, masked)
    if (places.area >= 0).any():
        return
    named = any((sample[column].str.strip() != "").any() for column in columns)
    pointed = (~np.isnan(places.longitude)).any()
    if named or (reader.points.raster is not None and pointed):
        raise SafelearnError(
            t("No row of the file lies in an area of this city."),
            where=where,
            remedy=" ".join(
                filter(
                    None,
                    (
                        t(
                            "Check that it is the right city, name the coordinate system with --crs, and compare "
                            "the codes or names of areas with those of the table of areas."
                        ),
                        explain_nowhere(reader.points, sample, reader.areas),
                    ),
                )
            ),
        )


def names_that_wait(rows: int) -> str:
    """A sentence on rows whose places a person has yet to confirm."""
    return tn(
        "{n} row names a place that may be an area of the city: it waits in review/areas.xlsx.",
        "{n} rows name places that may be areas of the city: they wait in review/areas.xlsx.",
        rows,
    )
