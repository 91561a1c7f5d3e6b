"""Does a table that is about to leave hold a person?

Column names and values go in; what looks like a name, a telephone, a number plate, an exact birth date, an
e-mail address, a machine path or a user name comes out, with the column it stands in. Public outputs with any
of these are refused: there is no setting that lets them through.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from safelearn.language import t

_VALUES = (
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


@dataclass(frozen=True)
class Problem:
    """Something about a person in a public output."""

    kind: str
    where: str
    sentence: str
    remedy: str


def check(frame: pd.DataFrame) -> list[Problem]:
    """What in a table looks like personal data.

    Parameters
    ----------
    frame : DataFrame
        A table that is about to be published.

    Returns
    -------
    list of Problem
        In the order of the columns; empty if nothing was found. Values are never repeated in it.

    Examples
    --------
    >>> [p.kind for p in check(pd.DataFrame({"area_id": ["1"], "victim_name": ["x"]}))]
    ['name']
    """
    found = []
    for column in frame:
        kind = _column_kind(str(column))
        if kind is None and not pd.api.types.is_numeric_dtype(frame[column]):
            kind = _value_kind(frame[column], str(column))
        if kind is not None:
            found.append(_problem(kind, str(column)))
    return found


def check_text(text: str) -> list[Problem]:
    """What in a text (a note, a caption, a manifest) looks like personal data or a machine's path."""
    kinds = [
        kind for kind, pattern in _VALUES if kind != "plate" and pattern.search(text)
    ]
    return [_problem(kind, "") for kind in kinds]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The word lists: data, so that a translator or a city can read and mend them."""
    path = Path(__file__).with_suffix(".toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


def _column_kind(column: str) -> str | None:
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


def _value_kind(values: pd.Series, column: str) -> str | None:
    if pd.api.types.is_datetime64_any_dtype(values):
        return None
    distinct = [str(v) for v in values.dropna().unique()]
    for kind, pattern in _VALUES:
        if kind == "plate" and re.search(r"_id$|^offence$|code", column):
            continue
        if any(pattern.search(v) for v in distinct):
            return kind
    if any(_BIRTH.search(v) and _DATE.search(v) for v in distinct):
        return "birth"
    return None


def _problem(kind: str, where: str) -> Problem:
    sentences = {
        "name": t("A column looks like it names people."),
        "record": t("A column identifies single records."),
        "point": t("A column holds exact points."),
        "birth": t("A column looks like exact dates of birth."),
        "path": t("A value looks like a path on somebody's machine."),
        "email": t("A value looks like an e-mail address."),
        "phone": t("A value looks like a telephone number."),
        "plate": t("A value looks like a number plate."),
    }
    remedies = {
        "point": t("Show areas or a grid; points never leave."),
        "birth": t("Show five-year age groups."),
        "path": t("Write the file's name without its folders."),
    }
    remedy = remedies.get(kind, t("Leave it out: nobody outside needs it."))
    return Problem(kind, where, sentences[kind], remedy)
