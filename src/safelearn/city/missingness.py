"""What is missing, and of which offences? In: incidents. Out: one row an offence.

Rows without a place are seldom missing at random: where a source masks the points of violent offences, a map
without them shows a city without violence. So what is missing is always shown by offence.
"""

from __future__ import annotations

import pandas as pd

_NAMELESS = "unclassified"


def missingness_by_offence(
    incidents: pd.DataFrame, *, by: str = "offence_label"
) -> pd.DataFrame:
    """Count what is missing, by offence.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.
    by : {"offence_label", "offence"}
        The words of the source, or the ICCS code.

    Returns
    -------
    DataFrame
        offence, n (rows), not_located (no area), no_coordinates (no point: the area may still be named),
        not_timed (no hour), sex_unknown, age_unknown; the most frequent offence first.
    """
    offence = incidents[by].astype("object").where(incidents[by].notna(), _NAMELESS)
    missing = pd.DataFrame(
        {
            "offence": offence.astype("str"),
            "n": 1,
            "not_located": incidents["area_id"].isna(),
            "no_coordinates": incidents["longitude"].isna(),
            "not_timed": ~incidents["time_precision"].isin(["minute", "hour"]),
            "sex_unknown": incidents["victim_sex"].isna(),
            "age_unknown": incidents["victim_age"].isna(),
        }
    )
    table = missing.groupby("offence", sort=True).sum().astype("int64").reset_index()
    return table.sort_values(
        ["n", "offence"], ascending=[False, True], ignore_index=True
    )
