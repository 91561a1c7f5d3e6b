"""Has a spreadsheet turned days into months? In: a column in which dates and texts are mixed. Out: whether.

A file that writes the day first, opened by a spreadsheet that expects the month first, is changed without a
word: 03/01/2024 becomes the date 1 March, and 13/01/2024, which is no date there, stays text. What is left shows
it: only texts with days above 12, only dates with days up to 12.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safelearn.city.times.date_order import Evidence
from safelearn.language import number, percent, t

#: So many of either kind are no accident: one date has a day up to 12 in two cases of five.
_LEAST = 10
_NEARLY = 0.95


@dataclass(frozen=True)
class Swap:
    """What a spreadsheet did to a column.

    Attributes
    ----------
    certain : bool
        Whether its dates are to be swapped back.
    note : str
        What is to be said; empty if nothing shows.
    """

    certain: bool = False
    note: str = ""


def find_swap(name: str, texts: Evidence, dates: np.ndarray) -> Swap:
    """Look at the days of texts and of dates of one column.

    Parameters
    ----------
    name : str
        Of the column.
    texts : Evidence
        Of the dates that are text, such as 13/01/2024.
    dates : ndarray of datetime64[s]
        Those that a spreadsheet has stored as dates.
    """
    dates = dates[~np.isnat(dates)]
    day = (dates.astype("datetime64[D]") - dates.astype("datetime64[M]")).astype(int)
    low, total = int((day < 12).sum()), len(dates)
    written = texts.telling + texts.both
    if low < _LEAST or texts.telling - texts.against < _LEAST:
        return Swap()
    figures = {
        "column": name,
        "texts": number(texts.telling),
        "dates": number(total),
        "example": texts.day_example or texts.month_example,
    }
    if low == total and texts.telling == written and not texts.against:
        return Swap(
            True,
            t(
                "A spreadsheet has swapped day and month in the column {column}: {texts} dates that it could not "
                "read stayed text ({example}), and of the {dates} that it read, none has a day after the 12th. They "
                "were swapped back.",
                **figures,
            ),
        )
    share = (low + texts.telling - texts.against) / (total + written)
    if share < _NEARLY:
        return Swap()
    return Swap(
        False,
        t(
            "A spreadsheet has probably swapped day and month in the column {column}: most texts have days after "
            "the 12th ({example}), and most dates have none. It fits only {share} of the rows, so nothing was changed: "
            "ask for the file as it was before it was opened in a spreadsheet.",
            share=percent(share, 1),
            **figures,
        ),
    )


def swapped(moments: np.ndarray) -> np.ndarray:
    """Dates with day and month exchanged, where both can be; the clock stays."""
    months = moments.astype("datetime64[M]")
    day = (moments.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int)
    month = (months - months.astype("datetime64[Y]").astype("datetime64[M]")).astype(
        int
    )
    clock = moments - moments.astype("datetime64[D]").astype("datetime64[s]")
    can = ~np.isnat(moments) & (day < 12)
    year = months.astype("datetime64[Y]").astype("datetime64[M]")
    start = year + np.where(can, day, 0)
    result = start.astype("datetime64[D]") + np.where(can, month, 0)
    return np.where(can, result.astype("datetime64[s]") + clock, moments)
