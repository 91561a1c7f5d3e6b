"""How places work: audits, lighting, public space, streets, services within a walk, harassment by place, released.

What is counted here are places, lamps and streets, not people, so no cell is hidden for being small; a kind of place
that few walks went to is left out because it says nothing. Confidential services are dropped before any distance is
measured, and answers of people go the way of all survey estimates.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from safelearn.diagnosis import audits, lighting, public_space, streets
from safelearn.errors import Refused
from safelearn.language import t
from safelearn.reports import place_findings
from safelearn.reports.measuring.harassment import harassment
from safelearn.reports.measuring.reach import reach
from safelearn.reports.measuring.scope import Scope

ESTIMATE = ["value", "lower", "upper"]
#: Where a light is no light: all visits together.
BOTH = "both"


def spaces(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    parts: tuple[tuple[str, str, Callable[[Scope], None]], ...] = (
        ("audits", "audits", _walks),
        ("streets", "streets", _streets),
        ("lighting", "streets", _lamps),
        ("public_space", "spaces", _upkeep),
    )
    for measure, table, part in parts:
        held = scope.table(table)
        if held is not None and len(held):
            attempt(scope, measure, part)
    attempt(scope, "access", reach)
    attempt(scope, "harassment_by_place", harassment)


def attempt(scope: Scope, measure: str, part: Callable[[Scope], None]) -> None:
    """Run a part; what it refuses stands under the measure's name, and the others go on."""
    try:
        part(scope)
    except Refused as refused:
        scope.refused[measure] = refused


def _walks(scope: Scope) -> None:
    """The ten strategies and design for everybody by light, the women's safety audit, and the raters."""
    table = scope.table("audits")
    release = scope.release
    whole = audits.design_scores(table).assign(strategy="all", light=BOTH)
    by_light = audits.design_scores(table, "light").assign(strategy="all")
    by_both = audits.design_scores(table, "strategy", "light")
    scores = _known(pd.concat([whole, by_light, by_both], ignore_index=True))
    columns = ["strategy", "light", *ESTIMATE, "places"]
    release.approve(
        "design_scores",
        scores[columns],
        keys=columns[:2],
        measures=columns[2:],
        derived={},
        police=False,
        title=t(
            "Share of design items met in the places walked, by strategy and light"
        ),
    )
    kinds = _known(audits.design_scores(table, "place_type"))
    if len(kinds):
        release.approve(
            "design_scores_by_place",
            kinds[["place_type", *ESTIMATE, "places"]],
            keys=["place_type"],
            measures=[*ESTIMATE, "places"],
            derived={},
            police=False,
            title=t("Share of design items met in the places walked, by kind of place"),
        )
    felt = _side_by_side(_known(audits.safety_scores(table, "light")))
    if len(felt):
        release.approve(
            "safety_audit_scores",
            felt,
            keys=["item"],
            measures=list(felt.columns[1:]),
            derived={},
            police=False,
            title=t(
                "Women's safety audit: mean scores from 0 to 3, by day and after dark"
            ),
        )
    visited = pd.to_datetime(table["visited_on"])
    found: dict[str, object] = {
        "places": int(table["place_id"].nunique()),
        "areas": int(table["area_id"].nunique()),
        "visits": len(table.drop_duplicates(["place_id", "visited_on", "light"])),
        "clusters": audits.clusters(table),
        "first": visited.min().date(),
        "last": visited.max().date(),
    }
    release.results["audits"] = found
    release.results["audit_score"] = whole.iloc[0][ESTIMATE].astype(float).to_dict()
    darker = None
    try:
        darker = found["darkness"] = audits.darkness(table)
    except Refused as refused:
        scope.refused["darkness"] = refused
    try:
        found["raters"] = audits.raters_agreement(table)
    except Refused as refused:
        scope.refused["raters_agreement"] = refused
    release.sentences["audits"] = place_findings.darkness(darker)


def _side_by_side(scores: pd.DataFrame) -> pd.DataFrame:
    """One row an item, with the columns of each light that was walked."""
    wide = pd.DataFrame(
        {"item": [i for i in audits.SCORES if i in set(scores["item"])]}
    )
    for light in audits.LIGHTS:
        part = scores[scores["light"] == light].set_index("item")
        if part.empty:
            continue
        for name in ESTIMATE:
            wide[f"{light}_{name}"] = wide["item"].map(part[name])
    return wide if len(wide.columns) > 1 else wide.iloc[:0]


