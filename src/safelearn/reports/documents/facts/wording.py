"""Words, dates and numbers of a city's tables, as the facts of several documents say them."""

from __future__ import annotations

import pandas as pd

from safelearn.city.contracts import labels
from safelearn.disclosure.approval import HIDDEN
from safelearn.disclosure.personal_data import check_text
from safelearn.language import NONE, between, day, listing, lower_first, number, t


def word(table: str, column: str, code: object) -> str:
    """What a code means; a dash if there is none."""
    if pd.isna(code) or not str(code):
        return NONE
    return t(labels(table, column).get(str(code), str(code)))


def words(table: str, column: str, codes: list[str]) -> str:
    """A list of codes inside a sentence; empty if there are none."""
    said = [lower_first(word(table, column, code)) for code in codes]
    return listing(said) if said else ""


def text(value: object) -> str:
    """Free text of a table, hidden where it looks like personal data."""
    if pd.isna(value) or not str(value).strip():
        return NONE
    return t(HIDDEN) if check_text(str(value)) else str(value)


def date_of(value: object) -> str:
    """A day in words."""
    return NONE if pd.isna(value) else day(pd.Timestamp(value).date())


def amount(value: object, digits: int = 0) -> str:
    """An amount or a count."""
    return NONE if pd.isna(value) else number(float(value), digits)


def with_limits(value: float, lower: float, upper: float, digits: int = 1) -> str:
    """A figure and its interval."""
    if pd.isna(value):
        return NONE
    limits = between(number(lower, digits), number(upper, digits))
    return f"{number(value, digits)} ({limits})"
