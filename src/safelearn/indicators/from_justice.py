"""What do police, courts and oversight bodies count of their own work? (draft:26(e).4)

The table ``justice`` goes in, with totals by measure and period; figures of the catalogue come out: response time,
officers, clearance, complaints upheld, disparity of stops, detainees without a sentence. Several of them can be gamed
by those who are measured, which the catalogue's cautions say; a rise of clearance or of complaints is no verdict.
"""

from __future__ import annotations

import math

import pandas as pd

from safelearn.estimates.contrasts import rate_ratio
from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.indicators.figures import EVERYONE, FULL_COUNT, INTERVAL, Figure

NEEDS = frozenset({"table:justice"})
SOURCE = "justice"


def justice_figures(
    table: pd.DataFrame | None,
    *,
    residents: float | None = None,
    shares: dict[str, float] | None = None,
    least: int = 5,
) -> list[Figure]:
    """Every indicator that the table ``justice`` can give.

    Parameters
    ----------
    table : DataFrame or None
    residents : float, optional
        For officers per 100,000.
    shares : dict of str to float, optional
        Each group's share of the residents, for stops.
    least : int
        The smallest count that is shown.
    """
    if table is None:
        return []
    found = [
        _response(table),
        _officers(table, residents),
        _clearance(table),
        _complaints(table),
        _detainees(table),
        *_stops(table, shares or {}),
    ]
    return [f.checked(least) for f in found if f is not None]


def latest(table: pd.DataFrame, measure: str, **where: str) -> pd.DataFrame:
    """The rows of a measure in its last period, for the whole city where it is given, else of all areas."""
    rows = table[table["measure"] == measure]
    rows = rows[
        rows["group"].astype("object").fillna(EVERYONE) == where.get("group", EVERYONE)
    ]
    if where.get("sex", "all") == "all":
        whole = rows[rows["sex"].astype("object").fillna("all") == "all"]
        rows = whole if len(whole) else rows
    if rows.empty:
        return rows
    rows = rows[rows["period"].astype(str) == rows["period"].astype(str).max()]
    whole = rows[rows["area_id"].isna()]
    return whole if len(whole) else rows


def _total(rows: pd.DataFrame) -> float:
    """The sum over offences, or the row for all of them where there is one."""
    if rows.empty:
        return math.nan
    whole = rows[rows["offence"].isna()]
    return float((whole if len(whole) else rows)["value"].sum())


def _period(rows: pd.DataFrame) -> str:
    return str(rows["period"].iloc[0])


def _common(table: pd.DataFrame, rows: pd.DataFrame, measure: str) -> dict:
    every = table.loc[table["measure"] == measure, "period"]
    return {"period": _period(rows), "source": SOURCE, "periods": every.nunique()}


def _response(table: pd.DataFrame) -> Figure | None:
    """Median minutes from call to arrival. Medians of areas have no city median: without a city row there is none."""
    rows = latest(table, "response_minutes_median")
    rows = rows[rows["area_id"].isna()]
    if rows.empty:
        return None
    calls = latest(table, "calls")
    by_area = table[table["measure"].eq("response_minutes_median")]["area_id"].notna()
    return Figure(
        "response_time",
        float(rows["value"].iloc[0]),
        n=_total(calls),
        precision=FULL_COUNT,
        split=bool(by_area.any()),
        **_common(table, rows, "response_minutes_median"),
    )


def _officers(table: pd.DataFrame, residents: float | None) -> Figure | None:
    rows = latest(table, "officers")
    if rows.empty or not residents:
        return None
    officers = _total(rows)
    return Figure(
        "police_officers",
        100_000 * officers / residents,
        n=officers,
        precision=FULL_COUNT,
        split=bool(table.loc[table["measure"].eq("officers"), "sex"].ne("all").any()),
        **_common(table, rows, "officers"),
    )


def _clearance(table: pd.DataFrame) -> Figure | None:
    recorded, cleared = (
        latest(table, m) for m in ("offences_recorded", "offences_cleared")
    )
    if recorded.empty or cleared.empty or _period(recorded) != _period(cleared):
        return None
    return _share(
        "clearance_rate",
        _total(cleared),
        _total(recorded),
        split=cleared["offence"].notna().any(),
        **_common(table, cleared, "offences_cleared"),
    )


def _share(
    name: str, top: float, below: float, *, split: bool, **common
) -> Figure | None:
    if not below or top > below:
        return None
    found = wilson_interval(top, below)
    return Figure(
        name,
        100 * found.share,
        100 * found.lower,
        100 * found.upper,
        n=below,
        precision=INTERVAL,
        split=bool(split),
        **common,
    )


def _complaints(table: pd.DataFrame) -> Figure | None:
    upheld, officers = latest(table, "complaints_upheld"), latest(table, "officers")
    if upheld.empty or officers.empty or not _total(officers):
        return None
    events = _total(upheld)
    found = byar_interval(events, _total(officers), 1000)
    return Figure(
        "complaints_upheld",
        found.rate,
        found.lower,
        found.upper,
        n=events,
        precision=INTERVAL,
        **_common(table, upheld, "complaints_upheld"),
    )


def _detainees(table: pd.DataFrame) -> Figure | None:
    held, waiting = (latest(table, m) for m in ("detainees", "detainees_unsentenced"))
    if held.empty or waiting.empty or not _total(held):
        return None
    return Figure(
        "unsentenced_detainees",
        100 * _total(waiting) / _total(held),
        n=_total(held),
        precision=FULL_COUNT,
        **_common(table, held, "detainees"),
    )


def _stops(table: pd.DataFrame, shares: dict[str, float]) -> list[Figure]:
    """Stops per resident of each group over those of everybody else (`estimates.contrasts.rate_ratio`)."""
    whole = latest(table, "stops")
    if whole.empty:
        return []
    every, found = _total(whole), []
    for group, share in shares.items():
        rows = latest(table, "stops", group=group)
        if rows.empty or not 0 < share < 1 or _period(rows) != _period(whole):
            continue
        own = _total(rows)
        rest = every - own
        if own <= 0 or rest <= 0:
            continue
        ratio = rate_ratio(own, share, rest, 1 - share)
        found.append(
            Figure(
                "stop_disparity",
                ratio.value,
                ratio.lower,
                ratio.upper,
                n=own,
                group=group,
                breakdown="group",
                precision=INTERVAL,
                split=True,
                **_common(table, rows, "stops"),
            )
        )
    return found
