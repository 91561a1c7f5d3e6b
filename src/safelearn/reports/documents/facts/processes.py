"""What the justice system began and what came of it: counts of people from ``justice``, small ones hidden."""

from __future__ import annotations

import pandas as pd

from safelearn.language import NONE, number
from safelearn.reports.documents.facts.saying import share_of
from safelearn.reports.documents.registers import Registers


def pairs(registers: Registers, begun: str, done: str) -> list[list[str]]:
    """A line a period, the latest first: the period, how many began and finished, the share and its interval.

    Only figures for the whole city and for everybody are used, or else the sum over areas.
    """
    justice = registers.frame("justice")
    everybody = justice["group"].astype("str").eq("everyone")
    everybody &= justice["sex"].astype("str").eq("all")
    rows = justice[everybody & justice["measure"].isin([begun, done])]
    whole = rows[rows["area_id"].isna()]
    rows = whole if len(whole) else rows
    if not len(rows):
        return []
    sums = rows.pivot_table(
        index="period", columns="measure", values="value", aggfunc="sum", observed=True
    )
    sums = sums.reindex(columns=[begun, done]).dropna().sort_index(ascending=False)
    counts = pd.DataFrame(
        {"people_identified": sums[begun], "people_served": sums[done]}
    )
    shown = registers.protected(counts, True)
    lines = []
    for period, first, last, seen in zip(
        sums.index, sums[begun], sums[done], shown.itertuples(index=False), strict=True
    ):
        visible = seen.people_served == number(last)
        lines.append(
            [str(period), *seen, *(share_of(last, first) if visible else (NONE, NONE))]
        )
    return lines
