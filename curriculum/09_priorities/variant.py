"""The data of module 9: a ballot on paper, a city's lists of indicators and targets, and the police's own counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.guidelines.catalogue import indicator, indicators
from safelearn.indicators.outcomes import covered, topics, without_outcome
from safelearn.simulation.cases import drawn_until
from safelearn.strategy.ballots import KIND, read_papers
from safelearn.strategy.concordance import kendall_w
from safelearn.strategy.priorities import borda, borda_by

Tables = dict[str, pd.DataFrame]

OPTIONS = {
    "B1": "Light on the paths",
    "B2": "Fields and trainers for the young",
    "B3": "Crossings at the schools",
    "B4": "A guard at the market",
    "B5": "Repairs within a week",
    "B6": "Safe stops and buses",
}
#: Adults by age: nobody belongs to two of these groups. Share of the adults.
GROUPS = {"30 to 59": 0.50, "60 and over": 0.16, "under 30": 0.34}  # fmt: skip
AREAS = ("0101", "0102", "0203", "0204", "0305")
#: Options of another year's ballot with their topic, and what an office counts when it works for them.
TOPICS = {
    "Lamps on the stairs": ("lighting", "lamps_mended", "Lamps mended"),
    "Buses that come at night": ("transport", "bus_kilometres", "Kilometres driven by buses"),
    "Jobs and fields for the young": ("youth_opportunities", "courses_held", "Courses held for young people"),
    "Repairs of squares and parks": ("public_space", "repair_orders", "Repair orders closed"),
    "Slower traffic at the schools": ("traffic", "signs_put_up", "Signs put up"),
    "A guard at every market": ("policing", "guards_hired", "Guards hired"),
    "No more pickpockets": ("theft", "leaflets_printed", "Leaflets printed"),
    "Fewer burglaries": ("burglary", "homes_visited", "Homes visited by advisers"),
    "Papers for every house": ("housing", "files_opened", "Files opened"),
    "Mediators for noise and quarrels": ("disorder", "mediators_trained", "Mediators trained"),
    "A clinic and legal aid nearby": ("services", "counters_opened", "Counters opened"),
}  # fmt: skip
OBJECTIVES = {
    "feels_safe_after_dark": ("People feel safe on their way home", "% of adults"),
    "avoidance": ("Fewer people keep away from places", "% of adults"),
    "road_death_rate": ("Children reach school unharmed", "per 100,000 residents"),
    "residential_burglary_rate": ("Fewer homes are broken into", "per 1,000 dwellings"),
    "personal_theft_prevalence": ("Purses stay in their pockets", "% of adults"),
    "service_satisfaction": ("Help is of use to those who come", "% of users"),
    "secure_tenure": ("Families know that they can stay", "% of adults"),
    "neet": ("Young people find work or learn", "% of young people"),
    "street_lighting": ("Lamps work", "% of lights"),
    "trust_in_police": ("People trust the police", "% of adults"),
}
#: Parts of the names of indicators that are left out of all lists.
HARSH = ("assault", "conflict", "discipline", "firearm", "harassment", "hate", "homicide", "physical", "sexual", "trafficking", "violence")  # fmt: skip
TODAY = "2026-01-15"
STATIONS = ("Bridge", "Canal", "Castle", "Garden", "Harbour", "Market", "Mill", "North Gate", "Station Square", "University")  # fmt: skip
DISTRICTS = ("Abbey", "Brook", "Cliff", "Dean", "Elm", "Fairfield", "Grove", "Hill", "Isle", "Junction", "Kiln", "Lane")  # fmt: skip


def draw(seed: int) -> Tables:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 9])
    return {
        **drawn_until(_ballot_holds, lambda: _ballot(rng)),
        **drawn_until(_lists_hold, lambda: _indicator_lists(rng)),
        **drawn_until(_targets_hold, lambda: _targets(rng)),
        **drawn_until(_stations_hold, lambda: _stations(rng)),
        **drawn_until(_bicycles_hold, lambda: _bicycles(rng)),
    }


def lesson_holds(tables: Tables) -> bool:
    """Whether these data show what the module teaches: who is asked decides, and what is counted decides."""
    return (
        _ballot_holds(tables)
        and _lists_hold(tables)
        and _targets_hold(tables)
        and _stations_hold(tables)
        and _bicycles_hold(tables)
    )


def _ballot_holds(tables: Tables) -> bool:
    papers = read_papers(tables["ballots"])
    points = pd.DataFrame(papers.points).groupby(papers.group).mean()
    people = tables["residents"].set_index("group")["residents"]
    leader = (points.T * people).T.sum().argmax()
    if leader == papers.points.mean(axis=0).argmax():
        return False
    agreement = kendall_w(papers.places)
    if agreement.w >= 0.2 or agreement.p_value >= 0.001:
        return False
    if not 1 < borda(papers)["first"].sum() < len(OPTIONS):
        return False
    cells = borda_by(papers, ["area", "group"])
    many = cells.groupby(["area", "group"])["first"].sum()
    return bool(many.eq(1).any() and many.gt(2).any() and many.nunique() > 2)


def _lists_hold(tables: Tables) -> bool:
    asked, listed = tables["asked"], tables["listed"]
    has = listed["has_figure"] == "yes"

    def without(rows: pd.DataFrame) -> set[str]:
        found = covered(asked["option"], rows["indicator_id"])
        return {o.option for o in without_outcome(found)}

    named = set(asked["option_id"]) - set(listed.loc[has, "option_id"])
    truly = without(listed[has])
    by_name = set(asked.loc[asked["option_id"].isin(named), "option"])
    return (
        2 <= len(truly) <= 5
        and len(by_name) > 0
        and truly not in (without(listed), by_name)
    )


def _targets_hold(tables: Tables) -> bool:
    from safelearn.strategy.smart import NO, smart

    targets, measures = tables["targets"], tables["measures"]
    lacks = tables["flags"].groupby("target_id")["flag"].agg(list).to_dict()
    wanted = set(tables["wanted"]["indicator_id"])
    day = pd.Timestamp(TODAY).date()
    full = smart(targets, lacks, measures, wanted, on=day)
    late = targets.loc[(full["achievable"] == NO).to_numpy(), "budget"]
    complete = targets["target"].notna() & targets["due_on"].notna()
    late_only = [
        "the date has passed" in w and "measures end later" not in w
        for w in full["why"]
    ]
    return bool(
        full["score"].nunique() > 2
        and (full["score"] == 5).any()
        and complete.sum() > (full["score"] == 5).sum()
        and late.notna().sum() >= 2
        and (full["achievable"] != NO).any()
        and any(late_only)
    )


def _stations_hold(tables: Tables) -> bool:
    stations = tables["stations"]
    reached = stations["recorded_2025"] <= 0.9 * stations["recorded_2023"]
    calls = stations["calls_2025"] <= 0.9 * stations["calls_2023"]
    kept = stations["recorded_2023"] / stations["calls_2023"]
    unwritten = stations["calls_2025"] * kept - stations["recorded_2025"]
    return bool(
        abs(unwritten[reached & calls].sum()) > 1
        and (reached & ~calls).sum() >= 2
        and (~reached).sum() >= 2
    )


def _bicycles_hold(tables: Tables) -> bool:
    bicycles = tables["bicycles"]
    some = bicycles[bicycles["chosen"] == "yes"].groupby("year")["n"].sum()
    usual = some.loc[:2021].mean()
    return bool(
        some[2022] > 1.2 * usual
        and some[2025] < 0.85 * some[2022]
        and abs(some[2025] / usual - 1) > 0.01
    )


def _ballot(rng: np.random.Generator) -> Tables:
    return {"ballots": _papers(rng), "residents": _residents(rng)}


def _papers(rng: np.random.Generator) -> pd.DataFrame:
    """Papers of five evenings; who came is not who lives here, and few rank all options."""
    codes = np.array(list(OPTIONS))
    liking = {group: rng.normal(0, 0.3, len(codes)) for group in GROUPS}
    # The older half of the room and the larger half of the city each have a favourite of their own.
    theirs, ours, third = rng.permutation(len(codes))[:3]
    liking["60 and over"][[theirs, third]] += 1.8, 0.9
    liking["30 to 59"][[ours, third]] += 1.5, 0.4
    liking["under 30"][[third, ours]] += 1.0, 0.8
    # Few of the young came, to two or three meetings hardly any: those papers may not be shown.
    came = {
        "30 to 59": rng.integers(6, 12, len(AREAS)),
        "60 and over": rng.integers(13, 22, len(AREAS)),
        "under 30": rng.permutation([3, 4, int(rng.integers(3, 6)), 6, 8]),
    }
    rows, number = [], 0
    for place, area in enumerate(AREAS):
        local = rng.normal(0, 0.4, len(codes))
        for group in GROUPS:
            for _ in range(int(came[group][place])):
                number += 1
                drawn = liking[group] + local + rng.gumbel(0, 1, len(codes))
                most = int(rng.choice([2, 3, 4, 6], p=[0.25, 0.4, 0.2, 0.15]))
                order = codes[np.argsort(-drawn)][:most]
                # Some write two options side by side in the first place.
                ranks = np.arange(1, most + 1)
                if rng.random() < 0.12:
                    ranks = np.maximum(ranks - 1, 1)
                rows += [
                    (area, group, f"P{number:03d}", code, OPTIONS[code], int(rank))
                    for code, rank in zip(order, ranks, strict=True)
                ]
    names = ["area_id", "group", "paper_id", "option_id", "option", "rank"]
    return pd.DataFrame(rows, columns=names).assign(
        ballot_id="R2025", kind=KIND, held_on="2025-05-10"
    )


def _residents(rng: np.random.Generator) -> pd.DataFrame:
    adults = int(rng.integers(38_000, 64_000))
    share = np.array(list(GROUPS.values())) * rng.uniform(0.92, 1.08, 3)
    return pd.DataFrame(
        {
            "group": list(GROUPS),
            "residents": (adults * share / share.sum()).round().astype(int),
        }
    )


def _indicator_lists(rng: np.random.Generator) -> Tables:
    """What people asked for, what offices want to count for it, and which indicators of the catalogue a city chose."""
    names = np.sort(rng.choice(list(TOPICS), 8, replace=False))
    points = rng.uniform(0.2, 0.8, len(names)).round(3)
    asked = pd.DataFrame(
        {"option_id": [f"C{k}" for k in range(1, 9)], "option": names, "points": points}
    )
    english = {one.id: one.english for one in indicators()}
    rows: list[tuple[str, str, str]] = []
    for code, option in zip(asked["option_id"], names, strict=True):
        topic, output, name = TOPICS[option]
        rows.append((output, name, code))
        if rng.random() < 0.42:
            one = str(rng.choice([i for i in topics()[topic] if _gentle(i)]))
            if one not in {r[0] for r in rows}:
                rows.append((one, english[one], code))
    listed = pd.DataFrame(rows, columns=["indicator_id", "indicator", "option_id"])
    listed = listed.assign(
        has_figure=rng.choice(["yes", "no"], len(listed), p=[0.7, 0.3])
    )
    chosen = rng.choice([i for i in english if _gentle(i)], 24, replace=False)
    chosen = [one for one in english if one in set(chosen)]
    chosen = pd.DataFrame(
        {
            "indicator_id": chosen,
            "indicator": [english[one] for one in chosen],
            "has_figure": rng.choice(["yes", "no"], len(chosen), p=[0.65, 0.35]),
        }
    )
    return {"asked": asked, "listed": listed, "chosen": chosen}


def _gentle(indicator_id: str) -> bool:
    """Whether the name of an indicator speaks of no violence: nobody has to read those who would rather not."""
    return not any(word in indicator_id for word in HARSH)


def _targets(rng: np.random.Generator) -> Tables:
    """Eight targets, each with what somebody forgot; measures, and what the observatory found lacking."""
    chosen = rng.choice(list(OBJECTIVES), 8, replace=False)
    year = rng.choice([2025, 2027, 2028], 8, p=[0.25, 0.45, 0.3])
    baseline = rng.uniform(8, 60, 8).round(1)
    better = [1 if indicator(one).direction == "+" else -1 for one in chosen]
    step = rng.uniform(0.04, 0.3, 8) * np.array(better)
    targets = pd.DataFrame(
        {
            "target_id": [f"X{k:02d}" for k in range(1, 9)],
            "objective": [OBJECTIVES[one][0] for one in chosen],
            "indicator_id": chosen,
            "group": _forgot(rng, ["everyone"] * 8, 0.1),
            "baseline": baseline,
            "target": (baseline * (1 + step)).round(1),
            "unit": [OBJECTIVES[one][1] for one in chosen],
            "due_on": _forgot(rng, [f"{y}-12-31" for y in year], 0.15),
            "owner": _forgot(rng, rng.choice(["Public Works", "Youth Office", "Observatory"], 8), 0.2),
            "budget": pd.Series(_forgot(rng, rng.integers(20, 900, 8) * 1_000.0, 0.15), dtype="float"),
        }
    )  # fmt: skip
    rows = []
    for one, due in zip(chosen, year, strict=True):
        for _ in range(int(rng.choice([0, 1, 2], p=[0.15, 0.55, 0.3]))):
            cost = float(rng.integers(40, 700) * 1_000)
            secured = round(cost * rng.choice([0.0, 0.3, 0.6, 1.0], p=[0.1, 0.2, 0.3, 0.4]))  # fmt: skip
            ends = int(due) + int(rng.choice([-1, 0, 1], p=[0.35, 0.45, 0.2]))
            status = str(rng.choice(["planned", "running", "stopped"], p=[0.4, 0.5, 0.1]))  # fmt: skip
            rows.append((one, cost, float(secured), pd.Timestamp(f"{ends}-11-30"), status))  # fmt: skip
    measures = pd.DataFrame(
        rows, columns=["indicator_id", "cost", "funded", "ends_on", "status"]
    )
    measures.insert(0, "measure_id", [f"M{k:02d}" for k in range(1, len(rows) + 1)])
    words = ["smaller than the interval", "not measured", "counted from records only"]
    flagged = rng.choice(targets["target_id"], 4, replace=False)
    flags = pd.DataFrame({"target_id": np.sort(flagged), "flag": rng.choice(words, 4)})
    wanted = np.sort(rng.choice(chosen, int(rng.integers(5, 8)), replace=False))
    return {
        "targets": targets,
        "measures": measures,
        "flags": flags,
        "wanted": pd.DataFrame({"indicator_id": wanted}),
    }


def _forgot(rng: np.random.Generator, values: list, share: float) -> list:
    """Some cells are left empty, as in every city's list."""
    return [None if rng.random() < share else v for v in values]


