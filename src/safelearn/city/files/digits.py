"""Are numbers and dates written in the digits of another script? In: a table as text. Out: the same in 0 to 9.

Files in Arabic, Persian, Hindi or Bengali have their own digits, also in dates and hours. Only columns that hold
hardly any letters are changed: the name of a place stays as it was written.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from safelearn.language import listing, t

#: A digit of another script; a column of figures has letters in fewer cells than this.
_OTHER = r"[^\W0-9\D]"
_FEW = 0.2
#: Rows that are looked at, spread over the file.
_ROWS = 5_000
#: The signs between figures that some scripts have for themselves: decimals, thousands, a slash before a year.
_SIGNS = {"٫": ".", "٬": ",", "؍": "/", "،": ","}


def settle_digits(
    sample: pd.DataFrame,
) -> tuple[Callable[[pd.DataFrame], pd.DataFrame], tuple[str, ...]]:
    """A function that writes figures in 0 to 9, row by row, and what there is to say; it may change nothing.

    Parameters
    ----------
    sample : DataFrame of str

    Examples
    --------
    >>> change, _ = settle_digits(pd.DataFrame({"day": ["٠٣/٠٤/٢٠٢٤"], "place": ["حي ٣"]}))
    >>> change(pd.DataFrame({"day": ["٠٣/٠٤/٢٠٢٤"], "place": ["حي ٣"]})).iloc[0].tolist()
    ['03/04/2024', 'حي ٣']
    """
    few = sample.iloc[:: max(len(sample) // _ROWS, 1)]
    columns = [c for c in few.columns if _in_other_digits(few[c])]
    if not columns:
        return lambda frame: frame, ()

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(
            **{
                c: frame[c].map(lambda cell: str(cell).translate(_table()))
                for c in columns
            }
        )

    said = t(
        "The figures in {columns} are of another script: they were read as 0 to 9.",
        columns=listing([str(c) for c in columns]),
    )
    return change, (said,)


def _in_other_digits(text: pd.Series) -> bool:
    cells = [cell for cell in pd.unique(text.dropna()) if not cell.isascii()]
    foreign = [cell for cell in cells if re.search(_OTHER, cell)]
    letters = sum(bool(re.search(r"[^\W\d_]", cell)) for cell in foreign)
    return bool(foreign) and letters < _FEW * len(foreign)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(128, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }
    return digits | {ord(sign): plain for sign, plain in _SIGNS.items()}
