"""At which hours of the week offences are recorded: tables of hours, released whole or not at all.

An event that is known only to lie between two times is spread over the hours between them, so a cell is a sum of
parts. Parts cannot be protected cell by cell: a table in which one cell is small is left out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.times.months import in_months
from safelearn.diagnosis import timing
from safelearn.errors import Refused
from safelearn.estimates.intervals import byar_interval
from safelearn.language import t
from safelearn.reports import findings
from safelearn.reports.period import Period
from safelearn.reports.release import Release

#: Hours in a row that a finding names.
PEAK_HOURS = 6


def hour_tables(frame: pd.DataFrame, period: Period, release: Release) -> None:
    """Events by weekday and hour in all covered months, without sexual and domestic violence.

    Where a cell is small, first the hours of the week go, then the hours of the day and the days of the week.
    """
    sensitive = frame["offence"].astype("str").str.startswith("03", na=False)
    sensitive |= (frame["domestic"] == "yes").fillna(False)
    rows = frame[in_months(frame, period.months) & ~sensitive]
    try:
        week = timing.hour_by_weekday(rows)
    except Refused:
        return
    note = t("Sexual and domestic violence is left out here: it is not shown by hour.")
    by_hour = _with_limits(week.weights.sum(axis=0), "hour")
    by_day = _with_limits(week.weights.sum(axis=1), "weekday")
    titles = {
        "hours_of_the_day": t("Recorded offences by hour of the day"),
        "days_of_the_week": t("Recorded offences by day of the week"),
    }
    tables = {"hours_of_the_day": by_hour, "days_of_the_week": by_day}
    for name, table in tables.items():
        if _has_small(table["n"], release):
            return
        release.approve(
            name,
            table,
            keys=[table.columns[0]],
            measures=["n", "lower", "upper"],
            title=titles[name],
            notes=[note],
        )
    grid = week.weights.rename_axis(index="weekday", columns="hour").stack().rename("n")
    grid = grid.reset_index().astype({"weekday": int, "hour": int}).round(1)
    if not _has_small(grid["n"], release):
        release.approve(
            "hours",
            grid,
            keys=["weekday", "hour"],
            measures=["n"],
            title=t("Recorded offences by weekday and hour"),
            notes=[note],
        )
    n = by_hour["n"].to_numpy()
    around = np.convolve(np.r_[n, n[: PEAK_HOURS - 1]], np.ones(PEAK_HOURS), "valid")
    first = int(np.argmax(around))
    share = float(around[first] / n.sum())
    release.results["peak"] = (first, first + PEAK_HOURS, share)
    release.results["hours"] = week
    release.sentences["hours"] = findings.hours(first, first + PEAK_HOURS, share)


def _with_limits(n: pd.Series, key: str) -> pd.DataFrame:
    limits = byar_interval(n.to_numpy())
    table = pd.DataFrame({key: range(len(n)), "n": n.to_numpy()})
    return table.assign(lower=limits.lower, upper=limits.upper).round(1)


def _has_small(n: pd.Series, release: Release) -> bool:
    return bool(n.between(0, release.least, inclusive="neither").any())
