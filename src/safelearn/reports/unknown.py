"""What is not known of the year's records, by offence: a table, released.

Gaps are seldom chance: where an offence lacks its points or its victims, a map or a table of victims leaves it out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.checks.missingness import missingness_by_offence
from safelearn.city.cube import UNCLASSIFIED
from safelearn.city.times.months import in_months
from safelearn.disclosure.slices import thresholds
from safelearn.estimates.intervals import wilson_interval
from safelearn.guidelines import offences
from safelearn.language import t
from safelearn.reports import findings
from safelearn.reports.names import offence_name
from safelearn.reports.period import Period
from safelearn.reports.release import FOCUS, Release

#: What may not be known of a record.
GAPS = ("no_coordinates", "not_timed", "sex_unknown", "age_unknown")


def unknown_table(frame: pd.DataFrame, period: Period, release: Release) -> None:
    """What is not known of the year's records, by offence: counts, and shares with their intervals.

    What is missing is a part of an offence's total, so it is protected within it. Events without coordinates are mostly
    those without an area: where these are hidden by area, they are hidden here too, and where some of them are sexual
    or domestic violence, unless no event of the offence has coordinates.
    """
    here = _by_section(frame[in_months(frame, period.focus)])
    here = here.loc[here.index.repeat(here["count"])]
    counted = missingness_by_offence(here, by="offence").sort_values(
        "offence", ignore_index=True
    )
    years = release.shared["by_year"]
    totals = years.loc[years["period"] == FOCUS, ["offence", "n"]]
    table = counted[["offence"]].merge(totals, on="offence", how="left")
    table.insert(1, "offence_name", table["offence"].map(offence_name))
    derived: dict[str, list[str]] = {"n": []}
    for gap in GAPS:
        parts = pd.concat(
            [
                pd.DataFrame(
                    {"offence": counted["offence"], "known": False, "n": counted[gap]}
                ),
                pd.DataFrame(
                    {
                        "offence": counted["offence"],
                        "known": True,
                        "n": counted["n"] - counted[gap],
                    }
                ),
            ]
        )
        safe = release.protect_parts(parts, totals, "offence")
        table[gap] = safe.loc[~safe["known"], "n"].to_numpy()
        if gap == "no_coordinates":
            shown = table["offence"].map(release.shows_not_located).astype(bool)
            # Less those of ordinary events, it would be the sexual or domestic violence of an unknown district.
            ordinary = ~table["offence"].map(release.holds_sensitive).astype(bool)
            every = (table[gap] == table["n"]).fillna(False).astype(bool)
            table[gap] = table[gap].where(shown & (ordinary | every))
        table[gap] = _not_alone(table, counted[gap].to_numpy(), gap, release)
        known = table[["n", gap]].notna().all(axis=1) & (table["n"] > 0)
        part = table.loc[known, ["n", gap]].astype(float)
        share = wilson_interval(part[gap].to_numpy(), part["n"].to_numpy())
        derived[gap] = [f"{gap}_{name}" for name in ("share", "lower", "upper")]
        values = (share.share, share.lower, share.upper)
        for column, value in zip(derived[gap], values, strict=True):
            table[column] = pd.Series(value, index=part.index)
        derived["n"] += derived[gap]
    measures = ["n", *GAPS, *derived["n"]]
    release.approve(
        "missingness_by_offence",
        table[["offence", "offence_name", *measures]],
        keys=["offence", "offence_name"],
        measures=measures,
        derived=derived,
        title=t("What is not known of the records, by offence"),
    )
    weight = frame["count"].to_numpy()
    located = weight[frame["area_id"].notna().to_numpy()].sum() / max(1, weight.sum())
    release.sentences["missing"] = findings.located(float(located))


def _not_alone(
    table: pd.DataFrame, true: np.ndarray, gap: str, release: Release
) -> pd.Series:
    """The gaps of one kind, of which no single one can be had from their sum, which other tables may tell."""
    shown = table[gap].copy()
    limits = thresholds(
        table[["offence"]], release.least, release.disclosure.sensitive_threshold
    )
    most = table["n"].to_numpy(dtype=float, na_value=np.inf)
    while True:
        gone = shown.isna().to_numpy() & (true > 0)
        if not gone.any():
            return shown
        total = true[gone].sum()
        enough = limits[gone].max() + gone.sum() - 2
        # None can be more than its offence has records: the others must be able to hold nearly all.
        room = np.sort(most[gone])[:-1].sum()
        if gone.sum() > 1 and total >= enough and room >= total - 1:
            return shown
        left = np.flatnonzero(~gone & (true > 0) & shown.notna().to_numpy())
        if not len(left):
            # Too few in all: zeros would tell where they are.
            return shown.mask(np.ones(len(shown), dtype=bool))
        shown.iloc[left[np.argmin(true[left])]] = pd.NA


def _by_section(frame: pd.DataFrame) -> pd.DataFrame:
    codes = frame["offence"].astype("str")
    section = {c: offences.section(c) for c in codes.dropna().unique()}
    return frame.assign(offence=codes.map(section).fillna(UNCLASSIFIED))
