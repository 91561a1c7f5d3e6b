"""The data of module 3: who acts for safety in a city of the trainee's own, who takes part, and what it has to build on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.disclosure.suppression import hide
from safelearn.stakeholders.coordination import coordination
from safelearn.stakeholders.inclusion import inclusion, took_part
from safelearn.stakeholders.network import network
from safelearn.stakeholders.position import grid, salience
from safelearn.stakeholders.promises import promises
from safelearn.stakeholders.register import exposed, usable

#: Name, type, level, group, and what raters tend to give for power and interest. Nobody of them exists.
DEPARTMENTS = (
    ("Office of the Mayor", "city_department", "city", "", 4.6, 4.2),
    ("Department of Finance", "city_department", "city", "", 4.6, 1.8),
    ("Safety Observatory", "city_department", "city", "", 2.6, 4.6),
    ("Department of Urban Planning", "city_department", "city", "", 4.3, 3.0),
    ("Department of Public Works", "city_department", "city", "", 4.4, 4.0),
    ("Department of Social Development", "city_department", "city", "", 3.5, 4.6),
    ("Women's Office", "city_department", "city", "women", 2.1, 4.6),
    ("Youth Office", "city_department", "city", "youth", 2.0, 4.7),
    ("Department of Parks", "city_department", "city", "", 3.4, 2.5),
    ("Housing Department", "city_department", "city", "", 3.6, 2.4),
)
PUBLIC = (
    ("National Police, City Command", "police", "national", "", 4.7, 4.1),
    ("Municipal Guard", "police", "city", "", 2.9, 4.2),
    ("Public Prosecutor's Office", "justice", "national", "", 3.7, 3.0),
    ("Regional Health Service", "health", "regional", "", 3.2, 3.5),
    ("Regional Education Authority", "education", "regional", "children", 2.9, 3.4),
    ("District Office, Old Town", "district_office", "district", "", 2.2, 4.0),
    ("District Office, Riverside", "district_office", "district", "", 2.3, 3.6),
)
OTHERS = (
    ("Women's Network of the Harbour", "womens_organisation", "district", "women", 1.7, 4.7),
    ("Circle of Women Traders", "womens_organisation", "district", "women", 1.6, 4.2),
    ("Youth Collective Riverside", "youth_organisation", "district", "youth", 1.5, 4.2),
    ("Scouts and Guides", "youth_organisation", "city", "youth", 1.6, 3.0),
    ("Residents of the Hillside", "residents_association", "district", "informal_residents", 1.8, 4.7),
    ("Neighbours of the Old Town", "residents_association", "district", "everyone", 2.5, 4.6),
    ("Clubs of Older Residents", "older_persons_organisation", "city", "older_persons", 1.6, 4.0),
    ("Alliance for an Open City", "disability_organisation", "city", "persons_with_disabilities", 1.4, 3.6),
    ("Association of Market Traders", "informal_traders", "district", "informal_traders", 2.2, 3.6),
    ("Foundation Bridge", "ngo", "city", "everyone", 2.4, 4.7),
    ("Parish Network", "faith", "city", "everyone", 1.9, 3.2),
    ("Chamber of Commerce", "business", "city", "", 3.9, 2.9),
    ("Hotels and Restaurants", "business", "city", "", 3.3, 3.6),
    ("Institute of Urban Studies", "academia", "city", "", 1.5, 3.6),
    ("College of Architects", "professional_association", "city", "", 2.1, 2.9),
    ("Community Radio", "media", "district", "", 1.5, 3.3),
    ("Harbour Daily", "media", "city", "", 3.2, 1.8),
)  # fmt: skip
#: To be known to belong to those for whom these speak can be dangerous.
EXPOSED = (
    ("Legal Clinic Open House", "ngo", "city", "migrants", 1.3, 4.0),
    ("Refugees' Committee", "migrant_organisation", "city", "refugees", 1.2, 4.4),
    ("Recovery Circle", "ngo", "district", "persons_with_addictions", 1.2, 3.8),
)
#: Who may stand between the city's offices and everybody else.
BRIDGES = ("Foundation Bridge", "Parish Network", "Neighbours of the Old Town")
RATERS = 5
ACTIVITIES = (
    ("A01", "Opening assembly", "assembly", "diagnosis"),
    ("A02", "Walks by day", "safety_walk", "diagnosis"),
    ("A03", "Walks after dark", "safety_walk", "diagnosis"),
    ("A04", "Talks in small groups", "focus_group", "diagnosis"),
    ("A05", "Safety committee, spring", "committee", "design"),
    ("A06", "Design day for the square", "codesign", "design"),
    ("A07", "Hearing on the bus stops", "hearing", "design"),
    ("A08", "Workshop on the map", "workshop", "design"),
    ("A09", "Meetings of the repair rota", "assembly", "implementation"),
    ("A10", "Safety committee, autumn", "committee", "implementation"),
    ("A11", "Feedback on the findings", "feedback_round", "evaluation"),
)
LEVELS = ("none", "inform", "consult", "involve", "collaborate", "empower")
AGES = ("15-24", "25-59", "60 and over")


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 3])
    people = _chosen(rng)
    participation, shares = _participation(rng)
    tables = {
        "register": _register(people, rng),
        "scores": _scores(people, rng),
        "ties": _ties(people, rng),
        "participation": participation,
        "shares": shares,
        "decisions": _decisions(participation, rng),
        "cards": _cards(rng),
    }
    return tables | _assets(rng)


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether these data show what the module teaches: each trap changes an answer."""
    return (
        _places_hold(tables)
        and _groups_hold(tables)
        and _cards_hold(tables["cards"])
        and _ties_hold(tables)
    )


