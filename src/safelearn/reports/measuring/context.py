"""How people live: density, and what other offices know of housing, work and services by area, released.

Shares differ between areas; how far is shown with the areas in code order. A share from fewer people than the city's
threshold is hidden, and with it what would give it away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.guidelines.catalogue import indicators
from safelearn.language import t
from safelearn.reports import context_findings
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy.sources import CONDITIONS

#: Shares of the areas below and above which a tenth of them lie.
TENTH, NINETY = 0.1, 0.9


def context(scope: Scope) -> None:
    """Let out what may be shown."""
    _density(scope)
    _conditions(scope)
    _settlements(scope)


def _density(scope: Scope) -> None:
    population, boundaries = scope.table("population"), scope.boundaries
    if population is None or boundaries is None:
        return
    here = boundaries[["area_id", "area_name", "geometry"]]
    middle = here.union_all().centroid
    flat = here.to_crs(
        f"+proj=laea +lat_0={middle.y:.4f} +lon_0={middle.x:.4f} +units=m"
    )
    table = pd.DataFrame(
        {
            "area_id": here["area_id"].astype(str),
            "area_name": here["area_name"],
            "km2": (flat.area / 1e6).round(3),
        }
    ).merge(
        population_by(population)[["area_id", "population"]], on="area_id", how="left"
    )
    size = table["km2"].where(table["km2"] > 0)
    table["density"] = (table["population"] / size).round(0)
    scope.release.approve(
        "density_by_area",
        table[["area_id", "area_name", "population", "km2", "density"]],
        keys=["area_id", "area_name"],
        measures=["population", "km2", "density"],
        derived={},
        title=t("Residents per square kilometre"),
        police=False,
    )


def _conditions(scope: Scope) -> None:
    """Shares of housing, work and services by area, and how far apart areas lie."""
    statistics = scope.table("statistics")
    if statistics is None:
        return
    release, areas = scope.release, scope.areas
    names = dict(zip(areas["area_id"].astype(str), areas["area_name"], strict=True))
    latest = _latest(statistics, set(names))
    parts, spread = [], []
    for name, rows in latest.groupby("indicator_id", sort=False):
        if len(rows) <= len(names) / 2:
            continue
        counted = rows[["area_id", "numerator"]].rename(columns={"numerator": "n"})
        counted["n"] = counted["n"].round().astype("int64")
        safe = release.protect(counted).cells.set_index("area_id")["n"]
        shown = rows["area_id"].map(safe).notna()
        share = (rows["numerator"] / rows["denominator"]).where(shown)
        parts.append(
            rows[["indicator_id", "area_id"]].assign(
                area_name=rows["area_id"].map(names),
                n=rows["area_id"].map(safe).astype("Int64"),
                share=share.round(3),
            )
        )
        known = share.dropna()
        if len(known) == len(rows):
            spread.append(_spread(str(name), rows, known))
    if not parts:
        return
    release.approve(
        "conditions_by_area",
        pd.concat(parts, ignore_index=True),
        keys=["indicator_id", "area_id", "area_name"],
        measures=["n", "share"],
        title=t("Housing, work and services by area"),
        police=False,
    )
    if spread:
        table = pd.DataFrame(spread)
        release.approve(
            "spread_of_conditions",
            table,
            keys=["indicator_id", "indicator"],
            measures=[c for c in table if c not in ("indicator_id", "indicator")],
            derived={},
            title=t("How far areas lie apart"),
            police=False,
        )
        release.sentences["conditions"] = context_findings.spread(table)


def _latest(statistics: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """One row an indicator and area: the latest figure of `CONDITIONS` that is a share."""
    rows = statistics[
        statistics["indicator_id"].astype(str).isin(CONDITIONS)
        & statistics["area_id"].astype("str").isin(ids)
        & (statistics["denominator"] > 0)
    ].copy()
    for column in ("indicator_id", "area_id", "period"):
        rows[column] = rows[column].astype(str)
    order = {name: i for i, name in enumerate(CONDITIONS)}
    rows = rows.sort_values("period", kind="stable").drop_duplicates(
        ["indicator_id", "area_id"], keep="last"
    )
    rows["_order"] = rows["indicator_id"].map(order)
    return (
        rows.sort_values(["_order", "area_id"])
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def _spread(name: str, rows: pd.DataFrame, share: pd.Series) -> dict[str, object]:
    tenth, middle, ninety = np.quantile(share, [TENTH, 0.5, NINETY])
    title = {i.id: i.name for i in indicators()}.get(name, name)
    return {
        "indicator_id": name,
        "indicator": title,
        "period": rows["period"].max(),
        "areas": len(share),
        "city": round(float(rows["numerator"].sum() / rows["denominator"].sum()), 3),
        "tenth": round(float(tenth), 3),
        "middle": round(float(middle), 3),
        "ninety": round(float(ninety), 3),
    }


def _settlements(scope: Scope) -> None:
    """Areas and residents by settlement, informal ones too, and how many have no figure (draft:15.3, draft:16.1)."""
    areas, population = scope.areas, scope.table("population")
    kind = areas["settlement"].astype("str").fillna("unknown")
    if set(kind) <= {"unknown", "nan"}:
        return
    people = pd.Series(dtype=float)
    if population is not None:
        here = population_by(population)
        people = here.set_index(here["area_id"].astype(str))["population"]
    residents = areas["area_id"].astype(str).map(people)
    table = (
        pd.DataFrame({"settlement": kind, "residents": residents})
        .groupby("settlement", sort=True)["residents"]
        .agg(areas="size", without=lambda r: int(r.isna().sum()), population="sum")
        .reset_index()
    )
    scope.release.approve(
        "settlements",
        table,
        keys=["settlement"],
        measures=["areas", "without", "population"],
        derived={},
        title=t("Areas and residents by settlement"),
        police=False,
    )
