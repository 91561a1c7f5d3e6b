"""The one door into the views: a table that disclosure control has released, or nothing.

A data frame says nothing about who may see it. So every chart, map and table asks here first, and the
numbers that are drawn come from the released frame, in which a hidden value is missing and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.language import t

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved


def released(table: Approved) -> Approved:
    """The table itself, if it is `Approved`.

    Raises
    ------
    TypeError
        For anything else, a plain data frame above all.
    """
    from safelearn.disclosure.approval import Approved

    if not isinstance(table, Approved):
        raise TypeError(
            t(
                "A figure is made from an approved table, not from a {kind}: pass it through "
                "safelearn.disclosure.approval.approve first.",
                kind=type(table).__name__,
            )
        )
    return table


def values(table: Approved, column: str) -> np.ndarray:
    """A measure of the table as floats, shape ``(rows,)``; NaN where hidden or without a value."""
    numbers = pd.to_numeric(table.frame[column], errors="coerce")
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def texts(table: Approved, column: str) -> list[str]:
    """A column of the table as text; empty where there is none."""
    column_of = table.frame[column]
    return [
        "" if missing else str(v)
        for v, missing in zip(column_of, column_of.isna(), strict=True)
    ]


def hidden(table: Approved, *columns: str) -> np.ndarray:
    """Whether any of these columns is hidden, shape ``(rows,)`` of bool."""
    return table.hidden[list(columns)].to_numpy(dtype=bool).any(axis=1)


def hidden_words() -> str:
    """What stands where a value is hidden."""
    return t("hidden to protect people")


def hidden_row_words(table: Approved) -> list[str]:
    """The same row by row: estimates from a survey say that there are too few answers."""
    from safelearn.disclosure.samples import TOO_FEW

    count = len(table)
    if "mark" not in table.frame or table.hidden["mark"].any():
        return [hidden_words()] * count
    few = table.frame["mark"].eq(TOO_FEW)
    return [t(TOO_FEW) if is_few else hidden_words() for is_few in few]
