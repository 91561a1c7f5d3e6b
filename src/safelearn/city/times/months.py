"""In which month does an event count? In: incidents, as exactly as each is dated. Out: labels of months.

An event of which only the year is known counts in its year and in no month, so that it never enters a monthly
series; a week or a financial year counts where its middle lies.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def in_months(incidents: pd.DataFrame, months: Iterable[str]) -> NDArray[np.bool_]:
    """Which rows count in these months, as a count cube has them ("2024-01", or "2024" for rows without a month)."""
    codes, labels = month_labels(incidents)
    wanted = set(months)
    return np.array([label in wanted for label in labels] or [False])[codes]


def month_labels(incidents: pd.DataFrame) -> tuple[NDArray[np.int64], list[str]]:
    """Codes and labels of the months: "2019-01", "2019" if only the year is known, "" for no date."""
    day = _middle(incidents).astype("datetime64[D]")
    absent = np.isnat(day)
    if absent.all():
        return np.zeros(len(day), dtype=np.int64), [""] if len(day) else []
    number = np.where(absent, 0, day.astype(np.int64))
    first, last = number[~absent].min(), number[~absent].max()
    # One look at the calendar a day, not one a row.
    calendar = (
        np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]")
    )
    span = np.arange(calendar[0], calendar[-1] + 1)
    labels = np.datetime_as_string(span).tolist()
    month = (calendar - calendar[0]).astype(np.int64)[
        np.where(absent, 0, number - first)
    ]
    if absent.any():
        month = np.where(absent, len(labels), month)
        labels.append("")
    if "time_precision" in incidents:
        by_year = (incidents["time_precision"] == "year").to_numpy(dtype=bool) & ~absent
        if by_year.any():
            years = np.array([int(label[:4] or 0) for label in labels])
            month = np.where(by_year, len(labels) + years[month] - years[0], month)
            labels += [str(y) for y in range(years[0], years[: len(span)].max() + 1)]
    used = np.bincount(month, minlength=len(labels)) > 0
    if not used.all():
        month = (np.cumsum(used) - 1)[month]
        labels = [label for label, u in zip(labels, used, strict=True) if u]
    return month, labels


def _middle(incidents: pd.DataFrame) -> NDArray[np.datetime64]:
    """When each event began; of a week or a financial year, its middle."""
    begin = incidents["occurred_from"].to_numpy()
    if not {"occurred_to", "time_precision"} <= set(incidents):
        return begin
    rough = incidents["time_precision"].isin(["month", "year"]).to_numpy(dtype=bool)
    if not rough.any():
        return begin
    end = incidents["occurred_to"].to_numpy()
    rough = rough & ~np.isnat(end)
    return np.where(rough, begin + (end - begin) // 2, begin)
