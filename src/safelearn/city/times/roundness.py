"""How exactly is a time known that looks exact? In: moments of a file. Out: the precision that they really have.

A file of months writes the first of each, one of days writes midnights: roundness throughout a column is not
chance, and what a source does not know must not look as if it did.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.times.moments import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    PRECISIONS,
    YEAR,
    begun,
)
from safelearn.language import t

#: So many rows, all at the first of a month or all at midnight, are no accident.
_ENOUGH = 60


def roundness(
    moments: np.ndarray, exact: np.ndarray
) -> tuple[tuple[int, ...], list[str]]:
    """The precisions that round values really have, where a whole column is rounder than its format."""
    known = ~np.isnat(moments)
    timed = known & (exact <= HOUR)
    found: list[int] = []
    notes = []
    if timed.any():
        seconds = moments[timed].astype("int64") % 86_400
        if not seconds.any():
            found.append(DAY)
        elif timed.sum() >= _ENOUGH and not (seconds % 3600).any():
            found.append(HOUR)
            if (exact[timed] < HOUR).any():
                notes.append(t("All times are full hours: they are known to the hour."))
    dated = known & ((exact == DAY) | (timed if DAY in found else False))
    if dated.sum() >= _ENOUGH and dated.sum() == known.sum():
        days = moments[dated].astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        if (days == months.astype("datetime64[D]")).all():
            years = months.astype("datetime64[Y]").astype("datetime64[M]")
            yearly = (months == years).all() and len(np.unique(months)) > 1
            found.append(YEAR if yearly else MONTH)
            notes.append(
                t("All dates are the first of a month or year: the day is not known.")
            )
    return tuple(found), notes


def rounded(
    moments: np.ndarray, exact: np.ndarray, rounder: tuple[int, ...]
) -> np.ndarray:
    """The precision of rows that are as round as the whole column; a row that is not keeps its own."""
    for level in rounder:
        finest = MINUTE if level <= DAY else DAY
        same = moments == begun(moments, level)
        exact = np.where(same & (exact >= finest) & (exact < level), level, exact)
    return exact.astype(np.int8)


def stated(text: pd.Series) -> np.ndarray:
    codes, kinds = pd.factorize(text)
    levels = [PRECISIONS.index(k) if k in PRECISIONS else MINUTE for k in kinds]
    return np.array([*levels, MINUTE], dtype=np.int8)[codes]


def begin_of(moments: np.ndarray, exact: np.ndarray, rough: np.ndarray) -> np.ndarray:
    """The first instant of the day, month or year where no more is known; an interval begins where it does."""
    result = moments.astype("datetime64[s]")
    for level in (DAY, MONTH, YEAR):
        rows = exact == level
        if level > DAY:
            rows = rows & rough
        if rows.any():
            result[rows] = begun(result[rows], level)
    return result


def after(moments: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """The first instant after the month or year of a rough date."""
    result = moments.copy()
    for level, unit in ((MONTH, "M"), (YEAR, "Y")):
        rows = exact == level
        after = moments[rows].astype(f"datetime64[{unit}]") + 1
        result[rows] = after.astype("datetime64[s]")
    return result
