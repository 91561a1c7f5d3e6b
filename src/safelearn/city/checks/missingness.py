"""What is missing, and of which offences? In: incidents. Out: one row an offence.

Rows without a place are seldom missing at random: where a source masks the points of violent offences, a map
without them shows a city without violence. So what is missing is always shown by offence.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.checks.shares import Slices, slices

#: What can be missing of a row.
GAPS = ("not_located", "no_coordinates", "not_timed", "sex_unknown", "age_unknown")


def missingness_by_offence(
    incidents: pd.DataFrame, *, by: str = "offence_label", sliced: Slices | None = None
) -> pd.DataFrame:
    """Count what is missing, by offence.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.
    by : {"offence_label", "offence"}
        The words of the source, or the ICCS code.
    sliced : Slices, optional
        The same rows, coded by the same column.

    Returns
    -------
    DataFrame
        offence, n (rows), not_located (no area), no_coordinates (no point: the area may still be named),
        not_timed (no hour), sex_unknown, age_unknown; the most frequent offence first.
    """
    coded = sliced or slices(incidents, by=by)
    counts = {"offence": coded.offences, "n": coded.rows_by_offence}
    for gap, rows in gaps(incidents).items():
        found = coded.counts(rows)[0]
        counts[gap] = [found.get(name, 0) for name in coded.offences]
    table = pd.DataFrame(counts)
    table["offence"] = table["offence"].astype("str")
    table = table[table["n"] > 0]
    return table.sort_values(
        ["n", "offence"], ascending=[False, True], ignore_index=True
    )


def gaps(incidents: pd.DataFrame) -> dict[str, np.ndarray]:
    """The rows that lack something, by what they lack."""
    timed = incidents["time_precision"].isin(["minute", "hour"]).to_numpy()
    return {
        "not_located": incidents["area_id"].isna().to_numpy(),
        "no_coordinates": incidents["longitude"].isna().to_numpy(),
        "not_timed": ~timed,
        "sex_unknown": incidents["victim_sex"].isna().to_numpy(),
        "age_unknown": incidents["victim_age"].isna().to_numpy(),
    }
