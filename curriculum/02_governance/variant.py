"""The data of module 2: who must do what in a city of the trainee's own, with which law, which money and which people."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from safelearn.guidelines.clauses import clauses
from safelearn.guidelines.competencies import competencies
from safelearn.strategy.governance import scorecard
from safelearn.strategy.review_calendar import by_laws, calendar
from safelearn.strategy.roles import by_level, raci, unfunded
from safelearn.strategy.screening import screen, without_measure
from safelearn.strategy.self_assessment import assess, score
from safelearn.strategy.skills import team

#: The day on which the assignment asks.
TODAY = date(2026, 2, 1)
#: Name, type, level. Nobody of them exists.
OFFICES = (
    ("Office of the Mayor", "city_department", "city"),
    ("Department of Finance", "city_department", "city"),
    ("Safety Observatory", "city_department", "city"),
    ("Department of Urban Planning", "city_department", "city"),
    ("Department of Public Works", "city_department", "city"),
    ("Department of Social Development", "city_department", "city"),
    ("Youth Office", "city_department", "city"),
    ("Department of Parks", "city_department", "city"),
    ("Housing Department", "city_department", "city"),
    ("National Police, City Command", "police", "national"),
    ("Justices of the Peace", "justice", "national"),
    ("Ministry of Transport", "national_government", "national"),
    ("Regional Education Authority", "education", "regional"),
    ("Regional Health Service", "health", "regional"),
    ("Fire and Rescue Service", "emergency_services", "regional"),
    ("District Office, Old Town", "district_office", "district"),
    ("District Office, Riverside", "district_office", "district"),
    ("Bus Operators' Consortium", "transport_operator", "city"),
    ("Foundation Bridge", "ngo", "city"),
    ("Residents of the Hillside", "residents_association", "district"),
)
TASKS = (
    "Lead the city's safety strategy",
    "Light streets and keep the lamps working",
    "Look after squares and parks",
    "Answer emergency calls",
    "Keep children at school",
    "Settle disputes between neighbours",
    "Make bus stops and buses safe",
    "Collect, check and publish safety data",
    "Upgrade informal settlements",
    "Keep school yards open after hours",
    "Repair stairs and footpaths",
    "Give street traders a place",
    "Teach children to cross the street",
    "Answer complaints about offices",
    "Help people who sleep outside",
    "Run the youth centres",
    "Agree on closing times",
    "Clear waste from lanes",
    "Make crossings and pavements step-free",
    "Tell residents what is done with their reports",
)
LAWS = ("Municipal by-law 12 of 2020", "Public works regulation", "Education law", "Land use plan", "Agreement of 2022", "Police law", "Concession contract")  # fmt: skip
MEASURES = ("Lamps on the way to the bus", "Lockers in the market", "Evenings for girls", "Papers for the hillside", "Mediators in every district", "Rules for cameras", "Repairs within a week", "Survey every year", "A seat for those who are missing", "Work and a mentor", "School yards after hours", "Step-free crossings")  # fmt: skip
HARMS = ("Traders without a stall lose their place", "Rents rise and tenants must leave", "Late workers lose income", "Pictures are kept for too long", "The lanes behind grow darker", "Only those with a telephone are heard", "Neighbours complain about noise")  # fmt: skip
POSTS = (
    ("Coordinator of the strategy", "coordinator", "human"),
    ("Urban planner", "planner", "territorial"),
    ("Analyst of the observatory", "police_analyst", "technological"),
    ("Crime analyst", "police_analyst", "technological"),
    ("Social worker", "social_development", "human"),
    ("Youth worker", "social_development", "human"),
    ("Budget officer", "finance", "human"),
    ("Surveyor", "planner", "territorial"),
    ("Mediator", "justice_actor", "human"),
    ("Landscape architect", "planner", "territorial"),
)
NEEDED = {"coordinator": 3, "planner": 2, "police_analyst": 2, "social_development": 2, "finance": 1, "justice_actor": 2}  # fmt: skip


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 2])
    offices = _offices(rng)
    mandates, law = _mandates(offices, rng)
    measures, harms = _measures(offices, rng)
    reviews = _reviews(rng)
    return {
        "offices": offices,
        "mandates": mandates,
        "law": law,
        "skills": _skills(rng),
        "measures": measures,
        "harms": harms,
        "reviews": reviews,
        "decisions": _decisions(rng),
        "feedback": _feedback(rng),
        "technology": _technology(rng),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether these data show what the module teaches: each trap changes an answer."""
    return (
        _roles_hold(tables["mandates"], tables["law"])
        and _money_holds(tables["mandates"])
        and _team_holds(tables["skills"])
        and _screen_holds(tables)
        and _days_hold(tables)
    )


