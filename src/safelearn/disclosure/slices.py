"""How fine may a figure be cut, and how small may it get?

Counts go in as the cube gives them; counts at a level where they may be shown come out. Sexual and domestic
violence is shown no finer than district and month, so by area its events stand in rows of their own, beside
the events without a place: every row counts different events, all rows add up to the city, and no two
published figures differ by one area's sexual or domestic violence. Answers on identity (migration,
disability, indigenous peoples, gender) are never cut by area and never joined to police records.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from safelearn.errors import SafelearnError
from safelearn.language import t

#: Values of `area_id` that are no area. Events without a place, and events not shown by place.
NOT_LOCATED = ""
SEXUAL = "sexual violence, whole city"
DOMESTIC = "domestic violence, whole city"
NO_AREA = (NOT_LOCATED, SEXUAL, DOMESTIC)
#: Value of a key that stands for all of its categories.
ALL = "all"

#: Columns that place a row below the district, and below the month.
FINE_PLACES = frozenset({"area_id", "area_name", "neighbourhood", "cell", "place_key"})
FINE_TIMES = frozenset({"date", "day", "weekday", "week", "hour", "time"})
#: Parts of column names that hold answers on identity.
IDENTITY = re.compile(
    r"migra|refugee|displaced|nationalit|citizenship|country_of_birth|birthplace|disab|impair|indigen|ethnic"
    r"|race|tribe|caste|religio|gender_ident|orientation|lgbt|trans(gender|_)|hiv|health_status"
    r"|discapac|etnia|etnic|indígena|religi[oó]n|orientaci[oó]n",
    re.IGNORECASE,
)


def coarsen(
    counts: pd.DataFrame, *, area: str = "area_id", count: str = "n"
) -> pd.DataFrame:
    """Counts by area as they may be shown: sexual and domestic violence only for the whole city.

    Parameters
    ----------
    counts : DataFrame
        `area`, `sensitive` (none, sexual, domestic), `count` and other keys, as
        ``cube.by("area_id", "offence", "sensitive")`` gives them.
    area, count : str
        Names of the area and count columns.

    Returns
    -------
    DataFrame
        Without `sensitive`. Sexual violence is counted in rows where `area` is `SEXUAL`, domestic violence in
        rows where it is `DOMESTIC`, whether located or not; the other rows count neither. The total is kept.

    Raises
    ------
    SafelearnError
        If the counts do not say which events are sensitive.

    Notes
    -----
    An area's total with its domestic violence in it, beside the same without, gives it away by subtraction.
    So no table mixes them by area, and the rows for the whole city are protected together with the areas.

    Examples
    --------
    >>> cut = pd.DataFrame({"area_id": ["a", "a"], "sensitive": ["none", "domestic"], "n": [9, 1]})
    >>> coarsen(cut).values.tolist()
    [['a', 9], ['domestic violence, whole city', 1]]
    """
    if "sensitive" not in counts:
        raise SafelearnError(
            t("Counts by area must say which of them are sexual or domestic violence."),
            where="sensitive",
            remedy=t("Cut the cube by `sensitive` too, then coarsen."),
        )
    out = counts.copy()
    slices = out["sensitive"].astype("str")
    unknown = sorted(set(slices) - {"none", "sexual", "domestic"})
    if unknown:
        raise SafelearnError(
            t("The slice `{slice}` is unknown.", slice=unknown[0]), where="sensitive"
        )
    places = out[area].astype("str")
    out[area] = places.mask(slices == "sexual", SEXUAL).mask(
        slices == "domestic", DOMESTIC
    )
    keys = [c for c in out if c not in ("sensitive", count)]
    out = out.groupby(keys, sort=False, dropna=False, observed=True)[count].sum()
    return out.reset_index()


def thresholds(
    frame: pd.DataFrame, least: int = 5, sensitive_least: int = 10
) -> np.ndarray:
    """The smallest count that may be shown in each row.

    Parameters
    ----------
    frame : DataFrame
        Keys of the cells: `offence`, `sensitive`, `age_group` and `area_id` are looked at.
    least, sensitive_least : int
        For ordinary cells, and for sexual offences, domestic violence and victims under 18.

    Returns
    -------
    ndarray of int, shape (rows,)
        `sensitive_least` where the cell is about sexual offences (ICCS 03), domestic violence, or an age
        group that starts below 18; else `least`.

    Examples
    --------
    >>> thresholds(pd.DataFrame({"offence": ["0401", "0301"]})).tolist()
    [5, 10]
    """
    sensitive = np.zeros(len(frame), dtype=bool)
    if "offence" in frame:
        sensitive |= _any(frame["offence"], lambda code: code.startswith("03"))
    for column in ("sensitive", "slice"):
        if column in frame:
            sensitive |= _any(frame[column], lambda s: s in ("sexual", "domestic"))
    if "area_id" in frame:
        sensitive |= _any(frame["area_id"], lambda a: a in (SEXUAL, DOMESTIC))
    for column in ("age_group", "victim_age", "age"):
        if column in frame:
            sensitive |= _any(frame[column], _under_18)
    return np.where(sensitive, max(least, sensitive_least), least)


def check_slices(frame: pd.DataFrame, *, police: bool = True) -> None:
    """Refuse a table that is cut finer than it may be.

    Parameters
    ----------
    frame : DataFrame
        The table, all columns.
    police : bool
        Whether it counts police records, to which answers on identity are never joined.

    Raises
    ------
    SafelearnError
        If sexual or domestic violence is cut by area, by day or by hour, or an answer on identity by area or
        out of police records.
    """
    places = [c for c in frame if str(c).lower() in FINE_PLACES]
    times = [c for c in frame if str(c).lower() in FINE_TIMES]
    identity = [c for c in frame if IDENTITY.search(str(c))]
    if identity and (places or "parent" in frame):
        raise SafelearnError(
            t("Answers on identity are never shown by area."),
            where=str(identity[0]),
            remedy=t("Show them for the whole city, from the survey."),
        )
    if identity and police:
        raise SafelearnError(
            t("Answers on identity are never joined to police records."),
            where=str(identity[0]),
            remedy=t("Take findings on groups from the survey and the audits."),
        )
    sensitive = thresholds(frame.drop(columns=_ages(frame)), 0, 1) > 0
    if "area_id" in frame:
        no_area = frame["area_id"].isna() | frame["area_id"].astype("str").isin(NO_AREA)
        by_area = sensitive & ~no_area.to_numpy()
    else:
        by_area = sensitive & bool(places)
    if by_area.any():
        raise SafelearnError(
            t("Sexual and domestic violence is not shown by area."),
            where=_first(frame, by_area),
            remedy=t("Show it by district and month, or for the whole city."),
        )
    if times and sensitive.any():
        raise SafelearnError(
            t("Sexual and domestic violence is not shown by day or hour."),
            where=_first(frame, sensitive),
            remedy=t("Show it by month."),
        )


def areas_only(frame: pd.DataFrame, area: str = "area_id") -> pd.DataFrame:
    """The rows of real areas: those with a place on the map and a population."""
    return frame[~frame[area].fillna("").astype("str").isin(NO_AREA)]


def _any(column: pd.Series, test: object) -> np.ndarray:
    """`test` on each distinct value, spread over the rows."""
    codes, values = pd.factorize(column.astype("str"), use_na_sentinel=False)
    return np.array([not pd.isna(v) and bool(test(v)) for v in values], dtype=bool)[
        codes
    ]


def _under_18(age_group: str) -> bool:
    found = re.match(r"\s*(\d+)", age_group)
    if found:
        return int(found[1]) < 18
    return bool(re.search(r"child|minor|under|<", age_group, re.IGNORECASE))


def _ages(frame: pd.DataFrame) -> list[str]:
    return [c for c in ("age_group", "victim_age", "age") if c in frame]


def _first(frame: pd.DataFrame, rows: np.ndarray) -> str:
    row = frame[rows].iloc[0]
    shown = [c for c in ("area_id", "offence", "sensitive", "slice") if c in frame]
    return ", ".join(f"{c} {row[c]}" for c in shown)