def _stations(rng: np.random.Generator) -> Tables:
    """Thefts told to the emergency number, and thefts recorded; the target was ten per cent fewer recorded."""
    n = len(STATIONS)
    kind = rng.permutation(["fewer"] * 2 + ["unwritten"] * 3 + ["as before"] * 5)
    calls = rng.integers(320, 1_300, n)
    usual = rng.uniform(0.5, 0.72, n)
    later = calls * np.where(kind == "fewer", rng.uniform(0.74, 0.84, n), rng.uniform(0.95, 1.08, n))  # fmt: skip
    kept = usual * np.where(kind == "unwritten", rng.uniform(0.62, 0.8, n), rng.uniform(0.97, 1.03, n))  # fmt: skip
    calls_later = later.round().astype(int)
    stations = pd.DataFrame(
        {
            "station": STATIONS,
            "calls_2023": calls,
            "recorded_2023": (calls * usual).round().astype(int),
            "calls_2025": calls_later,
            "recorded_2025": (calls_later * kept).round().astype(int),
        }
    )
    return {"stations": stations}


def _bicycles(rng: np.random.Generator) -> Tables:
    """Stolen bicycles of nine years by chance alone; the four districts with most in 2022 were chosen."""
    years = np.arange(2017, 2026)
    usual = rng.uniform(22, 32, len(DISTRICTS))
    chance = rng.gamma(40, 1 / 40, (len(DISTRICTS), len(years)))
    n = rng.poisson(usual[:, None] * chance)
    # By that year alone: the years before have no part in the choice, and so are a fair baseline.
    chosen = np.argsort(-n[:, 5], kind="stable")[:4]
    stood_out = np.where(np.isin(np.arange(len(DISTRICTS)), chosen), "yes", "no")
    bicycles = pd.DataFrame(
        {
            "district": np.repeat(DISTRICTS, len(years)),
            "chosen": np.repeat(stood_out, len(years)),
            "year": np.tile(years, len(DISTRICTS)),
            "n": n.ravel(),
        }
    )
    return {"bicycles": bicycles}
