"""What the police were told: some harm is reported, some is not, and who was hurt decides which.

True incidents go in, one yes or no an incident comes out. Women report violence less often than men here, and
people of the informal settlements report everything less often: a city that trusts its records alone would
look away from exactly these people. The rates are known, so that a survey can be seen to find the gap.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.offences import ENFORCEMENT, OFFENCES, Offence, position
from safelearn.simulation.people import Residents
from safelearn.simulation.plan import Plan
from safelearn.simulation.streams import stream


def reporting_probability(
    plan: Plan, conditions: pd.DataFrame, residents: Residents, incidents: pd.DataFrame
) -> np.ndarray:
    """The chance that each incident comes to the police.

    A victim's home decides whether the settlement's distance to the police counts; where nobody is the
    victim, the place does.
    """
    kind = incidents["offence"].to_numpy()
    chance = np.array([o.reported for o in OFFENCES])[kind]
    women = np.array([o.women for o in OFFENCES])[kind]
    person = incidents["person"].to_numpy()
    household = incidents["household"].to_numpy()
    female = (person >= 0) & (residents.sex[person] == 0)
    chance = np.where(female, chance * women, chance)
    change = plan.recording_change
    since = int((plan.days < change.start).sum()) * 1440
    easier = (kind == position(change.offence)) & (incidents["minute"] >= since)
    chance = np.where(easier, chance * change.factor, chance)
    home = np.where(
        household >= 0, residents.household_area[household], incidents["area"]
    )
    informal = (conditions["settlement"] == "informal").to_numpy()[home]
    filtered = ~np.isin(kind, [i for i, o in enumerate(OFFENCES) if _sure(o)])
    return np.where(informal & filtered, chance * plan.informal_reporting, chance)


def told(
    plan: Plan, conditions: pd.DataFrame, residents: Residents, incidents: pd.DataFrame
) -> np.ndarray:
    """Which incidents the police were told of."""
    chance = reporting_probability(plan, conditions, residents, incidents)
    return stream(plan.seed, "reporting").random(len(incidents)) < chance


def overall_reporting(offence: Offence, plan: Plan, conditions: pd.DataFrame) -> float:
    """The share of an offence that is reported in the city as a whole, in expectation.

    Exact for the sexes; the informal settlements are taken at their share of residents and risk.
    """
    rate = offence.reported * (1 - offence.female * (1 - offence.women))
    if offence.befalls != "person":
        rate = offence.reported
    if offence.key == plan.recording_change.offence:
        after = (plan.days >= plan.recording_change.start).mean()
        rate *= 1 + (plan.recording_change.factor - 1) * after
    if _sure(offence):
        return rate
    deprived = conditions["deprivation"].to_numpy()
    risk = conditions["residents"].to_numpy() * np.exp(offence.slope * deprived)
    outside = (conditions["settlement"] == "informal").to_numpy()
    informal = risk[outside].sum() / risk.sum()
    return rate * (1 - informal * (1 - plan.informal_reporting))


def _sure(offence: Offence) -> bool:
    """Bodies are found, and enforcement records itself."""
    return offence.key == "homicide" or offence.key in ENFORCEMENT
