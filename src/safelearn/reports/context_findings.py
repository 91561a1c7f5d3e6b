"""Sentences by rule on how people live in different parts of a city. No area is named."""

from __future__ import annotations

import pandas as pd

from safelearn.language import lower_first, percent, t


def spread(table: pd.DataFrame) -> str:
    """How far areas lie apart, for the indicator on which the middle eight tenths differ most.

    Parameters
    ----------
    table : DataFrame
        `indicator`, `tenth`, `ninety`: a row an indicator.
    """
    width = table["ninety"] - table["tenth"]
    row = table.loc[width.idxmax()]
    return t(
        "Areas live under different conditions: {indicator} is {low} or less in a tenth of them and {high} or more "
        "in another tenth",
        indicator=lower_first(str(row["indicator"])),
        low=percent(float(row["tenth"])),
        high=percent(float(row["ninety"])),
    )
