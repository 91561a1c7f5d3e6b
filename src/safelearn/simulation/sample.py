"""Who is asked, and how many each of them stands for: blocks drawn by lot in every district, then adults.

A town and its adults go in; the respondents come out with stratum, block, and weight. Not everybody opens the
door, and those who do not are not like those who do: young men, and people where trust is low. The weights
mend what the census can mend, no more.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.feelings import logistic
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

BLOCK_ADULTS = 70
BLOCKS_A_DISTRICT, ADULTS_A_BLOCK = 60, 14


def draw_sample(town: Town, adults: pd.DataFrame) -> pd.DataFrame:
    """Respondents: rows of `adults` (`feelings.feel`) with ``stratum, psu, weight, stratum_psus``."""
    rng = stream(town.plan.seed, "sample")
    block = survey_blocks(town, adults)
    order = np.argsort(block, kind="stable")
    first = np.searchsorted(block[order], np.arange(block.max() + 2))
    district = town.conditions["parent"].to_numpy()[adults["area"]]
    answers = rng.random(len(adults)) < response(town, adults)
    asked = []
    for stratum in pd.unique(district):
        here = np.unique(block[district == stratum])
        n = min(BLOCKS_A_DISTRICT, len(here))
        start = rng.random() * len(here) / n
        drawn = here[(start + np.arange(n) * len(here) / n).astype(int)]
        for psu in drawn:
            members = order[first[psu] : first[psu + 1]]
            chosen = rng.permutation(members)[:ADULTS_A_BLOCK]
            answer = np.sort(chosen[answers[chosen]])
            if len(answer) == 0:
                answer = chosen[:1]
            stands_for = len(here) / n * len(members) / len(answer)
            asked.append((answer, stratum, psu, len(here), stands_for))
    rows, strata, psus, totals, weights = zip(*asked, strict=True)
    size = [len(r) for r in rows]
    sample = adults.iloc[np.concatenate(rows)].reset_index(drop=True)
    sample["stratum"] = np.repeat(np.array(strata, dtype=object), size)
    sample["psu"] = np.repeat(psus, size)
    sample["stratum_psus"] = np.repeat(totals, size)
    sample["weight"] = np.repeat(weights, size)
    sample["psu"] = _psu_names(town, sample)
    sample["weight"] *= _to_the_census(adults, district, sample)
    return sample


def response(town: Town, adults: pd.DataFrame) -> np.ndarray:
    """The chance that each adult, once asked, answers."""
    poor = town.conditions["deprivation"].to_numpy()[adults["area"]]
    odds = 0.55 + 0.25 * adults["female"] + 0.45 * (adults["age"] >= 60)
    odds -= 0.45 * (adults["age"] < 30) + 0.12 * poor
    return logistic(odds.to_numpy())


def survey_blocks(town: Town, adults: pd.DataFrame) -> np.ndarray:
    """The survey block of each adult: neighbouring street blocks joined until enough adults live there.

    Numbers run in the order of the neighbourhoods, so that a systematic draw spreads over all of them.
    """
    n = np.bincount(adults["block"], minlength=len(town.geography.blocks))
    middle = shapely.get_coordinates(shapely.centroid(town.geography.blocks))
    order = np.lexsort((_along_a_curve(middle), town.geography.block_area))
    survey_block = np.empty(len(n), dtype=int)
    number, held, area = 0, 0, -1
    for block in order:
        if town.geography.block_area[block] != area or held >= BLOCK_ADULTS:
            number, held = number + 1, 0
            area = town.geography.block_area[block]
        survey_block[block] = number
        held += n[block]
    return survey_block[adults["block"]]


def _along_a_curve(at: np.ndarray) -> np.ndarray:
    """Place along a Z-shaped curve: blocks near on it are near on the ground."""
    cell = (at / 60).astype(np.int64)
    out = np.zeros(len(at), dtype=np.int64)
    for bit in range(9):
        out |= ((cell[:, 0] >> bit) & 1) << (2 * bit)
        out |= ((cell[:, 1] >> bit) & 1) << (2 * bit + 1)
    return out


def _psu_names(town: Town, sample: pd.DataFrame) -> list[str]:
    code = town.conditions["area_id"].to_numpy()[sample["area"]]
    return [f"{a}-{p:04d}" for a, p in zip(code, sample["psu"], strict=True)]


def _to_the_census(adults, district, sample) -> np.ndarray:
    """Factors that make weights add up to the census by district, sex and age."""
    bounds = [30, 45, 60]

    def cell(frame, stratum):
        age = np.searchsorted(bounds, frame["age"], side="right")
        return pd.MultiIndex.from_arrays([stratum, frame["female"], age])

    people = pd.Series(1.0, index=cell(adults, district)).groupby(level=[0, 1, 2]).sum()
    where = cell(sample, sample["stratum"])
    stands = pd.Series(sample["weight"].to_numpy(), index=where)
    stands = stands.groupby(level=[0, 1, 2]).sum()
    return (people / stands).reindex(where).to_numpy()
