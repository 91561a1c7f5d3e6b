"""The data of module 7: a survey of the trainee's own, the police records of its year, and the plan of the next one.

People are drawn by block: who lives next door answers alike. Some do not open the door, and the weights mend what
the census can mend. Nobody in it exists.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis.fear_risk import FEARED_ONLY, fear_and_risk, recorded_risk
from safelearn.estimates.survey import (
    proportions_by,
    survey_contrast,
    survey_design,
    survey_proportion,
)

NAMES = [
    "Foundry", "Garden Rise", "Harbour", "Hill Top", "Lighthouse", "Mill Lane", "Old Town", "Orchard", "Riverside",
    "Station",
]  # fmt: skip
DISTRICTS, BLOCKS, ASKED = 5, 20, 18
SAFE = ("very_safe", "safe")
RECENT, NEVER = "last_12_months", "never"
TRAVEL = ["bus", "on foot", "car", "motorcycle", "bicycle"]
HARMS = ("assault", "robbery", "threat")
SERVICES = ["civil registry", "health", "school", "social services"]
#: Fewest interviews that a group is shown from, as in the city's report.
LEAST = 30


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 7])
    districts = _districts(rng)
    people, census = _sample(rng, districts)
    survey = _answers(rng, people, districts)
    survey["weight"] = _to_the_census(survey, census)
    columns = ["respondent_id", "stratum", "psu", "stratum_psus", "weight"]
    rest = [c for c in survey if c not in columns]
    return {
        "survey": survey[columns + rest],
        "records": _records(rng, districts, survey),
        "plan": _plan(rng),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether these data show what the module teaches."""
    survey, design = tables["survey"], survey_design(tables["survey"])
    return (
        _groups_hold(survey, design)
        and _forms_hold(survey, design)
        and _districts_hold(survey, design, tables["records"])
    )


def _groups_hold(survey, design) -> bool:
    n = survey["travel"].value_counts()
    day = survey["walk_day"].isin(SAFE)
    women = survey["sex"] == "female"
    by_sex = proportions_by(design, day, survey["sex"])
    overlap = by_sex["upper"].min() > by_sex["lower"].max()
    apart = survey_contrast(design, day, women, ~women)
    small = 8 <= n.min() < LEAST and n.iloc[-2] >= LEAST
    return bool(small and overlap and apart.upper < -0.002)


def _forms_hold(survey, design) -> bool:
    found = [_told_share(survey, design, harm) for harm in HARMS]
    served = survey.groupby("service_used")["service_satisfied"].count()
    stolen = survey["theft_times"]
    return bool(
        all(e.n >= LEAST and 0.02 < e.value < 0.98 for e in found)
        and served.drop("none").min() >= LEAST
        and (stolen > 1).sum() >= 8
        and _telling(survey, "harassed_sexual", "harassed_other")
        and _telling(survey, "avoided_place", "avoided_time")
    )


def _told_share(survey, design, harm: str):
    told = survey[f"{harm}_told"].isin(["police", "other_authority"])
    return survey_proportion(design, told, where=survey[harm] == RECENT)


def _telling(survey, one: str, other: str) -> bool:
    """Enough people in both answers, and in each alone."""
    yes = survey[one].isin(["yes", RECENT]), survey[other].isin(["yes", RECENT])
    return (
        min((yes[0] & yes[1]).sum(), (yes[0] & ~yes[1]).sum(), (~yes[0] & yes[1]).sum())
        >= 12
    )


def _districts_hold(survey, design, records) -> bool:
    afraid = ~survey["walk_dark"].isin(SAFE)
    fear = proportions_by(design, afraid, survey["stratum"]).set_index("stratum")
    n = records.groupby("stratum")["n"].sum()
    adults = survey.groupby("stratum")["weight"].sum()
    risk = recorded_risk(n, adults).set_index(n.index)
    city_fear = survey_proportion(design, afraid).value
    city_risk = 1000 * n.sum() / adults.sum()
    table = fear_and_risk(fear, risk, city_fear=city_fear, city_risk=city_risk)
    named = table["quadrant"] == FEARED_ONLY
    clearly_afraid = table["fear_lower"] > city_fear
    looks = (table["fear"] > city_fear) & (table["risk"] < city_risk)
    return bool(
        named.any() and (clearly_afraid & ~named).any() and (looks != named).any()
    )


