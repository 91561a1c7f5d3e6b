"""Where organisations stand, and what is planned with each: for the city's own office, and never in a public output.

A public report learns how many were rated, how many have a plan, and nothing about any of them. Ratings of
organisations that speak for an endangered group are read by nobody. (draft:25(b), draft:15, draft:26(e).0)
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t
from safelearn.reports.measuring.actors import (
    as_of,
    attempt,
    looked_through,
    names,
    with_names,
)
from safelearn.reports.measuring.scope import Scope
from safelearn.stakeholders.engagement import engagement_plan
from safelearn.stakeholders.partnerships import partnerships
from safelearn.stakeholders.position import Grid, grid
from safelearn.stakeholders.register import usable, usable_ties

RATED = ["power", "power_lowest", "power_highest", "interest", "interest_lowest", "interest_highest", "field", "sure",
         "spread"]  # fmt: skip
PLAN = ["goal", "channel", "owner", "due", "suggested", "ally", "state"]


def positions(scope: Scope) -> None:
    """The grid, the plan and the gaps of the register, inside; partnerships of police and justice, for everybody."""
    attempt(scope, "grid", _grid)
    attempt(scope, "engagement", _plan)
    attempt(scope, "partnerships", _partnerships)
    if scope.release.audience == "internal":
        _gaps(scope)
        _ties(scope)


def _read(scope: Scope) -> pd.DataFrame | None:
    table = scope.table("stakeholders")
    return None if table is None or not len(table) else usable(table)


def _grid(scope: Scope) -> Grid | None:
    register = _read(scope)
    if register is None:
        return None
    found = grid(register)
    # How many were rated is no secret; who stands where is.
    scope.release.results["grid"] = {
        "rated": len(found.actors),
        "unrated": len(found.unrated),
        "unsure": found.unsure,
        "overlooked": len(found.overlooked),
        "cut": found.cut,
    }
    if scope.release.audience == "internal":
        frame = with_names(found.actors, names(scope))
        frame["sure"] = frame["sure"].map({True: "yes", False: "no"})
        stance = register.set_index(register["stakeholder_id"].astype("str"))
        frame["stance"] = _text(stance, "stance", frame["stakeholder_id"])
        scope.release.approve(
            "positions",
            frame[["stakeholder_id", "organisation", *RATED, "stance"]],
            keys=["stakeholder_id", "organisation"],
            measures=[*RATED, "stance"],
            derived={},
            police=False,
            title=t("Power and interest, as raters see them"),
        )
        named = names(scope)
        scope.release.results["grid"]["overlooked_names"] = [named[c] for c in found.overlooked]  # fmt: skip
    return found


def _plan(scope: Scope) -> None:
    register = _read(scope)
    if register is None:
        return
    try:
        places = grid(register)
    except Refused:
        places = None
    plan = engagement_plan(scope.table("stakeholders"), as_of(scope), places)
    scope.release.results["engagement"] = {
        state: plan.count(state) for state in ("whole", "incomplete", "late", "none")
    } | {"allies": int(plan.lines["ally"].sum())}
    if scope.release.audience != "internal":
        return
    lines = plan.lines.assign(
        due=plan.lines["due"].dt.strftime("%Y-%m-%d"),
        ally=plan.lines["ally"].map({True: "yes", False: "no"}),
    )
    for column in ("goal", "channel", "owner", "due"):
        lines[column] = lines[column].astype("str").where(lines[column].notna(), "")
    scope.release.approve(
        "engagement_plan",
        with_names(lines, names(scope)),
        keys=["stakeholder_id", "organisation"],
        measures=PLAN,
        derived={},
        police=False,
        title=t("The engagement plan"),
    )


def _gaps(scope: Scope) -> None:
    found = looked_through(scope)
    if found is None or found.gaps.empty:
        return
    scope.release.approve(
        "register_gaps",
        with_names(found.gaps, names(scope)),
        keys=["stakeholder_id", "organisation", "gap"],
        measures=[],
        derived={},
        police=False,
        title=t("What the register lacks, and what it should not hold"),
    )


def _ties(scope: Scope) -> None:
    register, ties = scope.table("stakeholders"), scope.table("ties")
    if register is None or ties is None or not len(ties):
        return
    named = names(scope)
    rows = usable_ties(register, ties)[["from_id", "to_id", "tie"]].astype("str")
    rows = rows[rows["from_id"].isin(list(named)) & rows["to_id"].isin(list(named))]
    rows = rows.assign(
        giver=rows["from_id"].map(named), receiver=rows["to_id"].map(named)
    )
    keys = ["from_id", "giver", "to_id", "receiver", "tie"]
    scope.release.approve(
        "ties",
        rows[keys],
        keys=keys,
        measures=[],
        derived={},
        police=False,
        title=t("Ties between organisations, one by one"),
    )


def _partnerships(scope: Scope) -> None:
    register, ties = scope.table("stakeholders"), scope.table("ties")
    if register is None or ties is None or not len(register):
        return
    found = partnerships(register, ties, scope.table("participation"))
    inside = scope.release.audience == "internal"
    shown = ["partners", "both_ways", "written", *(["conflicts"] if inside else [])]
    offices = with_names(found.offices, names(scope))
    scope.release.approve(
        "security_partners",
        offices[["stakeholder_id", "organisation", *shown]],
        keys=["stakeholder_id", "organisation"],
        measures=shown,
        derived={},
        police=False,
        title=t("Offices of police and justice, and their partners among residents"),
    )
    scope.release.results["partnerships"] = {
        "share": float(found.reached.share),
        "lower": float(found.reached.lower),
        "upper": float(found.reached.upper),
        "community": found.community,
        "meetings": len(found.meetings),
    }
    if not len(found.meetings):
        return
    log = found.meetings.assign(
        held_on=pd.to_datetime(found.meetings["held_on"]).dt.strftime("%Y-%m-%d")
    )
    scope.release.approve(
        "security_meetings",
        with_names(log.astype({"stakeholder_id": "str"}), names(scope)),
        keys=["activity_id", "organisation", "stakeholder_id"],
        measures=["activity", "held_on", "proposals", "taken_up"],
        derived={},
        police=False,
        title=t("Meetings that police and justice held with residents"),
    )


def _text(frame: pd.DataFrame, column: str, codes: pd.Series) -> list[str]:
    if column not in frame:
        return [""] * len(codes)
    told = frame[column].astype("str").where(frame[column].notna(), "")
    return told.reindex(codes).fillna("").tolist()
