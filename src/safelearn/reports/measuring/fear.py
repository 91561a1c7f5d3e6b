"""Fear beside recorded harm, area by area or district by district, released.

The risk of an area comes from released counts only, so a hidden count leaves the area without one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.diagnosis import perception
from safelearn.diagnosis.fear_risk import (
    QUADRANTS,
    area_dispersion,
    fear_and_risk,
    recorded_risk,
    refused,
    steadied,
)
from safelearn.diagnosis.perception import ITEMS
from safelearn.diagnosis.reporting_gap import telling_against_city
from safelearn.disclosure.samples import LEAST_ANSWERS
from safelearn.disclosure.slices import ALL, areas_only
from safelearn.errors import Refused
from safelearn.estimates.survey import SurveyDesign, proportions_by, survey_proportion
from safelearn.language import t
from safelearn.reports import perception_findings as findings
from safelearn.reports.measuring.scope import Scope

#: Recorded violence and robbery between people; what residents walk through.
VIOLENT = ("0201", "0401")
PER = 1_000
#: Part of the units that must have enough answers, and fewest units, to set fear beside harm in them.
MOST_MEASURED, FEWEST = 0.5, 4


def fear_beside_harm(scope: Scope, survey: pd.DataFrame, design: SurveyDesign) -> None:
    """Release the table ``fear_and_risk`` by area, or by district where areas have too few answers."""
    areas = scope.areas.set_index("area_id")
    place = survey["area_id"].astype(object)
    level, units = _units(place, areas)
    unsafe = 1 - perception.answers(survey, ITEMS[0])
    fear = proportions_by(design, unsafe, units.rename("unit")).set_index("unit")
    fear[["value", "lower", "upper", "n"]] = steadied(fear)[
        ["value", "lower", "upper", "n"]
    ]
    fear.loc[fear["n"] < LEAST_ANSWERS, ["value", "lower", "upper"]] = np.nan
    risk, city_risk = _risk(scope, survey, design, level)
    city = survey_proportion(design, unsafe)
    every = risk.index.union(fear.index).sort_values()
    table = fear_and_risk(
        fear.reindex(every), risk, city_fear=city.value, city_risk=city_risk
    )
    table["n"] = fear["n"].reindex(every).fillna(0)
    table.index.name = "area_id" if level == "area" else "parent"
    measures = [c for c in table if c != "n"]
    frame = table.reset_index()
    if level == "area":
        frame.insert(1, "area_name", frame["area_id"].map(areas["area_name"]))
    keys = [c for c in ("area_id", "area_name", "parent") if c in frame]
    release = scope.release
    release.approve_estimates(
        "fear_and_risk",
        frame,
        keys=keys,
        within=[],
        measures=measures,
        title=t("Fear after dark beside recorded violence and robbery"),
    )
    shown = release.tables["fear_and_risk"].frame
    placed = {name: int((shown["quadrant"] == name).sum()) for name in QUADRANTS}
    release.results["fear_and_risk"] = {
        "level": level,
        "city_fear": round(city.value, 3),
        "city_risk": round(city_risk, 3),
        "placed": placed,
        "units": len(shown),
    }
    release.sentences["fear_and_risk"] = findings.fear_and_risk(
        placed, len(shown), level
    )


def _units(place: pd.Series, areas: pd.DataFrame) -> tuple[str, pd.Series]:
    """The finest units of which most have enough answers."""
    district = place.map(areas["parent"]) if "parent" in areas else place.map({})
    for level, units, every in (
        ("area", place, areas.index),
        (
            "district",
            district.astype(object),
            areas.get("parent", pd.Series()).dropna(),
        ),
    ):
        enough = units.value_counts() >= LEAST_ANSWERS
        total = every.nunique()
        if total >= FEWEST and enough.sum() >= MOST_MEASURED * total:
            return level, units
    raise refused()


def _risk(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, level: str
) -> tuple[pd.DataFrame, float]:
    """The recorded rate of each unit, put right for reporting, and the city's."""
    population = scope.table("population")
    shared = scope.release.shared.get("by_area")
    if scope.period is None or shared is None or population is None:
        raise Refused(
            t(
                "Fear cannot be set beside harm without recorded offences and residents by area."
            ),
            remedy=t("Add incidents with their area, and the table population."),
        )
    located = areas_only(shared)
    kinds = [code for code in VIOLENT if code in set(located["offence"])]
    if not kinds:
        raise Refused(
            t(
                "Violence and robbery are too few in most areas to be shown, so fear cannot be set beside them."
            ),
            remedy=t("Choose larger areas or a longer period."),
        )
    scope.release.results["risk_offences"] = kinds
    year = int(scope.period.focus[-1][:4])
    people = population_by(population, year=year).set_index("area_id")["population"]
    areas = scope.areas.set_index("area_id")
    frame = between(located, kinds).join(people.rename("people"), how="outer")
    frame = frame.reindex(areas.index)
    telling = _telling(survey, design, areas)
    if level == "district":
        frame = frame.groupby(areas["parent"]).agg(lambda c: c.sum(skipna=False))
        telling = None if telling is None else telling.groupby(areas["parent"]).first()
    exposure = frame["people"].to_numpy(dtype=float) * scope.period.years
    least, most = (
        recorded_risk(
            frame[bound],
            exposure,
            reporting=None if telling is None else telling.reindex(frame.index),
            dispersion=_dispersion(scope, kinds),
            per=PER,
        )
        for bound in ("least", "most")
    )
    found = least.assign(
        value=(least["value"] + most["value"]) / 2, upper=most["upper"]
    )
    known = frame.notna().all(axis=1).to_numpy() & (exposure > 0)
    middle = frame[["least", "most"]].mean(axis=1).to_numpy()[known].sum()
    return found.set_index(frame.index), float(middle / exposure[known].sum() * PER)


