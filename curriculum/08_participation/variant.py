"""The data of module 8: forms from walks, what people said, who came, and lamps; each with a trap of its own."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from safelearn.diagnosis.agreement import cohen_kappa
from safelearn.estimates.survey import survey_design, survey_proportion, survey_ratio
from safelearn.simulation.cases import drawn_until

#: The eleven items of the form that ask for the ten strategies, and the nine questions from 0 to 3.
ITEMS = (
    "surveillance_natural", "surveillance_formal", "access_control", "territorial_clear", "image_maintained",
    "activity_support", "target_hardening", "social_cohesion", "social_connectivity", "community_culture",
    "threshold_capacity",
)  # fmt: skip
SCORES = (
    "lighting", "openness", "visibility", "people", "women", "security", "footpath", "transport", "feeling",
)  # fmt: skip
THEMES = ("disorder", "lighting", "public_space", "services", "traffic", "transport")
#: Who sat together after the walks, and how many were spoken with one by one.
WHO_SAID = ("men", "older_persons", "women", "youth")
TALKED = {"children": 9, "night_workers": 7, "residents": 12, "traders": 8}
#: A finer frame, for interviews.
CODES = (
    "benches", "bins", "bus_stop", "crossing", "dogs", "drains", "kiosk", "lamps", "language", "noise", "opening_hours",
    "paths", "playground", "prices", "seats", "shade", "shutters", "signs", "speed", "stairs", "steps", "storage",
    "toilets", "trees", "water",
)  # fmt: skip
WALKERS = {
    "women to 34": (0.10, 0.16), "women from 35": (0.12, 0.36), "men to 34": (0.38, 0.15), "men from 35": (0.40, 0.33),
}  # fmt: skip


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 8])
    areas = _areas(rng)
    walkers = drawn_until(_walkers_hold, lambda: _walkers(rng))
    return {
        "ticks": _ticks(rng),
        "walks": drawn_until(_walks_hold, lambda: _walks(rng)),
        "pairs": drawn_until(_pairs_hold, lambda: _pairs(rng)),
        "forms": drawn_until(_forms_hold, lambda: _forms(rng)),
        "remarks": drawn_until(_remarks_hold, lambda: _remarks(rng)),
        "coded": drawn_until(_coded_hold, lambda: _coded(rng)),
        "interviews": drawn_until(_interviews_hold, lambda: _interviews(rng)),
        "walkers": walkers,
        "survey": drawn_until(
            lambda table: _survey_holds(table, walkers), lambda: _survey(rng)
        ),
        "areas": areas,
        "streets": drawn_until(_streets_hold, lambda: _streets(rng, areas)),
        "demands": drawn_until(
            lambda table: _demands_hold(areas, table), lambda: _demands(rng, areas)
        ),
        "works": drawn_until(_works_hold, lambda: _works(rng)),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each trap is one here: whoever does not look twice reads another answer."""
    return bool(
        _walks_hold(tables["walks"])
        and _pairs_hold(tables["pairs"])
        and _forms_hold(tables["forms"])
        and _remarks_hold(tables["remarks"])
        and _coded_hold(tables["coded"])
        and _interviews_hold(tables["interviews"])
        and _walkers_hold(tables["walkers"])
        and _survey_holds(tables["survey"], tables["walkers"])
        and _streets_hold(tables["streets"])
        and _demands_hold(tables["areas"], tables["demands"])
        and _works_hold(tables["works"])
    )


def _ticks(rng: np.random.Generator) -> pd.DataFrame:
    """One row a question of a form: squares without a stop or a shop leave many questions aside."""
    places = int(rng.integers(30, 46))
    rows = pd.DataFrame(
        {
            "place_id": np.repeat([f"P{k:02d}" for k in range(1, places + 1)], 11),
            "item": np.tile(ITEMS, places),
        }
    )
    quality = np.repeat(rng.normal(0, 0.8, places), 11)
    felt = quality + rng.logistic(0, 0.6, len(rows))
    answer = np.select([felt > 0.3, felt > -0.5], ["yes", "partly"], "no").astype(
        object
    )
    answer[rng.random(len(rows)) < rng.uniform(0.12, 0.2)] = "not_applicable"
    answer[rng.random(len(rows)) < 0.04] = None
    return rows.assign(answer=answer)