def _roles_hold(mandates: pd.DataFrame, law: pd.DataFrame) -> bool:
    found = raci(mandates)
    doubled = mandates.duplicated(["task_id", "stakeholder_id", "part"]) & mandates["part"].isin(["accountable", "responsible"])  # fmt: skip
    return bool(
        (found["accountable"] == 0).any()
        and (found["accountable"] > 1).any()
        and (found["responsible"] == 0).any()
        and (found["consulted"] > 0).any()
        and doubled.any()
        and 2 <= len(set(law["task_id"]) - set(found["task_id"])) <= 4
    )


def _money_holds(mandates: pd.DataFrame) -> bool:
    short = unfunded(mandates)
    found = raci(mandates)
    faults = found["faults"]
    lacking = [x for x in faults if "unfunded mandate" in x]
    lawless = [x for x in faults if "no legal basis" in x]
    rows = mandates[mandates["part"].isin(["accountable", "responsible"])]
    level = by_level(mandates).groupby("level")["budget"].sum()
    carried_at = found["levels"].map(len) > 1
    any_part_at = mandates.groupby("task_id")["level"].nunique() > 1
    twice = mandates.groupby("level")["budget"].sum()
    return bool(
        2 <= len(lacking) <= len(faults) - 2
        and len(lawless) >= 1
        and (short["funded"] == "partly").any()
        and rows["funded"].isin(["no", "partly"]).sum() != len(short)
        and (short["funded"] == "no").any()
        and ((level - twice).abs() > 1).any()
        and carried_at.sum() != any_part_at.sum()
    )


def _team_holds(skills: pd.DataFrame) -> bool:
    found = team(skills)
    rows = found.competencies
    mean = skills.groupby("competency")["level"].mean()
    posts = skills[skills["level"] >= 3].groupby("competency").size()
    leads = rows.set_index("competency")["leads"]
    return bool(
        1 <= len(found.nobody_leads) <= 6
        and (rows["short"] > 0).any()
        and set(found.nobody_leads) != set(mean.index[mean < 2])
        and not leads.eq(posts.reindex(leads.index, fill_value=0)).all()
        and 0.005 < abs(found.self_rated - 0.5) < 0.35
    )


def _screen_holds(tables: dict[str, pd.DataFrame]) -> bool:
    found = screen(tables["measures"], tables["harms"]).measures
    tended = (found["harms"] > 0) & (found["held_back"] == "")
    leads = set(tables["measures"]["stakeholder_id"])
    idle = {code for code, _ in without_measure(tables["measures"], tables["offices"])}
    departments = tables["offices"]["type"] == "city_department"
    no_lead = set(tables["offices"].loc[departments, "stakeholder_id"]) - leads
    return bool(
        tended.any()
        and set(found["held_back"]) >= {"", "unanswered", "untended harm"}
        and idle
        and idle != no_lead
    )


def _days_hold(tables: dict[str, pd.DataFrame]) -> bool:
    names = ("mandates", "technology")
    days = calendar(tables["reviews"], on=TODAY, **{n: tables[n] for n in names})
    over = days[days["state"] == "overdue"]
    laws = by_laws(tables["reviews"])
    card = scorecard({n: tables.get(n) for n in ("mandates", "decisions", "feedback", "technology", "reviews")}, on=TODAY).set_index("item")  # fmt: skip
    times = card.loc["reviews_on_time"]
    late = tables["reviews"]
    done_late = late["done_on"] > late["due_on"]
    whole = score(assess(tables["reviews"], on=TODAY)).set_index("part").loc["all"]
    return bool(
        2 <= len(over) <= 9
        and over["source"].nunique() > 1
        and (days["state"] == "soon").sum() >= 2
        and laws["lacks"].map(len).between(1, 3).any()
        and laws["lacks"].map(len).eq(0).any()
        and done_late.any()
        and 0 < times["n"] < times["of"]
        and 0.3 < whole["score"] < 0.95
        and whole["partly"] > 0
        and whole["assessed"] < 45
    )


def _offices(rng: np.random.Generator) -> pd.DataFrame:
    codes = [f"S{k:02d}" for k in rng.permutation(len(OFFICES)) + 1]
    out = pd.DataFrame(OFFICES, columns=["name", "type", "level"])
    out.insert(0, "stakeholder_id", codes)
    return out.sort_values("stakeholder_id", ignore_index=True)


