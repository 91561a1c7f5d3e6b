"""Who has what within a walk, who has open space, and whether people live apart: by place and area, released.

Lists of services and places give points; only shares of residents leave. Shelters and other confidential services are
in no figure, and neither are community groups that do not want to be on a public list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.diagnosis import access, public_space
from safelearn.diagnosis.conditions import GROUPS
from safelearn.diagnosis.segregation import segregation
from safelearn.disclosure.slices import IDENTITY
from safelearn.errors import Refused
from safelearn.guidelines import catalogue
from safelearn.language import mark, t
from safelearn.reports import place_findings
from safelearn.reports.measuring.scope import Scope


@dataclass(frozen=True)
class Kind:
    """Something to walk to: its types in the tables of services, assets and spaces, and the metres of a walk."""

    key: str
    english: str
    metres: int
    services: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


KINDS = (
    Kind("open_space", mark("An open public space"), access.WALKS[0]),
    Kind("school", mark("A school or nursery"), access.WALKS[1], ("school",), ("school", "nursery")),
    Kind("health", mark("A health centre or hospital"), access.WALKS[1], ("health_centre", "hospital"), ("health",)),
    Kind(
        "community", mark("A community, youth, women's or culture centre, or a library"), access.WALKS[1],
        ("youth",), ("community_centre", "youth_centre", "women_centre", "culture", "library"),
    ),
    Kind(
        "help", mark("Help for victims, legal aid or mediation"), access.WALKS[1],
        ("victim_support", "legal_aid", "mediation"),
    ),
    Kind("police", mark("A police station"), access.WALKS[1], ("police_station",)),
    Kind("stop", mark("A public transport stop"), access.STOP_WALK, ("transport_stop",), ("transport_stop",)),
)  # fmt: skip
#: What is also shown by area.
BY_AREA = ("open_space", "health", "community", "stop")
#: An indicator of other offices that stands for stops where no list of stops is held.
OF_OFFICE = "public_transport_access"


def reach(scope: Scope) -> None:
    """Shares of residents within a walk, open space a head, and segregation."""
    residents = _residents(scope)
    points = _points(scope)
    if residents is not None and points:
        _walks(scope, residents, points)
    _office(scope)
    _open_space(scope)
    _apart(scope)


def _residents(scope: Scope) -> pd.DataFrame | None:
    population, boundaries = scope.table("population"), scope.boundaries
    if population is None or boundaries is None:
        return None
    found = access.spread_residents(boundaries, population_by(population))
    return found if len(found) else None


def walks_by_area(scope: Scope, keys: tuple[str, ...]) -> dict[str, pd.Series]:
    """Shares of residents within a walk by area code, of the kinds that the city's lists know."""
    residents, points = _residents(scope), _points(scope)
    if residents is None:
        return {}
    found = {}
    for kind in KINDS:
        if kind.key in keys and kind.key in points:
            # A shorter walk tells areas apart better.
            part = access.within_walk(
                residents, points[kind.key], access.WALKS[0], by_area=True
            )
            found[kind.key] = part.set_index("area_id")["value"]
    return found


def _points(scope: Scope) -> dict[str, pd.DataFrame]:
    """The public points of every kind that has any."""
    columns = ["longitude", "latitude", "type"]
    lists = {}
    for table in ("services", "assets"):
        held = scope.table(table)
        lists[table] = None if held is None else access.public_points(held)
    spaces = scope.table("spaces")
    found = {}
    for kind in KINDS:
        parts = [
            held.loc[held["type"].isin(getattr(kind, table)), columns]
            for table, held in lists.items()
            if held is not None
        ]
        if kind.key == "open_space" and spaces is not None:
            parts = [access.public_points(public_space.open_spaces(spaces))[columns]]
        whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        if len(whole):
            found[kind.key] = whole
    return found


def _walks(scope: Scope, residents: pd.DataFrame, points: dict) -> None:
    rows, by_area = [], []
    for kind in KINDS:
        if kind.key not in points:
            continue
        found = access.within_walk(residents, points[kind.key], kind.metres)
        rows.append(
            found.assign(
                kind=kind.key, metres=kind.metres, places=len(points[kind.key])
            )
        )
        if kind.key in BY_AREA:
            part = access.within_walk(
                residents, points[kind.key], kind.metres, by_area=True
            )
            by_area.append(part.assign(kind=kind.key, metres=kind.metres))
    measures = ["metres", "value", "lower", "upper", "places"]
    table = pd.concat(rows, ignore_index=True)
    scope.release.approve(
        "access",
        table[["kind", *measures]],
        keys=["kind"],
        measures=measures,
        derived={},
        police=False,
        title=t("Residents within a walk of places and services"),
        notes=[
            t(
                "Straight lines, residents spread evenly over their area; shelters and other confidential "
                "services are left out."
            )
        ],
    )
    scope.release.results["access"] = table.set_index("kind")["value"].to_dict()
    scope.release.sentences["access"] = place_findings.access(
        scope.release.results["access"]
    )
    if not by_area:
        return
    named = scope.areas[["area_id", "area_name"]]
    areas = named.merge(pd.concat(by_area, ignore_index=True), on="area_id")
    areas["percent"] = (100 * areas["value"]).round(1)
    scope.release.approve(
        "access_by_area",
        areas[["area_id", "area_name", "kind", "metres", "value", "percent"]]
        .sort_values(["kind", "area_id"])
        .reset_index(drop=True),
        keys=["area_id", "area_name", "kind"],
        measures=["metres", "value", "percent"],
        derived={},
        police=False,
        title=t("Residents within a walk of places and services, by area"),
    )