def _places_hold(tables: dict[str, pd.DataFrame]) -> bool:
    register, scores = tables["register"], tables["scores"]
    rows = grid(_spans(scores))
    together = rows.actors["field"] == "work_closely"
    sure = rows.actors["sure"]
    means = scores.groupby("stakeholder_id")[["power", "interest"]].mean()
    by_mean = set(means.index[(means > 3).all(axis=1)])
    certain = set(rows.actors.loc[together & sure, "stakeholder_id"])
    kinds = salience(usable(register))
    filled = register.fillna(dict.fromkeys(("has_power", "has_legitimacy", "has_urgency"), "no"))  # fmt: skip
    presumed = salience(usable(filled).loc[~exposed(filled)])
    allies, presumed_allies = (
        set(k.loc[k["salience"] == "legitimacy_and_urgency", "stakeholder_id"])
        for k in (kinds, presumed)
    )
    return bool(
        (together & sure).any()
        and 3 <= rows.unsure <= len(rows.actors) - 3
        and by_mean != certain
        and allies
        and allies != presumed_allies
        and (kinds["salience"] == "all_three").any()
    )


def _groups_hold(tables: dict[str, pd.DataFrame]) -> bool:
    record = took_part(tables["participation"])
    found = inclusion(record, tables["shares"]).set_index("group")["found"]
    promised = promises(tables["participation"], tables["decisions"])
    kept = promised.groups["share"]
    return bool(
        (found == "fewer").any()
        and (found == "perhaps_fewer").any()
        and (found == "no_record").any()
        and promised.unsupported >= 4
        and kept.between(0.05, 0.95).any()
    )


def _cards_hold(cards: pd.DataFrame) -> bool:
    said = cards["born_elsewhere"]
    counts = _crossed(cards)
    hidden = hide(counts, 10).cells
    small = (counts > 0) & (counts < 10)
    return bool(
        (said == "not said").sum() >= 8
        and (counts > 0).all()
        and (said == "yes").sum() != (cards["guessed"] == "yes").sum()
        and 2 <= small.sum() < hidden.sum() < 8
        and ((counts >= 5) & (counts < 10)).any()
        and not np.array_equal(hidden, hide(counts, 5).cells)
    )


def _ties_hold(tables: dict[str, pd.DataFrame]) -> bool:
    register, ties = tables["register"], tables["ties"]
    named = register[~exposed(register)]
    talk = coordination(named, ties)
    found = network(named, ties)
    actors = found.actors
    middle = actors.loc[actors["between"].idxmax()]
    return bool(
        found.brokers[:1] == (middle["stakeholder_id"],)
        and 0.4 <= middle["first"] <= 0.97
        and middle["partners"] < actors["partners"].max()
        and len(found.alone) >= 1
        and 0 < len(talk.apart) < len(talk.departments)
        and ((actors["gets"] > 0) & (actors["gives"] == 0)).sum() >= 1
    )


def _spans(scores: pd.DataFrame) -> pd.DataFrame:
    """Middle, lowest and highest score of each organisation, as the grid wants them."""
    by = scores.groupby("stakeholder_id")
    out = by[["power", "interest"]].median()
    for axis in ("power", "interest"):
        out[f"{axis}_lowest"], out[f"{axis}_highest"] = by[axis].min(), by[axis].max()
    return out.reset_index()


