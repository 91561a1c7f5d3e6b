"""What can these data say? In: a city. Out: each need that a measure can have, whether it is met, and why.

The words of `contracts.NEEDS` are what measures ask for; here the data answer. A need is met if at least half
of the rows meet it, so that a measure speaks of most events and says its own n.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.city.checks.misplaced import lie_of_points
from safelearn.city.contracts import NEEDS
from safelearn.city.folder import City
from safelearn.errors import SafelearnError
from safelearn.language import number, percent, t

#: Share of rows that must have what a measure needs.
ENOUGH = 0.5


@dataclass(frozen=True)
class Met:
    """Whether a need is met, a sentence that says why or why not, and where it is not, what would help."""

    met: bool
    reason: str
    remedy: str = ""


def needs_met(city: City) -> dict[str, Met]:
    """Say of every need in `contracts.NEEDS` whether the city's data meet it.

    Parameters
    ----------
    city : City

    Returns
    -------
    dict of str to Met
        In the order of `NEEDS`.
    """
    incidents = _table(city, "incidents")
    if incidents is None or incidents.empty:
        none = Met(
            False,
            t("There are no incidents yet."),
            t("Import a file of incidents."),
        )
        found = dict.fromkeys(
            (
                "time:month",
                "time:day",
                "time:hour",
                "time:interval",
                "place:area",
                "place:exact",
            ),
            none,
        )
        found |= dict.fromkeys(
            ("victim:sex", "victim:age", "offence", "identifier"), none
        )
    else:
        found = {**_times(incidents), **_places(incidents), **_rows(incidents)}
    found["boundaries"] = _boundaries(city)
    found |= _population(city)
    found["survey"] = _survey(city)
    for need in NEEDS:
        if need.startswith("table:"):
            name = need.removeprefix("table:")
            there = city.has(name)
            found[need] = Met(
                there,
                t("The table {table} is there.", table=name)
                if there
                else t("There is no table {table} yet.", table=name),
            )
    return {need: _with_remedy(need, found[need]) for need in NEEDS}


def _with_remedy(need: str, met: Met) -> Met:
    if met.met or met.remedy:
        return met
    remedies = {
        "time:month": t("Import a file of incidents with the month of each."),
        "time:day": t("Ask the source for the day of each event."),
        "time:hour": t("Ask the source for the hour of each event."),
        "time:interval": t("Ask the source for the earliest and the latest moment."),
        "place:area": t("Confirm names in review/areas.xlsx, or import boundaries."),
        "place:exact": t("Ask the source, under an agreement, for unmoved points."),
        "boundaries": t("Import the boundaries of the areas."),
        "population": t("Import residents by area."),
        "population:sex_age": t("Import residents by area, sex and age group."),
        "victim:sex": t("Ask the source for the victim's sex, without names."),
        "victim:age": t("Ask the source for the victim's age, without names."),
        "offence": t("Confirm codes in review/offences.xlsx, or use --offence."),
        "identifier": t("Ask the source for a number that tells events apart."),
        "survey": t("Ask residents in a sample survey; its sheet is in city.xlsx."),
    }
    default = t("Fill in its sheet in city.xlsx, and import it.")
    return Met(False, met.reason, remedies.get(need, default))


def _times(incidents: pd.DataFrame) -> dict[str, Met]:
    precision = incidents["time_precision"]
    levels = {
        "time:month": ["minute", "hour", "day", "month"],
        "time:day": ["minute", "hour", "day"],
        "time:hour": ["minute", "hour"],
    }
    lacking = {
        "time:month": t("The month of most events is not known ({share} have one)."),
        "time:day": t("The day of most events is not known ({share} have one)."),
        "time:hour": t("The hour of most events is not known ({share} have one)."),
    }
    having = {
        "time:month": t("{share} of the events have a month."),
        "time:day": t("{share} of the events have a day."),
        "time:hour": t("{share} of the events have an hour."),
    }
    none = {
        "time:month": t("The month of no event is known."),
        "time:day": t("The day of no event is known."),
        "time:hour": t("The hour of no event is known."),
    }
    found = {}
    for need, known in levels.items():
        share = float(precision.isin(known).mean())
        found[need] = _share(share, having[need], lacking[need], none[need])
    # The end of a quarter or of a financial year says nothing about the hour of an event.
    fine = precision.isin(["minute", "hour", "day"])
    until = float((incidents["occurred_to"].notna() & fine).mean())
    found["time:interval"] = Met(
        until >= 0.1,
        t(
            "{share} of the events have an earliest and a latest moment.",
            share=percent(until),
        )
        if until
        else t("No event has an earliest and a latest moment."),
    )
    return found


def _places(incidents: pd.DataFrame) -> dict[str, Met]:
    located = float(incidents["area_id"].notna().mean())
    area = _share(
        located,
        t("{share} of the events have an area."),
        t("Only {share} of the events have an area."),
        t("No event has an area."),
    )
    points = lie_of_points(incidents)
    if not points.n:
        exact = Met(False, t("The events have no coordinates."))
    elif points.snapped:
        exact = Met(
            False,
            t(
                "The points are not where the events happened: {n} rows lie on {distinct} points.",
                n=number(points.n),
                distinct=number(points.distinct),
            ),
        )
    else:
        share = points.n / len(incidents)
        exact = _share(
            share,
            t("{share} of the events have a point of their own."),
            t("Only {share} of the events have coordinates."),
            t("The events have no coordinates."),
        )
    return {"place:area": area, "place:exact": exact}


def _rows(incidents: pd.DataFrame) -> dict[str, Met]:
    columns = {
        "victim:sex": (
            "victim_sex",
            t("The victim's sex is known for {share} of the events."),
            t("The victim's sex is not known for most events (known for {share})."),
            t("No victim's sex is known."),
        ),
        "victim:age": (
            "victim_age",
            t("The victim's age is known for {share} of the events."),
            t("The victim's age is not known for most events (known for {share})."),
            t("No victim's age is known."),
        ),
        "offence": (
            "offence",
            t(
                "{share} of the events have an offence in the international classification."
            ),
            t(
                "Only {share} of the events have an offence in the international classification."
            ),
            t("No event has an offence in the international classification."),
        ),
        "identifier": (
            "incident_id",
            t("{share} of the events have an identifier."),
            t("Only {share} of the events have an identifier."),
            t("No event has an identifier."),
        ),
    }
    return {
        need: _share(float(incidents[column].notna().mean()), *sentences)
        for need, (column, *sentences) in columns.items()
    }


def _boundaries(city: City) -> Met:
    if (city.folder / "areas.geojson").is_file():
        return Met(True, t("The outlines of the areas are there."))
    return Met(False, t("There are no outlines of the areas."))


def _population(city: City) -> dict[str, Met]:
    population = _table(city, "population")
    if population is None or population.empty:
        none = Met(False, t("There is no table of residents by area."))
        return {"population": none, "population:sex_age": none}
    areas = population["area_id"].nunique()
    split = population[
        (population["sex"] != "all") & (population["age_group"] != "all")
    ]
    return {
        "population": Met(
            True, t("Residents are known for {n} areas.", n=number(areas))
        ),
        "population:sex_age": Met(True, t("Residents are known by sex and age group."))
        if len(split)
        else Met(False, t("Residents are not known by sex and age group.")),
    }


def _survey(city: City) -> Met:
    survey = _table(city, "survey")
    if survey is None or survey.empty:
        return Met(False, t("There is no survey of residents."))
    if "weight" in survey and survey["weight"].notna().all():
        return Met(
            True, t("{n} residents answered, with weights.", n=number(len(survey)))
        )
    return Met(False, t("The survey has no weights."))


def _share(share: float, having: str, lacking: str, none: str) -> Met:
    if share == 0:
        return Met(False, none)
    met = share >= ENOUGH
    return Met(met, (having if met else lacking).format(share=percent(share)))


def _table(city: City, name: str) -> pd.DataFrame | None:
    """A table, or None where it is missing or broken (`quality.check` says how)."""
    try:
        return city.table(name) if city.has(name) else None
    except SafelearnError:
        return None
