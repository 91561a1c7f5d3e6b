"""The data of module 13: a city's accounts, a ballot on money, prices of harm, and measures to be weighed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.evaluation.allocation import ALIKE, allocation
from safelearn.evaluation.money import gains_by_group

#: Money that exists nowhere; the second belongs to a country that exists nowhere either.
OWN, FOREIGN = "XTS", "XNM"
YEARS = (2022, 2023, 2024, 2025)
AREAS = 20
#: Level, department, purpose, source, money a resident approved in the first year, share that is spent.
LINES = (
    ("national", "National Police", "policing", "transfer", 24.0, 0.98),
    ("national", "Public Prosecutor", "justice", "transfer", 5.0, 0.95),
    ("regional", "Health Service", "victim_support", "transfer", 1.2, 0.88),
    ("regional", "Education Authority", "youth", "transfer", 1.8, 0.91),
    ("city", "Municipal Guard", "policing", "own_revenue", 6.5, 0.96),
    ("city", "Public Works", "lighting", "own_revenue", 3.0, 0.82),
    ("city", "Parks", "public_space", "own_revenue", 1.1, 0.70),
    ("city", "Social Development", "social_prevention", "own_revenue", 1.4, 0.78),
    ("city", "Observatory", "data_and_evaluation", "grant", 0.4, 0.90),
)
AREA_PURPOSES = {"lighting": 2.4, "public_space": 1.6}
#: Offences, what one case costs, and how often it is recorded.
OFFENCES = {
    "05012": ("Burglary of a dwelling", 1_500, 900),
    "05021": ("Theft of a vehicle", 4_000, 400),
    "050221": ("Theft from the person", 270, 1_300),
    "0504": ("Damage to property", 320, 700),
}
OPTIONS = {
    "B1": "Light on the way home",
    "B2": "Fields and trainers for the young",
    "B3": "A door for every neighbour: repairs",
    "B4": "Benches and shade at the stops",
    "B5": "Lockers for the market",
    "B6": "Safe stairs",
    "B7": "Open schoolyards",
}
#: Groups overlap: a young woman of an informal settlement stands in three of them.
GROUPS = {"women": 0.52, "men": 0.48, "youth": 0.21, "informal_settlements": 0.24}
QUARTERS = ("poorest quarter", "second quarter", "third quarter", "richest quarter")


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 13])
    people = pd.DataFrame(
        {
            "area_id": [f"{n:02d}" for n in range(1, AREAS + 1)],
            "population": rng.lognormal(8.8, 0.45, AREAS).round().astype(int),
        }
    )
    need = pd.Series(rng.beta(2.0, 5.0, AREAS).round(3), people["area_id"])
    money = float(rng.integers(70, 110) * 10_000)
    return {
        "population": people,
        "need": need.rename("need").rename_axis("area_id").reset_index(),
        "budget": _budget(people, need, rng),
        "ballots": _ballots(int(people["population"].sum()), money, rng),
        "about": pd.DataFrame({"money": [money]}),
        "plan": _plan(rng),
        **_prices(rng),
        "measures": _measures(rng),
        "programme": _programme(rng),
        "gains": _gains(rng),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether money clearly follows need or avoids it, a surplus hides a gap, and a sum hides who pays."""
    budget = tables["budget"]
    missing = budget["required"] - budget["approved"]
    by_year = missing.groupby(budget["year"]).sum()
    gaps = missing.clip(lower=0).groupby(budget["year"]).sum()
    shares = _area_spending(budget).merge(tables["need"], on="area_id")
    shares = shares.merge(tables["population"], on="area_id")
    found = allocation(shares.rename(columns={"population": "residents"}))
    gains = gains_by_group(tables["gains"])
    return bool(
        found.verdict != ALIKE
        and (by_year > 0).all()
        and by_year[YEARS[-1]] < 0.99 * gaps[YEARS[-1]]
        and (gains["gain"] < 0).any()
        and gains["gain"].sum() > 0
        and gains["verdict"].eq("less").any()
    )


