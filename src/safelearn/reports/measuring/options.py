"""What could be done next, why it should work and how it will be judged. (draft:25(m))

A measure whose screen for rights is not answered is held back: it stands in no table but that of the screen, and the
strategy as a whole (the table ``strategy``) is not let out (draft:10).
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.power import detectable_ratio
from safelearn.guidelines.catalogue import indicator
from safelearn.indicators.catalogue import Measured
from safelearn.indicators.figures import INTERVAL
from safelearn.language import t
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy.evaluation_plan import evaluation_plan, smallest_change
from safelearn.strategy.logframe import logframe
from safelearn.strategy.measures import funding
from safelearn.strategy.response_mix import audit
from safelearn.strategy.roles import raci
from safelearn.strategy.screening import cleared, screen, without_measure
from safelearn.strategy.smart import smart
from safelearn.strategy.theory_of_change import theory

STRATEGY = [
    "name", "problem", "cause", "protective_factor", "mechanism", "lever", "prevention", "dimension", "target_group",
    "department", "starts_on", "ends_on", "cost", "funded", "currency", "indicator_id", "status",
]  # fmt: skip
#: Columns of the measures that other released tables use for something else.
SECURED = {"funded": "secured"}


def options(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
    _roles(scope)
    plan = scope.table("measures")
    if plan is None or plan.empty:
        return
    harms = scope.table("harms")
    screened = screen(plan, harms)
    names = {"answered": "screened", "open": "harms_open"}
    _approve(
        scope,
        "rights_screen",
        screened.measures.rename(columns=names),
        ["measure_id"],
        t("Which measures were screened for rights"),
    )
    shown = plan[plan["measure_id"].astype(str).isin(screened.cleared)]
    try:
        _strategy(scope, cleared(plan, harms))
    except Refused as refused:
        scope.refused["strategy"] = refused
    _money_and_mix(scope, plan, shown)
    _reasoning(scope, plan, shown, harms)
    register = scope.table("stakeholders")
    if register is not None:
        scope.release.results["idle_departments"] = [
            name for _, name in without_measure(plan, register)
        ]


def _strategy(scope: Scope, plan: pd.DataFrame) -> None:
    frame = plan.reindex(columns=["measure_id", *STRATEGY]).rename(columns=SECURED)
    _approve(
        scope,
        "strategy",
        frame,
        ["measure_id"],
        t("The strategy, measure by measure"),
    )


def _money_and_mix(scope: Scope, plan: pd.DataFrame, shown: pd.DataFrame) -> None:
    """Money of the measures that are shown; kinds of answers of the whole plan, of which only numbers go out."""
    try:
        scope.release.results["strategy_funding"] = funding(shown)
    except Refused as refused:
        scope.refused["strategy_funding"] = refused
    mix = audit(plan, scope.table("programmes"))
    frame = mix.kinds.drop(columns="measure_ids").rename(
        columns={"clause": "clause_id"}
    )
    _approve(
        scope,
        "response_mix",
        frame,
        ["family", "kind", "clause_id"],
        t("Kinds of answers in the strategy"),
    )
    scope.release.results["response_mix"] = mix


def _reasoning(
    scope: Scope,
    plan: pd.DataFrame,
    shown: pd.DataFrame,
    harms: pd.DataFrame | None,
) -> None:
    targets = scope.table("targets")
    # An aim that only a measure held back works towards is no aim without a measure.
    scope.release.results["idle_aims"] = theory(plan, targets).aims_without_measure
    if shown.empty:
        return
    way = theory(shown, targets)
    steps = way.steps.assign(breaks=way.steps["breaks"].map(", ".join))
    _approve(
        scope,
        "theory_of_change",
        steps,
        ["measure_id"],
        t("By which way each measure should reach its aim"),
    )
    found: Measured | None = scope.release.results.get("indicators")
    visible = {} if found is None else _visible(found)
    judging = evaluation_plan(shown, targets, visible).rename(
        columns={"design": "judged_by", "level": "strength"}
    )
    _approve(
        scope,
        "evaluation_plan",
        judging,
        ["measure_id", "name", "indicator_id"],
        t("How each measure can be judged"),
    )
    if targets is None or targets.empty:
        return
    frame = logframe(shown, targets, harms)
    frame = frame.assign(
        line=range(1, len(frame) + 1), missing=frame["missing"].map(", ".join)
    ).rename(
        columns={"missing": "lacks", "of": "serves", "risk": "gone_wrong", **SECURED}
    )
    _approve(
        scope,
        "logframe",
        frame,
        ["line", "level", "code"],
        t("Aims, measures, sources and risks"),
    )
    _smart(scope, plan, targets, found)


def _visible(found: Measured) -> dict[tuple[str, str], float]:
    """The smallest change of each figure that two years like this one would show, as a share of it."""
    known = {}
    for figure in found.figures:
        name, n = figure.indicator_id, figure.n
        if not figure.measured:
            continue
        if indicator(name).minimum_of == "events":
            if n > 0:
                known[name, figure.group] = 1 - detectable_ratio(n, n)
        elif figure.precision == INTERVAL and figure.value:
            change = smallest_change(figure.lower, figure.upper)
            known[name, figure.group] = change / abs(figure.value)
    return known


def _smart(
    scope: Scope, plan: pd.DataFrame, targets: pd.DataFrame, found: Measured | None
) -> None:
    lacks = None
    if found is not None and found.progress:
        lacks = {p.target_id: p.flags for p in found.progress}
    outcomes = scope.release.results.get("outcomes")
    wanted = None
    if outcomes:
        wanted = {i for o in outcomes for i in o.indicators}
    # Targets of one area have no figure of their own in the report.
    whole = targets
    if "area_id" in targets:
        whole = targets[targets["area_id"].isna()]
    checked = smart(whole, lacks, plan, wanted)
    frame = checked.assign(why=checked["why"].map(", ".join))
    frame = frame.rename(columns={"score": "passed"})
    _approve(
        scope,
        "smart_targets",
        frame,
        ["target_id", "objective"],
        t("What each target lacks to be a target"),
    )


def _roles(scope: Scope) -> None:
    """What is wrong with how tasks are shared out (draft:13, draft:14)."""
    mandates = scope.table("mandates")
    if mandates is None or mandates.empty:
        return
    found = raci(mandates)
    frame = found.assign(
        levels=found["levels"].map(", ".join), faults=found["faults"].map(", ".join)
    )
    names = {
        "accountable": "answering",
        "responsible": "doing",
        "consulted": "asked",
        "informed": "told",
    }
    _approve(
        scope,
        "roles",
        frame.rename(columns=names),
        ["task_id", "task"],
        t("Tasks, and what is wrong with them"),
    )


def _approve(
    scope: Scope, name: str, frame: pd.DataFrame, keys: list[str], title: str
) -> None:
    """Registers of offices and tasks: nothing in them counts people."""
    frame = frame.copy()
    for column in frame:
        if pd.api.types.is_datetime64_any_dtype(frame[column]):
            frame[column] = frame[column].dt.strftime("%Y-%m-%d")
        if not pd.api.types.is_numeric_dtype(frame[column]):
            text = frame[column].astype("str")
            frame[column] = text.where(frame[column].notna(), "")
    scope.release.approve(
        name,
        frame,
        keys=keys,
        measures=[c for c in frame if c not in keys],
        title=title,
        derived={},
        police=False,
    )