def _walks(rng: np.random.Generator) -> pd.DataFrame:
    """Places walked by day; after dark the walkers turned back before some, and not before any."""
    places = int(rng.integers(30, 37))
    quality = rng.normal(0.2, 0.9, places)
    back = rng.random(places) < 1 / (1 + np.exp(2.4 * (quality + 0.35)))
    pair = rng.random(places) < 0.4
    area = np.sort(rng.integers(1, 9, places))
    rows = []
    for k in range(places):
        for light in ("day", "dark"):
            if light == "dark" and back[k]:
                continue
            for rater in ("A", "B") if pair[k] else ("A",):
                felt = quality[k] - 0.55 * (light == "dark") - 0.3 * (rater == "B")
                place = felt + rng.logistic(0, 0.55, len(ITEMS))
                seen = np.select([place > 0.4, place > -0.5], ["yes", "partly"], "no")
                rows.append(
                    (f"P{k + 1:02d}", f"{area[k]:02d}", "street", f"2026-03-{1 + k % 28:02d}", light, rater, *seen)
                )  # fmt: skip
    names = ["place_id", "area_id", "place_type", "visited_on", "light", "rater"]
    return pd.DataFrame(rows, columns=[*names, *ITEMS])


def _pairs(rng: np.random.Generator) -> pd.DataFrame:
    """Two walkers and one question that is nearly always answered with yes."""
    places = int(rng.integers(80, 121))
    yes = rng.uniform(0.82, 0.88)
    same = rng.random(places) < rng.uniform(0.12, 0.3)
    first = np.where(rng.random(places) < yes, "yes", "no").astype(object)
    own = np.where(rng.random(places) < yes - 0.03, "yes", "no").astype(object)
    second = np.where(same, first, own)
    second[rng.random(places) < 0.08] = None
    code = [f"P{k:03d}" for k in range(1, places + 1)]
    return pd.DataFrame({"place_id": code, "first": first, "second": second})


def _forms(rng: np.random.Generator) -> pd.DataFrame:
    """Scores from 0 to 3: who uses a wheelchair got into the well-built places only."""
    places = int(rng.integers(28, 36))
    quality = rng.normal(0, 1, places)
    reached = rng.random(places) < 1 / (1 + np.exp(-2.6 * (quality - 0.1)))
    lower = rng.uniform(0.3, 0.5)
    rows = []
    for k in range(places):
        for light in ("day", "dark"):
            for group, takes in (
                ("everyone", True),
                ("persons_with_disabilities", reached[k]),
            ):
                if not takes or (group != "everyone" and rng.random() < 0.15):
                    continue
                felt = quality[k] - 0.6 * (light == "dark")
                felt -= lower * (group != "everyone")
                place = felt + rng.logistic(0, 0.45, len(SCORES))
                scores = np.searchsorted([-1.3, 0.0, 1.3], place)
                rows.append((f"P{k + 1:02d}", light, group, *scores))
    names = [f"score_{name}" for name in SCORES]
    return pd.DataFrame(rows, columns=["place_id", "light", "rater_group", *names])


def _remarks(rng: np.random.Generator) -> pd.DataFrame:
    """What people said in groups: most said two or three things, a few said one thing very often."""
    rows, number = [], 0
    themes = [str(theme) for theme in rng.permutation(THEMES)]
    likes = {
        "women": [0.1, 0.34, 0.16, 0.12, 0.08, 0.2],
        "men": [0.08, 0.24, 0.14, 0.12, 0.26, 0.16],
        "youth": [0.06, 0.2, 0.36, 0.12, 0.06, 0.2],
        "older_persons": [0.1, 0.26, 0.12, 0.28, 0.14, 0.1],
    }
    for group in WHO_SAID:
        weights = np.array(likes[group]) * rng.uniform(0.7, 1.3, len(THEMES))
        for _ in range(int(rng.integers(12, 22))):
            number += 1
            consent = rng.choice(["publish", "internal", "none"], p=[0.6, 0.28, 0.12])
            many = int(rng.integers(1, 4))
            said = list(rng.choice(themes, size=many, p=weights / weights.sum()))
            if rng.random() < 0.1:
                said += [themes[0]] * int(rng.integers(7, 13))
            rows += [(f"S{number:02d}", group, theme, consent) for theme in said]
    table = pd.DataFrame(rows, columns=["speaker", "group", "theme", "consent"])
    return table.sample(frac=1, random_state=rng).reset_index(drop=True)