def _mandates(
    offices: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who has which part in which task; some tasks have nobody, or two who answer; some have no row at all."""
    n = int(rng.integers(13, 17))
    codes = [f"T{k:02d}" for k in range(1, n + 1)]
    names = [TASKS[0], *_some(rng, TASKS[1:], n - 1)]
    names = [names[k] for k in rng.permutation(n)]
    absent = set(_some(rng, codes, int(rng.integers(2, 5))))
    faults = rng.choice(["none", "nobody", "several", "undone"], n, p=[0.7, 0.1, 0.1, 0.1])  # fmt: skip
    there = [k for k, code in enumerate(codes) if code not in absent]
    faults[_some(rng, there, 3)] = rng.permutation(["nobody", "several", "undone"])
    pairs = list(zip(offices["stakeholder_id"], offices["level"], strict=True))
    rows = []
    for code, name, fault in zip(codes, names, faults, strict=True):
        if code in absent:
            continue
        here = [pairs[k] for k in rng.permutation(len(pairs))[:6]]
        law = str(rng.choice(LAWS)) if rng.random() < 0.82 else None
        answers = {"nobody": 0, "several": 2}.get(str(fault), 1)
        parts = [(here[k], "accountable") for k in range(answers)]
        if fault != "undone":
            same = answers > 0 and rng.random() < 0.35
            doing = here[0:1] if same else here[2 : 3 + int(rng.random() < 0.4)]
            parts += [(who, "responsible") for who in doing]
        parts += [(who, str(rng.choice(["consulted", "informed"]))) for who in here[4 : 4 + int(rng.integers(0, 3))]]  # fmt: skip
        review = pd.Timestamp("2025-10-01") + pd.Timedelta(days=int(rng.integers(0, 600)))  # fmt: skip
        money = {
            who: str(rng.choice(["yes", "partly", "no"], p=[0.46, 0.3, 0.24]))
            for who in here
        }
        budget = {who: float(rng.integers(40, 1400) * 1000) for who in here}
        for who, part in parts:
            carries = part in ("accountable", "responsible")
            funded = money[who] if carries else "unknown"
            rows.append(
                {
                    "task_id": code,
                    "task": name,
                    "stakeholder_id": who[0],
                    "level": who[1],
                    "part": part,
                    "legal_basis": law if carries else None,
                    "funded": funded,
                    "budget": (0.0 if funded == "no" else budget[who])
                    if carries
                    else np.nan,
                    "review_on": review,
                }
            )
    table = pd.DataFrame(rows)
    # Two lists were put together, and a few rows stand in both.
    carried = table.index[table["part"].isin(["accountable", "responsible"])]
    twice = table.loc[_some(rng, carried, 3)]
    table = pd.concat([table, twice]).sort_values("task_id", kind="stable", ignore_index=True)  # fmt: skip
    law = pd.DataFrame({"task_id": codes, "task": names})
    return table, law


def _skills(rng: np.random.Generator) -> pd.DataFrame:
    """What each post can do, one row a post and competency; some lead in a thing that most cannot do."""
    posts = _some(rng, POSTS, 7)
    names = [c.id for c in competencies()]
    weak = set(_some(rng, names, int(rng.integers(2, 5))))
    rows = []
    for k, (post, profile, field) in enumerate(posts, 1):
        staff = int(rng.choice([1, 1, 2, 3, 4, 6]))
        for name in names:
            middle = 0.9 if name in weak else 1.9
            level = int(np.clip(round(rng.normal(middle, 1.0)), 0, 2 if name in weak else 4))  # fmt: skip
            needed = int(np.clip(NEEDED[profile] + rng.integers(-1, 2), 0, 3))
            rows.append(
                {
                    "post_id": f"P{k}",
                    "post": post,
                    "profile": profile,
                    "field": field,
                    "competency": name,
                    "level": level,
                    "required_level": needed,
                    "staff": staff,
                    "assessed_by": str(
                        rng.choice(
                            ["self", "colleague", "supervisor"], p=[0.45, 0.3, 0.25]
                        )
                    ),
                }
            )
    return pd.DataFrame(rows)


def _measures(
    offices: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    city = list(offices.loc[offices["type"] == "city_department", "stakeholder_id"])
    others = [c for c in offices["stakeholder_id"] if c not in city]
    busy = _some(rng, city, 4)
    helping = _some(rng, [c for c in city if c not in busy], 2)
    names = _some(rng, MEASURES, 9)
    measures = pd.DataFrame(
        {
            "measure_id": [f"M{k:02d}" for k in range(1, len(names) + 1)],
            "name": names,
            "stakeholder_id": rng.choice(busy, len(names)),
            "partners": [
                " ".join(_some(rng, others, int(rng.integers(0, 3)))) or None
                for _ in names
            ],
            "rights_screened": np.where(rng.random(len(names)) < 0.72, "yes", "no"),
        }
    )
    for code, row in zip(helping, _some(rng, list(measures.index), 2), strict=True):
        known = measures.loc[row, "partners"]
        measures.loc[row, "partners"] = code if known is None else f"{known} {code}"
    n = int(rng.integers(6, 11))
    owner = [f"Head of {x}" for x in ("planning", "works", "the guard", "parks")]
    harms = pd.DataFrame(
        {
            "harm_id": [f"Z{k:02d}" for k in range(1, n + 1)],
            "subject": "measure",
            "subject_id": rng.choice(measures["measure_id"], n),
            "harm": rng.choice(HARMS, n),
            "likelihood": rng.integers(1, 6, n),
            "severity": rng.integers(1, 6, n),
            "mitigation": np.where(
                rng.random(n) < 0.62, "Look after a month, with those concerned", None
            ),
            "owner": np.where(rng.random(n) < 0.75, rng.choice(owner, n), None),
            "status": rng.choice(
                ["open", "reduced", "closed", "happened"], n, p=[0.55, 0.22, 0.13, 0.1]
            ),
        }
    )
    return measures, harms


def _reviews(rng: np.random.Generator) -> pd.DataFrame:
    """Clauses that were looked at, by-laws, plans: with the day they were due and the day they were done."""
    ids = [c.id for c in clauses()]
    rows = []
    for clause in _some(rng, ids, int(rng.integers(9, 31))):
        rows.append({"subject": "guideline_clause", "title": clause, "clause_id": clause, "owner": "Safety Observatory",
                     "status": str(rng.choice(["met", "partly", "not_started"], p=[0.35, 0.45, 0.2]))})  # fmt: skip
    for k in range(5):
        rows.append({"subject": "by_law", "title": f"By-law {k + 3} of {2015 + 2 * k}", "status": "partly",
                     "owner": None if rng.random() < 0.3 else "City council",
                     "indicator_id": None if rng.random() < 0.5 else "street_lighting"})  # fmt: skip
    for title in ("Land use plan", "Safety lines of all departments", "Complaints office"):  # fmt: skip
        rows.append({"subject": "plan", "title": title, "owner": "Office of the Mayor", "status": "not_started"})  # fmt: skip
    out = pd.DataFrame(rows).reindex(columns=["subject", "title", "clause_id", "owner", "due_on", "done_on", "status", "indicator_id", "next_on"])  # fmt: skip
    n = len(out)
    due = pd.Timestamp("2025-04-01") + pd.to_timedelta(rng.integers(0, 500, n), "D")
    late = pd.to_timedelta(np.where(rng.random(n) < 0.7, -rng.integers(0, 60, n), rng.integers(1, 90, n)), "D")  # fmt: skip
    done = pd.Series(due + late)
    # What is due soon or was not looked at has no day on which it was done.
    open_ = (pd.Series(due) > pd.Timestamp("2025-12-15")) | (rng.random(n) < 0.06)
    open_ |= done > pd.Timestamp(TODAY)
    out["due_on"] = due
    out["done_on"] = done.mask(open_)
    again = done + pd.Timedelta(days=365)
    out["next_on"] = again.where(out["done_on"].notna() & (rng.random(n) < 0.8))
    out.insert(0, "review_id", [f"V{k:02d}" for k in range(1, n + 1)])
    for column in ("clause_id", "owner", "indicator_id"):
        out[column] = out[column].astype(object).where(out[column].notna(), None)
    return out


def _decisions(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(8, 25))
    return pd.DataFrame(
        {
            "decision_id": [f"K{k:02d}" for k in range(1, n + 1)],
            "influence": rng.choice(
                ["none", "inform", "consult", "involve", "collaborate"], n
            ),
            "changed": np.where(rng.random(n) < 0.6, "A street was added", None),
        }
    )


def _feedback(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(20, 90))
    said = np.where(rng.random(n) < rng.uniform(0.4, 0.9), "Answered by post", None)
    return pd.DataFrame({"feedback_id": np.arange(1, n + 1), "answer": said})


def _technology(rng: np.random.Generator) -> pd.DataFrame:
    names = _some(rng, ("Cameras in the old town", "Plate readers", "Reporting app", "Noise sensors", "Data platform", "Body cameras", "Lights with sensors"), 5)  # fmt: skip
    day = pd.Timestamp("2025-11-01") + pd.to_timedelta(rng.integers(0, 300, 5), "D")
    return pd.DataFrame(
        {
            "technology_id": [f"Y{k}" for k in range(1, 6)],
            "name": names,
            "stakeholder_id": "",
            "redress": np.where(rng.random(5) < 0.6, "Ombudsperson", None),
            "review_on": pd.Series(day).where(rng.random(5) < 0.8),
        }
    )


def _some(rng: np.random.Generator, things, n: int) -> list:
    """So many of them, in their order."""
    things = list(things)
    kept = np.sort(rng.choice(len(things), min(n, len(things)), replace=False))
    return [things[k] for k in kept]