def _crossed(cards: pd.DataFrame) -> np.ndarray:
    table = cards.groupby(["age", "disability"]).size().unstack()
    return table.reindex(index=list(AGES)).fillna(0).to_numpy(dtype=int)


def _chosen(rng: np.random.Generator) -> pd.DataFrame:
    """Which organisations this city has, under codes in an order of its own."""
    departments = [*DEPARTMENTS[:3], *_some(rng, DEPARTMENTS[3:], 5)]
    public = [*PUBLIC[:2], *_some(rng, PUBLIC[2:], 3)]
    bridges = [row for row in OTHERS if row[0] in BRIDGES]
    others = [row for row in OTHERS if row[0] not in BRIDGES]
    rest = _some(rng, others, int(rng.integers(8, 11)))
    exposed_ = _some(rng, EXPOSED, int(rng.integers(1, 3)))
    rows = [*departments, *public, *bridges, *rest, *exposed_]
    codes = [f"S{k:02d}" for k in rng.permutation(len(rows)) + 1]
    names = ["name", "type", "level", "group", "power", "interest"]
    out = pd.DataFrame(rows, columns=names)
    return out.assign(stakeholder_id=codes).sort_values("stakeholder_id", ignore_index=True)  # fmt: skip


def _register(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    out = people[["stakeholder_id", "name", "type", "level", "group"]].copy()
    out["group"] = out["group"].where(out["group"] != "", pd.NA)
    chances = {
        "has_power": ((people["power"] - 1) / 4).clip(0.08, 0.92),
        "has_legitimacy": pd.Series(0.85, index=people.index),
        "has_urgency": ((people["interest"] - 2.6) / 2.4).clip(0.1, 0.9),
    }
    for column, chance in chances.items():
        drawn = rng.random(len(people)) < chance
        out[column] = np.where(drawn, "yes", "no")
    unknown = rng.choice(len(people), 7, replace=False)
    columns = rng.choice(list(chances), 7)
    out[list(chances)] = out[list(chances)].astype(object)
    for row, column in zip(unknown, columns, strict=True):
        out.loc[row, column] = None
    # One that would be taken for somebody who needs an ally, if "nobody asked" were read as "no".
    pressed = (out["has_legitimacy"] == "yes") & (out["has_urgency"] == "yes")
    out.loc[int(rng.choice(out.index[pressed & ~exposed(out)])), "has_power"] = None
    out["may_be_listed"] = np.where(exposed(out), "no", "not_needed")
    out["assessed_on"] = "2025-10-14"
    out["source"] = "Rating workshop of the safety committee"
    return out.astype(dict.fromkeys(("stakeholder_id", "name", "type", "level"), "str"))


def _scores(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What each of five raters thought of each organisation; of some they think alike, of others not at all."""
    rated = people[~exposed(people)]
    rows = []
    for row in rated.to_dict("records"):
        apart = rng.choice([0.2, 0.55, 1.1], p=[0.5, 0.3, 0.2])
        for rater in range(1, RATERS + 1):
            drawn = {
                axis: int(np.clip(round(rng.normal(row[axis], apart)), 1, 5))
                for axis in ("power", "interest")
            }
            rows.append({"stakeholder_id": row["stakeholder_id"], "rater": f"R{rater}"} | drawn)  # fmt: skip
    return pd.DataFrame(rows)


def _ties(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Orders and money from above, talk here and there, one bridge, one office that nobody mentions."""
    of = dict(zip(people["name"], people["stakeholder_id"], strict=True))
    mayor, finance, watch = (of[row[0]] for row in DEPARTMENTS[:3])
    police, guard = (of[row[0]] for row in PUBLIC[:2])
    people = people[~exposed(people)]
    is_type = people["type"]
    offices = [c for c in people.loc[is_type == "city_department", "stakeholder_id"] if c not in (mayor, finance)]  # fmt: skip
    alone = str(rng.choice([c for c in offices if c != watch]))
    offices = [c for c in offices if c != alone]
    public = list(people.loc[people["name"].isin([r[0] for r in PUBLIC]), "stakeholder_id"])  # fmt: skip
    bridge = of[str(rng.choice(BRIDGES))]
    known = [*people.loc[is_type == "city_department", "stakeholder_id"], *public]
    community = [c for c in people["stakeholder_id"] if c not in known and c != bridge]
    rows: list[tuple[str, str, str]] = []
    rows += [(mayor, c, "command") for c in [*offices, finance, guard]]
    rows += [(finance, c, "money") for c in offices if rng.random() < 0.8]
    rows += [(c, mayor, "information") for c in public if rng.random() < 0.6]
    rows += [(c, watch, "information") for c in [police, *public[2:]] if rng.random() < 0.6]  # fmt: skip
    rows += [(watch, mayor, "information")]
    pairs = [(a, b) for i, a in enumerate(offices) for b in offices[i + 1 :]]
    for k in rng.choice(len(pairs), int(rng.integers(3, 6)), replace=False):
        rows.append((*_turned(rng, pairs[k]), str(rng.choice(["cooperation", "information", "referral"]))))  # fmt: skip
    rows += [(*_turned(rng, (a, b)), "cooperation") for a, b in _sample_pairs(rng, public, 3)]  # fmt: skip
    rows += [(str(c), a, "information") for c, a in zip(_some(rng, public, 2), _some(rng, offices, 2), strict=True)]  # fmt: skip
    # The bridge deals with two offices and with many of the others, who deal with one or two of each other.
    for c in _some(rng, offices, 2):
        rows += [(c, bridge, "cooperation"), (bridge, c, "information")]
    for c in _some(rng, community, 5):
        rows.append((*_turned(rng, (bridge, c)), str(rng.choice(["cooperation", "information", "referral"]))))  # fmt: skip
    for c in community:
        for d in _some(rng, [x for x in community if x != c], int(rng.integers(1, 3))):
            rows.append((c, d, str(rng.choice(["information", "cooperation", "referral"]))))  # fmt: skip
    for c, d in zip(_some(rng, community, 3), _some(rng, [mayor, watch, *public], 3), strict=True):  # fmt: skip
        rows.append((c, d, "information"))
    for c, d in zip(_some(rng, community, 3), _some(rng, [police, guard, *offices], 3), strict=True):  # fmt: skip
        rows.append((*_turned(rng, (c, d)), "conflict"))
    out = pd.DataFrame(rows, columns=["from_id", "to_id", "tie"]).drop_duplicates()
    day = pd.Timestamp("2025-09-01") + pd.to_timedelta(rng.integers(0, 60, len(out)), "D")  # fmt: skip
    out["formal"] = np.where(rng.random(len(out)) < 0.4, "yes", "no")
    out["observed_on"] = day.strftime("%Y-%m-%d")
    out["source"] = "Interviews for the map of ties"
    return out.sample(frac=1, random_state=int(rng.integers(1, 2**31))).reset_index(drop=True)  # fmt: skip


def _participation(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who came to what, and how large each group is in the city."""
    women = rng.uniform(0.50, 0.53)
    known = {
        "women": women,
        "men": 1 - women,
        "children": rng.uniform(0.17, 0.25),
        "youth": rng.uniform(0.13, 0.19),
        "older_persons": rng.uniform(0.11, 0.17),
        "persons_with_disabilities": rng.uniform(0.05, 0.09),
        "indigenous_peoples": rng.uniform(0.03, 0.08),
        "migrants": np.nan,
        "refugees": np.nan,
        "informal_residents": rng.uniform(0.08, 0.22),
    }
    absent = {"refugees", *_some(rng, ["children", "persons_with_disabilities", "indigenous_peoples"], 2)}  # fmt: skip
    few, perhaps = _some(rng, ["youth", "older_persons", "informal_residents", *({"children", "persons_with_disabilities", "indigenous_peoples"} - absent)], 2)  # fmt: skip
    rows = []
    for code, name, kind, phase in ACTIVITIES:
        everyone = int(rng.integers(40, 110))
        seats = kind == "committee"
        if seats:
            everyone = 14
        here = int(rng.binomial(everyone, women * rng.uniform(0.75, 1.0)))
        came = {"women": here, "men": everyone - here}
        for group, share in known.items():
            if group in came or group in absent:
                continue
            factor = {few: 0.35, perhaps: 0.64}.get(group, 1.1)
            factor *= (
                rng.uniform(0.2, 1.8) if group == perhaps else rng.uniform(0.6, 1.4)
            )
            part = 0.03 if np.isnan(share) else share
            came[group] = int(rng.binomial(everyone, min(part * factor, 0.9)))
        for group, n in came.items():
            rows.append(
                _row(rng, (code, name, kind, phase), group, n, n if seats else None)
            )
    table = pd.DataFrame(rows).astype({"seats": "Int64", "participants": "Int64"})
    listed = pd.DataFrame({"group": list(known), "share": list(known.values())})
    return table, listed.round({"share": 4})


def _row(rng, activity, group: str, n: int, seats: int | None) -> dict[str, object]:
    code, name, kind, phase = activity
    promised = int(rng.integers(2, 5))
    actual = max(1, promised - int(rng.binomial(2, 0.42)))
    proposals = int(rng.binomial(n, 0.15))
    return {
        "activity_id": code,
        "activity": name,
        "kind": kind,
        "phase": phase,
        "group": group,
        "participants": n,
        "seats": seats,
        "promised_level": LEVELS[promised],
        "actual_level": LEVELS[actual],
        "proposals": proposals,
        "proposals_taken_up": int(rng.binomial(proposals, 0.15)),
    }


def _decisions(participation: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Decisions that say which group shaped them."""
    codes = participation["activity_id"].unique()
    groups = [*participation["group"].unique(), "everyone"]
    asked = ("Where lamps come first", "Which stops move", "Hours of the fields", "What the square needs", "Who repairs within a week", "Where to walk")  # fmt: skip
    return pd.DataFrame(
        {
            "decision_id": [f"K{k + 1:02d}" for k in range(len(asked))],
            "question": asked,
            "activity_id": rng.choice(codes, len(asked)),
            "group_involved": rng.choice(groups, len(asked)),
            "influence": rng.choice(
                ["inform", "consult", "involve", "collaborate"], len(asked)
            ),
        }
    )


def _cards(rng: np.random.Generator) -> pd.DataFrame:
    """One card for each person of two evenings: what they said of themselves, and what somebody at the door guessed."""
    n = int(rng.integers(230, 420))
    born = rng.random(n) < rng.uniform(0.10, 0.25)
    guess = np.where(born, rng.random(n) < 0.6, rng.random(n) < 0.14)
    silent = rng.random(n) < np.where(born, 0.22, 0.07)
    age = rng.choice(AGES, n, p=rng.dirichlet([25, 45, 30]))
    disabled = rng.random(n) < np.where(age == AGES[2], 0.24, 0.1)
    quiet = rng.random(n) < 0.1
    return pd.DataFrame(
        {
            "card": np.arange(1, n + 1),
            "evening": rng.choice(["Opening assembly", "Hearing on the bus stops"], n),
            "age": age,
            "disability": np.where(quiet, "not said", np.where(disabled, "yes", "no")),
            "born_elsewhere": np.where(silent, "not said", np.where(born, "yes", "no")),
            "guessed": np.where(guess, "yes", "no"),
        }
    )


def _assets(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """What walkers and offices wrote down in six neighbourhoods."""
    names = _some(rng, ["Los Pinos", "Mirador", "Santa Rosa", "El Molino", "La Quinta", "Las Gradas", "Puente Alto", "El Faro"], 6)  # fmt: skip
    areas = pd.DataFrame({"area_id": [f"{k:02d}" for k in range(1, 7)], "area_name": names})  # fmt: skip
    kinds = (
        ("school", "School", "children"),
        ("community_centre", "Community hall", "everyone"),
        ("youth_centre", "Youth house", "youth"),
        ("library", "Library", "everyone"),
        ("sports", "Sports court", "youth"),
        ("market", "Market", "everyone"),
        ("association", "Residents' association", "everyone"),
        ("informal_group", "Street committee", "everyone"),
        ("women_centre", "Women's house", "women"),
    )
    rows = []
    for area_id, area in areas.itertuples(index=False):
        for type_, name, group in _some(rng, kinds, int(rng.integers(3, 7))):
            open_for = int(rng.integers(20, 60))
            consent = "not_needed"
            if type_ == "informal_group":
                consent = str(rng.choice(["yes", "no"]))
            rows.append((type_, f"{name}, {area}", area_id, group, open_for, int(rng.integers(5, open_for)), str(rng.choice(["yes", "no"])), str(rng.choice(["yes", "partly", "no"])), consent))  # fmt: skip
    columns = ["type", "name", "area_id", "group", "hours_available", "hours_used", "open_after_dark", "accessible", "consent"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table.insert(0, "asset_id", [f"C{k + 1:02d}" for k in range(len(table))])
    return {"areas": areas, "assets": table}


def _some(rng: np.random.Generator, things, n: int) -> list:
    """So many of them, in their order."""
    things = sorted(things) if isinstance(things, set) else list(things)
    kept = np.sort(rng.choice(len(things), n, replace=False))
    return [things[k] for k in kept]


def _sample_pairs(rng: np.random.Generator, things: list, n: int) -> list[tuple]:
    pairs = [(a, b) for i, a in enumerate(things) for b in things[i + 1 :]]
    return _some(rng, pairs, min(n, len(pairs)))


def _turned(rng: np.random.Generator, pair: tuple) -> tuple:
    return pair if rng.random() < 0.5 else (pair[1], pair[0])