def _districts(rng) -> pd.DataFrame:
    """Five districts of unequal size, drawn from ten names, with what sets them apart."""
    adults = rng.permutation([9_000, 14_000, 21_000, 33_000, 52_000])
    adults += rng.integers(-2_500, 2_500, DISTRICTS)
    # Where people are afraid, little is stolen, or much, or as much as elsewhere: the two go their own ways.
    fear = np.array([1.05, 0.85, 0, -0.55, -0.95]) + rng.normal(0, 0.08, DISTRICTS)
    thefts = np.array([0.55, 1.5, 0.8, 1.45, 0.75]) * rng.uniform(0.9, 1.1, DISTRICTS)
    # One lies so near to the city as a whole that a survey cannot tell on which side.
    others = np.where(np.arange(DISTRICTS) == 2, 0, adults)
    fear[2] = np.average(fear, weights=others) + 0.15
    thefts[2] = np.average(thefts, weights=others) * 0.8
    order = rng.permutation(DISTRICTS)
    return pd.DataFrame(
        {
            "stratum": np.sort(rng.choice(NAMES, DISTRICTS, replace=False)),
            "adults": adults[order],
            "fear": fear[order],
            "thefts": thefts[order],
            "young": rng.uniform(0.22, 0.36, DISTRICTS),
        }
    )


