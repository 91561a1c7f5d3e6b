"""What neighbourhoods have to build on, and what residents do themselves: released, as far as they agree to be listed.

(draft:25(b), draft:26(d).3, draft:26(c).5b, draft:24(g))
"""

from __future__ import annotations

import pandas as pd

from safelearn.city.population import population_by
from safelearn.language import t
from safelearn.reports.measuring.actors import attempt
from safelearn.reports.measuring.scope import Scope
from safelearn.stakeholders.assets import KIND_NAMES, assets, at_work, listed
from safelearn.stakeholders.initiatives import initiatives
from safelearn.stakeholders.register import exposed

COUNTED = ["assets", *KIND_NAMES, "after_dark", "accessible", "hours_free", "initiatives"]  # fmt: skip


def strengths(scope: Scope) -> None:
    """Assets by area and one by one, and initiatives."""
    attempt(scope, "assets", _assets)
    attempt(scope, "initiatives", _initiatives)


def _assets(scope: Scope) -> None:
    table, areas = scope.table("assets"), scope.table("areas")
    if table is None or not len(table) or areas is None:
        return
    people = scope.table("population")
    residents = None
    if people is not None and len(people):
        residents = population_by(people).set_index("area_id")["population"]
    found = assets(table, areas, residents, scope.table("initiatives"))
    named = areas[["area_id", "area_name"]].astype("str")
    frame = named.merge(found.areas, on="area_id").sort_values("area_id")
    counted = [*COUNTED, *(["per_1000"] if "per_1000" in frame else [])]
    scope.release.approve(
        "assets_by_area",
        frame[["area_id", "area_name", *counted]],
        keys=["area_id", "area_name"],
        measures=counted,
        derived={},
        police=False,
        title=t("What each area has to build on"),
    )
    scope.release.approve(
        "assets_by_group",
        found.groups,
        keys=["group"],
        measures=["assets"],
        derived={},
        police=False,
        title=t("Whom the city's assets mostly serve"),
    )
    _listed(scope, listed(table), areas)
    scope.release.results["assets"] = {
        "assets": int(found.areas["assets"].sum()),
        "unlisted": found.unlisted,
        "used": found.used,
        "least": int(found.areas["assets"].min()),
        "most": int(found.areas["assets"].max()),
        "without": int((found.areas["assets"] == 0).sum()),
        "hours_free": float(found.areas["hours_free"].sum()),
    }


def _listed(scope: Scope, rows: pd.DataFrame, areas: pd.DataFrame) -> None:
    """The list itself: whom a place serves is left out where that could show who lives there."""
    parents = ["parent"] if "parent" in areas else []
    named = areas[["area_id", "area_name", *parents]].astype("str")
    free = pd.Series(float("nan"), index=rows.index)
    if {"hours_available", "hours_used"} <= set(rows):
        free = (rows["hours_available"] - rows["hours_used"]).astype(float).clip(0)
    frame = pd.DataFrame(
        {
            "asset_id": rows["asset_id"].astype("str"),
            "asset": rows["name"].astype("str"),
            "area_id": rows["area_id"].astype("str"),
            "type": rows["type"].astype("str"),
            "group": _plain(rows, "group").mask(exposed(rows), ""),
            "hours_free": free,
            "open_after_dark": _plain(rows, "open_after_dark"),
            "accessible": _plain(rows, "accessible"),
        }
    )
    frame = frame.merge(named, on="area_id").sort_values(["area_id", "asset_id"])
    keys = ["asset_id", "asset", "area_id", "area_name", *parents]
    measures = ["type", "group", "hours_free", "open_after_dark", "accessible"]
    scope.release.approve(
        "assets",
        frame[[*keys, *measures]],
        keys=keys,
        measures=measures,
        derived={},
        police=False,
        title=t("Places, groups and services that may be listed"),
    )


def _initiatives(scope: Scope) -> None:
    table, areas = scope.table("initiatives"), scope.table("areas")
    if table is None or not len(table):
        return
    kind = None
    if areas is not None and "settlement" in areas:
        kind = areas.set_index(areas["area_id"].astype("str"))["settlement"].dropna()
    found = initiatives(table, kind)
    scope.release.results["initiatives"] = {
        "initiatives": found.initiatives,
        "at_work": found.at_work,
        "asked": found.asked,
        "given": found.given,
        "currency": found.currency,
        "share": float(found.helped.share),
        "lower": float(found.helped.lower),
        "upper": float(found.helped.upper),
        "by_area": {row.kind: (int(row.asked), int(row.helped)) for row in found.by_area.itertuples()},
    }  # fmt: skip
    rows = at_work(table)
    if areas is None or not len(rows):
        return
    # Who leads a group is not shown beside where it is: that could show who lives there.
    frame = pd.DataFrame(
        {
            "initiative_id": rows["initiative_id"].astype("str"),
            "initiative": rows["name"].astype("str"),
            "area_id": _plain(rows, "area_id"),
            "aim": _plain(rows, "aim"),
            "prevention": _plain(rows, "prevention"),
            "needs": _plain(rows, "needs"),
        }
    )
    named = areas[["area_id", "area_name"]].astype("str")
    frame = frame.merge(named, on="area_id", how="left")
    frame["area_name"] = frame["area_name"].fillna("")
    scope.release.approve(
        "initiatives",
        frame.sort_values(["area_id", "initiative_id"]),
        keys=["initiative_id", "initiative", "area_id", "area_name"],
        measures=["aim", "prevention", "needs"],
        derived={},
        police=False,
        title=t("What residents do themselves"),
    )


def _plain(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series("", index=rows.index)
    return rows[column].astype("str").where(rows[column].notna(), "")
