"""The data of module 10: what a city of the trainee's own has tried, what others found, and what it plans to do.

Everything here is invented: no practice, city or figure exists. None of it is about violence.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.strategy.logframe import logframe
from safelearn.strategy.matching import likeness, matched
from safelearn.strategy.policy_alignment import alignment
from safelearn.strategy.problem_solving import worksheet
from safelearn.strategy.response_mix import audit
from safelearn.strategy.scenarios import driver
from safelearn.strategy.screening import screen
from safelearn.strategy.stocktake import evidence_gaps, stocktake
from safelearn.strategy.theory_of_change import theory

#: The trainee's city, among the profiles.
OWN = "Ourtown"
OTHERS = ("Larkhaven", "Tolmere", "Kessing", "Port Brisa", "Oakbarrow", "Montelar", "Sundrey")  # fmt: skip
#: The year that the scenarios look at.
HORIZON = 2028
#: Name, kind of prevention, dimension.
PROGRAMMES = (
    ("Open school yards", "social", "outreach"),
    ("Evenings at the sports hall", "social", "outreach"),
    ("First job and a mentor", "social", "outreach"),
    ("Homework club at the library", "social", "outreach"),
    ("Cycling lessons at school", "social", "behaviour_change"),
    ("Parents on the way to school", "social", "behaviour_change"),
    ("Letters to landlords", "social", "behaviour_change"),
    ("Lamps in the underpass", "situational", "place_making"),
    ("Racks at the station", "situational", "place_making"),
    ("Locks for old doors", "situational", "place_making"),
    ("Step-free crossings", "situational", "place_making"),
    ("Engraved bicycles", "situational", "technology"),
    ("Cameras at the car park", "situational", "technology"),
    ("Wardens in the market", "situational", "governance"),
    ("Neighbours who hold a key", "community", "outreach"),
    ("Small grants for streets", "community", "governance"),
    ("Adopt a square", "community", "place_making"),
    ("App for broken lamps", "community", "technology"),
    ("Council of the block", "community", "governance"),
    ("Damage made good", "justice", "behaviour_change"),
    ("A meeting after the damage", "justice", "governance"),
)
#: Name, problem, kind of prevention, dimension.
PRACTICES = (
    ("Racks that hold wheel and frame", "theft", "situational", "place_making"),
    ("Register of frame numbers", "theft", "situational", "technology"),
    ("Watched bicycle park", "theft", "community", "governance"),
    ("Posters with eyes", "theft", "situational", "place_making"),
    ("Locks lent at the library", "theft", "social", "behaviour_change"),
    ("Market rule for second-hand bicycles", "theft", "situational", "governance"),
    ("Trackers in bait bicycles", "theft", "justice", "technology"),
    ("Repair workshop for young people", "theft", "social", "outreach"),
    ("Target hardening for homes hit once", "burglary", "situational", "place_making"),
    ("Cocoon of neighbours", "burglary", "community", "outreach"),
    ("Marked property", "burglary", "situational", "technology"),
    ("Gates behind terraces", "burglary", "situational", "place_making"),
    ("Repairs within a week", "lighting", "situational", "governance"),
    ("Lamps that residents place", "lighting", "community", "place_making"),
    ("Dimming with sensors", "lighting", "situational", "technology"),
    ("Square with a keeper", "public_space", "community", "place_making"),
    ("Grants for residents' groups", "public_space", "community", "governance"),
    ("Closed to cars on Sundays", "public_space", "community", "outreach"),
    ("Crossing with a raised table", "traffic", "situational", "place_making"),
    ("Walking bus", "traffic", "social", "behaviour_change"),
    ("Stops on demand at night", "transport", "situational", "governance"),
    ("Stop ambassadors", "transport", "social", "outreach"),
    ("Mentor and a first wage", "youth_opportunities", "social", "outreach"),
    ("Courses that fear should teach", "youth_opportunities", "justice", "behaviour_change"),
    ("Evening league", "youth_opportunities", "social", "outreach"),
    ("Meeting and making good", "disorder", "justice", "governance"),
)  # fmt: skip
#: Name, topic, problem, cause, protective factor, mechanism, lever, prevention, dimension, indicator, department.
MEASURES = (
    ("Racks at every stop", "theft", "Bicycles go missing at the stops", "Nothing to lock them to", "Kiosks that stay open", "More effort to take one", "planning", "situational", "place_making", "public_transport_access", "Urban Planning"),
    ("Second-hand bicycles by the book", "theft", "Stolen bicycles are sold at once", "Nobody asks for a number", "Dealers who want a good name", "No easy buyer", "law", "situational", "governance", "property_crime_rate", "Trade Office"),
    ("Purses in the market", "theft", "Purses are taken in the market", "Narrow aisles", "Traders watch over each other", "Less crowding", "partnership", "situational", "governance", "personal_theft_prevalence", "Trade Office"),
    ("Doors after the first time", "burglary", "The same homes are broken into again", "A door that stays weak", "Neighbours who look", "More effort at the second try", "service", "situational", "place_making", "repeat_burglary_share", "Housing"),
    ("Lamps within a week", "lighting", "Lamps stay dark for months", "Crews begin in the centre", "An app that counts", "A rota by need", "service", "situational", "governance", "street_lighting", "Public Works"),
    ("Light where people walk", "lighting", "Paths to the bus are dark", "Lamps follow cars", "Shops on the way", "Being seen and seeing", "planning", "situational", "place_making", "feels_safe_after_dark", "Public Works"),
    ("A keeper for each square", "public_space", "Squares are empty after six", "Nobody answers for them", "Groups that use them by day", "Somebody to turn to", "finance", "community", "place_making", "open_public_space", "Parks"),
    ("Money in residents' hands", "public_space", "Small repairs wait for years", "Forms are long", "Groups that exist", "Those who know decide", "finance", "community", "governance", "inclusive_decisions_belief", "Finance"),
    ("A seat for those who are missing", "other", "Persons with disabilities had no part", "Nobody invited them", "Clubs that exist", "Seats and interpreters", "partnership", "community", "governance", "seat_share_ratio", "Office of the Mayor"),
    ("School streets", "traffic", "Children are hurt on the way to school", "Cars stop at the gate", "Parents who walk", "No cars for half an hour", "law", "situational", "place_making", "road_death_rate", "Urban Planning"),
    ("Walking bus", "traffic", "Few children walk", "Parents go alone", "Grandparents with time", "Adults at their side", "service", "social", "behaviour_change", "avoidance", "Education"),
    ("First job and a mentor", "youth_opportunities", "Many young adults look for a first job", "Few contacts", "Small firms that would hire", "A wage and a person", "finance", "social", "outreach", "neet", "Social Development"),
    ("Evenings at the library", "youth_opportunities", "Nowhere to go after school", "Doors close at five", "Libraries that are liked", "A place of one's own", "service", "social", "outreach", "service_satisfaction", "Education"),
    ("Papers for the hillside", "housing", "Families fear that they must leave", "No titles", "A federation with a list", "Who is secure invests", "law", "social", "governance", "secure_tenure", "Housing"),
    ("Talk before court", "disorder", "Quarrels between neighbours last for years", "Courts are far", "Parishes and radio", "Somebody who listens to both", "partnership", "community", "governance", "dispute_resolution_access", "Social Development"),
    ("Night bus on demand", "transport", "No bus after ten", "Lines made for office hours", "Drivers who know the riders", "No waiting in the dark", "service", "situational", "governance", "public_transport_access", "Transport"),
)  # fmt: skip
MEASURE_COLUMNS = ["name", "topic", "problem", "cause", "protective_factor", "mechanism", "lever", "prevention", "dimension", "indicator_id", "department"]  # fmt: skip
#: Objective, indicator, unit, from where to where. The last two are measured by figures that no catalogue knows.
AIMS = (
    ("Lamps work", "street_lighting", "% of lamps", 70, 95),
    ("People feel safe after dark", "feels_safe_after_dark", "% of adults", 45, 62),
    ("Homes are not broken into twice", "repeat_burglary_share", "% of burglaries", 16, 8),
    ("Fewer purses are taken", "personal_theft_prevalence", "% of adults", 9, 6),
    ("Less theft of property", "property_crime_rate", "per 100,000 residents", 1400, 1100),
    ("The bus is near", "public_transport_access", "% of residents", 58, 80),
    ("Young adults find work", "neet", "% of young adults", 24, 16),
    ("Children arrive", "road_death_rate", "per 100,000 residents", 9, 5),
    ("People have a say", "inclusive_decisions_belief", "% of adults", 35, 50),
    ("Families can stay", "secure_tenure", "% of adults", 40, 70),
    ("Quarrels find an end", "dispute_resolution_access", "% of those with a quarrel", 30, 60),
    ("People trust offices", "trust_in_town_hall", "% of adults", 38, 50),
    ("Squares are full", "people_in_squares", "people at six", 120, 240),
)  # fmt: skip
OWNERS = ("Office of the Mayor", "Public Works", "Housing", "Education", "Social Development")  # fmt: skip
HARMS = ("Traders without a stall lose their place", "Rents rise and tenants must leave", "Late workers lose income", "Only those with a telephone are heard", "The lanes behind grow darker", "Neighbours complain about noise")  # fmt: skip
#: National goal, indicators, topics.
GOALS = (
    ("Less theft in every town", ("personal_theft_prevalence", "property_crime_rate"), ("theft", "burglary")),
    ("Homes that are safe to keep", ("secure_tenure", "repeat_burglary_share"), ("housing", "burglary")),
    ("Light for all", ("street_lighting", "feels_safe_after_dark"), ("lighting",)),
    ("Work for the young", ("neet",), ("youth_opportunities",)),
    ("Everybody has a say", ("inclusive_decisions_belief", "seat_share_ratio"), ("other", "public_space")),
    ("Children walk to school", ("road_death_rate",), ("traffic",)),
    ("A bus within reach", ("public_transport_access", "feels_safe_after_dark"), ("transport",)),
    ("Free time well spent", ("open_public_space",), ("public_space", "youth_opportunities")),
    ("Courts with short lists", ("unsentenced_detainees",), ("disorder",)),
)  # fmt: skip
#: Figure, unit, typical value, how much it varies on the logarithm, whether a survey gives it with an interval.
FIGURES = (
    ("residents", "persons", 240_000, 0.9, False),
    ("density", "per km2", 3800, 0.5, False),
    ("under_25", "%", 36, 0.18, False),
    ("homes_with_bicycle", "% of homes", 42, 0.35, True),
    ("informal_homes", "% of homes", 14, 0.6, False),
    ("near_a_stop", "% of residents", 60, 0.2, False),
    ("looking_for_work", "% of adults", 11, 0.35, True),
    ("money_for_safety", "a head and year", 38, 0.45, False),
)
STOLEN, DAMAGED = "05022", "0504"


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 10])
    measures = _measures(rng)
    targets, monitoring = _targets(measures, rng)
    return {
        "programmes": _programmes(rng),
        "practices": _practices(rng),
        "profiles": _profiles(rng),
        "records": _records(rng),
        "measures": measures,
        "targets": targets,
        "monitoring": monitoring,
        "harms": _harms(measures, rng),
        "goals": _goals(measures, rng),
        "yearly": _yearly(rng),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether these data show what the module teaches: each trap changes an answer."""
    return bool(
        _evidence_holds(tables)
        and _plan_holds(tables)
        and _others_hold(tables)
        and _problem_holds(tables["records"])
        and _future_holds(tables["yearly"])
    )


