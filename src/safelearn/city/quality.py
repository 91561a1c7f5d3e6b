"""Are a city's data fit for use? In: a city. Out: the account of every table, what is odd, and a verdict.

0: fit; 1: usable, with the problems listed; 2: unusable, because the areas or all evidence are missing or a
table cannot be read. The same list of problems is shown by `city check` and by the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from safelearn.city.accounting import (
    count_events,
    strange_names,
    table_account,
    unknown_areas,
)
from safelearn.city.checks.cards import Card, card
from safelearn.city.checks.denominators import outline_problems, population_problems
from safelearn.city.checks.deviations import country_problems
from safelearn.city.checks.figures import figures_of
from safelearn.city.checks.jurisdiction import jurisdiction_problems
from safelearn.city.checks.missingness import missingness_by_offence
from safelearn.city.checks.needs import Met, needs_met
from safelearn.city.checks.problems import SEVERITIES, Problem
from safelearn.city.checks.symptoms import incident_problems
from safelearn.city.contracts import table_names
from safelearn.city.folder import City
from safelearn.city.imports.tallies import figures_by_of
from safelearn.errors import SafelearnError
from safelearn.language import t

__all__ = [
    "CityCheck",
    "Met",
    "Problem",
    "check",
    "missingness_by_offence",
    "needs_met",
]


@dataclass(frozen=True)
class CityCheck:
    """The verdict on a city's data.

    Attributes
    ----------
    city : str
        Its name.
    tables : dict of str to dict
        Table -> rows_read, rows_used, set_aside, profile and, of incidents, events, located, timed, period.
    problems : list of Problem
        The gravest first.
    fit : {0, 1, 2}
        Fit; usable with problems; unusable.
    cards : dict of str to Card
        The data card of each table.
    met : dict of str to Met
        What the data meet of what measures need.
    """

    city: str
    tables: dict[str, dict[str, Any]]
    problems: list[Problem]
    fit: int
    cards: dict[str, Card] = field(default_factory=dict)
    met: dict[str, Met] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As ``city check --json`` prints it: each table with its own problems."""
        tables = {
            name: {
                **part,
                "problems": [p.to_json() for p in self.problems if p.table == name],
                "card": self.cards[name].to_json() if name in self.cards else {},
            }
            for name, part in self.tables.items()
        }
        others = [p.to_json() for p in self.problems if p.table not in self.tables]
        return {
            "city": self.city,
            "tables": tables,
            "problems": others,
            "fit": self.fit,
        }


def check(city: City) -> CityCheck:
    """Account for every table of a city, and name what is odd about it.

    Parameters
    ----------
    city : City

    Returns
    -------
    CityCheck
        Nothing is written.
    """
    tables: dict[str, dict[str, Any]] = {}
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    records = city.imports()
    for name in table_names():
        if not city.has(name):
            continue
        own = [r for r in records if r["table"] == name]
        try:
            frame = city.table(name)
        except SafelearnError as error:
            problems.append(_unreadable(name, error))
            tables[name] = _account(own, 0)
            continue
        if frame is None:
            continue
        frames[name] = frame
        tables[name] = _account(own, len(frame))
        if name == "incidents":
            tables[name] |= _of_incidents(frame)
    problems += _incidents(city, frames, records)
    problems += _areas(city, frames, records)
    problems += _settings(city, frames)
    problems += country_problems(city, frames)
    problems.sort(key=lambda p: SEVERITIES.index(p.severity))
    met = needs_met(city)
    cards = {
        name: card(
            name,
            frames.get(name),
            account,
            note=city.settings.tables.get(name),
            records=[r for r in records if r["table"] == name],
            problems=[p for p in problems if p.table == name],
            met=met,
        )
        for name, account in tables.items()
    }
    return CityCheck(city.settings.name, tables, problems, _fit(problems), cards, met)


def _account(records: list[dict[str, Any]], rows: int) -> dict[str, Any]:
    account = table_account(records)
    if not records:
        # A table that somebody wrote by hand: what is there is what there is.
        account |= {"rows_read": rows, "rows_used": rows}
    names = dict.fromkeys(r["profile"] for r in records if r["profile"])
    return {**account, "profile": ", ".join(names)}


def _of_incidents(incidents: pd.DataFrame) -> dict[str, Any]:
    times = incidents["occurred_from"].dropna()
    period = f"{times.min():%Y-%m} to {times.max():%Y-%m}" if len(times) else ""
    return {
        "events": count_events(incidents),
        "located": int(incidents["area_id"].notna().sum()),
        "timed": int(incidents["time_precision"].isin(["minute", "hour"]).sum()),
        "period": period,
    }


def _incidents(
    city: City, frames: dict[str, pd.DataFrame], records: Iterable[dict[str, Any]]
) -> list[Problem]:
    if "incidents" not in frames:
        return []
    own = [r for r in records if r["table"] == "incidents"]
    return incident_problems(
        frames["incidents"],
        figures_of(own),
        figures_by_of(own),
        areas=frames.get("areas"),
        settings=city.settings,
    )


def _areas(
    city: City, frames: dict[str, pd.DataFrame], records: list[dict[str, Any]]
) -> list[Problem]:
    areas = frames.get("areas")
    if areas is None:
        if city.has("areas"):
            return []
        return [
            Problem(
                "no areas",
                "error",
                "areas",
                0,
                t("There are no areas yet, and every table needs them."),
                t("Import a list of the areas, or their boundaries."),
            )
        ]
    own = [r for r in records if r["table"] == "population"]
    population = frames.get("population")
    if population is None and city.has("population"):
        return []  # it cannot be read, which is said already
    found = population_problems(
        areas,
        population,
        unknown=unknown_areas(own),
        strange_names=strange_names(own),
        figures=figures_of(own),
    )
    try:
        outlines = city.boundaries()
    except SafelearnError as error:
        return [*found, _unreadable("areas", error)]
    drawn = outline_problems(areas, outlines)
    whole = jurisdiction_problems(
        areas,
        None if any(p.code == "invalid outlines" for p in drawn) else outlines,
        frames.get("incidents"),
        population,
        {
            name: frame
            for name, frame in frames.items()
            if name != "incidents" and {"longitude", "latitude"} <= set(frame)
        },
        unknown=unknown_areas(own),
        calm={
            code
            for r in records
            for code in r.get("figures_by", {})
            .get("zero_weights", {})
            .get("by_area", ())
        },
    )
    return [*found, *drawn, *whole]


def _settings(city: City, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    found = []
    retention = city.settings.retention
    if retention and date.today() > retention:
        found.append(
            Problem(
                "retention",
                "warning",
                "settings",
                0,
                t(
                    "The data of this city should have been deleted by {day}.",
                    day=retention,
                ),
                t(
                    "Delete them with `safelearn city purge`, or agree on a new date and write it in city.toml."
                ),
            )
        )
    if (
        "incidents" not in frames
        and "survey" not in frames
        and not city.has("incidents")
    ):
        found.append(
            Problem(
                "no evidence",
                "error",
                "incidents",
                0,
                t("There are neither incidents nor a survey yet."),
                t("Import a file of incidents."),
            )
        )
    return found


def _unreadable(table: str, error: SafelearnError) -> Problem:
    sentence = " ".join(filter(None, (error.what, error.where)))
    return Problem("unreadable", "error", table, 0, sentence, error.remedy)


def _fit(problems: list[Problem]) -> int:
    grave = {p.severity for p in problems}
    if "error" in grave:
        return 2
    return 1 if "warning" in grave else 0
