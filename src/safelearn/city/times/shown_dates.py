"""How does a file write its dates, and what where it knows nothing? In: a sample of it. Out: what a profile can say.

Only what the sample proves is said: a format is named if it reads every date as the import does, a word for
"missing" if it stands in the file.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city.columns.victims import NOT_KNOWN
from safelearn.city.files.headers import normalise
from safelearn.city.times.stamps import settle_stamps

_DATES = (
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y",
    "%d.%m.%y",
)  # fmt: skip
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S")
#: Signs that mean "nothing" and have no letters to compare.
_SIGNS = frozenset({"-", "--", "---", "?", "??", ".", "*", "–", "—"})
_MOST = 500


def format_of(sample: pd.DataFrame, columns: Mapping[str, str]) -> str:
    """The format of the dates of events, as for `datetime.strptime`; empty where none or ISO 8601 is it.

    Parameters
    ----------
    sample : DataFrame of str
    columns : mapping
        Field -> column.
    """
    column = columns.get("from") or columns.get("from_date")
    if column is None:
        return ""
    text = sample[column].str.strip()
    text = text[text != ""].head(_MOST)
    if text.empty or text.str.fullmatch(r"\d{4}-\d\d.*").any():
        return ""
    read = settle_stamps(sample[column]).read(text).moments
    known = ~np.isnat(read)
    if not known.any():
        return ""
    for form in (date + time for date in _DATES for time in _TIMES):
        parsed = pd.to_datetime(text, format=form, errors="coerce")
        same = parsed.to_numpy().astype("datetime64[s]")[known] == read[known]
        if same.all():
            return form
    return ""


def missing_words(sample: pd.DataFrame) -> list[str]:
    """Cells of the sample that mean "not known", as the file writes them, each once."""
    found: dict[str, None] = {}
    for column in sample:
        for kind in pd.unique(sample[column]):
            word = str(kind).strip()
            if not word or len(word) > 30:
                continue
            if word in _SIGNS or (normalise(word) and normalise(word) in NOT_KNOWN):
                found.setdefault(word)
    folded: dict[str, str] = {}
    for word in found:
        folded.setdefault(word.casefold(), word)
    return sorted(folded.values())
