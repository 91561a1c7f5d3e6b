"""Who the respondents are: the questions that come first, and those that only some are asked.

Respondents go in, the columns of the survey that describe a person come out: what people can do with ease,
where they were born, what they do, and whether anybody listened when they were asked.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw, draw_each, yes
from safelearn.simulation.town import Town

ABILITIES = (
    "seeing", "hearing", "walking", "remembering", "self_care", "communicating",
)  # fmt: skip


def describe_respondents(
    rng: np.random.Generator, town: Town, people: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Columns from ``mode`` to ``tenure``."""
    n, age = len(people), people["age"].to_numpy()
    female = people["female"].to_numpy()
    poor = town.conditions["deprivation"].to_numpy()[people["area"]]
    informal = (town.conditions["settlement"] == "informal").to_numpy()[people["area"]]
    out: dict[str, np.ndarray] = {
        "mode": draw(rng, {"face_to_face": 88, "telephone": 12}, n),
        "alone": yes(rng, np.full(n, 0.82)),
        "sex": np.where(female, "female", "male").astype(object),
        "age": age,
        "gender_identity": _gender(rng, female),
    }
    out |= _abilities(rng, people)
    abroad = 0.05 + 0.03 * informal
    out["birthplace"] = draw_each(
        rng,
        {
            "this_city": 0.62 - 0.10 * informal,
            "this_country": 0.31 + 0.07 * informal,
            "another_country": abroad,
            "no_answer": 0.01,
        },
    )
    out["displacement"] = _displacement(rng, out["birthplace"])
    out["indigenous"] = _or_no_answer(rng, yes(rng, 0.045 + 0.02 * (poor > 1)))
    out["minority"] = _or_no_answer(rng, yes(rng, np.full(n, 0.05)))
    out["education"] = draw_each(
        rng,
        {
            "none": 0.02 * np.exp(0.6 * poor) * (1 + (age > 60)),
            "primary": 0.17 * np.exp(0.4 * poor) * (1 + (age > 55)),
            "secondary": np.full(n, 0.45),
            "tertiary": 0.33 * np.exp(-0.6 * poor),
            "no_answer": 0.01,
        },
    )
    out["activity"] = draw_each(
        rng,
        {
            "work": np.select([age < 25, age < 66], [0.45, 0.72], 0.15),
            "study": np.select([age < 25, age < 35], [0.40, 0.04], 0.0),
            "looking_for_work": np.where(age < 60, 0.08 * np.exp(0.3 * poor), 0.0),
            "home_or_care": np.where(female, 0.22, 0.03),
            "retired": np.where(age >= 62, 0.75, 0.0),
            "unable_to_work": 0.01 + 0.10 * people["disability"].to_numpy(),
            "other": 0.01,
            "no_answer": 0.01,
        },
    )
    secure = np.where(informal, 0.42, 0.90 - 0.05 * (poor > 1))
    out["tenure"] = draw_each(
        rng, {"yes": secure, "no": 0.97 - secure, "dont_know": 0.03}
    )
    return out


def _gender(rng: np.random.Generator, female: np.ndarray) -> np.ndarray:
    out = np.where(female, "woman", "man").astype(object)
    chance = rng.random(len(out))
    out[chance < 0.004] = "non_binary"
    out[(chance >= 0.004) & (chance < 0.006)] = "other"
    out[chance > 0.96] = "no_answer"
    return out


def _abilities(rng: np.random.Generator, people: pd.DataFrame) -> dict[str, np.ndarray]:
    """The Washington Group's six questions; a disability shows in one of them at least."""
    n, age = len(people), people["age"].to_numpy()
    disability = people["disability"].to_numpy()
    main = rng.choice(6, n, p=[0.24, 0.14, 0.34, 0.14, 0.07, 0.07])
    also = rng.random((n, 6)) < 0.12
    out = {}
    for number, name in enumerate(ABILITIES):
        some = rng.random(n) < 0.02 + 0.0025 * (age - 18) * (number in (0, 1, 2, 3))
        word = np.where(some, "some_difficulty", "no_difficulty").astype(object)
        hard = disability & ((main == number) | also[:, number])
        word[hard] = draw(rng, {"a_lot_of_difficulty": 88, "cannot_do": 12}, hard.sum())
        out[f"wg_{name}"] = word
    return out


def _displacement(rng: np.random.Generator, born: np.ndarray) -> np.ndarray:
    out = np.full(len(born), "none", dtype=object)
    abroad = born == "another_country"
    out[abroad] = draw(rng, {"migrant": 70, "refugee": 22, "none": 8}, abroad.sum())
    country = born == "this_country"
    out[country] = draw(rng, {"none": 93, "internally_displaced": 7}, country.sum())
    return _or_no_answer(rng, out)


def _or_no_answer(rng: np.random.Generator, words: np.ndarray) -> np.ndarray:
    words[rng.random(len(words)) < 0.015] = "no_answer"
    return words
