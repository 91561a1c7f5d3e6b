"""What goes together with harm and what protects, and what insecurity does to everyday life, released.

Only rate ratios leave: no count by area stands behind them in any table, and one ratio over all areas gives none away.
Sexual and domestic violence and offences that police find by looking are in no model.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.diagnosis import conditions, risk_factors
from safelearn.diagnosis.fear_risk import steadied
from safelearn.diagnosis.neighbours import SLIVER, contiguity
from safelearn.diagnosis.perception import ITEMS, answers
from safelearn.disclosure.slices import IDENTITY
from safelearn.errors import Refused
from safelearn.estimates.survey import proportions_by, survey_design
from safelearn.language import t
from safelearn.reports import place_findings
from safelearn.reports.measuring.reach import walks_by_area
from safelearn.reports.measuring.scope import Scope

RATIOS = tuple(
    f"{name}{end}"
    for name in ("alone", "beside", "around", "together")
    for end in risk_factors.ENDS
)
#: Kinds of `reach.KINDS` that are conditions of an area.
WALKS = ("open_space", "community")
ESTIMATE = ["value", "lower", "upper", "n"]


def causes(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    try:
        _associations(scope)
    except Refused as refused:
        scope.refused["risk_factors"] = refused
    _consequences(scope)


def _associations(scope: Scope) -> None:
    """Rate ratios of conditions of areas with recorded serious violence."""
    statistics, population = scope.table("statistics"), scope.table("population")
    if scope.cube is None or population is None or statistics is None:
        return
    areas = [str(code) for code in scope.areas["area_id"]]
    people = population_by(population, year=int(scope.period.focus[-1][:4]))
    residents = people.set_index("area_id")["population"].astype(float).reindex(areas)
    frame, known = _conditions(scope, areas, statistics)
    events, serious = _events(scope)
    controls = conditions.activity(residents, scope.table("streets"))
    controls = controls.loc[:, controls.notna().sum() >= risk_factors.FEWEST_AREAS]
    found = risk_factors.associations(
        events,
        residents * scope.period.span_years,
        frame,
        controls=controls,
        together=conditions.to_enter_together(frame, known, controls.shape[1]),
        neighbours=_neighbours(scope, areas),
    )
    expected = {one.key: one.expected for one in known}
    table = found.table.assign(expected=found.table["factor"].map(expected))
    # Three digits of a ratio are more than sixty areas know.
    table[list(RATIOS)] = table.reindex(columns=list(RATIOS)).astype(float).round(3)
    table["q"] = table["q"].round(4)
    columns = ["factor", "expected", "areas", *RATIOS, "q", "evidence"]
    scope.release.approve(
        "risk_and_protective_factors",
        table[columns],
        keys=columns[:2],
        measures=columns[2:],
        derived={},
        title=t("Conditions of areas and recorded violence: rate ratios"),
        notes=[warning()],
    )
    marks = found.table["evidence"].value_counts()
    clear, hint = (
        int(marks.get(k, 0)) for k in (risk_factors.CLEAR, risk_factors.HINT)
    )
    scope.release.results["risk_factors"] = {
        "areas": found.areas,
        # Two digits: the total of some years would be one more margin of the counts by area.
        "events": float(f"{found.events:.1e}"),
        "together": found.together,
        "dispersion": found.dispersion,
        "pattern": found.pattern,
        "clear": clear,
        "hint": hint,
        "total": len(found.table),
        "serious": serious,
        "activity": "activity" in controls,
        "period": scope.period.name("span"),
    }
    scope.release.sentences["risk_factors"] = place_findings.conditions(
        clear, hint, len(found.table)
    )


def warning() -> str:
    """What has to stand wherever an association stands."""
    return t(
        "Associations between areas, from police records: they do not show causes, and what holds between areas need "
        "not hold between the people who live there (the ecological fallacy)."
    )


def _conditions(
    scope: Scope, areas: list[str], statistics: pd.DataFrame
) -> tuple[pd.DataFrame, list[conditions.Condition]]:
    identity = statistics["indicator_id"].map(
        lambda one: bool(IDENTITY.search(str(one)))
    )
    offices, known = conditions.from_statistics(
        statistics[~identity.astype(bool)], areas
    )
    own, listed = conditions.from_lists(
        areas,
        streets=scope.table("streets"),
        spaces=scope.table("spaces"),
        walks=walks_by_area(scope, WALKS),
    )
    return offices.join(own), known + listed


def _events(scope: Scope) -> tuple[pd.Series, bool]:
    """Serious violence, which depends least on who reports; all violence where there is too little of it."""
    counts = scope.cube.by("area_id", "offence", "sensitive", month=scope.period.span)
    serious = conditions.violence_by_area(counts, conditions.SERIOUS)
    if serious.sum() >= risk_factors.FEWEST_EVENTS:
        return serious, True
    return conditions.violence_by_area(counts, conditions.VIOLENCE), False


def _neighbours(scope: Scope, areas: list[str]):
    if scope.outlines is None:
        return None
    shapes = scope.outlines.set_index("area_id").geometry.reindex(areas)
    if shapes.notna().sum() < 2:
        return None
    return contiguity(shapes, gap=SLIVER, join_islands=True)


def _consequences(scope: Scope) -> None:
    """What people gave up because they did not feel safe: for the city, and by area (draft:5.3, draft:25(d).2b)."""
    survey = scope.table("survey")
    if survey is None or survey.empty:
        return
    survey = survey[survey["year"] == survey["year"].max()].reset_index(drop=True)
    design = survey_design(survey)
    everybody = pd.Series("all", index=survey.index, name="all")
    given_up = [item for item in ITEMS if item.subject == "avoidance"]
    lines, anything = [], np.full(len(survey), np.nan)
    for item in given_up:
        yes = answers(survey, item)
        if np.isnan(yes).all():
            continue
        lines.append(proportions_by(design, yes, everybody).assign(item=item.measure))
        anything = np.fmax(anything, yes)
    if not lines:
        return
    table = pd.concat(lines, ignore_index=True)[["item", *ESTIMATE]]
    scope.release.approve_estimates(
        "consequences",
        table,
        keys=["item"],
        within=["item"],
        title=t("What residents gave up within a year because they did not feel safe"),
    )
    scope.release.results["consequences_year"] = int(survey["year"].iloc[0])
    scope.release.results["gave_up"] = float(
        proportions_by(design, anything, everybody)["value"].iloc[0]
    )
    scope.release.sentences["consequences"] = place_findings.consequences(
        scope.release.results["gave_up"]
    )
    if survey["area_id"].nunique() < 2:
        return
    area = survey["area_id"].astype(object).rename("area_id")
    # A few blocks of an area agree by chance: one design effect for all areas.
    by_area = steadied(proportions_by(design, anything, area))
    by_area = scope.areas[["area_id", "area_name"]].merge(by_area, on="area_id")
    scope.release.approve_estimates(
        "consequences_by_area",
        by_area[["area_id", "area_name", *ESTIMATE]].sort_values("area_id"),
        keys=["area_id", "area_name"],
        within=[],
        title=t("Residents who gave something up for safety, by area"),
    )
