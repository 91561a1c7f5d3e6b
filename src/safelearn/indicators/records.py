"""Indicators that police records and residents can give: rates of the catalogue, with their intervals.

An indicator is computed from released tables only, so a hidden count gives no indicator. What needs a survey or other
offices' figures is not here: it is not measured by records, however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from safelearn.guidelines.catalogue import indicator

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved

#: Indicator of the catalogue -> the ICCS division whose recorded rate it is.
FROM_RECORDS = {"intentional_homicide_rate": "0101", "robbery_rate": "0401"}
#: Columns of ``indicators.csv`` and their tags in the Humanitarian Exchange Language.
HXL = {
    "indicator_id": "#indicator+code",
    "indicator_name": "#indicator+name",
    "version": "#indicator+version",
    "sdg": "#indicator+sdg",
    "value": "#indicator+value+num",
    "lower": "#indicator+value+min",
    "upper": "#indicator+value+max",
    "n": "#indicator+n+num",
    "unit": "#indicator+unit",
    "period": "#date+period",
    "source": "#meta+source",
}


def indicator_table(tables: Mapping[str, Approved], period: object) -> pd.DataFrame:
    """One row for each indicator that the released tables can give.

    Parameters
    ----------
    tables : mapping of str to Approved
        The report's tables; `counts_by_offence` with rates is used.
    period : Period or None
        The report's period.

    Returns
    -------
    DataFrame
        The columns of `HXL`; empty without rates.
    """
    rows = []
    offences = tables.get("counts_by_offence")
    if offences is not None and "rate" in offences.measures:
        frame = offences.frame.set_index("offence")
        for name, code in FROM_RECORDS.items():
            if code not in frame.index or pd.isna(frame.loc[code, "rate"]):
                continue
            definition, row = indicator(name), frame.loc[code]
            if row["n"] < definition.minimum_n:
                continue
            values = {
                c: round(float(row[c]), 2) for c in ("rate", "rate_lower", "rate_upper")
            }
            rows.append(
                {
                    "indicator_id": definition.id,
                    "indicator_name": definition.english,
                    "version": definition.version,
                    "sdg": " ".join(definition.sdg),
                    "value": values["rate"],
                    "lower": values["rate_lower"],
                    "upper": values["rate_upper"],
                    "n": int(row["n"]),
                    "unit": definition.unit,
                    "period": f"{period.focus[0]}/{period.focus[-1]}",
                    "source": "police records",
                }
            )
    return pd.DataFrame(rows, columns=list(HXL))