def _evidence_holds(tables: dict[str, pd.DataFrame]) -> bool:
    found = stocktake(tables["programmes"])
    sure = (found["level"] >= 3) & (found["result"] != "unknown")
    gaps = evidence_gaps(tables["programmes"], tables["practices"])
    keyed = gaps.rename(columns={"topic": "dimension"})
    planned = tables["measures"].merge(keyed, on=["dimension", "prevention"])
    verdicts = {"not evaluated", "says so, cannot show it", "no result given"}
    ended = tables["programmes"]["ended_on"].notna()
    return (
        verdicts <= set(found["verdict"])
        and sure.any()
        and ((found["level"] == 2) & (found["result"] != "unknown")).any()
        and ((found["level"] == 1) & (found["result"] != "unknown")).any()
        and ((found["level"] >= 3) & (found["result"] == "unknown")).any()
        and len(planned) == len(tables["measures"])
        and "tried, not known" in set(planned["state"])
        and set(planned["state"]) & {"known here", "known elsewhere"}
        and ended.any()
        and (~ended).any()
    )


def _plan_holds(tables: dict[str, pd.DataFrame]) -> bool:
    measures, targets = tables["measures"], tables["targets"]
    way = theory(measures, targets)
    breaks = {word for words in way.steps["breaks"] for word in words}
    aimed = way.steps[way.steps["target_id"] != ""]
    whole = (way.steps["breaks"].map(len) == 0).sum()
    frame = logframe(measures, targets)
    lacking = frame["missing"].map(len) > 0
    outcome, output = frame["level"] == "outcome", frame["level"] == "output"
    mix = audit(measures, tables["programmes"])
    kinds = mix.kinds[mix.kinds["family"] == "prevention"]
    screened = screen(measures, tables["harms"])
    may_go = measures[measures["measure_id"].isin(screened.cleared)]
    links = alignment(tables["goals"], may_go).links
    strong = links[links["by"] != "topic"]
    held = alignment(tables["goals"], measures).links
    held = set(held["measure_id"][held["by"] != "topic"])
    weak = set(links["measure_id"]) - set(strong["measure_id"])
    return (
        (measures["status"] == "stopped").any()
        and {"no target", "no indicator"} <= breaks
        and ("no target",) in set(way.steps["breaks"])
        and (aimed["breaks"].map(len) > 0).any()
        and whole >= 2
        and 2 <= len(way.aims_without_measure) <= 6
        and (outcome & ~lacking).sum() >= 3
        and (outcome & lacking & frame["baseline"].isna()).any()
        and (output & lacking).any()
        and (output & ~lacking).any()
        and (kinds["measures"] > 0).all()
        and 3 <= len(screened.cleared) <= len(measures) - 3
        and len(screened.held_back) > (measures["rights_screened"] != "yes").sum()
        and strong["measure_id"].duplicated().any()
        and weak
        and held > set(strong["measure_id"])
    )


