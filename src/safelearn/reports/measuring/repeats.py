"""How much harm comes back to the same address or person, released.

From records only addresses that the source gives exactly; never sexual or domestic violence, where an address is a
home with somebody in it, and nothing that follows police activity. Rounded shares leave; the counts they are made of
stay here.
"""

from __future__ import annotations

import pandas as pd

from safelearn.diagnosis.repeat_victimisation import (
    repeat_at_places,
    repeat_victims,
)
from safelearn.errors import Refused
from safelearn.estimates.survey import survey_design
from safelearn.guidelines import offences
from safelearn.language import number, t
from safelearn.reports.measuring.scope import Scope

#: Fewest records of an offence at a known address, and the decimals of its shares: several counts round to the same.
FEWEST = 100
DIGITS = 3


def repeats(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    survey = scope.table("survey")
    if survey is not None and len(survey):
        _victims(scope, survey[survey["year"] == survey["year"].max()])
    if scope.incidents is None or scope.period is None or scope.period.yearly:
        return
    try:
        _places(scope, _addressed(scope))
    except Refused as refused:
        scope.refused["repeat_victimisation"] = refused


def _addressed(scope: Scope) -> pd.DataFrame:
    frame = scope.incidents
    month = frame["occurred_from"].dt.strftime("%Y-%m")
    kept = month.isin(scope.period.focus) & frame["place_key"].notna()
    kept &= frame["place_precision"].astype("str").eq("exact")
    kept &= frame["domestic"].astype("str").ne("yes") & frame["offence"].notna()
    found = frame.loc[kept, ["offence", "place_key", "count"]]
    found = found.assign(offence=found["offence"].astype("str").map(offences.section))
    return found[~found["offence"].map(_left_out)]


def _left_out(offence: str) -> bool:
    """Sexual offences, and those that follow what police look for."""
    return offence.startswith("03") or offences.enforcement_driven(offence)


def _places(scope: Scope, frame: pd.DataFrame) -> None:
    if frame.empty:
        raise Refused(
            t("The records have no exact addresses that could come again."),
            remedy=t("Ask the source for addresses; they are scrambled on import."),
        )
    rows = []
    for offence, part in frame.groupby("offence"):
        events = int(part["count"].sum())
        if events < FEWEST:
            continue
        found = repeat_at_places(part).of_events
        again = round(found.share * events)
        hidden = min(again, events - again) < scope.release.least
        values = (found.share, found.lower, found.upper)
        rows.append((offence, *(None if hidden else round(v, DIGITS) for v in values)))
    if not rows:
        raise Refused(
            t(
                "No offence has {n} records at an exact address in the year.",
                n=number(FEWEST),
            )
        )
    table = pd.DataFrame(rows, columns=["offence", "share", "lower", "upper"])
    measures = ["share", "lower", "upper"]
    table[measures] = table[measures].astype("Float64")
    scope.release.approve(
        "repeat_places",
        table,
        keys=["offence"],
        measures=measures,
        hidden=table[measures].isna(),
        derived={},
        title=t("Records at an address that was recorded more than once"),
    )


def _victims(scope: Scope, survey: pd.DataFrame) -> None:
    if "assault_times" not in survey or survey["assault_times"].isna().all():
        return
    survey = survey.reset_index(drop=True)
    found = repeat_victims(survey_design(survey), survey["assault_times"])
    row = {"item": "assault", "value": found.value, "lower": found.lower}
    scope.release.approve_estimates(
        "repeat_victims",
        pd.DataFrame([row | {"upper": found.upper, "n": found.n}]),
        keys=["item"],
        title=t("Residents attacked more than once in 12 months"),
    )
