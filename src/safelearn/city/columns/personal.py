"""Does a column hold people? In: its title and values. Out: what of a person it holds, or nothing.

Names, telephones, numbers of identity papers, e-mail and home addresses, exact dates of birth. Imports keep them out
of the tables of a city, and disclosure refuses them in anything that leaves. The words stand in ``personal.toml``,
so that a translator or a city can read and mend them.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pandas as pd

#: Kind of personal data -> how its values are written.
VALUES = (
    (
        "path",
        re.compile(
            r"(?:^|[\s\"'(=])(?:/(?:home|Users|root|tmp|var|mnt|work)/\S|[A-Za-z]:\\\S|\\\\\w+\\\w)"
        ),
    ),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    (
        "phone",
        re.compile(
            r"(?<![\w.,])(?:\+\d{1,3}[\s().-]?|\(\d{2,4}\)\s?|0\d{2,4}[\s-])(?:\d[\s().-]?){6,12}(?![\w])"
        ),
    ),
    (
        "plate",
        re.compile(
            r"^\s*(?:[A-Z]{2,3}[\s-]\d{3,4}[A-Z]?|[A-Z]{2}\d{2}[\s-]?[A-Z]{3}|[A-Z]{3}\d[A-Z]\d{2})\s*$"
        ),
    ),
)
_BIRTH = re.compile(r"birth|nacimiento|nascimento|dob", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The word lists: data, so that a translator or a city can read and mend them."""
    path = Path(__file__).with_suffix(".toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


def column_kind(column: str) -> str | None:
    """What of a person a column's title speaks of: name, birth, point, record; None if nothing."""
    lists = _words()
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower()
    snake = re.sub(r"[\s.-]+", "_", snake)
    words = set(snake.split("_"))
    if snake in lists["points"]:
        return "point"
    if snake in lists["records"]:
        return "record"
    # "births", "birth_rate" and "birth_year" are demography.
    if _BIRTH.search(snake) and not {"year", "births", "rate"} & words:
        return "birth"
    if snake in lists["personal_whole"] or words & lists["personal"]:
        return "name"
    if words & lists["of_people"] and words & lists["belongings"]:
        return "name"
    return None


def value_kind(values: pd.Series, column: str) -> str | None:
    """What of a person a column's values are written like: path, email, phone, plate, birth; None if nothing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return None
    distinct = [str(v) for v in values.dropna().unique()]
    for kind, pattern in VALUES:
        if kind == "plate" and re.search(r"_id$|^offence$|code", column):
            continue
        if any(pattern.search(v) for v in distinct):
            return kind
    if any(_BIRTH.search(v) and _DATE.search(v) for v in distinct):
        return "birth"
    return None