def _others_hold(tables: dict[str, pd.DataFrame]) -> bool:
    found = likeness(OWN, tables["profiles"])
    on_theft = tables["practices"][tables["practices"]["problem"] == "theft"]
    first = matched(on_theft, found)
    nearest = first.sort_values(["distance", "practice_id"])
    level = pd.to_numeric(first["sms_level"])
    return (
        found.cities["distance"].notna().all()
        and found.cities["shared"].min() >= 4
        and {"definition", "years apart"} <= set(found.left_out["why"])
        and (found.cities["distance"] <= 1).any()
        and (found.cities["distance"] > 1).any()
        and (level >= 3).sum() >= 2
        and list(first["practice_id"][:3]) != list(nearest["practice_id"][:3])
    )


def _problem_holds(records: pd.DataFrame) -> bool:
    sheet = worksheet(records, STOLEN)
    facts = sheet.facts.set_index("fact")
    return {"night", "place with another one"} <= set(facts.index)


def _future_holds(yearly: pd.DataFrame) -> bool:
    for code, rows in yearly.groupby("driver"):
        found = driver(code, rows, HORIZON)
        if not 1.15 < found.high / found.low < 6:
            return False
    return True


def _programmes(rng: np.random.Generator) -> pd.DataFrame:
    chosen = _some(rng, PROGRAMMES, 14)
    n = len(chosen)
    rest = rng.choice(6, n - 6, p=[0.3, 0.26, 0.24, 0.1, 0.06, 0.04])
    told = rng.choice(["worked", "mixed", "no_effect", "harmed", "unknown"], n - 3, p=[0.42, 0.16, 0.14, 0.08, 0.2])  # fmt: skip
    order = rng.permutation(n)
    # Some programmes tell of a result, and some that were evaluated well tell of none.
    level = np.array([1, 2, 3, 3, 2, 0, *rest])[order]
    result = np.array(["worked", "worked", "mixed", *told])[order]
    result[level.argmax()] = "unknown"
    started = pd.Timestamp("2017-01-01") + pd.to_timedelta(rng.integers(0, 2400, n), "D")  # fmt: skip
    ended = pd.Series(started + pd.to_timedelta(rng.integers(300, 900, n), "D"))
    out = pd.DataFrame(chosen, columns=["name", "prevention", "dimension"])
    out.insert(0, "programme_id", [f"G{k:02d}" for k in range(1, n + 1)])
    return out.assign(
        started_on=started,
        ended_on=ended.where(rng.random(n) < 0.35),
        reached=rng.integers(20, 3000, n),
        spent=rng.integers(1500, 95_000, n) * 10,
        sms_level=level.astype(str),
        result=result,
    )


