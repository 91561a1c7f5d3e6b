"""What happened, row by row, in the form that all measures read? In: a file as text and its profile.

Out: canonical incidents (local time, area, ICCS code, victim) and the account of every row. A row without a
place or with an offence that nobody classified is used; only what no measure can use is set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import Accounting, account, must_use_something
from safelearn.city.crosswalk import Crosswalk
from safelearn.city.formats import Source
from safelearn.city.headers import normalise
from safelearn.city.numerals import as_floats
from safelearn.city.places import KnownAreas, Places, place_rows
from safelearn.city.preparing import left_out
from safelearn.city.profiles import Profile
from safelearn.city.times import Times, read_times
from safelearn.city.victims import (
    as_category,
    impossible_ages,
    read_age,
    read_coded,
    read_sex,
    read_yes_no,
    victim_figures,
    victim_notes,
)
from safelearn.guidelines.offences import name as offence_name
from safelearn.language import listing, number, t, tn

#: The label of an offence that a file does not name. Data, so it is not translated.
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Incidents:
    """A file of incidents, read.

    Attributes
    ----------
    frame : DataFrame
        Canonical incidents; its index is the row in the file.
    accounting : Accounting
    notes : tuple of str
        Assumptions, in sentences.
    strange_places : DataFrame
        value, rows, kind: what names no area.
    strange_offences : DataFrame
        value, rows: labels without an ICCS code.
    figures : dict of str to int
        ``impossible_ages``, and those of `Places`.
    """

    frame: pd.DataFrame
    accounting: Accounting
    notes: tuple[str, ...]
    strange_places: pd.DataFrame
    strange_offences: pd.DataFrame
    figures: dict[str, int]


def read_incidents(
    source: Source,
    profile: Profile,
    columns: Mapping[str, str],
    crosswalk: Crosswalk,
    areas: KnownAreas,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    crs: str | None = None,
    offence: str | None = None,
) -> Incidents:
    """Turn a file of incidents into canonical rows.

    Parameters
    ----------
    source : Source
        From `formats.read_source`.
    columns : mapping
        Field -> column, from `Profile.assign` or `guess.guess_columns`.
    zone : ZoneInfo
        The city's time zone.
    file_zone, crs, offence : str, optional
        What a person said: the zone of the stamps, the coordinate system, the label of the one offence.

    Raises
    ------
    SafelearnError
        If no date is found, no row lies in an area of the city, or no row can be used.
    """
    frame = source.frame
    n = len(frame)
    masked = _masked(frame, profile)
    hides = profile.masked[2]
    times, said_time = read_times(
        frame,
        columns,
        profile,
        zone=zone,
        file_zone=file_zone,
        masked=masked if "time" in hides else None,
    )
    labels, said_offence = _offences(frame, profile, columns, offence)
    notes = [*said_time, *said_offence]
    count, weighed, said_count = _weights(frame, columns)
    notes += said_count
    broken = source.broken if source.broken is not None else np.zeros(n, dtype=bool)
    against = {
        "broken row": broken,
        "no readable date": np.isnat(times.occurred_from),
        "no offence and no weight": labels.isna().to_numpy() & ~weighed,
    }
    if profile.leave_out:
        against["not an event"] = left_out(frame, profile)
    if "incident_id" in columns and not profile.repeats_identifiers:
        against["repeated identifier"] = _repeated(frame, columns["incident_id"])
    accounting = account(n, against)
    must_use_something(accounting, source.name)
    places, said_places = place_rows(
        frame,
        columns,
        profile,
        areas,
        crs=crs,
        masked=masked if "place" in hides else None,
        where=source.name,
    )
    notes += said_places
    rows, said = _assemble(frame, columns, profile, times, places, labels, count, areas)
    notes += said
    codes = crosswalk.classify(rows["offence_label"])
    rows.insert(rows.columns.get_loc("offence_label"), "offence", codes)
    rows = rows[accounting.used]
    notes += _mixed(rows, crosswalk)
    notes += victim_notes(victim_figures(frame[accounting.used], columns, profile))
    notes += _left_out_offences(profile)
    return Incidents(
        rows,
        accounting,
        tuple(notes),
        places.strange,
        _unclassified(rows),
        {**_figures(frame, columns, accounting.used), **places.figures},
    )


def _repeated(frame: pd.DataFrame, column: str) -> np.ndarray:
    """Rows that repeat an earlier one to the letter, among those that share an identifier."""
    shared = frame[column].duplicated(keep=False) & (frame[column].str.strip() != "")
    result = np.zeros(len(frame), dtype=bool)
    result[shared] = frame[shared].duplicated()
    return result


def _figures(
    frame: pd.DataFrame, columns: Mapping[str, str], used: np.ndarray
) -> dict[str, int]:
    """Counts that the canonical rows no longer show, for `quality.check`."""
    if "victim_age" not in columns:
        return {}
    impossible = impossible_ages(frame[columns["victim_age"]])
    return {"impossible_ages": int((impossible & used).sum())}


def _masked(frame: pd.DataFrame, profile: Profile) -> np.ndarray | None:
    column, value, _ = profile.masked
    found = [c for c in frame.columns if normalise(c) == column]
    if not column or not found:
        return None
    codes, kinds = pd.factorize(frame[found[0]])
    hidden = np.array([normalise(k) == value for k in kinds])
    return hidden[codes]


def _offences(
    frame: pd.DataFrame, profile: Profile, columns: Mapping[str, str], given: str | None
) -> tuple[pd.Series, list[str]]:
    """Labels as published; one label for all rows where the file has no such column."""
    if given:
        return _one_label(len(frame), given), []
    if "offence_label" in columns:
        labels = as_category(frame[columns["offence_label"]])
        blank = int(labels.isna().sum())
        if not blank:
            return labels, []
        return labels, [
            tn(
                "{n} row names no offence: it counts in totals, as not stated.",
                "{n} rows name no offence: they count in totals, as not stated.",
                blank,
            )
        ]
    if profile.offence and _means_what_it_says(frame, profile):
        return _one_label(len(frame), profile.offence), [
            t(
                "The file does not name its offence: read as {label}, by its other columns.",
                label=profile.offence,
            )
        ]
    return _one_label(len(frame), NOT_STATED), [
        t(
            "The file does not name its offence: all rows count as one, not stated. Name it with --offence."
        )
    ]


def _means_what_it_says(frame: pd.DataFrame, profile: Profile) -> bool:
    """Whether the values of the telling column are those of the offence that the profile assumes."""
    column, allowed = profile.offence_if
    found = [c for c in frame.columns if normalise(c) == column]
    if not column:
        return True
    if not found:
        return False
    kinds = frame[found[0]].unique()
    return all(normalise(k) in allowed or not k.strip() for k in kinds)


def _one_label(n: int, label: str) -> pd.Series:
    codes = np.zeros(n, dtype=np.int8)
    kinds = pd.Index([label], dtype="str")
    return pd.Series(pd.Categorical.from_codes(codes, categories=kinds))


def _weights(
    frame: pd.DataFrame, columns: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Events each row stands for, whether it says so (a file without weights has one a row), and notes."""
    n = len(frame)
    if "count" not in columns:
        return np.ones(n, dtype=np.int32), np.ones(n, dtype=bool), []
    values = as_floats(frame[columns["count"]])
    weighed = (values >= 1) & (values < 2**31)
    count = np.where(weighed, np.where(weighed, values, 1), 1).astype(np.int32)
    notes = [
        t("Rows are weights: their sum is {n} events.", n=number(int(count.sum())))
    ]
    left = int((~weighed).sum())
    if left:
        notes.append(
            tn(
                "{n} row has no usable weight: with an offence it counts as one event.",
                "{n} rows have no usable weight: with an offence they count as one event each.",
                left,
            )
        )
    return count, weighed, notes


