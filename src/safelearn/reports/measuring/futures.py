"""What a scenario workshop starts from, released: drivers with their ranges, four scenarios, votes, the vision.

Ranges are computed from released yearly counts only. An offence whose recording changed, or that follows what police
look for, is no driver: its line would tell of the recording.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.disclosure.hiding import hide
from safelearn.disclosure.personal_data import refuse_personal
from safelearn.errors import Refused
from safelearn.guidelines import catalogue, offences
from safelearn.language import t
from safelearn.reports.changes import recording_changed
from safelearn.reports.measuring import counts
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.names import is_by_police, offence_name
from safelearn.strategy import scenarios
from safelearn.strategy.scenarios import Driver
from safelearn.strategy.visions import check_vision, split_answers

#: The text of the vision, in the city's folder.
VISION = "vision.md"
#: Years ahead, unless the template says otherwise.
AHEAD = 3


def futures(scope: Scope) -> None:
    """Measure, and let out what may be shown (serves draft:25(a), draft:25(o).3b)."""
    for name, part in (("drivers", _drivers), ("votes", _votes), ("vision", _vision)):
        try:
            part(scope)
        except Refused as refused:
            scope.refused[name] = refused


def _drivers(scope: Scope) -> None:
    series = _recorded(scope) | _counted_elsewhere(scope)
    if not series:
        return
    found, kinds, left = {}, {}, {}
    for code, (kind, table, why) in series.items():
        try:
            if why:
                raise Refused(why)
            horizon = int(scope.options.get("horizon") or table["year"].max() + AHEAD)
            found[code] = scenarios.driver(code, table, horizon)
            kinds[code] = kind
        except Refused as refused:
            left[code] = refused.what
    scope.release.results["no_drivers"] = {name_of(c): why for c, why in left.items()}
    if not found:
        raise Refused(t("No yearly figure of this city can be carried forward."))
    table = _table(found, kinds)
    scope.release.approve(
        "drivers",
        table,
        keys=["driver", "driver_name", "kind", "tendency", "horizon"],
        measures=[c for c in table if c not in _KEYS],
        derived={},
        title=t("What is uncertain, and how far it may go"),
    )
    asked = [c for c in str(scope.options.get("drivers") or "").split() if c in found]
    pair = scenarios.two_drivers(found, kinds)
    first, second = asked[:2] if len(asked) > 1 else pair
    corners = scenarios.corners(found[first], found[second])
    scope.release.approve(
        "scenarios",
        corners,
        keys=["scenario", "first_end", "second_end"],
        measures=["first_value", "second_value"],
        derived={},
        title=t("Four scenarios"),
    )
    scope.release.results["scenario_drivers"] = (found[first], found[second])


_KEYS = ("driver", "driver_name", "kind", "tendency", "horizon")


def _table(found: dict[str, Driver], kinds: dict[str, str]) -> pd.DataFrame:
    rows = [
        {
            "driver": code,
            "driver_name": name_of(code),
            "kind": kinds[code],
            "tendency": one.direction,
            "horizon": one.horizon,
            "pace": one.pace,
            "pace_lower": one.pace_lower,
            "pace_upper": one.pace_upper,
            "later": one.middle / one.now,
            "later_lower": one.low / one.now,
            "later_upper": one.high / one.now,
        }
        for code, one in found.items()
    ]
    return pd.DataFrame(rows)


def name_of(code: str) -> str:
    """What a driver is called: an offence, or an indicator of another office."""
    if code in offences.codes():
        return offence_name(code)
    known = {i.id: i.name for i in catalogue.indicators()}
    return known.get(code, code)


def _recorded(scope: Scope) -> dict[str, tuple[str, pd.DataFrame, str]]:
    """Whole years of released counts, by offence, with why they cannot be carried forward."""
    if scope.cube is None or scope.period.yearly:
        return {}
    release = scope.release
    if "by_month" not in release.shared:
        release.share_counts(
            counts.by_month(scope.cube, scope.period),
            counts.by_area(scope.cube, scope.period),
            scope.period,
        )
    months = release.shared["by_month"]
    months = months[months["offence"].isin(offences.codes())]
    months = months.assign(year=months["month"].str[:4].astype(int))
    whole = months.groupby("year")["month"].nunique()
    months = months[months["year"].isin(whole.index[whole == 12])]
    years = months.groupby(["offence", "year"])["n"].agg(lambda n: n.sum(skipna=False))
    years = years.astype("Int64").reset_index()
    release.approve(
        "counts_by_year",
        years,
        keys=["offence", "year"],
        measures=["n"],
        title=t("Recorded offences by whole year"),
    )
    out = {}
    for code, part in months.groupby("offence"):
        table = years.loc[years["offence"] == code, ["year", "n"]]
        why = ""
        if table["n"].isna().all():
            why = t("Hidden in every year, to protect people.")
        elif is_by_police(code):
            why = t("It follows what police look for.")
        elif recording_changed(
            code, scope.settings, part["month"].min(), part["month"].max()
        ):
            why = t("Its recording changed in these years.")
        out[code] = (offences.section(code), table, why)
    return out


def _counted_elsewhere(scope: Scope) -> dict[str, tuple[str, pd.DataFrame, str]]:
    """Yearly figures of other offices, for the whole city and everyone."""
    table = scope.table("statistics")
    if table is None or table.empty:
        return {}
    area = table["area_id"].astype("str").fillna("") if "area_id" in table else ""
    rows = table[(area == "") & table["period"].astype(str).str.fullmatch(r"\d{4}")]
    if "group" in rows:
        group = rows["group"].astype("str").fillna("everyone")
        rows = rows[group.isin(["everyone", "nan", ""])]
    out = {}
    least = scope.settings.disclosure.sensitive_threshold
    units = {i.id: i.unit for i in catalogue.indicators()}
    for code, part in rows.groupby("indicator_id"):
        if part["period"].duplicated().any():
            continue
        years = pd.DataFrame(
            {
                "year": part["period"].astype(int).to_numpy(),
                "n": part["numerator"].astype(float).to_numpy(),
            }
        )
        shares = part["denominator"].astype(float).to_numpy()
        if np.isfinite(shares).all():
            years["exposure"] = shares
        why = ""
        if years["n"].min() < least:
            why = t("Numbers too small to be shown.")
        elif units.get(str(code), "").startswith("%"):
            why = t("A share cannot go on for ever as a count can.")
        out[str(code)] = (str(code), years, why)
    return out


def _votes(scope: Scope) -> None:
    ballots = scope.table("ballots")
    if ballots is None or not (ballots["kind"] == scenarios.KIND).any():
        return
    found = scenarios.tally(ballots)
    release = scope.release
    wide = found.by_group.pivot(index="group", columns="option_id", values="n")
    wide = wide.round().astype(int)
    covered = hide(wide.to_numpy(), release.least)
    mask = pd.DataFrame(covered.cells, index=wide.index, columns=wide.columns)
    votes = found.by_group.assign(
        n=found.by_group["n"].round().astype(int),
        first=found.by_group["first"].map({True: "yes", False: "no"}),
    )
    hidden = [mask.loc[g, o] for g, o in zip(votes.group, votes.option_id, strict=True)]
    release.approve(
        "scenario_votes",
        votes,
        keys=["group", "option_id", "option"],
        measures=["n", "share", "first"],
        hidden=np.array(hidden, dtype=bool),
        derived={"n": ["share", "first"]},
        title=t("What each group chose"),
        police=False,
    )
    together = found.together.assign(n=found.together["n"].round().astype(int))
    measures = ["n", "share"] if covered.cells.any() else ["n", "share", "even"]
    release.approve(
        "scenario_votes_together",
        together[["option_id", "option", *measures]],
        keys=["option_id", "option"],
        measures=measures,
        hidden=covered.column_totals,
        title=t("What all groups chose together"),
        police=False,
    )
    release.results["scenario_votes"] = {
        "held_on": found.held_on,
        "agreed": found.agreed and not covered.cells.any(),
    }


def _vision(scope: Scope) -> None:
    path = scope.city.folder / VISION
    if not path.is_file():
        return
    text, answers = split_answers(path.read_text(encoding="utf-8"))
    refuse_personal(text, VISION)
    scope.release.results["vision"] = (text, check_vision(text, answers))