def _practices(rng: np.random.Generator) -> pd.DataFrame:
    theft = [row for row in PRACTICES if row[1] == "theft"]
    others = [row for row in PRACTICES if row[1] != "theft"]
    chosen = [*_some(rng, theft, 7), *_some(rng, others, 12)]
    chosen = [chosen[k] for k in rng.permutation(len(chosen))]
    n = len(chosen)
    level = rng.choice(6, n, p=[0.26, 0.3, 0.26, 0.1, 0.05, 0.03])
    strong = rng.permutation([k for k in range(n) if chosen[k][1] == "theft"])[:3]
    level[strong] = rng.permutation([3, 4, 5])
    out = pd.DataFrame(chosen, columns=["name", "problem", "prevention", "dimension"])
    out.insert(0, "practice_id", [f"Q{k:02d}" for k in range(1, n + 1)])
    return out.assign(
        city=rng.choice(OTHERS, n),
        sms_level=level.astype(str),
        result=rng.choice(["worked", "mixed", "no_effect", "harmed"], n, p=[0.55, 0.2, 0.18, 0.07]),
    )  # fmt: skip


def _profiles(rng: np.random.Generator) -> pd.DataFrame:
    """Figures of eight cities; some are defined otherwise, too old, or not there."""
    rows = []
    typical = {f[0]: f[2] * np.exp(rng.normal(0, f[3])) for f in FIGURES}
    near = _some(rng, OTHERS, 3)
    for city in (OWN, *OTHERS):
        odd = [] if city == OWN else _some(rng, range(len(FIGURES)), int(rng.integers(1, 4)))  # fmt: skip
        for k, (figure, unit, middle, spread, asked) in enumerate(FIGURES):
            alike = city == OWN or city in near
            value = typical[figure] * np.exp(rng.normal(0, spread / 3)) if alike else middle * np.exp(rng.normal(0, spread))  # fmt: skip
            value = min(value, 95.0) if unit.startswith("%") else value
            value = round(value) if value > 1000 else round(value, 1)
            what = str(rng.choice(["version", "year", "gone"])) if k in odd else ""
            if what == "gone":
                continue
            rows.append(
                {
                    "city": city,
                    "figure": figure,
                    "value": float(value),
                    "lower": round(value * 0.9, 1) if asked else np.nan,
                    "upper": round(value * 1.1, 1) if asked else np.nan,
                    "unit": unit,
                    "version": "2" if what == "version" else "1",
                    "year": 2016 if what == "year" else int(rng.integers(2022, 2026)),
                }
            )
    return pd.DataFrame(rows)


