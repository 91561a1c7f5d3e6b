"""Do the titles of a table's columns say what its cells count? In: a table. Out: nothing, or a clear refusal.

Offices print counts with a column an offence or a month. Read by the names of its columns such a table is no
table of incidents, and one of its columns of figures may pass for codes of areas. It is refused, with the way
to a table that can be read.
"""

from __future__ import annotations

import pandas as pd

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.widening import whole_numbers
from safelearn.city.times.periods import read_period
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Of a column's filled cells so many must be counts, and so many columns must have them.
_COUNTS, _COLUMNS = 0.9, 2


def crossed_columns(frame: pd.DataFrame) -> tuple[str, list[str]]:
    """What the columns of a cross table are, ``offences`` or ``periods``, and which; empty where it is none.

    Parameters
    ----------
    frame : DataFrame of str
        A table, or its first rows.
    """
    counts = [c for c in frame.columns if _holds_counts(frame[c])]
    if len(counts) == len(frame.columns):
        return "", []
    periods = [c for c in counts if read_period(c) is not None]
    if len(periods) >= _COLUMNS:
        return "periods", periods
    known = read_crosswalk("generic")
    offences = [c for c in counts if known.code(c) is not None]
    return ("offences", offences) if len(offences) >= _COLUMNS else ("", [])


def refuse_crossed(frame: pd.DataFrame, where: str) -> None:
    """Refuse a cross table, and say how to make one that can be read.

    Raises
    ------
    SafelearnError
        If the columns of the table are offences or periods, and its cells are counts.
    """
    kind, columns = crossed_columns(frame)
    if not columns:
        return
    shown = listing(columns if len(columns) <= 4 else [*columns[:4], "…"])
    if kind == "offences":
        what = t(
            "Each column of this table is an offence ({columns}), and its cells are counts.",
            columns=shown,
        )
    else:
        what = t(
            "Each column of this table is a period ({columns}), and its cells are counts.",
            columns=shown,
        )
    raise SafelearnError(
        what,
        where=where,
        remedy=t(
            "Write one row for each count, with the columns area, offence, date (2024, or 2024-03) and count; in a "
            "spreadsheet, “Unpivot columns” of Power Query does it. Columns that are dated periods can be read as "
            "they are with a profile that has a part [wide]."
        ),
    )


def _holds_counts(text: pd.Series) -> bool:
    filled = text[text.str.strip() != ""]
    return bool(len(filled)) and (whole_numbers(filled) >= 0).mean() >= _COUNTS
