"""The residents' survey: what a drawn sample of adults answers about fear, harm, trust and having a say.

A town goes in, the survey table comes out, one row a respondent. Answers on what happened are what happened
(`experiences`); answers on feelings are the feelings that everybody has (`feelings`); the rest follows simple
odds. The whole population's truth is known for the first two, so estimates can be judged.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import (
    AGREE,
    SAFE,
    SATISFIED,
    SAY,
    TRUST,
    WORRY,
    draw,
    draw_each,
    grade,
    only,
    yes,
)
from safelearn.simulation.experiences import ask_experiences
from safelearn.simulation.feelings import logistic
from safelearn.simulation.respondents import describe_respondents
from safelearn.simulation.sample import draw_sample
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town


def ask(town: Town, adults: pd.DataFrame) -> pd.DataFrame:
    """The survey table, canonical columns in the contract's order.

    Parameters
    ----------
    adults : DataFrame
        Every adult (`feelings.feel`).
    """
    from safelearn.city.contracts import columns

    people = draw_sample(town, adults)
    rng = stream(town.plan.seed, "survey")
    n = len(people)
    who = describe_respondents(rng, town, people)
    asked = {
        "respondent_id": [f"R{number:05d}" for number in range(1, n + 1)],
        "year": np.full(n, town.plan.days[-1].year),
        "area_id": town.conditions["area_id"].to_numpy()[people["area"]],
        "stratum": people["stratum"].to_numpy(),
        "psu": people["psu"].to_numpy(),
        "weight": people["weight"].round(3).to_numpy(),
        "stratum_psus": people["stratum_psus"].to_numpy(),
    }
    asked |= who | _safety(rng, people)
    asked |= ask_experiences(rng, town, people, who["alone"])
    asked |= _institutions(rng, town, people, who)
    return pd.DataFrame(asked)[list(columns("survey"))]


def _safety(rng: np.random.Generator, people: pd.DataFrame) -> dict[str, np.ndarray]:
    n, mood = len(people), people["mood"].to_numpy()
    female, old = people["female"].to_numpy(), people["age"].to_numpy() >= 65
    dark = np.array(SAFE, dtype=object)[people["walk_dark"]]
    day = np.array(SAFE, dtype=object)[people["walk_day"]]
    unsafe = people["walk_dark"].to_numpy() < 2
    stays = unsafe & (rng.random(n) < 0.12 + 0.10 * female + 0.22 * old)
    unsure = unsafe & (rng.random(n) < 0.03)
    word = np.where(stays, "never_goes_out", dark)
    out = {
        "walk_dark": np.where(unsure & ~stays, "dont_know", word),
        "walk_day": np.where(rng.random(n) < 0.008, "dont_know", day),
        "walk_dark_if": only(stays, dark),
        "unsafe_reason": only(
            unsafe,
            draw_each(
                rng,
                {
                    "crime": np.where(female, 30, 46),
                    "harassment": np.where(female, 26, 3),
                    "lighting": 16,
                    "empty_streets": 9,
                    "people_loitering": 9,
                    "alcohol_or_drugs": 8,
                    "traffic": 3,
                    "animals": 3,
                    "police": np.where(female, 1, 4),
                    "other": 2,
                },
            ),
        ),
        "home_dark": grade(rng, mood + 1.6, SAFE),
        "transport_dark": grade(rng, mood - 0.5 - 0.3 * female, SAFE),
        "worry_violence": grade(rng, mood - 0.1, WORRY),
        "worry_burglary": grade(rng, mood + 0.1, WORRY),
        "worry_harassment": grade(rng, mood + 0.8 - 1.3 * female, WORRY),
    }
    rides = rng.random(n) < 0.86
    out["transport_dark"][~rides] = "never_uses_it"
    out["home_dark"][rng.random(n) < 0.05] = "never_alone"
    for item, base in (("place", -0.3), ("time", -0.1), ("transport", -1.3)):
        chance = logistic(base + 0.35 * female - 0.7 * mood)
        odds = {"yes": chance, "no": 0.985 - chance.clip(0, 0.98), "dont_know": 0.015}
        out[f"avoided_{item}"] = draw_each(rng, odds)
    kinds = {
        "street": 44, "open_space": 20, "public_transport": 14, "market": 10,
        "entertainment": 9, "institution": 1, "other": 2,
    }  # fmt: skip
    out["avoided_place_type"] = only(out["avoided_place"] == "yes", draw(rng, kinds, n))
    return out


def _institutions(rng, town: Town, people, who) -> dict[str, np.ndarray]:
    n, mood = len(people), people["mood"].to_numpy()
    poor = town.conditions["deprivation"].to_numpy()[people["area"]]
    street = stream(town.plan.seed, "trust").normal(0, 0.4, len(town.geography.blocks))
    near = street[people["block"]]
    bitter = 0.6 * people["victim"].to_numpy()
    out = {
        "trust_police": grade(rng, -0.2 - 0.35 * poor - bitter + near, TRUST),
        "trust_courts": grade(rng, -0.6 - 0.2 * poor - bitter + near, TRUST),
        "trust_city": grade(rng, -0.3 - 0.2 * poor + near, TRUST),
        "trust_neighbours": grade(rng, 0.6 + 0.1 * mood + near, TRUST),
    }
    services = {
        "health": 38, "education": 15, "municipal": 16, "social": 8, "police": 9,
        "justice": 3, "none": 11,
    }  # fmt: skip
    out["service_used"] = draw(rng, services, n)
    content = grade(rng, 0.4 - 0.2 * poor, SATISFIED)
    out["service_satisfied"] = only(out["service_used"] != "none", content)
    out["official_contact"] = yes(rng, np.full(n, 0.53))
    bribe = draw(rng, {"paid": 7, "asked": 6, "neither": 85, "no_answer": 2}, n)
    out["bribe"] = only(out["official_contact"] == "yes", bribe)
    took = {
        "police": 40, "permit_office": 24, "inspector": 16, "health_worker": 8,
        "judge_or_prosecutor": 5, "teacher": 4, "other": 3,
    }  # fmt: skip
    paid = np.isin(out["bribe"], ["paid", "asked"])
    out["bribe_official"] = only(paid, draw(rng, took, n))
    out["dispute"] = yes(rng, 0.13 + 0.02 * (poor > 0))
    ways = {
        "none_found": 34, "none_wanted": 20, "mediation": 12, "police": 13,
        "community_or_religious_leader": 12, "court": 7, "other": 2,
    }  # fmt: skip
    out["dispute_help"] = only(out["dispute"] == "yes", draw(rng, ways, n))
    out |= _standing(rng, people, who)
    out["has_say"] = grade(rng, -0.7 - 0.25 * poor + near, SAY)
    for name, middle in (
        ("norm_partner_violence", -2.2),
        ("norm_street_harassment", -1.4),
        ("norm_step_in", 0.8),
        ("norm_lawful", 1.1),
        ("cohesion_help", 0.7),
        ("cohesion_newcomers", 0.4),
    ):
        softer = -0.5 * people["female"].to_numpy() * name.startswith("norm_p")
        out[name] = grade(rng, middle + softer + near, AGREE)
    out["took_part"] = yes(rng, np.full(n, 0.09))
    return out


def _standing(rng, people, who) -> dict[str, np.ndarray]:
    """Discrimination, and the ground that those name who have one to name."""
    disabled, female = people["disability"].to_numpy(), people["female"].to_numpy()
    native = who["indigenous"] == "yes"
    came = ~np.isin(who["displacement"], ["none", "no_answer"])
    chance = 0.05 + 0.16 * disabled + 0.20 * native + 0.22 * came + 0.04 * female
    out = {
        "discriminated": draw_each(
            rng,
            {
                "last_12_months": chance,
                "earlier": 0.6 * chance,
                "never": 1 - 1.6 * chance.clip(0, 0.6),
                "no_answer": 0.01,
            },
        )
    }
    ground = draw_each(
        rng,
        {
            "sex": np.where(female, 20, 2),
            "age": 12,
            "disability": 80 * disabled,
            "ethnicity": 5 + 90 * native,
            "religion": 2,
            "migration": 90 * came,
            "sexual_orientation_or_gender": 5,
            "poverty": 20,
            "place_of_residence": 18,
            "other": 3,
        },
    )
    hit = np.isin(out["discriminated"], ["last_12_months", "earlier"])
    out["discriminated_ground"] = only(hit, ground)
    return out