def _records(rng: np.random.Generator) -> pd.DataFrame:
    """Stolen bicycles and damaged property; at night is seldom known to the hour, and some racks are hit again."""
    n, others = int(rng.integers(520, 900)), int(rng.integers(180, 320))
    whole = n + others
    days = rng.integers(0, 365, whole)
    at_night = rng.random(whole) < rng.uniform(0.25, 0.5)
    hour = np.where(at_night, rng.choice([20, 21, 22, 23, 0, 1, 2, 3, 4], whole), rng.integers(5, 20, whole))  # fmt: skip
    known = rng.random(whole) < rng.uniform(0.6, 0.8)
    moment = pd.Timestamp("2025-01-01") + pd.to_timedelta(days, "D")
    moment = moment + pd.to_timedelta(np.where(known, hour * 60 + rng.integers(0, 60, whole), 0), "min")  # fmt: skip
    racks = rng.pareto(1.1, 400) + 0.2
    place = rng.choice(400, whole, p=racks / racks.sum())
    sex = rng.choice(["female", "male", "unknown"], whole, p=[0.42, 0.48, 0.1])
    share = float(rng.choice([0, 0.12]))
    seen = rng.random(whole) < share
    out = pd.DataFrame(
        {
            "offence": [STOLEN] * n + [DAMAGED] * others,
            "offence_label": ["Bicycle stolen"] * n + ["Property damaged"] * others,
            "occurred_from": moment,
            "time_precision": np.where(known, "hour", "day"),
            "area_id": [f"{k:02d}" for k in 1 + place % 12],
            "place_key": [f"R{k:03d}" for k in place],
            "place_type": rng.choice(["street", "public_transport", "school", "home"], whole, p=[0.4, 0.3, 0.14, 0.16]),
            "victim_sex": sex,
            "relation": np.where(seen, "stranger", None),
        }
    )  # fmt: skip
    return out.sort_values("occurred_from", kind="stable", ignore_index=True)


def _measures(rng: np.random.Generator) -> pd.DataFrame:
    """A register in which some chains break, some measures were stopped, and some were never screened."""
    chosen = _some(rng, MEASURES, 13)
    n = len(chosen)
    out = pd.DataFrame(chosen, columns=MEASURE_COLUMNS)
    out.insert(0, "measure_id", [f"M{k:02d}" for k in range(1, n + 1)])
    for column in ("cause", "mechanism", "indicator_id", "department"):
        gone = _some(rng, range(n), int(rng.integers(2, 4)))
        out[column] = out[column].astype(object).mask(out.index.isin(gone), None)
    status = np.array(["planned"] * (n - 5) + ["running"] * 3 + ["stopped"] * 2)
    ends = pd.Timestamp("2027-01-01") + pd.to_timedelta(rng.integers(0, 1300, n), "D")
    cost = rng.integers(900, 90_000, n) * 10.0
    out["cost"] = cost
    out["funded"] = np.round(cost * rng.choice([0, 0.3, 0.6, 1], n), -1)
    out["currency"] = "XTS"
    out["ends_on"] = pd.Series(ends).where(rng.random(n) < 0.88)
    out["rights_screened"] = np.where(rng.random(n) < 0.85, "yes", "no")
    out["status"] = status[rng.permutation(n)]
    return out