def between(located: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """The least and the most events of some kinds that each area can have, as far as a reader of the tables knows.

    Parameters
    ----------
    located : DataFrame
        Released counts ``area_id, offence, n``, missing where hidden, with a row for all offences of each area.
    kinds : list of str

    Returns
    -------
    DataFrame
        Index ``area_id``; ``least, most``, the same where nothing is hidden. A hidden count is at most what the area's
        shown total leaves over; without that total, nothing is known.
    """
    cells = located.pivot(index="area_id", columns="offence", values="n").astype(float)
    whole = cells.pop(ALL)
    least = cells[kinds].fillna(0).sum(axis=1)
    hidden = cells[kinds].isna().any(axis=1)
    over = (whole - cells.fillna(0).sum(axis=1)).where(hidden, 0.0)
    most = least + over
    return pd.DataFrame({"least": least.where(most.notna()), "most": most})


def _telling(
    survey: pd.DataFrame, design: SurveyDesign, areas: pd.DataFrame
) -> pd.DataFrame | None:
    """How much people tell the police in each area against the city, as far as formal and informal areas differ.

    None where the city has one kind of settlement only, or does not say: then people are taken to tell as much
    everywhere.
    """
    kind = areas.get("settlement")
    if kind is None or kind.nunique() < 2:
        return None
    here = survey["area_id"].astype(object).map(kind.astype(object))
    found = telling_against_city(survey, design, here, least=LEAST_ANSWERS)
    return found.reindex(kind.astype(object)).set_axis(areas.index)


def _dispersion(scope: Scope, kinds: list[str]) -> float:
    """How far the counts of an area vary from month to month beyond chance; one number for the city."""
    if scope.period.yearly:
        return 1.0
    cells = scope.cube.by(
        "area_id", "month", "offence", month=scope.period.focus, sensitive=["none"]
    )
    wanted = cells["offence"].astype("str").str.startswith(tuple(kinds))
    cells = areas_only(cells[wanted])
    return area_dispersion(
        cells.pivot_table(
            index="area_id", columns="month", values="n", aggfunc="sum", observed=True
        )
    )
