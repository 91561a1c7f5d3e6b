"""The catalogue of indicators computed for the city, with its targets, released."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.indicators.catalogue import SURVEY_TABLE, Measured, Released, compute
from safelearn.indicators.from_survey import survey_figures, unheard
from safelearn.indicators.goals import strip
from safelearn.indicators.outcomes import covered
from safelearn.indicators.residents import QUESTIONS
from safelearn.language import t
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import Release

MEASURES = ["value", "lower", "upper", "n", "maturity", "baseline", "target"]


def indicator_list(scope: Scope) -> None:
    """Measure the catalogue, and let out ``survey_indicators``, ``indicators``, ``targets`` and ``sdg_strip``."""
    found = figures_and_targets(scope, scope.release)
    release = scope.release
    goals = strip(found.figures)
    release.approve(
        "sdg_strip",
        goals,
        keys=["goal", "sdg"],
        measures=["state", "measured", "indicators"],
        title=t("Indicators of the global goals, by goal"),
        derived={},
        police=False,
    )
    release.results["unheard"] = unheard(scope.table("survey"))
    _outcomes(scope, found)


def figures_and_targets(scope: Scope, records: Release) -> Measured:
    """Let out ``survey_indicators``, ``indicators`` and ``targets``.

    Parameters
    ----------
    scope : Scope
    records : Release
        Where the released tables of offences are: those of this report, or of the diagnosis it belongs to.
    """
    _survey(scope)
    found = compute(scope.city, _released(scope, records))
    release = scope.release
    table = found.table
    release.approve(
        "indicators",
        table,
        keys=[c for c in table if c not in MEASURES],
        measures=MEASURES,
        title=t("Indicators of the city"),
        derived={},
        police=False,
    )
    _targets(scope, found)
    release.results["indicators"] = found
    return found


def _targets(scope: Scope, found: Measured) -> None:
    """Where the city stands against its own targets."""
    if not found.progress:
        return
    rows = [
        {
            "target_id": p.target_id,
            "indicator_id": p.indicator_id,
            "group": p.group,
            "objective": p.objective,
            "owner": p.owner,
            "due": p.due,
            "baseline": p.baseline,
            "target": p.target,
            "value": p.value,
            # A full count has no interval to show.
            "lower": np.nan if p.lower == p.upper else p.lower,
            "upper": np.nan if p.lower == p.upper else p.upper,
            "expected": p.expected,
            "progress": p.status,
            "stated": p.stated,
            "lacks": ", ".join(p.flags),
        }
        for p in found.progress
    ]
    frame = pd.DataFrame(rows)
    keys = ["target_id", "indicator_id", "group", "objective", "owner", "due"]
    scope.release.approve(
        "targets",
        frame,
        keys=keys,
        measures=[c for c in frame if c not in keys],
        title=t("Where the city stands against its targets"),
        derived={},
        police=False,
    )


def _survey(scope: Scope) -> None:
    answers = scope.table("survey")
    if answers is None or len(answers) == 0:
        return
    frame = survey_figures(answers, scope.table("areas"))
    if frame.empty:
        return
    scope.release.approve_estimates(
        SURVEY_TABLE,
        frame,
        keys=["indicator_id", "breakdown", "group"],
        sensitive=[QUESTIONS[name].sensitive for name in frame["indicator_id"]],
        title=t("Indicators from the survey, for everybody and by group"),
    )


def _released(scope: Scope, records: Release) -> Released:
    release, period = scope.release, scope.period
    common = {
        "tables": records.tables | release.tables,
        "results": records.results | release.results,
        "least": release.least,
        "sensitive_least": release.disclosure.sensitive_threshold,
    }
    if period is None:
        return Released(**common)
    years = len(period.span) if period.yearly else len(period.span) // 12
    return Released(
        **common,
        period=f"{period.focus[0]}/{period.focus[-1]}",
        months=period.focus,
        years=period.years,
        periods=max(years, 1),
        cube=scope.cube,
    )


def _outcomes(scope: Scope, found: Measured) -> None:
    """For each option that people ranked, the outcome indicators that stand for it."""
    ballots = scope.table("ballots")
    if ballots is None:
        return
    ranked = ballots[ballots["kind"] == "priorities"]
    options = ranked.drop_duplicates("option_id").sort_values("option_id")
    names = options["option"].where(options["option"].notna(), options["option_id"])
    if len(names):
        scope.release.results["outcomes"] = covered(
            [str(n) for n in names], found.measured, _measures(scope)
        )


def _measures(scope: Scope) -> pd.DataFrame | None:
    return scope.table("measures")
