"""Who acts for safety, who takes part and who is missing: what the registers may say. (draft:25(b), draft:15)

Organisations and roles leave, persons never do. Stance, power, interest, interests in conflict and ties one by one stay
inside: a public report has counts of ties without conflict, and only of organisations that do not object to be listed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.taking_part import taking_part, young_people
from safelearn.stakeholders.coordination import coordination
from safelearn.stakeholders.network import network
from safelearn.stakeholders.position import salience
from safelearn.stakeholders.register import (
    Register,
    exposed,
    look_through,
    usable,
)

#: Tables and their days, of which the last is the day that the registers speak of.
_DAYS = {"stakeholders": "assessed_on", "ties": "observed_on", "participation": "held_on",
         "decisions": "decided_on"}  # fmt: skip


def actors(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
    attempt(scope, "register", register_tables)
    attempt(scope, "network", ties_tables)
    attempt(scope, "coordination", departments)
    attempt(scope, "inclusion", taking_part)
    attempt(scope, "youth_participation", young_people)


def attempt(scope: Scope, measure: str, part: Callable[[Scope], None]) -> None:
    """Run one part; if it is refused, keep the sentence and go on."""
    try:
        part(scope)
    except Refused as refused:
        scope.refused[measure] = refused


def as_of(scope: Scope) -> date:
    """The day that the registers speak of: the last that they name, so that a report of them stays the same."""
    days = []
    for name, column in _DAYS.items():
        table = scope.table(name)
        if table is not None and column in table:
            days.append(pd.to_datetime(table[column]).max())
    known = [day for day in days if pd.notna(day)]
    return max(known).date() if known else date(1970, 1, 1)


def looked_through(scope: Scope) -> Register | None:
    """The register and what it lacks; None without one."""
    table = scope.table("stakeholders")
    if table is None or not len(table):
        return None
    return look_through(table, as_of(scope))


def names(scope: Scope) -> dict[str, str]:
    """Code and name of the organisations that this audience may read of."""
    table, found = scope.table("stakeholders"), looked_through(scope)
    if table is None or found is None:
        return {}
    codes = table["stakeholder_id"].astype("str")
    named = dict(zip(codes, table["name"].astype("str"), strict=True))
    if scope.release.audience == "internal":
        return named
    return {code: name for code, name in named.items() if code in found.named}


def with_names(frame: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """The rows of organisations that may be named, with the name after the code."""
    out = frame[frame["stakeholder_id"].isin(list(named))].copy()
    out.insert(1, "organisation", out["stakeholder_id"].map(named))
    return out.reset_index(drop=True)


def register_tables(scope: Scope) -> None:
    """Who is in the register, and which kinds of partner are not (draft:24(e), draft:26(c).7)."""
    found = looked_through(scope)
    if found is None:
        return
    table, named = scope.table("stakeholders"), names(scope)
    scope.release.approve(
        "partner_kinds",
        found.partners,
        keys=["partner"],
        measures=["organisations"],
        derived={},
        police=False,
        title=t("Kinds of partner in the register"),
    )
    business = table["type"].astype("str") == "business"
    unasked = found.gaps.loc[found.gaps["gap"] == "conflict_unknown", "stakeholder_id"]
    scope.release.results["register"] = {
        "organisations": found.organisations,
        "named": len(named),
        "lacking": found.lacking,
        "as_of": as_of(scope),
        "levels": {row.level: row.organisations for row in found.levels.itertuples()},
        "business": int(business.sum()),
        "business_unasked": int(
            table.loc[business, "stakeholder_id"].astype("str").isin(unasked).sum()
        ),
        "gaps": found.gaps["gap"].value_counts().to_dict(),
    }


def ties_tables(scope: Scope) -> None:
    """Who deals with how many others, and who stands between them."""
    register, ties = scope.table("stakeholders"), scope.table("ties")
    if register is None or ties is None or not len(ties) or not len(register):
        return
    # All ties say who stands between others; the counts of those who may be endangered stay in the folder.
    found = network(register, ties)
    read = register[~exposed(register)]
    named = names(scope)
    kinds = salience(usable(register)) if _asked(register) else None
    held = [c for c in ("type", "level", "group") if c in read]
    frame = read[["stakeholder_id", *held]].astype("str")
    frame = frame.where(read[["stakeholder_id", *held]].notna(), "")
    frame = frame.merge(found.actors, on="stakeholder_id")
    if kinds is not None:
        frame = frame.merge(kinds, on="stakeholder_id", how="left")
        frame["salience"] = frame["salience"].fillna("")
    frame["splits"] = frame["splits"].map({True: "yes", False: "no"})
    frame["between"] = frame["between"].round(1)
    frame["first"] = frame["first"].round(2)
    frame = with_names(frame, named)
    scope.release.approve(
        "organisations",
        frame.rename(columns={"first": "first_share"}),
        keys=["stakeholder_id", "organisation"],
        measures=[c if c != "first" else "first_share" for c in frame.columns[2:]],
        derived={},
        police=False,
        title=t("Organisations, what they do and with how many others they deal"),
        notes=[t("Ties of conflict are in no figure.")],
    )
    between = found.actors.set_index("stakeholder_id")
    scope.release.results["network"] = {
        "ties": int(found.kinds["ties"].sum()),
        "written": int(found.kinds["written"].sum()),
        "sourced": int(found.kinds["sourced"].sum()),
        "brokers": [named[c] for c in found.brokers if c in named],
        "first": float(between.loc[found.brokers[0], "first"]) if found.brokers else 0,
        "alone": [named[c] for c in found.alone if c in named],
        "left_out": int(exposed(register).sum()),
    }


def departments(scope: Scope) -> None:
    """Which departments work with each other (draft:24(d))."""
    register, ties = scope.table("stakeholders"), scope.table("ties")
    if register is None or ties is None or not len(ties):
        return
    found = coordination(register, ties)
    named = names(scope)
    scope.release.approve(
        "departments",
        with_names(found.departments, named),
        keys=["stakeholder_id", "organisation"],
        measures=["departments", "public_bodies", "others", "orders_or_money"],
        derived={},
        police=False,
        title=t("Departments, and with how many others each works"),
    )
    scope.release.results["coordination"] = {
        "pairs": found.pairs,
        "silent": [(named[a], named[b]) for a, b in found.silent_pairs if a in named and b in named],
        "alone": [named[c] for c in found.alone if c in named],
        "apart": [named[c] for c in found.apart if c in named],
    }  # fmt: skip


def _asked(register: pd.DataFrame) -> bool:
    return {"has_power", "has_legitimacy", "has_urgency"} <= set(register)