def _budget(
    people: pd.DataFrame, need: pd.Series, rng: np.random.Generator
) -> pd.DataFrame:
    residents = people["population"].sum()
    rows = []
    for number, (level, office, purpose, source, a_head, spent) in enumerate(LINES, 1):
        for turn, year in enumerate(YEARS):
            approved = a_head * residents * 1.04**turn * rng.lognormal(0, 0.08)
            rows.append(
                {
                    "line_id": f"L{number:02d}",
                    "year": year,
                    "level": level,
                    "department": office,
                    "area_id": "",
                    "purpose": purpose,
                    "funding": source,
                    "approved": approved,
                    "required": approved * rng.uniform(0.85, 1.5),
                    "spent": approved * min(1.0, spent + rng.normal(0, 0.03)),
                }
            )
    rows += _area_lines(people, need, rng)
    budget = pd.DataFrame(rows)
    money = ["required", "approved", "spent"]
    budget[money] = budget[money].round(-2)
    # Some accounts of the last year are not closed yet: nobody knows what was spent.
    late = budget.index[(budget["year"] == YEARS[-1]) & (budget["area_id"] != "")]
    open_ = rng.choice(late, int(rng.integers(4, 8)), replace=False)
    budget.loc[open_, "spent"] = np.nan
    return budget.assign(
        area_id=budget["area_id"].mask(budget["area_id"] == "")
    ).assign(currency=OWN)


def _area_lines(
    people: pd.DataFrame, need: pd.Series, rng: np.random.Generator
) -> list[dict]:
    z = (need - need.mean()) / need.std()
    slope = float(rng.choice([-1, 1]) * rng.uniform(0.35, 0.6))
    rows, number = [], len(LINES) + 1
    for row in people.itertuples():
        for purpose, a_head in AREA_PURPOSES.items():
            fair = a_head * row.population * np.exp(slope * z[row.area_id])
            for turn, year in enumerate(YEARS):
                approved = fair * 1.04**turn * rng.lognormal(0, 0.15)
                rows.append(
                    {
                        "line_id": f"L{number:02d}",
                        "year": year,
                        "level": "district",
                        "department": "District office",
                        "area_id": row.area_id,
                        "purpose": purpose,
                        "funding": "own_revenue",
                        "approved": approved,
                        "required": approved * rng.uniform(0.8, 1.9),
                        "spent": approved * rng.uniform(0.7, 1.0),
                    }
                )
            number += 1
    return rows


def _area_spending(budget: pd.DataFrame) -> pd.DataFrame:
    rows = budget[(budget["year"] == YEARS[-1]) & budget["area_id"].notna()]
    return rows.groupby("area_id", as_index=False)["spent"].sum().rename(columns={"spent": "amount"})  # fmt: skip


def _ballots(residents: int, money: float, rng: np.random.Generator) -> pd.DataFrame:
    """One ballot, drawn anew until an option that does not fit is passed over for a smaller one."""
    ballots = _votes(residents, rng)
    while not _passes_over(ballots, money):
        ballots = _votes(residents, rng)
    return ballots


def _passes_over(ballots: pd.DataFrame, money: float) -> bool:
    votes = ballots.query("group == 'everyone'").sort_values("votes", ascending=False)
    out, left = [], money
    for cost in votes["cost"]:
        out.append(cost > left)
        left -= 0 if cost > left else cost
    late = max(k for k, passed in enumerate(out) if not passed)
    return bool(votes["votes"].is_unique and any(out) and 0 < out.index(True) < late)


def _votes(residents: int, rng: np.random.Generator) -> pd.DataFrame:
    """Three votes a person, by the groups that a voter belongs to."""
    adults = int(0.74 * residents)
    eligible = {group: int(adults * share) for group, share in GROUPS.items()}
    weight = rng.gamma(3.0, 1.0, len(OPTIONS))
    votes = {}
    for group in GROUPS:
        here = int(eligible[group] * rng.uniform(0.01, 0.07))
        own = weight * rng.lognormal(0, 0.4, len(OPTIONS))
        votes[group] = rng.multinomial(3 * here, own / own.sum())
    votes["everyone"] = votes["women"] + votes["men"]
    eligible["everyone"] = eligible["women"] + eligible["men"]
    cost = rng.integers(12, 52, len(OPTIONS)) * 10_000.0
    rows = [
        (group, code, option, int(votes[group][k]), eligible[group], cost[k])
        for group in votes
        for k, (code, option) in enumerate(OPTIONS.items())
    ]
    names = ["group", "option_id", "option", "votes", "eligible", "cost"]
    return pd.DataFrame(rows, columns=names).assign(
        ballot_id="PB2025",
        kind="participatory_budget",
        held_on="2025-09-14",
        currency=OWN,
        funded=None,
    )


def _plan(rng: np.random.Generator) -> pd.DataFrame:
    """Lamps that are paid in the first years and spare harm for longer, in prices of 2025."""
    years = np.arange(2026, 2034)
    first = float(rng.integers(300, 600) * 1_000)
    paid = np.r_[
        first, np.full(len(years) - 1, float(rng.integers(15, 40) * 1_000))
    ].round()
    gained = np.r_[
        0.0, rng.uniform(0.9, 1.1, len(years) - 1) * first * rng.uniform(0.2, 0.34)
    ].round(-2)
    return pd.DataFrame({"year": years, "paid": paid, "gained": gained})


