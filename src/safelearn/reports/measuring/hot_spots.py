"""Small places where offences gather, whether they stay, and what such a map is worth, released.

Cells are places, so they are held to what holds for places: no sexual or domestic violence; cells of 250 m and more;
no count of a cell; of a hot spot its events to the nearest ten over all years together, and at least ten. Where the
table by area hides an area's count, no cell that reaches into the area is shown, hot or not: the map cannot say more of
it than the table does. What is left rests on areas whose counts stand in the table anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.cube import UNCLASSIFIED
from safelearn.diagnosis.accuracy import Accuracy, accuracy
from safelearn.diagnosis.grid import Grid, city_grid, fitting_size, in_metres
from safelearn.diagnosis.hotspots import FEWEST, HotSpots, surroundings
from safelearn.diagnosis.hotspots import hot_spots as find
from safelearn.diagnosis.persistence import (
    MEANINGS,
    PERSISTENT,
    hot_years,
    persistence,
)
from safelearn.disclosure.algorithm_cards import GroupError
from safelearn.errors import Refused
from safelearn.language import number, t
from safelearn.reports import hot_spot_findings as findings
from safelearn.reports.measuring.placed import hidden_areas, placed_rows
from safelearn.reports.measuring.scope import Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Side of a cell in metres, at least: a few blocks, not a house.
CELL = 250.0
#: Events of a hot spot are told to the nearest ten.
ROUND = 10
#: Part of a cell by which it must reach into an area to lie in it.
_REACHES = 0.01
#: Fewest marked cells that an error is told of.
_FEWEST_MARKED = 20
_CLEAR, _VERY_CLEAR = "clear", "very clear"


@dataclass(frozen=True, eq=False)
class Forecast:
    """What a map of earlier years was worth, and for each cell that it marked whether that still held."""

    offence: str
    found: Accuracy
    cells: NDArray[np.int64]
    still: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of offence on the grid."""

    offence: str
    counts: NDArray[np.float64]
    spots: HotSpots
    kept: NDArray[np.bool_]
    pattern: NDArray[np.object_] | None
    clear_years: list[list[str]]


def hot_spots(scope: Scope) -> None:
    """Measure, and let out what may be shown (draft:25(d).2, draft:26(b))."""
    if scope.incidents is None or scope.period is None or "hotspots" not in scope.able:
        return
    boundaries = scope.boundaries
    grid = city_grid(boundaries, fitting_size(boundaries, CELL))
    rows = placed_rows(scope)
    rows = rows[rows["area_id"].notna() & (rows["offence"] != UNCLASSIFIED)]
    x, y = in_metres(rows["longitude"], rows["latitude"], grid.crs)
    rows = rows.assign(cell=grid.cells(x, y))
    rows = rows[rows["cell"] >= 0]
    years = [y for y, n in rows["year"].value_counts().sort_index().items() if n]
    around = _areas_of_cells(grid, boundaries)
    kinds, forecasts = [], []
    for offence, part in rows.groupby("offence"):
        counts = np.stack([_counted(part[part["year"] == y], grid) for y in years])
        if counts.sum() < FEWEST:
            continue
        hidden = hidden_areas(scope, str(offence))
        kinds.append(_kind(str(offence), counts, years, grid, around, hidden, scope))
        forecasts.append(_forecast(str(offence), counts, years, grid))
    if not kinds:
        raise Refused(
            t(
                "No kind of offence has {least} events with a point of their own.",
                least=number(FEWEST),
            ),
            remedy=t("Import more years."),
        )
    told = [f for f in forecasts if f is not None]
    scope.release.card("hot_spots", errors=_errors(scope, told, around))
    scope.release.results["hot_spot_grid"] = grid
    scope.release.results["hot_spot_years"] = years
    _release(scope, kinds, grid, around, years)
    _release_accuracy(scope, told, years)


def _counted(part: pd.DataFrame, grid: Grid) -> NDArray[np.float64]:
    n = np.bincount(part["cell"], part["count"], minlength=grid.ground.size)
    return n.reshape(grid.ground.shape)