def _coded(rng: np.random.Generator) -> pd.DataFrame:
    """Quotes with the themes of two coders, who read two of the six definitions differently."""
    unclear = rng.permutation(THEMES)[:2]
    n = int(rng.integers(100, 141))
    shares = rng.dirichlet([9] * len(THEMES))
    true = rng.choice(THEMES, size=n, p=shares)

    def coder(slip: float, swap: float) -> np.ndarray:
        code = true.astype(object)
        other = np.where(code == unclear[0], unclear[1], unclear[0])
        exchanged = np.isin(true, unclear) & (rng.random(n) < swap)
        code = np.where(exchanged, other, code)
        return np.where(rng.random(n) < slip, rng.choice(THEMES, size=n), code)

    quote = [f"Q{k:03d}" for k in range(1, n + 1)]
    return pd.DataFrame(
        {"quote_id": quote, "first": coder(0.13, 0.25), "second": coder(0.17, 0.6)}
    )


def _interviews(rng: np.random.Generator) -> pd.DataFrame:
    """Who was spoken with, in the order of the days: groups in turn, each with things of its own to say."""
    codes = rng.permutation(CODES)
    common = list(codes[:9])
    own = {"residents": [], "children": list(codes[9:13]), "night_workers": list(codes[13:19]), "traders": list(codes[19:25])}  # fmt: skip
    order = np.repeat(list(TALKED), list(TALKED.values()))
    first = rng.permutation(order[order == "residents"])
    order = np.concatenate([first, rng.permutation(order[order != "residents"])])
    turn = dict.fromkeys(TALKED, 0)
    rows = []
    for number, group in enumerate(order, start=1):
        turn[group] += 1
        pool = common + own[group]
        weight = np.r_[np.full(len(common), 1.0), np.full(len(own[group]), 0.7)]
        many = int(rng.integers(3, 6))
        said = rng.choice(pool, size=many, replace=False, p=weight / weight.sum())
        rows += [(number, group, turn[group], str(code)) for code in sorted(said)]
    return pd.DataFrame(rows, columns=["interview", "group", "turn", "theme"])


#: Share who feel safe after dark, among those who go out.
_SAFE = {"women to 34": 0.42, "women from 35": 0.45, "men to 34": 0.72, "men from 35": 0.68}  # fmt: skip
#: Share who never go out after dark.
_HOME = {"women to 34": 0.14, "women from 35": 0.24, "men to 34": 0.04, "men from 35": 0.1}  # fmt: skip


def _walkers(rng: np.random.Generator) -> pd.DataFrame:
    """Who came to the walks after dark, and how safe they felt; adults of the city beside them."""
    n = int(rng.integers(140, 221))
    group = rng.choice(list(WALKERS), size=n, p=[came for came, _ in WALKERS.values()])
    p = np.array([_SAFE[g] for g in group]) + rng.uniform(0.06, 0.12)
    return pd.DataFrame(
        {
            "walker": [f"W{k:03d}" for k in range(1, n + 1)],
            "group": group,
            "safe": np.where(rng.random(n) < p, "yes", "no"),
        }
    )


def _survey(rng: np.random.Generator) -> pd.DataFrame:
    """Adults drawn at random, a row a person, with how many adults each stands for."""
    n = int(rng.integers(520, 680))
    group = rng.choice(
        list(WALKERS), size=n, p=[lives for _, lives in WALKERS.values()]
    )
    home = rng.random(n) < np.array([_HOME[g] for g in group])
    safe = rng.random(n) < np.array([_SAFE[g] for g in group])
    answer = np.where(home, "never goes out", np.where(safe, "safe", "unsafe"))
    return pd.DataFrame(
        {
            "person": [f"R{k:03d}" for k in range(1, n + 1)],
            "group": group,
            "answer": answer,
            "weight": rng.uniform(180, 320, n).round(1),
        }
    )


def _areas(rng: np.random.Generator) -> pd.DataFrame:
    """Twenty planned areas and eight that were built without a plan."""
    settlement = np.repeat(["formal", "informal"], [20, 8])
    people = np.where(settlement == "formal", 7000, 5200) * rng.uniform(0.6, 1.4, 28)
    return pd.DataFrame(
        {
            "area_id": [f"{1 + k // 7:02d}{1 + k % 7:02d}" for k in range(28)],
            "settlement": rng.permutation(settlement),
            "population": people.round(-1).astype(int),
        }
    )


