"""Who took part and what people said: meetings, ballots, demands, quotes, answers, and what residents do.

A town goes in, six tables come out. Persons with disabilities are missing from all of them, which is planted:
an inclusion audit must notice a group by its absence. Every quote is invented, and says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw, draw_each, yes
from safelearn.simulation.registers import CURRENCY, written
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

#: Group, mean number who come, share of proposals taken up, seats on a committee.
GROUPS = (
    ("women", 22, 0.35, 5),
    ("men", 26, 0.45, 9),
    ("youth", 8, 0.20, 1),
    ("older_persons", 11, 0.40, 2),
    ("informal_residents", 6, 0.25, 1),
    ("informal_traders", 4, 0.30, 0),
    ("migrants", 2, 0.10, 0),
)
LEVELS = ("none", "inform", "consult", "involve", "collaborate", "empower")
OPTIONS = (
    ("B1", "Light on the way home", 380_000),
    ("B2", "Fields and trainers for the young", 260_000),
    ("B3", "One door for survivors", 410_000),
    ("B4", "More guards in the centre", 520_000),
    ("B5", "Repairs within a week", 150_000),
    ("B6", "Safe stops and buses", 300_000),
)
#: What each group likes, an option each, on the scale of log odds.
LIKES = {
    "women": (1.2, 0.2, 1.0, -0.6, 0.3, 0.9),
    "men": (0.5, 0.5, -0.6, 0.8, 0.4, 0.0),
    "youth": (0.3, 1.5, 0.2, -0.9, 0.0, 0.5),
    "older_persons": (0.6, -0.5, -0.2, 1.1, 0.8, 0.2),
    "informal_residents": (1.0, 0.8, 0.1, -0.8, 1.0, 0.4),
}
SHARE_VOTING, SHARE_ELIGIBLE = 0.021, 0.74


def participation(town: Town) -> pd.DataFrame:
    """Who took part in what, with the part that was promised and the part it was."""
    rng = stream(town.plan.seed, "participation")
    rows = []
    for activity in written("activities").to_dict("records"):
        committee = activity["kind"] == "committee"
        for group, mean, heard, seats in GROUPS:
            came = seats if committee else int(rng.poisson(1.3 * mean))
            promised = int(rng.integers(2, 5))
            actual = max(1, promised - int(rng.binomial(2, 0.55 - 0.6 * heard)))
            proposals = int(rng.binomial(came, 0.2))
            if came == 0 and not committee:
                continue
            hard_to_reach = activity["activity_id"] in ("A02", "A05", "A11")
            hosted = activity["kind"] in ("codesign", "focus_group")
            rows.append(
                activity
                | {
                    "group": group,
                    "participants": came,
                    "seats": seats if committee else None,
                    "promised_level": LEVELS[promised],
                    "actual_level": LEVELS[actual],
                    "proposals": proposals,
                    "proposals_taken_up": int(rng.binomial(proposals, heard)),
                    "accessible": "no" if hard_to_reach else "partly",
                    "childcare": "yes" if hosted else "no",
                    "stakeholder_id": "S31" if hosted else "",
                }
            )
    return pd.DataFrame(rows).astype({"seats": "Int64"})


def ballots(town: Town) -> pd.DataFrame:
    """Priority rankings on paper in every district, and the totals of a participatory budget."""
    rng = stream(town.plan.seed, "ballots")
    rows: list[dict] = []
    paper = 0
    for number, (_, here) in enumerate(town.conditions.groupby("parent", sort=False)):
        for group, likes in LIKES.items():
            mood = np.array(likes) + rng.normal(0, 0.3, len(likes))
            for _ in range(int(rng.integers(5, 10))):
                paper += 1
                order = np.argsort(-(mood + rng.gumbel(0, 1, len(mood))))
                for rank, option in enumerate(order[:4], start=1):
                    rows.append(
                        {
                            "ballot_id": "R2025",
                            "kind": "priorities",
                            "held_on": f"2025-05-{10 + number}",
                            "area_id": here["area_id"].iloc[0],
                            "group": group,
                            "paper_id": f"N{paper:03d}",
                            "option_id": OPTIONS[option][0],
                            "option": OPTIONS[option][1],
                            "rank": rank,
                            "votes": 1,
                        }
                    )
    residents = town.conditions["residents"].sum()
    share = rng.dirichlet([6, 5, 3, 7, 4, 4])
    cast = rng.multinomial(int(residents * SHARE_VOTING), share)
    funded = np.argsort(-cast)[:2]
    for option, (code, words, cost) in enumerate(OPTIONS):
        rows.append(
            {
                "ballot_id": "PB2025",
                "kind": "participatory_budget",
                "held_on": "2025-08-31",
                "group": "everyone",
                "option_id": code,
                "option": words,
                "votes": int(cast[option]),
                "eligible": int(residents * SHARE_ELIGIBLE),
                "cost": cost,
                "currency": CURRENCY,
                "funded": "yes" if option in funded else "no",
            }
        )
    return pd.DataFrame(rows).astype({"rank": "Int64", "eligible": "Int64"})


def demands(town: Town) -> pd.DataFrame:
    """What residents ask for; those who are heard most are not those who need most."""
    rng = stream(town.plan.seed, "demands")
    wishes = written("demands")
    poor = town.conditions["deprivation"].to_numpy()
    loud = town.conditions["residents"].to_numpy() * np.exp(-0.35 * poor)
    n = 260
    area = rng.choice(len(poor), n, p=loud / loud.sum())
    need = poor[area]
    slopes = wishes["slope"].astype(float)
    wish = wishes.iloc[
        draw_each(rng, {i: np.exp(s * need) for i, s in enumerate(slopes)})
    ]
    day = pd.Timestamp("2025-01-06") + _days(np.sort(rng.integers(0, 350, n)))
    status = draw_each(
        rng,
        {
            "received": 0.35 * np.exp(0.3 * need),
            "accepted": 0.25,
            "rejected": 0.15,
            "done": 0.25 * np.exp(-0.4 * need),
        },
    )
    answered = day + _days(rng.integers(8, 90, n))
    words = {"accepted": "Planned", "rejected": "No money this year", "done": "Done"}
    channels = {
        "assembly": 28, "app": 24, "letter": 14, "safety_walk": 16, "hotline": 10,
        "council": 8,
    }  # fmt: skip
    groups = {
        "everyone": 40, "women": 26, "older_persons": 12, "youth": 9,
        "informal_residents": 9, "informal_traders": 4,
    }  # fmt: skip
    return pd.DataFrame(
        {
            "demand_id": [f"D{number:04d}" for number in range(1, n + 1)],
            "received_on": day.strftime("%Y-%m-%d"),
            "area_id": town.conditions["area_id"].to_numpy()[area],
            "channel": draw(rng, channels, n),
            "group": draw(rng, groups, n),
            "topic": wish["topic"].to_numpy(),
            "demand": wish["demand"].to_numpy(),
            "factor": wish["factor"].to_numpy(),
            "supporters": 1 + rng.negative_binomial(1, 0.04, n),
            "status": status,
            "answered_on": np.where(
                status == "received", "", answered.strftime("%Y-%m-%d")
            ),
            "answer": [words.get(s, "") for s in status],
        }
    )


def quotes(town: Town) -> pd.DataFrame:
    """What people might have said. Nobody said it: each line begins with the word Invented."""
    rng = stream(town.plan.seed, "quotes")
    frame = written("quotes")
    n = len(frame)
    day = pd.Timestamp("2025-03-12") + _days(np.sort(rng.integers(0, 70, n)))
    settings = {"focus_group": 55, "safety_walk": 30, "assembly": 15}
    return frame.assign(
        quote_id=[f"Q{number:03d}" for number in range(1, n + 1)],
        collected_on=day.strftime("%Y-%m-%d"),
        setting=draw(rng, settings, n),
        language="en",
        quote="Invented: " + frame["quote"],
        consent=draw(rng, {"publish": 70, "internal": 24, "none": 6}, n),
    )


def feedback(town: Town) -> pd.DataFrame:
    """What residents answered to the findings, and what changed."""
    rng = stream(town.plan.seed, "feedback")
    known = written("feedback")
    n = 42
    frame = known.iloc[np.sort(rng.integers(0, len(known), n))].reset_index(drop=True)
    day = pd.Timestamp("2025-11-03") + _days(rng.integers(0, 35, n))
    answered = day + _days(rng.integers(3, 18, n))
    area = rng.integers(0, len(town.conditions), n)
    groups = {
        "women": 34, "men": 30, "youth": 10, "older_persons": 14,
        "informal_residents": 12,
    }  # fmt: skip
    return frame.assign(
        feedback_id=[f"F{number:03d}" for number in range(1, n + 1)],
        round="2025",
        received_on=day.strftime("%Y-%m-%d"),
        area_id=town.conditions["area_id"].to_numpy()[area],
        group=draw(rng, groups, n),
        channel=draw(rng, {"assembly": 50, "app": 30, "letter": 20}, n),
        answered_on=np.where(
            frame["changed"] == "open", "", answered.strftime("%Y-%m-%d")
        ),
    )


def initiatives(town: Town) -> pd.DataFrame:
    """What residents do themselves, most of it where the city does least."""
    rng = stream(town.plan.seed, "initiatives")
    poor = town.conditions["deprivation"].to_numpy()
    need = town.conditions["residents"].to_numpy() * np.exp(0.4 * poor)
    known = written("initiatives")
    n = 34
    area = np.sort(rng.choice(len(poor), n, p=need / need.sum()))
    frame = known.iloc[rng.integers(0, len(known), n)].reset_index(drop=True)
    asked = np.round(rng.lognormal(7.4, 0.6, n), -1)
    got = yes(rng, (0.5 - 0.15 * poor[area]).clip(0.05, 0.95)) == "yes"
    begun = rng.integers([2019, 1], [2026, 10], (n, 2))
    leaders = {
        "women": 42, "everyone": 24, "youth": 14, "informal_residents": 14,
        "older_persons": 6,
    }  # fmt: skip
    return frame.assign(
        initiative_id=[f"J{number:02d}" for number in range(1, n + 1)],
        name=frame["name"] + ", " + town.conditions["area_name"].to_numpy()[area],
        area_id=town.conditions["area_id"].to_numpy()[area],
        led_by=draw(rng, leaders, n),
        started_on=[f"{year}-{month:02d}-15" for year, month in begun],
        status=draw(rng, {"running": 70, "paused": 18, "ended": 12}, n),
        reached=rng.poisson(60, n),
        grant_asked=asked,
        grant_given=np.where(got, np.round(asked * 0.6, -1), 0.0),
        currency=CURRENCY,
        consent=draw(rng, {"yes": 88, "no": 12}, n),
    )


def _days(number: np.ndarray) -> pd.TimedeltaIndex:
    return pd.to_timedelta(number, unit="D")