def _prices(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    rows, counts = [], []
    year = rng.permutation([2019, 2021, 2022, 2023])
    for k, (code, (label, cost, n)) in enumerate(OFFENCES.items()):
        price = cost * rng.uniform(0.8, 1.25)
        rows.append(
            {"offence": code, "label": label, "cost": round(price),
             "cost_lower": round(price * rng.uniform(0.7, 0.85)),
             "cost_upper": round(price * rng.uniform(1.15, 1.4)),
             "currency": OWN, "price_year": int(year[k]), "country": "QN"}
        )  # fmt: skip
        counts.append({"offence": code, "n": int(rng.poisson(n))})
    levels = 100 * np.cumprod(1 + rng.uniform(0.02, 0.09, 7))
    foreign = 100 * np.cumprod(1 + rng.uniform(0.01, 0.04, 7))
    price = rng.uniform(1_100, 2_400)
    # What a unit of their money buys here is more than a bank gives for it.
    bank = rng.uniform(1.5, 3.5)
    return {
        "unit_costs": pd.DataFrame(rows),
        "cases": pd.DataFrame(counts),
        "prices": pd.DataFrame(
            {
                "year": range(2019, 2026),
                "at_home": levels.round(1),
                "abroad": foreign.round(1),
            }
        ),
        "abroad": pd.DataFrame(
            {
                "offence": ["0701"],
                "label": ["Fraud"],
                "cost": [float(round(price))],
                "cost_lower": [float(round(price * rng.uniform(0.7, 0.85)))],
                "cost_upper": [float(round(price * rng.uniform(1.2, 1.4)))],
                "currency": [FOREIGN],
                "price_year": [2019],
                "country": ["QM"],
            }
        ),
        "rates": pd.DataFrame(
            {
                "rate": ["bank", "purchasing power"],
                "year": [2022, 2022],
                "xts_for_one_xnm": [round(bank, 3), round(bank * rng.uniform(0.45, 0.7), 3)],
            }
        ),
    }  # fmt: skip


def _measures(rng: np.random.Generator) -> pd.DataFrame:
    """Two measures of three years; of one the effect is clear, of the other it may be none."""
    clear = float(rng.integers(90, 200))
    vague = float(rng.integers(30, 90))
    one, other = clear * rng.uniform(0.35, 0.7), vague * rng.uniform(1.2, 2.0)
    return pd.DataFrame(
        {
            "measure": ["lockers", "patrol of volunteers"],
            "cost_a_year": rng.integers(40, 120, 2) * 1_000.0,
            "years": [3, 3],
            "averted": [clear, vague],
            "averted_lower": [round(clear - one), round(vague - other)],
            "averted_upper": [round(clear + one), round(vague + other)],
        }
    )


def _programme(rng: np.random.Generator) -> pd.DataFrame:
    """Better locks: burglaries and thefts averted a year with limits, prices with limits, and what it costs."""
    rows = []
    for code, low, high in (("05012", 35, 80), ("0504", 20, 60)):
        label, cost, _ = OFFENCES[code]
        averted = float(rng.integers(low, high))
        price = round(cost * rng.uniform(0.9, 1.3))
        rows.append(
            {"offence": code, "label": label, "averted": averted,
             "averted_lower": round(averted * rng.uniform(0.05, 0.4)),
             "averted_upper": round(averted * rng.uniform(1.6, 1.95)),
             "price": price, "price_lower": round(0.75 * price),
             "price_upper": round(1.3 * price)}
        )  # fmt: skip
    out = pd.DataFrame(rows)
    worth = (out["averted"] * out["price"]).sum()
    cost = round(worth * rng.uniform(0.55, 0.95), -2)
    return out.assign(
        cost_a_year=cost, cost_lower=0.9 * cost, cost_upper=1.25 * cost, years=4
    )


def _gains(rng: np.random.Generator) -> pd.DataFrame:
    """A toll pays for quieter streets: some gain, and some pay more than they have of it."""
    income = np.array([3_200, 5_800, 9_500, 21_000]) * rng.uniform(0.9, 1.1, 4)
    residents = rng.integers(18, 32, 4) * 1_000
    a_head = np.array([-1.6, 1.8, 3.6, 5.2]) + rng.normal(0, 0.35, 4)
    gain = (a_head * residents).round(-2)
    half = np.abs(gain) * rng.uniform(0.25, 0.5, 4) + 4_000
    return pd.DataFrame(
        {
            "group": QUARTERS,
            "residents": residents,
            "income": income.round(-1),
            "gain": gain,
            "lower": (gain - half).round(-2),
            "upper": (gain + half).round(-2),
        }
    )