def _assemble(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    times: Times,
    places: Places,
    labels: pd.Series,
    count: np.ndarray,
    areas: KnownAreas,
) -> tuple[pd.DataFrame, list[str]]:
    index = frame.index
    notes: list[str] = []
    nothing = pd.Series(pd.NA, index=index, dtype="str")
    if "incident_id" in columns:
        identifier = frame[columns["incident_id"]].str.strip()
        identifier = identifier.where(identifier != "")
    else:
        identifier = nothing
    if labels.isna().any():
        labels = labels.cat.add_categories([NOT_STATED]).fillna(NOT_STATED)
    rows = pd.DataFrame(
        {
            "incident_id": identifier,
            "occurred_from": times.occurred_from,
            "occurred_to": times.occurred_to,
            "time_precision": times.precision,
            "area_id": pd.Categorical.from_codes(
                places.area, categories=pd.Index(areas.codes, dtype="str")
            ),
            "longitude": places.longitude,
            "latitude": places.latitude,
            "place_precision": places.precision,
            "offence_label": labels.set_axis(index),
        },
        index=index,
    )
    sex, age = columns.get("victim_sex"), columns.get("victim_age")
    words = profile.values
    rows["victim_sex"] = (
        read_sex(frame[sex], words.get("victim_sex")) if sex else read_sex(nothing)
    )
    rows["victim_age"] = pd.array(np.full(len(rows), np.nan), dtype="Int16")
    if age:
        rows["victim_age"], said = read_age(frame[age])
        notes += said
    for column in ("relation", "mechanism", "place_type"):
        given = frame[columns[column]] if column in columns else nothing
        rows[column], said = read_coded(given, column, words.get(column, {}))
        notes += said
    rows["domestic"] = read_yes_no(
        frame[columns["domestic"]] if "domestic" in columns else nothing,
        words.get("domestic"),
    )
    rows["place_key"] = _keys(frame, columns, profile, nothing)
    rows["count"] = count
    order = list(contracts.columns("incidents"))
    return rows[[c for c in order if c != "offence"]], notes


