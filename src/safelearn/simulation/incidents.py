"""What really happened: every incident of the period, told to the police or not.

Residents, buildings, conditions and a plan go in; one row an incident comes out, with the person or
household that it befell. This is the truth of the whole population. What the police hear of it is decided
afterwards, by `reporting`, and what a survey finds out, by `survey`: both look at the same incidents.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.buildings import Buildings
from safelearn.simulation.near_repeats import spread_burglaries
from safelearn.simulation.offences import OFFENCES, Offence, exposure, week
from safelearn.simulation.people import Residents
from safelearn.simulation.plan import UNEXPECTED, Plan
from safelearn.simulation.reporting import overall_reporting
from safelearn.simulation.streams import lumpy, stream


def happen(
    plan: Plan, conditions: pd.DataFrame, residents: Residents, buildings: Buildings
) -> pd.DataFrame:
    """Let five years pass.

    Returns
    -------
    DataFrame
        ``offence`` (position in `OFFENCES`), ``minute`` (minutes since the start of the period), ``area``,
        ``building``, ``person``, ``household`` (-1: nobody, none), ``set_off_by`` (row of the burglary that
        set this one off, else -1), in order of time.
    """
    luck = stream(plan.seed, "luck").gamma(0.7, 1 / 0.7, len(residents))
    inside = hot_spot_of(plan, buildings)
    parts = []
    usual = sum(o.recorded for o in OFFENCES)
    for number, offence in enumerate(OFFENCES):
        rng = stream(plan.seed, "incidents", offence.key)
        wanted = offence.recorded * plan.recorded / usual
        wanted /= overall_reporting(offence, plan, conditions)
        hot = _hot(plan, offence)[inside]
        by_day = day_weights(plan, offence)
        expected = _expected(
            rng, plan, offence, conditions, buildings, hot, by_day, wanted
        )
        if offence.key == "residential burglary":
            expected *= 1 - plan.near_repeat.offspring
        n = lumpy(rng, expected, plan.lumps)
        area, month = (np.repeat(i.ravel(), n.ravel()) for i in np.indices(n.shape))
        part = {
            "offence": np.full(len(area), number, dtype=np.int8),
            "area": area.astype(np.int16),
            "minute": _minutes(rng, plan, offence, by_day, month),
            "set_off_by": np.full(len(area), -1),
            **_befall(rng, area, offence, residents, buildings, hot, luck),
        }
        if offence.key == "residential burglary":
            first = pd.DataFrame(part)
            spread = spread_burglaries(rng, first, plan, residents, buildings)
            part = {name: spread[name].to_numpy() for name in part}
        parts.append(part)
    offset = 0
    for part in parts:
        set_off = part["set_off_by"]
        part["set_off_by"] = np.where(set_off >= 0, set_off + offset, -1)
        offset += len(set_off)
    # Fifteen small tables would cost more than all that stands in them.
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(whole["minute"], kind="stable")
    place = np.empty(len(order), dtype=int)
    place[order] = np.arange(len(order))
    set_off = whole["set_off_by"]
    whole["set_off_by"] = np.where(set_off >= 0, place[set_off], -1)
    return pd.DataFrame({name: column[order] for name, column in whole.items()})


def hot_spot_of(plan: Plan, buildings: Buildings) -> np.ndarray:
    """The hot spot that each building stands in, by its position in the plan; -1 for none.

    A hot spot ends at the border of the neighbourhood that holds most of its doors, because its factor is
    relative to the doors around it, and those of the next neighbourhood have another risk.
    """
    inside = np.full(len(buildings), -1, dtype=np.int8)
    for number, spot in enumerate(plan.hot_spots):
        away = np.hypot(buildings.x - spot.x, buildings.y - spot.y)
        near = away <= spot.radius
        if near.any():
            home = np.bincount(buildings.area[near]).argmax()
            inside[near & (buildings.area == home)] = number
    return inside


def even_out(plan: Plan, buildings: Buildings) -> Buildings:
    """Give hot spots the average luck of their area, so that the planted factor is the true one."""
    from dataclasses import replace

    luck = buildings.luck.copy()
    inside = hot_spot_of(plan, buildings)
    for area in np.unique(buildings.area[inside >= 0]):
        here = buildings.area == area
        usual = luck[here & (inside < 0)].mean()
        for number in np.unique(inside[here & (inside >= 0)]):
            spot = here & (inside == number)
            luck[spot] *= usual / luck[spot].mean()
    return replace(buildings, luck=luck)


def _hot(plan: Plan, offence: Offence) -> np.ndarray:
    """The factor of each hot spot, and last that of everywhere else."""
    return np.array([s.factors.get(offence.key, 1.0) for s in plan.hot_spots] + [1.0])


def _expected(
    rng, plan, offence, conditions, buildings, hot, by_day, wanted
) -> np.ndarray:
    """Expected incidents by area and month, `wanted` in all (before the programme and its echo)."""
    ground = np.sqrt(conditions["hectares"].to_numpy())
    risk = np.zeros(len(conditions))
    for share, weight in (
        (offence.resident, conditions["residents"].to_numpy()),
        (offence.busy, conditions["busy"].to_numpy() * ground),
        (offence.night, conditions["nightlife"].to_numpy() * ground),
    ):
        risk += share * weight / weight.sum()
    risk *= np.exp(offence.slope * conditions["deprivation"].to_numpy())
    risk *= np.exp(rng.normal(0, plan.area_noise, len(risk)))
    if offence.key in UNEXPECTED:
        risk[list(plan.feared_safe)] *= plan.safe_factor
        risk[list(plan.unsafe_unfeared)] *= plan.unsafe_factor
    base = np.bincount(buildings.area, buildings.luck, len(risk))
    risk *= np.bincount(buildings.area, buildings.luck * hot, len(risk)) / base
    by_month = np.bincount(plan.months, by_day)
    expected = wanted * np.outer(risk / risk.sum(), by_month / by_month.sum())
    programme = plan.intervention
    if offence.key in programme.offences:
        first = plan.months[plan.days >= programme.start][0]
        after = np.arange(len(by_month)) >= first
        treated, buffer = list(programme.treated), list(programme.buffer)
        prevented = expected[treated] * (1 - programme.effect) * after
        expected[treated] -= prevented
        share = risk[buffer] / risk[buffer].sum()
        expected[buffer] += np.outer(share, programme.displaced * prevented.sum(axis=0))
    return expected


def day_weights(plan: Plan, offence: Offence) -> np.ndarray:
    """Relative risk of each day of the period: season, weekday and trend."""
    days = plan.days
    turn = 2 * np.pi * (days.day_of_year.to_numpy() - offence.peak) / 365.25
    season = 1 + offence.swing * np.cos(turn)
    weekday = np.array(offence.weekdays)[days.day_of_week]
    weekday = weekday / np.mean(offence.weekdays)
    return season * weekday * offence.trend ** (np.arange(len(days)) / 365.25)


def _minutes(rng, plan, offence, by_day, month: np.ndarray) -> np.ndarray:
    upto = np.concatenate([[0], np.cumsum(by_day)])
    start = np.searchsorted(plan.months, np.arange(plan.years * 12 + 1))
    low, high = upto[start[month]], upto[start[month + 1]]
    day = (
        np.searchsorted(upto, low + rng.random(len(month)) * (high - low), "right") - 1
    )
    profile = week(offence).reshape(7, 24)
    weekday = plan.days.day_of_week.to_numpy()[day]
    hours = np.cumsum(profile / profile.sum(axis=1, keepdims=True), axis=1)
    hour = (hours[weekday] < rng.random(len(day))[:, None]).sum(axis=1).clip(0, 23)
    return day * 1440 + hour * 60 + rng.integers(0, 60, len(day))


def _befall(rng, area, offence, residents, buildings, hot, luck) -> dict:
    """Choose the building, person and household of each incident."""
    n = len(area)
    person, household = np.full(n, -1), np.full(n, -1)
    at_home = offence.domestic == 1.0 or offence.key == "residential burglary"
    if offence.befalls == "person":
        risk = exposure(offence, residents.sex, residents.age) * luck
        elsewhere = rng.random(n) >= offence.near_home
        person = _choose(rng, risk, residents.first, area)
        city = np.array([0, len(residents)])
        person[elsewhere] = _choose(rng, risk, city, np.zeros(elsewhere.sum(), int))
        household = residents.household[person]
    homes = len(residents.household_area)
    if offence.befalls == "household":
        first = np.searchsorted(
            residents.household_area, np.arange(part_areas(residents))
        )
        risk = stream(len(luck), offence.key, "homes").gamma(0.8, 1.25, homes)
        household = _choose(rng, risk, first, area)
        elsewhere = rng.random(n) >= offence.near_home
        household[elsewhere] = rng.integers(0, homes, elsewhere.sum())
    building = _choose(rng, buildings.luck * hot, buildings.first, area)
    if at_home:
        building = buildings.home_of[household]
    return {"building": building, "person": person, "household": household}


def part_areas(residents: Residents) -> int:
    """Number of areas and one: the bounds of their households."""
    return len(residents.first)


def _choose(
    rng, weight: np.ndarray, first: np.ndarray, group: np.ndarray
) -> np.ndarray:
    """One member of each incident's group, by weight; members of a group lie side by side."""
    upto = np.concatenate([[0], np.cumsum(weight)])
    low, high = upto[first[group]], upto[first[group + 1]]
    spot = low + rng.random(len(group)) * (high - low)
    found = np.searchsorted(upto, spot, side="right") - 1
    return np.clip(found, first[group], first[group + 1] - 1)
