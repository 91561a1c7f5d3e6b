"""Whether an offence is followed by others near it, and how far and how long, released.

Only pairs of events leave, of the whole city: no place, no day, and no pair count from 1 to 4. Sexual and domestic
violence is left out, because what repeats there repeats in a home.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis import near_repeat
from safelearn.diagnosis.grid import in_metres
from safelearn.errors import Refused
from safelearn.estimates.intervals import byar_interval
from safelearn.language import number, t
from safelearn.reports import hot_spot_findings as findings
from safelearn.reports.measuring.hot_spots import ROUND
from safelearn.reports.measuring.placed import placed_rows
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.names import offence_name

_PAIRS = ["pairs", "expected", "ratio", "evidence"]
_BANDS = ["metres_from", "metres_to", "days_from", "days_to"]


def near_repeats(scope: Scope) -> None:
    """Measure, and let out what may be shown (draft:25(d).2)."""
    if scope.incidents is None or scope.period is None:
        return
    if "near_repeat" not in scope.able:
        return
    rows = near_repeat.usable(placed_rows(scope))
    tables, reaches = [], []
    for offence, part in rows.groupby("offence"):
        try:
            table = near_repeat.near_repeat(*_events(part))
        except Refused:
            continue
        tables.append(table.assign(offence=str(offence)))
        reaches.append((str(offence), len(part), near_repeat.reach(table), table))
    if not tables:
        raise Refused(
            t(
                "No kind of offence has {least} events with a day and a point of their own.",
                least=number(near_repeat.FEWEST),
            ),
            remedy=t("Import more years."),
        )
    scope.release.card("near_repeat")
    # Bands of kinds that do not repeat show chance and nothing else.
    clear = {offence for offence, _, reach, _ in reaches if reach.days}
    tables = [table for table in tables if table["offence"].iloc[0] in clear]
    if tables:
        _release_bands(scope, pd.concat(tables, ignore_index=True))
    _release_reach(scope, reaches)


def _events(part: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Metres east and north and whole days; events of one address stand on one point."""
    middle = (
        f"+proj=laea +lat_0={part['latitude'].median():.4f} "
        f"+lon_0={part['longitude'].median():.4f} +units=m"
    )
    x, y = in_metres(part["longitude"], part["latitude"], middle)
    points = pd.DataFrame({"x": x, "y": y}, index=part.index)
    known = part["place_key"].notna() & part["place_key"].astype("str").ne("")
    same = points[known].groupby(part.loc[known, "place_key"].astype("str"))
    points.loc[known] = same.transform("mean")
    day = part["occurred_from"].to_numpy().astype("datetime64[D]").astype(np.int64)
    return points["x"].to_numpy(), points["y"].to_numpy(), day.astype(float)


def _release_bands(scope: Scope, table: pd.DataFrame) -> None:
    inner = np.isfinite(table["metres_to"]) & np.isfinite(table["days_to"])
    bands = table[inner].rename(columns={"observed": "pairs"})
    clear = bands["q"] <= near_repeat.CLEAR
    more = bands["ratio"] >= near_repeat.CLEAR_RATIO
    bands["evidence"] = np.select(
        [clear & more, bands["p"] <= near_repeat.CLEAR], ["clear", "hint"], "none"
    )
    bands["expected"], bands["ratio"] = (
        bands["expected"].round(1),
        bands["ratio"].round(2),
    )
    bands[_BANDS] = bands[_BANDS].astype(int)
    few = bands["pairs"].between(1, scope.release.least - 1).to_numpy()
    bands["pairs"] = bands["pairs"].astype("Int64").mask(few)
    scope.release.approve(
        "near_repeat",
        bands[["offence", *_BANDS, *_PAIRS]],
        keys=["offence", *_BANDS],
        measures=_PAIRS,
        derived={"pairs": _PAIRS[1:]},
        title=t("Pairs of offences by distance and time, beside what chance gives"),
        notes=[t("Bands begin at their first number and end just below their second.")],
        model="near_repeat",
    )


def _release_reach(scope: Scope, reaches: list[tuple]) -> None:
    lines = []
    for offence, n, reach, table in reaches:
        within = table[table["metres_to"].between(1.5, max(reach.metres, 1))]
        within = within[within["days_to"] <= reach.days]
        observed, expected = within["observed"].sum(), within["expected"].sum()
        found = byar_interval(observed, max(expected, 1e-9))
        some = bool(reach.metres) and observed >= scope.release.least
        lines.append(
            {
                "offence": offence,
                "events": int(round(n / ROUND) * ROUND),
                "metres": reach.metres,
                "days": reach.days,
                "ratio": round(reach.ratio, 2) if some else np.nan,
                "lower": round(float(found.lower), 2) if some else np.nan,
                "upper": round(float(found.upper), 2) if some else np.nan,
                "same_place": round(reach.same_place, 1) if reach.days else np.nan,
            }
        )
        if reach.days:
            scope.release.sentences[f"near_repeat:{offence}"] = findings.repeats(
                offence_name(offence), reach.metres, reach.days, reach.ratio
            )
    table = pd.DataFrame(lines).astype({"metres": int, "days": int})
    scope.release.approve(
        "near_repeat_reach",
        table,
        keys=["offence"],
        measures=list(table.columns[1:]),
        derived={},
        title=t("How far and how long offences are followed by others"),
        model="near_repeat",
    )
    if not table["days"].any():
        scope.release.sentences["near_repeat"] = findings.any_repeats(len(lines))
