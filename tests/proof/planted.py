"""What was planted in other cities is found: one seed after the other, with the measures that a report calls.

Each city is founded anew, with hot spots and places of its own; its survey is drawn, its police file written, and
the measures are asked. Their 95 % intervals must hold the truth of the whole population in 90 to 99 % of the cases,
kind by kind; hot spots must lie where they were planted, near repeats reach as far and as long as planted, and a place
that is feared and safe must not be taken for its opposite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from safelearn.diagnosis.conditions import activity
from safelearn.diagnosis.grid import city_grid, in_metres, local_crs
from safelearn.diagnosis.hotspots import hot_spots
from safelearn.diagnosis.near_repeat import near_repeat, reach, usable
from safelearn.diagnosis.risk_factors import associations
from safelearn.errors import Refused
from safelearn.estimates.survey import proportions_by, survey_design, survey_proportion
from safelearn.indicators import sdg
from safelearn.simulation.feelings import feel
from safelearn.simulation.geography import to_degrees
from safelearn.simulation.offences import KEYS, OFFENCES
from safelearn.simulation.tables import all_tables
from safelearn.simulation.town import Town, found_town
from safelearn.simulation.truth import truth

#: Share of the intervals that hold the truth, where 95 % are promised.
LEAST, MOST = 0.90, 0.99
ITEMS = (
    "assault",
    "robbery",
    "threat",
    "sexual_violence",
    "theft_from_person",
    "burglary",
    "vehicle_theft",
)
#: What is an interval: too many that hold the truth are as wrong as too few.
INTERVALS = frozenset(
    {
        "victims",
        "victims by sex",
        "safe after dark",
        "safe after dark by sex",
        "safe after dark by area",
        "violence by deprivation",
    }
)
#: Side of a cell, as in the report, and the records that a planted hot spot must have to be looked for.
CELL, ENOUGH = 250.0, 30


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Found `size` cities and ask for what was planted."""
    held: dict[str, list[bool]] = defaultdict(list)
    for done in range(size):
        town = found_town(10_000 + done, own_places=True)
        tables = all_tables(town)
        true = truth(town, feel(town), {})
        found = [*_survey(tables["survey"], true)]
        found += [*_hot_spots(town, tables["incidents"], true)]
        found += [*_near_repeats(tables["incidents"], town)]
        found += [*_conditions(town, tables["streets"])]
        for kind, holds in found:
            held[kind].append(holds)
        progress(done + 1, size)
    return _judged(held)


def _judged(held: dict[str, list[bool]]) -> dict[str, Any]:
    tried = {kind: len(cases) for kind, cases in held.items()}
    share = {kind: round(float(np.mean(cases)), 4) for kind, cases in held.items()}
    failed = []
    for kind, found in share.items():
        # Three standard errors, so that a small run does not fail by chance.
        slack = 3 * np.sqrt(0.05 * 0.95 / tried[kind])
        most = MOST + slack if kind in INTERVALS else 1.0
        if not LEAST - slack <= found <= most:
            failed.append(f"{kind}: true in {found:.1%} of the cases")
    return {"tried": tried, "failed": failed, "share": share}


def _survey(survey: pd.DataFrame, true: dict):
    """Whether each interval of the survey holds what is true of all adults."""
    design = survey_design(survey)
    known = true["survey"]
    happened = {item: _of(survey, item) for item in ITEMS}
    for item, yes in happened.items():
        found = survey_proportion(design, yes)
        yield "victims", _in(found, known["prevalence_last_12_months"][item])
        for sex in ("female", "male"):
            found = survey_proportion(design, yes, survey["sex"] == sex)
            yield "victims by sex", _in(found, known["prevalence_by_sex"][sex][item])
    safe = sdg.safe_after_dark(survey)
    felt = true["perception"]
    yield (
        "safe after dark",
        _in(survey_proportion(design, safe), felt["share_safe_after_dark"]),
    )
    for sex, share in felt["share_safe_after_dark_by_sex"].items():
        found = survey_proportion(design, safe, survey["sex"] == sex)
        yield "safe after dark by sex", _in(found, share)
    by_area = proportions_by(design, safe, survey["area_id"]).set_index("area_id")
    for area, share in felt["share_safe_after_dark_by_area"].items():
        if area in by_area.index and by_area.loc[area, "n"] >= 30:
            yield "safe after dark by area", _in(by_area.loc[area], share)


