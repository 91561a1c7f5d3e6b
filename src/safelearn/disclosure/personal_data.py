"""Does a table that is about to leave hold a person?

Column names and values go in; what looks like a name, a telephone, a number plate, an exact birth date, an
e-mail address, a machine path or a user name comes out, with the column it stands in. Public outputs with any
of these are refused: there is no setting that lets them through.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.city.columns.personal import VALUES, column_kind, value_kind
from safelearn.language import t


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
        kind = column_kind(str(column))
        if kind is None and not pd.api.types.is_numeric_dtype(frame[column]):
            kind = value_kind(frame[column], str(column))
        if kind is not None:
            found.append(_problem(kind, str(column)))
    return found


def check_text(text: str) -> list[Problem]:
    """What in a text (a note, a caption, a manifest) looks like personal data or a machine's path."""
    kinds = [
        kind for kind, pattern in VALUES if kind != "plate" and pattern.search(text)
    ]
    return [_problem(kind, "") for kind in kinds]


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