def _areas_of_cells(grid: Grid, boundaries: Any) -> dict[int, list[str]]:
    """The areas in which each cell lies, in code order."""
    import shapely

    local = boundaries.to_crs(grid.crs).sort_values("area_id", kind="stable")
    shapes = shapely.make_valid(np.asarray(local.geometry, dtype=object))
    cells = np.flatnonzero(grid.inside.ravel())
    boxes = grid.boxes(cells)
    which, area = shapely.STRtree(shapes).query(boxes, predicate="intersects")
    shared = shapely.area(shapely.intersection(boxes[which], shapes[area]))
    within = shared > _REACHES * grid.size**2
    codes = local["area_id"].astype("str").to_numpy()
    found: dict[int, list[str]] = {int(c): [] for c in cells}
    for cell, code in sorted(
        zip(cells[which[within]], codes[area[within]], strict=True)
    ):
        found[int(cell)].append(str(code))
    return found


def _kind(
    offence: str,
    counts: NDArray[np.float64],
    years: list[str],
    grid: Grid,
    around: dict[int, list[str]],
    hidden: set[str],
    scope: Scope,
) -> Kind:
    spots = find(counts.sum(axis=0), grid.ground, fewest=max(scope.release.least, 5))
    hot = np.flatnonzero(spots.level.ravel())
    kept = np.zeros(grid.ground.size, dtype=bool)
    kept[[c for c in hot if not hidden & set(around[int(c)])]] = True
    # A hot spot of few events goes, also where the rest of it was left out.
    total = counts.sum(axis=0).ravel()
    label = spots.spot.ravel()
    events = np.bincount(label[kept], total[kept], minlength=label.max() + 1)
    kept &= events[label] >= ROUND
    kept = kept.reshape(grid.ground.shape)
    try:
        yearly = hot_years(counts, grid.ground, spots.level > 0)
    except Refused:
        return Kind(offence, counts, spots, kept, None, [])
    # A hot spot was clear in a year if one of its cells was.
    by_spot = np.zeros((len(years), int(label.max()) + 1), dtype=bool)
    for k in range(len(years)):
        by_spot[k, np.unique(spots.spot[yearly[k]])] = True
    clear = [[y for y, on in zip(years, c, strict=True) if on] for c in by_spot.T]
    try:
        return Kind(offence, counts, spots, kept, persistence(by_spot), clear)
    except Refused:
        return Kind(offence, counts, spots, kept, None, clear)


def _forecast(
    offence: str, counts: NDArray[np.float64], years: list[str], grid: Grid
) -> Forecast | None:
    """What the map of the earlier years says of the last one."""
    if len(years) < 2:
        return None
    try:
        marked = find(counts[:-1].sum(axis=0), grid.ground).level > 0
        found = accuracy(marked, counts[-1], grid.ground)
    except Refused:
        return None
    events, ring = surroundings(counts[-1], grid.ground)
    # More events than its share of the ground around would give: marked rightly.
    still = counts[-1] * ring > events * grid.ground
    return Forecast(
        offence, found, np.flatnonzero(marked), still.ravel()[marked.ravel()]
    )


def _errors(
    scope: Scope, forecasts: list[Forecast], around: dict[int, list[str]]
) -> list[GroupError]:
    """How often a marked cell had no more than its surroundings a year later, by kind of settlement."""
    kind = scope.areas.set_index("area_id")["settlement"].fillna("").astype("str")
    wrong: dict[str, list[bool]] = {}
    for one in forecasts:
        for cell, right in zip(one.cells, one.still, strict=True):
            for group in {kind.get(area, "") for area in around[int(cell)]}:
                wrong.setdefault(group, []).append(not right)
    return [
        GroupError(
            group=t("Areas of the kind “{kind}”", kind=group)
            if group
            else t("All areas"),
            measure=t(
                "places marked that had no more than the ground around a year later"
            ),
            value=round(float(np.mean(found)), 2),
            n=len(found),
        )
        for group, found in sorted(wrong.items())
        if len(found) >= _FEWEST_MARKED
    ]