def _office(scope: Scope) -> None:
    """Access to public transport as another office measured it, where no list of stops is held."""
    table = scope.table("statistics")
    if table is None or "stop" in scope.release.results.get("access", {}):
        return
    rows = table[(table["indicator_id"] == OF_OFFICE) & (table["group"] == "everyone")]
    rows = rows[
        rows["area_id"].isin(scope.areas["area_id"]) & (rows["denominator"] > 0)
    ]
    rows = rows[rows["period"] == rows["period"].max()]
    if len(rows) < 2:
        return
    near, people = (rows[c].to_numpy(dtype=float) for c in ("numerator", "denominator"))
    scope.release.results["transport_access"] = {
        "value": float(near.sum() / people.sum()),
        "least": float(np.min(near / people)),
        "most": float(np.max(near / people)),
        "areas": len(rows),
        "source": str(rows["source"].iloc[0]),
        "period": str(rows["period"].iloc[0]),
    }


def _open_space(scope: Scope) -> None:
    """Open space a head by area, and how evenly it is shared among residents."""
    table, population = scope.table("spaces"), scope.table("population")
    if table is None or population is None or table.empty:
        return
    try:
        found = public_space.space_per_head(table, population_by(population))
        gini = public_space.gini_among_residents(found["area_m2"], found["population"])
    except Refused as refused:
        scope.refused["open_space"] = refused
        return
    named = scope.areas[["area_id", "area_name"]].merge(found, on="area_id")
    named["per_head"] = named["per_head"].round(2)
    scope.release.approve(
        "open_space_by_area",
        named.sort_values("area_id", ignore_index=True),
        keys=["area_id", "area_name"],
        measures=["spaces", "area_m2", "population", "per_head"],
        derived={},
        police=False,
        title=t("Open public space by area"),
    )
    people = found["population"]
    without = float(people[found["area_m2"] == 0].sum() / people.sum())
    mean = float(found["area_m2"].sum() / people.sum())
    result = {"gini": gini, "mean": mean, "without": without}
    ground = _ground(scope)
    if ground:
        result["share"] = public_space.open_share(table, ground)
    scope.release.results["open_space"] = result
    scope.release.sentences["open_space"] = place_findings.open_space(mean, gini)


def _ground(scope: Scope) -> float:
    """Square metres of all areas."""
    boundaries = scope.boundaries
    if boundaries is None or not len(boundaries):
        return 0.0
    west, south, east, north = boundaries.total_bounds
    middle = f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f}"
    local = boundaries.to_crs(f"+proj=laea {middle} +units=m")
    return float(local.area.sum())


def _apart(scope: Scope) -> None:
    """Segregation of groups that may be counted by area: homes, work, ages; never identity."""
    table = scope.table("statistics")
    rows = []
    if table is not None:
        known = {one.id: one for one in catalogue.indicators()}
        identity = table["indicator_id"].map(
            lambda one: bool(IDENTITY.search(str(one)))
        )
        kept = table[
            table["group"].isin(GROUPS)
            & ~identity.astype(bool)
            & table["area_id"].isin(scope.areas["area_id"])
            & (table["denominator"] > 0).fillna(False)
        ]
        for indicator, part in kept.groupby("indicator_id", observed=True):
            # The index is about a group of people: those in want, not those with access.
            found = known.get(str(indicator))
            if found is None or found.direction != catalogue.Direction.LESS_IS_BETTER:
                continue
            part = part[part["period"] == part["period"].max()]
            rows.append((str(indicator), part["numerator"], part["denominator"]))
    # Age alone says nothing of means: it stands beside them as what is usual between groups.
    rows += _by_age(scope) if rows else []
    lines = []
    for group, inside, everybody in rows:
        try:
            one = segregation(inside, everybody)
        except Refused:
            continue
        lines.append(
            {
                "group": group,
                "value": one.dissimilarity,
                "lower": one.lower,
                "upper": one.upper,
                "by_chance": one.by_chance,
                "adjusted": one.adjusted,
                "isolation": one.isolation,
                "share": one.share,
                "areas": one.areas,
            }
        )
    if not lines:
        return
    frame = pd.DataFrame(lines)
    scope.release.approve(
        "segregation",
        frame,
        keys=["group"],
        measures=list(frame.columns[1:]),
        derived={},
        police=False,
        title=t("How far apart groups live"),
    )
    scope.release.sentences["segregation"] = place_findings.segregation(
        float(frame["value"].max()), float(frame["by_chance"].max())
    )


def _by_age(scope: Scope) -> list[tuple[str, pd.Series, pd.Series]]:
    population = scope.table("population")
    if population is None:
        return []
    found = population_by(population, ("area_id", "age_group"))
    whole = found.groupby("area_id")["population"].sum()
    first = found["age_group"].str.extract(r"^(\d+)")[0].astype(float)
    old = found[first >= 65].groupby("area_id")["population"].sum()
    if found["age_group"].nunique() < 3 or old.empty:
        return []
    return [("65+", old.reindex(whole.index).fillna(0.0), whole)]
