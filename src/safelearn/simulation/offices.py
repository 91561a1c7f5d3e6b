"""Figures of other offices: police and courts in totals, indicators of other services, skills of the team.

A town goes in, three tables come out. Recorded offences here are the very records of the incidents table, so
that totals published twice agree.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.offences import OFFENCES
from safelearn.simulation.people import AGE_GROUPS
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

SOURCE = "Yearly report of the National Police, City Command"
#: Share of the recorded offences that are cleared up, by ICCS section.
CLEARED = {"01": 0.44, "02": 0.31, "03": 0.22, "04": 0.09, "05": 0.06, "06": 0.93,
           "07": 0.05, "08": 0.88}  # fmt: skip
#: Measure, first year's value, yearly change, spread.
COUNTS = (
    ("officers", 1180, 1.01, 0.01, "S11"),
    ("calls", 148_000, 1.02, 0.02, "S11"),
    ("complaints", 210, 1.05, 0.08, "S10"),
    ("complaints_upheld", 31, 1.02, 0.12, "S10"),
    ("force_used", 620, 0.98, 0.06, "S11"),
    ("detainees", 1460, 1.03, 0.02, "S12"),
    ("detainees_unsentenced", 610, 1.05, 0.03, "S12"),
    ("legal_aid_asked", 3300, 1.04, 0.03, "S30"),
    ("legal_aid_given", 2050, 1.05, 0.03, "S30"),
    ("mediations", 1240, 1.06, 0.04, "S13"),
    ("mediations_settled", 790, 1.06, 0.04, "S13"),
    ("restorative_started", 96, 1.12, 0.10, "S13"),
    ("restorative_completed", 70, 1.12, 0.10, "S13"),
    ("community_meetings", 88, 1.08, 0.08, "S11"),
)
#: Group, its share of residents, and how often it is stopped for each time that others are.
STOPPED = {"youth": (0.11, 4.2), "informal_residents": (0.02, 2.6), "everyone": (1, 1)}


def justice(town: Town) -> pd.DataFrame:
    """What police, courts and oversight bodies count, year by year."""
    rng = stream(town.plan.seed, "justice")
    told = town.told
    year = town.plan.days.year.to_numpy()[told["minute"] // 1440]
    codes = np.array([o.code for o in OFFENCES])[told["offence"]]
    rows: list[dict] = []

    def add(
        period, measure, value, *, offence="", group="everyone", sex="all", area=""
    ):
        rows.append(
            {
                "period": str(period),
                "measure": measure,
                "area_id": area,
                "offence": offence,
                "group": group,
                "sex": sex,
                "value": value,
                "source": SOURCE,
            }
        )

    for turn, period in enumerate(sorted(set(year))):
        for code in sorted(set(codes)):
            n = int(((year == period) & (codes == code)).sum())
            add(period, "offences_recorded", n, offence=code)
            cleared = int(rng.binomial(n, CLEARED[code[:2]]))
            add(period, "offences_cleared", cleared, offence=code)
        for measure, first, change, spread, _ in COUNTS:
            value = round(first * change**turn * rng.lognormal(0, spread))
            add(period, measure, value)
        stops = int(rng.normal(21_000, 600))
        for group, (share, ratio) in STOPPED.items():
            n = stops if group == "everyone" else int(stops * share * ratio)
            add(period, "stops", n, group=group)
            hit = 0.09 if group == "everyone" else 0.06
            add(period, "stops_with_result", int(rng.binomial(n, hit)), group=group)
        for sex, share in (("female", 0.14), ("male", 0.86)):
            add(period, "arrests", int(6900 * share * rng.lognormal(0, 0.02)), sex=sex)
        add(period, "response_minutes_median", round(float(rng.normal(14.5, 0.4)), 1))
        add(period, "response_minutes_p90", round(float(rng.normal(41, 1.2)), 1))
    last = sorted(set(year))[-1]
    for row in town.conditions.itertuples():
        far = 11 + 4.5 * max(0.0, row.deprivation) + 6 * (row.settlement == "informal")
        minutes = round(float(far * rng.lognormal(0, 0.08)), 1)
        add(last, "response_minutes_median", minutes, area=row.area_id)
    return pd.DataFrame(rows)


def statistics(town: Town) -> pd.DataFrame:
    """Indicators that other offices measure, neighbourhood by neighbourhood where they have them."""
    rng = stream(town.plan.seed, "statistics")
    poor = town.conditions["deprivation"].to_numpy()
    people = town.conditions["residents"].to_numpy()
    homes = np.bincount(town.residents.household_area, minlength=len(people))
    group = np.array(AGE_GROUPS)[town.residents.age_group]
    young = np.isin(group, ["15-19", "20-24"])
    youth = np.bincount(town.residents.area[young], minlength=len(people))
    year = str(town.plan.days[-1].year)
    census, labour = "Census bureau, small areas", "Labour force survey, small areas"

    def odds(middle: float, slope: float) -> np.ndarray:
        return 1 / (1 + np.exp(-(middle + slope * poor)))

    parts = []
    for indicator, below, chance, period, source in (
        ("inadequate_housing", people, odds(-1.8, 1.1), "2023", census),
        ("basic_services", homes, odds(2.6, -0.9), "2023", census),
        ("neet", youth, odds(-1.4, 0.55), year, labour),
        ("public_transport_access", people, odds(1.1, -0.8), year, "Urban Planning"),
    ):
        parts.append(
            pd.DataFrame(
                {
                    "indicator_id": indicator,
                    "area_id": town.conditions["area_id"],
                    "group": "youth" if indicator == "neet" else "everyone",
                    "period": period,
                    "numerator": rng.binomial(below, chance),
                    "denominator": below,
                    "source": source,
                }
            )
        )
    city = [
        ("road_death_rate", 31, people.sum(), "Regional Health Service"),
        ("firearm_injury_rate", 84, people.sum(), "Regional Health Service"),
        ("assault_attendance_rate", 2140, people.sum(), "Regional Health Service"),
        ("trafficking_victims", 7, people.sum(), "Public Prosecutor"),
        ("school_services", 61, 74, "Education Authority"),
        ("occupational_injury_rate", 1290, 212_000, "Labour inspectorate"),
    ]
    for turn, y in enumerate(sorted(set(town.plan.days.year))):
        parts.append(
            pd.DataFrame(
                {
                    "indicator_id": [c[0] for c in city],
                    "area_id": "",
                    "group": "everyone",
                    "period": str(y),
                    "numerator": rng.poisson([c[1] * 0.99**turn for c in city]),
                    "denominator": [c[2] for c in city],
                    "source": [c[3] for c in city],
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    schools = frame["indicator_id"] == "school_services"
    frame.loc[schools, "numerator"] = frame.loc[schools, "numerator"].clip(upper=74)
    return frame


#: Post, department, profile, field, staff, and the competencies in which level 3 is required of it.
POSTS = (
    ("T01", "Coordinator of the strategy", "Office of the Mayor", "coordinator", "human", 1, "C2 C3 C7 C9"),
    ("T02", "Urban planner", "Urban Planning", "planner", "territorial", 4, "C3 C6 C8"),
    ("T03", "Analyst", "Safety Observatory", "police_analyst", "technological", 3, "C4 C5"),
    ("T04", "Crime analyst", "National Police", "police_analyst", "technological", 5, "C4 C5"),
    ("T05", "Social worker", "Social Development", "social_development", "human", 12, "C1 C3 C6"),
    ("T06", "Adviser on women's safety", "Women's Affairs Office", "social_development", "human", 3, "C1 C3 C6"),
    ("T07", "Budget officer", "Department of Finance", "finance", "human", 3, "C10"),
    ("T08", "Council member", "City council", "elected_member", "human", 11, ""),
    ("T09", "Prosecutor", "Public Prosecutor", "justice_actor", "human", 6, ""),
    ("T10", "Engineer for lighting", "Public Works and Lighting", "other", "territorial", 4, "C8"),
    ("T11", "Head of a guard sector", "Municipal Guard", "other", "human", 8, "C1"),
    ("T12", "Youth officer", "Youth Office", "social_development", "human", 4, "C1 C3 C6"),
)  # fmt: skip


def skills(town: Town) -> pd.DataFrame:
    """What the team can do, and what its roles ask for. Nobody lives up to all of it."""
    rng = stream(town.plan.seed, "skills")
    rows = []
    for post, title, office, profile, field, staff, lead in POSTS:
        for number in range(1, 11):
            competency = f"C{number}"
            needed = 3 if competency in lead.split() else 1 + (number in (1, 2))
            level = int(np.clip(needed - 1 + rng.integers(0, 3) - (number >= 9), 0, 4))
            rows.append(
                {
                    "post_id": post,
                    "post": title,
                    "department": office,
                    "profile": profile,
                    "field": field,
                    "competency": competency,
                    "level": level,
                    "required_level": needed,
                    "staff": staff,
                    "assessed_by": str(rng.choice(["self", "colleague", "supervisor"])),
                    "assessed_on": "2025-06-10",
                }
            )
    return pd.DataFrame(rows)
