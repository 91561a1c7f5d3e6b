"""The file ``indicators.csv``: one row an indicator and group, readable by people, spreadsheets and humanitarian tools.

The second row holds tags of the Humanitarian Exchange Language (HXL 1.1), which say what a column is whatever its name.
The columns never change their order, and the same table gives the same bytes: the form in which a city hands its
indicators to those who monitor globally (draft:27).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

#: Columns of the file, in order, with their tags.
HXL = {
    "indicator_id": "#indicator+code",
    "indicator_name": "#indicator+name",
    "version": "#indicator+version",
    "sdg": "#indicator+sdg",
    "breakdown": "#group+type",
    "group": "#group+code",
    "value": "#indicator+value+num",
    "lower": "#indicator+value+min",
    "upper": "#indicator+value+max",
    "n": "#indicator+n+num",
    "unit": "#indicator+unit",
    "period": "#date+period",
    "source": "#meta+source",
    "precision": "#meta+precision",
    "direction": "#indicator+direction",
    "maturity": "#meta+maturity+num",
    "baseline": "#indicator+baseline+num",
    "target": "#indicator+target+num",
    "due": "#date+due",
    "owner": "#org+owner",
    "progress": "#status+progress",
    "status": "#status",
    "reason": "#description+reason",
}
COLUMNS = list(HXL)
#: Decimals of values in the file.
DIGITS = 4


def write(table: pd.DataFrame, path: str | Path) -> None:
    """Write the table with its tags; columns that it lacks stay empty."""
    frame = table.reindex(columns=COLUMNS)
    tags = pd.DataFrame([list(HXL.values())], columns=COLUMNS)
    text = frame.astype(object).map(_written)
    pd.concat([tags, text], ignore_index=True).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n"
    )


def read(path: str | Path) -> pd.DataFrame:
    """Read such a file, also one of an earlier version with fewer columns; without the row of tags."""
    table = pd.read_csv(path, dtype="str", encoding="utf-8", keep_default_na=False)
    first = table.iloc[0] if len(table) else None
    if first is not None and str(first.iloc[0]).startswith("#"):
        table = table.iloc[1:].reset_index(drop=True)
    for column in COLUMNS:
        if HXL[column].endswith(("+num", "+min", "+max")) and column in table:
            table[column] = pd.to_numeric(table[column], errors="coerce")
    return table


def _written(value: object) -> object:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        short = round(value, DIGITS)
        return int(short) if short == int(short) else short
    return value