def _release(
    scope: Scope,
    kinds: list[Kind],
    grid: Grid,
    around: dict[int, list[str]],
    years: list[str],
) -> None:
    spots, cells = [], []
    columns = grid.ground.shape[1]
    for kind in kinds:
        label = np.where(kind.kept, kind.spots.spot, 0).ravel()
        total, expected = (
            v.ravel() for v in (kind.counts.sum(axis=0), kind.spots.expected)
        )
        found = []
        for spot in np.unique(label[label > 0]):
            of = np.flatnonzero(label == spot)
            areas = sorted({a for c in of for a in around[int(c)]})
            found.append((areas, int(of[0]), int(spot), of))
        # In code order of the areas, then from the south: the number says nothing else.
        for k, (areas, _, spot, of) in enumerate(sorted(found, key=lambda f: f[:2]), 1):
            name = f"{kind.offence}-{k}"
            level = int(kind.spots.level.ravel()[of].max())
            pattern = "" if kind.pattern is None else kind.pattern[spot]
            clear = kind.clear_years[spot] if kind.clear_years else []
            spots.append(
                {
                    "offence": kind.offence,
                    "spot": name,
                    "areas": ", ".join(areas),
                    "cells": len(of),
                    "events": int(round(total[of].sum() / ROUND) * ROUND),
                    "times": round(total[of].sum() / max(expected[of].sum(), 1.0), 1),
                    "confidence": _VERY_CLEAR if level == 2 else _CLEAR,
                    "pattern": pattern,
                    "years": ", ".join(clear),
                }
            )
            cells += [
                (kind.offence, f"{c // columns}.{c % columns}", name, pattern or _CLEAR)
                for c in of
            ]
    title = t(
        "Small places with more records than the ground around them, {first} to {last}",
        first=years[0],
        last=years[-1],
    )
    names = ["offence", "spot", "areas", "cells", "events", "times", "confidence"]
    names += ["pattern", "years"]
    notes = [
        t(
            "Cells of {size} m. Events to the nearest ten. No sexual or domestic violence. Nothing is shown in areas "
            "whose count is hidden.",
            size=number(grid.size),
        )
    ]
    scope.release.approve(
        "hot_spots",
        pd.DataFrame(spots, columns=names),
        keys=["offence", "spot", "areas"],
        measures=names[3:],
        derived={},
        title=title,
        notes=notes,
        model="hot_spots",
    )
    scope.release.approve(
        "hot_spot_cells",
        pd.DataFrame(cells, columns=["offence", "cell", "spot", "pattern"]),
        keys=["offence", "cell"],
        measures=["spot", "pattern"],
        derived={},
        title=title,
        notes=notes,
        model="hot_spots",
    )
    lasting = [kind.offence for kind in kinds if kind.pattern is not None]
    stay = None
    if lasting:
        stay = sum(s["pattern"] == PERSISTENT for s in spots)
        _release_patterns(scope, lasting, spots)
    scope.release.results["hot_spot_hidden"] = {
        k.offence: sorted(hidden_areas(scope, k.offence)) for k in kinds
    }
    scope.release.sentences["hot_spots"] = findings.gather(
        len(spots), stay, years[0], years[-1]
    )


def _release_patterns(scope: Scope, kinds: list[str], spots: list[dict]) -> None:
    """How many hot spots of each kind stay, come, go or come and go."""
    words = list(MEANINGS)
    lines = []
    for offence in kinds:
        of = [s["pattern"] for s in spots if s["offence"] == offence]
        lines.append((offence, *(of.count(word) for word in words)))
    names = ["offence", *words]
    scope.release.approve(
        "hot_spot_patterns",
        pd.DataFrame(lines, columns=names),
        keys=["offence"],
        measures=names[1:],
        derived={},
        title=t("How many hot spots stay, come and go"),
        model="hot_spots",
    )


def _release_accuracy(
    scope: Scope, forecasts: list[Forecast], years: list[str]
) -> None:
    """What maps of the earlier years would have told of the last: shares only, no count."""
    lines = [
        {
            "offence": one.offence,
            "events_share": round(found.hit_share, 2),
            "lower": round(found.lower, 2),
            "upper": round(found.upper, 2),
            "ground_share": round(found.ground_share, 3),
            "pai": round(found.pai, 1),
            "pei": round(found.pei, 2),
        }
        for one in forecasts
        for found in [one.found]
        if found.hits >= scope.release.least
        and found.events - found.hits >= scope.release.least
    ]
    if not lines:
        return
    table = pd.DataFrame(lines)
    scope.release.approve(
        "hot_spot_accuracy",
        table,
        keys=["offence"],
        measures=list(table.columns[1:]),
        derived={},
        title=t(
            "Share of the offences of {year} in places marked from {first} to {last}",
            year=years[-1],
            first=years[0],
            last=years[-2],
        ),
        model="hot_spots",
    )
    scope.release.sentences["hot_spot_accuracy"] = findings.forecast(
        table["pai"].min(), table["pai"].max(), years[-1]
    )
