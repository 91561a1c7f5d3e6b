"""Where the city stands: targets, what became of indicators, delivery, and how police and justice treat people.

For the report of the template `evaluation`. Figures from records are those of the diagnosis, made under its rules and
hidden where it hides them; nothing finer than the diagnosis leaves here. Serves draft:22, draft:24(h), draft:26(e).1,
draft:26(e).2, draft:26(f)(ii).7 and draft:26(f)(ii).8.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation import justice_scorecard as card
from safelearn.evaluation.process import delivery
from safelearn.indicators.catalogue import residents
from safelearn.language import t
from safelearn.reports.measuring.indicator_list import figures_and_targets
from safelearn.reports.measuring.priorities import IDENTITY
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.since import changed_indicators
from safelearn.reports.measuring.worth import worth
from safelearn.reports.previous import earlier
from safelearn.reports.release import Release

DELIVERY, SCORECARD, EQUITY, SUPPORT = (
    "delivery", "justice_scorecard", "enforcement_equity", "support_coverage",
)  # fmt: skip

#: The same names mean other things in other tables of the reports.
_EQUITY = {
    "ratio": "against_others",
    "found": "finds",
    "found_lower": "finds_lower",
    "found_upper": "finds_upper",
}


def monitoring(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
    own = _diagnosis(scope)
    for part in (
        _delivery,
        _justice,
        _support,
        partial(_indicators, own),
        partial(_worth, own),
    ):
        try:
            part(scope)
        except Refused as refused:
            scope.refused[f"monitoring{_name(part)}"] = refused


def _delivery(scope: Scope) -> None:
    table = scope.table("interventions")
    if table is None or table.empty:
        return
    found = delivery(table).rename(
        columns={"short": "areas_short", "unknown": "areas_unknown"}
    )
    keys = ["intervention_id", "name", "unit"]
    measures = [
        "areas",
        "planned",
        "delivered",
        "share",
        "lowest",
        "areas_short",
        "areas_unknown",
    ]
    scope.release.approve(
        DELIVERY,
        found[[*keys, *measures]],
        keys=keys,
        measures=measures,
        derived={},
        title=t("What was planned and what was delivered"),
        police=False,
    )


def _justice(scope: Scope) -> None:
    table = scope.table("justice")
    if table is None or table.empty:
        return
    people = residents(scope.city)
    least = scope.release.least
    found = card.scorecard(table, residents=people.everyone, least=least)
    found = _enough(scope, found, ["n", "n_before"])
    found = found.rename(columns={"line": "aspect"})
    keys = ["aspect", "group", "period", "period_before"]
    before = ["value_before", "lower_before", "upper_before"]
    now = ["of", "value", "lower", "upper"]
    if len(found):
        found["period_before"] = (
            found["period_before"].astype(object).fillna("").astype(str)
        )
        scope.release.approve(
            SCORECARD,
            found[[*keys, "n", *now, "n_before", *before, "verdict", "direction"]],
            keys=keys,
            measures=["n", *now, "n_before", *before, "verdict", "direction"],
            derived={"n": now},
            title=t("How police and justice treat the people they serve"),
        )
    equity = card.enforcement_equity(table, people.shares, least=least)
    equity = _enough(scope, equity, ["n"])
    if len(equity):
        equity = equity.rename(columns=_EQUITY)
        keys = ["measure", "group", "period"]
        rest = [c for c in equity if c not in [*keys, "n"]]
        scope.release.approve(
            EQUITY,
            equity,
            keys=keys,
            measures=["n", *rest],
            derived={"n": rest},
            title=t("Whom police act on, by group"),
        )


def _enough(scope: Scope, frame: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Without lines on few people of a group that carries an identity."""
    high = scope.release.disclosure.sensitive_threshold
    few = frame[counts].lt(high).any(axis=1) & frame["group"].isin(IDENTITY)
    return frame[~few].reset_index(drop=True)


def _support(scope: Scope) -> None:
    """Of the people whom services know of, how many were served (draft:26(e).1)."""
    table = scope.table("services")
    if table is None or table.empty:
        return
    high = scope.release.disclosure.sensitive_threshold
    found = card.support_coverage(table, least=max(high, scope.release.least))
    found = found.rename(columns={"services": "offices"})
    if found.empty:
        return
    measures = [
        "offices",
        "people_identified",
        "people_served",
        "share",
        "lower",
        "upper",
    ]
    scope.release.approve(
        SUPPORT,
        found[["type", *measures]],
        keys=["type"],
        measures=measures,
        derived={"people_served": ["share", "lower", "upper"]},
        title=t("Who is served, of those whom services know of"),
        police=False,
    )


def _name(part: Callable) -> str:
    return getattr(part, "func", part).__name__


def _worth(own: Release, scope: Scope) -> None:
    worth(scope, own)


def _indicators(own: Release, scope: Scope) -> None:
    """Every indicator with its target, and what became of it since an earlier report."""
    figures_and_targets(scope, own)
    before = scope.release.known.earlier
    if before is None or before.indicators is None:
        before = earlier(scope.city.folder, scope.settings.name)
    if before is not None:
        scope.release.results["indicators_before"] = before.published
        changed_indicators(scope, before)


def _diagnosis(scope: Scope) -> Release:
    """The counts of offences that a diagnosis of the same year would show."""
    from safelearn.reports.measuring import records

    release = scope.release
    own = Release(
        release.disclosure,
        release.audience,
        overrides=release.overrides,
        known=release.known,
    )
    if scope.cube is not None and scope.period is not None:
        records.offence_tables(
            scope.cube, scope.incidents, scope.period, own, scope.table("population"), set(), scope.settings
        )  # fmt: skip
    return own
