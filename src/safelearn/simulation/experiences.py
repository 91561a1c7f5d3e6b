"""What the respondents went through and whom they told: taken from what really happened to them.

Respondents and the town's incidents go in, the survey's columns on victimisation come out. Nothing is made up
beside the incidents but what lies before the period, and silence: questions on sexual and partner violence
were put only to people who were alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw, draw_each, only
from safelearn.simulation.feelings import HOUSEHOLD_ITEMS, ITEMS, numbers
from safelearn.simulation.offences import OFFENCES
from safelearn.simulation.town import Town

PARTNERS = ("intimate_partner", "former_partner")
#: Share of adults to whom it happened before the period that the incidents cover.
LONG_AGO = {
    "assault": 0.07, "robbery": 0.10, "threat": 0.05, "sexual_violence": 0.03,
    "theft_from_person": 0.16, "burglary": 0.09, "vehicle_theft": 0.06,
}  # fmt: skip
TOLD = {
    "assault": "assault_told", "robbery": "robbery_told", "threat": "threat_told",
    "sexual_violence": "sexual_violence_told", "theft_from_person": "theft_told",
    "burglary": "burglary_told",
}  # fmt: skip


def ask_experiences(
    rng: np.random.Generator, town: Town, people: pd.DataFrame, alone: np.ndarray
) -> dict[str, np.ndarray]:
    """Columns from ``assault`` to ``childhood_sexual``."""
    out: dict[str, np.ndarray] = {}
    latest = {}
    for item, keys in (ITEMS | HOUSEHOLD_ITEMS).items():
        whose = "person" if item in ITEMS else "household"
        last = _latest(town, numbers(keys), whose).reindex(people[whose])
        latest[item] = last.reset_index(drop=True)
        known = last["minute"].notna().to_numpy()
        long_ago = ~known & (rng.random(len(people)) < LONG_AGO[item])
        word = np.where(known | long_ago, "earlier", "never").astype(object)
        word[people[item].to_numpy() > 0] = "last_12_months"
        word[rng.random(len(people)) < 0.008] = "no_answer"
        out[item] = only(alone == "yes", word) if item == "sexual_violence" else word
    for item, column in TOLD.items():
        before = _told_long_ago(town, people, item)
        out[column] = _whom(rng, before, latest[item], out[item])
    times = people["assault"].to_numpy()
    out["assault_times"] = only(out["assault"] == "last_12_months", times)
    silent = np.any([out[c] == "nobody" for c in TOLD.values()], axis=0)
    out["not_told_reason"] = only(silent, _reason(rng, town, people))
    hit = np.isin(out["assault"], ["last_12_months", "earlier"])
    made_up = draw(rng, {"stranger": 45, "acquaintance": 40, "family": 15}, len(people))
    relation = latest["assault"]["relation"].to_numpy(dtype=object)
    place = latest["assault"]["place_type"].to_numpy(dtype=object)
    missing = pd.isna(relation)
    out["assault_relation"] = only(hit, np.where(missing, made_up, relation))
    out["assault_place"] = only(hit, np.where(missing, "street", place))
    return out | _harassment(rng, people) | _partners(rng, town, people, alone)


def _latest(town: Town, kinds: list[int], whose: str) -> pd.DataFrame:
    """The latest incident of these kinds of each person or household."""
    hit = town.incidents[town.incidents["offence"].isin(kinds)]
    columns = ["minute", "told", "relation", "place_type", "domestic"]
    return hit.drop_duplicates(whose, keep="last").set_index(whose)[columns]


def _told_long_ago(town: Town, people, item: str) -> np.ndarray:
    """The chance that what lies before the period was told: that of the same kind of thing today."""
    kinds = [OFFENCES[i] for i in numbers((ITEMS | HOUSEHOLD_ITEMS)[item])]
    chance = np.mean([o.reported for o in kinds])
    women = chance * np.mean([o.women for o in kinds])
    informal = (town.conditions["settlement"] == "informal").to_numpy()[people["area"]]
    chance = np.where(people["female"], women, chance)
    return np.where(informal, chance * town.plan.informal_reporting, chance)


def _whom(rng, before: np.ndarray, last, word) -> np.ndarray:
    n = len(before)
    police = last["told"].to_numpy(dtype=object)
    made_up = rng.random(n) < before
    police = np.where(pd.isna(police), made_up, police).astype(bool)
    other = draw(rng, {"nobody": 88, "other_authority": 12}, n)
    answer = np.where(police, "police", other).astype(object)
    answer[rng.random(n) < 0.015] = "no_answer"
    return only(np.isin(word, ["last_12_months", "earlier"]), answer)


def _reason(rng, town: Town, people) -> np.ndarray:
    female = people["female"].to_numpy()
    informal = (town.conditions["settlement"] == "informal").to_numpy()[people["area"]]
    return draw_each(
        rng,
        {
            "not_serious": np.where(informal, 12, 26),
            "no_use": np.full(len(people), 30),
            "fear_of_offender": np.where(female, 16, 7),
            "fear_of_police": np.where(informal, 14, 4),
            "shame": np.where(female, 9, 3),
            "too_far_or_costly": np.where(informal, 18, 5),
            "settled_it": 9,
            "did_not_know_where": np.where(informal, 8, 3),
            "other": 3,
            "no_answer": 2,
        },
    )


_HARASSED = {
    "sexual": {
        "looks_or_gestures": 24, "words": 36, "messages_or_images": 10, "following": 11,
        "touching": 14, "exposure": 4, "other": 1,
    },
    "other": {
        "insults": 42, "intimidation": 26, "following": 9, "messages_or_images": 10,
        "pushing_or_spitting": 11, "other": 2,
    },
}  # fmt: skip
_WHERE = {
    "street": 40, "public_transport": 24, "workplace": 9, "market": 7, "school": 5,
    "online": 8, "entertainment": 5, "open_space": 2,
}  # fmt: skip


def _harassment(rng, people) -> dict[str, np.ndarray]:
    n, female = len(people), people["female"].to_numpy()
    young = people["age"].to_numpy() < 35
    fear = -0.25 * people["mood"].to_numpy()
    base = {"sexual": np.where(female, -1.35, -3.1), "other": np.full(n, -1.75)}
    out = {}
    for kind, types in _HARASSED.items():
        recent = 1 / (1 + np.exp(-(base[kind] + 0.7 * young + fear)))
        odds = {"last_12_months": recent, "one_to_three_years": 0.45 * recent}
        odds |= {"never": 1 - 1.45 * recent.clip(0, 0.68), "no_answer": 0.012}
        word = draw_each(rng, odds)
        hit = np.isin(word, ["last_12_months", "one_to_three_years"])
        out[f"harassed_{kind}"] = word
        out[f"harassed_{kind}_type"] = only(hit, draw(rng, types, n))
        out[f"harassed_{kind}_place"] = only(hit, draw(rng, _WHERE, n))
    return out


def _partners(rng, town: Town, people, alone) -> dict[str, np.ndarray]:
    n, age = len(people), people["age"].to_numpy()
    female = people["female"].to_numpy()
    had = np.where(rng.random(n) < np.where(age < 25, 0.60, 0.93), "yes", "no")
    had = had.astype(object)
    had[rng.random(n) < 0.01] = "no_answer"
    asked = (alone == "yes") & (rng.random(n) < 0.93)
    by_partner = town.incidents[town.incidents["relation"].isin(PARTNERS)]
    since = len(town.plan.days) * 1440 - 365 * 1440
    violent = by_partner["offence"].isin(numbers(ITEMS["assault"]))
    sexual = town.incidents["offence"].isin(numbers(ITEMS["sexual_violence"]))
    forced = by_partner["offence"].isin(numbers(ITEMS["sexual_violence"]))
    stranger = sexual & ~town.incidents["relation"].isin(PARTNERS)
    threats = by_partner["offence"].isin(numbers(ITEMS["threat"]))

    def when(hits: pd.DataFrame, before: np.ndarray) -> np.ndarray:
        last = hits.drop_duplicates("person", keep="last").set_index("person")["minute"]
        minute = last.reindex(people["person"]).to_numpy()
        word = np.where(~np.isnan(minute), "earlier", "never").astype(object)
        word[np.isnan(minute) & (rng.random(n) < before)] = "earlier"
        word[minute >= since] = "last_12_months"
        word[rng.random(n) < 0.01] = "no_answer"
        return word

    partnered = asked & (had == "yes")
    out = {"ever_partnered": had}
    for name, hits, before in (
        ("physical", by_partner[violent], np.where(female, 0.13, 0.05)),
        ("sexual", by_partner[forced], np.where(female, 0.05, 0.01)),
        ("psychological", by_partner[threats], np.where(female, 0.22, 0.13)),
    ):
        out[f"partner_{name}"] = only(partnered, when(hits, before))
    before = np.where(female, 0.04, 0.01)
    out["nonpartner_sexual"] = only(asked, when(town.incidents[stranger], before))
    child = draw_each(
        rng,
        {
            "yes": np.where(female, 0.09, 0.035),
            "no": np.where(female, 0.89, 0.945),
            "no_answer": 0.02,
        },
    )
    out["childhood_sexual"] = only(asked & (age < 30), child)
    return out
