"""Answers of a survey as yes, no or not asked: what every survey indicator is counted from.

A column of coded answers goes in; out comes 1 for the answers that count, 0 for every other answer, those who do not
know or give no answer included, and missing for people who were not asked. Who was not asked is out of the base;
who was asked and gave no answer stays in it, because leaving them out would make the share look surer than it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

RECENT = ("last_12_months",)


def said(frame: pd.DataFrame, column: str, *answers: str) -> pd.Series:
    """Whether each person gave one of these answers.

    Parameters
    ----------
    frame : DataFrame
        The table ``survey``, one row a respondent.
    column : str
        A question.
    *answers : str
        The answers that count.

    Returns
    -------
    Series of float
        1 or 0, and missing where the question was not asked.

    Examples
    --------
    >>> asked = pd.DataFrame({"bribe": ["paid", "neither", None, "no_answer"]})
    >>> said(asked, "bribe", "paid", "asked").tolist()
    [1.0, 0.0, nan, 0.0]
    """
    given = frame[column].astype("object")
    found = given.isin(list(answers)).astype(float)
    return found.where(given.notna())


def either(*parts: pd.Series) -> pd.Series:
    """Yes if any part is yes, each person once; missing only for people who were asked none of them."""
    table = pd.concat(parts, axis=1)
    return table.max(axis=1)


def among(yes: pd.Series, base: pd.Series) -> pd.Series:
    """The same answers for the people in the base only; everybody else is missing."""
    return yes.where(base.to_numpy(dtype=bool, na_value=False))


def aged(
    frame: pd.DataFrame, first: int = 0, last: int = 200, *, unknown: bool = True
) -> pd.Series:
    """Whether each person is of an age; `unknown` says what to do with people whose age is not known."""
    if "age" not in frame:
        return pd.Series(unknown, index=frame.index)
    age = frame["age"].to_numpy(dtype=float, na_value=np.nan)
    inside = (age >= first) & (age <= last)
    return pd.Series(np.where(np.isnan(age), unknown, inside), index=frame.index)


def sex_is(frame: pd.DataFrame, sex: str) -> pd.Series:
    """Whether each person said this sex."""
    return frame["sex"].astype("object").eq(sex)


def lacking(frame: pd.DataFrame | None, columns: Iterable[str]) -> list[str]:
    """Which of these questions nobody was asked."""
    if frame is None:
        return list(columns)
    return [c for c in columns if c not in frame or frame[c].isna().all()]