def _known(scores: pd.DataFrame) -> pd.DataFrame:
    """Lines that rest on places enough to speak of more than them."""
    return scores[scores["places"] >= audits.FEWEST_PLACES].reset_index(drop=True)


def _streets(scope: Scope) -> None:
    """How streets are made, for the city: a sample of streets says little of each area."""
    found = streets.street_form(scope.table("streets"))
    scope.release.approve(
        "streets",
        found[["measure", *ESTIMATE, "n"]].rename(columns={"n": "segments"}),
        keys=["measure"],
        measures=[*ESTIMATE, "segments"],
        derived={},
        police=False,
        title=t("How streets are made, by share of their length"),
    )
    values = found.set_index("measure")
    scope.release.sentences["streets"] = place_findings.streets(values)
    scope.release.results["streets"] = int(found["n"].max())


def _lamps(scope: Scope) -> None:
    """Lamps that work: on the streets counted, at the places walked after dark, and by area."""
    table, walked = scope.table("streets"), scope.table("audits")
    rows = [lighting.lamps_working(table).assign(where="streets")]
    if walked is not None and len(walked):
        dark = walked[walked["light"] == "dark"]
        one = dark.sort_values("rater").drop_duplicates(["place_id", "visited_on"])
        try:
            cluster = audits.clusters(one)
            found = lighting.lamps_working(one, stratum=None, cluster=cluster)
            rows.append(found.assign(where="places"))
        except Refused as refused:
            scope.refused["lighting_of_places"] = refused
    lamps = pd.concat(rows, ignore_index=True).rename(columns={"n": "lamps"})
    scope.release.approve(
        "lamps_working",
        lamps[["where", *ESTIMATE, "lamps"]],
        keys=["where"],
        measures=[*ESTIMATE, "lamps"],
        derived={},
        police=False,
        title=t("Share of lamps that work"),
    )
    named = scope.areas[["area_id", "area_name"]]
    by_area = named.merge(lighting.lamps_working(table, "area_id"), on="area_id")
    # Lamps of an area fail together or not at all; from a handful of them no share is told.
    by_area = by_area[by_area["n"] >= lighting.FEWEST].rename(columns={"n": "lamps"})
    mean = float(lamps.loc[lamps["where"] == "streets", "value"].iloc[0])
    below = int((by_area["upper"] < mean).sum())
    above = int((by_area["lower"] > mean).sum())
    scope.release.sentences["lamps"] = place_findings.lamps(
        mean, above, below, len(by_area)
    )
    if len(by_area):
        scope.release.approve(
            "lamps_working_by_area",
            by_area[["area_id", "area_name", *ESTIMATE, "lamps"]].sort_values(
                "area_id", ignore_index=True
            ),
            keys=["area_id", "area_name"],
            measures=[*ESTIMATE, "lamps"],
            derived={},
            police=False,
            title=t("Share of street lamps that work, by area"),
        )


def _upkeep(scope: Scope) -> None:
    """The state of public spaces, by kind, and who is seen there."""
    table = scope.table("spaces")
    found = public_space.upkeep(table)
    kinds = []
    for kind, part in table.groupby("type", observed=True):
        try:
            one = public_space.upkeep(part)
        except Refused:
            continue
        kinds.append(
            {
                "type": kind,
                "spaces": one.spaces,
                "well_kept": one.well_kept,
                "value": one.well_kept / one.spaces,
                "with_repairs": one.with_repairs,
                "repairs": one.repairs,
            }
        )
    scope.release.approve(
        "public_spaces",
        pd.DataFrame(kinds),
        keys=["type"],
        measures=["spaces", "well_kept", "value", "with_repairs", "repairs"],
        derived={},
        police=False,
        title=t("Public spaces: how many, in good condition, waiting for repairs"),
    )
    scope.release.results["upkeep"] = found
    scope.release.sentences["upkeep"] = place_findings.upkeep(found)
    try:
        scope.release.results["women_seen"] = public_space.women_seen(table)
    except Refused as refused:
        scope.refused["women_in_public_space"] = refused
