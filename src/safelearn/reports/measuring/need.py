"""Where services are needed first, and of which kind areas are, from what was released (draft:26(b)).

Counts come from the released table by area, answers of the survey as shares of 30 and more, other offices' figures as
they published them. A count that is hidden takes its area out of the comparison, so that no class can give it away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.disclosure.slices import areas_only
from safelearn.errors import Refused
from safelearn.language import t
from safelearn.reports import priority_findings
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy import need as scoring
from safelearn.strategy import typology as kinds
from safelearn.strategy.demands import compare_reach, reach
from safelearn.strategy.sources import (
    Profile,
    Source,
    conditions_source,
    profile,
    records_source,
    survey_source,
)

#: Questions of the survey on harm that may be looked at by area: no sexual violence, no threats.
HARMED = ("assault", "robbery", "theft_from_person", "burglary")
SAFE = ("very_safe", "safe")
#: How far from the city's mean a source must surely lie to be called above or below it (90 % either side).
Z = 1.645


def need(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    tables = ("ballots", "demands", "survey", "statistics")
    if not any(scope.city.has(name) for name in tables) and scope.cube is None:
        return
    sources = _sources(scope)
    if not sources:
        return
    found = profile(sources, scope.areas["area_id"])
    scope.release.results["need_sources"] = found.sources
    names = dict(
        zip(scope.areas["area_id"].astype(str), scope.areas["area_name"], strict=True)
    )
    for part in (_score, _kinds):
        try:
            part(scope, found, names)
        except Refused as refused:
            scope.refused[part.__name__.lstrip("_").replace("score", "need")] = refused


def _sources(scope: Scope) -> list[Source]:
    """Every source that the city's tables carry."""
    made = []
    for make in (_records, _victims, _fear, _conditions):
        try:
            source = make(scope)
        except Refused:
            continue  # it has nothing to add here; the others still speak
        if source is not None:
            made.append(source)
    return made


def _records(scope: Scope) -> Source | None:
    population = scope.table("population")
    if population is None or "rates_by_area" not in scope.able or scope.period is None:
        return None
    frame = areas_only(scope.release.shared["by_area"])
    people = population_by(population, year=int(scope.period.focus[-1][:4]))
    return records_source(
        frame[frame["offence"] != ALL], people, years=scope.period.years
    )


def _victims(scope: Scope) -> Source | None:
    survey = _survey(scope, HARMED[0])
    if survey is None:
        return None
    asked = [c for c in HARMED if c in survey]
    harmed = survey[asked].astype("str").eq("last_12_months").any(axis=1)
    known = survey[asked].notna().any(axis=1)
    return survey_source(
        "victims", survey, harmed.astype(float).where(known), scope.areas
    )


def _fear(scope: Scope) -> Source | None:
    survey = _survey(scope, "walk_dark")
    if survey is None:
        return None
    answer = survey["walk_dark"].astype("str")
    unsafe = (~answer.isin(SAFE)).astype(float).where(survey["walk_dark"].notna())
    return survey_source("fear", survey, unsafe, scope.areas)


def _survey(scope: Scope, column: str) -> pd.DataFrame | None:
    survey = scope.table("survey")
    if survey is None or column not in survey or survey[column].isna().all():
        return None
    survey = survey[survey["year"] == survey["year"].max()].reset_index(drop=True)
    return survey if survey["area_id"].notna().any() else None


def _conditions(scope: Scope) -> Source | None:
    statistics = scope.table("statistics")
    return None if statistics is None else conditions_source(statistics, scope.areas)


def _score(scope: Scope, found: Profile, names: dict[str, str]) -> None:
    result = scoring.need_score(found)
    release = scope.release
    release.card("need_score")
    table = result.areas[["area_id", "need"]].merge(
        _signs(found), on="area_id", how="left"
    )
    table.insert(1, "area_name", table["area_id"].map(names))
    measures = ["need", *found.sources]
    release.approve(
        "need_by_area",
        table,
        keys=["area_id", "area_name"],
        measures=measures,
        derived={},
        model="need_score",
        title=t("Where services are needed first"),
        notes=[
            t(
                "For prevention and services; not for patrols, stops, evictions, lending or insurance."
            )
        ],
    )
    release.results["need"] = {
        "weights": result.weights,
        "kept": result.kept,
        "counts": result.areas["need"].value_counts().to_dict(),
    }
    counts = release.results["need"]["counts"]
    release.sentences["need"] = priority_findings.need(
        counts.get(scoring.FIRST, 0),
        counts.get(scoring.UNCLEAR, 0),
        len(found.areas),
    )
    _reach(scope, dict(zip(table["area_id"], table["need"], strict=True)))


def _signs(found: Profile) -> pd.DataFrame:
    """For each source, whether an area surely lies above or below the city's mean."""
    out = {"area_id": found.areas}
    for j, name in enumerate(found.sources):
        value, half = found.value[:, j], Z * found.error[:, j]
        out[name] = np.select(
            [value - half > 0, value + half < 0],
            ["above", "below"],
            "no clear difference",
        )
    return pd.DataFrame(out)


def _kinds(scope: Scope, found: Profile, names: dict[str, str]) -> None:
    result = kinds.typology(found)
    release = scope.release
    release.card("area_typology")
    table = result.areas[["area_id", "kind"]].copy()
    table.insert(1, "area_name", table["area_id"].map(names))
    release.approve(
        "kinds_of_areas",
        table,
        keys=["area_id", "area_name"],
        measures=["kind"],
        derived={},
        model="area_typology",
        title=t("Kinds of areas, by the services that would fit them"),
    )
    release.results["kinds"] = {
        "kept": result.kept,
        "adjusted_rand": result.adjusted_rand,
        "counts": result.areas["kind"].value_counts().to_dict(),
    }
    release.sentences["kinds_of_areas"] = priority_findings.kinds(
        sum(
            1
            for k in set(result.areas["kind"])
            if k not in (kinds.BETWEEN, kinds.HIDDEN)
        ),
        int((result.areas["kind"] == kinds.BETWEEN).sum()),
    )


def _reach(scope: Scope, classes: dict[str, str]) -> None:
    """Whether demands come from where need is: a head, by class of need."""
    register, population = scope.table("demands"), scope.table("population")
    if register is None or population is None:
        return
    found = reach(register, population_by(population), classes)
    order = {kind: i for i, kind in enumerate(scoring.WORDS)}
    found = found.sort_values("kind", key=lambda k: k.map(order), ignore_index=True)
    measures = ["areas", "silent", "n", "population", "per_1000", "lower", "upper"]
    if (found["n"].between(1, scope.release.least - 1)).any():
        return
    scope.release.approve(
        "demands_by_need",
        found[["kind", *measures]],
        keys=["kind"],
        measures=measures,
        derived={"n": ["per_1000", "lower", "upper"]},
        title=t("Demands a head, by need"),
        police=False,
    )
    rows = found.set_index("kind")
    if {scoring.FIRST, scoring.ELSEWHERE} <= set(rows.index):
        per_head = rows["per_1000"]
        scope.release.sentences["reach"] = priority_findings.reach(
            compare_reach(found, scoring.FIRST, scoring.ELSEWHERE),
            float(per_head[scoring.FIRST]),
            float(per_head[scoring.ELSEWHERE]),
        )