def _targets(
    measures: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Aims, most with an indicator of a measure, and how far they are."""
    chosen = _some(rng, AIMS, 9)
    n = len(chosen)
    out = pd.DataFrame(chosen, columns=["objective", "indicator_id", "unit", "baseline", "target"])  # fmt: skip
    out.insert(0, "target_id", [f"X{k:02d}" for k in range(1, n + 1)])
    for column in ("baseline", "target"):
        out[column] = np.round(out[column] * rng.uniform(0.94, 1.06, n), 1)
    way = rng.uniform(-0.15, 0.95, n)
    latest = np.round(out["baseline"] + way * (out["target"] - out["baseline"]), 1)
    delivered = np.round(rng.uniform(35, 100, n), 1)
    out["group"] = "everyone"
    lost = _some(rng, range(n), int(rng.integers(1, 3)))
    out["baseline"] = out["baseline"].mask(out.index.isin(lost))
    due = pd.Timestamp("2027-06-30") + pd.to_timedelta(rng.integers(0, 900, n), "D")
    out["due_on"] = pd.Series(due).where(rng.random(n) < 0.9)
    owner = pd.Series(rng.choice(OWNERS, n)).astype(object)
    out["owner"] = owner.where(rng.random(n) < 0.9, None)
    monitoring = pd.DataFrame({"target_id": out["target_id"], "delivered": delivered, "latest": latest})  # fmt: skip
    return out, monitoring


def _harms(measures: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(6, 10))
    return pd.DataFrame(
        {
            "harm_id": [f"Z{k:02d}" for k in range(1, n + 1)],
            "subject": "measure",
            "subject_id": rng.choice(measures["measure_id"], n),
            "harm": rng.choice(HARMS, n),
            "likelihood": rng.integers(1, 6, n),
            "severity": rng.integers(1, 6, n),
            "mitigation": np.where(rng.random(n) < 0.6, "Look after a month, with those concerned", None),
            "owner": np.where(rng.random(n) < 0.75, rng.choice(OWNERS, n), None),
            "status": rng.choice(["open", "reduced", "closed", "happened"], n, p=[0.6, 0.2, 0.12, 0.08]),
        }
    )  # fmt: skip


def _goals(measures: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    chosen = _some(rng, GOALS, 7)
    named = {indicator for row in chosen for indicator in row[1]}
    joined = measures["measure_id"][measures["indicator_id"].isin(named)]
    # A plan of the country may name a measure that serves another goal already.
    stated = rng.choice(joined if len(joined) else measures["measure_id"], len(chosen))
    says = rng.random(len(chosen)) < 0.6
    return pd.DataFrame(
        {
            "goal_id": [f"N{k}" for k in range(1, len(chosen) + 1)],
            "goal": [row[0] for row in chosen],
            "indicator_ids": [" ".join(row[1]) for row in chosen],
            "topics": [" ".join(row[2]) for row in chosen],
            "measure_ids": np.where(says, stated, ""),
        }
    )


def _yearly(rng: np.random.Generator) -> pd.DataFrame:
    """Two yearly figures, ten years each; of one year each the figure was lost."""
    rows = []
    for name, middle in (("stolen bicycles", 900), ("evening bus trips", 5200)):
        pace = rng.uniform(-0.07, 0.07)
        line = middle * rng.uniform(0.6, 1.6) * np.exp(pace * np.arange(10))
        shaken = rng.gamma(140, 1 / 140, 10)
        n = rng.poisson(line * shaken).astype(float)
        n[rng.integers(2, 8)] = np.nan
        rows += [{"driver": name, "year": 2016 + k, "n": n[k]} for k in range(10)]
    return pd.DataFrame(rows)


def _some(rng: np.random.Generator, things, n: int) -> list:
    """So many of them, in their order."""
    things = list(things)
    kept = np.sort(rng.choice(len(things), min(n, len(things)), replace=False))
    return [things[k] for k in kept]
