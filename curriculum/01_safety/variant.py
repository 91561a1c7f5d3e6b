"""The data of module 1: a small town of the trainee's own, asked and recorded, with a draft report and a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from safelearn.diagnosis.fear_risk import fear_and_risk, recorded_risk
from safelearn.disclosure.wording import check
from safelearn.estimates.intervals import wilson_interval
from safelearn.simulation.names import NAMES
from safelearn.strategy.screening import screen

T = TypeVar("T")
AGES = ("15-24", "25-44", "45-59", "60+")
#: Fewest members of a group of whom a share is printed.
ENOUGH = 30
#: Groups, and how many of 100 adults belong to each, as far as a survey of homes would find them.
FOUND = {
    "women": 52.0,
    "men": 47.0,
    "people under 25": 17.0,
    "people of 60 and over": 22.0,
    "persons with disabilities": 6.0,
    "people who moved here": 9.0,
    "people of minorities": 5.0,
    "people without secure tenure": 4.0,
}
#: Groups that a survey of homes does not ask about, or does not find.
HARD = (
    "people without a home",
    "people living with addiction",
    "informal traders",
    "people in hostels",
    "people with mental health conditions",
    "seasonal workers",
)
#: Sentences of a draft report. What is wrong with one, `disclosure.wording` says, and never this list.
SENTENCES = (
    "Problem youth gather on the square after dark.",
    "The worst neighbourhoods of the town lie by the river.",
    "Idle young people are seen at the bus station.",
    "The market is a lawless place after ten.",
    "The north side ranks first for burglary.",
    "More police are needed: deploy patrols on the hillside.",
    "The old mill is a hotbed of crime.",
    "These are the ten most dangerous streets.",
    "Antisocial teenagers use the playground at night.",
    "Migrants cause most of the trouble at the station.",
    "The quarry is a notorious area.",
    "A culture of violence rules the upper town.",
    "The most violent district is the harbour.",
    "Officers should stop young people at the park gate.",
    "A zero-tolerance week is planned for the market.",
    "At-risk youth should be kept busy.",
    "Young people met a thief more often than others, for their number.",
    "A youth group repaired the benches of the square.",
    "Women feel safe after dark less often than men.",
    "The lamps of the river path have been dark since May.",
    "Of 100 shopkeepers, 40 reported their last theft.",
    "Young women stop using the bus after nine.",
    "The library stays open until ten, and people walk home together.",
    "This map is not a ranking of areas.",
    "We do not call any street the worst of the town.",
    "Nothing here is a reason to send more patrols to a neighbourhood; it is not made for that.",
    "Nobody has asked the people who sleep at the station.",
    "Burglaries fell, and chance alone may explain it.",
    "The school yard is used by four youth clubs on Saturdays.",
    "In the upper town neighbours know each other by name.",
    "Two of three thefts from the person happened by day.",
    "A bench, a tap and a roof are what the traders ask for.",
    "Young residents drew the map of dark corners with us.",
    "For most neighbourhoods, one year of records cannot tell.",
)
MEASURES = (
    "Lamps on the river path",
    "Cameras at the station",
    "School yard open at night",
    "Licences for the market",
    "Walk-home companions",
    "A list of empty homes",
    "Benches on the square",
    "Night bus to the hills",
    "Mediators in the park",
    "Locks for old doors",
    "A curfew for bars",
    "Help desk at the clinic",
)
HARMS = (
    "Somebody is filmed who has done nothing",
    "Traders without papers lose their place",
    "Light shines into bedrooms",
    "Rents rise and tenants leave",
    "People who sleep outside are sent away",
    "Late workers lose income",
    "A list falls into the wrong hands",
    "The trouble moves to the next street",
    "Girls are sent home early",
    "Neighbours cannot sleep",
)
OWNERS = ("Public Works", "Social Development", "Town Planning", "Youth Office")
STATUS = ("open", "reduced", "accepted", "closed", "happened")


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed; each table is drawn until its own trap can be seen in it."""
    rng = np.random.default_rng([seed, 1])
    plan = _until(lambda: _plan(rng), _screen_tells)
    return {
        "areas": _until(lambda: _areas(rng), _fear_and_harm_part),
        "answers": _until(lambda: _answers(rng), _average_hides),
        "groups": _groups(rng),
        "homes": _until(lambda: _homes(rng), _places_mislead),
        "draft": _until(lambda: _draft(rng), _words_mislead),
        "measures": plan[0],
        "harms": plan[1],
        "burglaries": _until(lambda: _burglaries(rng), _lists_move),
        "harassment": _until(
            lambda: _told(rng, "sex", ("female", "male"), (0.34, 0.16), (0.06, 0.12)),
            _silence_shows,
        ),
        "phones": _until(
            lambda: _told(
                rng, "age", ("15-29", "30-59", "60+"), (0.3, 0.2, 0.14), (0.2, 0.4, 0.5)
            ),
            _silence_shows,
        ),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each of the traps is there to be seen."""
    return (
        _fear_and_harm_part(tables["areas"])
        and _average_hides(tables["answers"])
        and _places_mislead(tables["homes"])
        and _screen_tells((tables["measures"], tables["harms"]))
        and _lists_move(tables["burglaries"])
        and _words_mislead(tables["draft"])
        and all(_silence_shows(tables[name]) for name in ("harassment", "phones"))
    )


def _until(make: Callable[[], T], holds: Callable[[T], bool]) -> T:
    for _ in range(200):
        made = make()
        if holds(made):
            return made
    return made  # lesson_holds says no, and another seed is tried


def _areas(rng: np.random.Generator) -> pd.DataFrame:
    n = 14
    pool = [name for known in NAMES.values() for name in known]
    residents = rng.integers(2_200, 14_000, n)
    harm = np.exp(rng.normal(np.log(9.0), 0.55, n))
    # Fear follows light and talk as much as it follows harm.
    afraid = 1 / (1 + np.exp(-(rng.normal(0, 1.15, n) + 0.25 * np.log(harm / 9.0))))
    asked = rng.integers(45, 120, n)
    return pd.DataFrame(
        {
            "area_id": [f"{i:02d}" for i in range(1, n + 1)],
            "area_name": rng.permutation(pool)[:n],
            "residents": residents,
            "asked": asked,
            "unsafe": rng.binomial(asked, afraid),
            "thefts": rng.poisson(residents * harm / 1000),
        }
    )


def _fear_and_harm_part(areas: pd.DataFrame) -> bool:
    share, rate = areas["unsafe"] / areas["asked"], areas["thefts"] / areas["residents"]
    ranks = pd.DataFrame(
        {"fear": share.rank(ascending=False), "harm": rate.rank(ascending=False)}
    )
    ahead = (ranks["harm"] - ranks["fear"]).sort_values()
    found = wilson_interval(areas["unsafe"], areas["asked"])
    fear = pd.DataFrame({"value": share, "lower": found.lower, "upper": found.upper})
    risk = recorded_risk(areas["thefts"], areas["residents"])
    city_fear = areas["unsafe"].sum() / areas["asked"].sum()
    city_risk = 1000 * areas["thefts"].sum() / areas["residents"].sum()
    placed = fear_and_risk(fear, risk, city_fear=city_fear, city_risk=city_risk)
    more = placed["quadrant"] == "feared more than harmed"
    by_eye = (placed["fear"] > city_fear) & (placed["risk"] < city_risk)
    return bool(
        share.is_unique
        and rate.is_unique
        and areas["thefts"].rank().ne(rate.rank()).any()
        and ahead.iloc[-1] > ahead.iloc[-2]
        and ahead.index[-1] != share.idxmax()
        and more.any()
        and by_eye.sum() > more.sum()
        and (placed["fear_lower"] > city_fear).sum() > more.sum()
        and (placed["quadrant"] == "cannot be told apart").sum() >= 4
        and abs(share.mean() - city_fear) > 0.002
    )


def _answers(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(520, 760))
    sex = rng.choice(["female", "male"], n, p=[0.53, 0.47])
    age = rng.choice(AGES, n, p=[0.17, 0.38, 0.22, 0.23])
    base = np.where(sex == "female", rng.uniform(0.34, 0.46), rng.uniform(0.58, 0.7))
    tilt = dict(zip(AGES, rng.uniform(-0.09, 0.09, 4), strict=True))
    safe = rng.random(n) < base + np.array([tilt[a] for a in age])
    return pd.DataFrame({"sex": sex, "age": age, "safe": np.where(safe, "yes", "no")})


def _average_hides(answers: pd.DataFrame) -> bool:
    safe = answers["safe"] == "yes"
    by_sex = safe.groupby(answers["sex"]).mean()
    cells = safe.groupby([answers["sex"], answers["age"]])
    return bool(
        by_sex["male"] - by_sex["female"] > 0.12
        and cells.size().min() >= ENOUGH
        and abs(cells.mean().mean() - safe.mean()) > 0.0005
    )


def _groups(rng: np.random.Generator) -> pd.DataFrame:
    asked = int(rng.integers(480, 900))
    rows = [(name, float(rng.binomial(asked, share / 100))) for name, share in FOUND.items()]  # fmt: skip
    rows[-1] = (rows[-1][0], float(ENOUGH))  # just enough: the border is seen
    hard = list(rng.permutation(HARD))
    rows += [(name, np.nan) for name in hard[:2]]
    rows += [(name, 0.0) for name in hard[2 : 2 + int(rng.integers(1, 3))]]
    rows += [(name, float(rng.integers(1, 12))) for name in hard[4:]]
    table = pd.DataFrame(rows, columns=["group", "members"])
    table["members"] = table["members"].astype("Int64")
    return table.iloc[rng.permutation(len(table))].reset_index(drop=True)


def _homes(rng: np.random.Generator) -> pd.DataFrame:
    n = 8
    sizes = rng.integers(30, 95, n)
    # From street to street both rise; inside a street, those who came last are burgled less.
    new = np.linspace(0.1, 0.6, n)[rng.permutation(n)]
    burgled = 0.08 + 0.35 * new
    frames = []
    for street, (size, share, rate) in enumerate(zip(sizes, new, burgled, strict=True)):
        newcomer = rng.random(size) < share
        hit = rng.random(size) < np.where(newcomer, 0.45 * rate, 1.5 * rate)
        frames.append(
            pd.DataFrame(
                {
                    "street": f"S{street + 1}",
                    "newcomer": np.where(newcomer, "yes", "no"),
                    "burgled": np.where(hit, "yes", "no"),
                }
            )
        )
    homes = pd.concat(frames, ignore_index=True)
    return homes.iloc[rng.permutation(len(homes))].reset_index(drop=True)


def _places_mislead(homes: pd.DataFrame) -> bool:
    new, hit = homes["newcomer"] == "yes", homes["burgled"] == "yes"
    streets = pd.DataFrame({"new": new, "hit": hit}).groupby(homes["street"])
    shares, counts = streets.mean(), streets.sum()
    across = shares["new"].corr(shares["hit"])
    return bool(
        across > 0.5
        and abs(counts["new"].corr(counts["hit"]) - across) > 0.01
        and hit[new].mean() < hit[~new].mean() - 0.04
        and shares["hit"][shares["new"].idxmax()] > hit[~new].mean()
    )


def _draft(rng: np.random.Generator) -> pd.DataFrame:
    kept = rng.choice(len(SENTENCES), int(rng.integers(14, 20)), replace=False)
    return pd.DataFrame(
        {
            "number": np.arange(1, len(kept) + 1),
            "sentence": [SENTENCES[i] for i in kept],
        }
    )


def _words_mislead(draft: pd.DataFrame) -> bool:
    found = [check(sentence) for sentence in draft["sentence"]]
    flagged = pd.Series([bool(f) for f in found])
    young = draft["sentence"].str.contains("youth|young|Young")
    words = draft["sentence"].str.contains("worst|ranking|patrols|no-go|most")
    blamed = sum(any(p.kind == "deficit" for p in f) for f in found)
    return bool(
        flagged.sum() >= 4
        and 2 <= blamed < flagged.sum()
        and (young & ~flagged).sum() >= 2
        and (words & ~flagged).sum() >= 1
    )


def _plan(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    measures = _measures(rng)
    return measures, _harms(rng, list(measures["measure_id"]))


def _measures(rng: np.random.Generator) -> pd.DataFrame:
    names = rng.permutation(MEASURES)[:9]
    return pd.DataFrame(
        {
            "measure_id": [f"M{i:02d}" for i in range(1, 10)],
            "name": names,
            "rights_screened": rng.choice(["yes", "no"], 9, p=[0.75, 0.25]),
        }
    )


def _harms(rng: np.random.Generator, codes: list[str]) -> pd.DataFrame:
    n = int(rng.integers(13, 18))
    table = pd.DataFrame(
        {
            "harm_id": [f"H{i:02d}" for i in range(1, n + 1)],
            "subject": "measure",
            "subject_id": rng.choice(codes[:8], n),
            "harm": rng.choice(HARMS, n),
            "likelihood": rng.integers(1, 6, n),
            "severity": rng.integers(1, 6, n),
            "mitigation": pd.Series(["Agreed with those concerned"] * n, dtype="str"),
            "owner": pd.Series(rng.choice(OWNERS, n), dtype="str"),
            "status": rng.choice(STATUS, n, p=[0.5, 0.2, 0.1, 0.12, 0.08]),
        }
    )
    table.loc[rng.random(n) < 0.15, "mitigation"] = pd.NA
    table.loc[rng.random(n) < 0.15, "owner"] = pd.NA
    return table


def _screen_tells(plan: tuple[pd.DataFrame, pd.DataFrame]) -> bool:
    measures, harms = plan
    found = screen(measures, harms).measures.set_index("measure_id")
    weight = harms["likelihood"] * harms["severity"]
    every = weight.groupby(harms["subject_id"]).max().reindex(found.index, fill_value=0)
    reasons = set(found["held_back"])
    nobody = harms[harms["status"] == "open"][["mitigation", "owner"]].isna()
    return bool(
        {"", "unanswered", "untended harm", "harm that happened"} <= reasons
        and ((found["held_back"] == "") & (found["harms"] > 0)).any()
        and (every != found["gravest"]).sum() >= 2
        and (nobody.any(axis=1) != nobody.all(axis=1)).any()
    )


def _burglaries(rng: np.random.Generator) -> pd.DataFrame:
    n = 24
    residents = rng.integers(900, 9_000, n)
    risk = np.exp(rng.normal(np.log(0.0045), 0.18, n))
    table = pd.DataFrame(
        {"area_id": [f"{i:02d}" for i in range(1, n + 1)], "residents": residents}
    )
    for year in (2023, 2025):
        table[f"n_{year}"] = rng.poisson(residents * risk)
    return table


def _lists_move(table: pd.DataFrame) -> bool:
    rates = {y: table[f"n_{y}"] / table["residents"] for y in (2023, 2025)}
    ranks = {y: rate.rank(ascending=False) for y, rate in rates.items()}
    first = ranks[2023].idxmin()
    still = ((ranks[2023] <= 5) & (ranks[2025] <= 5)).sum()
    counts = {y: table[f"n_{y}"].rank(ascending=False, method="first") for y in (2023, 2025)}  # fmt: skip
    move = [(r[2025] - r[2023]).abs().mean() for r in (ranks, counts)]
    return bool(
        all(rate.is_unique for rate in rates.values())
        and still <= 2
        and ranks[2025][first] > 5
        and abs(move[0] - move[1]) > 0.3
    )


def _told(
    rng: np.random.Generator,
    by: str,
    groups: tuple[str, ...],
    happened: tuple[float, ...],
    told: tuple[float, ...],
) -> pd.DataFrame:
    """Answers of adults: did it happen, and who was told? Missing where it did not happen."""
    n = int(rng.integers(700, 1100))
    group = rng.integers(0, len(groups), n)
    rate = np.array(happened) * rng.uniform(0.85, 1.2, len(groups))
    yes = rng.random(n) < rate[group]
    police = np.array(told) * rng.uniform(0.7, 1.3, len(groups))
    roll, to = rng.random(n), np.full(n, "nobody", dtype=object)
    to[roll < police[group] + 0.35] = "somebody else"
    to[roll < police[group]] = "police"
    return pd.DataFrame(
        {
            by: np.array(groups)[group],
            "happened": np.where(yes, "yes", "no"),
            "told": pd.Series(to, dtype="str").where(yes),
        }
    )


def _silence_shows(table: pd.DataFrame) -> bool:
    to = table[table["happened"] == "yes"]
    by = table.columns[0]
    heard = to["told"] == "police"
    police = heard.groupby(to[by]).agg(["sum", "mean"])
    harmed = to[by].value_counts(normalize=True)
    in_file = to[by][heard].value_counts(normalize=True).reindex(harmed.index)
    return bool(
        police["sum"].min() >= 2
        and police["mean"].max() < 0.75
        and (harmed - in_file).abs().min() > 0.03
    )
