"""Every table of the city folder, drawn from one town.

A town goes in; a frame a table comes out, in the contract's columns, ready to be sent by the office that keeps
it. A table that the contracts know and this list does not is a hole in the bundled city, and a test says so.
"""

from __future__ import annotations

import pandas as pd

from safelearn.simulation import (
    audits,
    fabric,
    feelings,
    money,
    offices,
    participation,
    registers,
    responses,
    survey,
)
from safelearn.simulation.people import population_table
from safelearn.simulation.records import write_down
from safelearn.simulation.town import Town
from safelearn.simulation.variant import areas_table

CENSUS = 2023
PLAIN = {
    "audits": audits.walk,
    "stakeholders": registers.stakeholders,
    "ties": registers.ties,
    "mandates": registers.mandates,
    "technology": registers.technology,
    "unit_costs": registers.unit_costs,
    "practices": registers.practices,
    "measures": registers.measures,
    "harms": registers.harms,
    "reviews": registers.reviews,
    "decisions": registers.decisions,
    "programmes": responses.programmes,
    "interventions": responses.interventions,
    "participation": participation.participation,
    "ballots": participation.ballots,
    "demands": participation.demands,
    "quotes": participation.quotes,
    "feedback": participation.feedback,
    "initiatives": participation.initiatives,
    "assets": fabric.assets,
    "services": fabric.services,
    "spaces": fabric.spaces,
    "streets": fabric.streets,
    "budget": money.budget,
    "justice": offices.justice,
    "statistics": offices.statistics,
    "skills": offices.skills,
}


def all_tables(town: Town) -> dict[str, pd.DataFrame]:
    """Every table by name, the incidents as the clean records of `records.write_down`."""
    adults = feelings.feel(town)
    asked = survey.ask(town, adults)
    out = {
        "areas": areas_table(town.conditions),
        "population": census(town),
        "incidents": write_down(town),
        "survey": asked,
        "targets": responses.targets(town, asked),
    }
    return out | {name: make(town) for name, make in PLAIN.items()}


def census(town: Town) -> pd.DataFrame:
    """Residents by area, sex and age, and a row a neighbourhood with households and dwellings."""
    people = population_table(town.residents, town.conditions, CENSUS)
    everybody = people.groupby("area_id", as_index=False)["population"].sum()
    homes = pd.Series(town.residents.household_area).value_counts().sort_index()
    everybody = everybody.assign(
        sex="all",
        age_group="all",
        year=CENSUS,
        households=homes.to_numpy(),
        dwellings=(homes.to_numpy() * 1.07).round().astype(int),
    )
    frame = pd.concat([people, everybody], ignore_index=True)
    frame = frame.sort_values("area_id", kind="stable", ignore_index=True)
    return frame.astype({"households": "Int64", "dwellings": "Int64"})