def _streets(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """Streets that were inspected after dark, three to six in each area."""
    rows = []
    for area in areas.itertuples():
        dark = rng.beta(2, 3) * 0.8 if area.settlement == "informal" else 0.12
        for _ in range(int(rng.integers(3, 7))):
            lamps = int(rng.integers(1, 16))
            lit = rng.binomial(
                lamps, np.clip(1 - dark * rng.choice([0.2, 1, 1.8]), 0, 1)
            )
            rows.append(
                (f"W{len(rows) + 1:03d}", area.area_id, area.settlement, lamps, lit)
            )
    names = ["segment_id", "area_id", "settlement", "lamps", "lamps_working"]
    return pd.DataFrame(rows, columns=names)


def _demands(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """What reached the city through its app, its desk and its assemblies."""
    thousands = areas["population"].to_numpy() / 1000
    asks = np.where(areas["settlement"] == "informal", 0.11, rng.uniform(0.75, 1.05))
    n = rng.poisson(asks * thousands * rng.gamma(4, 0.25, len(areas)))
    area = np.repeat(areas["area_id"].to_numpy(), n)
    topic = rng.choice(
        ["lighting", "traffic", "public_space", "services"],
        size=len(area),
        p=[0.5, 0.18, 0.2, 0.12],
    )
    day = pd.Timestamp("2025-01-01") + pd.to_timedelta(
        rng.integers(0, 365, len(area)), "D"
    )
    return pd.DataFrame(
        {
            "demand_id": [f"D{k:03d}" for k in range(1, len(area) + 1)],
            "received_on": day.strftime("%Y-%m-%d"),
            "area_id": area,
            "channel": rng.choice(
                ["app", "desk", "assembly"], size=len(area), p=[0.6, 0.25, 0.15]
            ),
            "topic": topic,
        }
    )


def _works(rng: np.random.Generator) -> pd.DataFrame:
    """Streets before and after the works: most broken lamps were taken down, few were mended."""
    n = int(rng.integers(22, 31))
    length = rng.integers(8, 60, n) * 10
    before = np.maximum(2, rng.poisson(length / 28))
    working = rng.binomial(before, np.clip(rng.normal(0.6, 0.12, n), 0.2, 0.9))
    broken = before - working
    taken = rng.binomial(broken, rng.uniform(0.6, 0.8))
    mended = rng.binomial(broken - taken, 0.4)
    failed = rng.binomial(working, 0.07)
    return pd.DataFrame(
        {
            "street": [f"Street {k}" for k in range(1, n + 1)],
            "length_m": length,
            "lamps_before": before,
            "working_before": working,
            "lamps_after": before - taken,
            "working_after": working + mended - failed,
        }
    )


def _walks_hold(walks: pd.DataFrame) -> bool:
    """Dark is clearly lower where both were walked, and hardly so where all is thrown together."""
    yes = (walks[list(ITEMS)].to_numpy() == "yes").mean(axis=1)
    place, dark = walks["place_id"].to_numpy(), walks["light"].to_numpy() == "dark"
    share = pd.Series(yes).groupby([place, dark]).mean().unstack()
    both = share.dropna()
    apart = both[True] - both[False]
    error = apart.std() / len(apart) ** 0.5
    naive = share[True].mean() - share[False].mean()
    return (
        len(both) >= 12
        and len(share) - len(both) >= 6
        and apart.mean() + 2.5 * error < -0.02
        and naive > apart.mean() + 0.06
    )


def _pairs_hold(pairs: pd.DataFrame) -> bool:
    found = cohen_kappa(pairs["first"], pairs["second"])
    return found.agreed > 0.72 and 0.02 < found.kappa < 0.36 and found.upper < 0.6


def _forms_hold(forms: pd.DataFrame) -> bool:
    """At the same place theirs are clearly lower; of all forms, theirs are higher."""
    score = pd.Series(forms.iloc[:, 3:].to_numpy().mean(axis=1))
    theirs = forms["rater_group"] != "everyone"
    naive = score[theirs].mean() - score[~theirs].mean()
    each = score.groupby([forms["place_id"], forms["light"], theirs]).mean().unstack()
    apart = (each[True] - each[False]).dropna()
    error = apart.std() / len(apart) ** 0.5
    places = apart.index.get_level_values(0).nunique()
    return places >= 12 and naive > 0.03 and apart.mean() + 2.8 * error < -0.03


def _remarks_hold(remarks: pd.DataFrame) -> bool:
    """Most remarks are about one thing, and most people speak of another."""
    rows = list(remarks.itertuples(index=False, name=None))
    usable = [row for row in rows if row[3] != "none"]
    by_remarks = Counter(theme for _, _, theme, _ in usable).most_common(1)
    by_people = Counter(t for _, t in {(s, t) for s, _, t, _ in usable}).most_common(2)
    return (
        by_remarks[0][0] != by_people[0][0]
        and by_people[0][1] >= by_people[1][1] + 2
        and len({group for _, group, _, consent in rows if consent == "none"}) >= 3
    )


def _coded_hold(coded: pd.DataFrame) -> bool:
    """On two themes the coders do not agree, on another one just bearably, and all in all well enough to miss it."""
    one, two = coded["first"].to_numpy(), coded["second"].to_numpy()
    kappa = sorted(_kappa(one == theme, two == theme) for theme in THEMES)
    return kappa[1] < 0.37 and 0.43 < kappa[2] < 0.58 and (one == two).mean() > 0.54


def _kappa(one: np.ndarray, two: np.ndarray) -> float:
    """Of two lists of yes and no; the library's has an interval, which is not needed here."""
    chance = one.mean() * two.mean() + (1 - one.mean()) * (1 - two.mean())
    return float(((one == two).mean() - chance) / (1 - chance))


def _interviews_hold(interviews: pd.DataFrame) -> bool:
    """All together nothing new came up at the end; in some groups it did, in one of them a single theme."""
    together: dict[str, int] = {}
    named: dict[tuple[str, str], int] = {}
    for number, group, turn, theme in interviews.itertuples(index=False, name=None):
        together.setdefault(theme, number)
        named.setdefault((group, theme), turn)
    new = dict.fromkeys(TALKED, 0)
    for (group, _), turn in named.items():
        new[group] += turn > TALKED[group] - 2
    return (
        max(together.values()) <= sum(TALKED.values()) - 2
        and 1 <= sum(n > 0 for n in new.values()) <= 3
        and 1 in new.values()
        and new["residents"] == 0
    )


def _walkers_hold(walkers: pd.DataFrame) -> bool:
    """All groups walked, few women did, and they felt less safe than the men who did."""
    safe = (walkers["safe"] == "yes").groupby(walkers["group"])
    n, share = safe.size(), safe.mean()
    if len(n) < len(WALKERS) or n.min() < 8:
        return False
    weighted = sum(lives * share[group] for group, (_, lives) in WALKERS.items())
    return (n * share).sum() / n.sum() > weighted + 0.06 and weighted > 0.6


def _survey_holds(survey: pd.DataFrame, walkers: pd.DataFrame) -> bool:
    """Weighting brings the walkers nearer to the survey, and not near enough."""
    adults = survey.groupby("group")["weight"].sum()
    safe = (walkers["safe"] == "yes").groupby(walkers["group"]).mean()
    weighted = (safe * adults).sum() / adults.sum()
    raw = (walkers["safe"] == "yes").mean()
    design = survey_design(survey)
    found = survey_proportion(design, survey["answer"] == "safe")
    return raw > weighted + 0.04 and weighted > found.upper + 0.03


def _streets_hold(streets: pd.DataFrame) -> bool:
    lamps = streets.groupby("settlement")[["lamps", "lamps_working"]].sum()
    lit = lamps["lamps_working"] / lamps["lamps"]
    return lit["informal"] < 0.72 < 0.85 < lit["formal"]


def _demands_hold(areas: pd.DataFrame, demands: pd.DataFrame) -> bool:
    """Few ask in areas without a plan; from some of them nobody asked about light who asked about something else."""
    settlement = areas.set_index("area_id")["settlement"]
    people = areas.groupby("settlement")["population"].sum()
    light = demands.loc[demands["topic"] == "lighting", "area_id"]
    n = light.map(settlement).value_counts().reindex(people.index, fill_value=0)
    rate = n / people
    informal = set(settlement.index[settlement == "informal"])
    silent = informal - set(light)
    return (
        n["informal"] >= 1
        and rate["informal"] < 0.45 * rate["formal"]
        and 2 <= len(silent) < len(informal)
        and len(informal - set(demands["area_id"])) < len(silent)
    )


def _works_hold(works: pd.DataFrame) -> bool:
    """The share of working lamps is up; working lamps for each kilometre are not clearly so."""
    n = works.sum(numeric_only=True)
    before = n["working_before"] / n["lamps_before"]
    after = n["working_after"] / n["lamps_after"]
    change = works["working_after"] - works["working_before"]
    found = survey_ratio(survey_design(works), change, works["length_m"] / 1000)
    return after > before + 0.12 and found.lower < 0 < found.upper
