"""How the rows of one file become incidents. In: a sample of it and its profile. Out: a reader of its pieces.

Whatever holds for a whole column (the order of day and month, the decimal mark, whether M is a woman) is settled
once, on a sample that is spread over the file. Then each row is read by itself, so that a file read in pieces gives
what it gives as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.columns.crosswalk import NOT_STATED, Crosswalk
from safelearn.city.columns.profiles import Profile
from safelearn.city.columns.victims import (
    as_category,
    read_age,
    read_coded,
    read_sex,
    read_yes_no,
    settle_sexes,
)
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import Numerals, settle_numerals
from safelearn.city.places.reading import KnownAreas, PlaceReader, Places, settle_places
from safelearn.city.times.reading import TimeReader, Times, settle_times
from safelearn.language import t

CODED = ("relation", "mechanism", "place_type")


@dataclass(frozen=True)
class Piece:
    """Rows of a piece of a file.

    Attributes
    ----------
    frame : DataFrame
        Canonical, one row a row of the piece.
    unlabelled, unweighed, nothing : ndarray of bool
        Rows without an offence; without a number of events; with a number of 0, which are no event.
    strange : DataFrame
        As `Places.strange`.
    words : dict of str to list of str
        Of the columns with fixed codes: what is written in them.
    marks : dict of str to ndarray of bool
        Rows that show something that the canonical ones no longer do.
    figures : dict of str to int
        What was met, counted; adds up over the pieces.
    """

    frame: pd.DataFrame
    unlabelled: np.ndarray
    unweighed: np.ndarray
    nothing: np.ndarray
    strange: pd.DataFrame
    words: dict[str, list[str]]
    marks: dict[str, np.ndarray]
    figures: dict[str, int]


@dataclass(frozen=True)
class RowReader:
    """How the rows of one file are read; see `settle_rows`.

    Attributes
    ----------
    label : str
        The one offence of all rows, where no column says it.
    assumed : bool
        Whether `label` is what the profile assumes.
    notes : tuple of str
        What was settled for the whole file.
    """

    profile: Profile
    columns: Mapping[str, str]
    areas: KnownAreas
    crosswalk: Crosswalk
    times: TimeReader
    places: PlaceReader
    label: str = ""
    assumed: bool = False
    counts: Numerals | None = None
    ages: Numerals | None = None
    sexes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def read(self, frame: pd.DataFrame) -> Piece:
        """Read the rows of a piece of the file.

        Parameters
        ----------
        frame : DataFrame of str
            Its index counts from 0.
        """
        hides = self.profile.masked[2]
        masked = _masked(frame, self.profile)
        times = self.times.read(frame, masked if "time" in hides else None)
        places = self.places.read(frame, masked if "place" in hides else None)
        labels = self._labels(frame)
        unlabelled = labels.isna().to_numpy()
        count, unweighed, nothing = self._weights(frame)
        coded = {
            name: as_category(frame[self.columns[name]])
            for name in CODED
            if name in self.columns
        }
        rows, marks = self._assemble(frame, times, places, labels, count, coded)
        words = {name: list(kinds.cat.categories) for name, kinds in coded.items()}
        figures = {**times.figures, **places.figures}
        figures["other_offences"] = self._unlike(frame)
        return Piece(
            rows, unlabelled, unweighed, nothing, places.strange, words, marks, figures
        )

    def _labels(self, frame: pd.DataFrame) -> pd.Series:
        if self.label:
            codes = np.zeros(len(frame), dtype=np.int8)
            kinds = pd.Index([self.label], dtype="str")
            return pd.Series(pd.Categorical.from_codes(codes, categories=kinds))
        return as_category(frame[self.columns["offence_label"]])

    def _unlike(self, frame: pd.DataFrame) -> int:
        """Rows that do not look like the offence that the profile assumes."""
        column = _telling(frame, self.profile)
        if not self.assumed or column is None:
            return 0
        kinds = frame[column].value_counts()
        odd = [not _is_telling(k, self.profile) for k in kinds.index]
        return int(kinds[odd].sum())

    def _weights(
        self, frame: pd.DataFrame
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n = len(frame)
        none = np.zeros(n, dtype=bool)
        if self.counts is None:
            return np.ones(n, dtype=np.int32), none, none
        values = self.counts.read(frame[self.columns["count"]])
        good = (values >= 1) & (values < 2**31)
        count = np.where(good, np.where(good, values, 1), 1).astype(np.int32)
        return count, ~good, values == 0

    def _assemble(
        self,
        frame: pd.DataFrame,
        times: Times,
        places: Places,
        labels: pd.Series,
        count: np.ndarray,
        coded: Mapping[str, pd.Series],
    ) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
        columns, words = self.columns, self.profile.values
        missing = pd.Series(pd.NA, index=frame.index, dtype="str")
        marks: dict[str, np.ndarray] = {}

        def given(name: str) -> pd.Series:
            return frame[columns[name]] if name in columns else missing

        identifier = given("incident_id").str.strip()
        if labels.isna().any():
            labels = labels.cat.add_categories([NOT_STATED]).fillna(NOT_STATED)
        area = pd.Index(self.areas.codes, dtype="str")
        rows = {
            "incident_id": identifier.where(identifier != ""),
            "occurred_from": times.occurred_from,
            "occurred_to": times.occurred_to,
            "time_precision": times.precision,
            "area_id": pd.Categorical.from_codes(places.area, categories=area),
            "longitude": places.longitude,
            "latitude": places.latitude,
            "place_precision": places.precision,
            "offence": self.crosswalk.classify(labels),
            "offence_label": labels,
            "victim_sex": read_sex(given("victim_sex"), self.sexes),
            "victim_age": pd.array(np.full(len(frame), np.nan), dtype="Int16"),
        }
        if self.ages is not None:
            rows["victim_age"], impossible = read_age(given("victim_age"), self.ages)
            marks["impossible_ages"] = impossible
        for name in CODED:
            kinds = coded.get(name, missing)
            rows[name], _ = read_coded(kinds, name, words.get(name, {}))
        rows["domestic"] = read_yes_no(given("domestic"), words.get("domestic"))
        rows["place_key"] = self._keys(frame, missing)
        rows["count"] = count
        order = contracts.columns("incidents")
        return pd.DataFrame({c: rows[c] for c in order}, index=frame.index), marks

    def _keys(self, frame: pd.DataFrame, missing: pd.Series) -> pd.Series:
        """A scrambled key of the address, so that repeats can be counted; none where the source moves points."""
        column = self.columns.get("address")
        if column is None or self.profile.place_precision == "snapped":
            return missing
        codes, kinds = pd.factorize(frame[column])
        keys = [_key(k) if k.strip() else None for k in kinds]
        return pd.Series(keys, dtype="str").take(codes).set_axis(frame.index)


@lru_cache(maxsize=1 << 16)
def _key(address: str) -> str:
    plain = normalise(address).encode()
    return hashlib.blake2b(plain, digest_size=8, person=b"safelearn").hexdigest()


def settle_rows(
    sample: pd.DataFrame,
    profile: Profile,
    columns: Mapping[str, str],
    crosswalk: Crosswalk,
    areas: KnownAreas,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    crs: str | None = None,
    offence: str | None = None,
    where: str = "",
) -> RowReader:
    """Decide how the rows of a file are read; the parameters are those of `incidents.read_incidents`.

    Raises
    ------
    SafelearnError
        If no date is found, or no row of the sample lies in an area of the city.
    """
    hides = profile.masked[2]
    masked = _masked(sample, profile)
    times = settle_times(
        sample,
        columns,
        profile,
        zone=zone,
        file_zone=file_zone,
        masked=masked if "time" in hides else None,
    )
    label, assumed, said = _one_label(sample, profile, columns, offence)
    places = settle_places(
        sample,
        columns,
        profile,
        areas,
        crs=crs,
        masked=masked if "place" in hides else None,
        where=where,
    )
    counts = ages = None
    if "count" in columns:
        counts = settle_numerals(sample[columns["count"]], whole=True)
    if "victim_age" in columns:
        ages = settle_numerals(sample[columns["victim_age"]])
    sexes = profile.values.get("victim_sex", {})
    if "victim_sex" in columns:
        sexes = settle_sexes(sample[columns["victim_sex"]], sexes)
    return RowReader(
        profile,
        columns,
        areas,
        crosswalk,
        times,
        places,
        label,
        assumed,
        counts,
        ages,
        sexes,
        (*times.notes, *said, *places.notes),
    )


def _one_label(
    sample: pd.DataFrame,
    profile: Profile,
    columns: Mapping[str, str],
    offence: str | None,
) -> tuple[str, bool, list[str]]:
    """The offence of all rows where no column names it, whether the profile assumes it, and what to say."""
    if offence:
        return offence, False, []
    if "offence_label" in columns:
        return "", False, []
    if profile.offence and _means_what_it_says(sample, profile):
        said = t(
            "The file does not name its offence: read as {label}, by its other columns.",
            label=profile.offence,
        )
        return profile.offence, True, [said]
    said = t(
        "The file does not name its offence: all rows count as one, not stated. Name it with --offence."
    )
    return NOT_STATED, False, [said]


def _means_what_it_says(sample: pd.DataFrame, profile: Profile) -> bool:
    """Whether the values of the telling column are those of the offence that the profile assumes."""
    if not profile.offence_if[0]:
        return True
    column = _telling(sample, profile)
    if column is None:
        return False
    return all(_is_telling(k, profile) for k in sample[column].unique())


def _telling(frame: pd.DataFrame, profile: Profile) -> str | None:
    wanted = profile.offence_if[0]
    return next((c for c in frame.columns if wanted and normalise(c) == wanted), None)


def _is_telling(value: str, profile: Profile) -> bool:
    return normalise(value) in profile.offence_if[1] or not value.strip()


def _masked(frame: pd.DataFrame, profile: Profile) -> np.ndarray | None:
    column, value, _ = profile.masked
    found = [c for c in frame.columns if normalise(c) == column]
    if not column or not found:
        return None
    codes, kinds = pd.factorize(frame[found[0]])
    hidden = np.array([normalise(k) == value for k in kinds], dtype=bool)
    return hidden[codes]