def _keys(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    nothing: pd.Series,
) -> pd.Series:
    """A scrambled key of the address, so that repeats can be counted; none where the source moves points."""
    if "address" not in columns or profile.place_precision == "snapped":
        return nothing
    codes, kinds = pd.factorize(frame[columns["address"]])
    keys = [
        hashlib.blake2b(
            normalise(k).encode(), digest_size=8, person=b"safelearn"
        ).hexdigest()
        if k.strip()
        else None
        for k in kinds
    ]
    lookup = pd.Series(keys, dtype="str")
    return lookup.take(codes).set_axis(frame.index)


def _mixed(rows: pd.DataFrame, crosswalk: Crosswalk) -> list[str]:
    labels = rows["offence_label"].cat.remove_unused_categories().cat.categories
    found = [label for label in labels if crosswalk.sections(label)]
    return [
        t(
            "{label} holds offences of several kinds ({codes}); all its rows carry the code {code}.",
            label=label,
            codes=listing(list(crosswalk.sections(label))),
            code=crosswalk.code(label),
        )
        for label in found
    ]


def _left_out_offences(profile: Profile) -> list[str]:
    """An offence that a source does not publish is not one that does not happen."""
    if not profile.leaves_out:
        return []
    names = [offence_name(code) for code in profile.leaves_out]
    return [
        t(
            "This source leaves out: {names}. That none is counted does not mean that none happened.",
            names=listing(names),
        )
    ]


def _unclassified(rows: pd.DataFrame) -> pd.DataFrame:
    open_rows = rows["offence"].isna() & (rows["offence_label"] != NOT_STATED)
    counts = rows.loc[open_rows, "offence_label"].value_counts()
    counts = counts[counts > 0]
    return pd.DataFrame(
        {
            "value": counts.index.astype("str"),
            "rows": counts.to_numpy(dtype="int64"),
        }
    )