def _hot_spots(town: Town, incidents: pd.DataFrame, true: dict):
    """Whether each planted hot spot holds a hot cell of its own offence, a cell's width around at most."""
    grid = city_grid(boundaries(town), CELL)
    records = incidents[
        incidents["longitude"].notna() & (incidents["domestic"] != "yes")
    ]
    x, y = in_metres(records["longitude"], records["latitude"], grid.crs)
    cell = grid.cells(x, y)
    maps: dict[str, np.ndarray] = {}
    for spot in true["hot_spots"]:
        planted = {k: v["records"] for k, v in spot["offences"].items()}
        if max(planted.values()) < ENOUGH:
            continue
        sx, sy = in_metres([spot["longitude"]], [spot["latitude"]], grid.crs)
        middle = shapely.Point(float(sx[0]), float(sy[0]))
        apart = shapely.distance(grid.boxes(np.arange(grid.ground.size)), middle)
        near = apart <= spot["radius_m"] + grid.size
        seen = False
        for kind in planted:
            code = OFFENCES[KEYS.index(kind)].code
            if code not in maps:
                at = cell[(records["offence"] == code).to_numpy() & (cell >= 0)]
                n = np.bincount(at, minlength=grid.ground.size)
                maps[code] = hot_spots(n.reshape(grid.ground.shape), grid.ground).level
            seen |= bool(maps[code].ravel()[near].any())
        yield "hot spots found", seen


def _near_repeats(incidents: pd.DataFrame, town: Town):
    """Whether burglaries are seen to repeat, about as far and as long as planted: two to three spreads."""
    homes = usable(incidents[incidents["offence"] == "05012"])
    x, y = in_metres(homes["longitude"], homes["latitude"], local_crs(boundaries(town)))
    days = homes["occurred_from"].to_numpy().astype("datetime64[D]").astype(np.int64)
    found = reach(near_repeat(x, y, days))
    planted = town.plan.near_repeat
    yield "near repeats found", found.ratio > 1
    yield "reach in metres", planted.distance < found.metres <= 4 * planted.distance
    yield "reach in days", planted.delay < found.days <= 5 * planted.delay


def _conditions(town: Town, streets: pd.DataFrame):
    """Whether the ratio of serious violence by deprivation holds the planted one, and stands on its side of 1."""
    kinds = [KEYS.index(key) for key in ("homicide", "serious assault")]
    told = town.told[town.told["offence"].isin(kinds) & ~town.told["domestic"]]
    codes = town.conditions["area_id"].to_numpy()
    events = pd.Series(np.bincount(told["area"], minlength=len(codes)), index=codes)
    residents = pd.Series(town.conditions["residents"].to_numpy(float), index=codes)
    poor = pd.DataFrame(
        {"poor": town.conditions["deprivation"].to_numpy()}, index=codes
    )
    try:
        found = associations(
            events, residents * 5, poor, controls=activity(residents, streets)
        ).table.iloc[0]
    except Refused:
        yield "regression settles", False
        return
    yield "regression settles", True
    slope = np.mean([OFFENCES[kind].slope for kind in told["offence"]])
    planted = np.exp(slope * found["spread"])
    yield (
        "violence by deprivation",
        bool(found["beside_lower"] <= planted <= found["beside_upper"]),
    )
    yield "deprivation on its side of 1", bool(found["beside"] > 1)


def boundaries(town: Town) -> GeoDataFrame:
    """The neighbourhoods' outlines in degrees."""
    lines = [
        shapely.transform(area, lambda c: np.column_stack(to_degrees(*c.T)))
        for area in town.geography.areas
    ]
    return GeoDataFrame(
        {"area_id": town.conditions["area_id"]}, geometry=lines, crs=4326
    )


def _of(survey: pd.DataFrame, item: str) -> pd.Series:
    return (survey[item] == "last_12_months").where(survey[item].notna())


def _in(found: Any, share: float) -> bool:
    return bool(found.lower <= share <= found.upper)
