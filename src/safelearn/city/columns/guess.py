"""What is in the columns of a file that no profile knows? In: names, values. Out: field -> column, and why.

Names decide first; where they say nothing, values do: a column of dates, of coordinates, of women and men, of
offences that the crosswalk knows. Each guess is said, so that a wrong one is seen and put right in a profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.columns.crosswalk import Crosswalk
from safelearn.city.columns.profile import Profile, squeeze
from safelearn.city.columns.shapes import (
    counts_by_shape,
    names_in_place_of_codes,
    offences_by_shape,
)
from safelearn.city.columns.victims import as_category, read_sex
from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import KnownAreas
from safelearn.city.times.date_parts import share_readable
from safelearn.city.times.stamps import parse_stamps
from safelearn.language import NONE, mark, t

_SAMPLE = 2000
#: Texts with more blanks than this may tell a story; a value is cut after so many letters.
_FEW_WORDS, _WIDE = 6, 22
#: So many of the rows of a column of areas name one of the city's.
_OF_AREAS = 0.6
_WHEN = ("from", "from_date", "year")
_WORDS = {
    "incident_id": mark("the identifier of the event"),
    "from": mark("when it happened"),
    "from_date": mark("the date"),
    "from_time": mark("the time of day"),
    "to": mark("when it ended"),
    "to_date": mark("the date it ended"),
    "to_time": mark("the time of day it ended"),
    "year": mark("the year"),
    "quarter": mark("the quarter"),
    "month": mark("the month"),
    "week": mark("the week"),
    "day": mark("the day"),
    "hour": mark("the hour"),
    "minute": mark("the minute"),
    "longitude": mark("the longitude"),
    "latitude": mark("the latitude"),
    "x": mark("the x coordinate"),
    "y": mark("the y coordinate"),
    "point": mark("the point"),
    "area_id": mark("the code of the area"),
    "area_name": mark("the name of the area"),
    "area_parent": mark("the district of the area"),
    "offence_label": mark("the offence"),
    "victim_sex": mark("the victim's sex"),
    "victim_age": mark("the victim's age"),
    "relation": mark("the offender's relation to the victim"),
    "domestic": mark("whether it was domestic"),
    "mechanism": mark("the weapon or means"),
    "place_type": mark("the kind of place"),
    "address": mark("the address"),
    "count": mark("how many events the row stands for"),
}


@dataclass(frozen=True)
class Guess:
    """What one column is taken for.

    Attributes
    ----------
    column : str
    field : str
        Empty where it is not used.
    why : str
        In a few words.
    filled : float
        Share of the rows that have something in it.
    values : str
        Its first distinct values; a sentence where they may say who a person is.
    """

    column: str
    field: str
    why: str
    filled: float
    values: str

    @property
    def meaning(self) -> str:
        """What it is taken for, in words."""
        return t(_WORDS[self.field]) if self.field else NONE


def guesses_of(
    sample: pd.DataFrame, columns: Mapping[str, str], profile: Profile
) -> tuple[Guess, ...]:
    """Each column of a file with what it was taken for, and why.

    Values are never shown of columns that name people, their papers or their homes, nor of long texts, in which
    people are named.

    Parameters
    ----------
    sample : DataFrame of str
    columns : mapping
        Field -> column, from `guess_columns`.
    profile : Profile
        Whose names of columns decided.
    """
    from safelearn.city.columns.private_columns import columns_of_people

    people = set(columns_of_people(sample))
    fields = {column: field for field, column in columns.items()}
    found = []
    for column in sample.columns:
        field = fields.get(column, "")
        filled = sample[column][sample[column].str.strip() != ""]
        hidden = column in people or field == "address"
        share = len(filled) / max(len(sample), 1)
        why = _reason(column, field, profile)
        found.append(Guess(str(column), field, why, share, _first(filled, hidden)))
    return tuple(found)


def _reason(column: str, field: str, profile: Profile) -> str:
    if not field:
        return t("nothing says what it is")
    named = {squeeze(name) for name in profile.columns.get(field, ())}
    return t("by its name") if squeeze(column) in named else t("by its values")


def _first(filled: pd.Series, hidden: bool) -> str:
    if hidden:
        return t("not shown: it may say who a person is")
    if filled.empty:
        return t("nothing")
    if (filled.head(_SAMPLE).str.count(" ") > _FEW_WORDS).mean() > 0.5:
        return t("not shown: long texts")
    kinds = [" ".join(str(k).split()) for k in pd.unique(filled.head(_SAMPLE))[:3]]
    return " · ".join(k if len(k) <= _WIDE else k[: _WIDE - 1] + "…" for k in kinds)


def guess_columns(
    frame: pd.DataFrame,
    profile: Profile,
    crosswalk: Crosswalk,
    areas: KnownAreas | None = None,
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Guess what each column of a table of incidents is.

    Parameters
    ----------
    areas : KnownAreas, optional
        Those that the city has: a column of their names is known by them, whatever it is called.

    Returns
    -------
    columns : dict
        Field -> column.
    said : tuple of str
        One sentence a guess.
    """
    columns = profile.assign(frame.columns)
    sample = frame.iloc[:: max(len(frame) // _SAMPLE, 1)].head(_SAMPLE)
    _drop_unlikely(columns, sample)
    _tell_districts(columns, sample)
    codes = columns.get("area_id")
    if codes and "area_name" not in columns and names_in_place_of_codes(sample[codes]):
        columns["area_name"] = columns.pop("area_id")
    by_name = set(columns)
    free = [c for c in frame.columns if c not in columns.values()]
    if not any(k in columns for k in _WHEN):
        _take(columns, free, "from", {c: _share_dates(sample[c]) for c in free}, 0.9)
    if areas is not None and not {"area_id", "area_name"} & set(columns):
        _take_areas(columns, free, sample, areas)
    if "offence_label" not in columns:
        shares = {c: _share_offences(sample[c], crosswalk) for c in free}
        _take(columns, free, "offence_label", shares, 0.5)
    if "offence_label" not in columns and (kind := offences_by_shape(sample, free)):
        _take(columns, free, "offence_label", {kind: 1.0}, 1.0)
    if "victim_sex" not in columns:
        _take(
            columns, free, "victim_sex", {c: _share_sex(sample[c]) for c in free}, 0.9
        )
    if not {"longitude", "latitude"} <= set(columns) and "x" not in columns:
        _take_coordinates(columns, free, sample)
    if "count" not in columns and (counts := counts_by_shape(sample, free, columns)):
        _take(columns, free, "count", {counts: 1.0}, 1.0)
    said = []
    for field, column in columns.items():
        if field in by_name:
            said.append(
                t(
                    "Column {column}: taken for {meaning}.",
                    column=column,
                    meaning=t(_WORDS[field]),
                )
            )
        else:
            said.append(
                t(
                    "Column {column}: taken for {meaning}, from its values.",
                    column=column,
                    meaning=t(_WORDS[field]),
                )
            )
    unused = [c for c in frame.columns if c not in columns.values()]
    if unused:
        said.append(t("Not used: {columns}.", columns=", ".join(map(str, unused))))
    return columns, tuple(said)


def _drop_unlikely(columns: dict[str, str], sample: pd.DataFrame) -> None:
    """Take back names whose values say otherwise: a `count` that is text, an `age` of the case file."""
    # `month` as a name serves both "2020-01" (a date) and "1" (a part of one).
    column = columns.get("from_date", "")
    if normalise(column) == "month" and share_readable(sample[column], "month") > 0.5:
        columns["month"] = columns.pop("from_date")
    # `Día` may be the day of the month or the whole date; `Mes` may hold "Enero" or "Enero 2024".
    for part in ("day", "month"):
        whole = part in columns and not {"from", "from_date"} & set(columns)
        if whole and _share_dates(sample[columns[part]]) > 0.9:
            columns["from_date"] = columns.pop(part)
    if "year" in columns and share_readable(sample[columns["year"]], "year") < 0.5:
        del columns["year"]
    for field in ("count", "victim_age", "longitude", "latitude", "x", "y"):
        if field in columns and _share_numbers(sample[columns[field]]) < 0.5:
            del columns[field]
    for field in ("from", "from_date"):
        column = columns.get(field)
        if column and _share_dates(sample[column]) < 0.2:
            del columns[field]
    if "count" in columns:
        values = pd.to_numeric(sample[columns["count"]], errors="coerce")
        # Weights are small and repeat; a running number does not. A table beside this one fills few rows.
        few = (sample[columns["count"]].str.strip() != "").mean() < 0.5
        if few or values.nunique() > 0.9 * len(values) > 20:
            del columns["count"]


def _tell_districts(columns: dict[str, str], sample: pd.DataFrame) -> None:
    """Of a column of codes and one of names, the much coarser one holds districts: `Ward` beside `District`."""
    if not {"area_id", "area_name"} <= set(columns):
        return
    kinds = {
        f: as_category(sample[columns[f]]).nunique() for f in ("area_id", "area_name")
    }
    for coarse, fine in (("area_id", "area_name"), ("area_name", "area_id")):
        if 1 < kinds[coarse] <= 0.5 * kinds[fine]:
            columns["area_parent"] = columns.pop(coarse)
            return


def _take(
    columns: dict[str, str],
    free: list[str],
    field: str,
    shares: Mapping[str, float],
    least: float,
) -> None:
    best = max(shares, key=lambda c: shares[c], default=None)
    if best is not None and shares[best] >= least:
        columns[field] = best
        free.remove(best)


def _take_areas(
    columns: dict[str, str], free: list[str], sample: pd.DataFrame, areas: KnownAreas
) -> None:
    """A column of the names of the city's areas, even where its own name says that it is a kind of place."""
    maybe = {columns[f]: f for f in ("place_type", "address") if f in columns}
    shares = {}
    for column in (*free, *maybe):
        kinds = as_category(sample[column])
        found = [c for c in kinds.cat.categories if areas.find(c).position >= 0]
        if len(found) > 1:
            shares[column] = float(kinds[kinds.notna()].isin(found).mean())
    best = max(shares, key=lambda c: shares[c], default=None)
    if best is None or shares[best] < _OF_AREAS:
        return
    columns["area_name"] = best
    if best in maybe:
        del columns[maybe[best]]
    else:
        free.remove(best)


def _take_coordinates(
    columns: dict[str, str], free: list[str], sample: pd.DataFrame
) -> None:
    """Two columns of decimals side by side, one of them within 90 degrees."""
    numbers = {}
    for column in free:
        text = sample[column].str.strip()
        decimals = text.str.fullmatch(r"-?\d{1,3}[.,]\d{3,}").mean()
        if decimals > 0.6:
            numbers[column] = pd.to_numeric(
                text.str.replace(",", ".", regex=False), errors="coerce"
            )
    if len(numbers) != 2:
        return
    (first, a), (second, b) = numbers.items()
    if a.abs().max() > 90 >= b.abs().max():
        columns["longitude"], columns["latitude"] = first, second
    elif b.abs().max() > 90 >= a.abs().max():
        columns["longitude"], columns["latitude"] = second, first
    else:
        return
    free.remove(first)
    free.remove(second)


def _share_dates(text: pd.Series) -> float:
    filled = text[text.str.strip() != ""]
    # Plain numbers are dates only under a name that says so.
    words = filled[~filled.str.fullmatch(r"\s*-?\d+([.,]\d+)?\s*")]
    if len(words) < 0.5 * max(len(filled), 1) or filled.empty:
        named = any(
            w in normalise(str(text.name))
            for w in ("date", "fecha", "data", "time", "month", "mes", "period")
        )
        if not named or filled.empty:
            return 0.0
    return float((~np.isnat(parse_stamps(filled.head(200)).moments)).mean())


def _share_numbers(text: pd.Series) -> float:
    filled = text[text.str.strip() != ""]
    if filled.empty:
        return 0.0
    plain = filled.str.replace(",", ".", regex=False)
    return float(pd.to_numeric(plain, errors="coerce").notna().mean())


def _share_offences(text: pd.Series, crosswalk: Crosswalk) -> float:
    kinds = as_category(text)
    if kinds.nunique() > 500 or kinds.notna().sum() == 0:
        return 0.0
    return float(crosswalk.classify(kinds)[kinds.notna()].notna().mean())


def _share_sex(text: pd.Series) -> float:
    kinds = as_category(text)
    if not 1 < kinds.nunique() <= 6:
        return 0.0
    sexes = read_sex(text)
    return float(sexes[kinds.notna()].notna().mean()) if sexes.nunique() > 1 else 0.0
