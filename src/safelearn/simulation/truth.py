"""The truth file: everything that was planted, with numbers, and what came of it in the whole population.

A town, its adults and the police's export go in; one JSON document comes out. It lies beside the city's folder,
never in a table, so that a measure can be judged by somebody who knows the answer.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from safelearn.simulation import audits, money
from safelearn.simulation.feelings import DISABILITY, FEELING, ITEMS, numbers
from safelearn.simulation.incidents import hot_spot_of
from safelearn.simulation.offences import KEYS, OFFENCES
from safelearn.simulation.people import SEXES
from safelearn.simulation.plan import UNEXPECTED
from safelearn.simulation.registers import BROKER, ISOLATED, MISSING, UNANSWERED_TASK
from safelearn.simulation.town import Town

NOTE = (
    "Everything in this folder is simulated. Nobody in it exists. This file says what was planted; measures must "
    "not read it."
)


def truth(town: Town, adults: pd.DataFrame, mess: dict[str, int]) -> dict:
    """Everything that an analyst of this city could find out, and how it really is."""
    return {
        "note": NOTE,
        "synthetic": True,
        "seed": town.plan.seed,
        "population": {
            "residents": len(town.residents),
            "adults": len(adults),
            "households": len(town.residents.household_area),
            "deprivation": _by_area(town, town.conditions["deprivation"].round(3)),
        },
        "incidents": _incidents(town),
        "reporting": _reporting(town),
        "recording_change": asdict(town.plan.recording_change),
        "hot_spots": _hot_spots(town),
        "near_repeats": _near_repeats(town),
        "intervention": _intervention(town),
        "perception": _perception(town, adults),
        "survey": _prevalence(adults),
        "stakeholders": {
            "broker": BROKER,
            "isolated_department": ISOLATED,
            "missing_group": MISSING,
            "task_that_nobody_answers_for": UNANSWERED_TASK,
        },
        "audits": {"second_rater_stricter_by": audits.STRICTER},
        "budget": {"log_change_a_head_by_deprivation": -money.UNEVEN},
        "police_file": mess,
    }


def _by_area(town: Town, values: pd.Series) -> dict[str, float]:
    codes = town.conditions["area_id"]
    return {c: float(v) for c, v in zip(codes, values, strict=True)}


def _incidents(town: Town) -> dict:
    """By offence: how many there were, and the season, trend and over-dispersion they were drawn with."""
    happened = np.bincount(town.incidents["offence"], minlength=len(OFFENCES))
    known = np.bincount(town.told["offence"], minlength=len(OFFENCES))
    return {
        "period": [town.plan.start, str(town.plan.days[-1].date())],
        "variance_of_month_and_area_multipliers": town.plan.lumps,
        "by_offence": {
            o.key: {
                "code": o.code,
                "happened": int(happened[i]),
                "told_to_the_police": int(known[i]),
                "log_rate_by_deprivation": o.slope,
                "season_peak_day_of_year": o.peak,
                "season_swing": o.swing,
                "yearly_change": o.trend,
                "domestic_share": o.domestic,
            }
            for i, o in enumerate(OFFENCES)
        },
    }


def _reporting(town: Town) -> dict:
    """The planned rates, and the shares that came of them, by sex and settlement."""
    incidents = town.incidents
    person = incidents["person"].to_numpy()
    sex = np.where(person >= 0, town.residents.sex[person], -1)
    home = incidents["household"].to_numpy()
    home = np.where(home >= 0, town.residents.household_area[home], incidents["area"])
    informal = (town.conditions["settlement"] == "informal").to_numpy()
    there = informal[home]
    planned = {
        o.key: {"men_in_formal_areas": o.reported, "women_as_multiple": o.women}
        for o in OFFENCES
    }
    violent = incidents["offence"].isin(
        numbers((*ITEMS["assault"], "threats", "sexual assault"))
    )
    shares = {
        name: round(float(incidents.loc[violent & (sex == i), "told"].mean()), 4)
        for i, name in enumerate(SEXES)
    }
    victims = incidents["offence"].isin(
        [i for i, o in enumerate(OFFENCES) if o.reported < 1]
    )
    return {
        "planned": planned,
        "informal_settlements": town.codes(np.flatnonzero(informal)),
        "informal_as_multiple": town.plan.informal_reporting,
        "violence_told_by_sex_of_victim": shares,
        "told_by_settlement": {
            "informal": round(float(incidents.loc[victims & there, "told"].mean()), 4),
            "formal": round(float(incidents.loc[victims & ~there, "told"].mean()), 4),
        },
    }


def _hot_spots(town: Town) -> list[dict]:
    from safelearn.simulation.geography import to_degrees

    inside = hot_spot_of(town.plan, town.buildings)
    out = []
    for number, spot in enumerate(town.plan.hot_spots):
        longitude, latitude = to_degrees(np.array([spot.x]), np.array([spot.y]))
        doors = inside == number
        areas = np.unique(town.buildings.area[doors])
        found = {}
        for key, factor in spot.factors.items():
            kind = town.told["offence"] == KEYS.index(key)
            at = town.told.loc[kind, "building"].to_numpy()
            found[key] = {"factor": factor, "records": int(doors[at].sum())}
        out.append(
            {
                "id": spot.id,
                "what": spot.what,
                "longitude": round(float(longitude[0]), 6),
                "latitude": round(float(latitude[0]), 6),
                "radius_m": spot.radius,
                "areas": town.codes(areas),
                "doors": int(doors.sum()),
                "doors_around": int(
                    (np.isin(town.buildings.area, areas) & (inside < 0)).sum()
                ),
                "offences": found,
            }
        )
    return out


def _near_repeats(town: Town) -> dict:
    burglary = town.incidents["offence"] == KEYS.index("residential burglary")
    set_off = burglary & (town.incidents["set_off_by"] >= 0)
    return asdict(town.plan.near_repeat) | {
        "units": "distance: metres (standard deviation east and north); delay: mean days",
        "burglaries": int(burglary.sum()),
        "set_off_by_another": int(set_off.sum()),
        "told_to_the_police_share": round(
            float(town.incidents.loc[burglary, "told"].mean()), 4
        ),
    }


def _intervention(town: Town) -> dict:
    programme = town.plan.intervention
    kinds = numbers(programme.offences)
    days = town.plan.days
    start = int(np.flatnonzero(days >= programme.start)[0]) * 1440
    rows = town.incidents[town.incidents["offence"].isin(kinds)]
    after = rows["minute"] >= start
    counts = {}
    for role in ("treated", "buffer", "control", "control_buffer"):
        here = rows["area"].isin(getattr(programme, role))
        counts[role] = {
            "happened_before": int((here & ~after).sum()),
            "happened_after": int((here & after).sum()),
            "told_before": int((here & ~after & rows["told"]).sum()),
            "told_after": int((here & after & rows["told"]).sum()),
        }
    return {
        "intervention_id": "I01",
        "starts_on": programme.start,
        "offences": [OFFENCES[k].code for k in kinds],
        "domestic": "not affected: leave domestic assaults out",
        "effect_as_factor": programme.effect,
        "displaced_share_of_prevented": programme.displaced,
        "treated": town.codes(programme.treated),
        "treated_buffer": town.codes(programme.buffer),
        "control": town.codes(programme.control),
        "control_buffer": town.codes(programme.control_buffer),
        "counts": counts,
    }


def _perception(town: Town, adults: pd.DataFrame) -> dict:
    """Fear and danger, area by area, of all adults and not of a sample."""
    safe = adults["walk_dark"] >= 2
    by = adults.assign(safe=safe).groupby("area")[["safe", "victim"]].mean()
    by = by.reindex(range(len(town.conditions)))
    return {
        "feared_but_safe": town.codes(town.plan.feared_safe),
        "unsafe_but_not_feared": town.codes(town.plan.unsafe_unfeared),
        "risk_factor_where_feared_but_safe": town.plan.safe_factor,
        "risk_factor_where_unsafe_but_not_feared": town.plan.unsafe_factor,
        "offences": list(UNEXPECTED),
        "log_odds_of_feeling_safe": FEELING,
        "log_odds_of_disability": list(DISABILITY),
        "share_safe_after_dark": round(float(safe.mean()), 4),
        "share_safe_after_dark_by_sex": {
            "female": round(float(safe[adults["female"]].mean()), 4),
            "male": round(float(safe[~adults["female"]].mean()), 4),
        },
        "share_safe_after_dark_by_area": _by_area(town, by["safe"].round(4)),
        "victims_of_violence_or_robbery_by_area": _by_area(town, by["victim"].round(4)),
    }


def _prevalence(adults: pd.DataFrame) -> dict:
    """Share of all adults to whom each thing happened in the last twelve months."""
    items = [*ITEMS, "burglary", "vehicle_theft"]
    return {
        "prevalence_last_12_months": {
            item: round(float((adults[item] > 0).mean()), 5) for item in items
        },
        "prevalence_by_sex": {
            sex: {
                item: round(float((adults.loc[who, item] > 0).mean()), 5)
                for item in items
            }
            for sex, who in (("female", adults["female"]), ("male", ~adults["female"]))
        },
        "disability": round(float(adults["disability"].mean()), 5),
    }