def _sample(rng, districts: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Those who opened the door, and how many adults of each district, sex and age the census counted."""
    rows, census = [], {}
    for number, d in enumerate(districts.itertuples()):
        blocks = int(d.adults // 150)
        psu = np.repeat(np.arange(BLOCKS), ASKED)
        size = rng.integers(90, 231, BLOCKS)
        female = rng.random(len(psu)) < 0.515
        band = rng.choice(3, len(psu), p=[d.young, 0.82 - d.young, 0.18])
        first, last = np.array([18, 30, 60])[band], np.array([30, 60, 88])[band]
        age = rng.integers(first, last)
        opened = rng.random(len(psu)) < 0.62 + 0.14 * female + 0.12 * (band - 1)
        part = pd.DataFrame(
            {
                "stratum": d.stratum,
                "psu": [f"{number + 1}{n:02d}" for n in psu],
                "stratum_psus": blocks,
                "sex": np.where(female, "female", "male"),
                "age": age,
                "band": band,
                "size": size[psu],
            }
        )
        rows.append(part[opened])
        shares = np.outer([0.515, 0.485], [d.young, 0.82 - d.young, 0.18])
        for sex, by_age in zip(["female", "male"], shares, strict=True):
            census |= {(d.stratum, sex, a): d.adults * s for a, s in enumerate(by_age)}
    people = pd.concat(rows, ignore_index=True)
    answered = people.groupby("psu")["size"].transform("size")
    people["weight"] = people["size"] / answered
    people.insert(0, "respondent_id", [f"Q{n:04d}" for n in range(1, len(people) + 1)])
    return people, pd.Series(census)


def _to_the_census(survey: pd.DataFrame, census: pd.Series) -> pd.Series:
    """Weights that add up to the census by district, sex and age."""
    band = np.searchsorted([30, 60], survey["age"], side="right")
    cell = pd.MultiIndex.from_arrays([survey["stratum"], survey["sex"], band])
    stands_for = (
        survey["weight"].groupby([survey["stratum"], survey["sex"], band]).sum()
    )
    factor = census.reindex(stands_for.index) / stands_for
    return (survey["weight"] * factor.reindex(cell).to_numpy()).round(2)


def _answers(rng, people: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """What they said. Neighbours share a street, so they share a part of every answer."""
    n = len(people)
    by_name = districts.set_index("stratum")
    of_block = people["psu"].astype("category").cat.codes.to_numpy()

    def street(spread: float) -> np.ndarray:
        return rng.normal(0, spread, of_block.max() + 1)[of_block]

    female = (people["sex"] == "female").to_numpy()
    fear = people["stratum"].map(by_name["fear"]).to_numpy() + street(0.5)
    calm = rng.logistic(0, 1, n)
    day = 1.15 - 0.55 * female - 0.6 * fear + street(1.2) + 0.8 * calm
    day += 0.6 * rng.logistic(0, 1, n)
    dark = 0.10 - 0.50 * female - fear + calm
    shy = rng.normal(0, 1, n)
    survey = people.drop(columns=["band", "size"]).assign(
        walk_dark=_feeling(rng, dark, 0.28),
        walk_day=_feeling(rng, day, 0.05),
        avoided_place=_yes(rng, shy + 0.5 * fear, 0.24),
        avoided_time=_yes(rng, shy + 0.5 * fear, 0.19),
        travel=_travel(rng, n),
    )
    fate = rng.normal(0, 1, n)
    survey["theft_from_person"] = _when(rng, 0.5 * fate + street(0.3), 0.09, 0.12)
    often = 1 + rng.poisson(0.55, n)
    recent = survey["theft_from_person"] == RECENT
    survey["theft_times"] = pd.array(np.where(recent, often, 0), dtype="Int64")
    survey["theft_times"] = survey["theft_times"].where(recent)
    survey["service_used"] = rng.choice(
        ["none", *SERVICES], n, p=[0.38, 0.1, 0.26, 0.16, 0.1]
    )
    content = np.select(
        [survey["service_used"] == s for s in SERVICES], rng.uniform(0.35, 0.75, 4), 0.5
    )
    said = np.where(rng.random(n) < content, "satisfied", "dissatisfied")
    said = np.where(rng.random(n) < 0.04, "dont_know", said)
    survey["service_satisfied"] = pd.Series(said).where(
        survey["service_used"] != "none"
    )
    for column, lift, recently in (
        ("harassed_sexual", 0.9, 0.11),
        ("harassed_other", 0.2, 0.13),
    ):
        survey[column] = _when(rng, 0.7 * fate + lift * female, recently, 0.12)
    for column, recently, tell in (
        ("assault", 0.07, 0.34),
        ("robbery", 0.055, 0.48),
        ("threat", 0.06, 0.22),
    ):
        survey[column] = _when(rng, 0.6 * fate, recently, 0.13)
        survey[f"{column}_told"] = _told(rng, survey[column], tell)
    return survey.reset_index(drop=True)


def _feeling(rng, leaning: np.ndarray, stays_in: float) -> np.ndarray:
    """One of the six answers of SDG 16.1.4; who does not feel safe may never go out."""
    n = len(leaning)
    named = np.select(
        [leaning > 1.2, leaning > 0, leaning > -1.3],
        ["very_safe", "safe", "unsafe"],
        "very_unsafe",
    )
    named = np.where(
        (leaning <= 0) & (rng.random(n) < stays_in), "never_goes_out", named
    )
    return np.where(rng.random(n) < 0.02, "dont_know", named)


def _yes(rng, leaning: np.ndarray, share: float) -> np.ndarray:
    yes = leaning + rng.normal(0, 1, len(leaning))
    said = np.where(yes > np.quantile(yes, 1 - share), "yes", "no")
    return np.where(rng.random(len(leaning)) < 0.015, "no_answer", said)


def _when(rng, leaning: np.ndarray, recently: float, earlier: float) -> np.ndarray:
    luck = leaning + rng.normal(0, 1, len(leaning))
    cuts = np.quantile(luck, [1 - recently - earlier, 1 - recently])
    said = np.select([luck > cuts[1], luck > cuts[0]], [RECENT, "earlier"], NEVER)
    return np.where(rng.random(len(leaning)) < 0.01, "no_answer", said)


def _told(rng, happened: pd.Series, tell: float) -> pd.Series:
    """Asked only of people to whom it happened: for all others the cell stays empty."""
    n = len(happened)
    # What was told is remembered longer.
    chance = np.where(happened == "earlier", tell + 0.18, tell)
    said = np.where(rng.random(n) < chance, "police", "nobody")
    said = np.where(
        (said == "nobody") & (rng.random(n) < 0.08), "other_authority", said
    )
    said = np.where(rng.random(n) < 0.02, "no_answer", said)
    return pd.Series(said).where(happened.isin([RECENT, "earlier"]).to_numpy())


def _travel(rng, n: int) -> np.ndarray:
    """How people mostly travel: one way is too rare to be shown, one only just common enough, others for others."""
    usual, often, seldom, just, rare = rng.permutation(TRAVEL)
    few = [just] * rng.integers(LEAST, LEAST + 3) + [rare] * rng.integers(12, LEAST)
    many = rng.choice([usual, often, seldom], n - len(few), p=[0.42, 0.34, 0.24])
    return rng.permutation(np.concatenate([many, few]))


def _records(rng, districts: pd.DataFrame, survey: pd.DataFrame) -> pd.DataFrame:
    """Thefts from the person and burglaries that adults told the police of, by district."""
    told = rng.uniform(0.22, 0.38)
    rows = []
    for offence, rate in (
        ("Burglary of a dwelling", 0.013),
        ("Theft from the person", 0.11 * told),
    ):
        mean = districts["adults"] * districts["thefts"] * rate
        n = rng.poisson(mean)
        rows.append(districts[["stratum"]].assign(offence=offence, year=2025, n=n))
    table = pd.concat(rows, ignore_index=True)
    return table.sort_values(["stratum", "offence"], ignore_index=True)


def _plan(rng) -> pd.DataFrame:
    """What the next survey wants and what it costs in certainty."""
    return pd.DataFrame(
        {
            "margin": rng.choice([0.02, 0.025, 0.03, 0.035, 0.04], 1),
            "answers_a_block": rng.integers(6, 21, 1),
            "likeness": rng.uniform(0.03, 0.13, 1).round(3),
            "doors_that_open": rng.uniform(0.52, 0.83, 1).round(2),
        }
    )
