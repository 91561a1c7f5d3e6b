"""The money for safety year by year, what it lives on, and what residents voted on, released. (draft:21, draft:23(d))

For the report of the template `evaluation`. Amounts are accounts of offices and not of people; votes and turnout are
counts of people, and a ballot with a small count is shown in its order only. Serves draft:26(f)(iii).2 too.
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation import budget as money
from safelearn.evaluation.participatory_budget import Tally, tally
from safelearn.language import t
from safelearn.reports.measuring.priorities import IDENTITY
from safelearn.reports.measuring.scope import Scope

YEARS, FUNCTIONS, TRACKER, BALLOT, TURNOUT = (
    "budget_by_year", "functions_by_funding", "funding_tracker", "participatory_budget", "ballot_turnout",
)  # fmt: skip


def accounts(scope: Scope) -> None:
    """Measure what the budget and the ballots hold; silent where they are missing."""
    for part in (_budget, _ballot):
        try:
            part(scope)
        except Refused as refused:
            scope.refused[f"accounts{part.__name__}"] = refused


def _budget(scope: Scope) -> None:
    table = scope.table("budget")
    if table is None or table.empty:
        return
    year = money.last_year(table)
    years = money.funding_gap(table).merge(
        money.execution(table)[["year", "spent", "share"]].rename(columns={"share": "executed"}), on="year"
    )  # fmt: skip
    years = years.rename(columns={"gap": "unfunded", "gap_so_far": "unfunded_so_far"})
    measures = [
        "required",
        "approved",
        "spent",
        "executed",
        "unfunded",
        "unfunded_so_far",
    ]
    _show(
        scope,
        YEARS,
        years[["year", *measures]],
        ["year"],
        t("Money for safety, year by year"),
    )
    functions = money.function_by_funding(table, year=year)
    sources = sorted(set(functions) - {"purpose", "total", "lasting"})
    names = {s: f"from_{s.replace(' ', '_')}" for s in sources}
    functions = functions.rename(columns=names)
    order = ["purpose", "total", "lasting", *names.values()]
    _show(
        scope,
        FUNCTIONS,
        functions[order],
        ["purpose"],
        t("What each function lives on"),
    )
    tracked = money.funding_tracker(table)
    tracked = tracked[tracked["year"] == year].drop(columns="year")
    _show(
        scope,
        TRACKER,
        tracked,
        ["tag"],
        t("How much money goes to safe spaces, areas and groups"),
    )


def _show(scope: Scope, name: str, frame, keys: list[str], title: str) -> None:
    scope.release.approve(
        name,
        frame,
        keys=keys,
        measures=[c for c in frame if c not in keys],
        derived={},
        title=title,
        police=False,
    )


def _ballot(scope: Scope) -> None:
    ballots = scope.table("ballots")
    if ballots is None or not ballots["kind"].eq("participatory_budget").any():
        return
    found, release = tally(ballots), scope.release
    options = found.options[
        ["option_id", "option", "votes", "share", "cost", "by_votes", "funded"]
    ].copy()
    options["funded"] = options["funded"].astype("str").fillna("")
    options["by_votes"] = options["by_votes"].map({True: "yes", False: "no"})
    small = holds_small_votes(found, release.least)
    release.approve(
        BALLOT,
        options,
        keys=["option_id", "option"],
        measures=["votes", "share", "cost", "by_votes", "funded"],
        derived={"votes": ["share"]},
        # One small count could be worked out from the others and the turnout.
        hidden=[small] * len(options),
        title=t("What residents voted on, and what got money"),
        police=False,
    )
    release.results["participatory_budget"] = {
        "held_on": found.held_on,
        "currency": found.currency,
        "money": found.money,
        "unlike": list(found.unlike),
    }
    turnout = turnout_to_show(
        found, release.least, release.disclosure.sensitive_threshold
    )
    if turnout.empty:
        return
    measures = ["voters", "eligible", "turnout", "lower", "upper"]
    release.approve(
        TURNOUT,
        turnout[["group", *measures]],
        keys=["group"],
        measures=measures,
        derived={"voters": ["turnout", "lower", "upper"]},
        title=t("Who voted on the money"),
        police=False,
    )


def holds_small_votes(found: Tally, least: int) -> bool:
    """Whether an option has so few votes that none may be shown: one could be worked out from the others."""
    return bool(found.options["votes"].between(1, least - 1).any())


def turnout_to_show(found: Tally, least: int, high: int) -> pd.DataFrame:
    """Turnout by group; no row if those who voted, or who did not, are few in any group, or votes are hidden."""
    turnout = found.turnout.dropna(subset=["eligible"])
    limit = turnout["group"].isin(IDENTITY).map({True: high, False: least})
    left = turnout["eligible"] - turnout["voters"]
    few = turnout["voters"].between(1, limit - 1) | left.between(1, limit - 1)
    if holds_small_votes(found, least) or few.any():
        return turnout.iloc[:0]
    return turnout
